"""Badges, every version of them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from congress_app.database import Instant, Model
from congress_app.delegates.models import Delegate


class Badge(Model):
    """One printed or printable badge of a delegate.

    `state`: active, superseded (a newer version exists), revoked. `code` is the text of
    the QR symbol: 17 decimal digits.
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

    delegate: Mapped[Delegate] = relationship(lazy="joined")
