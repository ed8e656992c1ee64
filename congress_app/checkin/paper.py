"""What is typed from the paper sheets of a door: "tờ 3: 1-14, 17, 20 lúc 7:45".

    line  = sheet ":" part { ";" part }
    part  = rows [ "ra" | "vào" ] [ "lúc" time ]
    rows  = number or number-number, separated by commas or spaces
    time  = 7:45 | 7h45 | 7 giờ 45 | 7h

Without a time the one given for all lines holds; without a direction people came in. Every
fault names its line; with one fault nothing is written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from hashlib import sha256
from uuid import UUID, uuid5

from congress_app.checkin.attendance import instant_at
from congress_app.checkin.decision import Direction
from congress_app.kernel import clock
from congress_app.kernel.sentences import N_, Sentence
from congress_app.kernel.vietnamese import fold

_LINE = re.compile(r"(?:to|sheet)?\s*(\d{1,5})\s*[:.]\s*(.+)")
_PART = re.compile(
    r"(?P<rows>\d[\d\s,-]*?)\s*(?P<way>vao|ra|in|out)?\s*(?:(?:luc|at|@)\s*(?P<time>.+))?"
)
_TIME = re.compile(r"(\d{1,2})\s*(?:(?::|h|g|gio|\.)\s*(\d{2})?)?\s*(?:phut)?")
_DASHES = re.compile(r"\s*[-–—]\s*")
_LEAVING = ("ra", "out")
MOST_ROWS = 2000
LONGEST_TEXT = 20_000
_PAPER = UUID("6f2b8f0a-3a57-4b0e-9f63-0d5c8a4c7e11")


def door_name(sheet: int) -> str:
    """What the log calls the door that a sheet is."""
    return f"Giấy, tờ {sheet}"


@dataclass(frozen=True)
class Entry:
    """One row of one sheet that somebody signed; `at` None: no time was given."""

    line: int
    sheet: int
    row: int
    direction: Direction
    at: time | None


@dataclass(frozen=True)
class Fault:
    """What is wrong with a line, counted from 1."""

    line: int
    sentence: Sentence


@dataclass(frozen=True)
class SheetFacts:
    """A printed sheet: its rows by number, and when its session's doors are open."""

    session_id: int
    gate: str
    opens: datetime
    closes: datetime
    delegates: Mapping[int, int]


@dataclass(frozen=True)
class Signed:
    """An entry with the delegate, the session, the gate and the instant it stands for."""

    entry: Entry
    session_id: int
    gate: str
    delegate_id: int
    at: datetime


def read(text: str) -> tuple[list[Entry], list[Fault]]:
    """Every entry in the text, and every fault of a line."""
    entries: list[Entry] = []
    faults: list[Fault] = []
    seen: dict[tuple[int, int, Direction], int] = {}
    for number, line in enumerate(text[:LONGEST_TEXT].splitlines(), start=1):
        if not line.strip():
            continue
        try:
            found = list(_entries(number, _DASHES.sub("-", fold(line)).strip()))
        except _Misread as error:
            faults.append(Fault(number, error.sentence))
            continue
        for entry in found:
            key = (entry.sheet, entry.row, entry.direction)
            if key in seen:
                faults.append(Fault(number, _twice(entry, seen[key])))
            seen.setdefault(key, number)
        entries += found
    if len(entries) > MOST_ROWS:
        faults.append(Fault(entries[MOST_ROWS].line, _too_many()))
    return entries, faults


class _Misread(Exception):
    def __init__(self, sentence: Sentence) -> None:
        super().__init__()
        self.sentence = sentence


def _entries(number: int, line: str) -> Iterator[Entry]:
    found = _LINE.fullmatch(line)
    if found is None:
        raise _Misread(
            Sentence(N_("Không đọc được. Hãy gõ theo mẫu: tờ 3: 1-14, 17, 20 lúc 7:45."))
        )
    sheet = int(found.group(1))
    for part in found.group(2).split(";"):
        read_part = _PART.fullmatch(part.strip())
        if read_part is None:
            raise _Misread(
                Sentence(
                    N_("Không đọc được “{part}”. Hãy gõ số dòng rồi giờ: 1-14, 17 lúc 7:45."),
                    part=part.strip()[:60],
                )
            )
        way = Direction.OUT if read_part.group("way") in _LEAVING else Direction.IN
        at = _time(read_part.group("time"))
        for row in _rows(read_part.group("rows")):
            yield Entry(number, sheet, row, way, at)


