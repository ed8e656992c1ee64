"""Workbooks as programs save them, read as people see them."""

from __future__ import annotations

import io
import random
import subprocess
import sys
from datetime import date, datetime, timedelta

from openpyxl import Workbook
from openpyxl.styles import Font
from python_calamine import CalamineWorkbook

from congress_app.formats.sheet import LegacyColumn, Merge, Row, Sheet
from congress_app.kernel.errors import Unreadable
from tests.formats.xlsx.parts import MAIN, ROW, read, refused, rows, saved, workbook


def test_a_workbook_of_openpyxl_reads_as_it_was_written() -> None:
    book = Workbook()
    sheet = book.active
    sheet.title = "Danh sách"
    sheet["B2"] = "DANH SÁCH  ĐẠI BIỂU "
    sheet.merge_cells("B2:D2")
    sheet.append([1, "Lê\nÝ", date(1980, 2, 1), datetime.fromisoformat("2020-10-14T07:30"), 1.5])
    sheet.append([None, True, "0912", -3, "=không"])
    sheet["E4"].data_type = "s"
    assert read(saved(book)) == Sheet(
        "Danh sách",
        (
            Row(2, (None, "DANH SÁCH ĐẠI BIỂU")),
            Row(3, (1, "Lê\nÝ", date(1980, 2, 1), datetime.fromisoformat("2020-10-14T07:30"), 1.5)),
            Row(4, (None, True, "0912", -3, "=không")),
        ),
        (Merge(2, 1, 2, 3),),
    )


def test_values_agree_with_another_reader() -> None:
    generator = random.Random(7)
    book = Workbook()
    for _ in range(60):
        book.active.append(
            [
                generator.choice([generator.randint(-99, 10**9), generator.random() * 100]),
                generator.choice(["Nguyễn Thị Ánh", "ĐẶNG & <Ý>", "a\tb", "x" * 500]),
                date(1950, 1, 1) + timedelta(days=generator.randint(0, 30_000)),
                generator.choice([True, False]),
            ]
        )
    data = saved(book)
    other = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()
    mine = [row.cells for row in read(data).rows]
    assert [[row[0], row[2], row[3]] for row in mine] == [[r[0], r[2], r[3]] for r in other]
    assert [row[1] for row in mine] == [str(r[1]).replace("\t", " ") for r in other]


def test_shared_strings_rich_text_and_reading_aids() -> None:
    strings = (
        f'<sst xmlns="{MAIN}" uniqueCount="4000000000"><si><t>Lê</t></si>'
        "<si><r><t>Nguyễn </t></r><r><rPr><b/></rPr><t>Ánh</t></r><rPh><t>aid</t></rPh></si>"
        "<si><t/></si></sst>"
    )
    xml = (
        '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c>'
        '<c r="C1" t="s"><v>2</v></c><c r="D1" t="inlineStr"><is><r><t>Bùi </t></r><r><t>An</t></r>'
        "<rPh><t>aid</t></rPh></is></c></row>"
    )
    assert rows(xml, strings=strings) == [(1, ("Lê", "Nguyễn Ánh", None, "Bùi An"))]


def test_the_first_visible_sheet_with_content_is_read() -> None:
    book = Workbook()
    book.active.title = "Trống"
    hidden = book.create_sheet("Ẩn")
    hidden["A1"], hidden.sheet_state = "ẩn", "hidden"
    book.create_sheet("Có")["A1"] = "có"
    sheet = read(saved(book))
    assert (sheet.name, sheet.rows, sheet.other_sheets) == ("Có", (Row(1, ("có",)),), ("Trống",))


def test_an_empty_workbook_is_told() -> None:
    kind, sentence = refused(saved(Workbook()))
    assert (kind, sentence) == (Unreadable, "Tệp không có dữ liệu: mọi trang tính đều trống.")


def test_the_library_not_chosen_dies_of_a_claim() -> None:
    """Why the reader is ours; when this fails, think again (docs/formats.md)."""
    data = workbook(ROW, strings=f'<sst xmlns="{MAIN}" uniqueCount="4000000000"><si/></sst>')
    assert read(data).rows == (Row(1, ("x",)),)
    script = (
        "import io, sys, python_calamine;"
        "python_calamine.load_workbook(io.BytesIO(sys.stdin.buffer.read()))"
    )
    died = subprocess.run(
        [sys.executable, "-c", script], input=data, capture_output=True, check=False
    )
    assert died.returncode < 0


def test_a_legacy_font_and_its_letters_are_recognised_together() -> None:
    book = Workbook()
    sheet = book.active
    sheet.append(["NguyÔn V¨n An", "Müller", "Nguyễn"])
    for place in "ABC":
        sheet[f"{place}1"].font = Font(name=".VnTime")
    assert read(saved(book)).legacy == (LegacyColumn(0, "TCVN3", 1, "NguyÔn V¨n An"),)


def test_legacy_letters_alone_need_a_second_cell() -> None:
    book = Workbook()
    book.active.append(["Nguyeãn Vaên Huøng", "TrÇn V¨n B"])
    book.active.append(["Traàn Thò Bích", "x"])
    assert read(saved(book)).legacy == (LegacyColumn(0, "VNI", 1, "Nguyeãn Vaên Huøng"),)
