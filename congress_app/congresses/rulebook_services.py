"""Keeping rulebooks: store the presets, copy one, edit a copy.

Editing never reaches a congress that has adopted a rulebook: it froze its own copy.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from congress_app.audit.services import record
from congress_app.congresses import rulebook, rulebook_queries, wording
from congress_app.congresses.keys import key_of
from congress_app.congresses.models import StoredRulebook
from congress_app.congresses.presets import PRESETS
from congress_app.congresses.rulebook import Rulebook
from congress_app.congresses.validity import faults
from congress_app.database import transaction
from congress_app.kernel.errors import NotFound, RuleViolation, Stale
from congress_app.kernel.permissions import Actor
from congress_app.kernel.sentences import N_, Sentence
from congress_app.units.models import Unit

# In the log "source" is a unit that was merged.
_LOG_NAMES = {"source": "basis"}


def stored(key: str) -> StoredRulebook:
    """The row of a rulebook, to point to; a preset is written as shipped when it is needed.

    Raises NotFound for a key that is neither a preset's nor a copy's.
    """
    with transaction() as session:
        row = rulebook_queries.stored_by_key(key)
        preset = PRESETS.get(key)
        if preset is None:
            if row is None:
                raise NotFound
            return row
        if row is None:
            row = StoredRulebook(key=key, is_preset=True)
            session.add(row)
        row.name, row.body = preset.name, rulebook.to_json(preset)
        session.flush()
        return row


def copy(key: str, name: str, *, unit: Unit | None, actor: Actor) -> StoredRulebook:
    """A copy of a rulebook under a new name, for congresses of `unit` and below.

    `unit` None: for the whole sector. Raises NotFound for an unknown key.
    """
    with transaction() as session:
        origin = rulebook_queries.card_by_key(key)
        if origin is None:
            raise NotFound
        new_key = key_of(name, rulebook_queries.taken_keys())
        book = replace(origin.book, key=new_key, name=name)
        row = StoredRulebook(
            key=new_key,
            name=name,
            body=rulebook.to_json(book),
            copied_from=key,
            unit_id=unit.id if unit else None,
        )
        session.add(row)
        facts = {"from": key, "name": name}
        record("rulebook.copy", row, facts, actor=actor, unit_path=unit.path if unit else None)
        return row


def edit(key: str, book: Rulebook, *, version: int, actor: Actor) -> StoredRulebook:
    """Store a changed copy; all faults of the new value are told at once.

    Raises NotFound, RuleViolation `preset_read_only` or `rulebook_faults`, Stale when the
    row has another version than the form was opened with.
    """
    if key in PRESETS:
        raise RuleViolation(
            "preset_read_only",
            Sentence(N_("Quy định có sẵn không sửa được. Hãy sao chép rồi sửa bản sao.")),
        )
    found = faults(book)
    if found:
        raise RuleViolation(
            "rulebook_faults",
            Sentence(N_("Quy định chưa lưu được vì còn chỗ chưa đúng.")),
            [fault.sentence for fault in found],
        )
    with transaction() as session:
        row = rulebook_queries.stored_by_key(key)
        if row is None:
            raise NotFound
        if row.version != version:
            current = rulebook.from_json(row.body)
            raise Stale(wording.rulebook_differences(current, book), row.version)
        body = rulebook.to_json(replace(book, key=key))
        changes = _changes(row.body, body)
        if changes:
            row.name, row.body = book.name, body
            session.flush()
            path = row.unit.path if row.unit else None
            record("rulebook.edit", row, changes, actor=actor, unit_path=path)
        return row


def _changes(before: dict[str, Any], after: dict[str, Any]) -> dict[str, object]:
    """The parts that differ as [before, after], lines by their titles.

    A form edits one level at a time; its name stands first then. Were there several, each
    part is told with its level.
    """
    levels = [level for level, rules in after["levels"].items() if rules != before["levels"][level]]
    changes = _differing(before, after, skip=("levels", "key"))
    for level in levels:
        found = _differing(before["levels"][level], after["levels"][level])
        if len(levels) == 1:
            changes = {"level": level} | changes | found
        else:
            changes |= {f"{level}.{name}": pair for name, pair in found.items()}
    return changes


def _differing(
    before: dict[str, Any], after: dict[str, Any], skip: tuple[str, ...] = ()
) -> dict[str, object]:
    return {
        _LOG_NAMES.get(name, name): [_readable(name, before.get(name)), _readable(name, value)]
        for name, value in after.items()
        if name not in skip and before.get(name) != value
    }


def _readable(name: str, value: Any) -> object:
    if name in ("award_years", "report_period") and value:
        return "–".join(str(year) for year in value)
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return [line["title"] for line in value]
    return value
