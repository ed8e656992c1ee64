"""One delegate's day at an instant."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from congress_app.agenda.personal import Day, Line, Part, day_at, until

START = datetime(2020, 6, 15, 0, 30, tzinfo=UTC)


def at(minutes: float) -> datetime:
    return START + timedelta(minutes=minutes)


OPENING = Line(at(0), at(10), "Khai mạc", "")
MINE = Line(at(10), at(20), "Tham luận", "Lê Ý", is_mine=True)
PART = Part("Phiên chính thức", None, START, at(-60), (OPENING, MINE))


def test_before_during_and_after() -> None:
    assert day_at([PART], at(-5)) == Day((PART,), None, OPENING, MINE)
    assert day_at([PART], at(0)) == Day((PART,), OPENING, MINE, MINE)
    assert day_at([PART], at(10)) == Day((PART,), MINE, None, MINE)
    assert day_at([PART], at(20)) == Day((PART,), None, None, None)


def test_states_of_a_line() -> None:
    assert [OPENING.state(at(m)) for m in (-1, 0, 9.9, 10)] == ["coming", "now", "now", "done"]


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        (-1, "đang diễn ra"),
        (12, "khoảng 12 phút nữa"),
        (89, "khoảng 89 phút nữa"),
        (91, "khoảng 2 giờ nữa"),
        (35 * 60, "khoảng 35 giờ nữa"),
        (48 * 60, "2 ngày nữa"),
    ],
)
def test_how_long_until(minutes: int, said: str) -> None:
    assert str(until(at(minutes), START)) == said
