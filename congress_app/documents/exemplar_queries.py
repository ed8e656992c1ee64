"""The figures of exemplars as papers show them."""

from __future__ import annotations

from congress_app.congresses import queries as congress_queries
from congress_app.congresses.models import Congress
from congress_app.documents.facts import FigureRow, FigureTable
from congress_app.exemplars import queries, summary_queries
from congress_app.exemplars.summary_table import Table, Window


def figures_of(congress: Congress) -> tuple[FigureTable, ...]:
    """The unit's tables for the years the congress sums up; nothing when nothing was found.

    Without what is sensitive: that is read on a page of its own, where it is recorded.
    """
    unit = congress.unit
    window = Window(*congress_queries.rulebook_of(congress).report_period)
    told = summary_queries.summary_of(unit, queries.rules_for(unit.path), window)
    return tuple(_shown(table) for table in told.public if table.total)


def _shown(table: Table) -> FigureTable:
    rows = tuple(FigureRow(str(line.words), line.total) for line in table.lines)
    return FigureTable(str(table.title), str(table.source), rows)
