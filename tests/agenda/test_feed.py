"""The programme as calendar events: stable, rising with changes, cancelled when gone."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from congress_app.agenda import feed
from congress_app.formats.ical import Event
from congress_app.programme.release_values import Release, ReleasedItem, ReleasedSession, numbered

START = datetime(2020, 6, 15, 0, 30, tzinfo=UTC)


def an_item(number: int, minutes: int = 0, **more: object) -> ReleasedItem:
    begins = START + timedelta(minutes=minutes)
    plain = ReleasedItem(
        number, 7, "speech", f"Mục {number}", "Lê Ý", begins, begins + timedelta(minutes=10)
    )
    return replace(plain, **more)  # type: ignore[arg-type]


def a_session(*items: ReleasedItem) -> ReleasedSession:
    end = START + timedelta(hours=4)
    return ReleasedSession(7, "official", "Phiên chính thức", None, START, end, START, end, items)


def a_release(last: Release | None, number: int, *items: ReleasedItem) -> Release:
    sessions, removed = numbered(last, [a_session(*items)], number)
    told = START + timedelta(days=number)
    return Release(1, number, told, "Chị Lan", None, tuple(sessions), tuple(removed))


def events(release: Release, **reader: Any) -> list[Event]:
    return feed.events(release, feed.Reader(5, "delegate 5", **reader), "Hà Nội")


def test_an_item_and_the_own_speech() -> None:
    release = a_release(None, 1, an_item(1), an_item(2, 10, delegate_id=5))
    told = START + timedelta(days=1)
    ten = timedelta(minutes=10)
    assert events(release) == [
        Event(
            uid=feed.uid("delegate 5", 1), sequence=1, starts=START, ends=START + ten,
            summary="Mục 1", changed=told, location="Hà Nội",
            description="Phiên chính thức\nLê Ý",
        ),
        Event(
            uid=feed.uid("delegate 5", 2), sequence=1, starts=START + ten,
            ends=START + 2 * ten, summary="Tôi trình bày: Mục 2", changed=told,
            location="Hà Nội", description="Phiên chính thức", alarm=timedelta(minutes=15),
        ),
    ]  # fmt: skip


def test_what_changed_rises_and_what_is_gone_is_cancelled() -> None:
    first = a_release(None, 1, an_item(1), an_item(2, 10), an_item(3, 20))
    second = a_release(first, 2, an_item(1), an_item(2, 15))
    told = [(each.summary, each.sequence, each.cancelled) for each in events(second)]
    assert told == [("Mục 1", 1, False), ("Mục 2", 2, False), ("Mục 3", 2, True)]
    assert [each.uid for each in events(second)] == [each.uid for each in events(first)]


def test_for_who_does_not_come_everything_is_cancelled() -> None:
    release = a_release(None, 1, an_item(1), an_item(2, 10, delegate_id=5))
    comes = events(release, changes=3)
    gone = events(release, changes=4, comes=False)
    assert gone == [replace(each, sequence=5, cancelled=True) for each in comes]
    assert [each.sequence for each in comes] == [4, 4]


def test_a_new_hall_or_speaker_alone_raises_the_sequence() -> None:
    first = a_release(None, 1, an_item(1), an_item(2, 10))
    moved = replace(a_session(an_item(1), an_item(2, 10)), hall="Hội trường B")
    sessions, removed = numbered(first, [moved], 2)
    second = replace(first, number=2, sessions=tuple(sessions), removed=tuple(removed))
    told = [(each.sequence, each.location) for each in events(second)]
    assert told == [(2, "Hội trường B"), (2, "Hội trường B")]
    third = a_release(first, 2, an_item(1, title="Tên mới"), an_item(2, 10, presenter="Vũ An"))
    assert [each.sequence for each in events(third)] == [2, 2]


def test_identifiers_tell_delegates_apart() -> None:
    assert feed.uid("delegate 5", 1) != feed.uid("delegate 6", 1) != feed.uid("delegate 6", 2)


programmes = st.lists(
    st.lists(st.tuples(st.integers(1, 4), st.integers(0, 3)), unique_by=lambda each: each[0]),
    min_size=1,
    max_size=5,
)


@given(programmes)
def test_over_any_releases_nothing_is_lost_and_sequences_rise_exactly_with_changes(
    drafts: list[list[tuple[int, int]]],
) -> None:
    last: Release | None = None
    before: dict[str, Event] = {}
    for number, draft in enumerate(drafts, start=1):
        last = a_release(last, number, *(an_item(key, minute * 5) for key, minute in draft))
        found = events(last)
        now = {each.uid: each for each in found}
        assert len(now) == len(found)
        assert before.keys() <= now.keys()
        for uid, was in before.items():
            same = replace(was, changed=now[uid].changed, sequence=now[uid].sequence)
            # A removed item is told without its place.
            gone_now = now[uid].cancelled and not was.cancelled
            is_same = same == now[uid] and not gone_now
            assert (
                (now[uid].sequence == was.sequence)
                if is_same
                else (now[uid].sequence > was.sequence)
            )
        before = now
