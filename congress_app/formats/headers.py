"""Find the header of a table and say which column holds which field.

Lists begin with titles, headers are merged, spread over two or three rows, repeated in
capitals or without accents. The header is where most fields are recognised; what is not
recognised is reported, never dropped in silence.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from congress_app.formats.cells import text_of
from congress_app.formats.faults import as_shown
from congress_app.formats.fields import Field, exact_key, folded_key, header_keys, outside_brackets
from congress_app.formats.sheet import Merge, Row, Sheet

# A title block longer than this is no title block.
_SEARCHED_ROWS = 40
_DEEPEST_HEADER = 3
# What is longer is not compared letter by letter: a label with what it explains in brackets,
# and without them.
_LONGEST_CELL, _LONGEST_LABEL = 2_000, 200

_FAMILY_PART = ("Họ đệm", "Họ và đệm", "Họ và tên đệm", "Họ, tên đệm", "Họ lót", "Họ", "Họ chữ lót")
_GIVEN_PART = ("Tên",)
_ORDER = ("STT", "TT", "Số TT", "Số thứ tự", "Stt.", "No", "#")
_MALE_COLUMN = "Nam"
_FEMALE_COLUMN = "Nữ"

# Names of the columns that are no field by themselves.
FAMILY, GIVEN, MALE, FEMALE, ORDER = "<family>", "<given>", "<male>", "<female>", "<order>"


@dataclass(frozen=True)
class Column:
    """A column of the table: its place, its label as written, what it was taken for.

    `rank` is 0 when the label is the canonical header, 1 for another known word.
    `continues` is true when the label belongs to the column on the left and only its
    merged cell reaches over here.
    """

    index: int
    label: str
    target: str | None = None
    rank: int = 0
    continues: bool = False


@dataclass(frozen=True)
class Header:
    """The header rows (first and last number) and the columns under them."""

    top: int
    bottom: int
    columns: tuple[Column, ...] = field(default=())

    @property
    def depth(self) -> int:
        """How many rows the header has."""
        return self.bottom - self.top + 1

    def of(self, target: str) -> list[Column]:
        """The columns taken for the target, best match first, then left to right."""
        found = [c for c in self.columns if c.target == target and not c.continues]
        return sorted(found, key=lambda column: (column.rank, column.index))

    def recognised(self, fields: Iterable[Field]) -> int:
        """How many fields have a column here, or can be told by columns of another kind."""
        found = {column.target for column in self.columns}
        told_by = {
            "name": {GIVEN} <= found,
            "sex": bool(found & {MALE, FEMALE}),
            "birth": {MALE, FEMALE} <= found,
        }
        return sum(item.key in found or told_by.get(item.role or "", False) for item in fields)


class Vocabulary:
    """Header words to targets; exact spelling goes before spelling without accents."""

    def __init__(self, fields: Sequence[Field]) -> None:
        self._exact: dict[str, tuple[str, int]] = {}
        self._folded: dict[str, tuple[str, int]] = {}
        for item in fields:
            self._learn(item.key, (item.header,), 0)
        for item in fields:
            self._learn(item.key, item.variants, 1)
        if any(item.role == "name" for item in fields):
            self._learn(FAMILY, _FAMILY_PART, 1)
            self._learn(GIVEN, _GIVEN_PART, 1)
        if any(item.role == "sex" for item in fields):
            self._learn(MALE, (_MALE_COLUMN,), 1)
            self._learn(FEMALE, (_FEMALE_COLUMN,), 1)
        self._learn(ORDER, _ORDER, 1)

    def _learn(self, target: str, words: Iterable[str], rank: int) -> None:
        for word in words:
            self._exact.setdefault(exact_key(word), (target, rank))
            self._folded.setdefault(folded_key(word), (target, rank))

    def look_up(self, label: str) -> tuple[str, int] | None:
        """The target and rank of a label; None when no field bears such a name."""
        if len(label) > _LONGEST_LABEL:
            if len(label) > _LONGEST_CELL:
                return None
            label = outside_brackets(label).strip()
            if len(label) > _LONGEST_LABEL:
                return None
        for exact, folded in header_keys(label):
            if exact in self._exact:
                return self._exact[exact]
            if folded in self._folded:
                return self._folded[folded]
        return None


def find_header(sheet: Sheet, fields: Sequence[Field]) -> Header | None:
    """The header that recognises most fields, the topmost of equals; None without one.

    One recognised word is no header when more are asked for: a title may hold it too.
    """
    words = Vocabulary(fields)
    best: Header | None = None
    best_score = min(2, len(fields)) - 1
    for position, row in enumerate(sheet.rows[:_SEARCHED_ROWS]):
        if _is_one_merged_title(sheet, row):
            continue
        header = _header_from(sheet, position, words, fields)
        score = header.recognised(fields)
        # A title right above makes the same header, only deeper.
        shallower = best is not None and score == best_score and header.depth < best.depth
        if score > best_score or shallower:
            best, best_score = header, score
    return best


def _header_from(sheet: Sheet, position: int, words: Vocabulary, fields: Sequence[Field]) -> Header:
    """The header that begins at the row: as deep as merges say, or as a second row helps."""
    row = sheet.rows[position]
    depth = _merged_depth(sheet.merges, row)
    following = sheet.rows[position + 1 : position + _DEEPEST_HEADER]
    if depth > 1:
        lower = [next_row for next_row in following if next_row.number < row.number + depth]
        return _read(sheet, [row, *lower], row.number + depth - 1, words)
    alone = _read(sheet, [row], row.number, words)
    if following and following[0].number == row.number + 1 and _has_labels(following[0], words):
        deeper = _read(sheet, [row, following[0]], following[0].number, words)
        if deeper.recognised(fields) > alone.recognised(fields):
            return deeper
    return alone


def _has_labels(row: Row, words: Vocabulary) -> bool:
    """Most cells are known words; Nam without Nữ beside it is somebody's sex."""
    texts = [text_of(value) for value in row.cells if value is not None]
    found = [target for text in texts if (target := words.look_up(text))]
    targets = [target for target, _ in found]
    if not {MALE, FEMALE} <= set(targets):
        targets = [target for target in targets if target not in (MALE, FEMALE)]
    return len(targets) * 2 > len(texts)


