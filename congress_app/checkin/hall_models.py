"""What hangs in the hall and lies at its doors: the screen's link, the paper sheets."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from congress_app.congresses.models import Congress
from congress_app.database import Instant, Model
from congress_app.delegates.models import Delegate
from congress_app.programme.models import Session


class HallLink(Model):
    """The secret address of a congress's hall screen; the newest one that stands is shown.

    The secret itself is kept, since it is shown again to whoever sets up the screen; it
    opens figures and names of units, nothing of a person.
    """

    __tablename__ = "hall_link"

    id: Mapped[int] = mapped_column(primary_key=True)
    congress_id: Mapped[int] = mapped_column(ForeignKey("congress.id"), index=True)
    token: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(Instant)
    created_by: Mapped[str] = mapped_column(String(200))
    revoked_at: Mapped[datetime | None] = mapped_column(Instant)

    congress: Mapped[Congress] = relationship(lazy="select")


class PaperSheet(Model):
    """A numbered sheet printed for a door; what stands on it never changes afterwards.

    Sheets printed together share a `batch`; numbers run through all batches of a congress,
    so that "sheet 3" is one sheet.
    """

    __tablename__ = "paper_sheet"
    __table_args__ = (
        UniqueConstraint("congress_id", "number"),
        Index("ix_paper_sheet_batch", "congress_id", "batch"),
        CheckConstraint("number > 0", name="number"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    congress_id: Mapped[int] = mapped_column(ForeignKey("congress.id"))
    session_id: Mapped[int] = mapped_column(ForeignKey("session.id"), index=True)
    batch: Mapped[int]
    number: Mapped[int]
    title: Mapped[str] = mapped_column(String(300))
    gate: Mapped[str] = mapped_column(String(100))
    printed_at: Mapped[datetime] = mapped_column(Instant)
    printed_by: Mapped[str] = mapped_column(String(200))

    session: Mapped[Session] = relationship(lazy="select")
    lines: Mapped[list[PaperLine]] = relationship(
        back_populates="sheet", order_by="PaperLine.row", lazy="select", cascade="all"
    )


class PaperLine(Model):
    """One row of a sheet: whose signature stands there."""

    __tablename__ = "paper_line"
    __table_args__ = (UniqueConstraint("sheet_id", "row"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    sheet_id: Mapped[int] = mapped_column(ForeignKey("paper_sheet.id"))
    row: Mapped[int]
    delegate_id: Mapped[int] = mapped_column(ForeignKey("delegate.id"), index=True)

    sheet: Mapped[PaperSheet] = relationship(back_populates="lines")
    delegate: Mapped[Delegate] = relationship(lazy="select")
