"""Delegations and bodies as sheets: what the pages show, in their order."""

from __future__ import annotations

from typing import Any

from flask import Flask

from tests.builders import a_congress, a_person, a_unit
from tests.builders.credentials import a_seat
from tests.builders.people import a_delegate
from tests.sheets import rows_of, shown_rows


def test_delegations_are_those_of_the_page_with_whole_numbers(app: Flask, as_role: Any) -> None:
    congress = a_congress()
    for name in ("Phòng Một", "Phòng Hai"):
        place = a_unit(parent=congress.unit, kind="phong", name=name)
        a_delegate(congress, a_person(f"Lê {name}", place), category="elected")
    a_delegate(congress, a_person("Bà Khách", None, organisation="Báo"), category="guest")
    client = as_role("organiser", congress.unit)
    page = client.get(f"/congresses/{congress.id}/delegations").text
    rows = rows_of(client.get(f"/congresses/{congress.id}/delegations.xlsx").data)
    assert f"/congresses/{congress.id}/delegations.xlsx" in page
    assert [row[0] for row in rows] == [row[0] for row in shown_rows(page)]
    assert rows == [
        ("Phòng Một", None, 1, None, 0, 0, 1, 1),
        ("Phòng Hai", None, 1, None, 0, 0, 1, 1),
        ("Ngoài ngành", None, 0, None, 0, 1, 1, 1),
    ]


def test_a_body_is_taken_as_its_tab_shows_it(app: Flask, as_role: Any) -> None:
    congress = a_congress()
    delegate = a_delegate(congress, a_person("Lê An", congress.unit, position="Trưởng phòng"))
    a_seat(congress, delegate, body="tellers")
    a_seat(congress, body="presidium", full_name="Đỗ Bình")
    client = as_role("viewer", congress.unit)
    query = "?body=tellers"
    shown = shown_rows(client.get(f"/congresses/{congress.id}/committees{query}").text)
    rows = rows_of(client.get(f"/congresses/{congress.id}/committees.xlsx{query}").data)
    assert [[str(row[0]), *row[1:]] for row in rows] == [row[:4] for row in shown]
    assert [row[1:3] for row in rows] == [
        ("Lê An", f"Trưởng phòng, {congress.unit.name}"),
    ]
