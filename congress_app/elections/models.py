"""Elections, candidates, rounds, the tellers' sheets, decisions, and who was elected.

Nothing here links a person to a vote: the issue list knows only that a ballot was handed
out and came back, and not even when, because an order in time would be a link.
"""

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
from congress_app.database import NEVER_AGAIN, Instant, Model
from congress_app.delegates.models import Delegate, Person
from congress_app.programme.models import Session


class Election(Model):
    """The choice of the delegates of `congress` to `target`, the congress above.

    `seats` and `quota_version` are those of the allocation in force there, copied when the
    election is made and once more when its rules are frozen. `rules` is `rules.Rules` as
    JSON. `state`: preparing, list_adopted, open, certified.
    """

    __tablename__ = "election"
    __table_args__ = (
        UniqueConstraint("congress_id", "number"),
        Index(
            "uq_election_under_way",
            "congress_id",
            unique=True,
            sqlite_where=text("state <> 'certified'"),
            postgresql_where=text("state <> 'certified'"),
        ),
        CheckConstraint("seats >= 0", name="seats"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    congress_id: Mapped[int] = mapped_column(ForeignKey("congress.id"))
    target_id: Mapped[int] = mapped_column(ForeignKey("congress.id"), index=True)
    number: Mapped[int]
    state: Mapped[str] = mapped_column(String(20), default="preparing")
    seats: Mapped[int]
    quota_version: Mapped[int]
    # How many reserves are wanted, and whether by the same ballot or a later one of their own.
    reserve_seats: Mapped[int] = mapped_column(default=0)
    reserves_apart: Mapped[bool] = mapped_column(default=True)
    rules: Mapped[dict[str, Any]] = mapped_column(JSON)
    rules_frozen_at: Mapped[datetime | None] = mapped_column(Instant)
    rules_frozen_by: Mapped[str | None] = mapped_column(String(200))
    list_for: Mapped[int | None]
    list_against: Mapped[int | None]
    list_other: Mapped[int | None]
    list_adopted_at: Mapped[datetime | None] = mapped_column(Instant)
    list_adopted_by: Mapped[str | None] = mapped_column(String(200))
    certified_at: Mapped[datetime | None] = mapped_column(Instant)
    certified_by: Mapped[str | None] = mapped_column(String(200))
    # In whose name: the member of the presidium who declared it, and the paper.
    certified_for: Mapped[str | None] = mapped_column(String(300))
    certified_paper: Mapped[str | None] = mapped_column(String(100))
    created_at: Mapped[datetime] = mapped_column(Instant)
    created_by: Mapped[str] = mapped_column(String(200))
    version: Mapped[int] = mapped_column(default=1)

    congress: Mapped[Congress] = relationship(foreign_keys=[congress_id], lazy="select")
    target: Mapped[Congress] = relationship(foreign_keys=[target_id], lazy="select")
    candidates: Mapped[list[Candidate]] = relationship(
        back_populates="election", order_by="Candidate.id", lazy="select"
    )
    rounds: Mapped[list[Round]] = relationship(
        back_populates="election", order_by="Round.number", lazy="select"
    )

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class Candidate(Model):
    """A person who can be chosen, how the name came up, and whether it still stands.

    `how`: unit, floor, self. `state`: standing, withdrawal_asked, withdrawn,
    withdrawal_refused (the congress did not accept it, so the name stands).
    """

    __tablename__ = "candidate"
    __table_args__ = (UniqueConstraint("election_id", "person_id"), NEVER_AGAIN)

    id: Mapped[int] = mapped_column(primary_key=True)
    election_id: Mapped[int] = mapped_column(ForeignKey("election.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    how: Mapped[str] = mapped_column(String(10))
    nominated_by: Mapped[str | None] = mapped_column(String(250))
    state: Mapped[str] = mapped_column(String(20), default="standing")
    reason: Mapped[str | None] = mapped_column(String(500))
    asked_at: Mapped[datetime | None] = mapped_column(Instant)
    decided_at: Mapped[datetime | None] = mapped_column(Instant)
    decided_by: Mapped[str | None] = mapped_column(String(200))
    created_at: Mapped[datetime] = mapped_column(Instant)
    created_by: Mapped[str] = mapped_column(String(200))

    election: Mapped[Election] = relationship(back_populates="candidates")
    person: Mapped[Person] = relationship(lazy="joined")


class Round(Model):
    """One vote; rounds are added and never changed once closed.

    `kind`: first, revote (among the tied), additional (seats left vacant), reserves.
    `candidates` are the candidates' ids on the ballot, `seats` how many it may keep.
    `state`: open, counting, closed. `outcome`: result, tie, shortfall, invalidated; null
    until closed. `figures` are those both tellers agreed on and `result` what
    `tally.decide` said of them; both are frozen at closing.
    """

    __tablename__ = "election_round"
    __table_args__ = (
        UniqueConstraint("election_id", "number"),
        Index(
            "uq_election_round_running",
            "election_id",
            unique=True,
            sqlite_where=text("state <> 'closed'"),
            postgresql_where=text("state <> 'closed'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    election_id: Mapped[int] = mapped_column(ForeignKey("election.id"))
    number: Mapped[int]
    kind: Mapped[str] = mapped_column(String(20))
    follows_id: Mapped[int | None] = mapped_column(ForeignKey("election_round.id"))
    reason: Mapped[str | None] = mapped_column(String(500))
    candidates: Mapped[list[int]] = mapped_column(JSON)
    seats: Mapped[int]
    needs_majority: Mapped[bool] = mapped_column(default=True)
    # Presence frozen with the vote; `presence_source`: scans or typed.
    presence_at: Mapped[datetime] = mapped_column(Instant)
    presence_source: Mapped[str] = mapped_column(String(10))
    session_id: Mapped[int | None] = mapped_column(ForeignKey("session.id"))
    convened: Mapped[int]
    present: Mapped[int]
    excused: Mapped[int]
    absent_throughout: Mapped[int]
    absent_replaced: Mapped[int] = mapped_column(default=0)
    # A vote below quorum is opened by decision: whose, and why.
    below_quorum_by: Mapped[str | None] = mapped_column(String(200))
    below_quorum_reason: Mapped[str | None] = mapped_column(String(500))
    state: Mapped[str] = mapped_column(String(20), default="open")
    outcome: Mapped[str | None] = mapped_column(String(20))
    figures: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    result: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    opened_at: Mapped[datetime] = mapped_column(Instant)
    opened_by: Mapped[str] = mapped_column(String(200))
    closed_at: Mapped[datetime | None] = mapped_column(Instant)
    closed_by: Mapped[str | None] = mapped_column(String(200))
    invalid_reason: Mapped[str | None] = mapped_column(String(500))
    # Of a round that had a result: in whose name it was taken down, and by which paper.
    invalid_for: Mapped[str | None] = mapped_column(String(300))
    invalid_paper: Mapped[str | None] = mapped_column(String(100))
    released_at: Mapped[datetime | None] = mapped_column(Instant)
    version: Mapped[int] = mapped_column(default=1)

    election: Mapped[Election] = relationship(back_populates="rounds")
    session: Mapped[Session | None] = relationship(lazy="select")
    follows: Mapped[Round | None] = relationship(remote_side="Round.id", lazy="select")
    sheets: Mapped[list[CountSheet]] = relationship(
        back_populates="round", order_by="CountSheet.slot", lazy="select"
    )
    decisions: Mapped[list[TieDecision]] = relationship(
        back_populates="round", order_by="TieDecision.id", lazy="select"
    )

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class CountSheet(Model):
    """What one teller counted; two sheets a round, each of another person.

    `cells` maps a cell's key (`counting`) to its number; a cell not filled in is absent.
    """

    __tablename__ = "count_sheet"
    __table_args__ = (
        UniqueConstraint("round_id", "slot"),
        UniqueConstraint("round_id", "teller_key"),
        CheckConstraint("slot IN (1, 2)", name="slot"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("election_round.id"))
    slot: Mapped[int]
    # Who holds the sheet, as kind and number of the actor: nobody holds both.
    teller_key: Mapped[str] = mapped_column(String(220))
    teller: Mapped[str] = mapped_column(String(200))
    cells: Mapped[dict[str, int]] = mapped_column(JSON)
    saved_at: Mapped[datetime] = mapped_column(Instant)
    version: Mapped[int] = mapped_column(default=1)

    round: Mapped[Round] = relationship(back_populates="sheets")

    @property
    def saves(self) -> int:
        """How often it was saved: each time raised the version, which begins at 1."""
        return self.version

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class TieDecision(Model):
    """How a tie of a round ended other than by a vote, as an act of a named person.

    `by_rule`: older, congress. `chosen` are the candidates' ids that take the seats.
    """

    __tablename__ = "tie_decision"

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("election_round.id"), unique=True)
    by_rule: Mapped[str] = mapped_column(String(20))
    chosen: Mapped[list[int]] = mapped_column(JSON)
    reason: Mapped[str] = mapped_column(Text)
    paper: Mapped[str | None] = mapped_column(String(100))
    at: Mapped[datetime] = mapped_column(Instant)
    by: Mapped[str] = mapped_column(String(200))

    round: Mapped[Round] = relationship(back_populates="decisions")


class BallotIssue(Model):
    """That a delegate was handed a ballot of a round, and that he gave one back.

    No times: who gave his back when, beside a pile in order, would tell how he voted.
    """

    __tablename__ = "ballot_issue"
    __table_args__ = (UniqueConstraint("round_id", "delegate_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("election_round.id"))
    delegate_id: Mapped[int] = mapped_column(ForeignKey("delegate.id"), index=True)
    returned: Mapped[bool] = mapped_column(default=False)

    delegate: Mapped[Delegate] = relationship(lazy="joined")


class ElectedPlace(Model):
    """Who was elected, written when the presidium certified; `role`: delegate, reserve.

    `position` counts within the role: reserves are called in this order.
    """

    __tablename__ = "elected_place"
    __table_args__ = (
        UniqueConstraint("election_id", "candidate_id"),
        UniqueConstraint("election_id", "role", "position"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    election_id: Mapped[int] = mapped_column(ForeignKey("election.id"))
    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidate.id"), index=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("election_round.id"))
    role: Mapped[str] = mapped_column(String(10))
    position: Mapped[int]
    votes: Mapped[int]

    election: Mapped[Election] = relationship(lazy="select")
    candidate: Mapped[Candidate] = relationship(lazy="joined")
    round: Mapped[Round] = relationship(lazy="joined")
