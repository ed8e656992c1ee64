"""Written lists: what stands in the cells, how they print, that nothing in them runs."""

from __future__ import annotations

import io
import re
import time
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from congress_app.formats.sheet import Merge, Row
from congress_app.formats.sheet_files import read_sheet
from congress_app.formats.xlsx.writing import Column, write_sheet
from congress_app.kernel.clock import frozen
from congress_app.kernel.partial_date import PartialDate
from congress_app.kernel.vietnamese import nfc

COLUMNS = (
    Column("STT", 6, "centre"),
    Column("Họ và tên", 28),
    Column("Ngày sinh", 14, "date"),
    Column("Số người", 10, "number"),
)
NOON = datetime(2020, 4, 20, 5, tzinfo=UTC)


def opened(data: bytes) -> Any:
    return load_workbook(io.BytesIO(data)).active


def column_of(*values: Any) -> Any:
    """The cells of a sheet of one column, openpyxl's way."""
    sheet = opened(write_sheet([Column("Giá trị")], [(value,) for value in values]))
    return [sheet.cell(number, 1) for number in range(2, len(values) + 2)]


def test_a_list_reads_back_as_it_was_written() -> None:
    data = write_sheet(
        COLUMNS,
        [(1, "Lê\nÝ & <B>", date(1980, 2, 1), 1250), (2, None, PartialDate(1978), Decimal("1.5"))],
        title="Danh sách đại biểu",
        subtitle="Hội nghị cấp cơ sở",
        sheet_name="Đoàn [A]: 1/2",
        footer=("Danh sách có 2 người.",),
    )
    sheet = read_sheet(data, "ds.xlsx")
    assert sheet.name == "Đoàn A 1 2"
    assert sheet.rows == (
        Row(1, ("Danh sách đại biểu",)),
        Row(2, ("Hội nghị cấp cơ sở",)),
        Row(4, ("STT", "Họ và tên", "Ngày sinh", "Số người")),
        Row(5, (1, "Lê\nÝ & <B>", date(1980, 2, 1), 1250)),
        Row(6, (2, None, "1978", 1.5)),
        Row(8, ("Danh sách có 2 người.",)),
    )
    assert sheet.merges == (Merge(1, 0, 1, 3), Merge(2, 0, 2, 3))


def test_it_prints_on_a4_with_the_header_on_every_page() -> None:
    sheet = opened(write_sheet(COLUMNS, [(1, "Lê Ý", None, None)] * 3, title="A", landscape=False))
    assert sheet.print_title_rows == "$3:$3"
    assert sheet.print_area == "'Danh sách'!$A$1:$D$6"
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A4", "A3:D6")
    setup = sheet.page_setup
    assert (setup.paperSize, setup.orientation, setup.fitToWidth, setup.fitToHeight) == (
        9,
        "portrait",
        1,
        0,
    )
    assert sheet.sheet_properties.pageSetUpPr.fitToPage is True
    assert [sheet.column_dimensions[letter].width for letter in "ABCD"] == [6, 28, 14, 10]


def test_the_footer_is_printed_too() -> None:
    sheet = opened(write_sheet(COLUMNS, [(1, "Lê Ý", None, None)], footer=("a", "b")))
    assert sheet.print_area == "'Danh sách'!$A$1:$D$5"
    assert (sheet["A4"].value, sheet["A5"].value) == ("a", "b")


@pytest.mark.parametrize("text", ["=1+1", "+84912345678", "-5", "@SUM(A1)", "=cmd|'/c calc'!A0"])
def test_text_never_becomes_a_formula(text: str) -> None:
    data = write_sheet([Column(text)], [(text,)], title=text)
    sheet = opened(data)
    cells = [sheet.cell(row, 1) for row in (1, 3, 4)]
    assert [(cell.value, cell.data_type) for cell in cells] == [(text, "s")] * 3
    assert cells[2].quotePrefix is True
    part = zipfile.ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in part


def test_dates_and_numbers_are_real() -> None:
    found = column_of(
        date(1980, 2, 1),
        datetime.fromisoformat("2020-10-14T07:30:00"),
        PartialDate(1980, 2, 1),
        PartialDate(1980, 2),
        12,
        1.25,
        Decimal("0.1"),
        Fraction(1, 4),
    )
    assert [cell.value for cell in found] == [
        datetime.fromisoformat("1980-02-01"),
        datetime.fromisoformat("2020-10-14T07:30:00"),
        datetime.fromisoformat("1980-02-01"),
        "02/1980",
        12,
        1.25,
        0.1,
        0.25,
    ]
    formats = ["dd/mm/yyyy", "dd/mm/yyyy hh:mm", "dd/mm/yyyy"]
    assert [cell.number_format for cell in found[:3]] == formats


def test_thousands_are_grouped_in_number_columns_only() -> None:
    columns = [Column("Số", kind="number"), Column("Mã", kind="centre")]
    sheet = opened(write_sheet(columns, [(1250, 1250)]))
    assert [sheet.cell(2, place).number_format for place in (1, 2)] == ["#,##0", "0"]


def test_marks_blanks_and_codes() -> None:
    found = column_of(True, False, None, "", 40719238846150277, "\x00a\x07b", "\ufffe")
    assert [cell.value for cell in found] == [
        "x",
        None,
        None,
        None,
        "40719238846150277",
        "ab",
        None,
    ]


def test_text_beyond_what_a_cell_holds_is_cut() -> None:
    assert len(column_of("x" * 40_000)[0].value) == 32_767


def test_a_row_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match="row 2 has 1 cells for 4 columns"):
        write_sheet(COLUMNS, [(1,)])


def test_equal_lists_are_equal_bytes() -> None:
    def written() -> bytes:
        with frozen(NOON):
            return write_sheet(COLUMNS, [(1, "Lê Ý", None, 5)], title="A")

    first = written()
    time.sleep(2.1)  # longer than the grain of zip time stamps
    assert written() == first


def test_an_empty_list_still_has_its_header() -> None:
    assert read_sheet(write_sheet(COLUMNS, []), "ds.xlsx").rows == (
        Row(1, ("STT", "Họ và tên", "Ngày sinh", "Số người")),
    )


@settings(max_examples=30, deadline=None)
@given(st.lists(st.text(max_size=40), min_size=1, max_size=10))
def test_any_text_survives(texts: list[str]) -> None:
    sheet = read_sheet(write_sheet([Column("A"), Column("B")], [(t, 1) for t in texts]), "a.xlsx")
    kept = [re.sub("[\ufffe\uffff]", "", text) for text in texts]
    expected = ["\n".join(nfc(line) for line in text.splitlines()).strip() for text in kept]
    assert [row.cells[0] for row in sheet.rows[1:]] == [text or None for text in expected]