def _merged_depth(merges: Sequence[Merge], row: Row) -> int:
    """How many rows the merged areas that begin in this row reach down, at most three.

    A label merged sideways over columns has its parts named in the row below.
    """
    depth = 1
    for merge in merges:
        if merge.top == row.number and row.cell(merge.left) is not None:
            depth = max(depth, merge.bottom - merge.top + 1)
    return min(depth, _DEEPEST_HEADER)


def _is_one_merged_title(sheet: Sheet, row: Row) -> bool:
    filled = [index for index, value in enumerate(row.cells) if value is not None]
    return len(filled) == 1 and any(
        merge.top == row.number and merge.left == filled[0] and merge.right > merge.left
        for merge in sheet.merges
    )


def _read(sheet: Sheet, rows: Sequence[Row], bottom: int, words: Vocabulary) -> Header:
    columns = []
    for index in range(max(len(row.cells) for row in rows)):
        own = [text_of(row.cell(index)) for row in rows]
        stack = [text or _spread(sheet, row, index) for text, row in zip(own, rows, strict=True)]
        stack = [text for text in stack if text]
        if stack:
            target, rank = _recognise(stack, words)
            columns.append(Column(index, as_shown(" ".join(stack)), target, rank, not any(own)))
    return Header(rows[0].number, bottom, tuple(columns))


def _spread(sheet: Sheet, row: Row, index: int) -> str:
    """The label on the left whose merged cell covers this column in this row."""
    for merge in sheet.merges:
        if merge.top == row.number and merge.left < index <= merge.right:
            return text_of(row.cell(merge.left))
    return ""


def _recognise(stack: Sequence[str], words: Vocabulary) -> tuple[str | None, int]:
    """Try the labels read together ("Đơn vị" over "Mã" is Mã đơn vị), then from below."""
    together = (" ".join(reversed(stack)), " ".join(stack)) if len(stack) > 1 else ()
    for text in (*together, *reversed(stack)):
        if found := words.look_up(text):
            return found
    return None, 0
