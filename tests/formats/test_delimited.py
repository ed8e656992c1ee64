"""CSV in the encodings and separators offices use."""

from __future__ import annotations

import codecs
import csv
import io
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congress_app.formats.delimited import decode, read_delimited
from congress_app.formats.limits import Limits
from congress_app.formats.sheet import LegacyColumn, Row
from congress_app.kernel.errors import TooLarge, Unreadable

LIMITS = Limits(rows=100, cells=1_000)
TEXT = "Họ và tên;Đơn vị\nNguyễn Thị Ánh;BHXH tỉnh Thừa Thiên Huế\n"
ROWS = (
    Row(1, ("Họ và tên", "Đơn vị")),
    Row(2, ("Nguyễn Thị Ánh", "BHXH tỉnh Thừa Thiên Huế")),
)
# Windows-1258 writes the tone as a letter of its own after the vowel.
CP1258 = unicodedata.normalize("NFD", TEXT)
for letter in "âêôăơưÂÊÔĂƠƯ":
    CP1258 = CP1258.replace(unicodedata.normalize("NFD", letter), letter)
CP1258 = CP1258.replace("a\u0323\u0302", "â\u0323").replace("e\u0302\u0303", "ê\u0303")


def rows(data: bytes) -> tuple[Row, ...]:
    return read_delimited(data, "ds", LIMITS).rows


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode("utf-8"),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("utf-16"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
        TEXT.encode("utf-16-le"),
        unicodedata.normalize("NFD", TEXT).encode("utf-8"),
        CP1258.encode("cp1258"),
    ],
    ids=["utf8", "utf8-bom", "utf16", "utf16-be", "utf16-no-bom", "nfd", "cp1258"],
)
def test_encodings(data: bytes) -> None:
    assert rows(data) == ROWS


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_separators(separator: str) -> None:
    assert rows(TEXT.replace(";", separator).encode()) == ROWS


def test_a_separator_inside_quotes_does_not_count() -> None:
    data = b'"a,b,c,d";"e"\n"f,g,h,i";"k"\n'
    assert rows(data) == (Row(1, ("a,b,c,d", "e")), Row(2, ("f,g,h,i", "k")))


def test_the_line_spreadsheets_hide_is_hidden() -> None:
    assert rows("sep=;\r\nHọ tên;Tuổi\r\nLê Ý;40".encode()) == (
        Row(1, ("Họ tên", "Tuổi")),
        Row(2, ("Lê Ý", "40")),
    )


def test_rows_are_counted_as_records() -> None:
    data = 'a,"dòng 1\ndòng 2"\n\n  , \nb,c\n'.encode()
    assert rows(data) == (Row(1, ("a", "dòng 1\ndòng 2")), Row(4, ("b", "c")))


def test_formulas_are_refused_and_plain_signs_kept() -> None:
    assert rows(b'="0912345678",+84912345678,-5,@a\n') == (
        Row(1, ("0912345678", "+84912345678", "-5", "@a")),
    )
    for formula in ("=1+1", "=cmd|'/c calc'!A0", '=HYPERLINK("http://a";"b")'):
        with pytest.raises(Unreadable) as caught:
            rows(f"a\tb\nc\t{formula}\n".encode())
        assert str(caught.value).startswith("Ô B2 chứa công thức")


def test_legacy_text_is_recognised_by_column() -> None:
    tcvn3 = "STT;Hä vµ tªn\n1;NguyÔn V¨n An\n2;TrÇn ThÞ Hoµ\n".encode("cp1252")
    assert read_delimited(tcvn3, "ds", LIMITS).legacy == (LegacyColumn(1, "TCVN3", 1, "Hä vµ tªn"),)
    vni = "Hoï vaø teân;Ñôn vò\nNguyeãn Vaên Huøng;Baûo hieåm xaõ hoäi\n".encode("cp1252")
    assert [column.encoding for column in read_delimited(vni, "ds", LIMITS).legacy] == [
        "VNI",
        "VNI",
    ]


@pytest.mark.parametrize(
    "data", [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", b"%PDF-1.7\n\x01\x02\x03", bytes(range(256))]
)
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(Unreadable):
        rows(data)


def test_blank_files_are_refused() -> None:
    with pytest.raises(Unreadable, match="không có dữ liệu"):
        rows(b" ;; \n\n")


def test_a_quote_that_never_ends_is_one_sentence() -> None:
    with pytest.raises(Unreadable, match="ngoặc kép"):
        rows(b'a;"' + b"x" * 200_000)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"x\n" * 101, "too_many_rows"),
        (b"x," * 300, "too_many_columns"),
        ((b"x," * 20 + b"\n") * 60, "too_many_cells"),
    ],
)
def test_more_than_the_limits_is_refused(data: bytes, code: str) -> None:
    if code == "too_many_columns":
        data += b"x"
    with pytest.raises(TooLarge) as caught:
        rows(data)
    assert caught.value.code == code


CELLS = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z", "M")), min_size=1)


@given(st.lists(st.lists(CELLS.filter(lambda s: s[0] != "="), min_size=2, max_size=5), min_size=1))
def test_what_is_written_is_read(table: list[list[str]]) -> None:
    out = io.StringIO()
    csv.writer(out, delimiter=";", quoting=csv.QUOTE_ALL).writerows(table)
    found = read_delimited(out.getvalue().encode(), "ds", Limits(10_000, 100_000)).rows
    expected = [tuple(unicodedata.normalize("NFC", cell) for cell in row) for row in table]
    assert [row.cells for row in found] == expected


def test_decoding_never_loses_the_marks_of_windows_1258() -> None:
    assert unicodedata.normalize("NFC", decode(CP1258.encode("cp1258"))) == TEXT
