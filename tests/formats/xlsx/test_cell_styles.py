"""Styles of one kind share a number; the numbers are those of the workbook."""

from __future__ import annotations

from openpyxl import Workbook
from openpyxl.styles import Border

from congress_app.formats.xlsx.cell_styles import CellStyles


def test_kinds_and_values_choose_the_style() -> None:
    styles = CellStyles(Workbook().active, Border(), "Times New Roman")
    kinds = ("text", "centre", "date", "number")
    plain = [styles.plain(kind) for kind in kinds]
    quoted = [styles.quoted(kind) for kind in kinds]
    assert plain[1] == plain[2]  # both are centred
    assert not set(plain) & set(quoted)
    assert styles.number("number", 5) != styles.number("centre", 5)
    assert styles.number("number", 0.5) == styles.number("centre", 0.5)
    assert len({styles.date, styles.moment, styles.note, *plain}) == 6


def test_letters_are_those_of_columns() -> None:
    styles = CellStyles(Workbook().active, Border(), "Arial")
    assert [styles.letter(index) for index in (27, 0, 1)] == ["AB", "A", "B"]
