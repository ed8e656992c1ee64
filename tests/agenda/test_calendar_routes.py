"""The delegate's calendar: what it holds, and that its address opens nothing else."""

from __future__ import annotations

from datetime import timedelta

import icalendar
import pytest
from flask import Flask
from flask.testing import FlaskClient

from congress_app.database import db
from congress_app.delegates import state_services
from congress_app.delegates.models import Delegate
from congress_app.kernel.permissions import system_actor
from congress_app.programme.models import Item, Session
from tests.agenda.test_feed_routes import lengthen, link, move
from tests.builders import (
    a_congress,
    a_delegate,
    a_person,
    a_release,
)
from tests.conftest import CountQueries


def calendar(client: FlaskClient, delegate: Delegate) -> str:
    """The address that the delegate's page offers."""
    page = client.get(link(delegate)).get_data(as_text=True)
    address = page.split('href="webcal://localhost', 1)[1].split('"', 1)[0]
    assert f'href="{address}"' in page
    return address


def test_the_address_opens_the_calendar_alone(client: FlaskClient, delegate: Delegate) -> None:
    address = calendar(client, delegate)
    assert client.get(address).status_code == 200
    assert str(delegate.link_token) not in address
    secret = address.rpartition("/")[2].removesuffix(".ics")
    others = [f"/d/{secret}", f"/d/{secret}/agenda.json", f"/d/{delegate.link_token}/calendar.ics"]
    assert [client.get(one).status_code for one in others] == [404, 404, 404]
    assert client.post(f"/d/{secret}/decline", data={"reason": "Lạ"}).status_code == 404
    assert client.get(address.replace(f"/{delegate.id}/", "/999/")).status_code == 404
    assert client.get(address.replace(secret, "é")).status_code == 404


@pytest.mark.parametrize("end", ["a new one", "revoked"])
def test_it_ends_with_the_page_s_link(client: FlaskClient, delegate: Delegate, end: str) -> None:
    address = calendar(client, delegate)
    act = state_services.make_link if end == "a new one" else state_services.revoke_link
    act(delegate, actor=system_actor())
    assert client.get(address).status_code == 404


def test_what_says_the_same_is_304(
    client: FlaskClient, delegate: Delegate, count_queries: CountQueries
) -> None:
    address = calendar(client, delegate)
    etag = client.get(address).headers["ETag"]
    with count_queries() as asked:
        same = client.get(address, headers={"If-None-Match": etag})
    assert (same.status_code, same.data, same.headers["ETag"]) == (304, b"", etag)
    assert same.headers["Cache-Control"] == "private, no-cache"
    # Whose it is, and what it says.
    assert [text.split()[0] for text in asked if not text.startswith("BEGIN")] == ["SELECT"] * 2
    lengthen(delegate.congress, "Chào cờ")
    changed = client.get(address, headers={"If-None-Match": etag})
    assert changed.status_code == 200
    assert changed.headers["ETag"] != etag


def test_the_calendar_follows_the_releases(client: FlaskClient, delegate: Delegate) -> None:
    address = calendar(client, delegate)
    answer = client.get(address)
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    # What changes outside releases is counted on top.
    base = delegate.version + delegate.congress.version
    assert events(answer.data) == [
        ("Chào cờ", base + 1, "CONFIRMED"),
        ("Tôi trình bày: Một cửa", base + 1, "CONFIRMED"),
    ]
    uids = {event["UID"] for event in walk(answer.data)}
    lengthen(delegate.congress, "Tham luận")
    db.session.delete(db.session.query(Item).filter_by(title="Chào cờ").one())
    db.session.commit()
    a_release(delegate.congress)
    answer = client.get(address)
    assert events(answer.data) == [
        ("Tôi trình bày: Một cửa", base + 3, "CONFIRMED"),
        ("Chào cờ", base + 3, "CANCELLED"),
    ]
    assert {event["UID"] for event in walk(answer.data)} == uids
    # The secret opens the page: a calendar that is passed on must not hold it.
    assert delegate.link_token.encode() not in answer.data


def test_a_new_place_alone_raises_every_sequence(client: FlaskClient, delegate: Delegate) -> None:
    db.session.query(Session).one().hall = None
    db.session.commit()
    a_release(delegate.congress)
    address = calendar(client, delegate)
    before = walk(client.get(address).data)
    delegate.congress.place = "Cung Văn hóa"
    db.session.commit()
    after = walk(client.get(address).data)
    assert {str(each["LOCATION"]) for each in after} == {"Cung Văn hóa"}
    rises = [int(b["SEQUENCE"]) > int(a["SEQUENCE"]) for a, b in zip(before, after, strict=True)]
    assert rises == [True, True]


def test_the_calendar_of_who_declined_is_cancelled_and_comes_back(
    client: FlaskClient, delegate: Delegate
) -> None:
    address = calendar(client, delegate)
    first = walk(client.get(address).data)
    move(delegate, "declined", "Trùng lịch công tác")
    gone = walk(client.get(address).data)
    assert [str(each["STATUS"]) for each in gone] == ["CANCELLED", "CANCELLED"]
    assert not any(event.walk("VALARM") for event in gone)
    move(delegate, "nominated", None)
    back = walk(client.get(address).data)
    assert [str(each["STATUS"]) for each in back] == ["CONFIRMED", "CONFIRMED"]
    for one, two, three in zip(first, gone, back, strict=True):
        assert one["UID"] == two["UID"] == three["UID"]
        assert int(one["SEQUENCE"]) < int(two["SEQUENCE"]) < int(three["SEQUENCE"])


def test_times_stand_in_the_venue_s_zone_which_the_file_defines(
    client: FlaskClient, delegate: Delegate
) -> None:
    data = client.get(calendar(client, delegate)).data
    [zone] = icalendar.Calendar.from_ical(data).walk("VTIMEZONE")
    assert str(zone["TZID"]) == "Asia/Ho_Chi_Minh"
    for event in walk(data):
        assert event["DTSTART"].params["TZID"] == "Asia/Ho_Chi_Minh"
        assert event["DTSTART"].dt.utcoffset() == timedelta(hours=7)
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))


def test_before_the_first_release_the_calendar_is_empty(client: FlaskClient, app: Flask) -> None:
    delegate = a_delegate(a_congress(), a_person("Lê Ý"))
    assert events(client.get(calendar(client, delegate)).data) == []


def walk(data: bytes) -> list[icalendar.Component]:
    return icalendar.Calendar.from_ical(data).walk("VEVENT")


def events(data: bytes) -> list[tuple[str, int, str]]:
    return [(str(e["SUMMARY"]), int(e["SEQUENCE"]), str(e["STATUS"])) for e in walk(data)]
