"""The seating on paper says what the plan says."""

from __future__ import annotations

from dataclasses import replace

from flask import Flask

from congress_app.documents import composing, fact_queries
from congress_app.documents.facts import SeatGroupRow, SeatRow
from congress_app.documents.kinds import KINDS
from congress_app.documents.seat_queries import seating_of
from tests.builders import a_congress, a_delegate, a_hall, a_person, a_unit, seated
from tests.documents.papers import FACTS, composed, usual


def test_who_sits_where_and_nobody_who_left(app: Flask) -> None:
    congress = a_congress()
    hall = a_hall(congress, "A: 4", "Nhà hát")
    unit = a_unit(parent=congress.unit, name="BHXH huyện Một")
    guest = a_person("Trần Thị Khách", organisation="Hội Nông dân")
    seated(hall, "A1", a_delegate(congress, guest, category="guest", delegation_unit_id=None))
    seated(hall, "A2", a_delegate(congress, a_person("Lê Văn An", unit=unit)))
    gone = a_delegate(congress, a_person("Đỗ Rút", unit=unit), state="withdrawn")
    seated(hall, "A3", gone)
    groups, rows = seating_of(congress.id)
    assert groups == (
        SeatGroupRow("Nhà hát", "Khách mời, lãnh đạo", 1, "A1"),
        SeatGroupRow("Nhà hát", "BHXH huyện Một", 1, "A2"),
    )
    assert rows == (
        SeatRow("Nhà hát", "A1", "Trần Thị Khách", "Hội Nông dân", "Khách mời, lãnh đạo"),
        SeatRow("Nhà hát", "A2", "Lê Văn An", "BHXH huyện Một", "BHXH huyện Một"),
    )
    assert fact_queries.facts_of(congress).seats == rows


def test_the_paper_holds_groups_and_rows() -> None:
    told = str(composed("seating_plan"))
    for words in ("Hội trường lớn", "Khách mời, lãnh đạo", "A1", "Lê Ý", "BHXH Ba Chẽ"):
        assert words in told


def test_without_seats_the_lack_is_told() -> None:
    kind = KINDS["seating_plan"]
    empty = replace(FACTS, seat_groups=(), seats=())
    lacks = composing.lacks(kind, usual("seating_plan"), kind.text, empty, ())
    assert "Chưa xếp chỗ cho ai. Hãy lập phương án ở phần Chỗ ngồi." in {
        str(lack.sentence) for lack in lacks
    }
