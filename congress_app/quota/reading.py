"""Read the tables of the allocation commands: comma-separated text to problems.

Every fault is named with file, line, column and value, all at once. Weights are whole numbers,
decimals with a point, or fractions p/q; "1,5" and "1.240,5" are refused because they can mean
two things. Columns nobody knows are passed over and reported.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from io import StringIO

from congress_app.kernel.errors import Unreadable
from congress_app.kernel.sentences import Sentence
from congress_app.kernel.vietnamese import nfc
from congress_app.quota.matrix import Matrix
from congress_app.quota.problem import Method, Number, Problem, StepRule, TieChain, Unit

UNIT_COLUMNS = ("code", "weight", "name", "base", "floor", "ceiling", "lock")
CELL_COLUMNS = ("row", "col", "weight", "row_seats", "col_seats", "floor", "ceiling")

# Longer figures are typing errors or an attack on the arithmetic.
_LONGEST_WEIGHT = 60
_LONGEST_COUNT = 9
_WEIGHT = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?|[+-]?[0-9]+/[0-9]+")
_COUNT = re.compile(r"[+-]?[0-9]+")


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of a file: line number and cells by column name; `unknown` are columns passed over."""

    file: str
    rows: tuple[tuple[int, Mapping[str, str]], ...]
    unknown: tuple[str, ...]


class Faults:
    """Collects what is wrong with a file and refuses it as a whole."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._found: list[tuple[str, Sentence]] = []

    def add(self, code: str, line: int, column: str, value: str, why: Sentence) -> None:
        """Note one fault of one cell."""
        said = Sentence(
            "{file}, dòng {line}, cột {column}: giá trị “{value}” {why}",
            file=self._file,
            line=line,
            column=column,
            value=value,
            why=why,
        )
        self._found.append((code, said))

    def refuse(self) -> None:
        """Raise Unreadable when anything was noted; its code is that of the first fault."""
        if self._found:
            code, sentence = self._found[0]
            raise Unreadable(code, sentence, [said for _, said in self._found])


def decode(data: bytes, file: str) -> str:
    """Text of a file in UTF-8, with or without a byte order mark."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        said = Sentence(
            "{file}, dòng {line}: tệp không ở bảng mã UTF-8. "
            "Hãy lưu lại dưới dạng CSV UTF-8 rồi chạy lại.",
            file=file,
            line=line,
        )
        raise Unreadable("legacy_encoding", said) from error


def read_weight(text: str) -> Number:
    """An exact weight; ValueError when the text is none."""
    if len(text) > _LONGEST_WEIGHT or not _WEIGHT.fullmatch(text):
        raise ValueError(text)
    if text.isdigit():
        return int(text)
    exact = Fraction(text)  # raises ZeroDivisionError for p/0
    return exact.numerator if exact.denominator == 1 else exact


def _clean(cell: str) -> str:
    # Most cells are plain; only the others need the full treatment.
    if cell.isascii() and cell.isprintable() and "  " not in cell:
        return cell.strip()
    return nfc(cell)


def read_table(text: str, file: str, required: Sequence[str], columns: Sequence[str]) -> Table:
    """Split a file into rows; blank lines are passed over, the first other line is the header.

    Comma, semicolon and tab are understood as separators, whichever the header uses.
    Raises Unreadable (`unreadable_file`, `missing_column`).
    """
    text = text.removeprefix("\ufeff")
    first = next((line for line in text.splitlines() if line.strip()), "")
    separator = max(",;\t", key=first.count)
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)
    header: list[str] = []
    rows: list[tuple[int, Mapping[str, str]]] = []
    try:
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            if header:
                # Cells beyond the header belong to no column.
                rows.append((reader.line_num, dict(zip(header, map(_clean, cells), strict=False))))
            else:
                header = [nfc(cell).casefold() for cell in cells]
    except csv.Error as error:
        said = Sentence(
            "{file}, dòng {line}: không đọc được dòng này (dấu ngoặc kép hoặc ký tự lạ).",
            file=file,
            line=reader.line_num,
        )
        raise Unreadable("unreadable_file", said) from error
    missing = [name for name in required if name not in header]
    if missing:
        said = Sentence(
            "{file}: thiếu cột {missing}. Dòng đầu phải có các cột {required}.",
            file=file,
            missing=", ".join(missing),
            required=", ".join(required),
        )
        raise Unreadable("missing_column", said)
    return Table(file, tuple(rows), tuple(name for name in header if name not in columns))


