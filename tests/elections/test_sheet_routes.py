"""Elections and the lists from below as sheets: what the pages show, in their order."""

from __future__ import annotations

from typing import Any

from flask import Flask

from tests import builders
from tests.sheets import rows_of, shown_rows


def test_elections_are_those_of_the_page(app: Flask, as_role: Any) -> None:
    first = builders.an_election(number=1)
    builders.an_election(first.congress, number=2, state="certified", seats=2)
    client, base = as_role("admin"), f"/congresses/{first.congress_id}"
    shown = shown_rows(client.get(f"{base}/elections").text)
    rows = rows_of(client.get(f"{base}/elections.xlsx").data)
    assert [[f"Bầu cử lần {n}", to, str(k), state] for n, to, k, state in rows] == shown
    assert sorted((row[0], row[2]) for row in rows) == [(1, 3), (2, 2)]


def test_lists_from_below_are_those_of_the_page(app: Flask, as_role: Any) -> None:
    election = builders.an_election(number=1, state="certified")
    candidate = builders.a_candidate(election, builders.a_person(unit=election.congress.unit))
    builders.a_round(election)
    builders.an_elected_place(election, candidate)
    client, base = as_role("admin"), f"/congresses/{election.target_id}"
    (shown,) = shown_rows(client.get(f"{base}/arrivals").text)
    (row,) = rows_of(client.get(f"{base}/arrivals.xlsx").data)
    assert [row[0], row[2], str(row[3])] == shown[:3]
    assert (row[:3], row[4]) == ((election.congress.name, 1, "Đã bầu, chưa gửi"), None)


def test_candidates_are_those_of_the_page(app: Flask, as_role: Any) -> None:
    election = builders.an_election(number=1)
    person = builders.a_person("Lê Ý", unit=election.congress.unit)
    builders.a_candidate(election, person)
    client = as_role("admin")
    address = f"/congresses/{election.congress_id}/elections/{election.id}"
    assert f'href="{address}/candidates.xlsx"' in client.get(address).text
    (row,) = rows_of(client.get(f"{address}/candidates.xlsx").data)
    assert (row[0], row[3], row[6]) == ("Lê Ý", election.congress.unit.name, "Trong danh sách")


def test_the_elected_are_those_of_the_page(app: Flask, as_role: Any) -> None:
    election = builders.an_election(number=1, state="certified")
    person = builders.a_person("Lê Ý", unit=election.congress.unit)
    builders.a_round(election)
    candidate = builders.a_candidate(election, person)
    place = builders.an_elected_place(election, candidate, role="delegate", position=1)
    client = as_role("admin")
    address = f"/congresses/{election.congress_id}/elections/{election.id}"
    for page in (address, f"{address}/upward"):
        assert f'href="{address}/elected.xlsx"' in client.get(page).text
    (row,) = rows_of(client.get(f"{address}/elected.xlsx").data)
    assert (row[0], row[3], row[5]) == ("Lê Ý", election.congress.unit.name, None)
    assert row[6:] == (1, place.votes)
