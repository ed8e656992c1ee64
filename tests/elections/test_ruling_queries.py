"""That the list's short reading says of everybody what the whole reading says."""

from __future__ import annotations

from flask import Flask

from congress_app.congresses.models import Congress
from congress_app.elections import credential_queries, ruling_queries
from congress_app.elections.credential_classes import DelegateFacts, Head
from tests import builders


def a_mixed_congress() -> Congress:
    """Two who may be one person, loosely written; an outsider; rulings, one of them renewed."""
    congress = builders.a_congress()
    first = builders.a_unit("D1", congress.unit, kind="huyen", name="BHXH huyện Một")
    for name, unit in (
        ("Nguyễn Thị Quý", first),
        ("Trần An", first),
        ("Đ/c Nguyen Thi Quí", first),
    ):
        row = builders.a_delegate(congress, builders.a_person(name, unit, birth_year=1970))
        builders.a_ground(row, "Lãnh đạo", code="leaders")
    builders.a_ruling(row, "pending")
    builders.a_ruling(row, "valid")
    builders.a_delegate(congress, builders.a_person("Vũ Chi"), number=7)
    builders.a_delegate(congress, builders.a_person(unit=first), category="guest")
    builders.a_delegate(builders.a_congress())
    return congress


def head_of(one: DelegateFacts) -> Head:
    return Head(
        one.delegate_id,
        one.category,
        one.number,
        one.name,
        one.search_key,
        one.unit,
        one.delegation,
        one.ruling,
    )


def test_heads_are_those_of_the_whole_reading(app: Flask) -> None:
    congress = a_mixed_congress()
    whole = credential_queries.examined(congress)
    heads = ruling_queries.heads(congress)
    assert heads == [head_of(one) for one in whole]
    assert [(one.name, one.unit, one.ruling) for one in heads] == [
        ("Trần An", "BHXH huyện Một", None),
        ("Đ/c Nguyen Thi Quí", "BHXH huyện Một", "valid"),
        ("Nguyễn Thị Quý", "BHXH huyện Một", None),
        ("Vũ Chi", "Cơ quan ngoài ngành", None),
    ]


def test_a_page_tells_the_doubts_which_the_whole_list_tells(app: Flask) -> None:
    congress = a_mixed_congress()
    whole = credential_queries.examined(congress)
    doubts = credential_queries.doubts(congress, whole)
    heads = ruling_queries.heads(congress)
    for some in ([whole[0]], [whole[1]], whole[1:3], whole):
        keys = [one.delegate_id for one in some]
        people, points = ruling_queries.shown(congress, heads, keys)
        assert people == some
        assert points == {key: doubts[key] for key in keys if key in doubts}
    # The two spellings of one name were not only compared when both are on the page.
    assert len(doubts[whole[1].delegate_id]) == 1


def test_of_nobody_nothing_is_read(app: Flask) -> None:
    congress = a_mixed_congress()
    assert ruling_queries.shown(congress, ruling_queries.heads(congress), []) == ([], {})
