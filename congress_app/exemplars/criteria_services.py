"""Copy a set of criteria for a unit, edit the copy, give it up again."""

from __future__ import annotations

import dataclasses

from sqlalchemy.orm import Session

from congress_app.audit import wording
from congress_app.audit.services import record
from congress_app.database import transaction
from congress_app.exemplars import criteria, queries
from congress_app.exemplars.criteria import CriteriaSet
from congress_app.exemplars.models import StoredCriteria
from congress_app.kernel.errors import Conflict, Forbidden, RuleViolation, Stale
from congress_app.kernel.permissions import Actor, Permission
from congress_app.kernel.sentences import N_, Sentence
from congress_app.units.models import Unit


def copy(unit_id: int, name: str, *, actor: Actor) -> StoredCriteria:
    """A copy of what holds for the unit now; from then on its own holds there and below.

    Raises Conflict `criteria_kept` when the unit has one already; Forbidden.
    """
    with transaction() as session:
        unit = session.get(Unit, unit_id, with_for_update={"key_share": True, "of": Unit})
        if unit is None:
            raise RuleViolation(
                "unknown_unit", Sentence(N_("Không có đơn vị này. Hãy chọn trong danh sách."))
            )
        _must_decide(actor, unit.path)
        if queries.criteria_of(unit.id) is not None:
            raise Conflict(
                "criteria_kept",
                Sentence(N_("{unit} đã có bộ tiêu chuẩn riêng. Hãy sửa bộ đó."), unit=unit.name),
            )
        source = queries.rules_for(unit.path)
        key = f"{criteria.PLAN_2021_2025.key}-{unit.code}"[:40]
        rules = dataclasses.replace(source, key=key, name=name)
        row = StoredCriteria(
            key=key,
            name=name,
            body=criteria.to_json(rules),
            copied_from=source.key,
            unit_id=unit.id,
        )
        session.add(row)
        told = {"unit": unit.name, "copied_from": source.key}
        record("criteria_set.copy", row, told, actor=actor, unit_path=unit.path)
    return row


def edit(row: StoredCriteria, rules: CriteriaSet, *, version: int, actor: Actor) -> None:
    """Change a copy. Raises Stale, RuleViolation `bad_criteria`, Forbidden `read_only`."""
    with transaction() as session:
        unit = _held(session, row, version, actor)
        faults = criteria.faults(rules)
        if faults:
            raise RuleViolation("bad_criteria", faults[0], faults[1:])
        before, after = _shown(criteria.from_json(row.body)), _shown(rules)
        changes = {key: [before[key], after[key]] for key in after if before[key] != after[key]}
        if changes:
            row.name, row.body = rules.name, criteria.to_json(rules)
            record("criteria_set.edit", row, changes, actor=actor, unit_path=unit.path)


def remove(row: StoredCriteria, *, version: int, actor: Actor) -> None:
    """Give the copy up: the set above holds again. Findings of the council stay as frozen."""
    with transaction() as session:
        unit = _held(session, row, version, actor)
        told = _shown(criteria.from_json(row.body))
        record("criteria_set.remove", row, told, actor=actor, unit_path=unit.path)
        session.delete(row)


def _shown(rules: CriteriaSet) -> dict[str, object]:
    """The set as the log and a conflict tell it."""
    names = {kind.code: kind.name for kind in queries.award_kinds()}
    return {
        "name": rules.name,
        "criteria_source": rules.source,
        "criteria_years": f"{rules.window[0]}–{rules.window[1]}",
        "collective_awards": "; ".join(names.get(c, c) for c in rules.collective_awards),
        "individual_awards": "; ".join(names.get(c, c) for c in rules.individual_awards),
        "barring": criteria.barring_words(rules),
        "bars_awards": rules.bars_awards,
        "excellent_years": rules.excellent_years,
        "leader_tie": rules.leader_tie.value,
    }


def _held(session: Session, row: StoredCriteria, version: int, actor: Actor) -> Unit:
    session.refresh(row, with_for_update={"of": StoredCriteria})
    if row.is_preset or row.unit is None:
        raise Forbidden(
            "read_only",
            Sentence(N_("Bộ tiêu chuẩn này chỉ để xem. Hãy sao chép rồi sửa bản sao.")),
        )
    _must_decide(actor, row.unit.path)
    if row.version != version:
        told = _shown(criteria.from_json(row.body))
        raise Stale(wording.stored(told), version=row.version)
    return row.unit


def _must_decide(actor: Actor, unit_path: str) -> None:
    if not actor.can(Permission.EXEMPLAR_DECIDE, unit_path):
        raise Forbidden(
            "forbidden",
            Sentence(N_("Chỉ hội đồng của đơn vị được sửa bộ tiêu chuẩn của đơn vị mình.")),
        )
