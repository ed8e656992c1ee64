"""The session is over while a form is typed: its author gets it back, and nobody else."""

from __future__ import annotations

import html
import io
import re
import time
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from congress_app.accounts.models import User
from congress_app.database import db, transaction
from congress_app.delegates.models import Delegate
from congress_app.jobs.models import KeptUpload
from congress_app.kernel import clock
from congress_app.units.models import Cluster, Unit
from tests import builders
from tests.builders import PASSWORD

IDLE = 16
SHOWN = "Nội dung bạn đã gõ"


@pytest.fixture
def late(app: Flask, frozen_clock: Any, as_role: Any) -> FlaskClient:
    """An organiser whose session is over, and he does not know it yet."""
    client: FlaskClient = as_role("organiser")
    frozen_clock.advance(minutes=IDLE)
    return client


def sign_in(client: FlaskClient, user: Any) -> str:
    data = {"username": user.username, "password": PASSWORD}
    return str(client.post("/sign-in", data=data).location)


def held() -> tuple[list[str], int]:
    """The clusters stored, and how many forms are kept."""
    db.session.rollback()
    kept = db.session.scalar(select(func.count(KeptUpload.key))) or 0
    return list(db.session.scalars(select(Cluster.name).order_by(Cluster.id))), kept


def sent_again(page: str) -> tuple[str, dict[str, str]]:
    """Where the page's button sends the form, and its fields."""
    main = page[page.index("<main") :]
    form = re.search(r'<form method="post" action="([^"]+)">(.*?)</form>', main, re.S)
    assert form is not None
    fields = re.findall(r'name="([^"]+)" value="([^"]*)"', form.group(2))
    return form.group(1), {name: html.unescape(value) for name, value in fields}


def test_signed_in_again_one_sends_what_was_typed(late: Any) -> None:
    answer = late.post("/clusters", data={"name": "Cụm “số 1”"})
    assert (answer.location, held()) == ("/sign-in", ([], 1))
    assert "đăng nhập lại thì không phải gõ lại" in late.get("/sign-in").text
    assert sign_in(late, late.user) == "/me/typed"
    page = late.get("/me/typed").text
    assert (SHOWN in page, "Cụm “số 1”" in page) == (True, True)
    address, fields = sent_again(page)
    assert (address, held()) == ("/clusters", ([], 1))
    assert late.post(address, data=fields).status_code == 302
    assert held() == (["Cụm “số 1”"], 0)
    assert late.get("/me/typed").location == "/"


def test_a_registrars_long_form_is_sent_again_whole(
    app: Flask, as_role: Any, frozen_clock: Any
) -> None:
    congress = builders.a_congress()
    address = f"/congresses/{congress.id}/delegates/new"
    typed = {
        "full_name": "Nguyễn Thị Ánh",
        "birth": "5/7/1980",
        "sex": "F",
        "unit": f"{congress.unit.name} ({congress.unit.code})",
        "category": "official",
        "position": "Phó Giám đốc “phụ trách”",
        "ethnicity": "Tày",
        "party_member": "1",
    }
    client = as_role("registrar", congress.unit)
    assert client.get(address).status_code == 200
    frozen_clock.advance(minutes=IDLE)
    assert client.post(address, data=typed).location == "/sign-in"
    assert sign_in(client, client.user) == "/me/typed"
    onward, fields = sent_again(client.get("/me/typed").text)
    kept = {name: value for name, value in fields.items() if name in typed}
    assert (onward, kept) == (address, typed)
    assert db.session.scalar(select(func.count(Delegate.id))) == 0
    assert client.post(onward, data=fields).status_code == 302
    (made,) = db.session.scalars(select(Delegate))
    assert (made.person.full_name, made.person.ethnicity) == ("Nguyễn Thị Ánh", "Tày")


def test_whoever_else_signs_in_at_this_machine_sees_nothing_of_it(late: Any, app: Flask) -> None:
    late.post("/clusters", data={"name": "Cụm riêng"})
    other = builders.a_user("organiser", builders.the_root())
    assert sign_in(late, other) == "/"
    assert late.get("/me/typed").location == "/"
    assert "Cụm riêng" not in late.get("/").text
    late.post("/me/typed/drop")
    late.post("/clusters", data={"name": "Cụm khác", "typed_again": "1"})
    assert held() == (["Cụm khác"], 1)
    elsewhere = app.test_client()
    assert sign_in(elsewhere, late.user) == "/me/typed"
    assert "Cụm riêng" in elsewhere.get("/me/typed").text
    elsewhere.post("/me/typed/drop")
    assert held() == (["Cụm khác"], 0)


def test_a_duty_comes_first_and_loses_nothing_of_it(late: Any) -> None:
    late.post("/clusters", data={"name": "Cụm 1"})
    with transaction() as session:
        session.get_one(User, late.user.id).must_change_password = True
    assert sign_in(late, late.user) == "/me/password"
    again = late.post("/clusters", data={"name": "Cụm 1", "typed_again": "1"})
    assert (again.location, held()) == ("/me/password", ([], 1))
    new = "một mật khẩu hoàn toàn khác"
    changed = late.post("/me/password", data={"current": PASSWORD, "new": new, "again": new})
    assert (changed.location, "Cụm 1" in late.get("/me/typed").text) == ("/me/typed", True)


def test_a_second_factor_comes_first_and_leads_on_to_it(late: Any, app: Flask) -> None:
    late.post("/clusters", data={"name": "Cụm 1"})
    app.config.update(SECOND_FACTOR="required", SECOND_FACTOR_GRACE_DAYS=0)
    builders.a_second_factor(late.user, confirmed_at=None)
    sign_in(late, late.user)
    assert late.get("/me/typed").location == "/me/second-factor"
    answer = {"code": builders.a_code(), "password": PASSWORD}
    codes = late.post("/me/second-factor", data=answer).text
    assert 'href="/me/typed"' in codes[codes.index("<main") :]
    assert "Cụm 1" in late.get("/me/typed").text


