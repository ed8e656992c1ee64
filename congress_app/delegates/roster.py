"""Rows of a delegate sheet to registrations, and every fault at its cell.

All faults of a file are told at once. A row whose name, unit and category are readable
is registered in thought even when another cell is wrong, so that duplicates and caps are
told in the same answer.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from congress_app.congresses.rulebook import Category, LevelRules, Rulebook
from congress_app.delegates import headings, wording
from congress_app.delegates.book import Entry
from congress_app.delegates.registration import PersonFacts, Registration
from congress_app.formats import cells
from congress_app.formats.columns import match_columns
from congress_app.formats.faults import Fault, missing_value
from congress_app.formats.fields import Field
from congress_app.formats.records import Record
from congress_app.formats.sheet import Sheet, Value
from congress_app.kernel.partial_date import PartialDate
from congress_app.kernel.sentences import N_, Sentence
from congress_app.kernel.vietnamese import fold, person_name
from congress_app.units.lookup import UnitMap, UnitRef

Tick = Callable[[int, int], None]
Read = TypeVar("Read")

_MEMBER_WORDS = frozenset({"dang vien", "dv", "chinh thuc", "du bi"})
_TICK_ROWS = 500

BAD_DATE = N_("“{value}” không phải ngày sinh. Hãy ghi 05/07/1980, 07/1980 hoặc chỉ năm 1980.")
FUTURE_DATE = N_("Ngày sinh “{value}” ở tương lai. Hãy kiểm tra lại năm.")
BAD_SEX = N_("“{value}” không phải giới tính. Hãy ghi Nam hoặc Nữ.")
BAD_PHONE = N_("“{value}” không phải số điện thoại Việt Nam. Hãy ghi 10 chữ số, ví dụ 0912345678.")
BAD_EMAIL = N_("“{value}” không phải địa chỉ thư điện tử. Ví dụ đúng: ten@vss.gov.vn.")
BAD_MARK = N_("“{value}” không đọc được. Hãy ghi Có hoặc Không.")
BAD_NAME = N_("“{value}” không phải họ tên. Hãy ghi họ tên bằng chữ.")
TOO_LONG = N_("Nội dung dài {length} ký tự, quá {most}. Hãy rút ngắn.")
UNKNOWN_CATEGORY = N_("“{value}” không phải thành phần. Hãy ghi Khách mời, Chính thức hoặc Bầu.")
UNKNOWN_CODE = N_(
    "Không có mã đơn vị “{value}” trong phạm vi của hội nghị và của bạn. Hãy tra mã trên trang "
    "Đơn vị."
)
UNKNOWN_NAME = N_(
    "Không có đơn vị “{value}” trong phạm vi của hội nghị và của bạn. Hãy ghi đúng tên hoặc "
    "điền mã đơn vị."
)
AMBIGUOUS_NAME = N_(
    "Có {count} đơn vị tên “{value}” (mã {codes}). Hãy điền cột “Mã đơn vị”, hoặc ghi thêm đơn vị "
    "cấp trên sau dấu phẩy."
)


@dataclass(frozen=True)
class Setting:
    """What the cells of a congress's sheet may name.

    `outsiders`: guests from outside the sector may be written down (whoever sees only a
    part of the congress could not see them afterwards).
    """

    units: UnitMap
    rules: LevelRules
    rulebook: Rulebook
    today: date
    outsiders: bool = True


@dataclass
class Roster:
    """The sheet as read: registrations by row, faults by cell, notes on what was skipped."""

    entries: list[Entry] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    notes: tuple[Sentence, ...] = ()
    columns: Mapping[str, str] = field(default_factory=dict)
    # What the name cell of each row holds, for faults found later.
    names: dict[int, str] = field(default_factory=dict)

    def fault(self, row: int, key: str, code: str, sentence: Sentence) -> None:
        """Add a fault of a row that was found after reading, at the column of the key.

        The value told is the name, which says best which row is meant.
        """
        column = self.columns.get(key, "")
        self.faults.append(Fault(row, column, self.names.get(row, ""), code, sentence))


def read_roster(sheet: Sheet, setting: Setting, tick: Tick | None = None) -> Roster:
    """Read every row; `tick(done, total)` is called now and then."""
    matched = match_columns(sheet, headings.FIELDS, one_of=headings.ONE_OF)
    roster = Roster(
        faults=list(matched.faults), notes=tuple(matched.notes), columns=dict(matched.columns)
    )
    total = len(matched.records)
    for done, record in enumerate(matched.records, start=1):
        roster.names[record.row] = record.text("full_name")
        registration = _Reader(record, setting, roster).registration()
        if registration is not None:
            roster.entries.append(Entry(registration, record.row))
        if tick is not None and (done % _TICK_ROWS == 0 or done == total):
            tick(done, total)
    return roster


class _Reader:
    """Reads one record; every cell that cannot be read becomes a fault."""

    def __init__(self, record: Record, setting: Setting, roster: Roster) -> None:
        self.record = record
        self.setting = setting
        self.roster = roster

    def registration(self) -> Registration | None:
        name = self._name()
        category = self._category()
        unit, organisation, has_place = self._place(category)
        person = PersonFacts(
            full_name=name or "",
            birth=self._birth(),
            sex=self._cell("sex", cells.sex_of, "bad_sex", BAD_SEX),
            ethnicity=self._text("ethnicity"),
            position=self._text("position"),
            unit_id=unit.id if unit else None,
            organisation=organisation,
            education=self._text("education"),
            political_theory=self._text("political_theory"),
            party_member=self._cell("party_member", _is_member, "bad_value", BAD_MARK),
            honours=self._text("honours"),
            phone=self._cell("phone", cells.phone_of, "bad_phone", BAD_PHONE),
            email=self._cell("email", cells.email_of, "bad_email", BAD_EMAIL),
        )
        rules, book = self.setting.rules, self.setting.rulebook
        grounds, priorities = self._terms("grounds"), self._terms("priorities")
        field_of_work, note = self._text("field"), self._text("note")
        if name is None or category is None or not has_place:
            return None
        return Registration(
            person,
            category,
            grounds=wording.grounds_of(grounds, rules.subcategories),
            field=wording.choice_of(field_of_work, book.fields) if field_of_work else None,
            priorities=wording.priorities_of(priorities, book.priorities),
            note=note,
        )

    def _terms(self, key: str) -> str:
        """A cell of several terms, none of them longer than the table takes."""
        text = self.record.text(key)
        longest = max((len(part) for part in wording.parts(text)), default=0)
        most = headings.LONGEST[key]
        if longest > most:
            self._fault(key, "bad_value", TOO_LONG, length=longest, most=most)
            return ""
        return text

    def _fault(self, key: str, code: str, template: str, **params: object) -> None:
        value = self.record.text(key)
        sentence = Sentence(template, **({"value": value} | params))
        self.roster.faults.append(self.record.fault(key, code, sentence))

    def _missing(self, item: Field) -> None:
        letter = self.roster.columns.get(item.key, "")
        self.roster.faults.append(missing_value(self.record.row, letter, item.header))

    def _cell(
        self, key: str, read: Callable[[Value], Read], code: str, template: str
    ) -> Read | None:
        if not self.record.has(key):
            return None
        try:
            return read(self.record.value(key))
        except ValueError:
            self._fault(key, code, template)
            return None

    def _text(self, key: str, most: int | None = None) -> str | None:
        text = self.record.text(key)
        most = most or headings.LONGEST[key]
        if len(text) > most:
            self._fault(key, "bad_value", TOO_LONG, length=len(text), most=most)
            return None
        return text or None

    def _name(self) -> str | None:
        if not self.record.has("full_name"):
            self._missing(headings.NAME)
            return None
        name = self._text("full_name")
        if name is not None and not any(c.isalpha() for c in name):
            self._fault("full_name", "bad_value", BAD_NAME)
            return None
        return person_name(name) if name else None

    def _birth(self) -> PartialDate | None:
        today = self.setting.today
        birth = self._cell(
            "birth",
            lambda value: cells.date_of(value, this_year=today.year),
            "bad_date",
            BAD_DATE,
        )
        if birth and (birth.year, birth.month or 0, birth.day or 0) > (
            today.year,
            today.month,
            today.day,
        ):
            self._fault("birth", "bad_date", FUTURE_DATE)
            return None
        return birth

    def _category(self) -> Category | None:
        if not self.record.has("category"):
            self._missing(headings.CATEGORY)
            return None
        return self._cell(
            "category",
            lambda value: wording.category_of(cells.text_of(value)),
            "unknown_category",
            UNKNOWN_CATEGORY,
        )

    def _place(self, category: Category | None) -> tuple[UnitRef | None, str | None, bool]:
        """The unit, or the organisation in words; False when neither is known."""
        if self.record.has("unit_code"):
            unit = self.setting.units.by_code(self.record.value("unit_code"))
            if unit is None:
                self._fault("unit_code", "unknown_unit", UNKNOWN_CODE)
            return unit, None, unit is not None
        name = self._text("unit_name", headings.LONGEST["organisation"])
        if name is None:
            if not self.record.has("unit_name"):
                known = "unit_name" if "unit_name" in self.roster.columns else "unit_code"
                self._missing(next(item for item in headings.FIELDS if item.key == known))
            return None, None, False
        found = find_units(name, self.setting.units)
        if len(found) == 1:
            return found[0], None, True
        if found:
            codes = ", ".join(unit.code for unit in found[:5])
            self._fault(
                "unit_name", "ambiguous_unit", AMBIGUOUS_NAME, count=len(found), codes=codes
            )
            return None, None, False
        if category is Category.GUEST and self.setting.outsiders:
            return None, name, True
        self._fault("unit_name", "unknown_unit", UNKNOWN_NAME)
        return None, None, False


def find_units(text: str, units: UnitMap) -> tuple[UnitRef, ...]:
    """The units the words may mean: by name, by code, or "name, name of a unit above"."""
    found = units.named(text)
    if found:
        return found
    by_code = units.by_code(text)
    if by_code is not None:
        return (by_code,)
    for mark in (",", " - ", " – "):
        name, _, above = text.rpartition(mark)
        upper = {unit.id for unit in units.named(above)} if name else set()
        below = (
            tuple(unit for unit in units.named(name) if upper & _ancestors(unit)) if upper else ()
        )
        if below:
            return below
    return ()


def _ancestors(unit: UnitRef) -> set[int]:
    return {int(part) for part in unit.path.split("/") if part}


def _is_member(value: Value) -> bool:
    if fold(cells.text_of(value)) in ("quan chung", "ngoai dang"):
        return False
    try:
        return cells.yes_no_of(value, yes=_MEMBER_WORDS)
    except ValueError:
        # Lists often hold the day of joining in this column, as text.
        cells.date_of(value, this_year=date.max.year)
        return True
