"""A ruling does not pass over to whoever the delegate is made to be afterwards."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from congress_app.congresses.models import Congress
from congress_app.congresses.rulebook import Category
from congress_app.delegates import services, storing
from congress_app.delegates.models import Delegate
from congress_app.delegates.registration import Registration
from congress_app.elections import (
    credential_queries,
    credential_services,
    presence_queries,
    ruling_queries,
    upward_queries,
    upward_services,
)
from congress_app.elections.credential_doubts import IDENTITY_CHANGED, Doubt, Ruling
from congress_app.elections.credential_services import Decision
from congress_app.kernel.permissions import system_actor
from tests import builders

ACTOR = system_actor("test")


@pytest.fixture
def congress(app: Flask) -> Congress:
    return builders.a_congress()


def ruled(congress: Congress, ruling: str) -> Delegate:
    row = builders.a_delegate(congress, builders.a_person("Lê Thị Phương", congress.unit))
    builders.a_ground(row)
    builders.a_ruling(row, ruling)
    return row


def exchange(row: Delegate, **facts: object) -> None:
    values = {name: getattr(row.person, name) for name in ("sex", "unit_id", "position")}
    person = storing.facts_of_row(row.person)
    changed = type(person)(
        **{"full_name": person.full_name, "birth": person.birth} | values | facts  # type: ignore[arg-type]
    )
    asked = Registration(changed, Category(row.category))
    services.edit(row, asked, version=row.version, actor=ACTOR, reason="Ghi sai")


def standing(congress: Congress) -> list[tuple[str | None, str | None, bool]]:
    heads = [one.ruling for one in ruling_queries.heads(congress)]
    people = credential_queries.examined(congress)
    assert [one.ruling for one in people] == heads
    return [(one.ruling, one.reason, one.identity_changed) for one in people]


def test_valid_is_open_again_until_the_committee_rules_anew(congress: Congress) -> None:
    row = ruled(congress, "valid")
    exchange(row, position="Giám đốc")
    assert standing(congress) == [("valid", None, False)]
    exchange(row, full_name="Người Thế Chỗ")
    assert standing(congress) == [("pending", IDENTITY_CHANGED, True)]
    points = credential_queries.doubts(congress, credential_queries.examined(congress))
    assert [point.doubt for point in points[row.id]] == [Doubt.IDENTITY]
    last = credential_queries.latest_rulings(congress.id)[row.id]
    anew = Decision(Ruling.VALID, "Lê Thị Ban")
    credential_services.decide(congress, row.id, anew, seen=last.id, actor=ACTOR)
    assert standing(congress) == [("valid", None, False)]


def test_who_was_not_qualified_becomes_no_voter_by_it(congress: Congress) -> None:
    row = ruled(congress, "not_qualified")
    exchange(row, full_name="Người Thế Chỗ")
    assert standing(congress) == [("not_qualified", "thiếu biên bản bầu", True)]
    assert presence_queries.voter_ids(congress.id) == frozenset()


def test_the_committees_page_says_so(congress: Congress, as_role: Any) -> None:
    row = ruled(congress, "valid")
    exchange(row, full_name="Người Thế Chỗ")
    secretary = as_role("secretary", congress.unit)
    listed = secretary.get(f"/congresses/{congress.id}/credentials/delegates?doubt=identity").text
    assert ("Người Thế Chỗ" in listed, IDENTITY_CHANGED in listed) == (True, True)
    one = secretary.get(f"/congresses/{congress.id}/credentials/delegates/{row.id}").text
    assert ("Còn xem xét" in one, IDENTITY_CHANGED in one) == (True, True)


@pytest.mark.parametrize(
    ("state", "ruling", "after"),
    [
        ("declined", "valid", ("pending", IDENTITY_CHANGED, True)),
        ("withdrawn", "valid", ("pending", IDENTITY_CHANGED, True)),
        ("declined", "not_qualified", ("not_qualified", "thiếu biên bản bầu", True)),
    ],
)
def test_who_gave_his_place_up_and_is_elected_is_ruled_on_anew(
    app: Flask, state: str, ruling: str, after: tuple[str, str, bool]
) -> None:
    election = builders.a_certified_election(1, 0)
    (place,) = upward_queries.elected_places(election.id)
    row = builders.a_delegate(election.target, place.candidate.person, state=state)
    builders.a_ruling(row, ruling)
    sent = upward_services.send(election, actor=ACTOR)
    upward_services.accept(sent, convene=True, version=sent.version, actor=ACTOR)
    assert (row.category, row.state) == ("elected", "convened")
    assert standing(election.target) == [after]


def test_who_comes_back_as_what_he_was_keeps_his_ruling(app: Flask) -> None:
    election = builders.a_certified_election(1, 0)
    (place,) = upward_queries.elected_places(election.id)
    held = {"state": "withdrawn", "category": "elected"}
    builders.a_ruling(builders.a_delegate(election.target, place.candidate.person, **held))
    sent = upward_services.send(election, actor=ACTOR)
    upward_services.accept(sent, convene=True, version=sent.version, actor=ACTOR)
    assert standing(election.target) == [("valid", None, False)]


def test_a_change_made_at_another_congress_is_seen_too(congress: Congress) -> None:
    row = ruled(congress, "valid")
    other = builders.a_delegate(builders.a_congress(congress.unit), row.person)
    exchange(other, sex="F")
    assert standing(congress) == [("pending", IDENTITY_CHANGED, True)]
