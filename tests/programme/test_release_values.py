"""A release survives its JSON; items know in which release they last changed."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from congress_app.programme import release_values as values
from congress_app.programme.release_values import Release, ReleasedItem, ReleasedSession

START = datetime(2020, 6, 15, 0, 30, tzinfo=UTC)


def item(key: int, minute: int = 0, **changes: object) -> ReleasedItem:
    starts = START + timedelta(minutes=minute)
    plain: dict[str, object] = {
        "id": key,
        "session_id": 1,
        "kind": "report",
        "title": f"Mục {key}",
        "presenter": "",
        "starts": starts,
        "ends": starts + timedelta(minutes=10),
    }
    return ReleasedItem(**(plain | changes))  # type: ignore[arg-type]


def session(*items: ReleasedItem, **changes: object) -> ReleasedSession:
    plain: dict[str, object] = {
        "id": 1,
        "kind": "official",
        "title": "Phiên chính thức",
        "hall": "Hội trường lớn",
        "starts": START,
        "ends": START + timedelta(hours=4),
        "doors_open": START - timedelta(hours=1),
        "doors_close": START + timedelta(hours=4),
        "items": items,
    }
    return ReleasedSession(**(plain | changes))  # type: ignore[arg-type]


def release(
    number: int, *sessions: ReleasedSession, removed: tuple[ReleasedItem, ...] = ()
) -> Release:
    return Release(1, number, START, "Thư ký", None, sessions, removed)


@given(st.lists(st.integers(0, 600), max_size=8), st.text(max_size=20))
def test_a_body_read_again_is_the_same(minutes: list[int], title: str) -> None:
    items = [item(key, minute, title=title) for key, minute in enumerate(minutes)]
    stored = json.loads(json.dumps(values.body([session(*items)], items)))
    assert values.sessions_of(stored) == (session(*items),)
    assert values.removed_of(stored) == tuple(items)


def test_only_what_changed_takes_the_new_number() -> None:
    last = release(1, session(item(1), item(2, 10), item(3, 20)))
    made, gone = values.numbered(last, [session(item(1), item(2, 15), item(4, 25))], 2)
    assert [(each.id, each.changed_in) for each in made[0].items] == [(1, 1), (2, 2), (4, 2)]
    assert gone == [item(3, 20, changed_in=2)]


def test_another_hall_changes_every_item_of_the_session() -> None:
    last = release(1, session(item(1)))
    made, _gone = values.numbered(last, [session(item(1), hall="Hội trường nhỏ")], 2)
    assert made[0].items[0].changed_in == 2


def test_what_is_gone_stays_gone_until_it_is_back() -> None:
    last = release(2, session(item(1)), removed=(item(3, 20, changed_in=2),))
    _made, gone = values.numbered(last, [session(item(1))], 3)
    assert gone == [item(3, 20, changed_in=2)]
    made, gone = values.numbered(last, [session(item(1), item(3, 20))], 3)
    assert (gone, made[0].items[1].changed_in) == ([], 3)


def test_the_fingerprint_sees_a_minute() -> None:
    assert values.fingerprint([session(item(1))]) == values.fingerprint([session(item(1))])
    assert values.fingerprint([session(item(1))]) != values.fingerprint([session(item(1, 1))])
