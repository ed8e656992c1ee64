"""A hall described in words, read into seats.

    A: 12; B-F: 14; ban công 1-3: 20
    10 hàng x 20 ghế, lối đi sau ghế 10; lối đi ngang; 5 hàng x 18 ghế

Parts are divided by lines or semicolons and stand from the front to the back. "A: 12" is a
row with 12 seats, "B-F: 14" five of them; "10 hàng x 20 ghế" names its rows by the letters
that are free. An aisle along the hall ("lối đi sau ghế 6 và 12") and one across it ("lối đi
ngang") leave a gap on the plan. Seats are counted from 1, from the left.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

from congress_app.kernel.errors import Unreadable
from congress_app.kernel.sentences import N_, Sentence
from congress_app.kernel.vietnamese import fold, nfc, nfc_lines

MOST_ROWS, MOST_IN_A_ROW, MOST_SEATS, LONGEST_ROW = 200, 100, 5000, 20

_ROW_LINE = re.compile(r"^([^:]+):\s*(\d{1,6})(?:\s*(?:gh\w*|cho))?$")
_GRID = re.compile(r"^(\d{1,6})\s*hang\s*(?:x|\*|moi hang)\s*(\d{1,6})(?:\s*(?:ghe|cho))?$")
_ACROSS = re.compile(r"^loi di ngang$")
_AISLE = re.compile(r"^loi di (?:giua )?sau (?:ghe )?(\d{1,4}(?:\s*(?:va|,|\+)\s*\d{1,4})*)$")
_SPAN = re.compile(r"^(.*?)([A-Za-z]|\d{1,4})\s*[-–]\s*([A-Za-z]|\d{1,4})$")


@dataclass(frozen=True, slots=True)
class Spot:
    """One seat: its row by name, its number, and where it lies (`x`, `y` in seats)."""

    row: str
    number: int
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class _Row:
    name: str
    seats: int
    aisles: tuple[int, ...]
    y: int

    @property
    def width(self) -> int:
        return self.seats + len(self.aisles)


class _Fault(Exception):
    """What is wrong with one part; its sentence is completed with the place."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(str(sentence))
        self.sentence = sentence


def read_hall(text: str) -> tuple[Spot, ...]:
    """The seats of the hall, front row first, each row from the left.

    Raises Unreadable `bad_hall`; its details say for each part what is wrong with it.
    """
    rows: list[_Row] = []
    faults: list[Sentence] = []
    y = 0
    for place, part in enumerate(_parts(text), start=1):
        try:
            if _ACROSS.match(fold(part)):
                y += 1
                continue
            for row in _rows(part, {row.name for row in rows}, y):
                rows.append(row)
                y += 1
        except _Fault as fault:
            faults.append(_told(place, part, fault.sentence))
    if not faults and not rows:
        faults.append(Sentence(N_("Chưa có hàng ghế nào. Ví dụ: A: 12; B-F: 14.")))
    if not faults and (len(rows) > MOST_ROWS or sum(row.seats for row in rows) > MOST_SEATS):
        faults.append(
            Sentence(
                N_("Nhiều nhất {rows} hàng và {seats} ghế cho một hội trường."),
                rows=MOST_ROWS,
                seats=MOST_SEATS,
            )
        )
    if faults:
        raise Unreadable("bad_hall", Sentence(N_("Mô tả hội trường không đọc được.")), faults)
    widest = max(row.width for row in rows)
    return tuple(spot for row in rows for spot in _spots(row, widest))


def _parts(text: str) -> Iterator[str]:
    for line in re.split(r"[;\n]", nfc_lines(text)):
        if part := nfc(line):
            yield part.rstrip(".")


def _told(place: int, part: str, sentence: Sentence) -> Sentence:
    return Sentence(N_("Phần {place} “{part}”: {fault}"), place=place, part=part, fault=sentence)


