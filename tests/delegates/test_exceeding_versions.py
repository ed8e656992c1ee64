"""A version that gives a unit fewer seats than were elected is approved knowingly or not."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from congress_app.audit.models import Entry
from congress_app.database import db, transaction
from congress_app.delegates.models import Delegate
from congress_app.kernel.errors import RuleViolation
from congress_app.quota import exceeding_queries, queries, services
from congress_app.quota.exceeding import Exceeding
from tests import builders
from tests.quota.season import ACTOR, TEN, Country, a_country


@pytest.fixture
def country(app) -> Country:
    """C has one seat by the version proposed, and two elected."""
    made = a_country()
    services.propose(made.national, TEN, actor=ACTOR)
    for _ in range(2):
        elect(made)
    return made


def elect(country: Country, code: str = "C") -> Delegate:
    unit = country.units[code]
    person = builders.a_person(unit=unit)
    return builders.a_delegate(
        country.national, person, category="elected", delegation_unit_id=unit.id
    )


def proposed(country: Country):
    return queries.version(country.national.id, 1)


def told(action: str) -> list[dict]:
    return list(db.session.scalars(select(Entry.changes).where(Entry.action == action)))


def at(country, page):
    return f"/congresses/{country.national.id}/quota/1/{page}"


def plain(answer):
    main = answer.text.partition("<main")[2].partition("</main")[0]
    return " ".join(re.sub(r"<[^>]*>", " ", main).split())


def test_units_are_found_with_and_without_a_line(country) -> None:
    district = country.units["A1"]
    builders.a_delegate(
        country.national,
        builders.a_person(unit=district),
        category="elected",
        delegation_unit_id=district.id,
    )
    builders.a_delegate(country.national, category="elected", delegation_unit_id=None)
    elect(country, "B").state = "withdrawn"
    unit = country.units["C"]
    assert exceeding_queries.exceeding(proposed(country)) == [
        Exceeding(district.id, district.name, 1, 0),
        Exceeding(unit.id, "Tỉnh C", 2, 1),
    ]


def test_a_version_is_not_approved_without_a_word_about_them(country) -> None:
    allocation = proposed(country)
    with pytest.raises(RuleViolation) as caught:
        services.approve(country.national, allocation, "1/QĐ", 1, actor=ACTOR)
    assert caught.value.code == "elected_over_seats"
    assert (allocation.state, told("quota.approve")) == ("proposed", [])


def test_what_was_known_stands_in_the_log_and_nobody_loses_the_place(country) -> None:
    allocation, known = proposed(country), {country.units["C"].id: 2}
    services.approve(country.national, allocation, "1/QĐ", 1, known=known, actor=ACTOR)
    exceeded = {"exceeded": {"Tỉnh C": "2/1"}}
    assert told("quota.approve") == [
        {"number": 1, "document": "1/QĐ", "replaces": None, **exceeded}
    ]
    with pytest.raises(RuleViolation) as caught:
        services.publish(country.national, allocation, actor=ACTOR)
    assert caught.value.code == "elected_over_seats"
    services.publish(country.national, allocation, known=known, actor=ACTOR)
    assert told("quota.publish") == [{"number": 1, **exceeded}]
    states = db.session.scalars(select(Delegate.state)).all()
    assert states == ["confirmed", "confirmed"]


def test_the_review_asks_for_the_tick_and_the_approval_waits_for_it(country, as_role) -> None:
    organiser, unit = as_role("organiser"), country.units["C"]
    page = organiser.get(at(country, "review"))
    assert 'name="knows_exceeding"' in page.text
    assert f'name="exceeding_shown" type="hidden" value="{unit.id}:2"' in page.text
    typed = {"document": "1/QĐ", "version": "1", "exceeding_shown": f"{unit.id}:2"}
    refused = organiser.post(at(country, "approve"), data=typed)
    assert refused.status_code == 422
    assert "Tỉnh C: đã bầu 2, được 1 suất, vượt 1" in plain(refused)
    assert 'value="1/QĐ"' in refused.text
    answer = organiser.post(at(country, "approve"), data={**typed, "knows_exceeding": "y"})
    assert (answer.status_code, proposed(country).state) == (302, "approved")


def test_a_tick_for_fewer_than_are_elected_now_is_asked_for_again(country, as_role) -> None:
    organiser, unit = as_role("organiser"), country.units["C"]
    elect(country)
    typed = {"document": "1/QĐ", "version": "1", "knows_exceeding": "y"}
    typed["exceeding_shown"] = f"{unit.id}:2"
    refused = organiser.post(at(country, "approve"), data=typed)
    assert refused.status_code == 422
    assert f'value="{unit.id}:3"' in refused.text
    assert not re.search(r'<input[^>]*checked[^>]*name="knows_exceeding"', refused.text)


def test_publishing_asks_as_well(country, as_role) -> None:
    organiser, unit = as_role("organiser"), country.units["C"]
    known = {unit.id: 2}
    services.approve(country.national, proposed(country), "1/QĐ", 1, known=known, actor=ACTOR)
    asked = organiser.post(at(country, "publish"))
    assert asked.status_code == 422
    assert "Tỉnh C: đã bầu 2, được 1 suất, vượt 1" in plain(asked)
    typed = {"knows_exceeding": "y", "exceeding_shown": f"{unit.id}:2"}
    assert organiser.post(at(country, "publish"), data=typed).status_code == 302
    assert proposed(country).state == "published"


def test_a_version_that_nobody_exceeds_asks_for_nothing(country, as_role) -> None:
    with transaction():
        for delegate in db.session.scalars(select(Delegate)):
            delegate.state = "withdrawn"
    organiser = as_role("organiser")
    assert "knows_exceeding" not in organiser.get(at(country, "review")).text
    typed = {"document": "1/QĐ", "version": "1"}
    assert organiser.post(at(country, "approve"), data=typed).status_code == 302
    assert organiser.post(at(country, "publish")).status_code == 302
