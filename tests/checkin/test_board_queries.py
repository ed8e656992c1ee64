"""What the board counts."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction

import pytest
from flask import Flask

from congress_app.checkin import board_queries, desk_services, queries
from congress_app.checkin.arrivals import Bar
from congress_app.checkin.doors import held_at
from congress_app.checkin.queries import OUTSIDERS, Count
from congress_app.checkin.quorum import Quorum
from congress_app.kernel import clock
from congress_app.kernel.permissions import system_actor
from tests.builders import a_session
from tests.checkin.hall import Hall, a_hall
from tests.conftest import CountQueries, FrozenClock

ACTOR = system_actor("Chị Lan")


@pytest.fixture
def hall(app: Flask, frozen_clock: FrozenClock) -> Hall:
    return a_hall()


def test_a_board_of_a_morning(hall: Hall, frozen_clock: FrozenClock) -> None:
    hall.scan("An")
    frozen_clock.advance(minutes=2)
    hall.scan("Giang")
    hall.scan("Dũng")
    desk_services.excuse(hall.congress, hall.session.id, hall.people["Chi"].id, "họp", actor=ACTOR)
    board = board_queries.board(hall.congress.id, hall.session.id)
    first, second = hall.people["An"].person.unit_id, hall.people["Dũng"].person.unit_id
    now = board.attendance
    assert (now.convened, now.present, now.excused) == (5, 3, 1)
    assert now.by_category == {
        "guest": Count("guest", 1, 1),
        "official": Count("official", 1, 0, 1),
        "elected": Count("elected", 3, 2),
    }
    assert now.by_unit == (
        Count("BHXH huyện Một", 3, 1, 1, first),
        Count("BHXH huyện Hai", 1, 1, 0, second),
        Count(OUTSIDERS, 1, 1),
    )
    assert now.by_unit[0].missing == 1
    assert board.quorum == Quorum(Fraction(2, 3), 4, 2, is_proposed=True)
    assert board.arrivals is not None
    shown = [(bar.starts, bar.count) for bar in board.arrivals.bars if bar.count]
    morning = hall.session.starts_at
    assert shown == [(morning, 1), (morning + timedelta(minutes=2), 2)]
    assert isinstance(board.arrivals.bars[0], Bar)


def test_nobody_yet_and_no_session(hall: Hall) -> None:
    board = board_queries.board(hall.congress.id, None)
    assert (board.attendance.session_id, board.arrivals, board.attendance.present) == (
        None,
        None,
        0,
    )


def test_the_session_shown_is_that_of_the_door_list(hall: Hall) -> None:
    later = a_session(hall.congress, clock.now() + timedelta(hours=6))
    doors = board_queries.doors_of(hall.congress.id)
    for hours in (-2, -1, 0, 3.99, 4, 4.5, 5, 9, 30):
        at = hall.session.starts_at + timedelta(hours=hours)
        shown = queries.session_now(hall.congress.id, at)
        assert held_at(doors, at) == (shown.id if shown else None)
    assert held_at((), clock.now()) is None
    assert [each.session_id for each in doors] == [hall.session.id, later.id]


def test_of_two_open_doors_the_one_that_is_counted_is_shown(hall: Hall) -> None:
    """Opened together, the later session would else be shown while the earlier one fills."""
    start = hall.session.starts_at
    doors = {"doors_open_at": hall.session.doors_open_at}
    a_session(hall.congress, start + timedelta(hours=2), **doors)
    hall.scan("An")
    shown = queries.session_now(hall.congress.id, clock.now())
    at_once = held_at(board_queries.doors_of(hall.congress.id), clock.now())
    assert (shown.id if shown else None, at_once) == (hall.session.id, hall.session.id)
    assert queries.attendance(hall.congress.id, shown).present == 1


def test_the_board_asks_few_questions_whoever_comes(
    hall: Hall, count_queries: CountQueries
) -> None:
    counts = []
    for name in ("An", "Bình"):
        hall.scan(name)
        with count_queries() as seen:
            board_queries.board(hall.congress.id, hall.session.id)
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 6
