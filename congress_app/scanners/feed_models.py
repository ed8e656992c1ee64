"""The feed: what devices were last told, and the derived locks of badges."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from congress_app.database import Instant, Model


class FeedState(Model):
    """How far the feed of a congress has come.

    `sequence` is the last number given out; `pulse` the congress's counter it was brought
    up to; `took_ms` what that cost, so that a large roster is not compared at every scan.
    `roster` is the counter without its scans at the last comparing of everything, at
    `compared_at`: while it stands, only who is where can have changed.
    `index_key` opens the lines for finding names; a supervisor's device gets it for a PIN.
    """

    __tablename__ = "feed_state"

    congress_id: Mapped[int] = mapped_column(ForeignKey("congress.id"), primary_key=True)
    salt: Mapped[str] = mapped_column(String(32))
    index_key: Mapped[str] = mapped_column(String(64))
    sequence: Mapped[int] = mapped_column(default=0)
    pulse: Mapped[int] = mapped_column(default=-1)
    made_at: Mapped[datetime | None] = mapped_column(Instant)
    took_ms: Mapped[int] = mapped_column(default=0)
    is_whole: Mapped[bool] = mapped_column(default=False)
    roster: Mapped[int] = mapped_column(default=-1)
    compared_at: Mapped[datetime | None] = mapped_column(Instant)


class FeedEntry(Model):
    """The latest word on one thing; `seq` grows with every change, `body` null is a tombstone."""

    __tablename__ = "feed_entry"
    __table_args__ = (
        UniqueConstraint("congress_id", "kind", "key"),
        Index("ix_feed_entry_seq", "congress_id", "seq"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    congress_id: Mapped[int] = mapped_column(ForeignKey("congress.id"))
    seq: Mapped[int]
    kind: Mapped[str] = mapped_column(String(20))
    key: Mapped[str] = mapped_column(String(120))
    body: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    # Of the content before it was locked; null for a tombstone.
    digest: Mapped[str | None] = mapped_column(String(64))


class BadgeKey(Model):
    """What was derived, slowly, from a badge's code: see `sealing.py`."""

    __tablename__ = "badge_key"

    badge_id: Mapped[int] = mapped_column(ForeignKey("badge.id"), primary_key=True)
    locator: Mapped[str] = mapped_column(String(32), unique=True)
    key: Mapped[str] = mapped_column(String(64))
