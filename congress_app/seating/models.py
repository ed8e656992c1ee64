"""Halls of a congress and their seats."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from congress_app.congresses.models import Congress
from congress_app.database import NEVER_AGAIN, Model
from congress_app.delegates.models import Delegate


class Hall(Model):
    """A hall as the organiser described it; people fill the halls in their order."""

    __tablename__ = "hall"
    __table_args__ = (UniqueConstraint("congress_id", "name"), NEVER_AGAIN)

    id: Mapped[int] = mapped_column(primary_key=True)
    congress_id: Mapped[int] = mapped_column(ForeignKey("congress.id"))
    position: Mapped[int]
    name: Mapped[str] = mapped_column(String(200))
    description: Mapped[str] = mapped_column(Text)
    version: Mapped[int] = mapped_column(default=1)

    congress: Mapped[Congress] = relationship(lazy="select")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class HallSeat(Model):
    """One seat; a delegate has at most one in the whole congress.

    `x` and `y` say where it lies on the plan, in seats; `is_fixed` keeps whoever sits there
    through later proposals. A blocked seat is empty.
    """

    __tablename__ = "hall_seat"
    __table_args__ = (
        UniqueConstraint("hall_id", "row", "number"),
        UniqueConstraint("delegate_id"),
        Index("ix_hall_seat_order", "hall_id", "y", "x"),
        CheckConstraint("NOT is_blocked OR delegate_id IS NULL", name="blocked"),
        CheckConstraint("NOT is_fixed OR delegate_id IS NOT NULL", name="fixed"),
        NEVER_AGAIN,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    hall_id: Mapped[int] = mapped_column(ForeignKey("hall.id"))
    row: Mapped[str] = mapped_column(String(20))
    number: Mapped[int]
    x: Mapped[int]
    y: Mapped[int]
    is_blocked: Mapped[bool] = mapped_column(default=False, server_default=false())
    is_fixed: Mapped[bool] = mapped_column(default=False, server_default=false())
    delegate_id: Mapped[int | None] = mapped_column(ForeignKey("delegate.id"))
    version: Mapped[int] = mapped_column(default=1)

    hall: Mapped[Hall] = relationship(lazy="select")
    delegate: Mapped[Delegate | None] = relationship(lazy="select")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012
