"""Exemplars become delegates by the one door all delegates take, and are linked to them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import delete
from sqlalchemy.orm import Session

from congress_app.congresses.models import Congress
from congress_app.database import transaction
from congress_app.delegates import exemplar_queries, intake, place_services, state_services
from congress_app.delegates.book import Plan
from congress_app.delegates.credentials import ACTIVE
from congress_app.delegates.exemplar_models import ExemplarPerson
from congress_app.delegates.exemplar_queries import Proposed
from congress_app.delegates.exemplar_titles import Answer
from congress_app.delegates.models import Delegate, Person
from congress_app.delegates.writing_services import write
from congress_app.exemplars import consent_queries, consent_services
from congress_app.exemplars.models import Exemplar
from congress_app.kernel import clock
from congress_app.kernel.errors import Conflict, NotFound, RuleViolation
from congress_app.kernel.permissions import Actor
from congress_app.kernel.sentences import N_, Sentence

NOT_PROPOSED = N_(
    "Không ghi danh được theo danh hiệu: {names}. Hãy xem lý do ở mục “Không đề xuất” và “Chưa rõ”."
)
NOBODY = N_("Chưa chọn ai. Hãy đánh dấu ít nhất một điển hình.")
TWICE = N_(
    "“{name}” được chọn hai lần: hai điển hình là cùng một người. Hãy bỏ đánh dấu một trong hai."
)


@dataclass(frozen=True)
class Taken:
    """How many were registered anew, and how many were delegates already and only linked."""

    registered: int
    linked: int


def register(
    congress: Congress,
    exemplar_ids: Sequence[int],
    *,
    answers: Mapping[int, int],
    within: Sequence[str],
    actor: Actor,
) -> Taken:
    """Register the exemplars as official delegates with their grounds, all or none.

    Who is a delegate already is not entered again: the place keeps its category, gets the
    ground, and is linked. `answers` says which stored person an exemplar is
    (`book.NEW_PERSON`: somebody new). Raises RuleViolation `nobody`, `not_proposed`,
    `over_cap`; Conflict `duplicate_in_database`, `chosen_twice`.
    """
    with transaction() as session:
        place_services.take(congress)
        rows = exemplar_queries.proposals_of(congress, exemplar_ids, within=within)
        _must_be_proposed(rows)
        entries, accepted, stored = exemplar_queries.book_for(
            congress, rows, answers, within=within
        )
        decided = intake.plan(entries, stored, accepted)
        _must_differ(decided, rows)
        fresh = Plan([s for s in decided.steps if s.held is None], decided.problems)
        place_services.allowed(fresh, congress, None, actor=actor)
        by_id = {each.exemplar.id: each for each in rows}
        held = [(by_id[entries[s.index].row], s.held.id) for s in decided.steps if s.held]
        ids = write(congress, fresh, actor=actor)
        made = [by_id[entries[s.index].row] for s in fresh.steps]
        for each, delegate_id in [*zip(made, ids, strict=True), *held]:
            _link(session, each, session.get_one(Delegate, delegate_id), actor)
        return Taken(len(made), len(held))


def unlink(congress: Congress, exemplar_id: int, *, within: Sequence[str], actor: Actor) -> None:
    """Say that the exemplar is not this person after all; the delegate and grounds stay."""
    with transaction() as session:
        place_services.take(congress)
        rows = exemplar_queries.proposals_of(congress, [exemplar_id], within=within)
        if not rows or rows[0].delegate is None:
            raise NotFound()
        session.execute(delete(ExemplarPerson).where(ExemplarPerson.exemplar_id == exemplar_id))
        told = {"exemplar": [rows[0].exemplar.name, None]}
        place_services.tell(rows[0].delegate, "delegate.exemplar_unlink", told, actor=actor)


def _must_be_proposed(rows: Sequence[Proposed]) -> None:
    if not rows:
        raise RuleViolation("nobody", Sentence(NOBODY))
    others = [r.exemplar.name for r in rows if r.proposal.answer is not Answer.PROPOSED]
    if others:
        raise RuleViolation("not_proposed", Sentence(NOT_PROPOSED, names=", ".join(others)))


def _must_differ(decided: Plan, rows: Sequence[Proposed]) -> None:
    """Two exemplars of one person: the sentence of sheets, which names rows, says nothing here."""
    for problem in decided.problems:
        if problem.code == "duplicate_in_file":
            name = rows[problem.index].exemplar.name
            raise Conflict("chosen_twice", Sentence(TWICE, name=name))


def _link(session: Session, each: Proposed, delegate: Delegate, actor: Actor) -> None:
    row = session.get(ExemplarPerson, each.exemplar.id)
    if row is None:
        session.add(
            ExemplarPerson(
                exemplar_id=each.exemplar.id,
                person_id=delegate.person_id,
                linked_at=clock.now(),
                linked_by=actor.display_name,
            )
        )
        session.flush()
        told = {"exemplar": [None, each.exemplar.name]}
        place_services.tell(delegate, "delegate.exemplar_link", told, actor=actor)
        _hold_back(session, each.exemplar.id, delegate.person, actor)
    known = {ground.code for ground in delegate.grounds}
    for ground in each.proposal.grounds if delegate.state in ACTIVE else ():
        if ground.code not in known:
            state_services.add_ground(delegate, ground, actor=actor)


def _hold_back(session: Session, exemplar_id: int, person: Person, actor: Actor) -> None:
    """Whoever asked for that is shown to nobody as an exemplar either, and in this very moment:
    the person's row is held, so that a restriction sees the link or is seen by it.
    """
    session.refresh(person, with_for_update={"of": Person, "key_share": True})
    exemplar = session.get_one(Exemplar, exemplar_id)
    reason = consent_queries.held_back(exemplar)
    if reason is not None:
        consent_services.end_all(exemplar, str(reason), actor=actor)
