"""The seating as a sheet: every seat of every hall, row by row."""

from __future__ import annotations

from collections.abc import Sequence

from congress_app.formats.xlsx.writing import Cell, Column, write_sheet
from congress_app.seating.blocks import BLOCK_LABELS
from congress_app.seating.plan import HallPlan, PlanSeat

_COLUMNS = (
    Column("STT", 6, "number"),
    Column("Hội trường", 24),
    Column("Hàng", 12, "centre"),
    Column("Ghế số", 8, "number"),
    Column("Họ và tên", 28),
    Column("Số đại biểu", 9, "centre"),
    Column("Đơn vị", 34),
    Column("Đoàn", 30),
    Column("Khối", 28),
    Column("Ghi chú", 18),
)


def seating_sheet(congress: str, plans: Sequence[HallPlan]) -> bytes:
    """The .xlsx of all seats, empty ones included, in the order of rows and numbers."""
    seats = [(plan.name, seat) for plan in plans for seat in plan.seats]
    return write_sheet(
        _COLUMNS,
        [_line(place, hall, seat) for place, (hall, seat) in enumerate(seats, start=1)],
        title="Danh sách chỗ ngồi",
        subtitle=congress,
        sheet_name="Chỗ ngồi",
    )


def _line(place: int, hall: str, seat: PlanSeat) -> tuple[Cell, ...]:
    sitter = seat.sitter
    if sitter is None:
        empty = "Ghế khóa" if seat.is_blocked else "Ghế trống"
        return (place, hall, seat.row, seat.seat, None, None, None, None, None, empty)
    return (
        place,
        hall,
        seat.row,
        seat.seat,
        sitter.name,
        f"{sitter.number:04d}" if sitter.number else None,
        sitter.unit,
        sitter.group,
        None if sitter.has_left else BLOCK_LABELS[sitter.block],
        "Không còn dự" if sitter.has_left else None,
    )
