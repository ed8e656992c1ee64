"""Exemplars as candidates for official delegates: the proposal, and who they are already."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from congress_app.congresses import queries as congress_queries
from congress_app.congresses.models import Congress
from congress_app.database import db
from congress_app.delegates import intake, intake_queries
from congress_app.delegates.book import Book, Candidate, Entry, Held
from congress_app.delegates.exemplar_models import ExemplarPerson
from congress_app.delegates.exemplar_titles import (
    Answer,
    Proposal,
    propose,
    registration_of,
    titles_of,
)
from congress_app.delegates.models import Delegate
from congress_app.exemplars import queries as exemplar_queries
from congress_app.exemplars.awards import AwardFacts
from congress_app.exemplars.facts import Kind
from congress_app.exemplars.models import Exemplar
from congress_app.exemplars.wanted import Wanted


@dataclass(frozen=True)
class Proposed:
    """An individual exemplar with the answer; `delegate` is the place it is linked to here."""

    exemplar: Exemplar
    proposal: Proposal
    delegate: Delegate | None = None


@dataclass(frozen=True)
class Likeness:
    """Who a proposed exemplar may be among the stored people.

    `held` is the place of the person it certainly is; `people` are those to choose from.
    """

    held: Held | None = None
    people: tuple[Candidate, ...] = ()


def answers(congress: Congress, *, within: Sequence[str], text: str = "") -> dict[int, Answer]:
    """The answer for every individual exemplar of the reach by its key, in the register's order.

    The award names decide, which no condition of the database tells; so all are judged, in a
    fixed number of statements, and those whose awards are called and dated the same at once.
    """
    wanted = Wanted(kind=Kind.INDIVIDUAL.value, text=text or None)
    awards = exemplar_queries.awards_by_exemplar(within, wanted)
    judge = _judge(congress)
    told = {each: judge([AwardFacts(*one) for one in each]).answer for each in set(awards.values())}
    return {key: told[each] for key, each in awards.items()}


def proposals_of(
    congress: Congress, exemplar_ids: Sequence[int], *, within: Sequence[str]
) -> list[Proposed]:
    """Those of the individual exemplars that are within reach, with their answers."""
    wanted = Wanted(kind=Kind.INDIVIDUAL.value, ids=tuple(exemplar_ids))
    judge, linked = _judge(congress), delegates_of(congress)
    return [
        Proposed(row, judge(exemplar_queries.award_facts(row.awards)), linked.get(row.id))
        for row in exemplar_queries.exemplars(within, wanted)
    ]


def _judge(congress: Congress) -> Callable[[Sequence[AwardFacts]], Proposal]:
    """The rule for an individual at this congress."""
    book, kinds = congress_queries.rulebook_of(congress), exemplar_queries.award_kinds()
    titles = titles_of(book, congress.level, kinds)
    return lambda awards: propose(Kind.INDIVIDUAL, awards, titles)


def delegates_of(congress: Congress) -> dict[int, Delegate]:
    """The places of linked exemplars at this congress, given up ones too, by exemplar."""
    rows = db.session.execute(
        select(ExemplarPerson.exemplar_id, Delegate)
        .join(Delegate, Delegate.person_id == ExemplarPerson.person_id)
        .where(Delegate.congress_id == congress.id)
    )
    return {row[0]: row[1] for row in rows.unique()}


def delegates_everywhere(exemplar_id: int) -> Sequence[Delegate]:
    """The places of the person an exemplar is, at all congresses."""
    return db.session.scalars(
        select(Delegate)
        .join(ExemplarPerson, Delegate.person_id == ExemplarPerson.person_id)
        .where(ExemplarPerson.exemplar_id == exemplar_id)
        .options(joinedload(Delegate.congress))
        .order_by(Delegate.id)
    ).all()


def exemplars_of(person_id: int) -> Sequence[Exemplar]:
    """The exemplars that are this person."""
    return db.session.scalars(
        select(Exemplar)
        .join(ExemplarPerson, ExemplarPerson.exemplar_id == Exemplar.id)
        .where(ExemplarPerson.person_id == person_id)
        .order_by(Exemplar.id)
    ).all()


def links_of(exemplar_ids: Sequence[int]) -> dict[int, int]:
    """The person each linked exemplar is."""
    rows = db.session.execute(
        select(ExemplarPerson.exemplar_id, ExemplarPerson.person_id).where(
            ExemplarPerson.exemplar_id.in_(exemplar_ids)
        )
    )
    return {row[0]: row[1] for row in rows}


def book_for(
    congress: Congress,
    rows: Sequence[Proposed],
    answers: Mapping[int, int],
    *,
    within: Sequence[str],
) -> tuple[list[Entry], dict[int, int], Book]:
    """What `intake.plan` reads: entries by exemplar, who they are said to be, the stored."""
    book = congress_queries.rulebook_of(congress)
    links = links_of([each.exemplar.id for each in rows])
    names = [each.exemplar.name for each in rows]
    stored = intake_queries.book(congress, names, within=within, person_ids=links.values())
    known = {
        exemplar_id: person
        for exemplar_id, person_id in links.items()
        if (person := stored.people.by_id(person_id)) is not None
    }
    entries = []
    for each in rows:
        facts = exemplar_queries.facts_of(each.exemplar)
        asked = registration_of(facts, each.proposal, book)
        if (linked := known.get(each.exemplar.id)) is not None:
            # Who it is was settled: what is stored of the person stands, whatever the
            # exemplar is called by now.
            asked = replace(asked, person=linked.facts)
        entries.append(Entry(asked, each.exemplar.id))
    accepted = {**answers, **{key: person.id for key, person in known.items()}}
    return entries, accepted, stored


def likenesses(
    congress: Congress, rows: Sequence[Proposed], *, within: Sequence[str]
) -> dict[int, Likeness]:
    """By exemplar who it is or may be among the stored; those nobody resembles are left out."""
    entries, accepted, stored = book_for(congress, rows, {}, within=within)
    decided = intake.plan(entries, stored, accepted)
    found = {
        entries[step.index].row: Likeness(held=step.held) for step in decided.steps if step.held
    }
    asked = (problem for problem in decided.problems if problem.candidates)
    return found | {entries[p.index].row: Likeness(people=p.candidates) for p in asked}
