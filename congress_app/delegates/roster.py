"""Rows of a delegate sheet to registrations, and every fault at its cell.

All faults of a file are told at once. A row whose name, unit and category are readable
is registered in thought even when another cell is wrong, so that duplicates and caps are
told in the same answer.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from congress_app.congresses.rulebook import Category, LevelRules, Rulebook
from congress_app.delegates import headings, wording
from congress_app.delegates.book import Entry
from congress_app.delegates.registration import PersonFacts, Registration
from congress_app.formats import cells
from congress_app.formats.cell_reader import TOO_LONG, CellReader
from congress_app.formats.columns import match_columns
from congress_app.formats.faults import Fault
from congress_app.formats.records import Record
from congress_app.formats.sheet import Sheet, Value
from congress_app.kernel.partial_date import PartialDate
from congress_app.kernel.sentences import N_, Sentence
from congress_app.kernel.vietnamese import fold, person_name
from congress_app.units.lookup import UnitMap
from congress_app.units.unit_cells import place_of

Tick = Callable[[int, int], None]

_MEMBER_WORDS = frozenset({"dang vien", "dv", "chinh thuc", "du bi"})
_TICK_ROWS = 500

BAD_DATE = N_("“{value}” không phải ngày sinh. Hãy ghi 05/07/1980, 07/1980 hoặc chỉ năm 1980.")
FUTURE_DATE = N_("Ngày sinh “{value}” ở tương lai. Hãy kiểm tra lại năm.")
BAD_SEX = N_("“{value}” không phải giới tính. Hãy ghi Nam hoặc Nữ.")
BAD_PHONE = N_("“{value}” không phải số điện thoại Việt Nam. Hãy ghi 10 chữ số, ví dụ 0912345678.")
BAD_EMAIL = N_("“{value}” không phải địa chỉ thư điện tử. Ví dụ đúng: ten@vss.gov.vn.")
BAD_MARK = N_("“{value}” không đọc được. Hãy ghi Có hoặc Không.")
BAD_NAME = N_("“{value}” không phải họ tên. Hãy ghi họ tên bằng chữ.")
UNKNOWN_CATEGORY = N_("“{value}” không phải thành phần. Hãy ghi Khách mời, Chính thức hoặc Bầu.")


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


class _Reader(CellReader):
    """Reads one record as a registration."""

    def __init__(self, record: Record, setting: Setting, roster: Roster) -> None:
        super().__init__(
            record,
            roster.columns,
            roster.faults,
            longest=headings.LONGEST,
            headers={item.key: item.header for item in headings.FIELDS},
        )
        self.setting = setting

    def registration(self) -> Registration | None:
        name = self._name()
        category = self._category()
        outside = category is Category.GUEST and self.setting.outsiders
        place = place_of(self, self.setting.units, outside=outside)
        person = PersonFacts(
            full_name=name or "",
            birth=self._birth(),
            sex=self.cell("sex", cells.sex_of, "bad_sex", BAD_SEX),
            ethnicity=self.text("ethnicity"),
            position=self.text("position"),
            unit_id=place.unit.id if place and place.unit else None,
            organisation=place.organisation if place else None,
            education=self.text("education"),
            political_theory=self.text("political_theory"),
            party_member=self.cell("party_member", _is_member, "bad_value", BAD_MARK),
            honours=self.text("honours"),
            phone=self.cell("phone", cells.phone_of, "bad_phone", BAD_PHONE),
            email=self.cell("email", cells.email_of, "bad_email", BAD_EMAIL),
        )
        rules, book = self.setting.rules, self.setting.rulebook
        grounds, priorities = self._terms("grounds"), self._terms("priorities")
        field_of_work, note = self.text("field"), self.text("note")
        if name is None or category is None or place is None:
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
            self.fault(key, "bad_value", TOO_LONG, length=longest, most=most)
            return ""
        return text

    def _name(self) -> str | None:
        if not self.record.has("full_name"):
            self.missing("full_name")
            return None
        name = self.text("full_name")
        if name is not None and not any(c.isalpha() for c in name):
            self.fault("full_name", "bad_value", BAD_NAME)
            return None
        return person_name(name) if name else None

    def _birth(self) -> PartialDate | None:
        today = self.setting.today
        birth = self.cell(
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
            self.fault("birth", "bad_date", FUTURE_DATE)
            return None
        return birth

    def _category(self) -> Category | None:
        if not self.record.has("category"):
            self.missing("category")
            return None
        return self.cell(
            "category",
            lambda value: wording.category_of(cells.text_of(value)),
            "unknown_category",
            UNKNOWN_CATEGORY,
        )


def _is_member(value: Value) -> bool:
    if fold(cells.text_of(value)) in ("quan chung", "ngoai dang"):
        return False
    try:
        return cells.yes_no_of(value, yes=_MEMBER_WORDS)
    except ValueError:
        # Lists often hold the day of joining in this column, as text.
        cells.date_of(value, this_year=date.max.year)
        return True
