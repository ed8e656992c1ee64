"""Cells as programs write them, and as nobody should."""

from __future__ import annotations

from datetime import date

import pytest

from congress_app.formats.sheet import Row
from congress_app.kernel.errors import TooLarge
from tests.formats.xlsx.parts import (
    MAIN,
    ROW,
    archive,
    cell,
    parts,
    read,
    refused,
    rows,
    workbook,
)


def test_addresses_may_be_missing_or_skip() -> None:
    xml = (
        "<row><c><v>1</v></c><c/><c><v>3</v></c></row>"
        '<row r="5"><c r="C5"><v>2</v></c><c><v>4</v></c></row><row><c><v>9</v></c></row>'
    )
    assert rows(xml) == [(1, (1, None, 3)), (5, (None, None, 2, 4)), (6, (9,))]


def test_elements_may_carry_a_prefix() -> None:
    sheet = (
        f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row r="2"><x:c r="B2" t="str">'
        "<x:v>Ý</x:v></x:c></x:row></x:sheetData></x:worksheet>"
    )
    assert [row.cells for row in read(archive(parts(sheet))).rows] == [(None, "Ý")]


def test_errors_and_odd_numbers_are_kept_as_text() -> None:
    xml = (
        '<row r="1"><c r="A1" t="e"><v>#N/A</v></c><c r="B1"><v>nan</v></c>'
        '<c r="C1"><v>1E+3</v></c><c r="D1" t="d"><v>1980-02-01</v></c></row>'
    )
    assert rows(xml) == [(1, ("#N/A", "nan", 1000, date(1980, 2, 1)))]


def test_decomposed_text_is_composed() -> None:
    assert rows(f'<row r="1">{cell("A1", "Nguye&#x302;&#x303;n&#xA0;  Vi&#x323;")}</row>') == [
        (1, ("Nguyễn Vị",))
    ]


def test_a_claim_of_the_whole_grid_is_refused() -> None:
    kind, sentence = refused(workbook(ROW, before='<dimension ref="A1:XFD1048576"/>'))
    assert kind is TooLarge
    assert sentence.startswith("Trang tính khai báo kín toàn bộ")


def test_other_claims_are_not_believed() -> None:
    assert rows(ROW) == [(1, ("x",))]
    sheet = read(workbook(ROW, before='<dimension ref="A1:P1048576"/>'))
    assert sheet.rows == (Row(1, ("x",)),)


def test_a_value_in_the_last_row_costs_nothing() -> None:
    xml = f'{ROW}<row r="1048576">{cell("A1048576", "y")}</row>'
    assert rows(xml) == [(1, ("x",)), (1048576, ("y",))]


@pytest.mark.parametrize(
    ("xml", "code"),
    [
        ("".join(f'<row r="{n}"><c><v>1</v></c></row>' for n in range(1, 1_002)), "too_many_rows"),
        ("".join(f"<row>{'<c><v>1</v></c>' * 200}</row>" for _ in range(51)), "too_many_cells"),
        (f'<row r="1">{cell("XFD1", "x")}</row>', "too_many_columns"),
    ],
)
def test_more_than_the_limits_is_refused(xml: str, code: str) -> None:
    with pytest.raises(TooLarge) as caught:
        read(workbook(xml))
    assert caught.value.code == code


@pytest.mark.parametrize(
    "xml",
    [
        f'<row r="1">{cell("ZZZZ1", "x")}</row>',
        f'<row r="1">{cell("1", "x")}</row>',
        f'<row r="0">{cell("A0", "x")}</row>',
        f'<row r="9999999999">{cell("A1", "x")}</row>',
        f'<row r="2">{cell("A2", "x")}</row><row r="1">{cell("A1", "x")}</row>',
        '<row r="1"><c r="A1" t="s"><v>5</v></c></row>',
        '<row r="1"><c r="A1" t="s"><v>x</v></c></row>',
        '<row r="1"><c r="A1">',
    ],
)
def test_nonsense_is_a_damaged_file(xml: str) -> None:
    assert refused(workbook(xml))[1].startswith("Không đọc được tệp: tệp bị hỏng")
