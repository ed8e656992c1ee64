"""Write a decided plan: the one door through which delegates come in.

Forms and sheets both end here. Rows are written in bulk without being loaded, so ten
thousand of them take seconds; the caller holds the transaction and the congress's lock.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, cast

from sqlalchemy import Table, bindparam, func, insert, select, update
from sqlalchemy.orm import Session

from congress_app.audit.services import RowHappening, record_rows
from congress_app.congresses import services as congress_services
from congress_app.congresses.models import Congress
from congress_app.congresses.queries import rulebook_of
from congress_app.database import transaction
from congress_app.delegates import (
    bond_queries,
    identity,
    intake_queries,
    place_services,
    storing,
)
from congress_app.delegates.book import Act, Held, Plan, Step
from congress_app.delegates.credentials import ACTIVE, State
from congress_app.delegates.models import Delegate, Ground, Person
from congress_app.delegates.registration import CapException, GroundFacts
from congress_app.kernel import clock
from congress_app.kernel.errors import Forbidden
from congress_app.kernel.permissions import Actor

_people = cast(Table, Person.__table__)
_delegates = cast(Table, Delegate.__table__)
_grounds = cast(Table, Ground.__table__)


def write(
    congress: Congress,
    decided: Plan,
    *,
    actor: Actor,
    exception: CapException | None = None,
    state: str = State.NOMINATED,
) -> list[int]:
    """Write all steps; give the numbers of the delegates in the order of the steps.

    `exception` is written beside every new place; `state` is the state of new places. Raises
    Forbidden `identity_settled` for a step that would make somebody another one.
    """
    with transaction() as session:
        for problem in bond_queries.problems(decided, congress, returning=True):
            raise Forbidden(problem.code, problem.sentence)
        steps = decided.steps
        new_people = [step for step in steps if step.act is Act.CREATE]
        person_ids = _by_index(new_people, _insert_people(session, new_people))
        _update_people(session, [step for step in steps if step.person_changed], congress)
        joining = [step for step in steps if step.act in (Act.CREATE, Act.JOIN)]
        shared = storing.exception_columns(exception) | {"state": State(state).value}
        rows = [
            _delegate_row(step, person_ids.get(step.index, step.person_id), congress, actor)
            | shared
            for step in joining
        ]
        delegate_ids = _by_index(joining, _insert_delegates(session, rows))
        changing = [step for step in steps if step.act is Act.UPDATE]
        _update_delegates(session, changing)
        if moved := _moved(changing):
            place_services.drop_heads(moved)
        _insert_grounds(session, steps, delegate_ids)
        _record(congress, joining, changing, delegate_ids, exception, actor)
        if joining or changing:
            congress_services.pulse(congress.id)
        session.expire_all()
        return [step.held.id if step.held else delegate_ids[step.index] for step in steps]


def _by_index(steps: Sequence[Step], ids: Sequence[int]) -> dict[int, int]:
    return dict(zip((step.index for step in steps), ids, strict=True))


def _insert_people(session: Session, steps: Sequence[Step]) -> list[int]:
    ids = _new_ids(session, _people, len(steps))
    rows = [
        {"id": new_id, **storing.columns_of(step.person)}
        for new_id, step in zip(ids, steps, strict=True)
    ]
    _insert(session, _people, rows)
    return ids


def _new_ids(session: Session, table: Table, count: int) -> list[int]:
    """Numbers for rows that are inserted together, known before the rows are there.

    Asking for them back row by row costs more than the rows. SQLite has one writer, who
    holds the lock now, so the next numbers are ours; PostgreSQL hands them out.
    """
    if session.get_bind().dialect.name == "postgresql":
        sequence = func.pg_get_serial_sequence(table.name, "id")
        numbers = select(func.nextval(sequence)).select_from(func.generate_series(1, count))
        return list(session.scalars(numbers))
    first = (session.scalar(select(func.max(table.c.id))) or 0) + 1
    return list(range(first, first + count))


def _insert(session: Session, table: Table, rows: list[dict[str, Any]]) -> None:
    if rows:
        session.connection().execute(insert(table), rows)


def _update_people(session: Session, steps: Sequence[Step], congress: Congress) -> None:
    if not steps:
        return
    rows = [{"id": step.person_id, **storing.columns_of(step.person)} for step in steps]
    session.execute(update(Person), rows)
    # The same person at other congresses: a form opened there must notice too.
    elsewhere = (
        update(Delegate)
        .where(_delegates.c.person_id == bindparam("who"), _delegates.c.congress_id != congress.id)
        .values(version=_delegates.c.version + 1)
    )
    session.connection().execute(elsewhere, [{"who": step.person_id} for step in steps])


def _delegate_row(
    step: Step, person_id: int | None, congress: Congress, actor: Actor
) -> dict[str, Any]:
    return {
        "congress_id": congress.id,
        "person_id": person_id,
        "created_at": clock.now(),
        "created_by": actor.display_name,
        "version": 1,
        **_place_columns(step),
    }


def _place_columns(step: Step) -> dict[str, Any]:
    asked = step.registration
    return {
        "category": asked.category.value,
        "delegation_unit_id": step.delegation_id,
        "field": asked.field,
        "priorities": list(asked.priorities),
        "note": asked.note,
    }


def _insert_delegates(session: Session, rows: list[dict[str, Any]]) -> list[int]:
    if not rows:
        return []
    highest = session.scalar(
        select(func.max(Delegate.number)).where(Delegate.congress_id == rows[0]["congress_id"])
    )
    ids = _new_ids(session, _delegates, len(rows))
    for number, (new_id, row) in enumerate(zip(ids, rows, strict=True), start=(highest or 0) + 1):
        row.update(id=new_id, number=number)
    _insert(session, _delegates, rows)
    return ids


def _moved(steps: Sequence[Step]) -> list[int]:
    """Delegates whose place goes over to another delegation."""
    return [
        step.held.id
        for step in steps
        if step.held is not None and step.held.delegation_id != step.delegation_id
    ]


def _update_delegates(session: Session, steps: Sequence[Step]) -> None:
    if not steps:
        return
    columns = tuple(_place_columns(steps[0]))
    # The version rises, so that a form opened before the import is told so.
    statement = (
        update(Delegate)
        .where(_delegates.c.id == bindparam("row_id"))
        .values({name: bindparam(f"new_{name}") for name in columns})
        .values(version=_delegates.c.version + 1)
    )
    session.connection().execute(
        statement,
        [
            {"row_id": step.held.id if step.held else None}
            | {f"new_{name}": value for name, value in _place_columns(step).items()}
            for step in steps
        ],
    )


def _insert_grounds(session: Session, steps: Sequence[Step], delegate_ids: dict[int, int]) -> None:
    rows = [
        {
            "delegate_id": step.held.id if step.held else delegate_ids[step.index],
            "text": ground.text,
            "code": ground.code,
            "year": ground.year,
            "document": ground.document,
        }
        for step in steps
        for ground in _new_grounds(step)
    ]
    _insert(session, _grounds, rows)


def _new_grounds(step: Step) -> tuple[GroundFacts, ...]:
    # `intake.merge` keeps the stored grounds first and appends what is new.
    return step.registration.grounds[len(step.held.grounds) if step.held else 0 :]


def _record(
    congress: Congress,
    joining: Sequence[Step],
    changing: Sequence[Step],
    delegate_ids: dict[int, int],
    exception: CapException | None,
    actor: Actor,
) -> None:
    path = congress.unit.path
    units = _unit_names([*joining, *changing])
    told = {"exception": storing.exception_columns(exception)} if exception else {}
    registered = [
        RowHappening(
            delegate_ids[step.index],
            step.person.full_name,
            {"category": step.registration.category.value, **told, **_corrections(step, units)},
            path,
        )
        for step in joining
    ]
    open_codes = rulebook_of(congress).open_priorities if changing else frozenset()
    changed: dict[str, list[RowHappening]] = {"delegate.edit": [], identity.ACT: []}
    for step in changing:
        if step.held is not None:
            changes = _place_changes(step, step.held, open_codes, units)
            changes |= _corrections(step, units)
            changed[_act_on(step.held, step)].append(
                RowHappening(step.held.id, step.person.full_name, changes, path)
            )
    record_rows("delegate.register", Delegate.__tablename__, registered, actor=actor)
    for action, happenings in changed.items():
        record_rows(action, Delegate.__tablename__, happenings, actor=actor)


def _act_on(held: Held, step: Step) -> str:
    """A place given up that is taken as something else: what was ruled on it is overtaken.

    A place still held is not changed so where anybody relies on it (`bond_queries.problems`).
    """
    comes_back = held.state not in ACTIVE and held.category != step.registration.category
    return identity.ACT if comes_back else "delegate.edit"


def _unit_names(steps: Sequence[Step]) -> dict[int, str]:
    """Names of the units and delegations that somebody leaves or comes to."""
    moves = [
        (step.before.unit_id, step.person.unit_id) for step in steps if step.before is not None
    ] + [(step.held.delegation_id, step.delegation_id) for step in steps if step.held is not None]
    moved = {unit_id for old, new in moves if old != new for unit_id in (old, new)}
    return intake_queries.unit_names(moved) if moved else {}


def _corrections(step: Step, unit_names: Mapping[int, str]) -> dict[str, object]:
    """What a stored person becomes, as the form's correction tells it."""
    if step.before is None:
        return {}
    return storing.named(storing.person_changes(step.before, step.person), unit_names)


def _place_changes(
    step: Step, held: Held, open_codes: Collection[str], unit_names: Mapping[int, str]
) -> dict[str, object]:
    asked = step.registration
    changes: dict[str, object] = {}
    if held.category != asked.category:
        changes["category"] = [held.category, asked.category.value]
    if held.delegation_id != step.delegation_id:
        both = (held.delegation_id, step.delegation_id)
        changes["delegation"] = [unit_names.get(unit_id or 0) for unit_id in both]
    if held.field != asked.field:
        changes["field"] = [held.field, asked.field]
    if held.note != asked.note:
        changes["note"] = [held.note, asked.note]
    if added := [ground.text for ground in _new_grounds(step)]:
        changes["grounds_added"] = "; ".join(added)
    return changes | storing.priority_changes(held.priorities, asked.priorities, open_codes)
