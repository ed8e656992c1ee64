"""CSV files: which encoding, which separator, then rows of text.

A CSV cell is only text; the roster reads numbers and dates from it. What begins with
"=" would be a formula in a spreadsheet and has no result here, so it is refused, save
the form ="0912…" that keeps a leading zero. "+84…" and "-" are plain text.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
import unicodedata
from collections.abc import Iterator

from congress_app.formats.legacy import is_syllable, legacy_columns
from congress_app.formats.limits import Limits, too_many_cells, too_many_columns, too_many_rows
from congress_app.formats.sheet import Row, Sheet, Value, column_letter
from congress_app.formats.xlsx.formulas import reaching_out
from congress_app.formats.xlsx.values import clean
from congress_app.formats.xlsx.worksheet import MAX_COLUMNS
from congress_app.kernel.errors import Unreadable
from congress_app.kernel.sentences import N_, Sentence

_SEPARATORS = (",", ";", "\t", "|")
_SNIFFED_LINES = 30
_QUOTED = re.compile(r'"(?:[^"]|"")*"')
_KEPT_ZERO = re.compile(r'^="([^"=]*)"$')
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_BINARY = re.compile("[\x00-\x08\x0e-\x1f]")


def read_delimited(data: bytes, name: str, limits: Limits) -> Sheet:
    """The rows of a CSV file; row numbers count records, as a spreadsheet shows them.

    Raises Unreadable when it is no text or holds formulas, TooLarge beyond the limits.
    """
    text = decode(data)
    separator, text = _separator(text)
    rows: list[Row] = []
    suspects: list[tuple[int, int, str, bool]] = []
    filled = 0
    for number, record in enumerate(_records(text, separator), start=1):
        cells: list[Value] = []
        for place, raw in enumerate(record):
            if not raw.isascii():
                suspects.append((number, place, raw, False))
            cells.append(_cell(raw, number, place))
        while cells and cells[-1] is None:
            cells.pop()
        if not cells:
            continue
        if len(cells) > MAX_COLUMNS:
            raise too_many_columns(column_letter(len(cells) - 1), MAX_COLUMNS)
        filled += sum(cell is not None for cell in cells)
        rows.append(Row(number, tuple(cells)))
        if len(rows) > limits.rows:
            raise too_many_rows(limits.rows)
        if filled > limits.cells:
            raise too_many_cells(limits.cells)
    if not rows:
        raise Unreadable("unreadable_file", Sentence(N_("Tệp không có dữ liệu.")))
    return Sheet(name, tuple(rows), legacy=legacy_columns(suspects))


def decode(data: bytes) -> str:
    """The text of a file in UTF-8, UTF-16 (with or without mark) or Windows-1258.

    Text of an older code comes out as its Latin-1 letters, which are then recognised
    column by column. Raises Unreadable for what is no text.
    """
    text = _decoded(data)
    if _BINARY.search(text):
        raise Unreadable(
            "unreadable_file",
            Sentence(
                N_(
                    "Không đọc được tệp: đây không phải tệp văn bản CSV. "
                    "Hãy lưu bảng tính dưới dạng .xlsx hoặc CSV UTF-8 rồi tải lại."
                )
            ),
        )
    return text


def _decoded(data: bytes) -> str:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, errors="replace")
    if b"\0" in data[:2000]:
        little = data[1:2000:2].count(0) >= data[0:2000:2].count(0)
        return data.decode("utf-16-le" if little else "utf-16-be", errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _eight_bit(data)


def _eight_bit(data: bytes) -> str:
    """Windows-1258 when its words are Vietnamese syllables, else the Latin-1 letters."""
    text = unicodedata.normalize("NFC", data.decode("cp1258", errors="replace"))
    accented = [word for word in re.split(r"[\s,;|]+", text) if not word.isascii()]
    if sum(map(is_syllable, accented)) * 2 >= len(accented):
        return text
    return data.decode("cp1252", errors="replace")


def _separator(text: str) -> tuple[str, str]:
    """The separator, and the text without a line "sep=;" (which spreadsheets hide)."""
    first, _, rest = text.partition("\n")
    if first.lower().startswith("sep=") and len(first.strip()) == len("sep=;"):
        return first[4], rest
    sample = _QUOTED.sub("", text[:20_000]).splitlines()[:_SNIFFED_LINES]
    counts = {mark: sum(mark in line for line in sample) for mark in _SEPARATORS}
    totals = {mark: sum(line.count(mark) for line in sample) for mark in _SEPARATORS}
    return max(_SEPARATORS, key=lambda mark: (counts[mark], totals[mark])), text


def _records(text: str, separator: str) -> Iterator[list[str]]:
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    except csv.Error as error:
        raise Unreadable(
            "unreadable_file",
            Sentence(
                N_(
                    "Không đọc được tệp CSV: dấu ngoặc kép hoặc dấu phân cách không khớp. "
                    "Hãy lưu bảng tính dưới dạng .xlsx rồi tải lại."
                )
            ),
        ) from error


def _cell(raw: str, row: int, place: int) -> str | None:
    if raw.startswith("="):
        kept = _KEPT_ZERO.match(raw)
        if kept is None:
            raise reaching_out(f"{column_letter(place)}{row}")
        raw = kept.group(1)
    return clean(raw)
