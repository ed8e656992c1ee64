"""Elections of a congress, their rounds, sheets and ballots, and what the hall may see."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import joinedload

from congress_app.audit.models import Entry
from congress_app.congresses.models import Congress
from congress_app.database import db
from congress_app.delegates.bond_queries import bonds, tells_bonds
from congress_app.delegates.identity import Bond, Hold
from congress_app.elections import record, rules, tally
from congress_app.elections.conduct import HANDED_OVER, ElectionState, PlaceRole, RoundState
from congress_app.elections.count import Count, Outcome
from congress_app.elections.models import (
    BallotIssue,
    Candidate,
    CountSheet,
    ElectedPlace,
    Election,
    Round,
    TieDecision,
)
from congress_app.kernel.sentences import Sentence
from congress_app.units.models import Unit


def elections_of(congress_id: int) -> Sequence[Election]:
    """The elections of a congress, the newest first."""
    return db.session.scalars(
        select(Election)
        .where(Election.congress_id == congress_id)
        .order_by(Election.number.desc())
        .options(joinedload(Election.target))
    ).all()


def election_by_id(congress_id: int, election_id: int) -> Election | None:
    """One election of the congress."""
    return db.session.scalar(
        select(Election)
        .where(Election.id == election_id, Election.congress_id == congress_id)
        .options(joinedload(Election.target).joinedload(Congress.unit))
    )


def under_way(congress_id: int) -> Election | None:
    """The election that is not certified yet."""
    return db.session.scalar(
        select(Election).where(
            Election.congress_id == congress_id, Election.state != ElectionState.CERTIFIED
        )
    )


@tells_bonds
def stood(person_ids: Collection[int]) -> Iterable[tuple[int, Bond]]:
    """The congresses on whose lists of candidates these persons stand, or stood."""
    statement = (
        select(Candidate.person_id, Congress.id, Unit.path, Congress.name, Congress.state)
        .join(Election, Candidate.election_id == Election.id)
        .join(Congress, Election.congress_id == Congress.id)
        .join(Unit, Congress.unit_id == Unit.id)
        .where(Candidate.person_id.in_(person_ids))
        .order_by(Unit.path, Election.id)
    )
    yield from bonds(statement, Hold.CANDIDATE)


def places_filled(congress_id: int) -> int:
    """Delegates to the congress above elected by certified elections of this one."""
    counted = (
        select(func.count(ElectedPlace.id))
        .join(Election, ElectedPlace.election_id == Election.id)
        .where(Election.congress_id == congress_id, ElectedPlace.role == PlaceRole.DELEGATE)
    )
    return db.session.scalar(counted) or 0


def rounds_of(election_id: int) -> Sequence[Round]:
    """The rounds in their order, as stored now."""
    return db.session.scalars(
        select(Round)
        .where(Round.election_id == election_id)
        .order_by(Round.number)
        .execution_options(populate_existing=True)
    ).all()


def round_by_number(election_id: int, number: int) -> Round | None:
    """One round of the election."""
    return db.session.scalar(
        select(Round)
        .where(Round.election_id == election_id, Round.number == number)
        .options(joinedload(Round.follows), joinedload(Round.session))
    )


def decisions_of(election_id: int) -> dict[int, TieDecision]:
    """How ties ended by decision, by round id."""
    wanted = select(TieDecision).join(Round).where(Round.election_id == election_id)
    return {row.round_id: row for row in db.session.scalars(wanted)}


def sheets_of(round_id: int) -> Sequence[CountSheet]:
    """The tellers' sheets of a round, the first one's first, as stored now."""
    return db.session.scalars(
        select(CountSheet)
        .where(CountSheet.round_id == round_id)
        .order_by(CountSheet.slot)
        .execution_options(populate_existing=True)
    ).all()


def sheet_of(round_id: int, teller_key: str) -> CountSheet | None:
    """The sheet one teller holds."""
    return db.session.scalar(
        select(CountSheet).where(
            CountSheet.round_id == round_id, CountSheet.teller_key == teller_key
        )
    )


def sheet_by_id(round_id: int, sheet_id: int) -> CountSheet | None:
    """One teller's sheet of this round."""
    wanted = select(CountSheet).where(CountSheet.id == sheet_id, CountSheet.round_id == round_id)
    return db.session.scalar(wanted)


def sheets_handed_over(round_id: int) -> int:
    """How often a sheet of the round was given to another teller; the log alone knows."""
    statement = select(func.count()).where(
        Entry.action == HANDED_OVER,
        Entry.subject_kind == Round.__tablename__,
        Entry.subject_id == round_id,
    )
    return db.session.scalar(statement) or 0


def ballots_of(round_id: int) -> dict[int, bool]:
    """Whether each delegate who was handed a ballot gave one back, by delegate id."""
    wanted = select(BallotIssue.delegate_id, BallotIssue.returned)
    return dict(db.session.execute(wanted.where(BallotIssue.round_id == round_id)).all())


def places_of(election_id: int) -> Sequence[ElectedPlace]:
    """Who was elected: delegates by votes, then reserves in the order they are called."""
    return db.session.scalars(
        select(ElectedPlace)
        .where(ElectedPlace.election_id == election_id)
        .order_by(ElectedPlace.role, ElectedPlace.position)
    ).all()


_EVER = datetime(2000, 1, 1, tzinfo=UTC)
# Put together once: every hall's screen asks it again and again.
_LATEST_RELEASED = (
    select(Round)
    .join(Election, Round.election_id == Election.id)
    .where(
        Election.congress_id == bindparam("congress"),
        Round.state == RoundState.CLOSED,
        Round.released_at >= bindparam("since"),
    )
    .order_by(Round.released_at.desc(), Round.id.desc())
    .limit(1)
    .options(joinedload(Round.election).joinedload(Election.target))
)


def latest_released(congress_id: int, since: datetime = _EVER) -> Round | None:
    """The newest round of the congress whose result was released to the screens since then."""
    return db.session.scalar(_LATEST_RELEASED, {"congress": congress_id, "since": since})


def count_of(round_: Round, decision: TieDecision | None = None) -> Count | None:
    """The count frozen with the round, with the congress's choice; None before closing."""
    if round_.figures is None:
        return None
    count = record.from_json(round_.figures)
    if decision is None or decision.by_rule != "congress":
        return count
    return replace(count, chosen=tuple(map(str, decision.chosen)))


def outcome_of(round_: Round, decision: TieDecision | None = None) -> Outcome | None:
    """What the round decided, as `tally.decide` says it; None before closing."""
    count = count_of(round_, decision)
    return None if count is None else tally.decide(count)


@dataclass(frozen=True)
class ReleasedResult:
    """What the screens of the hall may show: the newest result released there.

    `rule` is the frozen rule in words, `outcome` the tally with all its figures.
    """

    election_id: int
    round_number: int
    round_kind: str
    target_name: str
    seats: int
    rule: Sentence
    outcome: Outcome
    released_at: datetime


def released_result(congress_id: int, since: datetime = _EVER) -> ReleasedResult | None:
    """The newest result of the congress that was released to the screens since then."""
    round_ = latest_released(congress_id, since)
    if round_ is None or round_.released_at is None:
        return None
    outcome = outcome_of(round_, decisions_of(round_.election_id).get(round_.id))
    if outcome is None:
        return None
    return ReleasedResult(
        election_id=round_.election_id,
        round_number=round_.number,
        round_kind=round_.kind,
        target_name=round_.election.target.name,
        seats=round_.seats,
        rule=rules.printed(rules.from_json(round_.election.rules)),
        outcome=outcome,
        released_at=round_.released_at,
    )
