"""A browser its owner has signed in with waits for nobody else's failures."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from congress_app.accounts import known_browsers, services
from congress_app.accounts.known_browsers import KnownBrowser
from congress_app.accounts.models import User
from congress_app.kernel.permissions import system_actor
from tests import builders
from tests.builders import PASSWORD

COOKIE = "congress-known"
OFFICE = "10.0.0.1"


@pytest.fixture
def mai(app: Flask, frozen_clock: Any) -> User:
    return builders.a_user("viewer", username="mai")


def enter(
    browser: FlaskClient, name: str = "mai", password: str = PASSWORD, address: str = OFFICE
) -> int:
    """302 when let in, 422 when refused, 429 when told to wait."""
    answer = browser.post(
        "/sign-in",
        data={"username": name, "password": password},
        environ_base={"REMOTE_ADDR": address},
    )
    return answer.status_code


def known_to(app: Flask, name: str = "mai") -> FlaskClient:
    """A browser the user has signed in with, and out again."""
    browser = app.test_client()
    assert enter(browser, name) == 302
    browser.post("/sign-out")
    return browser


def thirty_fail(app: Flask) -> None:
    colleague = app.test_client()
    for number in range(30):
        enter(colleague, f"somebody{number}", "wrong")


def test_an_office_full_of_failures_keeps_no_known_browser_out(app: Flask, mai: User) -> None:
    own = known_to(app)
    thirty_fail(app)
    assert enter(app.test_client()) == 429
    assert enter(own) == 302


def test_guessing_at_the_name_keeps_its_owner_out_nowhere_it_is_known(
    app: Flask, mai: User
) -> None:
    own, colleague = known_to(app), app.test_client()
    # Home and name wait, in the same office.
    told = [enter(colleague, password="wrong") for _ in range(12)]
    assert (told[0], told[-1]) == (422, 429)
    assert enter(app.test_client()) == 429
    assert enter(own) == 302


def test_a_known_browser_may_guess_five_times_as_any_other(
    app: Flask, mai: User, frozen_clock: Any
) -> None:
    own, other = known_to(app), known_to(app)
    assert [enter(own, password="wrong") for _ in range(6)] == [422] * 4 + [429] * 2
    assert enter(own) == 429
    assert enter(other) == 302
    frozen_clock.advance(seconds=61)
    assert enter(own) == 302


def test_it_is_known_to_whoever_signed_in_there_only(app: Flask, mai: User) -> None:
    builders.a_user("viewer", username="lan")
    of_lan = known_to(app, "lan")
    thirty_fail(app)
    assert enter(of_lan) == 429
    assert enter(of_lan, "lan") == 302


@pytest.mark.parametrize("how", ["changed", "of another key", "too old", "nonsense"])
def test_what_we_did_not_sign_is_no_proof(
    app: Flask, mai: User, how: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = known_to(app)
    cookie = own.get_cookie(COOKIE)
    assert cookie is not None
    text = {"changed": "x" + cookie.value, "nonsense": "W10"}.get(how, cookie.value)
    thirty_fail(app)
    if how == "of another key":
        app.config["SECRET_KEY"] = "another key that is long enough"
    if how == "too old":
        later = known_browsers.DAYS + 1
        monkeypatch.setattr("itsdangerous.timed.time.time", lambda: 4e9 + later * 86400)
    stranger = app.test_client()
    stranger.set_cookie(COOKIE, text)
    assert enter(stranger) == 429


def test_the_cookie_is_out_of_reach_of_scripts(app: Flask, mai: User) -> None:
    answer = app.test_client().post("/sign-in", data={"username": "mai", "password": PASSWORD})
    cookie = next(text for text in answer.headers.getlist("Set-Cookie") if COOKIE in text)
    assert {"HttpOnly", "Path=/", "SameSite=Lax", "Max-Age=15552000"} <= set(cookie.split("; "))
    assert "mai" not in cookie


def test_an_administrators_word_lets_in_from_anywhere_for_a_quarter_of_an_hour(
    app: Flask, mai: User, frozen_clock: Any
) -> None:
    stranger, borrowed = app.test_client(), app.test_client()
    thirty_fail(app)
    for _ in range(6):
        enter(stranger, password="wrong", address="203.0.113.5")
    assert enter(borrowed) == 429
    services.unlock(mai, actor=system_actor())
    assert enter(stranger, password="wrong", address="203.0.113.5") == 422
    assert enter(borrowed) == 302
    # It is no free guessing: each network has five.
    told = [enter(stranger, password="wrong", address="203.0.113.5") for _ in range(5)]
    assert told == [422] * 3 + [429] * 2
    frozen_clock.advance(minutes=5)
    for number in range(30):
        enter(stranger, f"x{number}", "wrong")
    frozen_clock.advance(minutes=10, seconds=1)
    for number in range(30):
        enter(stranger, f"y{number}", "wrong")
    assert enter(app.test_client()) == 429


def test_a_stranger_keeps_nobody_from_changing_his_password(app: Flask, mai: User) -> None:
    browser = app.test_client()
    assert enter(browser) == 302
    for _ in range(6):
        enter(app.test_client(), password="wrong", address="203.0.113.5")
    fresh = "con mèo ngủ trên mái nhà"
    typed = {"current": PASSWORD, "new": fresh, "again": fresh}
    assert browser.post("/me/password", data=typed).location == "/me"


@given(st.lists(st.integers(1, 40), max_size=40))
def test_a_shared_machine_remembers_the_latest_dozen(users: list[int]) -> None:
    browser = known_browsers.fresh()
    for user in users:
        browser = browser.with_user(user)
    latest = list(dict.fromkeys(reversed(users)))[:12]
    assert browser.users == tuple(reversed(latest))
    assert known_browsers.from_plain(known_browsers.as_plain(browser)) == browser


@pytest.mark.parametrize(
    "data", [None, [], ["x"], ["", []], ["x" * 65, []], ["x", ["1"]], ["x", [True]], {"x": []}, 7]
)
def test_anything_else_is_no_browser(data: object) -> None:
    assert known_browsers.from_plain(data) is None


def test_two_browsers_have_two_names() -> None:
    assert known_browsers.fresh() != known_browsers.fresh()
    assert KnownBrowser("x", (1, 2)).knows(2)
    assert not KnownBrowser("x", (1, 2)).knows(3)
