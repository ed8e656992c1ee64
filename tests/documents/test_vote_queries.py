"""Papers about a vote name those who were voted on."""

from __future__ import annotations

from flask import Flask

from congress_app.database import transaction
from congress_app.documents import vote_queries
from tests.elections.voting import a_list, counted


def test_a_paper_about_a_count_names_who_was_counted(app: Flask) -> None:
    election = a_list(seats=1, names=2)
    counted(election, [90, 10])
    people = [one.person for one in sorted(election.candidates, key=lambda one: one.id)]
    before = {(one.full_name, str(one.birth_year)) for one in people}
    with transaction():
        people[0].full_name, people[0].birth_year = "Kẻ Mạo Danh", 1955
    told = vote_queries.election_of(election.congress)
    assert told is not None
    assert {(one.name, one.born) for one in told.candidates} == before
    assert sorted((one.votes, one.elected) for one in told.candidates) == [(10, False), (90, True)]


def test_a_ballot_to_come_names_the_person_of_today(app: Flask) -> None:
    election = a_list(seats=1, names=2)
    with transaction():
        election.candidates[0].person.full_name = "Lê Thị Sửa"
    told = vote_queries.election_of(election.congress)
    assert told is not None
    assert "Lê Thị Sửa" in [one.name for one in told.candidates]
