"""Who asked for the floor in a discussion."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from congress_app.database import Instant, Model
from congress_app.delegates.models import Delegate


class SpeakingTurn(Model):
    """One request for the floor: waiting, called, over.

    Over without ever having been called: taken off the list. The unique index keeps one
    from waiting twice, whoever enters him and however often.
    """

    __tablename__ = "speaking_turn"
    __table_args__ = (
        CheckConstraint("queue IN (1, 2)", name="queue"),
        Index(
            "uq_speaking_turn_open",
            "session_id",
            "delegate_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("session.id"))
    delegate_id: Mapped[int] = mapped_column(ForeignKey("delegate.id"), index=True)
    queue: Mapped[int] = mapped_column(default=1)
    asked_at: Mapped[datetime] = mapped_column(Instant)
    called_at: Mapped[datetime | None] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    entered_by: Mapped[str] = mapped_column(String(200))

    delegate: Mapped[Delegate] = relationship(lazy="select")