def _rows(part: str, taken: set[str], y: int) -> Iterator[_Row]:
    """The rows of one part; an aisle may follow its seats after a comma."""
    head, _, tail = part.partition(",")
    names, seats = _head(nfc(head), taken)
    if not 1 <= seats <= MOST_IN_A_ROW:
        raise _Fault(Sentence(N_("mỗi hàng có từ 1 đến {most} ghế."), most=MOST_IN_A_ROW))
    aisles = _aisles(nfc(tail), seats) if tail.strip() else ()
    for step, name in enumerate(names):
        if name.casefold() in {one.casefold() for one in taken}:
            raise _Fault(Sentence(N_("hàng {row} đã có ở trên."), row=name))
        if len(name) > LONGEST_ROW:
            raise _Fault(Sentence(N_("tên hàng nhiều nhất {most} ký tự."), most=LONGEST_ROW))
        yield _Row(name, seats, aisles, y + step)


def _head(text: str, taken: set[str]) -> tuple[list[str], int]:
    """The names of the rows and how many seats each has."""
    grid = _GRID.match(fold(text).replace("×", "x"))
    if grid is not None:
        wanted = int(grid[1])
        if not 1 <= wanted <= MOST_ROWS:
            raise _Fault(Sentence(N_("số hàng phải từ 1 đến {most}."), most=MOST_ROWS))
        free = (name for name in _letters() if name not in taken)
        return [next(free) for _ in range(wanted)], int(grid[2])
    line = _ROW_LINE.match(fold(text))
    if line is None or ":" not in text:
        raise _Fault(
            Sentence(N_("hãy ghi như “B-F: 14” hoặc “10 hàng x 20 ghế, lối đi sau ghế 10”."))
        )
    return _names(nfc(text.partition(":")[0])), int(line[2])


def _names(text: str) -> list[str]:
    """ "B-F" is five rows, "ban công 1-3" three, anything else one."""
    text = re.sub(r"^[Hh]àng\s+", "", text)
    span = _SPAN.match(text)
    if span is None:
        return [_capital(text)]
    prefix, first, last = span.groups()
    if first.isdigit() and last.isdigit():
        numbers = range(int(first), int(last) + 1)
        named = [f"{prefix}{number}" for number in numbers]
    elif first.isalpha() and last.isalpha():
        codes = range(ord(first.upper()), ord(last.upper()) + 1)
        named = [f"{prefix}{chr(code)}" for code in codes]
    else:
        named = []
    if not 1 <= len(named) <= MOST_ROWS:
        raise _Fault(
            Sentence(N_("khoảng “{span}” phải đi từ nhỏ đến lớn, ví dụ B-F hoặc 1-3."), span=text)
        )
    return [_capital(name) for name in named]


def _capital(name: str) -> str:
    return name.upper() if len(name) <= 2 else name[:1].upper() + name[1:]


def _letters() -> Iterator[str]:
    """A … Z, AA … AZ, BA …"""
    for number in count(1):
        name, rest = "", number
        while rest:
            rest, letter = divmod(rest - 1, 26)
            name = chr(ord("A") + letter) + name
        yield name


def _aisles(text: str, seats: int) -> tuple[int, ...]:
    found = _AISLE.match(fold(text))
    if found is None:
        raise _Fault(Sentence(N_("lối đi được ghi như “lối đi sau ghế 10”.")))
    after = sorted({int(number) for number in re.findall(r"\d+", found[1])})
    if after[0] < 1 or after[-1] >= seats:
        raise _Fault(
            Sentence(
                N_("lối đi phải nằm giữa hai ghế, từ sau ghế 1 đến sau ghế {last}."), last=seats - 1
            )
        )
    return tuple(after)


def _spots(row: _Row, widest: int) -> Iterator[Spot]:
    # Shorter rows stand in the middle, as in a real hall.
    start = (widest - row.width) // 2
    for number in range(1, row.seats + 1):
        gaps = sum(after < number for after in row.aisles)
        yield Spot(row.name, number, start + number - 1 + gaps, row.y)
