"""When a session is over."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest

from congress_app.accounts import sessions

NOW = datetime(2020, 6, 15, 1, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("privileged", "rest", "over"),
    [
        (True, timedelta(minutes=15), False),
        (True, timedelta(minutes=15) + SECOND, True),
        (False, timedelta(minutes=16), False),
        (False, timedelta(hours=8), False),
        (False, timedelta(hours=8) + SECOND, True),
    ],
)
def test_it_rests_as_long_as_its_roles_allow(privileged: bool, rest: timedelta, over: bool) -> None:
    created = NOW - timedelta(hours=9)
    assert sessions.is_over(created, NOW - rest, NOW, privileged=privileged) is over


def test_it_never_outlives_twelve_hours_however_busy() -> None:
    half_a_day = timedelta(hours=12)
    assert not sessions.is_over(NOW - half_a_day, NOW, NOW, privileged=False)
    assert sessions.is_over(NOW - half_a_day - SECOND, NOW, NOW, privileged=False)


def test_a_cookie_from_the_future_is_not_believed() -> None:
    assert not sessions.is_over(NOW, NOW + timedelta(minutes=1), NOW, privileged=True)
    assert sessions.is_over(NOW, NOW + timedelta(minutes=2), NOW, privileged=True)


def test_the_table_keeps_no_token() -> None:
    token = sessions.new_token()
    assert len(token) >= 43
    assert token != sessions.new_token()
    assert re.fullmatch(r"[0-9a-f]{64}", sessions.token_hash(token))
    assert token not in sessions.token_hash(token)


def test_the_limits_are_said_in_words() -> None:
    assert str(sessions.limits_in_words(privileged=True)) == (
        "Phiên tự kết thúc sau 15 phút không thao tác, và chậm nhất 12 giờ sau khi đăng nhập."
    )
    assert str(sessions.limits_in_words(privileged=False)) == (
        "Phiên tự kết thúc sau 8 giờ không thao tác, và chậm nhất 12 giờ sau khi đăng nhập."
    )
