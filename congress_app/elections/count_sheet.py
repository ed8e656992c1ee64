"""The result of a round as a workbook: the figures of the tally and no others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from congress_app.elections.count import Count, Mode, Outcome
from congress_app.formats.xlsx.writing import Cell, Column, write_sheet


@dataclass(frozen=True)
class SheetFacts:
    """What stands above the table."""

    congress: str
    round_number: int
    rule: str


def result_sheet(
    facts: SheetFacts, count: Count, outcome: Outcome, explanation: Sequence[str]
) -> bytes:
    """One line a candidate by rank; the totals and every line of explanation below."""
    known = {one.id: one for one in count.candidates}
    columns = [
        Column("Thứ hạng", kind="number", width=10),
        Column("Họ và tên", width=30),
        Column("Ngày sinh", kind="centre", width=14),
        Column("Đơn vị", width=36),
        Column("Số phiếu", kind="number", width=11),
        Column("Tỷ lệ (%)", kind="number", width=11),
        Column("Kết quả", width=18),
    ]
    tied = outcome.tied.codes if outcome.tied else ()
    rows: list[tuple[Cell, ...]] = [
        (
            line.rank,
            known[line.id].name,
            str(known[line.id].birth or ""),
            known[line.id].unit,
            line.votes,
            line.percent,
            "Trúng cử" if line.elected else "Bằng phiếu" if line.id in tied else "Không trúng cử",
        )
        for line in outcome.ranking
    ]
    return write_sheet(
        columns,
        rows,
        title=f"Kết quả bầu cử, lượt {facts.round_number}",
        subtitle=facts.congress,
        sheet_name="Kết quả",
        footer=[facts.rule, *_totals(count), *explanation],
    )


def _totals(count: Count) -> list[str]:
    hall = f"Triệu tập {count.convened}, có mặt {count.present}."
    ballots = f"Phát ra {count.issued}, thu về {count.collected} phiếu."
    valid = f"Hợp lệ {count.valid}, không hợp lệ {count.invalid} phiếu."
    return [hall] if count.mode is Mode.SHOW_OF_HANDS else [hall, ballots, valid]
