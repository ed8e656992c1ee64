"""Tables of exemplars, awards and movements for the summary report."""

from __future__ import annotations

from congress_app.documents.facts import Facts
from congress_app.documents.head import Head
from congress_app.documents.people_tables import Blocks
from congress_app.formats.blocks import Block, Column, Paragraph, Table, plain
from congress_app.kernel.vietnamese import number, percent

COLUMNS = (
    Column("Chỉ tiêu", 105), Column("Số lượng", 30, "right"), Column("Tỷ lệ", 30, "right"),
)  # fmt: skip


def figures(facts: Facts, _head: Head) -> Blocks:
    """Every table with its sum, its line of what is not known, and its source below."""
    told: list[Block] = []
    for table in facts.figures:
        total = sum(row.count for row in table.rows)
        rows = [(row.label, number(row.count), percent(row.count, total)) for row in table.rows]
        head = (table.title, number(total), percent(total, total))
        told.append(Table(COLUMNS, (head, *rows), strong=(0,)))
        told.append(Paragraph(plain(f"Nguồn: {table.source}"), "left", indent=False, size=11))
    return tuple(told)
