"""Which congresses rely on whom: places of this chapter, and what later chapters tell.

@tells_bonds
def candidates(person_ids: Collection[int]) -> Iterable[tuple[int, Bond]]: …
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from datetime import datetime

from sqlalchemy import Select, func, select

from congress_app.audit.models import Entry
from congress_app.congresses.lifecycle import State as CongressState
from congress_app.congresses.models import Congress, CongressStep
from congress_app.database import db
from congress_app.delegates import identity
from congress_app.delegates.book import Plan, Problem, Step
from congress_app.delegates.credentials import ACTIVE
from congress_app.delegates.identity import RELIED_ON, Bond, Change, Fact, Hold
from congress_app.delegates.models import Delegate
from congress_app.kernel.sentences import N_, Sentence
from congress_app.units.models import Unit

Told = Iterable[tuple[int, Bond]]
Tellers = Callable[[Collection[int]], Told]

SETTLED = "identity_settled"
_tellers: dict[str, Tellers] = {}


def tells_bonds(query: Tellers) -> Tellers:
    """Ask this query too who relies on these persons."""
    _tellers[f"{query.__module__}.{query.__qualname__}"] = query
    return query


def bonds_of(person_ids: Collection[int]) -> dict[int, list[Bond]]:
    """The congresses that rely on each of the persons; who is free is not in it."""
    found: dict[int, list[Bond]] = {}
    if person_ids:
        for query in (_places, *_tellers.values()):
            for person_id, bond in query(person_ids):
                found.setdefault(person_id, []).append(bond)
    return found


def _places(person_ids: Collection[int]) -> Told:
    statement = (
        select(Delegate.person_id, Congress.id, Unit.path, Congress.name, Congress.state)
        .join(Congress, Delegate.congress_id == Congress.id)
        .join(Unit, Congress.unit_id == Unit.id)
        .where(Delegate.person_id.in_(person_ids), Delegate.state.in_(RELIED_ON))
        .order_by(Unit.path, Congress.id)
    )
    yield from bonds(statement, Hold.PLACE)


def bonds(statement: Select[int, int, str, str, str], hold: Hold) -> Told:
    """The bonds of a statement that gives person, congress, its path, name and state."""
    for person_id, congress_id, path, name, state in db.session.execute(statement):
        is_over = state == CongressState.CLOSED
        yield person_id, Bond(congress_id, path, name, hold, is_over)


def problems(decided: Plan, congress: Congress, *, returning: bool = False) -> list[Problem]:
    """The steps of a sheet or form of registration that would make somebody another one.

    Whoever sends it: only the place's own form asks for the reason such a change needs.
    `returning`: who gave his place up may come back as something else.
    """
    changes: dict[int, tuple[int, Change]] = {}
    for step in decided.steps:
        change = _change(step, congress, returning=returning)
        if step.person_id is not None and change.facts:
            changes[step.index] = (step.person_id, change)
    found = bonds_of({person_id for person_id, _change in changes.values()})
    return [
        Problem(index, SETTLED, Sentence(_IN_A_SHEET, **identity.told(change, bound[0])))
        for index, (person_id, change) in changes.items()
        if (bound := change.bound_by(found.get(person_id, ())))
    ]


def checked(decided: Plan, congress: Congress, *, returning: bool = False) -> Plan:
    """The plan with `problems` among its own, by entry: for sheets, which tell all at once."""
    found = [*decided.problems, *problems(decided, congress, returning=returning)]
    return Plan(decided.steps, sorted(found, key=lambda problem: problem.index))


def _change(step: Step, congress: Congress, *, returning: bool) -> Change:
    before, held, facts = step.before, step.held, tuple[Fact, ...]()
    if before is not None and step.person_changed:
        facts = identity.of_person(before, step.person)
    if held is not None and (held.state in ACTIVE or not returning):
        facts += identity.of_place(held.category, step.registration.category)
    return Change((before or step.person).full_name, facts, congress.id)


_IN_A_SHEET = N_(
    "“{name}” {hold} ở {congress}: ghi danh lại không đổi được {facts}, chỉ sửa được chính tả "
    "và ghi thêm điều chưa biết. Nếu là người khác, {organisers} {way}; nếu hồ sơ ghi sai, "
    "{organisers} sửa ở trang của đại biểu, có ghi lý do."
)


def identified_at(congress: Congress) -> dict[int, datetime]:
    """When it was last changed who a delegate of the congress is, or as what he comes.

    A congress that is over is not asked to rule again on who was corrected since.
    """
    statement = (
        select(Entry.subject_id, func.max(Entry.at))
        .join(Delegate, Entry.subject_id == Delegate.id)
        .where(
            Entry.action == identity.ACT,
            Entry.subject_kind == Delegate.__tablename__,
            Delegate.congress_id == congress.id,
        )
        .group_by(Entry.subject_id)
    )
    if congress.state == CongressState.CLOSED:
        closed_at = (
            select(func.max(CongressStep.at))
            .where(CongressStep.congress_id == congress.id)
            .where(CongressStep.to_state == CongressState.CLOSED)
            .scalar_subquery()
        )
        statement = statement.where(Entry.at <= closed_at)
    return {key: at for key, at in db.session.execute(statement) if key is not None}
