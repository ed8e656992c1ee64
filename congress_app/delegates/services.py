"""Register, edit and replace delegates; caps, quotas and duplicates hold on every way in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace as altered

from sqlalchemy.orm.attributes import flag_modified

from congress_app.audit.services import changed
from congress_app.congresses.models import Congress
from congress_app.congresses.queries import rulebook_of
from congress_app.congresses.rulebook import Category
from congress_app.database import transaction
from congress_app.delegates import (
    bond_queries,
    identity_services,
    intake,
    intake_queries,
    place_services,
    reading_services,
    refusals,
    storing,
)
from congress_app.delegates.book import Book, Entry, Plan
from congress_app.delegates.credentials import ACTIVE, REPLACEABLE, Place, State
from congress_app.delegates.duplicates import Likeness
from congress_app.delegates.identity import Fact
from congress_app.delegates.models import Delegate
from congress_app.delegates.privacy import SENSITIVE
from congress_app.delegates.registration import CapException, PersonFacts, Registration
from congress_app.delegates.writing_services import write
from congress_app.kernel.errors import Detail, Stale
from congress_app.kernel.permissions import Actor


def register(
    congress: Congress,
    registration: Registration,
    *,
    actor: Actor,
    exception: CapException | None = None,
    same_as: int | None = None,
    within: Sequence[str] | None = None,
) -> Delegate:
    """Write one delegate down; the exception is kept only if a cap or quota needed it.

    `same_as` answers "is this the stored person?": a person's number, or
    `intake.NEW_PERSON`. `within` limits whom the name is compared with.

    Raises Conflict `duplicate_in_database` (details: the persons to choose from),
    Conflict `already_delegate`, RuleViolation `over_cap` or `over_quota`, `congress_closed`.
    """
    with transaction() as session:
        place_services.take(congress)
        book = _book_of_one(congress, registration, same_as, within)
        asked = [Entry(registration)]
        decided = intake.plan(asked, book, _answer(same_as))
        needed = place_services.allowed(decided, congress, exception, actor=actor)
        _must_be_new(decided)
        reading_services.note_comparing(congress, asked, decided, actor=actor)
        (delegate_id,) = write(congress, decided, actor=actor, exception=needed)
        return session.get_one(Delegate, delegate_id)


def register_many(
    congress: Congress,
    entries: Sequence[Entry],
    *,
    actor: Actor,
    accepted: Mapping[int, int] | None = None,
    within: Sequence[str] | None = None,
    returning: bool = False,
) -> Plan:
    """Write all entries or none; a delegate already there is updated.

    `accepted` maps a row to the person it is, or `intake.NEW_PERSON`; `returning`: who gave
    his place up may come back in another category (he was elected since). When the plan that
    comes back holds problems, nothing was written.
    """
    with transaction():
        place_services.take(congress)
        names = [entry.registration.person.full_name for entry in entries]
        known = (accepted or {}).values()
        book = intake_queries.book(congress, names, within=within, person_ids=known)
        asked = intake.plan(entries, book, accepted)
        decided = bond_queries.checked(asked, congress, returning=returning)
        if not decided.problems:
            write(congress, decided, actor=actor)
        return decided


def edit(
    delegate: Delegate,
    registration: Registration,
    *,
    version: int,
    actor: Actor,
    exception: CapException | None = None,
    reason: str | None = None,
) -> tuple[Fact, ...]:
    """Correct the person and the place; grounds and sensitive facts have their own acts.

    `reason`: why it is another name, birth date, sex or category where somebody relies on
    them. Gives which of these it changed there; without any the reason is not kept. Raises
    Stale (details: field, stored, typed), Conflict `same_person`, Forbidden
    `identity_settled`, RuleViolation `identity_reason`, `over_cap`, `over_quota`,
    `not_active`, `congress_closed`.
    """
    with transaction():
        row = place_services.taken(delegate)
        before = storing.facts_of_row(row.person)
        kept = {name: getattr(before, name) for name in SENSITIVE}
        after = altered(registration.person, **kept)
        if row.version != version:
            raise Stale(_differences(row, before, registration, after), row.version)
        if row.state not in ACTIVE:
            raise refusals.not_active(before.full_name)
        book = intake_queries.book(row.congress, [after.full_name], person_ids=[row.person_id])
        _must_be_one(after, row.person_id, book)
        category = registration.category.value
        settled = identity_services.allowed(row, after, category, reason, actor=actor)
        moved = before.unit_id != after.unit_id
        place = Place(category, book.delegation_id(after) if moved else row.delegation_unit_id)
        needed = place_services.room_for(row, place, book, exception, actor=actor)
        _write_edit(row, after, place, registration, needed)
        told = storing.named(storing.person_changes(before, after), book.unit_names)
        changes = _open_changes(row) | told
        flag_modified(row, "category")  # its version rises even if only the person changed
        place_services.raise_elsewhere(row)
        identity_services.tell(row, changes, settled, reason, actor=actor)
        return settled


def replace(
    delegate: Delegate,
    by: Registration,
    *,
    reason: str,
    actor: Actor,
    exception: CapException | None = None,
    same_as: int | None = None,
) -> Delegate:
    """Let a reserve take the delegation, the place and the state; both names stay.

    The category is the place's, whatever `by` says. A place already given up (declined)
    is asked for anew, since others may have filled it. Raises as `register`, and
    RuleViolation `not_replaceable`, `other_delegation`, `reason_needed`.
    """
    with transaction() as session:
        row = place_services.taken(delegate)
        if not reason.strip():
            raise refusals.reason_needed()
        if row.state not in REPLACEABLE:
            raise refusals.not_replaceable(row.person.full_name)
        by = altered(by, category=Category(row.category))
        book = _book_of_one(row.congress, by, same_as, None)
        held = row.state in ACTIVE
        if held:
            book = book.vacated(Place(row.category, row.delegation_unit_id))
        asked = [Entry(by)]
        decided = intake.plan(asked, book, _answer(same_as))
        inherited = storing.exception_of_row(row) if held else None
        granted = place_services.allowed(
            decided, row.congress, exception, inherited=inherited, actor=actor
        )
        _must_be_new(decided)
        _must_fit(row, decided, book)
        reading_services.note_comparing(row.congress, asked, decided, actor=actor)
        state = State(row.state) if held else State.NOMINATED
        (new_id,) = write(row.congress, decided, actor=actor, exception=granted, state=state)
        _hand_over(row, new_id, by.person.full_name, reason, actor)
        return session.get_one(Delegate, new_id)


def _hand_over(row: Delegate, new_id: int, name: str, reason: str, actor: Actor) -> None:
    place_services.drop_heads([row.id])
    changes = {"state": [row.state, State.REPLACED.value], "reason": reason, "replaced_by": name}
    row.state, row.state_reason, row.replaced_by_id = State.REPLACED.value, reason, new_id
    place_services.tell(row, "delegate.replace", changes, actor=actor)


def _book_of_one(
    congress: Congress,
    registration: Registration,
    same_as: int | None,
    within: Sequence[str] | None,
) -> Book:
    known = [same_as] if same_as else []
    return intake_queries.book(
        congress, [registration.person.full_name], within=within, person_ids=known
    )


def _answer(same_as: int | None) -> dict[int, int]:
    return {} if same_as is None else {0: same_as}


def _must_be_new(decided: Plan) -> None:
    for step in decided.steps:
        if step.held is not None:
            raise refusals.already_delegate(step.person.full_name, step.held)


def _must_fit(row: Delegate, decided: Plan, book: Book) -> None:
    """An elected place stays with the delegation that elected it."""
    if row.category != Category.ELECTED or row.delegation_unit_id is None:
        return
    if any(step.delegation_id != row.delegation_unit_id for step in decided.steps):
        raise refusals.other_delegation(book.unit_names.get(row.delegation_unit_id, "–"))


def _must_be_one(after: PersonFacts, person_id: int, book: Book) -> None:
    for match in book.people.matches(after):
        if match.likeness is Likeness.SAME and match.person.id != person_id:
            raise refusals.same_person(after.full_name)


def _write_edit(
    row: Delegate,
    after: PersonFacts,
    place: Place,
    asked: Registration,
    exception: CapException | None,
) -> None:
    if row.delegation_unit_id != place.delegation_id:
        place_services.drop_heads([row.id])
    for name, value in storing.columns_of(after).items():
        setattr(row.person, name, value)
    for name, text in storing.exception_columns(exception).items():
        setattr(row, name, text)
    row.category, row.delegation_unit_id = place.category, place.delegation_id
    row.field, row.note, row.priorities = asked.field, asked.note, list(asked.priorities)


def _open_changes(row: Delegate) -> dict[str, object]:
    """The row's columns that changed, without the priorities that are not for everybody.

    The delegation follows from the unit.
    """
    changes = changed(row)
    changes.pop("delegation_unit_id", None)
    if isinstance(both := changes.pop("priorities", None), list):
        before, after = both
        told = rulebook_of(row.congress).open_priorities
        changes |= storing.priority_changes(before or (), after, told)
    return changes


def _differences(
    row: Delegate, before: PersonFacts, asked: Registration, after: PersonFacts
) -> list[Detail]:
    units = intake_queries.unit_names([before.unit_id, after.unit_id])
    stored = refusals.in_words(before, units, row.category, row.note)
    typed = refusals.in_words(after, units, asked.category, asked.note)
    return refusals.differences(stored, typed)
