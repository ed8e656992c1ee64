"""What the hall's screen tells, of the release alone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from congress_app.programme.hall_view import HallView, view
from congress_app.programme.release_values import ReleasedItem, ReleasedSession
from congress_app.programme.running import Act, Run, fold

START = datetime(2020, 6, 15, 1, 0, tzinfo=UTC)


def at(minutes: float) -> datetime:
    return START + timedelta(minutes=minutes)


def item(key: int, starts: int, ends: int, *, parallel: bool = False) -> ReleasedItem:
    return ReleasedItem(key, 1, "speech", f"Mục {key}", "", at(starts), at(ends), parallel)


SESSION = ReleasedSession(
    1,
    "official",
    "Phiên sáng",
    None,
    at(0),
    at(40),
    at(-60),
    at(60),
    (item(1, 0, 10), item(2, 10, 20), item(3, 20, 40)),
)


def runs(*rows: tuple[str, int, float]) -> dict[int, Run]:
    return fold(Act(n, kind, key, at(when)) for n, (kind, key, when) in enumerate(rows))


def shown(state: dict[int, Run], when: float) -> HallView:
    found = view([SESSION], state, {}, at(when))
    assert found is not None
    return found


def coming(found: HallView) -> list[tuple[int, datetime, int]]:
    return [(each.item.id, each.starts, each.late) for each in found.coming]


def test_before_anything_ran_the_clock_tells() -> None:
    found = shown({}, 12)
    assert (found.now, found.count) == (SESSION.items[1], None)
    assert coming(found) == [(3, at(20), 0)]
    assert shown({}, -30).now is None


def test_the_run_sheet_tells_better_than_the_clock() -> None:
    found = shown(runs(("start", 1, 0)), 13)
    assert found.now == SESSION.items[0]
    assert found.count is not None
    assert found.count.words == "−3:00"
    assert coming(found) == [(2, at(13), 3), (3, at(23), 3)]


def test_the_minutes_given_at_the_start_count() -> None:
    found = view([SESSION], runs(("start", 1, 0)), {1: 15}, at(13))
    assert found is not None
    assert found.count is not None
    assert found.count.words == "2:00"


def test_a_skipped_item_is_not_to_come() -> None:
    assert coming(shown(runs(("start", 1, 0), ("skip", 2, 1)), 2)) == [(3, at(20), 0)]


def test_nothing_of_what_was_never_released() -> None:
    found = shown(runs(("start", 1, 0), ("stop", 1, 9), ("start", 99, 9)), 12)
    assert (found.now, found.count) == (None, None)
    assert [key for key, _starts, _late in coming(found)] == [2, 3]


def test_between_sessions_there_is_nothing() -> None:
    assert view([SESSION], {}, {}, at(-61)) is None
    assert view([SESSION], {}, {}, at(41)) is None
    assert view([SESSION], runs(("start", 1, 0), ("stop", 1, 30)), {}, at(300)) is None


def test_a_session_that_runs_over_stays() -> None:
    assert shown(runs(("start", 1, 0), ("start", 3, 39)), 75).now == SESSION.items[2]
    assert coming(shown(runs(("start", 1, 0), ("stop", 1, 50)), 55))[0][0] == 2