def read_units(table: Table) -> tuple[Unit, ...]:
    """The units of a table; raises Unreadable with every fault of it."""
    faults = Faults(table.file)
    units: list[Unit] = []
    for line, cells in table.rows:
        written = cells.get("weight", "")
        units.append(
            Unit(
                code=text_cell(faults, line, "code", cells),
                weight=weight_cell(faults, line, cells),
                name=cells.get("name", ""),
                base=count_cell(faults, line, "base", cells) or 0,
                floor=count_cell(faults, line, "floor", cells),
                ceiling=count_cell(faults, line, "ceiling", cells),
                lock=count_cell(faults, line, "lock", cells),
                written=written,
            )
        )
    faults.refuse()
    return tuple(units)


def read_problem(
    text: str,
    *,
    seats: int | None,
    file: str = "CSV",
    method: Method = Method.WEBSTER,
    floor: int = 0,
    ceiling: int | None = None,
    ties: TieChain | None = None,
    step: StepRule | None = None,
) -> Problem:
    """The problem of `quota allocate`: columns `UNIT_COLUMNS`, of which code and weight must be.

    Raises Unreadable; whether the problem can be solved is for `apportion` to say.
    """
    units = read_units(read_table(text, file, UNIT_COLUMNS[:2], UNIT_COLUMNS))
    return Problem(units, seats, method, floor, ceiling, ties or TieChain(), step)


def read_matrix(text: str, *, file: str = "CSV", method: Method = Method.WEBSTER) -> Matrix:
    """The matrix of `quota compose`: one line a cell, margins repeated on every line.

    A pair that has no line has weight 0. Raises Unreadable, also where two lines contradict
    each other (`duplicate_in_file`, `margin_mismatch`).
    """
    table = read_table(text, file, CELL_COLUMNS[:5], CELL_COLUMNS)
    faults = Faults(file)
    rows: dict[str, int] = {}
    cols: dict[str, int] = {}
    cells: dict[tuple[str, str], tuple[Number, int, int | None]] = {}
    for line, texts in table.rows:
        row, col = (text_cell(faults, line, column, texts) for column in ("row", "col"))
        _margin(faults, line, "row_seats", texts, rows, row)
        _margin(faults, line, "col_seats", texts, cols, col)
        if (row, col) in cells:
            again = Sentence("lặp lại một ô đã có ở dòng trên.")
            faults.add("duplicate_in_file", line, "row", f"{row}, {col}", again)
        floor = count_cell(faults, line, "floor", texts) or 0
        ceiling = count_cell(faults, line, "ceiling", texts)
        cells[row, col] = weight_cell(faults, line, texts), floor, ceiling
    faults.refuse()
    blank: tuple[Number, int, int | None] = (0, 0, None)
    grid = [[cells.get((row, col), blank) for col in cols] for row in rows]
    return Matrix(
        rows=tuple(rows),
        cols=tuple(cols),
        row_seats=tuple(rows.values()),
        col_seats=tuple(cols.values()),
        weights=tuple(tuple(weight for weight, _, _ in row) for row in grid),
        floors=tuple(tuple(floor for _, floor, _ in row) for row in grid),
        ceilings=tuple(tuple(ceiling for _, _, ceiling in row) for row in grid),
        method=method,
    )


def _margin(
    faults: Faults,
    line: int,
    column: str,
    cells: Mapping[str, str],
    margins: dict[str, int],
    name: str,
) -> None:
    if not cells.get(column):
        faults.add("missing_value", line, column, "", Sentence("để trống; hãy điền vào ô này."))
    seats = count_cell(faults, line, column, cells) or 0
    if margins.setdefault(name, seats) != seats:
        why = Sentence(
            "khác với {before} ở dòng trên cho cùng “{name}”.", before=margins[name], name=name
        )
        faults.add("margin_mismatch", line, column, cells.get(column, ""), why)


def text_cell(faults: Faults, line: int, column: str, cells: Mapping[str, str]) -> str:
    """A cell that must hold text."""
    text = cells.get(column, "")
    if not text:
        faults.add("missing_value", line, column, "", Sentence("để trống; hãy điền vào ô này."))
    return text


def weight_cell(faults: Faults, line: int, cells: Mapping[str, str]) -> Number:
    """The weight of a line; 0 where it is faulty (noted)."""
    text = text_cell(faults, line, "weight", cells)
    try:
        return read_weight(text) if text else 0
    except (ValueError, ZeroDivisionError):
        why = Sentence(
            "không phải là trọng số. Hãy viết số nguyên (1240), số thập phân có dấu chấm (12.5) "
            "hoặc phân số (7/3)."
        )
        faults.add("bad_number", line, "weight", text, why)
        return 0


def count_cell(faults: Faults, line: int, column: str, cells: Mapping[str, str]) -> int | None:
    """A whole number, None where the cell is blank or faulty (noted)."""
    text = cells.get(column, "")
    if not text:
        return None
    if len(text) > _LONGEST_COUNT or not _COUNT.fullmatch(text):
        faults.add("bad_number", line, column, text, Sentence("không phải là số nguyên."))
        return None
    return int(text)
