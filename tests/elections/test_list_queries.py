"""The lists of a certified election name who was counted, whoever is stored today."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from openpyxl import load_workbook

from congress_app.database import transaction
from congress_app.delegates.models import Person
from congress_app.elections import certify_services, list_queries
from congress_app.elections.acts import Certifying
from congress_app.elections.models import Election
from tests.elections.voting import CHAIR, a_list, counted

NEW = "Kẻ Mạo Danh"
ADDRESSES = ("", "/rounds/1", "/rounds/1/minutes", "/upward")
SHEETS = ("/elected.xlsx", "/candidates.xlsx", "/rounds/1/result.xlsx")


@pytest.fixture
def election(app: Flask) -> Election:
    """Counted: two of three were elected."""
    made = a_list(seats=2, names=3)
    counted(made, [90, 80, 10])
    return made


def certified(election: Election) -> Election:
    presidium = Certifying("Đồng chí Trần Thị Chủ tịch", "05/BB-HN")
    certify_services.certify(election, presidium, version=election.version, actor=CHAIR)
    return election


def renamed(election: Election) -> tuple[Person, str, int]:
    """The first candidate under another name, whatever should have kept that away."""
    first = min(election.candidates, key=lambda one: one.id)
    before = first.person.full_name
    with transaction():
        first.person.full_name, first.person.birth_year = NEW, 1955
    return first.person, before, first.id


def text_of(answer: Any) -> str:
    sheet = load_workbook(BytesIO(answer.data)).worksheets[0]
    return "\n".join(str(cell) for row in sheet.values for cell in row)


def test_every_list_of_a_certified_election_names_the_same(
    election: Election, as_role: Any
) -> None:
    certified(election)
    _person, before, candidate_id = renamed(election)
    organiser = as_role("organiser")
    start = f"/congresses/{election.congress_id}/elections/{election.id}"
    for address in ADDRESSES:
        page = organiser.get(start + address).text
        assert (before in page, "1955" in page) == (True, False), address
        # Where the list is sent on, the other name stands beside.
        assert (NEW in page) is (address == "/upward"), address
    for address in SHEETS:
        told = text_of(organiser.get(start + address))
        assert (before in told, NEW in told, "1955" in told) == (True, False, False), address
    assert list_queries.renamed(election, election.candidates) == {candidate_id: NEW}


def test_before_that_the_person_of_today_stands(election: Election) -> None:
    _person, before, candidate_id = renamed(election)
    told = list_queries.shown(election, election.candidates)
    assert told[candidate_id].name == NEW != before
    assert list_queries.renamed(election, election.candidates) == {}
