"""Lists of movements as sheets: columns and cells, in the order of the pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Protocol

from congress_app.exemplars.movement_totals import Totals
from congress_app.exemplars.movements import (
    MOVEMENT_KIND_LABELS,
    REPORTERS_LABELS,
    Due,
    Quarter,
)
from congress_app.formats.xlsx.writing import Cell, Column
from congress_app.kernel.sentences import N_, Sentence

Say = Callable[[str | Sentence], str]

MOVEMENT_COLUMNS = (
    Column("STT", 6, "number"),
    Column(N_("Tên phong trào"), 46),
    Column(N_("Hình thức"), 16),
    Column(N_("Đơn vị phát động"), 30),
    Column(N_("Từ ngày"), 13, "date"),
    Column(N_("Đến ngày"), 13, "date"),
    Column(N_("Ngày kết thúc sớm"), 13, "date"),
    Column(N_("Văn bản phát động"), 26),
    Column(N_("Mục tiêu"), 50),
    Column(N_("Tiêu chí đánh giá"), 50),
    Column(N_("Đơn vị báo cáo"), 22),
    Column(N_("Đã báo cáo"), 11, "number"),
    Column(N_("Chưa báo cáo"), 11, "number"),
    Column(N_("Bình quân hoàn thành (%)"), 14, "number"),
)
REPORT_COLUMNS = (
    Column("STT", 6, "number"),
    Column(N_("Mã đơn vị"), 12),
    Column(N_("Đơn vị"), 36),
    Column(N_("Quý"), 12, "centre"),
    Column(N_("Hoàn thành mục tiêu (%)"), 14, "number"),
    Column(N_("Kết quả"), 70),
    Column(N_("Ngày báo cáo"), 13, "date"),
    Column(N_("Muộn (ngày)"), 10, "number"),
)
DUE_COLUMNS = (
    Column("STT", 6, "number"),
    Column(N_("Hạn"), 13, "date"),
    Column(N_("Quá hạn (ngày)"), 10, "number"),
    Column(N_("Đơn vị"), 36),
    Column(N_("Quý"), 12, "centre"),
    Column(N_("Tên phong trào"), 50),
)
TOTAL_COLUMNS = (
    Column(N_("Bảng"), 16),
    Column(N_("Nội dung"), 50),
    Column(N_("Số kỳ phải báo cáo"), 12, "number"),
    Column(N_("Báo cáo có tỷ lệ hoàn thành"), 13, "number"),
    Column(N_("Báo cáo chỉ có lời, không rõ tỷ lệ"), 13, "number"),
    Column(N_("Chưa báo cáo"), 11, "number"),
    Column(N_("Chưa đến kỳ báo cáo"), 11, "number"),
    Column(N_("Báo cáo muộn"), 11, "number"),
    Column(N_("Bình quân hoàn thành (%)"), 14, "number"),
)


class UnitLike(Protocol):
    """What the sheets need of a unit."""

    code: str
    name: str


class MovementLike(Protocol):
    """What the sheets need of a movement."""

    id: int
    name: str
    kind: str
    starts_on: date
    ends_on: date
    closed_on: date | None
    document: str | None
    goals: str | None
    criteria: str | None
    reporters: str

    @property
    def unit(self) -> UnitLike: ...  # noqa: D102


class ReportLike(Protocol):
    """What the sheets need of a report."""

    year: int
    quarter: int
    reached: int | None
    text: str
    reported_at: datetime

    @property
    def unit(self) -> UnitLike: ...  # noqa: D102


def movement_rows(
    rows: Iterable[MovementLike], totals: Mapping[int, Totals], say: Say
) -> list[list[Cell]]:
    """The list of movements."""
    return [
        [
            number,
            row.name,
            say(MOVEMENT_KIND_LABELS[row.kind]),
            row.unit.name,
            row.starts_on,
            row.ends_on,
            row.closed_on,
            row.document,
            row.goals,
            row.criteria,
            say(REPORTERS_LABELS[row.reporters]),
            totals.get(row.id, Totals()).reported,
            totals.get(row.id, Totals()).missing,
            totals.get(row.id, Totals()).average,
        ]
        for number, row in enumerate(rows, start=1)
    ]


def report_rows(rows: Iterable[tuple[ReportLike, date, int]], say: Say) -> list[list[Cell]]:
    """Reports, each with the day it was first written and how many days late it was."""
    return [
        [
            number,
            row.unit.code,
            row.unit.name,
            say(Quarter(row.year, row.quarter).words),
            row.reached,
            row.text,
            day,
            late or None,
        ]
        for number, (row, day, late) in enumerate(rows, start=1)
    ]


def due_rows(
    found: Iterable[Due], movements: Mapping[int, MovementLike], names: Mapping[int, str], say: Say
) -> list[list[Cell]]:
    """Missing reports, the longest waiting first."""
    return [
        [
            number,
            one.deadline,
            one.days if one.is_overdue else None,
            names[one.unit_id],
            say(one.quarter.words),
            movements[one.movement_id].name,
        ]
        for number, one in enumerate(found, start=1)
    ]


def total_row(table: str, words: str, totals: Totals) -> list[Cell]:
    """One line of a summary; the first of its parts sum to the slots."""
    return [
        table,
        words,
        totals.slots,
        totals.measured,
        totals.words,
        totals.missing,
        totals.waiting,
        totals.late,
        totals.average,
    ]
