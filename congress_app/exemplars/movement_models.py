"""Emulation movements (phong trào thi đua) and what each unit achieved in them."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from congress_app.database import Instant, Model
from congress_app.units.models import Unit


class Movement(Model):
    """A movement launched by a unit for itself and everything below.

    `kind` is regular (thường xuyên), campaign (theo đợt) or theme (theo chuyên đề);
    `reporters` and `report_days` are read by the rules in `movements.py`.
    """

    __tablename__ = "movement"
    __table_args__ = (
        CheckConstraint("ends_on >= starts_on", name="period"),
        CheckConstraint("kind IN ('regular', 'campaign', 'theme')", name="kind"),
        CheckConstraint("reporters IN ('direct', 'base')", name="reporters"),
        CheckConstraint("report_days BETWEEN 1 AND 90", name="report_days"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    name: Mapped[str] = mapped_column(String(300))
    kind: Mapped[str] = mapped_column(String(20))
    starts_on: Mapped[date] = mapped_column(Date)
    ends_on: Mapped[date] = mapped_column(Date)
    goals: Mapped[str | None] = mapped_column(Text)
    criteria: Mapped[str | None] = mapped_column(Text)
    document: Mapped[str | None] = mapped_column(String(100))
    reporters: Mapped[str] = mapped_column(String(20), default="direct")
    report_days: Mapped[int] = mapped_column(default=15)
    # Ended before its time, or declared over: the day and why.
    closed_on: Mapped[date | None] = mapped_column(Date)
    closed_reason: Mapped[str | None] = mapped_column(String(300))
    version: Mapped[int] = mapped_column(default=1)

    unit: Mapped[Unit] = relationship(lazy="joined")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class MovementResult(Model):
    """What one unit reports of a movement for one quarter."""

    __tablename__ = "movement_result"
    __table_args__ = (
        UniqueConstraint("movement_id", "unit_id", "year", "quarter"),
        CheckConstraint("quarter BETWEEN 1 AND 4", name="quarter"),
        CheckConstraint("reached BETWEEN 0 AND 999", name="reached"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    movement_id: Mapped[int] = mapped_column(ForeignKey("movement.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    year: Mapped[int]
    quarter: Mapped[int]
    # Percent of the goals reached, as the unit judges; null when it gave words only.
    reached: Mapped[int | None]
    text: Mapped[str] = mapped_column(Text)
    # The first writing, which tells whether it came in time, and the last correction.
    reported_at: Mapped[datetime] = mapped_column(Instant)
    reported_by: Mapped[str] = mapped_column(String(200))
    edited_at: Mapped[datetime | None] = mapped_column(Instant)
    edited_by: Mapped[str | None] = mapped_column(String(200))
    version: Mapped[int] = mapped_column(default=1)

    movement: Mapped[Movement] = relationship(lazy="select")
    unit: Mapped[Unit] = relationship(lazy="joined")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012
