"""The programme and the register of speeches through HTTP."""

from __future__ import annotations

from io import BytesIO

import openpyxl
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from congress_app.congresses.models import Congress
from congress_app.database import db
from congress_app.kernel.permissions import Role
from congress_app.programme.models import Item, Session, Speech
from tests.builders import a_congress, a_delegate, a_session, a_speech, an_item
from tests.conftest import AsRole, FrozenClock


@pytest.fixture
def congress(app: Flask, frozen_clock: FrozenClock) -> Congress:
    return a_congress()


@pytest.fixture
def secretary(as_role: AsRole, congress: Congress) -> FlaskClient:
    return as_role(Role.SECRETARY, congress.unit)


def base(congress: Congress) -> str:
    return f"/congresses/{congress.id}"


def test_from_nothing_to_a_programme(secretary: FlaskClient, congress: Congress) -> None:
    empty = secretary.get(f"{base(congress)}/programme").get_data(as_text=True)
    assert "Chưa có chương trình" in empty
    done = secretary.post(
        f"{base(congress)}/programme/outline",
        data={"outline": "upper_half_day"},
        follow_redirects=True,
    ).get_data(as_text=True)
    assert "Đã tạo chương trình từ mẫu" in done
    assert "07:30" in done


def test_a_session_is_added_and_its_times_are_the_venue_s(
    secretary: FlaskClient, congress: Congress
) -> None:
    data = {
        "kind": "official",
        "title": "Phiên chính thức",
        "day": "15/06/2020",
        "starts": "7:30",
        "doors_open": "06:30",
        "doors_close": "11h30",
    }
    answer = secretary.post(f"{base(congress)}/programme/sessions/new", data=data)
    session = db.session.scalars(select(Session)).one()
    assert (answer.status_code, session.starts_at.isoformat()) == (302, "2020-06-15T00:30:00+00:00")


def test_a_session_admits_the_categories_ticked_and_all_when_none_is(
    secretary: FlaskClient, congress: Congress
) -> None:
    data: dict[str, object] = {
        "kind": "official", "title": "Phiên của khách", "day": "15/06/2020", "starts": "7:30",
        "doors_open": "06:30", "doors_close": "11:30", "categories": ["guest", "elected"],
    }  # fmt: skip
    secretary.post(f"{base(congress)}/programme/sessions/new", data=data)
    session = db.session.scalars(select(Session)).one()
    assert session.categories == ["elected", "guest"]
    address = f"{base(congress)}/programme/sessions/{session.id}"
    assert secretary.get(address).text.count("checked") == 2
    without = data | {"version": str(session.version)}
    del without["categories"]
    assert secretary.post(address, data=without).status_code == 302
    db.session.rollback()
    assert db.session.scalars(select(Session.categories)).all() == [None]


def test_bad_times_keep_what_was_typed(secretary: FlaskClient, congress: Congress) -> None:
    data = {"kind": "official", "title": "Phiên sáng", "day": "31/02/2020", "starts": "25:99"}
    answer = secretary.post(f"{base(congress)}/programme/sessions/new", data=data)
    text = answer.get_data(as_text=True)
    assert answer.status_code == 422
    for part in ("Ngày không đọc được", "Giờ không đọc được", "Phiên sáng", "31/02/2020", "25:99"):
        assert part in text


def test_a_stale_item_answers_409_and_can_be_saved_knowingly(
    secretary: FlaskClient, congress: Congress
) -> None:
    item = an_item(a_session(congress), "Khai mạc")
    address = f"{base(congress)}/programme/items/{item.id}"
    data = {"kind": "opening", "minutes": "10", "speech": "0", "version": str(item.version)}
    secretary.post(address, data=data | {"title": "Chị sửa"})
    stale = secretary.post(address, data=data | {"title": "Anh sửa"})
    text = stale.get_data(as_text=True)
    assert stale.status_code == 409
    assert "Chị sửa" in text
    assert 'value="Anh sửa"' in text
    db.session.rollback()
    newer = str(db.session.get(Item, item.id).version)
    assert f'name="version" type="hidden" value="{newer}"' in text
    assert (
        secretary.post(address, data=data | {"title": "Anh sửa", "version": newer}).status_code
        == 302
    )


def test_speeches_are_registered_chosen_and_counted(
    secretary: FlaskClient, congress: Congress
) -> None:
    speaker = a_delegate(congress)
    an_item(a_session(congress), kind="speech", minutes=15)
    data = {
        "title": "Một cửa điện tử",
        "kind": "individual",
        "unit": "",
        "delegate": str(speaker.id),
        "exemplar": "0",
        "field": "",
        "minutes": "10",
    }
    assert secretary.post(f"{base(congress)}/speeches/new", data=data).status_code == 302
    speech = db.session.scalars(select(Speech)).one()
    secretary.post(
        f"{base(congress)}/speeches/{speech.id}/decide",
        data={"state": "selected", "version": str(speech.version)},
    )
    text = secretary.get(f"{base(congress)}/speeches").get_data(as_text=True)
    assert "Chương trình dành 15 phút cho tham luận" in text
    assert "Được chọn" in text


def test_a_foreign_item_or_speech_is_404(secretary: FlaskClient, congress: Congress) -> None:
    other = a_congress()
    item, speech = an_item(a_session(other)), a_speech(other)
    addresses = [f"programme/items/{item.id}", f"speeches/{speech.id}", "programme/sessions/999"]
    answers = [secretary.get(f"{base(congress)}/{address}").status_code for address in addresses]
    assert answers == [404, 404, 404]


def test_a_leader_reads_and_does_not_edit(as_role: AsRole, congress: Congress) -> None:
    a_session(congress)
    viewer = as_role(Role.VIEWER, congress.unit)
    text = viewer.get(f"{base(congress)}/programme").get_data(as_text=True)
    assert "Thêm nội dung" not in text
    assert viewer.get(f"{base(congress)}/programme/sessions/new").status_code == 403


def test_the_sheet_is_a_workbook(secretary: FlaskClient, congress: Congress) -> None:
    an_item(a_session(congress), "Chào cờ", minutes=5)
    answer = secretary.get(f"{base(congress)}/programme/sheet.xlsx")
    rows = list(openpyxl.load_workbook(BytesIO(answer.data)).active.values)
    named = [row for row in rows if "Chào cờ" in row]
    assert [row[1:5] for row in named] == [("08:00", "08:05", 5, "Chào cờ")]
