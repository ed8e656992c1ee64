"""Presence as of a minute as a sheet: all delegates, and the same by delegation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from congress_app.congresses.rulebook import CATEGORY_LABELS
from congress_app.formats.xlsx.writing import Cell, Column, write_sheet
from congress_app.kernel import clock

_PEOPLE = (
    Column("STT", 6, "number"),
    Column("Số đại biểu", 9, "centre"),
    Column("Họ và tên", 28),
    Column("Đơn vị", 34),
    Column("Đoàn", 30),
    Column("Thành phần", 20),
    Column("Tình trạng", 16),
    Column("Vào lúc", 10, "centre"),
    Column("Ra lúc", 10, "centre"),
    Column("Cửa", 14),
    Column("Lý do vắng", 30),
)


@dataclass(frozen=True)
class AttendanceRow:
    """One expected delegate: when and where first come in, when last gone out (if outside)."""

    number: int | None
    name: str
    unit: str
    delegation: str
    category: str
    came_at: datetime | None
    left_at: datetime | None
    gate: str | None
    excuse: str | None

    @property
    def is_present(self) -> bool:
        """In the hall at that minute."""
        return self.came_at is not None and self.left_at is None

    @property
    def is_excused(self) -> bool:
        """Not in the hall, with a reason that was accepted."""
        return not self.is_present and self.excuse is not None


@dataclass(frozen=True)
class DelegationLine:
    """One delegation at that minute."""

    delegation: str
    convened: int
    present: int
    excused: int

    @property
    def missing(self) -> int:
        """Neither present nor excused."""
        return self.convened - self.present - self.excused


def by_delegation(rows: Sequence[AttendanceRow]) -> list[DelegationLine]:
    """The rows counted by delegation, in the order in which they first appear."""
    groups: dict[str, list[AttendanceRow]] = {}
    for row in rows:
        groups.setdefault(row.delegation, []).append(row)
    return [_line(name, group) for name, group in groups.items()]


def total(rows: Sequence[AttendanceRow]) -> DelegationLine:
    """All rows as one line."""
    return _line("Cộng", rows)


def _line(name: str, rows: Sequence[AttendanceRow]) -> DelegationLine:
    return DelegationLine(
        name,
        len(rows),
        sum(row.is_present for row in rows),
        sum(row.is_excused for row in rows),
    )


def attendance_sheet(
    congress: str, session: str, at: datetime, rows: Sequence[AttendanceRow]
) -> bytes:
    """The list of delegates, for the file and for the minutes."""
    lines: list[tuple[Cell, ...]] = [
        (
            place,
            f"{row.number:04d}" if row.number else None,
            row.name,
            row.unit,
            row.delegation,
            CATEGORY_LABELS[row.category],
            _standing(row),
            _time(row.came_at),
            _time(row.left_at),
            row.gate,
            row.excuse if row.is_excused else None,
        )
        for place, row in enumerate(rows, start=1)
    ]
    return write_sheet(
        _PEOPLE,
        lines,
        title="Danh sách đại biểu có mặt",
        subtitle=f"{congress} – {session} – {_moment(at)}",
        sheet_name="Có mặt",
        footer=[_in_words(total(rows))],
    )


def delegation_sheet(
    congress: str, session: str, at: datetime, rows: Sequence[AttendanceRow]
) -> bytes:
    """The figures of each delegation, with a total line."""
    columns = [
        Column("STT", 6, "number"),
        Column("Đoàn", 44),
        Column("Triệu tập", 12, "number"),
        Column("Có mặt", 12, "number"),
        Column("Vắng có lý do", 14, "number"),
        Column("Chưa đến hoặc đã ra", 16, "number"),
    ]
    counted = by_delegation(rows)
    lines: list[tuple[Cell, ...]] = [
        (place, line.delegation, line.convened, line.present, line.excused, line.missing)
        for place, line in enumerate(counted, start=1)
    ]
    last = total(rows)
    lines.append((None, last.delegation, last.convened, last.present, last.excused, last.missing))
    return write_sheet(
        columns,
        lines,
        title="Có mặt theo đoàn",
        subtitle=f"{congress} – {session} – {_moment(at)}",
        sheet_name="Theo đoàn",
        landscape=False,
    )


def _in_words(summed: DelegationLine) -> str:
    return (
        f"Triệu tập {summed.convened}, có mặt {summed.present}, "
        f"vắng có lý do {summed.excused}, chưa đến hoặc đã ra {summed.missing}."
    )


def _standing(row: AttendanceRow) -> str:
    if row.is_present:
        return "Có mặt"
    if row.is_excused:
        return "Vắng có lý do"
    return "Đã ra" if row.came_at else "Chưa đến"


def _time(instant: datetime | None) -> str | None:
    return clock.at_venue(instant).strftime("%H:%M") if instant else None


def _moment(at: datetime) -> str:
    return clock.at_venue(at).strftime("lúc %H:%M ngày %d/%m/%Y")
