"""What a sheet of units would do: every unit created, every field changed, every fault.

The same computation serves the preview and the writing, so that what was shown is what
is written; its digest tells when the tree has changed in between.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from congress_app.formats.faults import Fault
from congress_app.formats.records import Matched
from congress_app.kernel.sentences import N_, Sentence
from congress_app.kernel.vietnamese import fold, number
from congress_app.units import tree
from congress_app.units.lookup import code_key
from congress_app.units.placement import Placed, Rights, StoredUnit, place
from congress_app.units.roster import read_rows


@dataclass(frozen=True)
class Draft:
    """A unit as it is to be stored; `parent` and `cluster` by code and name."""

    code: str
    name: str
    kind: str
    parent: str | None
    precedence: int
    headcount: int | None
    headcount_source: str | None
    headcount_date: date | None
    is_pilot: bool
    cluster: str | None


# Compared one by one, in the order in which people read them.
COMPARED = tuple(name for name in Draft.__dataclass_fields__ if name != "code")


@dataclass(frozen=True)
class Change:
    """What one row does: the unit it creates or edits, and each field before and after."""

    row: int
    unit_id: int | None
    draft: Draft
    fields: Mapping[str, tuple[object, object]]

    @property
    def is_new(self) -> bool:
        """True when the row creates a unit."""
        return self.unit_id is None

    @property
    def told(self) -> dict[str, object]:
        """The fields as the log tells them: facts of a new unit, [before, after] else."""
        return {
            name: after if self.is_new else [before, after]
            for name, (before, after) in self.fields.items()
        }


@dataclass(frozen=True)
class Proposal:
    """Everything a file would do; with faults it does nothing."""

    changes: tuple[Change, ...] = ()
    unchanged: int = 0
    faults: tuple[Fault, ...] = ()
    notes: tuple[Sentence, ...] = ()

    @property
    def created(self) -> int:
        """How many units are new."""
        return sum(change.is_new for change in self.changes)

    @property
    def updated(self) -> int:
        """How many stored units change."""
        return len(self.changes) - self.created

    @property
    def digest(self) -> str:
        """The same for the same changes: what was previewed is what is confirmed."""
        told = [[change.unit_id, change.draft.code, change.fields] for change in self.changes]
        text = json.dumps(told, default=str, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True)
class Origin:
    """Where the file comes from: its name and the day it is read."""

    filename: str
    today: date


def propose(
    matched: Matched, stored: Sequence[StoredUnit], rights: Rights, origin: Origin
) -> Proposal:
    """What the matched sheet would change in the stored tree, for who has these rights."""
    rows, faults = read_rows(matched.records, this_year=origin.today.year)
    placed, misplacements = place(rows, stored, rights)
    every = (*matched.faults, *faults, *misplacements)
    if every:
        return Proposal(faults=tuple(sorted(every, key=lambda fault: (fault.row, fault.column))))
    drafts = _Drafting(stored, origin).drafts(placed)
    changes = tuple(
        change for one, draft in zip(placed, drafts, strict=True) if (change := _change(one, draft))
    )
    notes = (*matched.notes, *_counted_twice(stored, drafts))
    return Proposal(changes, len(placed) - len(changes), (), notes)


def _change(one: Placed, draft: Draft) -> Change | None:
    unit = one.stored
    if unit is None:
        fields = {
            name: (None, getattr(draft, name))
            for name in COMPARED
            if getattr(draft, name) not in (None, False)
        }
        return Change(one.row.record.row, None, draft, fields)
    fields = {
        name: (getattr(unit, name), getattr(draft, name))
        for name in COMPARED
        if getattr(unit, name) != getattr(draft, name)
    }
    return Change(one.row.record.row, unit.id, draft, fields) if fields else None


class _Drafting:
    """Fills the blanks of a row: from what is stored, or for a new unit by the rules."""

    def __init__(self, stored: Sequence[StoredUnit], origin: Origin) -> None:
        self._origin = origin
        self._codes = {code_key(unit.code): unit.code for unit in stored}
        self._clusters = {fold(unit.cluster): unit.cluster for unit in stored if unit.cluster}
        self._last: dict[str | None, int] = {}
        for unit in stored:
            self._reserve(unit.parent, unit.precedence)

    def drafts(self, placed: Sequence[Placed]) -> list[Draft]:
        """One draft a row, in the order of the file."""
        self._codes.update({code_key(one.code): one.code for one in placed})
        return [self._draft(one) for one in placed]

    def _draft(self, one: Placed) -> Draft:
        row, unit = one.row, one.stored
        parent = None if one.parent is None else self._codes[code_key(one.parent)]
        stored = unit.headcount if unit else None
        headcount = stored if row.headcount is None else row.headcount
        source, day = self._source(one, headcount)
        return Draft(
            code=one.code,
            name=row.name,
            kind=str(row.kind or ""),
            parent=parent,
            precedence=self._precedence(one, parent),
            headcount=headcount,
            headcount_source=source,
            headcount_date=day,
            is_pilot=bool(unit and unit.is_pilot) if row.is_pilot is None else row.is_pilot,
            cluster=self._cluster(row.cluster, unit),
        )

    def _source(self, one: Placed, headcount: int | None) -> tuple[str | None, date | None]:
        """A number that is new to us comes from this file, unless the row says otherwise."""
        row, unit = one.row, one.stored
        source = unit.headcount_source if unit else None
        day = unit.headcount_date if unit else None
        if headcount is not None and (unit is None or unit.headcount != headcount):
            source, day = self._origin.filename, self._origin.today
        return row.headcount_source or source, row.headcount_date or day

    def _precedence(self, one: Placed, parent: str | None) -> int:
        """The number told, the stored one, or after the last of the new brothers and sisters."""
        unit = one.stored
        if one.row.precedence is not None:
            place_number = one.row.precedence
        elif unit is not None and unit.parent == parent:
            place_number = unit.precedence
        else:
            place_number = self._last.get(parent, 0) + 1
        self._reserve(parent, place_number)
        return place_number

    def _reserve(self, parent: str | None, place_number: int) -> None:
        self._last[parent] = max(self._last.get(parent, 0), place_number)

    def _cluster(self, name: str | None, unit: StoredUnit | None) -> str | None:
        if name is None:
            return unit.cluster if unit else None
        return self._clusters.setdefault(fold(name), name)


@dataclass
class _FinalRow:
    """A unit after the writing, as the tree needs it for its sums."""

    id: int
    parent_id: int | None
    code: str
    precedence: int
    headcount: int | None
    is_touched: bool


def _counted_twice(stored: Sequence[StoredUnit], drafts: Sequence[Draft]) -> list[Sentence]:
    """Notes on units whose own number looks like the sum of those below them."""
    final: dict[str, StoredUnit | Draft] = {
        code_key(unit.code): unit for unit in stored if unit.merged_into is None
    }
    final.update({code_key(draft.code): draft for draft in drafts})
    numbers = {key: position for position, key in enumerate(final, start=1)}
    touched = {code_key(draft.code) for draft in drafts}
    rows = [
        _FinalRow(
            numbers[key],
            None if unit.parent is None else numbers.get(code_key(unit.parent)),
            unit.code,
            unit.precedence,
            unit.headcount,
            key in touched,
        )
        for key, unit in final.items()
    ]
    template = N_(
        "Đơn vị “{code}” ghi {own} người, bằng hoặc hơn tổng các đơn vị bên dưới ({below}): "
        "có thể mỗi người bị tính hai lần. Chỉ ghi số người không thuộc đơn vị nào bên dưới."
    )
    return [
        Sentence(
            template,
            code=node.row.code,
            own=number(node.row.headcount or 0),
            below=number(node.headcount.total - (node.row.headcount or 0)),
        )
        for node in tree.nodes(tree.build(rows))
        if node.row.is_touched and node.counted_twice
    ]
