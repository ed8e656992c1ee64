"""Allocations in versions, one line a unit, every adjustment by hand with its reason."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from congress_app.congresses.models import Congress
from congress_app.database import Instant, Model
from congress_app.units.models import Unit


class Allocation(Model):
    """One version of who elects how many delegates to `congress`.

    `state`: proposed, approved, published, superseded. At most one version of a congress
    is in force (approved or published); the database itself refuses a second.
    """

    __tablename__ = "allocation"
    __table_args__ = (
        UniqueConstraint("congress_id", "number"),
        Index(
            "uq_allocation_in_force",
            "congress_id",
            unique=True,
            sqlite_where=text("state IN ('approved', 'published')"),
            postgresql_where=text("state IN ('approved', 'published')"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    congress_id: Mapped[int] = mapped_column(ForeignKey("congress.id"), index=True)
    number: Mapped[int]
    state: Mapped[str] = mapped_column(String(20), default="proposed")
    method: Mapped[str] = mapped_column(String(40))
    seats: Mapped[int]
    # What was chosen, as `options.Options.as_json` writes it.
    options: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    # Ties, fairness and other methods' seats as computed, see `outcome.outcome_of`.
    outcome: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    input_hash: Mapped[str] = mapped_column(String(64))
    note: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(Instant)
    created_by: Mapped[str] = mapped_column(String(200))
    approved_at: Mapped[datetime | None] = mapped_column(Instant)
    approved_by: Mapped[str | None] = mapped_column(String(200))
    approval_document: Mapped[str | None] = mapped_column(String(100))
    published_at: Mapped[datetime | None] = mapped_column(Instant)
    version: Mapped[int] = mapped_column(default=1)

    congress: Mapped[Congress] = relationship(lazy="select")
    lines: Mapped[list[AllocationLine]] = relationship(
        back_populates="allocation", order_by="AllocationLine.position", lazy="select"
    )

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class AllocationLine(Model):
    """The seats of one unit: as computed, and as they stand after adjustments.

    `weight` is exact ("1240", "12.5" or "p/q").
    """

    __tablename__ = "allocation_line"
    __table_args__ = (
        UniqueConstraint("allocation_id", "unit_id"),
        CheckConstraint("seats >= 0", name="seats"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    allocation_id: Mapped[int] = mapped_column(ForeignKey("allocation.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    position: Mapped[int]
    weight: Mapped[str] = mapped_column(String(60))
    base: Mapped[int] = mapped_column(default=0)
    floor: Mapped[int] = mapped_column(default=0)
    ceiling: Mapped[int | None]
    lock: Mapped[int | None]
    computed: Mapped[int]
    seats: Mapped[int]
    # Facts of the run for this line: share, binding, gain_at, lose_at, explanation,
    # `values`: the figures its weight is mixed from, by source, and `cluster`: the name of
    # the emulation cluster of its unit then, within which seats given back are handed on.
    facts: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)

    allocation: Mapped[Allocation] = relationship(back_populates="lines")
    unit: Mapped[Unit] = relationship(lazy="joined")


class LineAdjustment(Model):
    """A change of one line by hand; the computed figure stays beside it."""

    __tablename__ = "line_adjustment"

    id: Mapped[int] = mapped_column(primary_key=True)
    line_id: Mapped[int] = mapped_column(ForeignKey("allocation_line.id"), index=True)
    before: Mapped[int]
    after: Mapped[int]
    reason: Mapped[str] = mapped_column(String(500))
    at: Mapped[datetime] = mapped_column(Instant)
    by: Mapped[str] = mapped_column(String(200))

    line: Mapped[AllocationLine] = relationship(lazy="joined")


class PoolAdjustment(Model):
    """A change of the number of seats of a version; the computed sum stays in its outcome."""

    __tablename__ = "pool_adjustment"

    id: Mapped[int] = mapped_column(primary_key=True)
    allocation_id: Mapped[int] = mapped_column(ForeignKey("allocation.id"), index=True)
    before: Mapped[int]
    after: Mapped[int]
    reason: Mapped[str] = mapped_column(String(500))
    at: Mapped[datetime] = mapped_column(Instant)
    by: Mapped[str] = mapped_column(String(200))
