"""Unit rows from a sheet, faults by row and column.

A blank cell leaves what is stored; only "Đơn vị điểm" is a mark, so there a blank means
no. Where a cell decides nothing by itself (does the parent exist? is the kind allowed
there?) the row is read here and judged in `proposal.py`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from congress_app.formats import cells
from congress_app.formats.faults import Fault, missing_value
from congress_app.formats.records import Record
from congress_app.formats.sheet import Value
from congress_app.kernel.sentences import N_, Sentence
from congress_app.kernel.vietnamese import fold
from congress_app.units.columns import (
    CODE_LENGTH,
    HEADERS,
    KIND_WORDS,
    LARGEST_HEADCOUNT,
    NAME_LENGTH,
)
from congress_app.units.tree import Kind


@dataclass(frozen=True)
class RosterRow:
    """One row as read; None is a blank cell (or no such column), which keeps what is stored.

    A cell that could not be read is None too, with a fault of its own; then the row only
    serves to look for further faults.
    """

    record: Record
    code: Value
    name: str
    kind: Kind | None
    parent: Value
    headcount: int | None
    precedence: int | None
    is_pilot: bool | None
    cluster: str | None
    headcount_source: str | None
    headcount_date: date | None


def read_rows(records: Iterable[Record], *, this_year: int) -> tuple[list[RosterRow], list[Fault]]:
    """The rows that have a code, and every fault in their cells."""
    rows: list[RosterRow] = []
    faults: list[Fault] = []
    for record in records:
        reader = _Reader(record, this_year)
        row = reader.row()
        faults.extend(reader.faults)
        if record.has("code"):
            rows.append(row)
    return rows, faults


class _Reader:
    """Reads the cells of one row and collects what is wrong with them."""

    def __init__(self, record: Record, this_year: int) -> None:
        self._record = record
        self._this_year = this_year
        self.faults: list[Fault] = []

    def row(self) -> RosterRow:
        """The row; what is wrong with it stands in `faults`."""
        self._text("code", CODE_LENGTH)
        name, kind = self._text("name", NAME_LENGTH), self._kind()
        if self._record.value("parent") is None and kind not in (None, Kind.SECTOR):
            self._missing("parent")
        headcount, precedence = self._count("headcount"), self._count("precedence")
        day, pilot = self._day("headcount_date"), self._pilot()
        return RosterRow(
            record=self._record,
            code=self._record.value("code"),
            name=name,
            kind=kind,
            parent=self._record.value("parent"),
            headcount=headcount,
            precedence=precedence,
            is_pilot=pilot,
            cluster=self._record.text("cluster")[:200] or None,
            headcount_source=self._record.text("headcount_source")[:250] or None,
            headcount_date=day,
        )

    def _missing(self, key: str) -> None:
        letter = self._record.letters.get(key, "")
        self.faults.append(missing_value(self._record.row, letter, HEADERS[key]))

    def _fault(self, key: str, code: str, sentence: Sentence) -> None:
        self.faults.append(self._record.fault(key, code, sentence))

    def _text(self, key: str, longest: int) -> str:
        text = self._record.text(key)
        if not text:
            self._missing(key)
        elif len(text) > longest:
            self._fault(
                key,
                "bad_value",
                Sentence(
                    N_(
                        "“{header}” dài {length} ký tự, nhiều nhất là {longest}: hãy viết ngắn lại."
                    ),
                    header=Sentence(HEADERS[key]),
                    length=len(text),
                    longest=longest,
                ),
            )
        return text

    def _kind(self) -> Kind | None:
        text = self._record.text("kind")
        if not text:
            self._missing("kind")
            return None
        kind = KIND_WORDS.get(" ".join(fold(text).split()))
        if kind is None:
            self._fault(
                "kind",
                "unknown_kind",
                Sentence(
                    N_("Loại đơn vị “{value}” không có. Hãy dùng một trong: {kinds}."),
                    value=text[:40],
                    kinds=", ".join(Kind),
                ),
            )
        return kind

    def _count(self, key: str) -> int | None:
        value = self._record.value(key)
        if value is None:
            return None
        try:
            number = cells.count_of(value)
        except ValueError:
            number = -1
        if 0 <= number <= LARGEST_HEADCOUNT:
            return number
        self._fault(
            key,
            "bad_number",
            Sentence(
                N_("“{value}” không phải số nguyên không âm. Hãy ghi ví dụ 12 hoặc 1.250."),
                value=self._record.text(key)[:40],
            ),
        )
        return None

    def _day(self, key: str) -> date | None:
        value = self._record.value(key)
        if value is None:
            return None
        try:
            read = cells.date_of(value, this_year=self._this_year)
            if read.month is None or read.day is None:
                raise ValueError("a whole day is needed")
            return date(read.year, read.month, read.day)
        except ValueError:
            self._fault(
                key,
                "bad_date",
                Sentence(
                    N_("Ngày “{value}” không đọc được. Hãy ghi theo mẫu 05/07/2020."),
                    value=self._record.text(key)[:40],
                ),
            )
            return None

    def _pilot(self) -> bool | None:
        if "is_pilot" not in self._record.letters:
            return None
        value = self._record.value("is_pilot")
        if value is None:
            return False
        try:
            return cells.yes_no_of(value, yes=frozenset({"diem", "don vi diem"}))
        except ValueError:
            self._fault(
                "is_pilot",
                "bad_value",
                Sentence(
                    N_("“{value}” không rõ có hay không. Hãy ghi x hoặc bỏ trống."),
                    value=self._record.text("is_pilot")[:40],
                ),
            )
            return None
