"""Seats in the bodies of a congress, and the acts by which the bodies were adopted."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from congress_app.congresses.models import Congress
from congress_app.database import NEVER_AGAIN, Instant, Model
from congress_app.delegates.models import Delegate


class CommitteeSeat(Model):
    """One member of one body; `position` is the order by protocol, from 1.

    A member is a delegate, or somebody else by name (`full_name`, `about`: post and unit
    in words), for instance an officer of the host who counts votes.
    """

    __tablename__ = "committee_seat"
    __table_args__ = (
        UniqueConstraint("congress_id", "body", "delegate_id"),
        Index("ix_committee_seat_order", "congress_id", "body", "position"),
        CheckConstraint("(delegate_id IS NULL) <> (full_name IS NULL)", name="who"),
        NEVER_AGAIN,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    congress_id: Mapped[int] = mapped_column(ForeignKey("congress.id"))
    body: Mapped[str] = mapped_column(String(20))
    position: Mapped[int]
    post: Mapped[str] = mapped_column(String(20))
    delegate_id: Mapped[int | None] = mapped_column(ForeignKey("delegate.id"), index=True)
    full_name: Mapped[str | None] = mapped_column(String(200))
    about: Mapped[str | None] = mapped_column(String(300))
    added_at: Mapped[datetime] = mapped_column(Instant)
    added_by: Mapped[str] = mapped_column(String(200))

    congress: Mapped[Congress] = relationship(lazy="select")
    delegate: Mapped[Delegate | None] = relationship(lazy="joined")


class CommitteeAdoption(Model):
    """That a body was adopted, as it then was; rows are added and never changed.

    By a show of hands with figures (all four or none), by a decision with its number, or
    both. `members` are [name, post] in their order, so that a later change can be seen.
    """

    __tablename__ = "committee_adoption"
    __table_args__ = (
        Index("ix_committee_adoption_body", "congress_id", "body", "id"),
        CheckConstraint(
            "(voting IS NULL AND agree IS NULL AND against IS NULL AND other IS NULL"
            " AND document IS NOT NULL)"
            " OR (voting IS NOT NULL AND voting = agree + against + other)",
            name="figures",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    congress_id: Mapped[int] = mapped_column(ForeignKey("congress.id"))
    body: Mapped[str] = mapped_column(String(20))
    voting: Mapped[int | None]
    agree: Mapped[int | None]
    against: Mapped[int | None]
    other: Mapped[int | None]
    document: Mapped[str | None] = mapped_column(String(100))
    members: Mapped[list[Any]] = mapped_column(JSON)
    at: Mapped[datetime] = mapped_column(Instant)
    by: Mapped[str] = mapped_column(String(200))
