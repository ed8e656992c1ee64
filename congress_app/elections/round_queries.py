"""A stored round as the values the rules work on: the vote, its count, its outcome, the course."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from congress_app.database import db
from congress_app.delegates.models import Person
from congress_app.elections import candidate_queries, queries, rules
from congress_app.elections.count import Revote
from congress_app.elections.course import Course, Held, course
from congress_app.elections.models import Candidate, Election, Round, TieDecision
from congress_app.elections.rules import Form, Rules
from congress_app.elections.sheet import Vote


def rules_of(election: Election) -> Rules:
    """The rules of the election; frozen from its first round on."""
    return rules.from_json(election.rules)


def listed(round_: Round) -> list[Candidate]:
    """The candidates on the ballot of the round, by given name."""
    wanted = (
        select(Candidate)
        .join(Person, Candidate.person_id == Person.id)
        .where(Candidate.id.in_(round_.candidates))
        .order_by(Person.sort_key, Candidate.id)
        .options(joinedload(Candidate.person).joinedload(Person.unit))
    )
    return list(db.session.scalars(wanted).unique())


def vote_of(round_: Round) -> Vote:
    """What is voted on in the round."""
    revote = None
    if round_.kind == "revote":
        revote = Revote(tuple(map(str, round_.candidates)), round_.needs_majority)
    return Vote(
        rules=rules_of(round_.election),
        listed=tuple(candidate_queries.named(one) for one in listed(round_)),
        seats=round_.seats,
        convened=round_.convened,
        present=round_.present,
        absent_throughout=round_.absent_throughout,
        absent_replaced=round_.absent_replaced,
        revote=revote,
    )


def sheets_needed(round_: Round) -> int:
    """Two tellers count ballots; one writes down hands everybody sees."""
    return 2 if rules_of(round_.election).form is Form.SECRET else 1


def held(round_: Round, decision: TieDecision | None) -> Held:
    """The round for the fold."""
    outcome = queries.outcome_of(round_, decision)
    numbers = Held(
        number=round_.number,
        kind=round_.kind,
        candidates=tuple(round_.candidates),
        seats=round_.seats,
        outcome=round_.outcome,
        follows=round_.follows.number if round_.follows else None,
    )
    if outcome is None:
        return numbers
    return replace(
        numbers,
        elected=tuple(map(int, outcome.elected)),
        tied=tuple(map(int, outcome.tied.codes)) if outcome.tied else (),
        stake=outcome.tied.seats if outcome.tied else 0,
        votes=tuple((int(line.id), line.votes) for line in outcome.ranking),
    )


def course_of(election: Election) -> Course:
    """Where the election stands, read anew."""
    decisions = queries.decisions_of(election.id)
    rounds = queries.rounds_of(election.id)
    return course(
        [held(one, decisions.get(one.id)) for one in rounds],
        seats=election.seats,
        reserve_seats=election.reserve_seats if election.reserves_apart else 0,
        standing=[one.id for one in candidate_queries.on_the_ballot(election.id)],
    )
