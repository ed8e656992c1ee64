"""How the wait grows."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from congress_app.accounts import throttle
from congress_app.accounts.throttle import ADDRESS_PATIENCE, NAME_PATIENCE

NOW = datetime(2020, 6, 15, 1, 0, tzinfo=UTC)


def minutes(count: int) -> float:
    return NAME_PATIENCE.wait_after(count) / timedelta(minutes=1)


def test_five_failures_bring_a_minute_and_each_further_one_twice_as_much() -> None:
    assert [minutes(count) for count in range(1, 14)] == [
        *(0, 0, 0, 0),
        *(1, 2, 4, 8, 16, 32, 60, 60, 60),
    ]


def test_an_address_is_borne_longer() -> None:
    waits = [ADDRESS_PATIENCE.wait_after(count) for count in (29, 30, 31, 40)]
    assert waits == [timedelta(minutes=m) for m in (0, 1, 2, 15)]


@given(st.integers(0, 10**9))
def test_the_wait_never_shrinks_and_never_exceeds_the_longest(count: int) -> None:
    wait = NAME_PATIENCE.wait_after(count)
    assert timedelta(0) <= wait <= NAME_PATIENCE.wait_after(count + 1)
    assert wait <= NAME_PATIENCE.longest_wait


def test_the_count_goes_on_until_it_is_forgotten() -> None:
    day = NAME_PATIENCE.forgets
    assert throttle.next_count(4, NOW - day, NAME_PATIENCE, NOW) == 5
    assert throttle.next_count(4, NOW - day - timedelta(seconds=1), NAME_PATIENCE, NOW) == 1


def test_the_time_left_is_said_in_whole_seconds_and_minutes_rounded_up() -> None:
    def said(**amount: float) -> str:
        return str(throttle.time_left(NOW + timedelta(**amount), NOW))

    assert said(milliseconds=1) == "1 giây"
    assert said(seconds=60) == "60 giây"
    assert said(seconds=61) == "2 phút"
    assert said(minutes=60) == "60 phút"
    assert said(seconds=-5) == "1 giây"


def test_keys_tell_names_and_addresses_apart_and_hide_both() -> None:
    assert throttle.name_key("an") != throttle.address_key("an")
    assert throttle.name_key("an").startswith("name:")
    assert "mật khẩu gõ nhầm" not in throttle.name_key("mật khẩu gõ nhầm")
    assert throttle.patience_for(throttle.name_key("an")) is NAME_PATIENCE
    assert throttle.patience_for(throttle.address_key("::1")) is ADDRESS_PATIENCE


def test_a_home_is_a_name_at_a_network() -> None:
    key = throttle.home_key("an", "2001:db8:1:2::1")
    assert throttle.home_key("an", "2001:db8:1:2::9") == key
    others = {throttle.home_key("an", "10.0.0.1"), throttle.home_key("mai", "2001:db8:1:2::1")}
    assert key not in others | {throttle.name_key("an")}
    assert throttle.patience_for(key) is NAME_PATIENCE


def test_the_refusals_say_what_to_do() -> None:
    wrong = throttle.bad_credentials(3)
    assert (wrong.status, wrong.code) == (422, "bad_credentials")
    assert str(wrong) == (
        "Tên đăng nhập hoặc mật khẩu không đúng. Còn 2 lần thử trước khi phải đợi."
    )
    wait = throttle.too_many(NOW + timedelta(minutes=4), NOW)
    assert (wait.status, wait.code, wait.retry_after) == (429, "sign_in_locked", 240)
    assert str(wait) == (
        "Đã sai quá nhiều lần. Hãy đợi 4 phút rồi thử lại, "
        "hoặc nhờ quản trị viên mở khóa tài khoản."
    )


def test_an_ipv6_network_is_counted_as_one_address() -> None:
    key = throttle.address_key("2001:db8:1:2::1")
    assert throttle.address_key("2001:db8:1:2:ffff::7") == key
    assert throttle.address_key("2001:db8:1:3::1") != key
    assert throttle.address_key("192.0.2.1") != throttle.address_key("192.0.2.2")
    assert throttle.link_key("2001:db8:1:2::1") == throttle.link_key("2001:db8:1:2::9")
    assert throttle.link_key("no address") != throttle.address_key("no address")
