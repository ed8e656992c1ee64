"""The register of exemplars: who, their awards, ratings, stages and nominations."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from congress_app.database import NEVER_AGAIN, Instant, Model
from congress_app.units.models import Unit


class StoredCriteria(Model):
    """A set of criteria; `body` is `criteria.CriteriaSet` as JSON.

    A preset belongs to nobody and is never edited; a copy belongs to the unit whose
    organiser made it and holds for that unit and everything below. A unit has one at most.
    """

    __tablename__ = "criteria_set"
    __table_args__ = NEVER_AGAIN

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(250))
    body: Mapped[dict[str, Any]] = mapped_column(JSON)
    is_preset: Mapped[bool] = mapped_column(default=False)
    copied_from: Mapped[str | None] = mapped_column(String(40))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), unique=True)
    version: Mapped[int] = mapped_column(default=1)

    unit: Mapped[Unit | None] = relationship(lazy="joined")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class AwardName(Model):
    """One line of the editable list of awards, see `awards.AwardKind`."""

    __tablename__ = "award_name"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(250))
    aliases: Mapped[list[str]] = mapped_column(JSON, default=list)
    position: Mapped[int]
    # A name the law has dropped is kept for old records but offered no more.
    is_offered: Mapped[bool] = mapped_column(default=True)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class Exemplar(Model):
    """A collective or an individual on the way from detected to replicated.

    `kind` is collective or individual. `unit_id` is the unit that nominates: of a person
    where he works, of a collective the unit itself or, for one below it without a row of
    its own, the unit it belongs to (`name` tells which). The facts the criteria ask for
    are null while nobody recorded them. `is_minority` is sensitive (docs/data.md).
    """

    __tablename__ = "exemplar"
    __table_args__ = (
        CheckConstraint("kind IN ('collective', 'individual')", name="kind"),
        Index("ix_exemplar_search", "search_key", "unit_id"),
        NEVER_AGAIN,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(250))
    sort_key: Mapped[str] = mapped_column(String(600), index=True)
    search_key: Mapped[str] = mapped_column(String(250))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    field: Mapped[str | None] = mapped_column(String(60))
    stage: Mapped[str] = mapped_column(String(20), default="detect")
    detected_year: Mapped[int]
    position: Mapped[str | None] = mapped_column(String(200))
    birth_year: Mapped[int | None]
    birth_month: Mapped[int | None]
    birth_day: Mapped[int | None]
    sex: Mapped[str | None] = mapped_column(String(1))  # M, F
    is_minority: Mapped[bool | None]
    is_direct: Mapped[bool | None]
    is_leader: Mapped[bool | None]
    # The collective a leader leads, where it is an exemplar itself.
    leads_id: Mapped[int | None] = mapped_column(ForeignKey("exemplar.id"), index=True)
    is_hard_area: Mapped[bool] = mapped_column(default=False)
    solution: Mapped[str | None] = mapped_column(Text)
    story: Mapped[str | None] = mapped_column(Text)
    conduct: Mapped[bool | None]
    exceeds_targets: Mapped[bool | None]
    runs_movements: Mapped[bool | None]
    discipline: Mapped[int | None]
    initiatives: Mapped[bool | None]
    takes_part: Mapped[bool | None]
    # Year to whether it was rated "completed excellently"; years not named are unknown.
    ratings: Mapped[dict[str, bool]] = mapped_column(JSON, default=dict)
    # Consent to publish: on which paper it stands, who recorded it and when; all three are
    # null when there is none or it was withdrawn (the log tells which).
    story_consent: Mapped[str | None] = mapped_column(String(300))
    story_consent_at: Mapped[datetime | None] = mapped_column(Instant)
    story_consent_by: Mapped[str | None] = mapped_column(String(200))
    photo_consent: Mapped[str | None] = mapped_column(String(300))
    photo_consent_at: Mapped[datetime | None] = mapped_column(Instant)
    photo_consent_by: Mapped[str | None] = mapped_column(String(200))
    is_public: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(Instant)
    created_by: Mapped[str] = mapped_column(String(200))
    # The last move from stage to stage, or that somebody looked and nothing had to change.
    reviewed_at: Mapped[datetime | None] = mapped_column(Instant)
    reviewed_by: Mapped[str | None] = mapped_column(String(200))
    version: Mapped[int] = mapped_column(default=1)

    unit: Mapped[Unit] = relationship(lazy="joined")
    leads: Mapped[Exemplar | None] = relationship(remote_side="Exemplar.id", lazy="select")
    awards: Mapped[list[Award]] = relationship(
        back_populates="exemplar", order_by="Award.id", lazy="select", cascade="all"
    )
    steps: Mapped[list[ExemplarStep]] = relationship(
        back_populates="exemplar", order_by="ExemplarStep.id", lazy="select", cascade="all"
    )
    nominations: Mapped[list[Nomination]] = relationship(
        back_populates="exemplar", order_by="Nomination.year", lazy="select", cascade="all"
    )

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class Award(Model):
    """An award of an exemplar with its decision; `kind` is null for one not on the list.

    Only the year of the decision counts for the criteria; day and month as far as known.
    """

    __tablename__ = "award"
    __table_args__ = NEVER_AGAIN

    id: Mapped[int] = mapped_column(primary_key=True)
    exemplar_id: Mapped[int] = mapped_column(ForeignKey("exemplar.id"), index=True)
    kind: Mapped[str | None] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(250))
    decision_number: Mapped[str | None] = mapped_column(String(100))
    decision_year: Mapped[int | None]
    decision_month: Mapped[int | None]
    decision_day: Mapped[int | None]
    signatory: Mapped[str | None] = mapped_column(String(200))

    exemplar: Mapped[Exemplar] = relationship(back_populates="awards")


class ExemplarStep(Model):
    """A move from stage to stage: by whom, when, why."""

    __tablename__ = "exemplar_step"

    id: Mapped[int] = mapped_column(primary_key=True)
    exemplar_id: Mapped[int] = mapped_column(ForeignKey("exemplar.id"), index=True)
    from_stage: Mapped[str] = mapped_column(String(20))
    to_stage: Mapped[str] = mapped_column(String(20))
    note: Mapped[str | None] = mapped_column(String(500))
    at: Mapped[datetime] = mapped_column(Instant)
    by: Mapped[str] = mapped_column(String(200))

    exemplar: Mapped[Exemplar] = relationship(back_populates="steps")


class Nomination(Model):
    """An exemplar put forward for one year, and what the council of the unit above said.

    `finding` is the answer of the criteria when it was appraised, frozen with its words.
    """

    __tablename__ = "nomination"
    __table_args__ = (UniqueConstraint("exemplar_id", "year"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    exemplar_id: Mapped[int] = mapped_column(ForeignKey("exemplar.id"), index=True)
    year: Mapped[int]
    council_unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    standing: Mapped[str] = mapped_column(String(20), default="nominated")
    reason: Mapped[str | None] = mapped_column(Text)
    nominated_at: Mapped[datetime] = mapped_column(Instant)
    nominated_by: Mapped[str] = mapped_column(String(200))
    finding: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    appraisal: Mapped[str | None] = mapped_column(Text)
    votes_for: Mapped[int | None]
    votes_against: Mapped[int | None]
    votes_other: Mapped[int | None]
    minutes_number: Mapped[str | None] = mapped_column(String(100))
    minutes_on: Mapped[date | None] = mapped_column(Date)
    decided_at: Mapped[datetime | None] = mapped_column(Instant)
    decided_by: Mapped[str | None] = mapped_column(String(200))
    version: Mapped[int] = mapped_column(default=1)

    exemplar: Mapped[Exemplar] = relationship(back_populates="nominations")
    council_unit: Mapped[Unit] = relationship(lazy="joined")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class ExemplarFile(Model):
    """A file that tells more of a model or a person; never executed, always downloaded."""

    __tablename__ = "exemplar_file"
    __table_args__ = NEVER_AGAIN

    id: Mapped[int] = mapped_column(primary_key=True)
    exemplar_id: Mapped[int] = mapped_column(ForeignKey("exemplar.id"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    kind: Mapped[str] = mapped_column(String(10))  # pdf, docx, pptx, jpg, png
    size: Mapped[int]
    is_portrait: Mapped[bool] = mapped_column(default=False)
    data: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    added_at: Mapped[datetime] = mapped_column(Instant)
    added_by: Mapped[str] = mapped_column(String(200))
