"""Which congresses rely on whom: places of this chapter, and what later chapters tell.

@tells_bonds
def candidates(person_ids: Collection[int]) -> Iterable[tuple[int, Bond]]: …
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from datetime import datetime

from sqlalchemy import func, select

from congress_app.audit.models import Entry
from congress_app.congresses.models import Congress
from congress_app.database import db
from congress_app.delegates import identity
from congress_app.delegates.book import Plan, Problem, Step
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
        select(Delegate.person_id, Congress.id, Unit.path, Congress.name)
        .join(Congress, Delegate.congress_id == Congress.id)
        .join(Unit, Congress.unit_id == Unit.id)
        .where(Delegate.person_id.in_(person_ids), Delegate.state.in_(RELIED_ON))
        .order_by(Unit.path, Congress.id)
    )
    for person_id, congress_id, path, name in db.session.execute(statement):
        yield person_id, Bond(congress_id, path, name, Hold.PLACE)


def problems(decided: Plan, congress: Congress) -> list[Problem]:
    """The steps of a sheet or form of registration that would make somebody another one.

    Whoever sends it: only the place's own form asks for the reason such a change needs.
    """
    changes = {
        step.index: (step.person_id, change)
        for step in decided.steps
        if step.person_id is not None and (change := _change(step, congress)).facts
    }
    bonds = bonds_of({person_id for person_id, _change in changes.values()})
    return [
        Problem(index, SETTLED, Sentence(_IN_A_SHEET, **identity.told(change, bound[0])))
        for index, (person_id, change) in changes.items()
        if (bound := change.bound_by(bonds.get(person_id, ())))
    ]


def checked(decided: Plan, congress: Congress) -> Plan:
    """The plan with `problems` among its own, by entry: for sheets, which tell all at once."""
    found = [*decided.problems, *problems(decided, congress)]
    return Plan(decided.steps, sorted(found, key=lambda problem: problem.index))


def _change(step: Step, congress: Congress) -> Change:
    before, held, facts = step.before, step.held, tuple[Fact, ...]()
    if before is not None and step.person_changed:
        facts = identity.of_person(before, step.person)
    if held is not None:
        facts += identity.of_place(held.category, step.registration.category, held.state)
    return Change((before or step.person).full_name, facts, congress.id)


_IN_A_SHEET = N_(
    "“{name}” {hold} ở {congress}: ghi danh lại không đổi được {facts}, chỉ sửa được chính tả "
    "và ghi thêm điều chưa biết. Nếu là người khác, Ban tổ chức dùng “Thay bằng người khác”; "
    "nếu hồ sơ ghi sai, Ban tổ chức sửa ở trang của đại biểu, có ghi lý do."
)


def identified_at(congress_id: int) -> dict[int, datetime]:
    """When it was last changed who a delegate of the congress is, or as what he comes."""
    statement = (
        select(Entry.subject_id, func.max(Entry.at))
        .join(Delegate, Entry.subject_id == Delegate.id)
        .where(
            Entry.action == identity.ACT,
            Entry.subject_kind == Delegate.__tablename__,
            Delegate.congress_id == congress_id,
        )
        .group_by(Entry.subject_id)
    )
    return {key: at for key, at in db.session.execute(statement) if key is not None}
