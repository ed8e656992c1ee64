"""From the cookie to the actor: idle ends, cookies, fixation."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from congress_app.accounts.models import SignInSession, User
from congress_app.audit.models import Entry
from congress_app.database import db, transaction
from tests import builders
from tests.builders import PASSWORD

IDLE = "Phiên làm việc đã kết thúc vì để lâu không dùng. Hãy đăng nhập lại."


def status(client: FlaskClient, **headers: str) -> int:
    return client.get("/me", headers=headers).status_code


def cookie(client: FlaskClient) -> str:
    kept = client.get_cookie("congress")
    return kept.value if kept else ""


def test_a_stranger_is_nobody(client: FlaskClient) -> None:
    answer = client.get("/me")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/sign-in?next=/me")


@pytest.mark.parametrize(
    ("role", "minutes"),
    [
        ("admin", 15),
        ("organiser", 15),
        ("registrar", 15),
        ("secretary", 8 * 60),
        ("teller", 15),
        ("viewer", 8 * 60),
    ],
)
def test_a_session_rests_as_long_as_its_role_allows(
    as_role: Any, frozen_clock: Any, role: str, minutes: int
) -> None:
    client = as_role(role)
    frozen_clock.advance(minutes=minutes)
    assert status(client) == 200
    frozen_clock.advance(minutes=minutes, seconds=1)
    assert status(client) == 302
    page = client.get("/sign-in").text
    assert IDLE in page


def test_work_keeps_it_alive_but_not_beyond_twelve_hours(as_role: Any, frozen_clock: Any) -> None:
    client = as_role("admin")
    for _ in range(4 * 12):
        frozen_clock.advance(minutes=15)
        assert status(client) == 200
    frozen_clock.advance(seconds=1)
    assert status(client) == 302


def test_a_page_that_refreshes_itself_does_not_keep_it_alive(
    as_role: Any, frozen_clock: Any
) -> None:
    client = as_role("admin")
    for _ in range(3):
        frozen_clock.advance(minutes=5)
        assert status(client, **{"Sec-Fetch-Dest": "empty"}) == 200
    frozen_clock.advance(seconds=1)
    assert status(client) == 302


def test_reading_a_page_writes_nothing(as_role: Any, frozen_clock: Any) -> None:
    client = as_role("viewer")

    def stored() -> list[Any]:
        return [
            db.session.execute(select(table)).all()
            for table in (SignInSession.__table__, User.__table__, Entry.__table__)
        ]

    before = stored()
    frozen_clock.advance(minutes=4)
    assert status(client) == 200
    assert stored() == before


def test_use_is_noted_every_few_minutes(as_role: Any, frozen_clock: Any) -> None:
    client = as_role("viewer")
    begun = frozen_clock.now
    frozen_clock.advance(minutes=6)
    client.get("/me", headers={"Sec-Fetch-Dest": "empty"})
    assert db.session.scalar(select(SignInSession)).last_seen_at == begun
    assert status(client) == 200
    assert db.session.scalar(select(SignInSession)).last_seen_at == frozen_clock.now


def test_a_deactivated_user_is_out_with_his_next_click(as_role: Any) -> None:
    client = as_role("viewer")
    with transaction():
        client.user.is_active = False
    assert status(client) == 302


def test_rights_count_from_the_next_click_on(as_role: Any) -> None:
    client = as_role("admin")
    assert client.get("/users").status_code == 200
    with transaction():
        client.user.grants.clear()
    assert client.get("/users").status_code == 403


def test_an_ended_session_cannot_be_had_again_from_its_cookie(app: Flask, as_role: Any) -> None:
    client = as_role("viewer")
    stolen = cookie(client)
    client.post("/sign-out")
    thief = app.test_client()
    thief.set_cookie("congress", stolen)
    assert status(thief) == 302


def test_what_rested_too_long_is_over_in_every_copy_of_the_cookie(
    app: Flask, as_role: Any, frozen_clock: Any
) -> None:
    client = as_role("admin")
    thief = app.test_client()
    thief.set_cookie("congress", cookie(client))
    for _ in range(4):
        frozen_clock.advance(minutes=14)
        assert status(thief) == 200
    page = client.get("/me", follow_redirects=True).text
    assert IDLE in page
    assert status(thief) == 302
    assert db.session.scalar(select(SignInSession.ended_at)) is not None


def test_a_page_in_the_background_ends_nobody_s_session(
    app: Flask, as_role: Any, frozen_clock: Any
) -> None:
    client = as_role("admin")
    frozen_clock.advance(minutes=16)
    assert status(client, **{"Sec-Fetch-Dest": "empty"}) == 302
    assert db.session.scalar(select(SignInSession.ended_at)) is None


def test_a_cookie_of_ones_own_making_is_nothing(app: Flask) -> None:
    client = app.test_client()
    with client.session_transaction() as kept:
        kept["token"] = "guessed"
        kept["seen"] = 0
    assert status(client) == 302
    client.set_cookie("congress", "eyJ0b2tlbiI6IngifQ.forged.signature")
    assert status(client) == 302


def test_signing_in_begins_a_session_anew(client: FlaskClient) -> None:
    user = builders.a_user("viewer")
    with client.session_transaction() as kept:
        kept["planted"] = "by somebody else"
        kept["token"] = "known to somebody else"
        kept["language"] = "en"
    client.post("/sign-in", data={"username": user.username, "password": PASSWORD})
    with client.session_transaction() as kept:
        assert sorted(kept) == ["language", "seen", "token"]
        assert kept["token"] != "known to somebody else"
        assert kept["language"] == "en"


@pytest.mark.parametrize("again", ["the same", "another", "with a second factor"])
def test_signing_in_again_ends_the_session_that_was_open(app: Flask, again: str) -> None:
    first, other = builders.a_user("viewer"), builders.a_user("viewer")
    browser, thief = app.test_client(), app.test_client()
    browser.post("/sign-in", data={"username": first.username, "password": PASSWORD})
    thief.set_cookie("congress", cookie(browser))
    assert status(thief) == 200
    if again == "with a second factor":
        builders.a_second_factor(first)
    whose = other if again == "another" else first
    browser.post("/sign-in", data={"username": whose.username, "password": PASSWORD})
    assert status(thief) == 302
    assert status(browser) == (302 if again == "with a second factor" else 200)
    told = db.session.scalars(select(Entry.action).order_by(Entry.id)).all()
    assert "sign_out" in told
    is_open = select(SignInSession.user_id).where(SignInSession.ended_at.is_(None))
    expected = [] if again == "with a second factor" else [whose.id]
    assert list(db.session.scalars(is_open)) == expected


def test_the_users_own_language_comes_with_him_unless_another_was_chosen(app: Flask) -> None:
    user = builders.a_user("viewer", language="en")
    client = app.test_client()
    client.post("/sign-in", data={"username": user.username, "password": PASSWORD})
    assert '<html lang="en">' in client.get("/me").text


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(app: Flask) -> None:
    user = builders.a_user("viewer")
    app.config["SESSION_COOKIE_SECURE"] = True
    answer = app.test_client().post(
        "/sign-in", data={"username": user.username, "password": PASSWORD}
    )
    cookies = {}
    for text in answer.headers.getlist("Set-Cookie"):
        pair, *parts = text.split("; ")
        lasting = ("Expires=", "Max-Age=")
        cookies[pair.split("=")[0]] = sorted(p for p in parts if not p.startswith(lasting))
    guarded = ["HttpOnly", "Path=/", "SameSite=Lax", "Secure"]
    assert cookies == {"congress": guarded, "congress-known": guarded}


def test_knowing_who_it_is_takes_one_statement(as_role: Any, count_queries: Any) -> None:
    client = as_role("viewer")
    with count_queries() as seen:
        client.get("/healthz")
    assert len(seen) == 1
    with count_queries() as seen:
        client.application.test_client().get("/healthz")
    assert len(seen) == 0


def test_the_demonstration_is_announced_on_every_page(as_role: Any) -> None:
    client = as_role("viewer")
    words = "Bản trình diễn: mọi người, số liệu và văn bản đều là giả định."
    assert words not in client.get("/me").text
    builders.a_user(is_demo=True)
    assert words in client.get("/me").text


def test_only_hashes_of_tokens_are_stored(as_role: Any) -> None:
    client = as_role("viewer")
    with client.session_transaction() as kept:
        token = kept["token"]
    matching = select(func.count(SignInSession.id)).where(SignInSession.token_hash == token)
    assert db.session.scalar(matching) == 0
    assert db.session.scalar(select(func.count(SignInSession.id))) == 1
