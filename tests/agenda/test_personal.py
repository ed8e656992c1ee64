"""One delegate's day at an instant."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from congress_app.agenda.personal import Day, Line, Part, day_at, parts_of, until
from congress_app.programme.release_values import Release, ReleasedItem, ReleasedSession

START = datetime(2020, 6, 15, 0, 30, tzinfo=UTC)


def at(minutes: float) -> datetime:
    return START + timedelta(minutes=minutes)


OPENING = Line(at(0), at(10), "Khai mạc", "")
MINE = Line(at(10), at(20), "Tham luận", "Lê Ý", is_mine=True)
PART = Part("Phiên chính thức", None, START, at(-60), (OPENING, MINE))
TODAY = date(2020, 6, 15)


def test_before_during_and_after() -> None:
    assert day_at([PART], at(-5)) == Day((PART,), (), OPENING, MINE, TODAY)
    assert day_at([PART], at(0)) == Day((PART,), (OPENING,), MINE, MINE, TODAY)
    assert day_at([PART], at(10)) == Day((PART,), (MINE,), None, MINE, TODAY)
    assert day_at([PART], at(20)) == Day((PART,), (), None, None, TODAY)


def test_what_runs_beside_others_is_on_only_when_nothing_else_is() -> None:
    counting = Line(at(0), at(30), "Kiểm phiếu", "", parallel=True)
    part = replace(PART, lines=(counting, OPENING))
    assert day_at([part], at(5)).now == (OPENING,)
    assert day_at([part], at(15)).now == (counting,)


def test_two_halls_run_side_by_side() -> None:
    here, there = replace(OPENING, hall="A"), replace(OPENING, hall="B", starts=at(2))
    halls = [replace(PART, hall="A", lines=(here,)), replace(PART, hall="B", lines=(there,))]
    day = day_at(halls, at(5))
    assert (day.now, day.has_halls, day.has_days) == ((here, there), True, False)
    assert day_at(halls, at(-5)).next == here
    assert day_at(halls, at(1)).next == there


def test_today_s_parts_stand_open_and_all_of_them_on_other_days() -> None:
    late = replace(PART, starts=at(16 * 60 + 30))  # midnight at the venue
    day = day_at([PART, late], at(0))
    assert [day.is_open(part) for part in (PART, late)] == [True, False]
    before = day_at([PART, late], at(-48 * 60))
    assert [before.is_open(part) for part in (PART, late)] == [True, True]
    assert (day.has_days, before.today) == (True, None)


def test_the_released_programme_as_one_reads_it() -> None:
    item = ReleasedItem(
        1,
        7,
        "speech",
        "Tham luận",
        "Lê Ý",
        at(10),
        at(20),
        delegate_id=5,
        honours=("Lê An",),
        changed_in=3,
    )
    session = ReleasedSession(
        7, "official", "Phiên", "Hội trường", START, at(20), at(-60), at(60), (item,)
    )
    release = Release(2, 3, START, "Chị Lan", None, (session,))
    line = Line(
        at(10),
        at(20),
        "Tham luận",
        "Lê Ý",
        is_mine=True,
        hall="Hội trường",
        changed_in=3,
        honours=("Lê An",),
    )
    assert parts_of(release, 5) == [Part("Phiên", "Hội trường", START, at(-60), (line,))]
    assert not parts_of(release, 6)[0].lines[0].is_mine
    assert parts_of(None, 5) == []


def test_states_of_a_line() -> None:
    assert [OPENING.state(at(m)) for m in (-1, 0, 9.9, 10)] == ["coming", "now", "now", "done"]


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        (-1, "đang diễn ra"),
        (12, "khoảng 12 phút nữa"),
        (89, "khoảng 89 phút nữa"),
        (12.5, "khoảng 13 phút nữa"),
        (90, "khoảng 2 giờ nữa"),
        (35 * 60, "khoảng 35 giờ nữa"),
        (48 * 60, "2 ngày nữa"),
    ],
)
def test_how_long_until(minutes: int, said: str) -> None:
    assert str(until(at(minutes), START)) == said
