"""Times follow from order and minutes; pins hold."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from congress_app.programme.timetable import (
    Planned,
    Slot,
    ends_at,
    missing_items,
    now_and_next,
    timetable,
)

START = datetime(2020, 6, 15, 0, 30, tzinfo=UTC)


def at(minutes: int) -> datetime:
    return START + timedelta(minutes=minutes)


def test_items_follow_each_other() -> None:
    slots = timetable(START, [Planned(1, 10), Planned(2, 25)])
    assert slots == [Slot(1, at(0), at(10)), Slot(2, at(10), at(35))]


def test_a_pin_leaves_a_gap_or_shows_an_overrun() -> None:
    slots = timetable(START, [Planned(1, 10), Planned(2, 5, at(15)), Planned(3, 5, at(12))])
    assert [(slot.gap, slot.overrun) for slot in slots] == [(0, 0), (5, 0), (0, 8)]


def test_what_follows_an_overrun_waits_for_the_longest() -> None:
    slots = timetable(START, [Planned(1, 30), Planned(2, 5, at(10)), Planned(3, 5)])
    assert slots[2].starts == at(30)


def test_an_empty_session_ends_when_it_starts() -> None:
    assert ends_at(START, []) == START


def test_now_and_next() -> None:
    slots = timetable(START, [Planned(1, 10), Planned(2, 10)])
    assert now_and_next(slots, at(-1)) == (None, slots[0])
    assert now_and_next(slots, at(0)) == (slots[0], slots[1])
    assert now_and_next(slots, at(10)) == (slots[1], None)
    assert now_and_next(slots, at(20)) == (None, None)


def test_missing_items_keep_the_guidance_s_order() -> None:
    mandatory = ("summary_report", "speech", "election")
    assert missing_items(mandatory, ["speech"]) == ["summary_report", "election"]


minutes = st.lists(st.integers(0, 120), max_size=20)


@given(minutes)
def test_without_pins_the_session_lasts_the_sum(lengths: list[int]) -> None:
    slots = timetable(START, [Planned(key, length) for key, length in enumerate(lengths)])
    assert ends_at(START, slots) == at(sum(lengths))
    assert all(slot.gap == slot.overrun == 0 for slot in slots)


@given(minutes, st.data())
def test_pins_hold_and_time_only_moves_on(lengths: list[int], data: st.DataObject) -> None:
    pins = data.draw(st.lists(st.none() | st.integers(0, 600), min_size=len(lengths)))
    planned = [
        Planned(key, length, None if pin is None else at(pin))
        for key, (length, pin) in enumerate(zip(lengths, pins, strict=False))
    ]
    slots = timetable(START, planned)
    assert [s.starts for s, p in zip(slots, planned, strict=True) if p.pinned_at] == [
        p.pinned_at for p in planned if p.pinned_at
    ]
    free = START
    for slot, item in zip(slots, planned, strict=True):
        if item.pinned_at is None:
            assert slot.starts == free
        free = max(free, slot.ends)
