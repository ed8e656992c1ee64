"""One pass over a worksheet part: cells to values, formulas judged, merged areas noted."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping
from xml.parsers import expat

from congress_app.formats.limits import (
    Limits,
    too_many_cells,
    too_many_columns,
    too_many_rows,
    whole_grid_claimed,
)
from congress_app.formats.sheet import Merge, Row, Value, column_index, column_letter
from congress_app.formats.xlsx.archive import Archive, Attributes, damaged
from congress_app.formats.xlsx.formulas import check_formula
from congress_app.formats.xlsx.values import clean, date_value, iso_value, number_value
from congress_app.formats.xlsx.workbook import Workbook

MAX_COLUMNS = 256
_LAST_ROW = 1_048_576
_LAST_COLUMN = 16_384
_MAX_MERGES = 50_000
_DIGITS = "0123456789"
_REFERENCE = re.compile(r"^\$?([A-Za-z]{1,3})\$?(\d{1,7})$")


class WorksheetReader:
    """Reads one part; then `rows`, `merges` and `suspects` hold what was found.

    `suspects` are texts beyond ASCII as they stand in the file, each where it is first
    met: (row, column, text, whether the cell's font is one of before Unicode).
    """

    def __init__(self, workbook: Workbook, limits: Limits) -> None:
        self.rows: list[Row] = []
        self.merges: list[Merge] = []
        self.suspects: list[tuple[int, int, str, bool]] = []
        self._workbook = workbook
        self._limits = limits
        # A cell's value follows from its type, style and text, and lists repeat themselves.
        self._known: defaultdict[tuple[str | None, str | None], dict[str, Value]] = defaultdict(
            dict
        )
        self._places: dict[str, int] = {}
        self._filled = 0
        self._row: list[Value] = []
        self._row_number = 0
        self._next_place = 0
        self._formula: list[str] | None = None
        self._pieces: list[str] = []
        self._before_aid = 0
        self._parser = expat.ParserCreate()

    def read(self, archive: Archive, part: str) -> None:
        """Run the part through; raises Unreadable or TooLarge at the first offence."""
        if part not in archive.names:
            raise damaged()
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._root
        archive.feed(part, self._parser)

    def _root(self, name: str, _: Attributes) -> None:
        """Learn the prefix of the part's elements; Excel writes none, some programs do."""
        prefix = name[: name.rfind(":") + 1]
        starts = {
            prefix + "row": self._start_row,
            prefix + "f": self._start_formula,
            prefix + "rPh": self._start_aid,
            prefix + "mergeCell": self._merge,
            prefix + "dimension": self._check_claim,
        }
        ends = {
            prefix + "row": self._end_row,
            prefix + "f": self._end_formula,
            prefix + "rPh": self._end_aid,
        }
        self._handle_cells(prefix, starts, ends)

    def _handle_cells(
        self,
        prefix: str,
        starts: Mapping[str, Callable[[Attributes], None]],
        ends: Mapping[str, Callable[[], None]],
    ) -> None:
        """Cells and their texts come half a million times in a long list.

        So they are told apart first, by closures: a third of the time goes otherwise
        into looking up attributes of `self`.
        """
        cell_tag, texts = prefix + "c", frozenset({prefix + "v", prefix + "t"})
        parser, pieces, finish = self._parser, self._pieces, self._finish_cell
        take, forget = pieces.append, pieces.clear
        cell: Attributes = {}

        def start(name: str, attributes: Attributes) -> None:
            nonlocal cell
            if name == cell_tag:
                cell = attributes
                forget()
            elif name in texts:
                parser.CharacterDataHandler = take
            elif name in starts:
                starts[name](attributes)

        def end(name: str) -> None:
            if name in texts:
                parser.CharacterDataHandler = None
            elif name == cell_tag:
                finish(cell)
            elif name in ends:
                ends[name]()

        parser.StartElementHandler = start
        parser.EndElementHandler = end

    def _start_row(self, attributes: Attributes) -> None:
        claimed = attributes.get("r")
        number = self._row_number + 1
        if claimed is not None:
            if not (claimed.isascii() and claimed.isdigit() and len(claimed) < 8):
                raise damaged()
            if not number <= int(claimed) <= _LAST_ROW:
                raise damaged()
            number = int(claimed)
        self._row, self._row_number, self._next_place = [], number, 0

    def _end_row(self) -> None:
        if not self._row:
            return
        self.rows.append(Row(self._row_number, tuple(self._row)))
        if len(self.rows) > self._limits.rows:
            raise too_many_rows(self._limits.rows)
        if self._filled > self._limits.cells:
            raise too_many_cells(self._limits.cells)

    def _start_formula(self, _: Attributes) -> None:
        self._formula = []
        self._parser.CharacterDataHandler = self._formula.append

    def _end_formula(self) -> None:
        self._parser.CharacterDataHandler = None

    def _start_aid(self, _: Attributes) -> None:
        self._before_aid = len(self._pieces)

    def _end_aid(self) -> None:
        del self._pieces[self._before_aid :]

    def _finish_cell(self, cell: Attributes) -> None:
        reference = cell.get("r")
        if reference is None:
            place = self._next_place
        else:
            letters = reference.rstrip(_DIGITS)
            place = self._places.get(letters, -1)
            if place < 0:
                place = self._learn_place(letters)
        self._next_place = place + 1
        pieces = self._pieces
        if self._formula is not None:
            self._judge_formula(place)
        if not pieces:
            return
        raw = pieces[0] if len(pieces) == 1 else "".join(pieces)
        kind, style = cell.get("t"), cell.get("s")
        known = self._known[kind, style]
        if raw not in known:
            known[raw] = self._value(kind, style, raw, place)
        value = known[raw]
        if value is None:
            return
        self._filled += 1
        if place == len(self._row) and place < MAX_COLUMNS:
            self._row.append(value)
        else:
            self._put(place, value)

    def _learn_place(self, letters: str) -> int:
        if not (letters.isascii() and letters.isalpha() and len(letters) <= 3):
            raise damaged()
        return self._places.setdefault(letters, column_index(letters))

    def _judge_formula(self, place: int) -> None:
        address = f"{column_letter(place)}{self._row_number}"
        check_formula("".join(self._formula or ()), address, has_result=any(self._pieces))
        self._formula = None

    def _put(self, place: int, value: Value) -> None:
        """A value that does not simply follow the last one."""
        if place >= MAX_COLUMNS:
            raise too_many_columns(column_letter(place), MAX_COLUMNS)
        row = self._row
        if place < len(row):
            row[place] = value
        else:
            row.extend([None] * (place - len(row)))
            row.append(value)

    def _value(self, kind: str | None, style: str | None, raw: str, place: int) -> Value:
        styles = self._workbook.styles
        if kind is None or kind == "n":
            if style in styles.dates:
                from_1904 = self._workbook.from_1904
                return date_value(raw, from_1904=from_1904, is_time=style in styles.times)
            return number_value(raw)
        if kind == "b":
            return raw.strip() == "1"
        if kind == "d":
            return iso_value(raw)
        if kind == "s":
            raw = self._shared(raw)
        if not raw.isascii():
            in_legacy_font = style in styles.legacy_fonts
            self.suspects.append((self._row_number, place, raw, in_legacy_font))
        return clean(raw)

    def _shared(self, raw: str) -> str:
        try:
            return self._workbook.strings[int(raw)]
        except (ValueError, IndexError) as error:
            raise damaged() from error

    def _merge(self, attributes: Attributes) -> None:
        first, _, last = attributes.get("ref", "").partition(":")
        start, end = _REFERENCE.match(first), _REFERENCE.match(last or first)
        if start is None or end is None or len(self.merges) >= _MAX_MERGES:
            raise damaged()
        (left, top), (right, bottom) = start.groups(), end.groups()
        self.merges.append(Merge(int(top), column_index(left), int(bottom), column_index(right)))

    def _check_claim(self, attributes: Attributes) -> None:
        last = _REFERENCE.match(attributes.get("ref", "").rpartition(":")[2])
        if last is None:
            return
        columns, rows = column_index(last.group(1)) + 1, int(last.group(2))
        if columns >= _LAST_COLUMN and rows >= _LAST_ROW:
            raise whole_grid_claimed()
