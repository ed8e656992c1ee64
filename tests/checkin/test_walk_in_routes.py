"""The supervisor's page for whoever is not on the list."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from congress_app.checkin.models import Presence
from congress_app.database import db
from congress_app.delegates.models import Delegate, Person
from congress_app.kernel.permissions import Role
from tests.checkin.hall import Hall, a_hall
from tests.conftest import AsRole, FrozenClock

GUEST = {
    "full_name": "Vũ Thị Hoa",
    "category": "guest",
    "organisation": "Ủy ban nhân dân tỉnh",
    "ground_text": "Đại diện lãnh đạo",
    "reason": "Đi thay theo giấy giới thiệu số 12",
}


@pytest.fixture
def hall(app: Flask, frozen_clock: FrozenClock) -> Hall:
    return a_hall()


@pytest.fixture
def supervisor(as_role: AsRole, hall: Hall) -> FlaskClient:
    return as_role(Role.SUPERVISOR, hall.congress.unit)


def path(hall: Hall) -> str:
    return f"/congresses/{hall.congress.id}/checkin/walk-in"


def newest() -> Delegate:
    return db.session.scalars(select(Delegate).order_by(Delegate.id.desc()).limit(1)).one()


def test_a_guest_is_let_in(supervisor: FlaskClient, hall: Hall) -> None:
    page = supervisor.post(path(hall), data=GUEST, follow_redirects=True).text
    assert "Đã ghi danh và cho vào: Vũ Thị Hoa, số 0006, mã thẻ " in page
    delegate = newest()
    assert (delegate.person.full_name, delegate.state) == ("Vũ Thị Hoa", "confirmed")
    present = db.session.scalars(select(Presence.delegate_id).where(Presence.is_present)).all()
    assert present == [delegate.id]


def test_an_official_of_a_unit_below(supervisor: FlaskClient, hall: Hall) -> None:
    form = GUEST | {"category": "official", "unit": "7902", "organisation": ""}
    assert supervisor.post(path(hall), data=form).status_code == 302
    assert newest().delegation_unit_id == hall.people["Dũng"].delegation_unit_id


def test_what_is_missing_is_told_and_nobody_is_registered(
    supervisor: FlaskClient, hall: Hall
) -> None:
    before = newest().id
    for missing in ("full_name", "ground_text", "reason", "organisation", "category"):
        answer = supervisor.post(path(hall), data=GUEST | {missing: ""})
        assert answer.status_code == 422, missing
    elected = supervisor.post(path(hall), data=GUEST | {"category": "elected", "unit": "7901"})
    assert (elected.status_code, newest().id) == (422, before)


def test_a_namesake_is_asked_about(supervisor: FlaskClient, hall: Hall) -> None:
    form = GUEST | {"full_name": "Nguyen Van An", "category": "official", "unit": "7901"}
    asked = supervisor.post(path(hall), data=form | {"organisation": ""})
    assert (asked.status_code, "Người này đã có trong hệ thống chưa?" in asked.text) == (409, True)
    other = supervisor.post(path(hall), data=form | {"organisation": "", "same_as": "0"})
    assert other.status_code == 302
    named = db.session.scalars(select(Person.full_name).where(Person.search_key == "nguyen van an"))
    assert sorted(named) == ["Nguyen Van An", "Nguyễn Văn An"]


def test_nobody_is_overwritten_at_the_door(supervisor: FlaskClient, hall: Hall) -> None:
    foreign = hall.people["Dũng"].person
    before, last = (foreign.full_name, foreign.birth_year, foreign.organisation), newest().id
    answer = supervisor.post(path(hall), data=GUEST | {"same_as": str(foreign.id)})
    assert answer.status_code == 409
    assert "Câu hỏi về “Vũ Thị Hoa” đã cũ" in answer.text
    assert 'name="same_as"' not in answer.text
    db.session.rollback()
    after = (foreign.full_name, foreign.birth_year, foreign.organisation)
    assert (after, newest().id) == (before, last)


def test_after_the_doors_the_reason_is_told(
    supervisor: FlaskClient, hall: Hall, frozen_clock: FrozenClock
) -> None:
    hall.session.doors_close_at = frozen_clock.now
    db.session.commit()
    answer = supervisor.post(path(hall), data=GUEST)
    assert answer.status_code == 422
    assert "Chưa ghi danh ai, vì cửa chưa nhận được" in answer.text
    assert "Vũ Thị Hoa" in answer.text


def test_a_steward_may_not(as_role: AsRole, hall: Hall) -> None:
    steward = as_role(Role.CHECKIN, hall.congress.unit)
    assert [steward.get(path(hall)).status_code, steward.post(path(hall)).status_code] == [403, 403]
