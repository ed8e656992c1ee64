"""The sign-in page, one's own account, the first password's gate."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from congress_app.accounts import demonstration, passwords
from congress_app.accounts.models import SignInSession, User
from congress_app.audit.models import Entry
from congress_app.database import db
from tests import builders
from tests.builders import PASSWORD

NEW = "mặt trời mọc ở đằng đông"


def enter(client: FlaskClient, name: str, password: str = PASSWORD, **fields: str) -> Any:
    return client.post("/sign-in", data={"username": name, "password": password} | fields)


def test_the_page_asks_for_name_and_password(client: FlaskClient) -> None:
    answer = client.get("/sign-in")
    assert answer.status_code == 200
    assert 'name="username"' in answer.text
    assert 'autocomplete="current-password"' in answer.text
    assert "Tài khoản trình diễn" not in answer.text
    assert demonstration.PASSWORD not in answer.text
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_right_password_leads_to_where_one_wanted_to_go(client: FlaskClient) -> None:
    user = builders.a_user("viewer")
    answer = enter(client, user.username, next="/me?x=1")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/me?x=1")
    answer = client.get("/sign-in?next=/me")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/me")


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example/",
        "\\\\evil.example",
        "javascript:alert(1)",
        "evil.example",
        "",
    ],
)
def test_no_address_leads_to_another_site(client: FlaskClient, target: str) -> None:
    user = builders.a_user("viewer")
    answer = enter(client, user.username, next=target)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")


@pytest.mark.parametrize("target", ["/\t/evil.example/", "/\n/evil.example", "/\r/evil.example"])
def test_signs_a_browser_drops_do_not_make_a_foreign_address(
    client: FlaskClient, target: str
) -> None:
    user = builders.a_user("viewer")
    location = enter(client, user.username, next=target).headers["Location"]
    dropped = location.replace("\t", "").replace("\n", "").replace("\r", "")
    assert not dropped.startswith("//")


def test_a_wrong_password_is_told_and_the_name_stays_typed(client: FlaskClient) -> None:
    builders.a_user("viewer", username="mai")
    answer = enter(client, "mai", "wrong", next="/me")
    assert answer.status_code == 422
    assert "Tên đăng nhập hoặc mật khẩu không đúng. Còn 4 lần thử" in answer.text
    assert 'value="mai"' in answer.text
    assert 'value="/me"' in answer.text
    assert "wrong" not in answer.text
    assert client.get("/me").status_code == 302


def test_empty_fields_are_named(client: FlaskClient) -> None:
    answer = enter(client, "", "")
    assert (answer.status_code, answer.text.count("Cần điền mục này.")) == (422, 2)


def test_a_lock_is_told_with_the_time_left(client: FlaskClient, frozen_clock: Any) -> None:
    for _ in range(4):
        enter(client, "nobody", "wrong")
    answer = enter(client, "nobody", "wrong")
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "60")
    assert "Hãy đợi 60 giây rồi thử lại" in answer.text


def test_the_demonstration_offers_its_accounts_where_it_is_loaded(client: FlaskClient) -> None:
    unit = builders.a_unit("79", builders.the_root(), name="BHXH Thành phố Hồ Chí Minh")
    stored = passwords.hashed(demonstration.PASSWORD)
    builders.a_user("registrar", unit, username="demo79", is_demo=True, password_hash=stored)
    builders.a_user("viewer", username="real")
    page = client.get("/sign-in").text
    assert "Tài khoản trình diễn" in page
    assert "Cán bộ đăng ký của đơn vị" in page
    assert "demo79 · BHXH Thành phố Hồ Chí Minh" in page
    assert demonstration.PASSWORD in page
    assert "real" not in page
    filled = client.get("/sign-in?demo=demo79&next=/me").text
    assert 'value="demo79"' in filled
    assert f'value="{demonstration.PASSWORD}"' in filled
    answer = enter(client, "demo79", demonstration.PASSWORD, next="/me")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/me")


def test_nothing_is_filled_in_for_a_real_account(client: FlaskClient) -> None:
    builders.a_user("viewer", username="demo1", is_demo=True)
    builders.a_user("viewer", username="real")
    for name in ("real", "nobody"):
        page = client.get(f"/sign-in?demo={name}").text
        assert f'value="{name}"' not in page
        assert f'value="{demonstration.PASSWORD}"' not in page


def test_signing_out_ends_the_session_and_says_so(as_role: Any) -> None:
    client = as_role("viewer")
    answer = client.post("/sign-out")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/sign-in")
    assert "Bạn đã đăng xuất." in client.get("/sign-in").text
    assert client.get("/me").status_code == 302
    assert db.session.scalar(select(SignInSession)).ended_at is not None


def test_signing_out_needs_a_post(as_role: Any) -> None:
    assert as_role("viewer").get("/sign-out").status_code == 405


def test_without_its_token_a_form_is_refused(app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    user = builders.a_user("viewer")
    client = app.test_client()
    assert enter(client, user.username).status_code == 400
    page = client.get("/sign-in").text
    token = page.partition('name="csrf_token" type="hidden" value="')[2].partition('"')[0]
    assert enter(client, user.username, csrf_token=token).status_code == 302
    for path in ("/sign-out", "/me", "/me/password", "/me/sessions/end"):
        assert client.post(path, data={"csrf_token": token + "x"}).status_code == 400


@pytest.fixture
def newcomer(app: Flask) -> FlaskClient:
    """Signed in with a one-time password that was not replaced yet."""
    client = app.test_client()
    user = builders.a_user("admin", username="mai", must_change_password=True)
    answer = enter(client, user.username, next="/users")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/me/password")
    return client


def test_a_one_time_password_opens_the_page_that_replaces_it_and_no_other(
    newcomer: FlaskClient,
) -> None:
    for path in ("/", "/users", "/users/1", "/me"):
        answer = newcomer.get(path)
        assert (path, answer.status_code, answer.headers.get("Location")) == (
            path,
            302,
            "/me/password",
        )
    answer = newcomer.post("/me", data={"language": "en"})
    assert answer.headers["Location"] == "/me/password"
    assert db.session.scalar(select(User.language)) == "vi"
    assert newcomer.get("/healthz").status_code == 200
    assert newcomer.post("/language", data={"language": "en"}).status_code == 302
    assert newcomer.get("/me/password").status_code == 200
    assert newcomer.post("/sign-out").headers["Location"] == "/sign-in"


def test_after_the_change_everything_opens(newcomer: FlaskClient) -> None:
    data = {"current": PASSWORD, "new": NEW, "again": NEW}
    answer = newcomer.post("/me/password", data=data)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/me")
    assert newcomer.get("/users").status_code == 200


@pytest.mark.parametrize(
    ("data", "status", "words"),
    [
        ({"current": "wrong", "new": NEW, "again": NEW}, 422, "Mật khẩu hiện tại không đúng."),
        ({"current": PASSWORD, "new": "ngắn", "again": "ngắn"}, 422, "ít nhất 14 ký tự, mới có 4"),
        ({"current": PASSWORD, "new": NEW, "again": "x"}, 422, "Hai lần nhập phải giống nhau."),
        ({"current": PASSWORD, "new": PASSWORD, "again": PASSWORD}, 422, "phải khác mật khẩu"),
        ({}, 422, "Cần điền mục này."),
    ],
)
def test_a_password_that_cannot_be_is_told_why(
    as_role: Any, data: dict[str, str], status: int, words: str
) -> None:
    client = as_role("viewer")
    before = client.user.password_hash
    answer = client.post("/me/password", data=data)
    assert (answer.status_code, words in answer.text) == (status, True)
    assert client.user.password_hash == before


def test_changing_the_password_signs_out_everywhere_else(app: Flask, as_role: Any) -> None:
    client = as_role("viewer")
    elsewhere = app.test_client()
    enter(elsewhere, client.user.username)
    client.post("/me/password", data={"current": PASSWORD, "new": NEW, "again": NEW})
    assert (client.get("/me").status_code, elsewhere.get("/me").status_code) == (200, 302)


def test_ones_own_page_shows_rights_and_sessions(app: Flask, as_role: Any) -> None:
    client = as_role("teller", display_name="Lê Ý")
    elsewhere = app.test_client()
    enter(elsewhere, client.user.username)
    page = client.get("/me").text
    for words in ("Lê Ý", "Kiểm phiếu", "BHXH Việt Nam", "Phiên này", "sau 15 phút"):
        assert words in page
    answer = client.post("/me/sessions/end")
    assert answer.headers["Location"] == "/me"
    assert "Đã kết thúc 1 phiên khác." in client.get("/me").text
    assert (client.get("/me").status_code, elsewhere.get("/me").status_code) == (200, 302)


def test_the_language_is_ones_own_and_the_name_is_not(as_role: Any) -> None:
    client = as_role("viewer")
    before = client.user.display_name
    answer = client.post("/me", data={"display_name": "Giám đốc", "language": "en"})
    assert answer.status_code == 302
    assert (client.user.display_name, client.user.language) == (before, "en")
    assert '<html lang="en">' in client.get("/me").text


def test_a_language_there_is_not_is_refused(as_role: Any) -> None:
    client = as_role("viewer")
    answer = client.post("/me", data={"language": "xx"})
    assert (answer.status_code, client.user.language) == (422, "vi")


def test_a_user_without_rights_is_told_so(app: Flask) -> None:
    client = app.test_client()
    enter(client, builders.a_user().username)
    assert client.get("/").headers["Location"] == "/me"
    assert "Tài khoản của bạn chưa được cấp quyền nào." in client.get("/me").text


def test_the_front_door_leads_to_the_first_page_of_the_menu(as_role: Any) -> None:
    answer = as_role("admin").get("/")
    assert answer.status_code == 302
    assert answer.headers["Location"] != "/me"


def test_refused_sign_ins_are_in_the_log(client: FlaskClient) -> None:
    builders.a_user("viewer", username="mai")
    enter(client, "mai", "wrong")
    entry = db.session.scalar(select(Entry))
    assert (entry.action, entry.subject_name, entry.address, entry.actor_name) == (
        "sign_in.refused",
        "mai",
        "127.0.0.1",
        "chưa đăng nhập",
    )
