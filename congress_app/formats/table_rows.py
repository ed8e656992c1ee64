"""Which rows under a header are entries, and which are what surrounds them.

Clerks' lists hold numbering rows under the header, headings of groups, subtotals, a
grand total, notes and signatures. An entry that is incomplete must come out as an entry
(its faults are shown), so a row is passed over only on evidence, and each is reported.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from congress_app.formats.cells import text_of
from congress_app.formats.headers import FAMILY, FEMALE, GIVEN, MALE, ORDER, Header
from congress_app.formats.sheet import Row, Sheet
from congress_app.kernel.sentences import N_, Sentence
from congress_app.kernel.vietnamese import fold

# Accents decide here: "Tổng" is a sum, "Tống" a family; "Tổng công ty" is a unit.
_TOTAL = re.compile(
    r"^(tổng\s+(cộng|số)\b.*|(tổng|cộng)\s*[:.]?\s*(\(?[\d.]+\)?.{0,20})?)$", re.IGNORECASE
)
_TOTAL_FOLDED = re.compile(r"^(tong cong|cong)\s*[:.]?\s*\d*$")
_FOOTER = re.compile(
    r"^(nguoi lap|lap bieu|nguoi ky|thu truong|giam doc|pho giam doc|truong phong|chu tich|"
    r"tm\.|kt\.|tl\.|tuq\.|noi nhan|ghi chu\s*:|luu y|chu thich|xac nhan|an dinh|"
    r"danh sach (nay )?(gom|co)\b|\(ky)|\bngay\b.*\bthang\b.*\bnam\b"
)
_NUMBERING = re.compile(r"^\(?\d{1,2}\)?$|^\(?[A-Z]\)?$")
_WHOLE = re.compile(r"^\d{1,6}\.?$")


@dataclass(frozen=True)
class TableRows:
    """The rows that are entries, and a sentence for each row passed over."""

    entries: tuple[Row, ...]
    notes: tuple[Sentence, ...]


def table_rows(sheet: Sheet, header: Header, required: Sequence[int]) -> TableRows:
    """Tell entries from the rest below the header; `required` are the columns' places."""
    return _Sorter(sheet, header, required).sort()


class _Sorter:
    def __init__(self, sheet: Sheet, header: Header, required: Sequence[int]) -> None:
        self._below = [row for row in sheet.rows if row.number > header.bottom]
        self._merges = {
            (merge.top, merge.left): merge for merge in sheet.merges if merge.right > merge.left
        }
        self._header = header
        self._required = tuple(required)
        order = header.of(ORDER)
        self._order = order[0].index if order else None
        known = {FAMILY, GIVEN, MALE, FEMALE}
        self._fields = tuple(
            column.index
            for column in header.columns
            if column.target in known or (column.target and not column.target.startswith("<"))
        )
        self._entries: list[Row] = []
        self._notes: list[Sentence] = []

    def sort(self) -> TableRows:
        in_footer = False
        previous = self._header.bottom
        for row in self._below:
            after_gap = row.number > previous + 1 and bool(self._entries)
            previous = row.number
            if self._is_scaffold(row):
                continue
            if self._ends_table(row):
                in_footer = True
                self._pass_over(row)
            elif self._is_entry(row, in_footer=in_footer, after_gap=after_gap):
                in_footer = False
                self._entries.append(row)
            else:
                in_footer = in_footer or after_gap
                self._pass_over(row)
        return TableRows(tuple(self._entries), tuple(self._notes))

    def _is_scaffold(self, row: Row) -> bool:
        """Rows that say nothing: (1) (2) (3), the header again, a number waiting for a name."""
        texts = [text_of(value) for value in row.cells if value is not None]
        if not self._entries and len(texts) > 2 and all(_NUMBERING.match(text) for text in texts):
            return True
        if self._filled(row) == 0 and self._has_order(row) and len(texts) == 1:
            return True
        labels = {column.index: column.label for column in self._header.columns}
        same = [labels.get(i) == text_of(v) for i, v in enumerate(row.cells) if v is not None]
        return len(same) > 1 and all(same)

    def _ends_table(self, row: Row) -> bool:
        """Totals, told by their first word, then notes and signatures in rows not full."""
        texts = (text_of(value) for value in row.cells if value is not None)
        words = (text for text in texts if not _WHOLE.match(text))
        first = next(words, "")
        if _TOTAL.match(first) or _TOTAL_FOLDED.match(fold(first)):
            return True
        if self._has_order(row) or self._is_full(row):
            return False
        return any(_FOOTER.search(fold(text)) for text in (first, *words))

    def _is_entry(self, row: Row, *, in_footer: bool, after_gap: bool) -> bool:
        filled = self._filled(row)
        if in_footer:
            return self._is_full(row) or (self._has_order(row) and filled > 1)
        if filled > 1 or (self._has_order(row) and filled):
            return True
        return filled == 1 and not after_gap and not self._is_heading(row)

    def _is_heading(self, row: Row) -> bool:
        """A group's name over its entries: merged across, or numbered I, II, A, B."""
        filled = [index for index, value in enumerate(row.cells) if value is not None]
        if any((row.number, index) in self._merges for index in filled):
            return True
        if self._order is not None and row.cell(self._order) is not None:
            return True
        return not set(filled) & set(self._required)

    def _is_full(self, row: Row) -> bool:
        """At least half of what every entry must have (of all fields if nothing), and two."""
        wanted = self._required or self._fields
        present = sum(row.cell(index) is not None for index in wanted)
        return present >= max(2, (len(wanted) + 1) // 2)

    def _filled(self, row: Row) -> int:
        return sum(row.cell(index) is not None for index in self._fields)

    def _has_order(self, row: Row) -> bool:
        if self._order is None:
            return False
        return bool(_WHOLE.match(text_of(row.cell(self._order))))

    def _pass_over(self, row: Row) -> None:
        text = next(text_of(value) for value in row.cells if value is not None)
        template = N_("Dòng {row} không phải là một mục trong danh sách, được bỏ qua: “{text}”.")
        self._notes.append(Sentence(template, row=row.number, text=text[:80]))
