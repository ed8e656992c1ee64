"""The list of congresses and the plan board as sheets: what the pages show, in their order."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from flask import Flask

from congress_app.congresses import queries
from congress_app.congresses.models import Congress
from congress_app.units.queries import unit_by_id
from tests.builders import a_congress, a_season, a_unit, the_root
from tests.congresses.seasons import a_country
from tests.sheets import rows_of, shown_rows


@pytest.fixture
def congresses(app: Flask) -> list[Congress]:
    season = a_season()
    days = {"An": date(2020, 7, 9), "Bình": date(2020, 6, 20), "Châu": None}
    return [
        a_congress(
            a_unit(parent=the_root(), name=f"BHXH tỉnh {name}"),
            season,
            held_on=day,
            state="draft" if day is None else "convened",
        )
        for name, day in days.items()
    ]


def test_the_list_has_the_rows_of_the_page_filtered_and_sorted(
    congresses: list[Congress], as_role: Any
) -> None:
    client = as_role("admin")
    for query in ("sort=-date", "sort=name&state=convened", "text=binh"):
        shown = shown_rows(client.get(f"/congresses/?{query}").text)
        rows = rows_of(client.get(f"/congresses/list.xlsx?{query}").data)
        assert [row[0] for row in rows] == [row[0] for row in shown]
        assert [row[5:7] for row in rows] == [tuple(row[2:4]) for row in shown]
    assert [(row[3].date(), row[4]) for row in rows] == [(date(2020, 6, 20), "Hội trường lớn")]


def test_the_board_has_the_rows_of_the_page_under_its_light(app: Flask, as_role: Any) -> None:
    country = a_country()
    places = {place.code: place for place in queries.places()}
    unit = unit_by_id(places["10"].id)
    a_congress(unit, country.season, held_on=date(2020, 7, 9))
    client = as_role("admin")
    for query in ("", "?light=overdue", "?light=planned", f"?unit={places['10'].id}"):
        page = client.get(f"/congresses/board{query}").text
        rows = rows_of(client.get(f"/congresses/board.xlsx{query}").data)
        shown = [[row[0], row[1].split(" trước")[0]] for row in shown_rows(page)]
        assert [[row[0], row[2]] for row in rows] == shown
        assert ("/congresses/board.xlsx?" in page) == bool(rows)
    first = rows_of(client.get("/congresses/board.xlsx").data)
    assert {row[0]: row[4] and row[4].date() for row in first} == {
        places["KCQ"].name: None,
        places["10"].name: date(2020, 7, 9),
    }


def test_a_list_reaches_no_further_than_its_page(congresses: list[Congress], as_role: Any) -> None:
    client = as_role("organiser", congresses[1].unit)
    assert len(rows_of(client.get("/congresses/list.xlsx").data)) == 1
