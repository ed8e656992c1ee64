"""Arranging through HTTP: every effect is shown first, then applied, then undone."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from congress_app.congresses.models import Congress
from congress_app.database import db
from congress_app.kernel.permissions import Role
from congress_app.programme import act_queries
from congress_app.programme.models import Item, Session
from tests.builders import a_congress, a_session, an_item
from tests.conftest import AsRole, FrozenClock

Scene = tuple[FlaskClient, Session, list[Item]]


@pytest.fixture
def congress(app: Flask, frozen_clock: FrozenClock) -> Congress:
    return a_congress()


@pytest.fixture
def scene(as_role: AsRole, congress: Congress) -> Scene:
    session = a_session(congress)
    items = [an_item(session, name) for name in ("Khai mạc", "Báo cáo", "Bế mạc")]
    return as_role(Role.SECRETARY, congress.unit), session, items


def address(item: Item, act: str) -> str:
    return f"/congresses/{item.session.congress_id}/programme/items/{item.id}/{act}"


def titles(session: Session) -> list[str]:
    db.session.expire_all()
    return [item.title for item in session.items]


def token_in(text: str) -> str:
    found = re.search(r'name="seen"[^>]*value="(\w+)"', text)
    assert found is not None
    return found[1]


def test_a_move_is_shown_before_it_is_applied(scene: Scene) -> None:
    secretary, session, items = scene
    move = {"place": "1"}
    shown = secretary.post(address(items[1], "arrange"), data=move)
    assert (shown.status_code, titles(session)) == (409, ["Khai mạc", "Báo cáo", "Bế mạc"])
    assert "2 mục đổi giờ bắt đầu" in shown.text
    done = secretary.post(address(items[1], "arrange"), data=move | {"seen": token_in(shown.text)})
    assert (done.status_code, titles(session)) == (302, ["Báo cáo", "Khai mạc", "Bế mạc"])


def test_a_place_beyond_all_numbers_is_told_in_words(scene: Scene) -> None:
    secretary, session, items = scene
    shown = secretary.post(address(items[1], "arrange"), data={"place": "9" * 400})
    assert (shown.status_code, titles(session)) == (422, ["Khai mạc", "Báo cáo", "Bế mạc"])
    assert "Hãy nhập một số nguyên, ví dụ 12 hoặc 1.200." in shown.text


def test_what_was_seen_must_be_what_happens(scene: Scene) -> None:
    secretary, session, items = scene
    move = {"place": "1"}
    shown = secretary.post(address(items[1], "arrange"), data=move)
    an_item(session, "Mới thêm")
    again = secretary.post(address(items[1], "arrange"), data=move | {"seen": token_in(shown.text)})
    assert again.status_code == 409
    assert titles(session) == ["Khai mạc", "Báo cáo", "Bế mạc", "Mới thêm"]


def test_another_length_of_an_item_somebody_else_saved_shows_both(scene: Scene) -> None:
    secretary, _session, items = scene
    opened = items[0].version
    data = {"kind": "opening", "title": "Khai mạc", "minutes": "12", "speech": "0"}
    data |= {"announces": "0", "version": str(opened)}
    first = secretary.post(address(items[0], "")[:-1], data=data)
    secretary.post(address(items[0], "")[:-1], data=data | {"seen": token_in(first.text)})
    late = secretary.post(
        address(items[0], "arrange"), data={"minutes": "20", "version": str(opened)}
    )
    assert late.status_code == 409
    assert "Số phút: đang lưu “12”, bạn nhập “20”." in late.text
    db.session.rollback()
    assert f'value="{db.session.get_one(Item, items[0].id).version}"' in late.text


def test_removing_shows_what_starts_earlier(scene: Scene) -> None:
    secretary, session, items = scene
    shown = secretary.post(address(items[0], "remove"))
    assert (shown.status_code, "Xóa “Khai mạc”?" in shown.text) == (409, True)
    done = secretary.post(address(items[0], "remove"), data={"seen": token_in(shown.text)})
    assert (done.status_code, titles(session)) == (302, ["Báo cáo", "Bế mạc"])


def test_the_last_act_is_undone_by_another_secretary(
    scene: Scene, as_role: AsRole, congress: Congress
) -> None:
    secretary, session, items = scene
    shown = secretary.post(address(items[0], "remove"))
    secretary.post(address(items[0], "remove"), data={"seen": token_in(shown.text)})
    last = act_queries.last_act(congress.id)
    assert last is not None
    other = as_role(Role.SECRETARY, congress.unit)
    other.post(f"/congresses/{congress.id}/programme/undo", data={"act": last.id})
    assert titles(session) == ["Khai mạc", "Báo cáo", "Bế mạc"]


@pytest.mark.parametrize("act", ["", "x", "-1", "9" * 20])
def test_rubbish_is_no_act(scene: Scene, congress: Congress, act: str) -> None:
    secretary, _session, _items = scene
    answer = secretary.post(f"/congresses/{congress.id}/programme/undo", data={"act": act})
    assert answer.status_code == 404


def test_a_longer_item_typed_in_its_form_is_shown_first(scene: Scene) -> None:
    secretary, _session, items = scene
    data = {"kind": "opening", "title": "Khai mạc", "minutes": "25", "speech": "0"}
    data |= {"announces": "0", "version": str(items[0].version)}
    shown = secretary.post(address(items[0], "")[:-1], data=data)
    assert (shown.status_code, "Áp dụng và lưu" in shown.text) == (409, True)
    done = secretary.post(address(items[0], "")[:-1], data=data | {"seen": token_in(shown.text)})
    assert done.status_code == 302
    db.session.rollback()
    assert db.session.get_one(Item, items[0].id).minutes == 25


def test_a_foreign_session_is_no_target(scene: Scene) -> None:
    secretary, _session, items = scene
    foreign = a_session(a_congress())
    answer = secretary.post(address(items[0], "arrange"), data={"session": foreign.id})
    assert answer.status_code == 404
