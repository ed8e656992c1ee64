"""Move, merge and reorder units; every change is in the log.

Whatever changes the shape of the tree first locks its root row, so two moves can never
make a loop between them.
"""

from __future__ import annotations

from typing import Any, cast

from sqlalchemy import CursorResult, func, literal, select, update
from sqlalchemy.orm import Session

from congress_app.audit.services import record
from congress_app.database import transaction
from congress_app.kernel import clock
from congress_app.kernel.errors import RuleViolation
from congress_app.kernel.permissions import Actor
from congress_app.kernel.sentences import N_, Sentence
from congress_app.units import queries, sum_services, tree
from congress_app.units.models import Unit
from congress_app.units.rules import called, must_be_active, must_edit, must_not_loop


def move(unit: Unit, parent: Unit, *, actor: Actor) -> Unit:
    """Put the unit with everything below it under another parent, as the last one there.

    Raises RuleViolation: `loop` when the parent is the unit itself or below it,
    `same_parent`, `merged_unit`, `wrong_parent_kind`.
    """
    with transaction() as session:
        queries.lock_tree()
        for one in (unit, parent):
            session.refresh(one)
            must_edit(actor, one.path)
            must_be_active(one)
        must_not_loop(unit, parent)
        if unit.parent_id == parent.id:
            raise RuleViolation(
                "same_parent",
                Sentence(
                    N_("“{unit}” đã đứng dưới “{parent}”."), unit=unit.name, parent=parent.name
                ),
            )
        tree.check_place(unit.kind, parent.kind)
        before, path = called(unit.parent), unit.path
        unit.parent_id, unit.precedence = parent.id, queries.next_precedence(parent.id)
        session.flush()
        moved = _repath(session, path, tree.child_path(parent.path, unit.id))
        sum_services.follow(path, unit.path)
        changes = {"parent": [before, called(parent)], "units_moved": moved - 1}
        record("unit.move", unit, changes, actor=actor, unit_path=unit.path)
    return unit


def merge(unit: Unit, target: Unit, *, add_headcount: bool, actor: Actor) -> Unit:
    """Merge the unit into the target: its children go over, it stays only as a memory.

    The unit's own headcount is added to the target's when `add_headcount`; otherwise it no
    longer counts anywhere. Raises RuleViolation: `loop` when the target is the unit itself
    or below it, `merged_unit`, `wrong_parent_kind` when a child may not stand there.
    """
    with transaction() as session:
        queries.lock_tree()
        for one in (unit, target):
            session.refresh(one)
            must_edit(actor, one.path)
            must_be_active(one)
        must_not_loop(unit, target)
        moved = _hand_over_children(session, unit, target)
        received: dict[str, object] = {"source": called(unit), "units_moved": moved}
        if add_headcount and unit.headcount is not None:
            before, target.headcount = target.headcount, (target.headcount or 0) + unit.headcount
            target.headcount_source = f"Cộng từ {unit.code} khi sáp nhập"
            target.headcount_date = clock.today()
            received["headcount"] = [before, target.headcount]
        unit.merged_into_id = target.id
        session.flush()
        sum_services.follow(unit.path, target.path)
        given = {"merged_into": called(target), "units_moved": moved}
        record("unit.merge", unit, given, actor=actor, unit_path=unit.path)
        record("unit.merged_in", target, received, actor=actor, unit_path=target.path)
    return target


def reorder(unit: Unit, position: int, *, actor: Actor) -> Unit:
    """Put the unit at a place among its brothers and sisters (1 is the first).

    A place beyond the end means the last. Who may change the parent orders its children.
    """
    with transaction() as session:
        queries.lock_tree()
        session.refresh(unit)
        must_edit(actor, unit.parent.path if unit.parent else "/")
        must_be_active(unit)
        siblings = queries.siblings(unit)
        before = siblings.index(unit) + 1
        siblings.remove(unit)
        siblings.insert(max(0, position - 1), unit)
        for place, one in enumerate(siblings, start=1):
            one.precedence = place
        after = siblings.index(unit) + 1
        if after != before:
            changes = {"precedence": [before, after]}
            record("unit.reorder", unit, changes, actor=actor, unit_path=unit.path)
    return unit


def _hand_over_children(session: Session, unit: Unit, target: Unit) -> int:
    """Children of the unit, merged ones too, become the target's last; gives how many units
    went over in all."""
    for child in queries.children(unit.id):
        tree.check_place(child.kind, target.kind)
    place = queries.next_precedence(target.id)
    query = select(Unit).where(Unit.parent_id == unit.id).order_by(Unit.precedence, Unit.code)
    for child in session.scalars(query).all():
        child.parent_id, child.precedence, place = target.id, place, place + 1
    session.flush()
    return _repath(session, unit.path, target.path, with_top=False)


def _repath(session: Session, old: str, new: str, *, with_top: bool = True) -> int:
    """Rewrite the paths of a whole subtree in one statement; gives how many units that were.

    Without the top only what stands below it is moved: the path goes on after its end.
    """
    subtree = Unit.path.startswith(old) if with_top else Unit.path.like(f"{old}_%")
    suffix = func.substr(Unit.path, len(old) + 1)
    result = session.execute(
        update(Unit)
        .where(subtree)
        .values(path=literal(new) + suffix)
        .execution_options(synchronize_session=False)
    )
    session.expire_all()
    return cast("CursorResult[Any]", result).rowcount
