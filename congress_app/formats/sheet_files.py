"""The door for uploaded lists: tell what the file is by its bytes, then read it.

The name only helps to tell CSV from other text; a wrong ending never decides.
Old .xls, .xlsb, .ods and macro workbooks are refused with the way out (save as .xlsx):
their readers cannot be bounded in memory.
"""

from __future__ import annotations

from pathlib import PurePath

from congress_app.formats.delimited import read_delimited
from congress_app.formats.limits import Limits, too_long_cell, too_much_text
from congress_app.formats.sheet import Sheet, column_letter
from congress_app.formats.xlsx.archive import damaged, encrypted
from congress_app.formats.xlsx.reading import read_workbook
from congress_app.kernel.errors import TooLarge, Unreadable
from congress_app.kernel.sentences import N_, Sentence
from congress_app.kernel.vietnamese import nfc

MAX_BYTES = 15 * 1024 * 1024
MAX_ROWS = 20_000
MAX_CELLS = 400_000
# What a spreadsheet takes in one cell; and twenty letters for each of the most cells.
MAX_CELL_LETTERS = 32_767
MAX_LETTERS = 8_000_000

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
_TEXT_ENDINGS = frozenset({".csv", ".txt", ".tsv"})


def read_sheet(
    data: bytes, filename: str, *, max_rows: int = MAX_ROWS, max_cells: int = MAX_CELLS
) -> Sheet:
    """The sheet in an uploaded .xlsx or .csv file.

    Raises Unreadable (`unreadable_file`) or TooLarge with one sentence that says what
    to do; never anything else, whatever the bytes are.
    """
    limits = Limits(max_rows, max_cells)
    if len(data) > MAX_BYTES:
        raise TooLarge(
            "file_too_large",
            Sentence(
                N_("Tệp lớn hơn {most} MB. Hãy chia danh sách thành nhiều tệp rồi tải lần lượt."),
                most=MAX_BYTES // (1024 * 1024),
            ),
        )
    if not data.strip():
        raise Unreadable(
            "unreadable_file", Sentence(N_("Tệp rỗng. Hãy chọn lại tệp danh sách rồi tải lên."))
        )
    if data.startswith(_ZIP):
        return _bounded(read_workbook(data, limits))
    if data.startswith(_OLE):
        raise encrypted() if _ENCRYPTED_STREAM in data else _old_excel()
    path = PurePath(filename.replace("\\", "/"))
    if path.suffix.lower() in _TEXT_ENDINGS:
        return _bounded(read_delimited(data, nfc(path.stem), limits))
    raise damaged()


def _bounded(sheet: Sheet) -> Sheet:
    """The sheet, when its text is not too long: one text may be written into every cell."""
    letters = 0
    for row in sheet.rows:
        for index, value in enumerate(row.cells):
            if not isinstance(value, str):
                continue
            if len(value) > MAX_CELL_LETTERS:
                raise too_long_cell(f"{column_letter(index)}{row.number}", MAX_CELL_LETTERS)
            letters += len(value)
    if letters > MAX_LETTERS:
        raise too_much_text(MAX_LETTERS)
    return sheet


def _old_excel() -> Unreadable:
    return Unreadable(
        "unreadable_file",
        Sentence(
            N_(
                "Tệp theo định dạng Excel 97–2003 (.xls). "
                "Hãy mở bằng Excel, chọn Lưu thành, loại “Excel Workbook (.xlsx)” rồi tải lại."
            )
        ),
    )
