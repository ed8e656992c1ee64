"""Replacing a delegate by a reserve, against a real database."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import func, select

from congress_app.audit.models import Entry as LogEntry
from congress_app.congresses.models import Congress
from congress_app.congresses.rulebook import Cap, Category, Duration, LevelRules
from congress_app.database import db
from congress_app.delegates import services, storing
from congress_app.delegates.models import Delegate, DelegationHead, Ground
from congress_app.delegates.registration import CapException, PersonFacts, Registration
from congress_app.kernel.errors import Conflict, RuleViolation
from congress_app.kernel.partial_date import PartialDate
from congress_app.kernel.permissions import system_actor
from congress_app.units.models import Unit
from tests import builders

ACTOR = system_actor("test")
EXCEPTION = CapException("Nguyễn Văn Trưởng", "Bổ sung theo chỉ đạo", "12/QĐ-BTC")


@pytest.fixture
def congress(app: Flask) -> Congress:
    """A provincial congress with a cap of three, guests counted, and two districts."""
    rules = LevelRules("Hội nghị", Cap(3), (Duration.HALF_DAY,))
    made = builders.a_congress(rules=builders.a_rulebook(upper_base=rules))
    builders.a_unit("D1", parent=made.unit, kind="huyen", name="BHXH huyện A")
    builders.a_unit("D2", parent=made.unit, kind="huyen", name="BHXH huyện B")
    return made


def unit(code: str) -> Unit:
    return db.session.scalars(select(Unit).where(Unit.code == code)).one()


def asked(name: str, place: Unit) -> Registration:
    person = PersonFacts(name, PartialDate(1980, 7, 5), unit_id=place.id)
    return Registration(person, Category.OFFICIAL)


def registered(congress: Congress, *names: str) -> list[Delegate]:
    place = unit("D1")
    return [services.register(congress, asked(name, place), actor=ACTOR) for name in names]


def log(action: str) -> list[LogEntry]:
    found = select(LogEntry).where(LogEntry.action == action).order_by(LogEntry.id)
    return list(db.session.scalars(found))


def test_a_reserve_is_nobody_who_is_not_asked_about(congress: Congress) -> None:
    made = registered(congress, "Lê An")[0]
    foreign = builders.a_person("Khuất Thu Huyền", unit("D2"), birth_year=1982)
    with pytest.raises(Conflict) as refused:
        services.replace(
            made, asked("Lê Bình", unit("D1")), reason="Ốm", actor=ACTOR, same_as=foreign.id
        )
    db.session.rollback()
    assert (refused.value.code, refused.value.details) == ("stale_answer", ())
    assert (made.state, foreign.full_name, foreign.birth_year) == (
        "nominated",
        "Khuất Thu Huyền",
        1982,
    )


def test_a_reserve_takes_delegation_place_and_state(congress: Congress) -> None:
    made = registered(congress, "Lê An", "Lê Bình", "Lê Chi")[0]
    made.state, made.category = "confirmed", "elected"
    db.session.add(
        DelegationHead(
            congress_id=congress.id, unit_id=made.delegation_unit_id, delegate_id=made.id
        )
    )
    db.session.commit()
    builders.an_allocation(congress, {unit("D1"): 1})
    new = services.replace(made, asked("Trần Dự", place=unit("D1")), reason="Ốm", actor=ACTOR)
    assert (new.category, new.state, new.delegation_unit_id) == (
        "elected",
        "confirmed",
        unit("D1").id,
    )
    assert (made.state, made.state_reason, made.replaced_by_id) == ("replaced", "Ốm", new.id)
    assert db.session.scalar(select(func.count(DelegationHead.id))) == 0
    assert log("delegate.replace")[0].changes == {
        "state": ["confirmed", "replaced"],
        "reason": "Ốm",
        "replaced_by": "Trần Dự",
    }


def test_an_excepted_place_is_handed_on_with_its_exception(congress: Congress) -> None:
    registered(congress, "Lê An", "Lê Bình", "Lê Chi")
    made = services.register(
        congress, asked("Lê Dung", place=unit("D1")), actor=ACTOR, exception=EXCEPTION
    )
    new = services.replace(made, asked("Trần Dự", place=unit("D1")), reason="Ốm", actor=ACTOR)
    assert storing.exception_of_row(new) == EXCEPTION


def test_a_place_given_up_is_asked_for_anew(congress: Congress) -> None:
    made = registered(congress, "Lê An")[0]
    made.state = "declined"
    db.session.commit()
    registered(congress, "Lê Bình", "Lê Chi", "Lê Dung")
    with pytest.raises(RuleViolation, match="3/3"):
        services.replace(made, asked("Trần Dự", place=unit("D1")), reason="Ốm", actor=ACTOR)
    new = services.replace(
        made,
        asked("Trần Dự", place=unit("D1")),
        reason="Ốm",
        actor=ACTOR,
        exception=EXCEPTION,
    )
    assert (new.state, made.state) == ("nominated", "replaced")


def test_an_elected_place_stays_in_its_delegation(congress: Congress) -> None:
    (made,) = registered(congress, "Lê An")
    made.category = "elected"
    db.session.commit()
    with pytest.raises(RuleViolation) as refused:
        services.replace(made, asked("Trần Dự", place=unit("D2")), reason="Ốm", actor=ACTOR)
    assert refused.value.code == "other_delegation"
    assert made.state == "nominated"


@pytest.mark.parametrize("state", ["withdrawn", "replaced"])
def test_who_has_no_place_cannot_hand_it_on(congress: Congress, state: str) -> None:
    (made,) = registered(congress, "Lê An")
    made.state = state
    db.session.commit()
    with pytest.raises(RuleViolation) as refused:
        services.replace(made, asked("Trần Dự", place=unit("D1")), reason="Ốm", actor=ACTOR)
    assert refused.value.code == "not_replaceable"


def test_replacing_needs_a_reason(congress: Congress) -> None:
    (made,) = registered(congress, "Lê An")
    with pytest.raises(RuleViolation) as refused:
        services.replace(made, asked("Trần Dự", place=unit("D1")), reason=" ", actor=ACTOR)
    assert refused.value.code == "reason_needed"
    assert db.session.scalar(select(func.count(Ground.id))) == 0
