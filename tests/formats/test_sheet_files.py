"""Uploads told apart by their bytes; names and endings do not deceive."""

from __future__ import annotations

import pytest

from congress_app.formats import sheet_files
from congress_app.formats.sheet import Row
from congress_app.formats.sheet_files import read_sheet
from congress_app.kernel.errors import DomainError, TooLarge, Unreadable
from tests.formats.xlsx.parts import cell, workbook

XLSX = workbook(f'<row r="1">{cell("A1", "Lê Ý")}</row>')
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500


def refused(data: bytes, name: str) -> str:
    with pytest.raises(DomainError) as caught:
        read_sheet(data, name)
    return str(caught.value)


@pytest.mark.parametrize("name", ["ds.xlsx", "ds.csv", "ds", "DS.XLSX", "a/b\\ds.xls"])
def test_a_workbook_is_one_by_its_bytes(name: str) -> None:
    assert read_sheet(XLSX, name).rows == (Row(1, ("Lê Ý",)),)


def test_csv_is_told_by_its_ending_and_named_by_it() -> None:
    sheet = read_sheet(b"a;b\nc;d", "C:\\Tệp\\Danh sách.CSV")
    assert (sheet.name, [row.cells for row in sheet.rows]) == (
        "Danh sách",
        [("a", "b"), ("c", "d")],
    )


def test_a_password_is_told_as_that() -> None:
    encrypted = OLE + "EncryptedPackage".encode("utf-16-le")
    assert refused(encrypted, "ds.xlsx").startswith("Tệp có đặt mật khẩu.")


def test_old_excel_is_sent_to_the_new_format() -> None:
    assert "Excel 97–2003" in refused(OLE, "ds.xls")


@pytest.mark.parametrize("data", [b"", b"  \n "])
def test_an_empty_file_is_told(data: bytes) -> None:
    assert refused(data, "ds.xlsx").startswith("Tệp rỗng.")


@pytest.mark.parametrize("data", [b"<html><table></table></html>", b"%PDF-1.4", b"Ho ten;Tuoi"])
def test_other_files_are_no_workbook(data: bytes) -> None:
    assert refused(data, "ds.xlsx").startswith("Không đọc được tệp: tệp bị hỏng")


def test_a_file_beyond_the_limit_is_refused_unread() -> None:
    with pytest.raises(TooLarge, match="lớn hơn 15 MB"):
        read_sheet(b"x" * (sheet_files.MAX_BYTES + 1), "ds.csv")


def test_limits_can_be_narrowed() -> None:
    with pytest.raises(TooLarge):
        read_sheet(b"a\nb\nc\n", "ds.csv", max_rows=2)
    with pytest.raises(TooLarge):
        read_sheet(b"a;b;c\n", "ds.csv", max_cells=2)


def test_unreadable_files_end_a_command_with_two() -> None:
    with pytest.raises(Unreadable) as caught:
        read_sheet(b"PK\x03\x04", "ds.xlsx")
    assert (caught.value.code, caught.value.exit_code) == ("unreadable_file", 2)


@pytest.mark.parametrize("name", ["ds.csv", "ds.xlsx"])
def test_a_cell_takes_what_a_spreadsheet_takes_in_one(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(sheet_files, "MAX_CELL_LETTERS", 4)

    def made(text: str) -> bytes:
        rows = f'<row r="1">{cell("A1", "Tên")}{cell("B1", text)}</row>'
        return workbook(rows) if name == "ds.xlsx" else f"Tên;{text}".encode()

    assert read_sheet(made("1 chữ"[:4]), name).rows[0].cell(1) == "1 ch"
    assert refused(made("12345"), name).startswith("Ô B1 dài quá 4 ký tự.")


def test_one_text_written_into_every_cell_is_counted_each_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sheet_files, "MAX_LETTERS", 12)
    assert len(read_sheet(b"abcd;abcd;abcd", "ds.csv").rows) == 1
    assert refused(b"abcd;abcd;abcd\nx", "ds.csv").startswith("Các ô của trang tính dài quá 12")
