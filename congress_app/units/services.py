"""Create and edit a unit; every change is in the log.

Rights are asked here, so they hold for the page, the sheet and the command alike. Where
a unit stands is changed by `place_services.py`, whole sheets by `import_services.py`.
"""

from __future__ import annotations

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from congress_app.audit import wording
from congress_app.audit.services import changed, record
from congress_app.database import transaction
from congress_app.kernel import clock
from congress_app.kernel.errors import Conflict, Stale
from congress_app.kernel.permissions import Actor
from congress_app.kernel.sentences import N_, Sentence
from congress_app.kernel.vietnamese import fold
from congress_app.units import queries, sum_services, tree
from congress_app.units.facts import UnitFacts
from congress_app.units.lookup import code_key
from congress_app.units.models import Unit
from congress_app.units.rules import called, must_be_active, must_edit, must_edit_everything

# Columns that only follow others; in the log they would repeat them.
_DERIVED = {"search_key", "path", "version", "parent_id"}


def create(parent: Unit | None, facts: UnitFacts, *, actor: Actor) -> Unit:
    """A new unit below the parent; without one it is the root of a tree (command line only).

    Raises RuleViolation (`wrong_parent_kind`, `merged_unit`), Conflict (`duplicate_code`),
    Forbidden where the actor may not put units into clusters and the facts name one.
    """
    with transaction() as session:
        queries.lock_tree()
        must_edit(actor, parent.path if parent else "/")
        if facts.cluster_id is not None:
            must_edit_everything(actor)
        if parent is not None:
            must_be_active(parent)
        tree.check_place(facts.kind, parent.kind if parent else None)
        _must_be_free(session, facts.code, None)
        unit = Unit(parent_id=parent.id if parent else None, path="/")
        _write(unit, facts)
        if facts.precedence is None:
            unit.precedence = queries.next_precedence(unit.parent_id)
        session.add(unit)
        session.flush()
        path = tree.child_path(parent.path if parent else None, unit.id)
        session.execute(update(Unit).where(Unit.id == unit.id).values(path=path))
        session.refresh(unit)
        sum_services.follow(unit.path)
        told = {name: value for name, value in _facts_of(unit).items() if value is not None}
        told["parent"] = called(parent)
        record("unit.create", unit, told, actor=actor, unit_path=unit.path)
    return unit


def edit(unit: Unit, facts: UnitFacts, *, version: int, actor: Actor) -> Unit:
    """Change the facts of a unit; its place in the tree stays.

    `version` is the one the form was opened with. Raises Stale when it was saved since,
    RuleViolation (`wrong_parent_kind`, `merged_unit`), Conflict (`duplicate_code`), Forbidden
    where the actor may not put units into clusters and the facts name another one.
    """
    with transaction() as session:
        queries.lock_tree()
        session.refresh(unit, with_for_update=True)
        must_edit(actor, unit.path)
        must_be_active(unit)
        if unit.version != version:
            raise Stale(wording.stored(_facts_of(unit)))
        if facts.cluster_id != unit.cluster_id:
            must_edit_everything(actor)
        _must_be_free(session, facts.code, unit)
        _check_kind(session, unit, facts.kind)
        before = unit.cluster.name if unit.cluster else None
        _write(unit, facts)
        changes = {k: v for k, v in changed(unit).items() if k not in _DERIVED}
        if "cluster_id" in changes:
            session.flush()
            session.refresh(unit, ["cluster"])
            del changes["cluster_id"]
            changes["cluster"] = [before, unit.cluster.name if unit.cluster else None]
        if changes:
            sum_services.follow(unit.path)
            record("unit.edit", unit, changes, actor=actor, unit_path=unit.path)
    return unit


def _write(unit: Unit, facts: UnitFacts) -> None:
    number_is_new = facts.headcount is not None and facts.headcount != unit.headcount
    unit.code, unit.name, unit.kind = facts.code, facts.name, facts.kind
    unit.search_key = fold(facts.name)[:250]
    unit.headcount, unit.headcount_source = facts.headcount, facts.headcount_source
    unit.headcount_date = facts.headcount_date or (clock.today() if number_is_new else None)
    unit.is_pilot, unit.cluster_id = facts.is_pilot, facts.cluster_id
    if facts.precedence is not None:
        unit.precedence = facts.precedence


def _facts_of(unit: Unit) -> dict[str, object]:
    return {
        "code": unit.code,
        "name": unit.name,
        "kind": unit.kind,
        "precedence": unit.precedence,
        "headcount": unit.headcount,
        "headcount_source": unit.headcount_source,
        "headcount_date": unit.headcount_date,
        "is_pilot": unit.is_pilot,
        "cluster": unit.cluster.name if unit.cluster else None,
    }


def _must_be_free(session: Session, code: str, unit: Unit | None) -> None:
    for other_id, other in session.execute(select(Unit.id, Unit.code)):
        if code_key(other) == code_key(code) and (unit is None or other_id != unit.id):
            raise Conflict(
                "duplicate_code",
                Sentence(N_("Mã “{code}” đã dùng cho đơn vị khác. Hãy chọn mã khác."), code=code),
            )


def _check_kind(session: Session, unit: Unit, kind: str) -> None:
    """A new kind must fit the parent, and the children must fit it."""
    if kind == unit.kind:
        return
    tree.check_place(kind, unit.parent.kind if unit.parent else None)
    for child in queries.children(unit.id):
        tree.check_place(child.kind, kind)
