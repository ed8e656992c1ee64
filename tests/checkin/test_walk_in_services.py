"""Registered, badged and admitted in one act, or not at all."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import func, select

from congress_app.badges.models import Badge
from congress_app.checkin import walk_in_services
from congress_app.checkin.decision import Outcome
from congress_app.checkin.intake import Door
from congress_app.checkin.models import Presence, Scan
from congress_app.congresses.presets import GUIDANCE_2020
from congress_app.congresses.rulebook import Cap, Category, to_json
from congress_app.database import db, transaction
from congress_app.delegates.models import Delegate
from congress_app.delegates.registration import GroundFacts, PersonFacts, Registration
from congress_app.kernel.errors import Conflict, RuleViolation
from congress_app.kernel.permissions import system_actor
from tests.builders import a_delegate, a_person
from tests.checkin.hall import Hall, a_hall
from tests.conftest import FrozenClock

ACTOR = system_actor("Chị Lan")
GUEST = Registration(
    PersonFacts("Vũ Thị Hoa", organisation="Ủy ban nhân dân tỉnh", position="Phó Chủ tịch"),
    Category.GUEST,
    (GroundFacts("Đại diện Ủy ban nhân dân tỉnh", "people_committee"),),
)


@pytest.fixture
def hall(app: Flask, frozen_clock: FrozenClock) -> Hall:
    return a_hall()


def counts() -> tuple[int, int, int]:
    return (
        db.session.scalar(select(func.count(Delegate.id))) or 0,
        db.session.scalar(select(func.count(Badge.id))) or 0,
        db.session.scalar(select(func.count(Scan.id))) or 0,
    )


def test_a_guest_is_registered_badged_and_inside(hall: Hall) -> None:
    waiting = a_delegate(hall.congress, a_person())
    done = walk_in_services.walk_in(hall.congress, GUEST, "đi thay", actor=ACTOR)
    delegate = done.delegate
    assert (delegate.state, delegate.number, delegate.category) == ("confirmed", 6, "guest")
    assert (done.answer.verdict, len(done.badge_code)) == (Outcome.ACCEPTED, 17)
    row = db.session.scalars(select(Presence)).one()
    assert (row.delegate_id, row.is_present) == (delegate.id, True)
    scan = db.session.scalars(select(Scan)).one()
    assert (scan.source, scan.operator) == ("manual", "Chị Lan")
    badged = select(func.count(Badge.id)).where(Badge.delegate_id == waiting.id)
    assert db.session.scalar(badged) == 0


def test_at_a_supervisors_device_its_gate_is_written(hall: Hall) -> None:
    door = Door(hall.congress.id, 7, "Máy giám sát", gate="Cửa B", operator="Anh Tú")
    walk_in_services.walk_in(hall.congress, GUEST, "đi thay", actor=ACTOR, door=door)
    scan = db.session.scalars(select(Scan)).one()
    assert (scan.device_id, scan.gate, scan.operator) == (7, "Cửa B", "Anh Tú")


def test_the_cap_holds_and_nothing_is_half_done(hall: Hall) -> None:
    full = replace(GUIDANCE_2020.level("upper_base"), cap=Cap(5))
    with transaction():
        hall.congress.rules = to_json(GUIDANCE_2020.with_level("upper_base", full))
    before = counts()
    with pytest.raises(RuleViolation) as raised:
        walk_in_services.walk_in(hall.congress, GUEST, "đi thay", actor=ACTOR)
    assert raised.value.code == "over_cap"
    assert counts() == before


def test_without_an_open_door_nobody_is_registered(hall: Hall, frozen_clock: FrozenClock) -> None:
    frozen_clock.advance(hours=9)
    before = counts()
    with pytest.raises(RuleViolation) as raised:
        walk_in_services.walk_in(hall.congress, GUEST, "đi thay", actor=ACTOR)
    assert raised.value.code == "walk_in_refused"
    assert "Hiện không có phiên nào mở cửa" in str(raised.value)
    assert counts() == before


@pytest.mark.parametrize(
    ("registration", "reason"),
    [
        (replace(GUEST, category=Category.ELECTED), "đi thay"),
        (replace(GUEST, grounds=()), "đi thay"),
        (GUEST, "  "),
    ],
    ids=["elected", "without ground", "without reason"],
)
def test_what_a_door_may_not_do(hall: Hall, registration: Registration, reason: str) -> None:
    with pytest.raises(RuleViolation) as raised:
        walk_in_services.walk_in(hall.congress, registration, reason, actor=ACTOR)
    assert raised.value.code == "not_for_walk_in"


def test_who_is_on_the_list_is_not_registered_again(hall: Hall) -> None:
    walk_in_services.walk_in(hall.congress, GUEST, "đi thay", actor=ACTOR)
    before = counts()
    with pytest.raises(Conflict):
        walk_in_services.walk_in(hall.congress, GUEST, "đi thay", actor=ACTOR)
    assert counts() == before
