"""Lists sent to the congress above, the places they filled there, and reserves called."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from congress_app.database import Instant, Model
from congress_app.delegates.models import Delegate
from congress_app.elections.models import ElectedPlace, Election


class Transmission(Model):
    """One sending of a certified list to the congress above; never changed once answered.

    `state`: sent, accepted, returned. A returned list is sent anew as the next number; of
    one election only one is on its way or accepted.
    """

    __tablename__ = "transmission"
    __table_args__ = (
        UniqueConstraint("election_id", "number"),
        Index(
            "uq_transmission_standing",
            "election_id",
            unique=True,
            sqlite_where=text("state <> 'returned'"),
            postgresql_where=text("state <> 'returned'"),
        ),
        CheckConstraint("state IN ('sent', 'accepted', 'returned')", name="state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    election_id: Mapped[int] = mapped_column(ForeignKey("election.id"))
    number: Mapped[int]
    state: Mapped[str] = mapped_column(String(20), default="sent")
    paper: Mapped[str | None] = mapped_column(String(100))
    note: Mapped[str | None] = mapped_column(String(500))
    sent_at: Mapped[datetime] = mapped_column(Instant)
    sent_by: Mapped[str] = mapped_column(String(200))
    # Who answered for the congress above, and why it was returned.
    answered_at: Mapped[datetime | None] = mapped_column(Instant)
    answered_by: Mapped[str | None] = mapped_column(String(200))
    reason: Mapped[str | None] = mapped_column(String(500))
    version: Mapped[int] = mapped_column(default=1)

    election: Mapped[Election] = relationship(lazy="select")
    lines: Mapped[list[TransmissionLine]] = relationship(
        back_populates="transmission", order_by="TransmissionLine.id", lazy="select"
    )

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class TransmissionLine(Model):
    """One elected person on a list, and the place he has above.

    `made`: the place came with this list. Where somebody held a place by another right
    already, only the ground was added.
    """

    __tablename__ = "transmission_line"
    __table_args__ = (UniqueConstraint("transmission_id", "place_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    transmission_id: Mapped[int] = mapped_column(ForeignKey("transmission.id"))
    place_id: Mapped[int] = mapped_column(ForeignKey("elected_place.id"))
    delegate_id: Mapped[int] = mapped_column(ForeignKey("delegate.id"), index=True)
    made: Mapped[bool]

    transmission: Mapped[Transmission] = relationship(back_populates="lines")
    place: Mapped[ElectedPlace] = relationship(lazy="joined")
    delegate: Mapped[Delegate] = relationship(lazy="joined")


class ReserveCall(Model):
    """What became of one reserve: called to a place above, or let go.

    `state`: called, declined. One row a reserve, so nobody is called twice.
    """

    __tablename__ = "reserve_call"
    __table_args__ = (
        UniqueConstraint("place_id"),
        CheckConstraint("state IN ('called', 'declined')", name="state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    place_id: Mapped[int] = mapped_column(ForeignKey("elected_place.id"))
    state: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str] = mapped_column(String(500))
    # Of a call: whose place it is, and the reserve's own row above.
    replaced_id: Mapped[int | None] = mapped_column(ForeignKey("delegate.id"), index=True)
    delegate_id: Mapped[int | None] = mapped_column(ForeignKey("delegate.id"), index=True)
    at: Mapped[datetime] = mapped_column(Instant)
    by: Mapped[str] = mapped_column(String(200))

    place: Mapped[ElectedPlace] = relationship(lazy="joined")
    replaced: Mapped[Delegate | None] = relationship(foreign_keys=[replaced_id], lazy="select")
    delegate: Mapped[Delegate | None] = relationship(foreign_keys=[delegate_id], lazy="select")
