"""Badges, every version of them; how they look; what was printed when."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from congress_app.database import Instant, Model
from congress_app.delegates.models import Delegate


class Badge(Model):
    """One printed or printable badge of a delegate.

    `state`: active, superseded (a newer version exists), revoked. `code` is the text of
    the QR symbol: 17 decimal digits. `printed_digest` is what stood on it when it was last
    printed (`content.digest`).
    """

    __tablename__ = "badge"
    __table_args__ = (
        UniqueConstraint("delegate_id", "version"),
        Index(
            "uq_badge_active",
            "delegate_id",
            unique=True,
            sqlite_where=text("state = 'active'"),
            postgresql_where=text("state = 'active'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    delegate_id: Mapped[int] = mapped_column(ForeignKey("delegate.id"), index=True)
    code: Mapped[str] = mapped_column(String(17), unique=True)
    version: Mapped[int] = mapped_column(default=1)
    state: Mapped[str] = mapped_column(String(20), default="active")
    reason: Mapped[str | None] = mapped_column(String(300))
    issued_at: Mapped[datetime] = mapped_column(Instant)
    issued_by: Mapped[str] = mapped_column(String(200))
    printed_at: Mapped[datetime | None] = mapped_column(Instant)
    print_count: Mapped[int] = mapped_column(default=0)
    printed_digest: Mapped[str | None] = mapped_column(String(64))

    delegate: Mapped[Delegate] = relationship(lazy="joined")


class BadgeDesign(Model):
    """How the badges of a congress look; without a row they have the usual look.

    `body` is `design.Design` as JSON, `logo` a PNG file made by `pictures.logo_png`.
    """

    __tablename__ = "badge_design"

    id: Mapped[int] = mapped_column(primary_key=True)
    congress_id: Mapped[int] = mapped_column(ForeignKey("congress.id"), unique=True)
    version: Mapped[int] = mapped_column(default=1)
    body: Mapped[dict[str, Any]] = mapped_column(JSON)
    logo: Mapped[bytes | None] = mapped_column(LargeBinary)
    updated_at: Mapped[datetime] = mapped_column(Instant)
    updated_by: Mapped[str] = mapped_column(String(200))


class BadgePhoto(Model):
    """The portrait on a delegate's badge: a JPEG file made by `pictures.photo_jpeg`."""

    __tablename__ = "badge_photo"

    delegate_id: Mapped[int] = mapped_column(ForeignKey("delegate.id"), primary_key=True)
    data: Mapped[bytes] = mapped_column(LargeBinary)
    updated_at: Mapped[datetime] = mapped_column(Instant)
    updated_by: Mapped[str] = mapped_column(String(200))


class BadgePrint(Model):
    """One printing of badges: who, when, which; `filters` says by what they were chosen."""

    __tablename__ = "badge_print"
    __table_args__ = (Index("ix_badge_print_congress", "congress_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    congress_id: Mapped[int] = mapped_column(ForeignKey("congress.id"))
    printed_at: Mapped[datetime] = mapped_column(Instant)
    printed_by: Mapped[str] = mapped_column(String(200))
    imposition: Mapped[str] = mapped_column(String(20))
    size: Mapped[str] = mapped_column(String(20))
    two_sided: Mapped[bool] = mapped_column(default=False)
    filters: Mapped[dict[str, Any]] = mapped_column(JSON)
    count: Mapped[int]


class BadgePrintItem(Model):
    """One badge of a printing."""

    __tablename__ = "badge_print_item"

    print_id: Mapped[int] = mapped_column(ForeignKey("badge_print.id"), primary_key=True)
    badge_id: Mapped[int] = mapped_column(ForeignKey("badge.id"), primary_key=True, index=True)
