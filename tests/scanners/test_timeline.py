"""Which session a device's scan belongs to, told beforehand."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from congress_app.checkin import scan_queries
from congress_app.checkin.decision import SessionFacts
from congress_app.scanners import feed_queries
from congress_app.scanners.feed import FeedSession
from congress_app.scanners.timeline import kept_until, timeline
from tests import builders
from tests.conftest import MORNING

START = datetime(2020, 6, 15, 0, 0, tzinfo=UTC)


def hour(number: float) -> datetime:
    return START + timedelta(hours=number)


def a_session(number: int, opens: float, closes: float) -> FeedSession:
    return FeedSession(number, f"Phiên {number}", SessionFacts(1, hour(opens), hour(closes)))


def row(at: float | None, session_id: int, window: str = "within") -> dict[str, object]:
    return {
        "from": hour(at).isoformat() if at is not None else None,
        "session_id": session_id,
        "window": window,
    }


def test_between_doors_no_session_stands() -> None:
    sessions = [a_session(1, 1, 3), a_session(2, 4, 6)]
    assert timeline(sessions, None) == [row(None, 0), row(1, 1), row(3, 0), row(4, 2), row(6, 0)]


def test_of_two_open_doors_the_later_opened_stands() -> None:
    sessions = [a_session(1, 1, 5), a_session(2, 4, 6)]
    assert timeline(sessions, None) == [row(None, 0), row(1, 1), row(4, 2), row(6, 0)]


def test_a_device_of_one_session_names_it_before_and_after() -> None:
    sessions = [a_session(1, 1, 3), a_session(2, 4, 6)]
    assert timeline(sessions, [2]) == [row(None, 2, "before"), row(4, 2), row(6, 2, "after")]


def test_a_device_of_no_session_left_stands_nowhere() -> None:
    assert timeline([a_session(1, 1, 3)], [9]) == [row(None, 0)]


def test_a_roster_lives_a_day_beyond_the_last_door() -> None:
    assert kept_until([a_session(1, 1, 3), a_session(2, 0, 2)], START) == hour(27)


@given(
    st.lists(st.tuples(st.integers(0, 20), st.integers(1, 9)), max_size=4),
    st.integers(-2, 60),
)
def test_rows_follow_each_other_and_name_an_open_door(
    doors: list[tuple[int, int]], halves: int
) -> None:
    sessions = [a_session(n, o, o + length) for n, (o, length) in enumerate(doors, start=1)]
    at = hour(halves / 2)
    rows = timeline(sessions, None)
    moments = [datetime.fromisoformat(str(each["from"])) for each in rows[1:]]
    assert moments == sorted(set(moments))
    standing = [rows[0], *(r for r, m in zip(rows[1:], moments, strict=True) if m <= at)][-1]
    opened = [s.id for s in sessions if s.facts.opens <= at < s.facts.closes]
    assert standing["session_id"] in (opened or [0])


def test_it_is_the_server_s_own_choice(app: Flask) -> None:
    congress = builders.a_congress()
    for opens, closes in ((0, 4), (2, 5), (2, 3), (8, 9)):
        builders.a_session(
            congress,
            MORNING,
            doors_open_at=MORNING + timedelta(hours=opens),
            doors_close_at=MORNING + timedelta(hours=closes),
        )
    rows = timeline(feed_queries.sessions(congress.id), None)
    for each in rows[1:]:
        at = datetime.fromisoformat(str(each["from"]))
        chosen, _facts = scan_queries.session_for(congress.id, None, at)
        assert each["session_id"] == (chosen or 0)