def _rows(text: str) -> Iterator[int]:
    for piece in re.split(r"[\s,]+", text.strip(" ,")):
        first, _, last = piece.partition("-")
        if not first.isdigit() or (last and not last.isdigit()) or piece.endswith("-"):
            raise _Misread(Sentence(N_("“{piece}” không phải số dòng."), piece=piece[:20]))
        start, end = int(first), int(last or first)
        if start < 1 or end < start or end - start > MOST_ROWS:
            raise _Misread(
                Sentence(
                    N_("Dòng “{piece}” không đúng: số đầu phải từ 1 và không quá số cuối."),
                    piece=piece[:20],
                )
            )
        yield from range(start, end + 1)


def _time(text: str | None) -> time | None:
    if text is None:
        return None
    found = _TIME.fullmatch(text.strip())
    hour, minute = (int(found.group(1)), int(found.group(2) or 0)) if found else (99, 0)
    if hour > 23 or minute > 59:
        raise _Misread(
            Sentence(N_("Giờ “{time}” không đọc được. Hãy gõ như 7:45."), time=text.strip()[:20])
        )
    return time(hour, minute)


def _twice(entry: Entry, earlier: int) -> Sentence:
    return Sentence(
        N_("Dòng {row} của tờ {sheet} đã gõ ở hàng {earlier}. Hãy bỏ một trong hai."),
        row=entry.row,
        sheet=entry.sheet,
        earlier=earlier,
    )


def _too_many() -> Sentence:
    return Sentence(
        N_("Mỗi lần nhập nhiều nhất {most} dòng. Hãy chia làm nhiều lần."), most=MOST_ROWS
    )


def resolve(
    entries: list[Entry],
    sheets: Mapping[int, SheetFacts],
    *,
    default: time | None,
    now: datetime,
) -> tuple[list[Signed], list[Fault]]:
    """Whom and what instant each entry stands for; faults once for each line and cause."""
    signed: list[Signed] = []
    faults: dict[Fault, None] = {}
    for entry in entries:
        found = _resolved(entry, sheets, default, now)
        if isinstance(found, Signed):
            signed.append(found)
        else:
            faults[Fault(entry.line, found)] = None
    return signed, list(faults)


def _resolved(
    entry: Entry, sheets: Mapping[int, SheetFacts], default: time | None, now: datetime
) -> Signed | Sentence:
    sheet, wanted = sheets.get(entry.sheet), entry.at or default
    if sheet is None:
        return Sentence(N_("Chưa in tờ {sheet} nào cho hội nghị này."), sheet=entry.sheet)
    if entry.row not in sheet.delegates:
        return Sentence(
            N_("Tờ {sheet} chỉ có {rows} dòng, không có dòng {row}."),
            sheet=entry.sheet,
            rows=max(sheet.delegates, default=0),
            row=entry.row,
        )
    if wanted is None:
        return Sentence(N_("Thiếu giờ. Hãy gõ thêm “lúc 7:45”, hoặc điền giờ chung."))
    at = instant_at(wanted, sheet.opens, sheet.closes)
    if not sheet.opens <= at < sheet.closes:
        return Sentence(
            N_("Giờ {time} nằm ngoài giờ mở cửa của phiên: {opens} – {closes}."),
            time=wanted.strftime("%H:%M"),
            opens=clock.at_venue(sheet.opens).strftime("%H:%M"),
            closes=clock.at_venue(sheet.closes).strftime("%H:%M"),
        )
    if at > now + timedelta(minutes=1):
        return Sentence(N_("Giờ {time} chưa tới."), time=wanted.strftime("%H:%M"))
    delegate_id = sheet.delegates[entry.row]
    return Signed(entry, sheet.session_id, sheet.gate, delegate_id, min(at, now))


def uuid_of(congress_id: int, entry: Entry, attempt: int = 0) -> str:
    """The identity of a signature on paper: typed again it is the same scan.

    `attempt` counts how often it was typed and then taken back.
    """
    name = f"{congress_id}:{entry.sheet}:{entry.row}:{entry.direction}:{attempt}"
    return str(uuid5(_PAPER, name))


def body_hash(signed: Signed) -> str:
    """What makes two typings the same: another time for one signature is a contradiction."""
    return sha256(f"{signed.delegate_id}:{signed.at.isoformat()}".encode()).hexdigest()
