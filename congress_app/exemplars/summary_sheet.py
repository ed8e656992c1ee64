"""The summary figures as an annex: table under table, each with its sum and its source."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from congress_app.exemplars.summary import BOTH
from congress_app.exemplars.summary_table import Line, Table
from congress_app.formats.xlsx.writing import Cell, Column
from congress_app.kernel.sentences import N_, Sentence
from congress_app.kernel.vietnamese import percent

Say = Callable[[str | Sentence], str]

COLUMNS = (
    Column(N_("Bảng"), 34),
    Column(N_("Nội dung"), 44),
    Column(N_("Tập thể"), 11, "number"),
    Column(N_("Cá nhân"), 11, "number"),
    Column(N_("Tổng số"), 11, "number"),
    Column(N_("Tỷ lệ"), 11, "centre"),
    Column(N_("Nguồn"), 60),
)


def rows(tables: Iterable[Table], say: Say) -> list[list[Cell]]:
    """The lines of all tables; collectives and people apart where a table tells them apart."""
    found = []
    for table in tables:
        whole = Line(Sentence(N_("Cộng")), table.sums)
        found += [_row(table, line, say) for line in (*table.lines, whole)]
    return found


def _row(table: Table, line: Line, say: Say) -> list[Cell]:
    apart: tuple[Cell, Cell] = (None, None)
    if table.columns == tuple(BOTH.values()):
        apart = (line.counts[0], line.counts[1])
    return [
        say(table.title),
        say(line.words),
        *apart,
        line.total,
        percent(line.total, table.total),
        say(table.source),
    ]
