"""What a phone asks for in the background: the agenda, the worker."""

from __future__ import annotations

import gzip

import pytest
from flask import Flask
from flask.testing import FlaskClient

from congress_app.congresses.models import Congress
from congress_app.database import db
from congress_app.delegates import state_services
from congress_app.delegates.models import Delegate
from congress_app.documents import release_services
from congress_app.kernel.crowd import LOOKERS_SHARE
from congress_app.kernel.permissions import system_actor
from congress_app.programme.models import Item
from congress_app.seating.models import HallSeat
from tests.builders import (
    a_hall,
    a_release,
    a_released_paper,
)
from tests.conftest import CountQueries

ENDS = ("agenda.json", "worker.js")


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


def test_what_says_the_same_is_304_and_asks_one_question(
    client: FlaskClient, delegate: Delegate, count_queries: CountQueries
) -> None:
    address = f"{link(delegate)}/agenda.json"
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


def test_in_a_crowd_phones_are_asked_to_come_later(
    app: Flask, client: FlaskClient, delegate: Delegate
) -> None:
    address = f"{link(delegate)}/agenda.json"
    calm = client.get(address)
    known = {"If-None-Match": calm.headers["ETag"]}
    app.extensions["crowd"].ask_again(30 * LOOKERS_SHARE, 15.0, 60.0)
    whole, same = client.get(address), client.get(address, headers=known)
    assert (calm.status_code, whole.status_code, same.status_code) == (200, 200, 304)
    assert "Ask-Again" not in calm.headers
    told = [float(answer.headers["Ask-Again"]) for answer in (whole, same)]
    assert told == pytest.approx([30.0, 30.0], rel=0.1)


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


def test_who_declined_presents_nothing_and_is_handed_no_paper(
    client: FlaskClient, delegate: Delegate
) -> None:
    address = link(delegate)
    paper = a_released_paper(delegate.congress)
    file = f"{address}/papers/{paper.id}.pdf"
    assert client.get(file).status_code == 200
    move(delegate, "declined", "Trùng lịch công tác")
    html = client.get(f"{address}/agenda.json").get_json()["html"]
    assert "khoảng 10 phút nữa" not in html.split("data-mine")[1].split("</section>")[0]
    assert "/papers/" not in html
    assert client.get(file).status_code == 404


def move(delegate: Delegate, state: str, reason: str | None) -> None:
    state_services.move_state(
        delegate.congress, [delegate.id], state, actor=system_actor(), reason=reason
    )
    db.session.expire_all()


def test_the_worker_serves_this_page_alone(client: FlaskClient, delegate: Delegate) -> None:
    address = link(delegate)
    answer = client.get(f"{address}/worker.js")
    assert answer.mimetype == "text/javascript"
    assert answer.headers["Service-Worker-Allowed"] == address
    assert f'"page": "{address}"' in answer.get_data(as_text=True)


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


def test_the_note_of_a_release_stays_with_its_editors(
    client: FlaskClient, delegate: Delegate
) -> None:
    address = link(delegate)
    db.session.query(Item).filter_by(title="Chào cờ").one().minutes += 5
    db.session.commit()
    a_release(delegate.congress, note="Chủ tọa đến muộn")
    page = client.get(address).text
    assert "Bản công bố số 2" in page
    assert "Chủ tọa đến muộn" not in page
