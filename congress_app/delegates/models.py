"""Persons, delegates of a congress, their grounds, and heads of delegations."""

from __future__ import annotations

from datetime import datetime

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
from congress_app.database import NEVER_AGAIN, Instant, Model
from congress_app.units.models import Unit


class Person(Model):
    """A person once, whatever congresses he or she attends.

    `unit_id` is null for a guest from outside the sector, whose `organisation` is told
    in words. `ethnicity` and `party_member` are sensitive (see `privacy.py`).
    """

    __tablename__ = "person"
    __table_args__ = (Index("ix_person_identity", "search_key", "unit_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    full_name: Mapped[str] = mapped_column(String(200))
    sort_key: Mapped[str] = mapped_column(String(600), index=True)
    search_key: Mapped[str] = mapped_column(String(200), index=True)
    birth_year: Mapped[int | None]
    birth_month: Mapped[int | None]
    birth_day: Mapped[int | None]
    sex: Mapped[str | None] = mapped_column(String(1))  # M, F
    ethnicity: Mapped[str | None] = mapped_column(String(60))
    position: Mapped[str | None] = mapped_column(String(250))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    organisation: Mapped[str | None] = mapped_column(String(250))
    education: Mapped[str | None] = mapped_column(String(120))
    political_theory: Mapped[str | None] = mapped_column(String(60))
    party_member: Mapped[bool | None]
    honours: Mapped[str | None] = mapped_column(String(500))
    phone: Mapped[str | None] = mapped_column(String(20))
    email: Mapped[str | None] = mapped_column(String(200))
    # Asked for by the person: not shown in lists, only in papers and at the door.
    restricted_at: Mapped[datetime | None] = mapped_column(Instant)
    restriction: Mapped[str | None] = mapped_column(String(500))

    unit: Mapped[Unit | None] = relationship(lazy="select")


class Delegate(Model):
    """A person's place at one congress."""

    __tablename__ = "delegate"
    __table_args__ = (
        UniqueConstraint("congress_id", "person_id"),
        UniqueConstraint("congress_id", "number"),
        Index("ix_delegate_count", "congress_id", "category", "state"),
        Index("ix_delegate_delegation", "congress_id", "delegation_unit_id"),
        Index(
            "ix_delegate_replaced_by",
            "replaced_by_id",
            sqlite_where=text("replaced_by_id IS NOT NULL"),
            postgresql_where=text("replaced_by_id IS NOT NULL"),
        ),
        CheckConstraint("category IN ('guest', 'official', 'elected')", name="category"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    congress_id: Mapped[int] = mapped_column(ForeignKey("congress.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    category: Mapped[str] = mapped_column(String(20))
    # nominated, convened, confirmed, declined, replaced, withdrawn
    state: Mapped[str] = mapped_column(String(20), default="nominated")
    # The unit just below the congress's own to whose delegation and quota the place belongs.
    delegation_unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    number: Mapped[int | None]
    field: Mapped[str | None] = mapped_column(String(60))
    priorities: Mapped[list[str]] = mapped_column(JSON, default=list)
    note: Mapped[str | None] = mapped_column(Text)
    state_reason: Mapped[str | None] = mapped_column(String(500))
    replaced_by_id: Mapped[int | None] = mapped_column(ForeignKey("delegate.id"))
    # An exception to a cap or quota: who decided, why, by which paper. All three or none.
    exception_by: Mapped[str | None] = mapped_column(String(200))
    exception_reason: Mapped[str | None] = mapped_column(String(500))
    exception_document: Mapped[str | None] = mapped_column(String(100))
    # The secret of the delegate's own page; null until the link is made or after revocation.
    link_token: Mapped[str | None] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(Instant)
    created_by: Mapped[str] = mapped_column(String(200))
    version: Mapped[int] = mapped_column(default=1)

    congress: Mapped[Congress] = relationship(lazy="select")
    person: Mapped[Person] = relationship(lazy="joined")
    delegation_unit: Mapped[Unit | None] = relationship(lazy="select")
    replaced_by: Mapped[Delegate | None] = relationship(remote_side="Delegate.id", lazy="select")
    grounds: Mapped[list[Ground]] = relationship(
        back_populates="delegate", order_by="Ground.id", lazy="select", cascade="all"
    )

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class Ground(Model):
    """By which right a delegate comes: a sub-category of the rulebook, or words."""

    __tablename__ = "ground"
    __table_args__ = NEVER_AGAIN

    id: Mapped[int] = mapped_column(primary_key=True)
    delegate_id: Mapped[int] = mapped_column(ForeignKey("delegate.id"), index=True)
    code: Mapped[str | None] = mapped_column(String(60))
    text: Mapped[str] = mapped_column(String(300))
    year: Mapped[int | None]
    document: Mapped[str | None] = mapped_column(String(100))

    delegate: Mapped[Delegate] = relationship(back_populates="grounds")


class DelegationHead(Model):
    """Who leads the delegation of a unit at a congress (trưởng đoàn)."""

    __tablename__ = "delegation_head"
    __table_args__ = (UniqueConstraint("congress_id", "unit_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    congress_id: Mapped[int] = mapped_column(ForeignKey("congress.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    delegate_id: Mapped[int] = mapped_column(ForeignKey("delegate.id"))

    delegate: Mapped[Delegate] = relationship(lazy="joined")
