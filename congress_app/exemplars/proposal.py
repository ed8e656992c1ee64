"""What a sheet of exemplars would do: everyone created, every fact changed, every fault.

The same computation serves the preview and the writing, so that what was shown is what is
written. The same kind, name and
unit is the same exemplar, unless two known birth years tell two people apart.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from congress_app.exemplars import awards
from congress_app.exemplars.awards import AwardEntry, AwardFacts, AwardKind
from congress_app.exemplars.changes import AwardAct, Change, Proposal, StoredExemplar
from congress_app.exemplars.facts import ExemplarFacts, Kind
from congress_app.exemplars.lifecycle import STAGE_LABELS, Stage, stages_from
from congress_app.exemplars.roster import SheetRow
from congress_app.formats.faults import Fault
from congress_app.kernel.sentences import N_, Sentence
from congress_app.kernel.vietnamese import fold
from congress_app.units.lookup import name_key

TWICE = N_(
    "“{name}” đã có ở dòng {other} của tệp này. Hãy bỏ một dòng, hoặc ghi năm sinh của cả hai "
    "nếu là hai người."
)
ALIKE = N_(
    "Đơn vị này đã có “{other}”, chỉ khác dấu. Hãy ghi đúng như thế, hoặc ghi năm sinh của cả hai "
    "nếu là hai người."
)
WRONG_STAGE = N_("Điển hình đang ở khâu “{stage}”: mỗi lần chỉ chuyển một khâu.")
UNKNOWN_LED = N_(
    "Không có tập thể “{value}” trong danh sách điển hình hoặc trong tệp này. Hãy ghi tập thể đó "
    "trước, hoặc để trống ô này."
)
MANY_LED = N_("Có {count} tập thể tên “{value}”. Hãy chọn tập thể trên trang của người này.")


@dataclass(frozen=True)
class Register:
    """What a sheet is compared with: the register within reach, the list of awards."""

    stored: Sequence[StoredExemplar]
    kinds: Sequence[AwardKind]
    unit_names: Mapping[int, str]
    this_year: int


def propose(rows: Sequence[SheetRow], register: Register) -> Proposal:
    """What the rows would change."""
    return _Proposing(rows, register).proposal()


class _Proposing:
    def __init__(self, rows: Sequence[SheetRow], register: Register) -> None:
        self._rows = rows
        self._register = register
        self._faults: list[Fault] = []
        self._by_key: dict[tuple[str, int, str], list[StoredExemplar]] = {}
        self._led: dict[str, list[StoredExemplar]] = {}
        for one in register.stored:
            self._by_key.setdefault(_key(one.facts), []).append(one)
            if one.facts.kind is Kind.COLLECTIVE:
                self._led.setdefault(name_key(one.facts.name), []).append(one)
        self._new_led: dict[str, list[SheetRow]] = {}

    def proposal(self) -> Proposal:
        known = [self._known(row) for row in self._rows]
        self._check_twice(known)
        for row, stored in zip(self._rows, known, strict=True):
            if stored is None and row.kind is Kind.COLLECTIVE:
                self._new_led.setdefault(name_key(row.name), []).append(row)
        changes = [self._change(row, one) for row, one in zip(self._rows, known, strict=True)]
        if self._faults:
            return Proposal(faults=tuple(self._faults))
        real = tuple(change for change in changes if change.is_new or change.told)
        return Proposal(real, len(changes) - len(real))

    def _fault(self, row: SheetRow, key: str, code: str, template: str, **params: object) -> None:
        value = row.record.text(key)
        sentence = Sentence(template, **({"value": value} | params))
        self._faults.append(row.record.fault(key, code, sentence))

    def _known(self, row: SheetRow) -> StoredExemplar | None:
        """The stored exemplar a row is of; one that differs by accents only is asked about."""
        told = self._facts(row, None)
        near = [one for one in self._by_key.get(_key(told), []) if _may_be(told, one.facts)]
        exact = [one for one in near if one.facts.name.casefold() == row.name.casefold()]
        if row.kind is Kind.COLLECTIVE:
            exact = exact or near
        if exact or not near:
            return exact[0] if exact else None
        self._fault(row, "name", "duplicate_in_database", ALIKE, other=near[0].facts.name)
        return None

    def _check_twice(self, known: Sequence[StoredExemplar | None]) -> None:
        seen: dict[tuple[str, int, str], list[SheetRow]] = {}
        for row, stored in zip(self._rows, known, strict=True):
            facts = self._facts(row, stored)
            for other in seen.setdefault(_key(facts), []):
                if _may_be(facts, self._facts(other, None)):
                    self._fault(
                        row,
                        "name",
                        "duplicate_in_file",
                        TWICE,
                        name=row.name,
                        other=other.record.row,
                    )
                    break
            seen[_key(facts)].append(row)

    def _facts(self, row: SheetRow, stored: StoredExemplar | None) -> ExemplarFacts:
        """The facts after the row: what it tells over what is stored."""
        before = stored.facts if stored else None
        told = dict(row.told)
        if before is None:
            year = told.pop("detected_year", self._register.this_year)
            return ExemplarFacts(row.kind, row.name, row.unit.id, year, **told)
        if "ratings" in told:
            told["ratings"] = {**before.ratings, **told["ratings"]}
        return dataclasses.replace(before, **told)

    def _change(self, row: SheetRow, stored: StoredExemplar | None) -> Change:
        facts = self._facts(row, stored)
        leads, leads_row = self._led_by(row, facts)
        after = dataclasses.replace(facts, leads_id=leads)
        stage = self._stage(row, stored)
        fields = _fields(stored, after, self._register.unit_names[row.unit.id])
        if leads_row is not None or (stored and leads != stored.facts.leads_id):
            fields["leads"] = (stored.leads if stored else None, row.leads)
        if stage is not None and (stored is None or stage is not stored.stage):
            fields["stage"] = (stored.stage.value if stored else None, stage.value)
        acts = self._awards(row, stored)
        row_id = stored.id if stored else None
        return Change(row.record.row, row_id, after, stage, acts, fields, leads_row)

    def _stage(self, row: SheetRow, stored: StoredExemplar | None) -> Stage | None:
        if row.stage is None or stored is None or row.stage is stored.stage:
            return row.stage
        if row.stage not in stages_from(stored.stage):
            now = Sentence(STAGE_LABELS[stored.stage])
            self._fault(row, "stage", "bad_value", WRONG_STAGE, stage=now)
        return row.stage

    def _led_by(self, row: SheetRow, facts: ExemplarFacts) -> tuple[int | None, int | None]:
        """The led collective: its id in the register, or the row that enters it."""
        if row.leads is None:
            return facts.leads_id, None
        wanted = name_key(row.leads)
        stored, new = self._led.get(wanted, []), self._new_led.get(wanted, [])
        near = [one for one in stored if one.facts.unit_id == row.unit.id] or stored
        if facts.leads_id in {one.id for one in stored}:
            return facts.leads_id, None
        if len(near) == 1 and not new:
            return near[0].id, None
        if len(new) == 1 and not near:
            return None, new[0].record.row
        if near or new:
            count = len(near) + len(new)
            self._fault(row, "leads", "bad_value", MANY_LED, count=count)
        else:
            self._fault(row, "leads", "bad_value", UNKNOWN_LED)
        return None, None

    def _awards(self, row: SheetRow, stored: StoredExemplar | None) -> tuple[AwardAct, ...]:
        """The awards the row adds, and those of the record whose gaps it fills."""
        left = list(stored.awards) if stored else []
        seen: list[AwardFacts] = []
        acts: list[AwardAct] = []
        for entry in row.awards:
            facts = award_facts(entry, self._register.kinds)
            if any(awards.same_award(facts, other) for other in seen):
                continue
            seen.append(facts)
            known = next((one for one in left if awards.same_award(facts, one.facts)), None)
            known = known or next(
                (one for one in left if awards.may_be_same(facts, one.facts)), None
            )
            if known is not None:
                left.remove(known)
            if known is None or _adds(facts, known.facts):
                acts.append(AwardAct(entry, facts.kind or None, known.id if known else None))
        return tuple(acts)


def award_facts(entry: AwardEntry, kinds: Sequence[AwardKind]) -> AwardFacts:
    """An entered award as the rules read it, its kind recognised."""
    kind = awards.recognise(entry.name, kinds)
    year = entry.decided.year if entry.decided else None
    return AwardFacts(kind.code if kind else "", entry.name, year, entry.number, entry.signatory)


def _key(facts: ExemplarFacts) -> tuple[str, int, str]:
    key = name_key if facts.kind is Kind.COLLECTIVE else fold
    return facts.kind.value, facts.unit_id, key(facts.name)


def _may_be(one: ExemplarFacts, other: ExemplarFacts) -> bool:
    """A birth year that is not known on one side says nothing, so the names decide."""
    years = {facts.birth.year for facts in (one, other) if facts.birth}
    return len(years) < 2


def _adds(told: AwardFacts, known: AwardFacts) -> bool:
    """True when the row knows what the record lacks."""
    return any(
        getattr(told, name) is not None and getattr(known, name) is None
        for name in ("year", "number", "signatory")
    )


def _fields(
    stored: StoredExemplar | None, after: ExemplarFacts, unit: str
) -> dict[str, tuple[object, object]]:
    """Each fact that differs, as the log tells it; of a new one what is recorded."""
    new = after.columns()
    old: Mapping[str, object] = stored.facts.columns() if stored else {}
    skipped = {"unit_id", "leads_id", "is_minority"}
    found = {
        name: (old.get(name), value)
        for name, value in new.items()
        if name not in skipped and value != old.get(name) and not (not stored and _blank(value))
    }
    return found if stored else {"unit": (None, unit), **found}


def _blank(value: object) -> bool:
    return value is None or value is False or value == {}
