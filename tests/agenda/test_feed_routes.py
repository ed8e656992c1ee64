"""What a phone asks for in the background: the agenda, the calendar, the worker."""

from __future__ import annotations

import gzip

import icalendar
import pytest
from flask import Flask
from flask.testing import FlaskClient

from congress_app.congresses.models import Congress
from congress_app.database import db
from congress_app.delegates import state_services
from congress_app.delegates.models import Delegate
from congress_app.documents import release_services
from congress_app.kernel.permissions import system_actor
from congress_app.programme.models import Item
from congress_app.seating.models import HallSeat
from tests.builders import (
    a_congress,
    a_delegate,
    a_hall,
    a_person,
    a_release,
    a_released_paper,
    a_session,
    a_speech,
    an_item,
)
from tests.conftest import CountQueries, FrozenClock

ENDS = ("agenda.json", "calendar.ics", "worker.js")


@pytest.fixture
def delegate(app: Flask, frozen_clock: FrozenClock) -> Delegate:
    congress = a_congress()
    delegate = a_delegate(congress, a_person("Lê Ý", phone="0912345678"), state="convened")
    session = a_session(congress)
    an_item(session, "Chào cờ")
    speech = a_speech(congress, "Một cửa", delegate_id=delegate.id, state="selected")
    an_item(session, "Tham luận", kind="speech", speech_id=speech.id)
    a_release(congress)
    return delegate


def link(delegate: Delegate) -> str:
    return "/d/" + state_services.make_link(delegate, actor=system_actor())


def lengthen(congress: Congress, title: str) -> None:
    item = db.session.query(Item).filter_by(title=title).one()
    item.minutes += 5
    db.session.commit()
    a_release(congress)


@pytest.mark.parametrize("end", ENDS)
def test_a_revoked_or_unknown_link_opens_nothing(
    client: FlaskClient, delegate: Delegate, end: str
) -> None:
    address = link(delegate)
    assert client.get(f"{address}/{end}").status_code == 200
    state_services.revoke_link(delegate, actor=system_actor())
    assert client.get(f"{address}/{end}").status_code == 404
    assert client.get(f"/d/é/{end}").status_code == 404


@pytest.mark.parametrize("end", ENDS[:2])
def test_what_says_the_same_is_304_and_asks_one_question(
    client: FlaskClient, delegate: Delegate, count_queries: CountQueries, end: str
) -> None:
    address = f"{link(delegate)}/{end}"
    etag = client.get(address).headers["ETag"]
    with count_queries() as asked:
        same = client.get(address, headers={"If-None-Match": etag})
    assert (same.status_code, same.data, same.headers["ETag"]) == (304, b"", etag)
    assert same.headers["Cache-Control"] == "private, no-cache"
    assert same.headers["Server-Time"] == "2020-06-15T01:00:00+00:00"
    assert [text.split()[0] for text in asked if not text.startswith("BEGIN")] == ["SELECT"]
    lengthen(delegate.congress, "Chào cờ")
    changed = client.get(address, headers={"If-None-Match": etag})
    assert changed.status_code == 200
    assert changed.headers["ETag"] != etag


def test_the_page_carries_the_mark_of_its_agenda(client: FlaskClient, delegate: Delegate) -> None:
    address = link(delegate)
    etag = client.get(f"{address}/agenda.json").headers["ETag"].strip('"')
    assert f'data-etag="{etag}"' in client.get(address).get_data(as_text=True)


def test_the_agenda_is_small_and_tells_what_changes(
    client: FlaskClient, delegate: Delegate
) -> None:
    answer = client.get(f"{link(delegate)}/agenda.json")
    told = answer.get_json()
    assert (told["release"], told["state"]) == (1, "convened")
    assert "Một cửa" in told["html"]
    assert "khoảng 10 phút nữa" in told["html"]
    assert "0912345678" not in told["html"]
    assert len(answer.data) < 10_000


