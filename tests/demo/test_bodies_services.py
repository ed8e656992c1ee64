"""Bodies and credentials of the small demonstration."""

from __future__ import annotations

from collections import Counter

import pytest
from flask import Flask
from sqlalchemy import select

from congress_app.congresses.models import Congress
from congress_app.database import db
from congress_app.delegates import committee_queries, committees
from congress_app.delegates.committee_models import CommitteeAdoption
from congress_app.delegates.committees import Body
from congress_app.elections import credential_queries, queries
from congress_app.units.models import Unit

pytestmark = pytest.mark.demonstration

FULL = {"presidium": 5, "secretariat": 3, "credentials": 5, "tellers": 7, "organising": 5}


@pytest.fixture
def province(app: Flask) -> Congress:
    return of_code("22")


def of_code(code: str) -> Congress:
    return db.session.scalars(select(Congress).join(Unit).where(Unit.code == code)).one()


def test_the_bodies_are_full_and_everybody_sits_in_one_by_his_post(province: Congress) -> None:
    for congress in (province, of_code("VN")):
        found = committee_queries.all_members(congress.id)
        assert {body: len(members) for body, members in found.items()} == FULL
        for members in found.values():
            assert [one.post for one in members].count("head") == 1
            assert members[0].post == "head"
            assert not any(one.has_left for one in members)
        workers = [
            one.person_id
            for body in (Body.SECRETARIAT, Body.CREDENTIALS, Body.TELLERS)
            for one in found[body]
        ]
        assert len(set(workers)) == len(workers)


def test_the_province_has_adopted_them_as_they_are(province: Congress) -> None:
    adopted = db.session.scalars(
        select(CommitteeAdoption).where(CommitteeAdoption.congress_id == province.id)
    ).all()
    assert {one.body for one in adopted} == set(FULL)
    for one in adopted:
        seats = committee_queries.seats(province.id, one.body)
        assert one.members == committee_queries.as_voted(seats)
    national = db.session.scalars(
        select(CommitteeAdoption.body).where(CommitteeAdoption.congress_id == of_code("VN").id)
    )
    assert list(national) == ["organising"]


def test_no_teller_stands(province: Congress) -> None:
    (election,) = queries.elections_of(province.id)
    tellers = committee_queries.person_ids(province.id, Body.TELLERS)
    standing = {one.person_id for one in election.candidates}
    assert committees.tellers_who_stand(tellers, standing) == []


def test_credentials_are_ruled_on_reported_and_recognised(province: Congress) -> None:
    rulings = credential_queries.latest_rulings(province.id)
    examined = credential_queries.examined(province)
    assert {one.delegate_id for one in examined} == set(rulings)
    counted = Counter(one.ruling for one in rulings.values())
    assert counted == {"valid": len(examined) - 1, "pending": 1}
    (kept,) = credential_queries.reports(province.id)
    assert kept.body["convened"] == len(examined)
    assert credential_queries.recognised(province.id) == kept
    assert credential_queries.reports(of_code("VN").id) == []
