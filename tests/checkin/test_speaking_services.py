"""The list of speakers on a real database."""

from __future__ import annotations

import pytest
from flask import Flask

from congress_app.checkin import speaking_queries, speaking_services
from congress_app.checkin.speaking_models import SpeakingTurn
from congress_app.database import db
from congress_app.kernel.errors import RuleViolation
from congress_app.kernel.permissions import system_actor
from tests.checkin.hall import Hall, a_hall
from tests.conftest import FrozenClock

ACTOR = system_actor("Chị Lan")


@pytest.fixture
def hall(app: Flask, frozen_clock: FrozenClock) -> Hall:
    """An, Bình, Chi and Dũng are in the hall, the guest Giang is not."""
    made = a_hall()
    for name in ("An", "Bình", "Chi", "Dũng"):
        made.scan(name)
    return made


def enter(hall: Hall, text: str, queue: int = 1) -> SpeakingTurn:
    return speaking_services.enter(hall.congress, hall.session, text, queue, actor=ACTOR)


def call(hall: Hall) -> str:
    turn = speaking_services.call_next(hall.congress, hall.session, actor=ACTOR)
    return turn.delegate.person.full_name


def waiting(hall: Hall) -> list[tuple[str, int | None]]:
    db.session.expire_all()
    listed = speaking_queries.speakers_list(hall.session.id)
    return [(each.turn.delegate.person.full_name, each.place) for each in listed.waiting]


def test_entered_by_badge_by_number_and_by_name(hall: Hall) -> None:
    enter(hall, hall.codes["An"])
    enter(hall, "2")
    enter(hall, "pham dung")
    assert waiting(hall) == [("Nguyễn Văn An", 1), ("Trần Thị Bình", 2), ("Phạm Dũng", 3)]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("5", "not_present"),
        ("99", "nobody_meant"),
        ("0000 0000 0000 00000", "nobody_meant"),
        ("!!", "nobody_meant"),
        ("an", "several_meant"),
    ],
)
def test_who_cannot_be_entered(hall: Hall, text: str, code: str) -> None:
    with pytest.raises(RuleViolation) as raised:
        enter(hall, text)
    assert raised.value.code == code
    assert waiting(hall) == []


def test_nobody_waits_twice_but_may_speak_again(hall: Hall) -> None:
    enter(hall, "1")
    for _moment in ("waiting", "speaking"):
        with pytest.raises(RuleViolation) as raised:
            enter(hall, hall.codes["An"], 2)
        assert raised.value.code == "waits_already"
        if _moment == "waiting":
            call(hall)
    enter(hall, "2")
    call(hall)
    enter(hall, "1")
    assert waiting(hall) == [("Nguyễn Văn An", 1)]


def test_queues_alternate_and_one_speaks_at_a_time(hall: Hall) -> None:
    for text, queue in (("1", 1), ("2", 1), ("3", 2), ("4", 2)):
        enter(hall, text, queue)
    heard = [call(hall) for _turn in range(4)]
    assert heard == ["Nguyễn Văn An", "Lê Chi", "Trần Thị Bình", "Phạm Dũng"]
    listed = speaking_queries.speakers_list(hall.session.id)
    assert listed.speaking is not None
    assert listed.speaking.delegate.person.full_name == "Phạm Dũng"
    assert len(listed.spoke) == 3
    with pytest.raises(RuleViolation) as raised:
        call(hall)
    assert raised.value.code == "nobody_waits"


def test_who_left_the_hall_is_passed_over(hall: Hall) -> None:
    enter(hall, "1")
    enter(hall, "2")
    hall.scan("An", "out")
    assert waiting(hall) == [("Trần Thị Bình", 1), ("Nguyễn Văn An", None)]
    assert call(hall) == "Trần Thị Bình"
    hall.scan("An")
    assert waiting(hall) == [("Nguyễn Văn An", 1)]


def test_taken_off_and_ended(hall: Hall) -> None:
    turn = enter(hall, "1")
    speaking_services.end(hall.congress, turn, actor=ACTOR)
    speaking_services.end(hall.congress, turn, actor=ACTOR)
    assert waiting(hall) == []
    assert speaking_queries.speakers_list(hall.session.id).spoke == ()