@pytest.mark.parametrize("end", ["", "/agenda.json"])
def test_a_phone_that_can_unpack_gets_it_packed(
    client: FlaskClient, delegate: Delegate, end: str
) -> None:
    address = link(delegate) + end
    plain = client.get(address)
    packed = client.get(address, headers={"Accept-Encoding": "gzip"})
    assert (plain.content_encoding, packed.content_encoding) == (None, "gzip")
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert len(packed.data) < len(plain.data) / 2
    assert "Một cửa" in gzip.decompress(packed.data).decode("unicode_escape" if end else "utf-8")


def test_moving_the_delegate_makes_the_agenda_new(client: FlaskClient, delegate: Delegate) -> None:
    address = link(delegate)
    etag = client.get(f"{address}/agenda.json").headers["ETag"]
    client.post(f"{address}/confirm")
    answer = client.get(f"{address}/agenda.json", headers={"If-None-Match": etag})
    assert answer.get_json()["state"] == "confirmed"


def test_the_calendar_follows_the_releases(client: FlaskClient, delegate: Delegate) -> None:
    address = f"{link(delegate)}/calendar.ics"
    answer = client.get(address)
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert events(answer.data) == [
        ("Chào cờ", 1, "CONFIRMED"),
        ("Tôi trình bày: Một cửa", 1, "CONFIRMED"),
    ]
    uids = {event["UID"] for event in walk(answer.data)}
    lengthen(delegate.congress, "Tham luận")
    db.session.delete(db.session.query(Item).filter_by(title="Chào cờ").one())
    db.session.commit()
    a_release(delegate.congress)
    answer = client.get(address)
    assert events(answer.data) == [
        ("Tôi trình bày: Một cửa", 3, "CONFIRMED"),
        ("Chào cờ", 3, "CANCELLED"),
    ]
    assert {event["UID"] for event in walk(answer.data)} == uids
    # The secret opens the page: a calendar that is passed on must not hold it.
    assert delegate.link_token.encode() not in answer.data


def test_before_the_first_release_the_calendar_is_empty(client: FlaskClient, app: Flask) -> None:
    delegate = a_delegate(a_congress(), a_person("Lê Ý"))
    assert events(client.get(f"{link(delegate)}/calendar.ics").data) == []


def test_the_worker_serves_this_page_alone(client: FlaskClient, delegate: Delegate) -> None:
    address = link(delegate)
    answer = client.get(f"{address}/worker.js")
    assert answer.mimetype == "text/javascript"
    assert answer.headers["Service-Worker-Allowed"] == address
    assert f'"page": "{address}"' in answer.get_data(as_text=True)


def walk(data: bytes) -> list[icalendar.Component]:
    return icalendar.Calendar.from_ical(data).walk("VEVENT")


def events(data: bytes) -> list[tuple[str, int, str]]:
    return [(str(e["SUMMARY"]), int(e["SEQUENCE"]), str(e["STATUS"])) for e in walk(data)]


def test_the_seat_is_told_as_soon_as_it_is_given(client: FlaskClient, delegate: Delegate) -> None:
    address = f"{link(delegate)}/agenda.json"
    hall = a_hall(delegate.congress, "A: 4; B: 4")
    first = client.get(address)
    assert "Chỗ ngồi của tôi" not in first.get_json()["html"]
    seat = db.session.query(HallSeat).filter_by(hall_id=hall.id, row="B", number=3).one()
    seat.delegate_id = delegate.id
    db.session.commit()
    second = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert "Dãy B, ghế 3" in second.get_json()["html"]


def test_papers_come_and_go_with_the_agenda(client: FlaskClient, delegate: Delegate) -> None:
    address = f"{link(delegate)}/agenda.json"
    empty = client.get(address).headers["ETag"]
    paper = a_released_paper(delegate.congress)
    there = client.get(address, headers={"If-None-Match": empty})
    assert f"/papers/{paper.id}.pdf" in there.get_json()["html"]
    release_services.withdraw(delegate.congress, paper, actor=system_actor())
    gone = client.get(address, headers={"If-None-Match": there.headers["ETag"]})
    assert "/papers/" not in gone.get_json()["html"]
    assert gone.headers["ETag"] == empty
