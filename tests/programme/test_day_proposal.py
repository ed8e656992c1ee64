"""What the day proposes for the rest of the programme."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import example, given
from hypothesis import strategies as st

from congress_app.programme.day_proposal import Change, propose
from congress_app.programme.running import Act, Line, fold
from congress_app.programme.timetable import Planned, timetable

START = datetime(2020, 6, 15, 1, 0, tzinfo=UTC)


def at(minutes: float) -> datetime:
    return START + timedelta(minutes=minutes)


def runs(*rows: tuple[str, int, float]) -> dict:  # type: ignore[type-arg]
    return fold(Act(n, kind, item, at(when)) for n, (kind, item, when) in enumerate(rows))


LINES = [Line(1, 10), Line(2, 10), Line(3, 15, is_break=True), Line(4, 10, earliest=at(35))]


def test_the_overrun_flows_into_the_rest_and_breaks_the_pin() -> None:
    proposal = propose(START, LINES, runs(("start", 1, 0), ("stop", 1, 16.5)), at(16.6))
    assert proposal.changes == (
        Change(1, 1, 17, None, at(0), has_begun=True),
        Change(2, 2, 10, None, at(17), has_begun=False),
        Change(3, 3, 15, None, at(27), has_begun=False),
        Change(4, 4, 10, None, at(42), has_begun=False, loses_pin=True),
    )
    assert (proposal.removed, proposal.ends) == ((), at(52))


def test_with_the_planned_end_the_break_gives_and_the_pin_holds() -> None:
    proposal = propose(START, LINES, runs(("start", 1, 0), ("stop", 1, 16.5)), at(16.6), at(45))
    assert [(c.minutes, c.starts, c.pinned_at) for c in proposal.changes][2:] == [
        (8, at(27), None),
        (10, at(35), at(35)),
    ]
    assert proposal.ends == at(45)


def test_a_late_start_is_pinned_and_a_skipped_item_goes() -> None:
    proposal = propose(START, LINES, runs(("start", 1, 5), ("skip", 2, 6)), at(6))
    assert [(c.key, c.pinned_at, c.starts) for c in proposal.changes] == [
        (1, at(5), at(5)),
        (3, None, at(15)),
        (4, at(35), at(35)),
    ]
    assert proposal.removed == (2,)


def test_begun_items_come_first_in_the_order_they_began() -> None:
    rows = (("start", 2, 0), ("stop", 2, 8), ("start", 1, 8))
    proposal = propose(START, LINES, runs(*rows), at(9))
    assert [(c.key, c.position) for c in proposal.changes] == [(2, 1), (1, 2), (3, 3), (4, 4)]


kinds = st.sampled_from(["start", "stop", "pause", "resume", "skip"])


def test_a_pause_is_not_given_to_the_speaker_on_top() -> None:
    state = runs(("start", 1, 0), ("pause", 1, 2), ("resume", 1, 7))
    proposal = propose(START, LINES, state, at(8))
    assert proposal.changes[:2] == (
        Change(1, 1, 10, None, at(0), has_begun=True),
        Change(2, 2, 10, at(15), at(15), has_begun=False),
    )


@example([(0, None)] * 3, [("start", 2, 0.0), ("pause", 2, 0.0), ("stop", 0, 1.0)], False)
@given(
    st.lists(st.tuples(st.integers(0, 30), st.none() | st.integers(0, 90)), min_size=1, max_size=6),
    st.lists(st.tuples(kinds, st.integers(0, 5), st.floats(0, 9)), max_size=12),
    st.booleans(),
)
def test_applied_it_gives_the_times_it_says_and_nothing_more_to_propose(
    items: list[tuple[int, int | None]], rows: list[tuple[str, int, float]], absorb: bool
) -> None:
    lines = [
        Line(key, minutes, None if pin is None else at(pin), is_break=key % 3 == 2)
        for key, (minutes, pin) in enumerate(items)
    ]
    moment, done, running = 0.0, [], None
    for kind, item, passed in rows:
        moment += passed
        if kind == "start" and running is not None:
            done.append(("stop", running, moment))
        running = item if kind == "start" else running
        done.append((kind, item, moment))
    state = runs(*done)
    end = at(60) if absorb else None
    proposal = propose(START, lines, state, at(moment), end)
    planned = [Planned(c.key, c.minutes, c.pinned_at) for c in proposal.changes]
    slots = timetable(START, planned)
    assert [slot.starts for slot in slots] == [change.starts for change in proposal.changes]
    assert sum(slot.overrun for slot in slots if not state.get(slot.key)) == 0
    after = [Line(c.key, c.minutes, c.pinned_at, is_break=c.key % 3 == 2) for c in proposal.changes]
    again = propose(START, after, state, at(moment), end)
    assert [(c.key, c.minutes, c.starts) for c in again.changes] == [
        (c.key, c.minutes, c.starts) for c in proposal.changes
    ]
