"""The page on which the order of the speeches is made and changed."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from congress_app.congresses.models import Congress
from congress_app.database import db
from congress_app.kernel.permissions import Role
from congress_app.programme.models import Item
from tests.builders import a_congress, a_session, a_speech, an_item
from tests.conftest import AsRole, FrozenClock


@pytest.fixture
def congress(app: Flask, frozen_clock: FrozenClock) -> Congress:
    return a_congress()


@pytest.fixture
def secretary(as_role: AsRole, congress: Congress) -> FlaskClient:
    return as_role(Role.SECRETARY, congress.unit)


def address(congress: Congress) -> str:
    return f"/congresses/{congress.id}/speeches/order"


def test_filled_looked_at_and_moved(secretary: FlaskClient, congress: Congress) -> None:
    session = a_session(congress)
    items = [an_item(session, "Chỗ", kind="speech", minutes=10) for _ in range(2)]
    first = a_speech(congress, "Bài dài", state="selected", minutes=20, field="VH")
    second = a_speech(congress, "Bài ngắn", state="selected", minutes=5, field="VH")
    assert "Bài được chọn nhưng chưa có chỗ" in secretary.get(address(congress)).text
    looked = secretary.post(address(congress))
    assert looked.status_code == 409
    [seen] = re.findall(r'name="seen"[^>]*value="(\w+)"', looked.text)
    assert secretary.post(address(congress), data={"seen": seen}).location == address(congress)
    page = secretary.get(address(congress)).text
    assert "Giống bài trước về: lĩnh vực, tập thể hay cá nhân." in " ".join(page.split())
    assert "Đổi chỗ hai bài hay chuyển một bài bất kỳ đều không làm thứ tự tốt hơn." in page
    step = f"{address(congress)}/{items[0].id}/move"
    looked = secretary.post(step, data={"step": "1"})
    [seen] = re.findall(r'name="seen"[^>]*value="(\w+)"', looked.text)
    secretary.post(step, data={"step": "1", "seen": seen})
    db.session.expire_all()
    stored = [db.session.get_one(Item, item.id).speech_id for item in items]
    assert stored == [second.id, first.id]


def test_a_step_that_is_none_is_refused(secretary: FlaskClient, congress: Congress) -> None:
    item = an_item(a_session(congress), kind="speech")
    for step in ("", "0", "99"):
        answer = secretary.post(f"{address(congress)}/{item.id}/move", data={"step": step})
        assert answer.status_code == 422


def test_without_a_place_the_page_says_what_to_do(
    secretary: FlaskClient, congress: Congress
) -> None:
    assert "Chương trình chưa có mục tham luận nào" in secretary.get(address(congress)).text


def test_only_who_edits_the_programme_orders(as_role: AsRole, congress: Congress) -> None:
    assert as_role(Role.VIEWER, congress.unit).get(address(congress)).status_code == 403
