"""Tables of the seating: where each group sits, and everybody row by row."""

from __future__ import annotations

from congress_app.documents.facts import Facts, SeatRow
from congress_app.documents.head import Head
from congress_app.documents.people_tables import STT, Blocks, numbered
from congress_app.formats.blocks import Block, Column, Paragraph, Table, plain


def groups(facts: Facts, _head: Head) -> Blocks:
    """Each block and delegation with its seats, a table for every hall."""
    columns = (
        STT, Column("Khối, đoàn", 70), Column("Số người", 20, "right"), Column("Hàng, ghế", 65),
    )  # fmt: skip
    told: list[Block] = []
    for hall in dict.fromkeys(row.hall for row in facts.seat_groups):
        rows = [row for row in facts.seat_groups if row.hall == hall]
        told.append(_heading(hall))
        told.append(
            Table(columns, numbered([(one.group, str(one.people), one.seats) for one in rows]))
        )
    return tuple(told)


def by_row(facts: Facts, _head: Head) -> Blocks:
    """Everybody in the order of rows and seats, a table for every hall."""
    columns = (
        STT, Column("Ghế", 26, "centre"), Column("Họ và tên", 48), Column("Đơn vị", 50),
        Column("Khối, đoàn", 31),
    )  # fmt: skip
    told: list[Block] = []
    for hall in dict.fromkeys(row.hall for row in facts.seats):
        rows = [row for row in facts.seats if row.hall == hall]
        told.append(_heading(hall))
        told.append(Table(columns, numbered([_cells(row) for row in rows])))
    return tuple(told)


def _cells(row: SeatRow) -> tuple[str, ...]:
    return (row.seat, row.name, row.unit, row.group)


def _heading(hall: str) -> Paragraph:
    return Paragraph(plain(hall, bold=True), "left", indent=False, keep_next=True)
