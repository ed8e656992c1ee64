"""The log, only ever added to, and the end of its chain."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from congress_app.database import Instant, Model


class Entry(Model):
    """What one actor did to one subject at one instant."""

    __tablename__ = "audit_entry"
    __table_args__ = (
        Index("ix_audit_entry_subject", "subject_kind", "subject_id"),
        Index("ix_audit_entry_at", "at"),
        Index("ix_audit_entry_number", "number", unique=True),
        Index("ix_audit_entry_action", "action", "id"),
        Index("ix_audit_entry_actor", "actor_kind", "actor_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(Instant)
    actor_kind: Mapped[str] = mapped_column(String(20))
    actor_id: Mapped[int | None]
    actor_name: Mapped[str] = mapped_column(String(200))
    address: Mapped[str | None] = mapped_column(String(64))
    action: Mapped[str] = mapped_column(String(80))
    subject_kind: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[int | None]
    # What the subject was called then: a number alone tells a reader nothing.
    subject_name: Mapped[str] = mapped_column(String(250), default="")
    # Where the subject belongs, so that a reader sees only entries below his unit.
    unit_path: Mapped[str | None] = mapped_column(String(255), index=True)
    changes: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    # The chain (see `chain.py`): null until the transaction that wrote the entry ends.
    number: Mapped[int | None]
    digest: Mapped[str | None] = mapped_column(String(64))
    hash: Mapped[str | None] = mapped_column(String(64))
    # Null where the content was erased for good; its digest stays.
    salt: Mapped[str | None] = mapped_column(String(32))


class Head(Model):
    """The one row that tells the last number and hash; whoever adds entries takes it."""

    __tablename__ = "audit_head"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int]
    hash: Mapped[str] = mapped_column(String(64))
