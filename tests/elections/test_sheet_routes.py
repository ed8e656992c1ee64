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


def test_of_people_of_other_units_a_part_reads_neither_day_of_birth_nor_reason(
    app: Flask, as_role: Any
) -> None:
    election = builders.an_election(number=1)
    own, other = (builders.a_unit(parent=election.congress.unit) for _ in range(2))
    builders.a_round(election)
    for name, unit in (("Lê An", own), ("Trần Bình", other)):
        person = builders.a_person(name, unit=unit, birth_year=1981, birth_month=3, birth_day=9)
        builders.a_candidate(election, person, state="withdrawn", reason=f"Riêng của {name}")
    candidates = sorted(election.candidates, key=lambda one: one.id)
    builders.an_elected_place(election, candidates[1])
    base = f"/congresses/{election.congress_id}/elections/{election.id}"
    registrar, whole = as_role("registrar", own), as_role("viewer", election.congress.unit)

    def told(client: Any) -> tuple[Any, ...]:
        rows = rows_of(client.get(f"{base}/candidates.xlsx").data)
        (place,) = rows_of(client.get(f"{base}/elected.xlsx").data)
        page = client.get(base).text
        shown = "Riêng của Trần Bình" in page, page.count("09/03/1981")
        return [(row[0], str(row[1])[:10], row[7]) for row in rows], str(place[1])[:10], shown

    assert told(registrar) == (
        [("Lê An", "1981-03-09", "Riêng của Lê An"), ("Trần Bình", "1981", None)],
        "1981",
        (False, 1),
    )
    assert told(whole) == (
        [
            ("Lê An", "1981-03-09", "Riêng của Lê An"),
            ("Trần Bình", "1981-03-09", "Riêng của Trần Bình"),
        ],
        "1981-03-09",
        (True, 3),
    )