def test_a_duty_that_falls_due_while_one_types_loses_nothing(
    app: Flask, as_role: Any, frozen_clock: Any
) -> None:
    client = as_role("organiser")
    app.config["SECOND_FACTOR"] = "required"
    with transaction() as session:
        session.get_one(User, client.user.id).second_factor_due_at = clock.now()
    sent = client.post("/clusters", data={"name": "Cụm 1"})
    assert (sent.location, held()) == ("/me/second-factor", ([], 1))
    assert "xong bước này thì không phải gõ lại" in client.get("/me/second-factor").text
    builders.a_second_factor(client.user)
    assert "Cụm 1" in client.get("/me/typed").text


def test_the_code_of_a_second_factor_leads_to_it(late: Any) -> None:
    builders.a_second_factor(late.user)
    late.post("/clusters", data={"name": "Cụm 1"})
    assert sign_in(late, late.user) == "/sign-in/code"
    entered = late.post("/sign-in/code", data={"code": builders.a_code()})
    assert entered.location == "/me/typed"


def test_it_says_where_it_was_typed(late: Any) -> None:
    congress = builders.a_congress(name="Đại hội thi đua")
    inside = f"/congresses/{congress.id}"
    late.post(f"{inside}/speeches/new", data={"title": "Khai mạc"})
    sign_in(late, late.user)
    said = re.search(r"Bạn đã gõ ở mục:(.*?)</p>", late.get("/me/typed").text, re.S)
    assert said is not None
    assert re.findall(r'href="([^"]+)">([^<]+)<', said.group(1)) == [
        (f"{inside}/", "Đại hội thi đua"),
        (f"{inside}/speeches", "Tham luận"),
    ]


def test_after_an_hour_it_is_not_shown(late: Any, frozen_clock: Any) -> None:
    late.post("/clusters", data={"name": "Cụm 1"})
    frozen_clock.advance(hours=1, seconds=1)
    assert sign_in(late, late.user) == "/"


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("/clusters", {"name": "Cụm", "password": "bí mật"}),
        ("/me/password", {"current": "bí mật", "new": "x", "again": "x"}),
        ("/me", {"display_name": "Lan"}),
        ("/clusters", {"name": "Cụm" * 100_000}),
        ("/clusters", {"csrf_token": "x"}),
        ("/language", {"language": "en"}),
    ],
)
def test_what_is_secret_too_long_or_not_typed_is_not_kept(
    late: Any, path: str, data: dict[str, str]
) -> None:
    late.get("/")
    late.post(path, data=data)
    assert held() == ([], 0)


def test_what_a_page_sends_by_itself_is_not_kept(late: Any) -> None:
    late.post("/clusters", data={"name": "Cụm"}, headers={"Sec-Fetch-Dest": "empty"})
    assert held() == ([], 0)


def test_of_files_it_is_said_that_they_are_not_kept(late: Any) -> None:
    sent = {"sheet": (io.BytesIO(b"a;b"), "đơn vị.csv"), "note": "Ghi chú"}
    late.post("/units/sheets/import", data=sent)
    sign_in(late, late.user)
    page = late.get("/me/typed").text
    assert "Tệp không giữ lại được: đơn vị.csv." in page
    address, fields = sent_again(page)
    answer = late.post(address, data=fields)
    assert (answer.status_code, "Hãy chọn tệp" in answer.text, held()) == (422, True, ([], 0))
    assert db.session.scalar(select(func.count(Unit.id))) == 1


def token(page: str) -> str:
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    assert found is not None
    return found.group(1)


def test_a_form_left_open_serves_its_author_again_and_nobody_else(
    app: Flask, frozen_clock: Any, as_role: Any
) -> None:
    """Another window has signed in meanwhile."""
    client = as_role("organiser")
    other = builders.a_user("organiser", builders.the_root())
    app.config["WTF_CSRF_ENABLED"] = True
    typed = {"name": "Cụm 1", "csrf_token": token(client.get("/clusters").text)}

    def again(user: Any) -> int:
        frozen_clock.advance(minutes=IDLE)
        page = client.get("/clusters", follow_redirects=True).text
        data = {"username": user.username, "password": PASSWORD, "csrf_token": token(page)}
        assert client.post("/sign-in", data=data).status_code == 302
        return int(client.post("/clusters", data=typed).status_code)

    assert (again(other), held()) == (400, ([], 0))
    typed["csrf_token"] = token(client.get("/clusters").text)
    assert (again(other), held()) == (302, (["Cụm 1"], 0))


def test_nobody_leaves_him_a_form_from_the_page_of_signing_in(
    app: Flask, frozen_clock: Any, as_role: Any
) -> None:
    """Else whoever comes to the machine after him could have him send what he never typed."""
    client = as_role("organiser")
    app.config["WTF_CSRF_ENABLED"] = True
    his = token(client.get("/clusters").text)
    frozen_clock.advance(minutes=IDLE)
    assert client.get("/clusters").location.startswith("/sign-in")
    time.sleep(1.1)  # pages are told apart by the second
    other = token(client.get("/sign-in").text)
    client.post("/clusters", data={"name": "Không phải của tôi", "csrf_token": other})
    assert held() == ([], 0)
    client.post("/clusters", data={"name": "Cụm 1", "csrf_token": his})
    assert held() == ([], 1)
