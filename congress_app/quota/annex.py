"""The annex of the allocation letter as a sheet: one line a unit and the total."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from congress_app.formats.xlsx.writing import Cell, Column, write_sheet


@dataclass(frozen=True)
class AnnexRow:
    """One unit: its weight as stored ("60", "30.5", "p/q"), the computed and allotted seats."""

    code: str
    name: str
    weight: str
    computed: int
    seats: int


def annex_sheet(
    congress: str,
    number: int,
    rows: Sequence[AnnexRow],
    *,
    weight_header: str = "Trọng số",
    footer: Sequence[str] = (),
) -> bytes:
    """The sheet with a total line; weights are real numbers, `footer` stands below the table."""
    columns = [
        Column("STT", kind="number", width=6),
        Column("Mã đơn vị", width=12),
        Column("Đơn vị", width=44),
        Column(weight_header, kind="number", width=18),
        Column("Số được bầu theo cách tính", kind="number", width=14),
        Column("Số được bầu", kind="number", width=12),
    ]
    lines: list[tuple[Cell, ...]] = [
        (place, row.code, row.name, _figure(row.weight), row.computed, row.seats)
        for place, row in enumerate(rows, start=1)
    ]
    computed, seats = sum(row.computed for row in rows), sum(row.seats for row in rows)
    lines.append((None, None, "Cộng", None, computed, seats))
    return write_sheet(
        columns,
        lines,
        title="Phân bổ số lượng đại biểu được bầu",
        subtitle=f"{congress} – phương án {number}",
        sheet_name="Phân bổ",
        footer=footer,
    )


def _figure(weight: str) -> int | Fraction:
    exact = Fraction(weight)
    return exact.numerator if exact.denominator == 1 else exact
