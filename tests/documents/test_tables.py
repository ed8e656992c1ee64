"""Tables of papers: whom an award item honours."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from congress_app.documents import tables
from congress_app.documents.facts import ItemRow
from congress_app.documents.head import Head
from congress_app.formats.blocks import Table
from tests.documents.papers import FACTS

HONOURING = replace(
    FACTS,
    items=(
        ItemRow(
            "Phiên chính thức",
            date(2020, 6, 5),
            "10:00",
            "10:20",
            20,
            "Khen thưởng",
            "MC",
            "Kính mời",
            "award",
            ("Lê An", "Trần Bình"),
            ("Lê An, BHXH huyện: CSTĐ ngành", "Trần Bình, Văn phòng: Huân chương"),
        ),
    ),
)


def rows(blocks: object) -> list[tuple[str, ...]]:
    assert isinstance(blocks, tuple)
    return [row for block in blocks if isinstance(block, Table) for row in block.rows]


def test_the_run_sheet_has_a_row_for_everybody_honoured_in_reading_order() -> None:
    assert rows(tables.run_sheet(HONOURING, Head())) == [
        ("10:00 - 10:20", "20", "Khen thưởng", "MC", "Kính mời"),
        ("", "", "", "", "1. Lê An, BHXH huyện: CSTĐ ngành"),
        ("", "", "", "", "2. Trần Bình, Văn phòng: Huân chương"),
    ]


def test_the_programme_names_them_and_tells_no_more() -> None:
    assert rows(tables.programme(HONOURING, Head())) == [
        ("10:00 - 10:20", "Khen thưởng: Lê An; Trần Bình", "MC")
    ]
