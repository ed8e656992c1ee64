"""The small demonstration keeps every rule it shows, and real data is never touched."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from congress_app.accounts.models import User
from congress_app.badges import token
from congress_app.badges.models import Badge
from congress_app.checkin import log_queries
from congress_app.congresses import queries as congress_queries
from congress_app.congresses.models import Congress
from congress_app.database import db
from congress_app.delegates import delegation_queries, intake_queries
from congress_app.delegates.models import Delegate, Person
from congress_app.demo import queries, services
from congress_app.demo.sizes import Size
from congress_app.kernel import clock
from congress_app.kernel.errors import Conflict
from congress_app.kernel.permissions import Role, system_actor
from congress_app.programme.models import Session
from congress_app.quota import queries as quota_queries
from congress_app.units.models import Unit
from tests import builders


@pytest.fixture
def loaded(app: Flask) -> list[services.Account]:
    return services.load(Size.SMALL, 1, actor=system_actor())


def congress_of(code: str) -> Congress:
    found = db.session.scalar(select(Congress).join(Unit).where(Unit.code == code))
    assert found is not None
    return found


def test_there_is_one_account_a_role_and_two_to_count_ballots(
    loaded: list[services.Account],
) -> None:
    assert [(one.role, one.username) for one in loaded] == [
        ("admin", "admin"),
        ("organiser", "organiser"),
        ("registrar", "registrar"),
        ("secretary", "secretary"),
        ("teller", "teller"),
        ("teller", "teller2"),
        ("checkin", "checkin"),
        ("supervisor", "supervisor"),
        ("viewer", "viewer"),
    ]
    places = dict(
        db.session.execute(select(User.username, Unit.code).join(User.grants).join(Unit)).all()
    )
    assert places == {role.value: "VN" for role in Role} | {"registrar": "22", "teller2": "VN"}


def test_accounts_sign_in_with_the_password_alone(
    loaded: list[services.Account], app: Flask
) -> None:
    for one in loaded:
        client = app.test_client()
        data = {"username": one.username, "password": one.password}
        assert client.post("/sign-in", data=data).status_code == 302
        assert client.get("/", follow_redirects=True).status_code == 200


@pytest.mark.demonstration
def test_caps_and_quotas_hold_and_there_is_room(app: Flask) -> None:
    for code, limit in (("22", 300), ("KCQ", 350), ("VN", 500)):
        congress = congress_of(code)
        cap = intake_queries.cap_status(congress)
        assert cap.limit == limit
        assert (cap.left or 0) >= 20
        within = (congress.unit.path,)
        over = [
            one.code
            for one in delegation_queries.delegations(congress, within=within)
            if (one.left or 0) < 0
        ]
        assert over == []
        assert quota_queries.seats_of(congress.id) is not None


def test_one_door_is_open_for_a_day(loaded: list[services.Account]) -> None:
    # Loaded now, unlike the demonstration other tests begin with: the door follows the clock.
    now = clock.now()
    at = [now, now + timedelta(hours=12), now + timedelta(hours=24)]
    for moment in at:
        opened = db.session.scalars(
            select(Session).where(Session.doors_open_at <= moment, Session.doors_close_at > moment)
        ).all()
        assert [session.congress.unit.code for session in opened] == ["22"]


@pytest.mark.demonstration
def test_everybody_with_a_badge_there_gets_in(app: Flask) -> None:
    rows = db.session.execute(
        select(Badge.code, Delegate.state)
        .join(Badge.delegate)
        .where(Delegate.congress_id == congress_of("22").id)
    ).all()
    assert {row.state for row in rows} == {"confirmed"}
    assert [row.code for row in rows if token.read(row.code).code != row.code] == []


@pytest.mark.demonstration
def test_base_conferences_are_counted_and_over_but_for_those_still_electing(app: Flask) -> None:
    rows = db.session.execute(
        select(Congress.state, Congress.attendance, Unit.headcount, Unit.code)
        .join(Unit, Congress.unit_id == Unit.id)
        .where(Congress.level == "base")
    ).all()
    assert {row.code for row in rows if row.state != "closed"} == {"22-12", "22-13", "KCQ-HTQT"}
    assert {row.state for row in rows} == {"closed", "open"}
    assert [row for row in rows if not 0 < row.attendance <= row.headcount] == []


@pytest.mark.demonstration
def test_congresses_lead_upwards(app: Flask) -> None:
    season = congress_queries.season_by_key("2020")
    assert season is not None
    assert congress_queries.missing_links(season) == {}
    assert congress_queries.unplanned(season, within=("/",)) == {
        "base": [],
        "upper_base": [],
        "national": [],
    }


def test_the_same_seed_makes_the_same_people_and_another_does_not(app: Flask) -> None:
    def names(seed: int) -> list[str]:
        services.load(Size.SMALL, seed, actor=system_actor())
        return list(db.session.scalars(select(Person.full_name).order_by(Person.id)))

    first, again, other = names(1), names(1), names(2)
    assert first == again
    assert first != other


@pytest.mark.demonstration
def test_a_demonstration_takes_the_place_of_an_earlier_one(app: Flask) -> None:
    services.load(Size.SMALL, 9, actor=system_actor())
    counted = Counter(db.session.scalars(select(Congress.level)))
    assert counted == {"base": 30, "upper_base": 2, "national": 1}


def test_a_real_unit_is_left_alone(app: Flask) -> None:
    builders.a_unit("VN", kind="nganh")
    nothing_is_loaded()


@pytest.mark.demonstration
@pytest.mark.parametrize("real", ["user", "congress"])
def test_real_data_beside_a_demonstration_is_left_alone(app: Flask, real: str) -> None:
    if real == "user":
        builders.a_user(Role.ADMIN)
    else:
        builders.a_congress(congress_of("22-VP").unit)
    nothing_is_loaded()


def nothing_is_loaded() -> None:
    before = db.session.scalar(select(func.count(Unit.id)))
    with pytest.raises(Conflict) as caught:
        services.load(Size.SMALL, 1, actor=system_actor())
    assert caught.value.code == "real_data"
    assert db.session.scalar(select(func.count(Unit.id))) == before
    assert queries.holds_real_data()


@pytest.mark.demonstration
def test_the_scan_log_and_the_presence_agree(app: Flask) -> None:
    for congress in db.session.scalars(select(Congress).where(Congress.level != "base")):
        assert log_queries.verify(congress.id).mismatches == ()


@pytest.mark.demonstration
def test_rows_written_later_get_free_keys(app: Flask) -> None:
    unit = builders.a_unit("X1", parent=builders.the_root(), kind="tinh")
    person = builders.a_person("Nguyễn Văn Mới", unit)
    assert builders.a_delegate(congress_of("VN"), person).id > 0
