"""Seasons, rulebooks, congresses, and who moved a congress from state to state."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from sqlalchemy import JSON, Date, ForeignKey, Index, String, Text, Time, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from congress_app.database import Instant, Model
from congress_app.units.models import Unit


class StoredRulebook(Model):
    """A rulebook that can be adopted; `body` is `rulebook.Rulebook` as JSON.

    A copy belongs to the unit whose organiser made it: only he (or one above him) edits
    it, and only congresses of that unit and below may adopt it. Presets belong to nobody.
    """

    __tablename__ = "rulebook"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(250))
    body: Mapped[dict[str, Any]] = mapped_column(JSON)
    is_preset: Mapped[bool] = mapped_column(default=False)
    copied_from: Mapped[str | None] = mapped_column(String(40))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    version: Mapped[int] = mapped_column(default=1)

    unit: Mapped[Unit | None] = relationship(lazy="joined")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class Season(Model):
    """One round of congresses every five years (for instance "lần thứ V", 2019–2020)."""

    __tablename__ = "season"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(250))
    rulebook_id: Mapped[int] = mapped_column(ForeignKey("rulebook.id"))

    rulebook: Mapped[StoredRulebook] = relationship(lazy="joined")


class Congress(Model):
    """One conference or congress of one unit in one season.

    `level` is base, upper_base or national; `parent_id` names the congress its elected
    delegates go to. `rules` is the frozen rulebook (`Rulebook` as JSON) once adopted.
    """

    __tablename__ = "congress"
    __table_args__ = (
        UniqueConstraint("season_id", "unit_id"),
        Index("ix_congress_level", "season_id", "level"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    season_id: Mapped[int] = mapped_column(ForeignKey("season.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("congress.id"), index=True)
    level: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(300))
    state: Mapped[str] = mapped_column(String(20), default="draft")
    held_on: Mapped[date | None] = mapped_column(Date)
    starts_at: Mapped[time | None] = mapped_column(Time)
    duration: Mapped[str] = mapped_column(String(20), default="half_day")  # or full_day
    place: Mapped[str | None] = mapped_column(String(300))
    address: Mapped[str | None] = mapped_column(String(300))
    combined_with: Mapped[str | None] = mapped_column(String(40))
    plan_document: Mapped[str | None] = mapped_column(String(100))
    # How many took part; at base level everybody does, and only the number is kept.
    attendance: Mapped[int | None]
    attendance_source: Mapped[str | None] = mapped_column(String(250))
    lessons: Mapped[str | None] = mapped_column(Text)
    is_demo: Mapped[bool] = mapped_column(default=False)
    rulebook_id: Mapped[int | None] = mapped_column(ForeignKey("rulebook.id"))
    rules: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    # What lists ask of the frozen rules, written together with them (`terms`).
    due_before: Mapped[date | None] = mapped_column(Date)
    due_from: Mapped[date | None] = mapped_column(Date)
    due_until: Mapped[date | None] = mapped_column(Date)
    cap: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    rules_adopted_at: Mapped[datetime | None] = mapped_column(Instant)
    rules_adopted_by: Mapped[str | None] = mapped_column(String(200))
    version: Mapped[int] = mapped_column(default=1)

    season: Mapped[Season] = relationship(lazy="select")
    unit: Mapped[Unit] = relationship(lazy="joined")
    parent: Mapped[Congress | None] = relationship(remote_side="Congress.id", lazy="select")
    rulebook: Mapped[StoredRulebook | None] = relationship(lazy="select")
    steps: Mapped[list[CongressStep]] = relationship(
        back_populates="congress", order_by="CongressStep.id", lazy="select"
    )

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class CongressStep(Model):
    """A move in the life of a congress: from where to where, by whom, when."""

    __tablename__ = "congress_step"

    id: Mapped[int] = mapped_column(primary_key=True)
    congress_id: Mapped[int] = mapped_column(ForeignKey("congress.id"), index=True)
    from_state: Mapped[str] = mapped_column(String(20))
    to_state: Mapped[str] = mapped_column(String(20))
    at: Mapped[datetime] = mapped_column(Instant)
    by: Mapped[str] = mapped_column(String(200))
    note: Mapped[str | None] = mapped_column(String(500))

    congress: Mapped[Congress] = relationship(back_populates="steps")


class Pulse(Model):
    """A counter per congress, raised by every change a live page must notice.

    It stands apart from the congress, so that scans and registrations do not wait for
    each other, and one indexed row answers a page's ETag. `scans` says how many of the
    changes were nothing but scans, which leave the roster as it was.
    """

    __tablename__ = "pulse"

    congress_id: Mapped[int] = mapped_column(ForeignKey("congress.id"), primary_key=True)
    counter: Mapped[int] = mapped_column(default=0)
    scans: Mapped[int] = mapped_column(default=0)
