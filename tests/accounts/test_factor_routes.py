"""The pages of the second factor and the second step of signing in."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from congress_app.accounts import queries
from congress_app.accounts.models import User
from congress_app.database import transaction
from congress_app.kernel import clock
from tests import builders
from tests.builders import PASSWORD

KEY = "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ"


@pytest.fixture
def user(app: Flask, frozen_clock: Any) -> User:
    return builders.a_user("organiser", username="mai")


def enter(client: FlaskClient, **fields: str) -> Any:
    return client.post("/sign-in", data={"username": "mai", "password": PASSWORD} | fields)


def code(client: FlaskClient, typed: str) -> Any:
    return client.post("/sign-in/code", data={"code": typed})


def test_the_code_comes_after_the_password_and_leads_on(client: FlaskClient, user: User) -> None:
    builders.a_second_factor(user)
    answer = enter(client, next="/me?x=1")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/sign-in/code")
    assert client.get("/me").status_code == 302
    page = client.get("/sign-in/code")
    assert 'autocomplete="one-time-code"' in page.text
    answer = code(client, "000000")
    assert (answer.status_code, "Còn 4 lần thử" in answer.text) == (422, True)
    answer = code(client, builders.a_code())
    assert (answer.status_code, answer.headers["Location"]) == (302, "/me?x=1")
    assert client.get("/me").status_code == 200


def test_without_a_password_there_is_no_second_step(client: FlaskClient, user: User) -> None:
    builders.a_second_factor(user)
    for answer in (client.get("/sign-in/code"), code(client, builders.a_code())):
        assert (answer.status_code, answer.headers["Location"]) == (302, "/sign-in")
    assert client.get("/me").status_code == 302


def test_half_a_sign_in_is_forgotten_after_five_minutes(
    client: FlaskClient, user: User, frozen_clock: Any
) -> None:
    builders.a_second_factor(user)
    enter(client)
    frozen_clock.advance(minutes=5, seconds=1)
    answer = code(client, builders.a_code())
    assert (answer.status_code, answer.headers["Location"]) == (302, "/sign-in")
    assert "Lần đăng nhập này đã quá lâu" in client.get("/sign-in").text


def test_too_many_codes_say_when_again(client: FlaskClient, user: User) -> None:
    builders.a_second_factor(user)
    enter(client)
    answers = [code(client, "000000") for _ in range(5)]
    assert [answer.status_code for answer in answers] == [422] * 4 + [429]
    assert answers[-1].headers["Retry-After"] == "60"


def test_it_is_set_up_with_symbol_key_and_codes(as_role: Any, frozen_clock: Any) -> None:
    client = as_role("organiser")
    builders.a_second_factor(client.user, confirmed_at=None)
    page = client.get("/me/second-factor").text
    assert KEY in page
    assert '<svg xmlns="http://www.w3.org/2000/svg"' in page
    wrong = client.post("/me/second-factor", data={"code": "000000", "password": PASSWORD})
    assert (wrong.status_code, KEY in wrong.text) == (422, True)
    done = client.post("/me/second-factor", data={"code": builders.a_code(), "password": PASSWORD})
    assert (done.status_code, done.text.count("<li><code>")) == (200, 10)
    assert done.headers["Cache-Control"] == "no-store"
    page = client.get("/me/second-factor").text
    assert KEY not in page
    assert "Còn 10 mã dự phòng chưa dùng" in page


def test_beginning_makes_a_secret_of_its_own(as_role: Any) -> None:
    client = as_role("viewer")
    assert "Bắt đầu thiết lập" in client.get("/me/second-factor").text
    assert client.post("/me/second-factor/begin").status_code == 302
    assert "Bật xác thực hai bước" in client.get("/me/second-factor").text
    assert not queries.has_factor(client.user.id)


def test_codes_are_renewed_and_it_is_taken_away_with_the_password(as_role: Any) -> None:
    client = as_role("viewer")
    builders.a_second_factor(client.user)
    for path in ("/me/second-factor/codes", "/me/second-factor/remove"):
        assert client.post(path, data={"password": "x"}).status_code == 422
    fresh = client.post("/me/second-factor/codes", data={"password": PASSWORD})
    assert fresh.text.count("<li><code>") == 10
    gone = client.post("/me/second-factor/remove", data={"password": PASSWORD})
    assert (gone.status_code, gone.headers["Location"]) == (302, "/me")
    assert not queries.has_factor(client.user.id)


def test_whoever_is_overdue_sees_nothing_but_the_set_up(
    app: Flask, as_role: Any, frozen_clock: Any
) -> None:
    app.config.update(SECOND_FACTOR="required", SECOND_FACTOR_GRACE_DAYS=0)
    client = as_role("registrar")
    answer = client.get("/congresses/")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/me/second-factor")
    assert "đã hết thời gian chuẩn bị" in client.get("/me/second-factor").text
    assert as_role("viewer").get("/congresses/").status_code == 200
    assert as_role("registrar", is_demo=True).get("/congresses/").status_code == 200
    builders.a_second_factor(client.user)
    assert client.get("/congresses/").status_code == 200


def test_on_an_open_page_whoever_has_a_duty_left_is_a_stranger(
    app: Flask, as_role: Any, frozen_clock: Any
) -> None:
    app.config.update(SECOND_FACTOR="required", SECOND_FACTOR_GRACE_DAYS=0)
    overdue, fresh = as_role("admin"), as_role("admin", must_change_password=True)
    builders.a_second_factor(fresh.user)
    for client in (overdue, fresh):
        assert client.get("/metrics").status_code == 401
        # The way to the duty itself stays as it was.
        assert client.get("/sign-in").headers["Location"] == "/"
    builders.a_second_factor(overdue.user)
    assert overdue.get("/metrics").status_code == 200


def test_who_must_have_one_and_turns_it_off_sets_it_up_at_once(app: Flask, as_role: Any) -> None:
    app.config.update(SECOND_FACTOR="required", SECOND_FACTOR_GRACE_DAYS=7)
    client = as_role("organiser")
    builders.a_second_factor(client.user)
    assert "tắt thì phải bật lại ngay" in client.get("/me/second-factor").text
    client.post("/me/second-factor/remove", data={"password": PASSWORD})
    answer = client.get("/congresses/")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/me/second-factor")


def test_within_the_days_of_grace_one_is_told_the_day(
    app: Flask, client: FlaskClient, user: User
) -> None:
    app.config.update(SECOND_FACTOR="required", SECOND_FACTOR_GRACE_DAYS=7)
    enter(client, next="/me")
    assert "trước ngày 22/06/2020" in client.get("/me").text
    assert client.get("/congresses/").status_code == 200


def test_an_administrator_ends_sessions_and_takes_a_lost_factor_away(
    app: Flask, as_role: Any
) -> None:
    chief, other = as_role("admin"), as_role("registrar")
    builders.a_second_factor(other.user)
    page = f"/users/{other.user.id}"
    assert "Phiên đang mở (1)" in chief.get(page).text
    listed = chief.get(f"{page}/sessions").text
    assert "127.0.0.1" in listed
    session = queries.open_sessions(other.user)[0]
    assert chief.post(f"{page}/sessions/{session.id}/end").status_code == 302
    assert other.get("/me").status_code == 302
    assert chief.post(f"{page}/second-factor/reset").status_code == 302
    assert not queries.has_factor(other.user.id)
    again = as_role("registrar")
    assert chief.post(f"/users/{again.user.id}/sessions/end").status_code == 302
    assert again.get("/me").status_code == 302


def test_nobody_ends_a_session_through_somebody_else(as_role: Any) -> None:
    chief, other = as_role("admin"), as_role("viewer")
    own = queries.open_sessions(chief.user)[0]
    assert chief.post(f"/users/{other.user.id}/sessions/{own.id}/end").status_code == 404
    assert other.post(f"/me/sessions/{own.id}/end").status_code == 404
    assert chief.get("/me").status_code == 200
    mine = queries.open_sessions(other.user)[0]
    assert other.post(f"/me/sessions/{mine.id}/end").status_code == 302
    assert other.get("/me").status_code == 302


def test_a_local_administrator_does_not_see_sessions_beyond_his_reach(as_role: Any) -> None:
    here = builders.a_unit("79", builders.the_root())
    local, other = as_role("admin", here), as_role("viewer")
    builders.a_user("viewer", here)
    assert local.get(f"/users/{other.user.id}/sessions").status_code == 404


def test_a_refusal_is_explained(as_role: Any) -> None:
    here = builders.a_unit("79", builders.the_root())
    elsewhere = builders.a_unit("01", builders.the_root())
    chief, other = as_role("admin"), as_role("registrar", here)

    def told(permission: str, unit: str) -> str:
        query = {"permission": permission, "unit": unit}
        return str(chief.get(f"/users/{other.user.id}/why", query_string=query).text)

    assert "Được phép" in told("delegate:register", here.code)
    assert "(403)" in told("quota:approve", here.code)
    assert "(404)" in told("delegate:register", elsewhere.code)
    assert "Không có đơn vị này" in told("delegate:register", "nowhere")
    assert "Ban tổ chức" in told("quota:approve", here.code)
    assert chief.get(f"/users/{other.user.id}/why").status_code == 200


def test_the_page_of_a_refusal_names_the_permission(as_role: Any) -> None:
    answer = as_role("viewer").get("/users")
    assert (answer.status_code, "user:manage" in answer.text) == (403, True)


SENTENCE = "Vai trò của bạn phải bật trước"


@pytest.mark.parametrize(
    ("rule", "role", "days", "told"),
    [
        ("required", "organiser", 7, True),
        ("optional", "organiser", 7, False),
        ("required", "viewer", 7, False),
        ("required", "viewer", 0, False),
        ("optional", "organiser", 0, False),
    ],
)
def test_ones_own_page_names_the_day_only_to_whom_it_is_to_come(
    client: FlaskClient, app: Flask, frozen_clock: Any, rule: str, role: str, days: int, told: bool
) -> None:
    """Whoever turned a factor off has a day in the past, whatever his role is."""
    app.config.update(SECOND_FACTOR=rule)
    mai = builders.a_user(role, username="mai")
    with transaction():
        mai.second_factor_due_at = clock.now() + timedelta(days=days)
    enter(client)
    page = client.get("/me")
    assert (page.status_code, SENTENCE in page.text) == (200, told)
