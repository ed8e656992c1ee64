"""Open addresses are counted: requests in memory, wrong links in the database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, event, select

from congress_app import create_app
from congress_app.accounts import throttle
from congress_app.agenda import calendar_link
from congress_app.audit.models import Entry
from congress_app.database import db
from congress_app.kernel.permissions import system_actor
from congress_app.scanners import services
from congress_app.scanners.queries import device_by_id
from congress_app.web import rates
from congress_app.web.guards import access_of
from congress_app.web.rates import Rate, Window, rate_of
from tests import builders
from tests.checkin.door import a_scene
from tests.scanners.test_supervisor_api import Desk


def test_a_window_lets_so_many_pass_each_minute() -> None:
    moment = [120.0]
    window = Window(lambda: moment[0])
    assert [window.seconds_to_wait(("page", "a"), 2) for _ in range(3)] == [0, 0, 60]
    assert window.seconds_to_wait(("page", "b"), 2) == 0
    assert window.seconds_to_wait(("other", "a"), 2) == 0
    moment[0] = 175.5
    assert window.seconds_to_wait(("page", "a"), 2) == 4
    moment[0] = 180.0
    assert window.seconds_to_wait(("page", "a"), 2) == 0


def test_a_window_does_not_grow_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rates, "_MOST_KEYS", 3)
    window = Window(lambda: 60.0)
    for number in range(10):
        assert window.seconds_to_wait(("page", str(number)), 1) == 0
    assert [len(counts) for counts in window._counts.values()] == [3]


def test_every_open_address_has_a_rate_and_every_link_counts_misses(app: Flask) -> None:
    public = [
        rule
        for rule in app.url_map.iter_rules()
        if rule.endpoint != "static"
        and access_of(app.view_functions[rule.endpoint]).kind == "public"
    ]
    found = {rule.rule: rate_of(rule.endpoint, frozenset(rule.arguments)) for rule in public}
    links = {path for path, rate in found.items() if rate.counts_misses}
    assert links == {path for path in found if "token>" in path}
    assert {"/d/<token>", "/hall/<hall_token>/panels.json"} <= links
    assert all(0 < rate.requests <= 3000 for rate in found.values())
    assert set(rates.RATES) <= {rule.endpoint for rule in public}


def test_too_many_requests_are_told_when_to_come_again(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rates, "PLAIN", Rate(2))
    paths = ["/healthz", "/healthz", "/healthz", "/sign-in"]
    assert [client.get(path).status_code for path in paths] == [200, 200, 429, 200]
    answer = client.get("/healthz")
    assert 1 <= int(answer.headers["Retry-After"]) <= 60
    assert "Quá nhiều yêu cầu" in answer.text
    assert [client.get("/api/v1/openapi.json").status_code for _ in range(2)] == [200, 200]
    refused = client.get("/api/v1/openapi.json")
    assert refused.get_json()["error"]["code"] == "too_many_requests"


def test_addresses_that_do_not_exist_are_counted_together(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rates, "PLAIN", Rate(3))
    told = [client.get(f"/nowhere/{number}").status_code for number in range(3)]
    told += [client.put("/healthz").status_code, client.get("/healthz").status_code]
    assert told == [404, 404, 404, 429, 200]


@pytest.mark.parametrize("path", ["/d/", "/hall/"])
def test_wrong_links_wait_and_right_ones_beside_them_do_not(
    app: Flask, client: FlaskClient, frozen_clock: Any, path: str
) -> None:
    congress = builders.a_congress()
    delegate = builders.a_delegate(congress, link_token="t" * 32)
    right = {"/d/": "/d/" + str(delegate.link_token)}
    right["/hall/"] = "/hall/" + builders.a_hall_link(congress).token
    wrong = [client.get(f"{path}wrong{number}").status_code for number in range(62)]
    assert wrong == [404] * throttle.LINK_PATIENCE.failures + [429] * 2
    answer = client.get(path + "other")
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "60")
    assert "đường dẫn sai" in answer.text
    # 500 phones behind the same address
    assert {client.get(right[path]).status_code for _ in range(3)} == {200}
    elsewhere = client.get(path + "wrong", environ_base={"REMOTE_ADDR": "10.9.8.7"})
    assert elsewhere.status_code == 404
    frozen_clock.advance(minutes=2)
    assert client.get(path + "wrong").status_code == 404


def test_devices_with_wrong_secrets_wait_and_right_ones_beside_them_do_not(
    client: FlaskClient, frozen_clock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rates, "REFUSED", Rate(3))
    desk = Desk(client, a_scene())
    written = db.session.scalars(select(Entry.id)).all()
    wrong = {"Authorization": "Bearer wrong"}
    ask = partial(client.get, "/api/v1/attendance")
    told = [client.post("/api/v1/scans", headers=wrong, json={}).status_code for _ in range(3)]
    told += [ask(headers=wrong).status_code, ask(headers={}).status_code]
    assert told == [401] * 3 + [429] * 2
    refused = ask(headers=wrong)
    assert refused.get_json()["error"]["code"] == "too_many_requests"
    assert 1 <= int(refused.headers["Retry-After"]) <= 60
    assert ask(headers=desk.headers).status_code == 200
    elsewhere = ask(headers=wrong, environ_base={"REMOTE_ADDR": "10.9.8.7"})
    assert elsewhere.status_code == 401
    assert db.session.scalars(select(Entry.id)).all() == written


def test_a_revoked_device_is_told_so_whatever_strangers_do_beside_it(
    client: FlaskClient, frozen_clock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Told to wait it would take that for the answer to its scan, and keep its roster."""
    monkeypatch.setattr(rates, "REFUSED", Rate(1))
    desk = Desk(client, a_scene())
    device = device_by_id(desk.device_id)
    assert device is not None
    services.revoke(device, actor=system_actor())
    strange = {"Authorization": "Bearer wrong"}
    scan = partial(client.post, "/api/v1/scans", json={})
    told = [scan(headers=headers) for headers in (strange, strange, desk.headers, desk.headers)]
    assert [(one.status_code, one.get_json()["error"]["code"]) for one in told] == [
        (401, "unauthorized"),
        (429, "too_many_requests"),
        (401, "device_revoked"),
        (401, "device_revoked"),
    ]


def test_answers_through_one_link_are_few(client: FlaskClient) -> None:
    delegate = builders.a_delegate(link_token="t" * 32)
    other = builders.a_delegate(link_token="u" * 32)
    told: list[int] = []
    # On a slow machine some are allowed again meanwhile.
    while 429 not in told and len(told) < 90:
        told.append(client.post(f"/d/{delegate.link_token}/decline").status_code)
    assert (told[-1], 429 in told[:30]) == (429, False)
    assert client.post(f"/d/{other.link_token}/decline").status_code != 429


def test_wrong_links_are_counted_by_all_processes_together(
    app: Flask, database_url: str, client: FlaskClient
) -> None:
    second = create_app("config.Testing", DATABASE_URL=database_url).test_client()
    for number in range(throttle.LINK_PATIENCE.failures):
        (client if number % 2 else second).get(f"/d/wrong{number}")
    assert client.get("/d/wrong").status_code == 429
    assert second.get("/d/wrong").status_code == 429


def test_each_wait_of_an_address_is_one_entry_of_the_log(
    client: FlaskClient, frozen_clock: Any
) -> None:
    most = throttle.LINK_PATIENCE.failures
    for number in range(most + 20):
        client.get(f"/d/wrong{number}", environ_base={"REMOTE_ADDR": "203.0.113.5"})
    frozen_clock.advance(seconds=61)
    client.get("/d/wrong", environ_base={"REMOTE_ADDR": "203.0.113.5"})
    columns = (Entry.action, Entry.actor_kind, Entry.address, Entry.changes)
    told = db.session.execute(select(*columns).order_by(Entry.id)).all()
    who = ("link.misses", "anonymous", "203.0.113.5")
    assert [tuple(row) for row in told] == [
        (*who, {"failures": most, "wait_seconds": 60}),
        (*who, {"failures": most + 1, "wait_seconds": 120}),
    ]


def test_a_flood_at_one_address_makes_no_other_forget(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rates, "_MOST_KEYS", 3)
    window = Window(lambda: 60.0)
    assert [window.seconds_to_wait(("sign-in", "a"), 1) for _ in range(2)] == [0, 60]
    for number in range(10):
        assert window.seconds_to_wait(("page", f"x{number}"), 1) == 0
        assert window.seconds_to_wait(("page", "mine"), number + 1) == 0
    assert window.seconds_to_wait(("sign-in", "a"), 1) == 60
    assert window.seconds_to_wait(("page", "mine"), 10) == 60
    assert window.seconds_to_wait(("page", "x" * 9000), 1) == 0
    assert max(len(who) for counts in window._counts.values() for who in counts) <= 64


def flood(client: FlaskClient, count: int, base: dict[str, str]) -> list[int]:
    """Wrong links, each another one, and how they were answered."""
    paths = (f"/d/wrong{number}" for number in range(count))
    return [client.get(path, environ_base=base).status_code for path in paths]


@contextmanager
def statements() -> Iterator[list[str]]:
    """What the database is asked meanwhile; where a transaction begins is none."""
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if not statement.startswith("BEGIN"):
            asked.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    yield asked
    event.remove(Engine, "before_cursor_execute", note)


NEAR, FAR = ({"REMOTE_ADDR": f"2001:db8:0:{part}::9"} for part in (1, 2))


def test_among_a_flood_of_wrong_links_the_right_ones_are_answered(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also those nobody has opened before: after a start that is everybody's."""
    monkeypatch.setattr(rates, "MISSES", Rate(3))
    congress = builders.a_congress()
    delegate = builders.a_delegate(congress, link_token="t" * 32)
    secret = calendar_link.secret_of("t" * 32)
    right = [f"/d/{delegate.link_token}", f"/calendar/{delegate.id}/{secret}.ics"]
    right.append(f"/hall/{builders.a_hall_link(congress).token}")
    assert flood(client, 5, NEAR) == [404] * 3 + [429] * 2
    assert [client.get(path, environ_base=NEAR).status_code for path in right] == [200] * 3
    refused = client.get("/hall/wrong", environ_base=NEAR)
    assert refused.status_code == 429
    assert 1 <= int(refused.headers["Retry-After"]) <= 60
    assert client.get("/d/wrong", environ_base=FAR).status_code == 404


def test_a_flood_of_wrong_links_reads_the_right_ones_every_ten_seconds_at_most(
    client: FlaskClient, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rates, "MISSES", Rate(3))
    congress, moment = builders.a_congress(), [600.0]
    builders.a_delegate(congress, link_token="t" * 32)
    app.extensions["rate_window"].__init__(lambda: moment[0])
    flood(client, 3, NEAR)
    late = f"/d/{builders.a_delegate(congress, link_token='u' * 32).link_token}"
    moment[0] = 610.0
    with statements() as asked:
        told = flood(client, 50, NEAR)
    # The delegates' and the halls', once each.
    assert (told, len(asked), "link_token" in asked[0]) == ([429] * 50, 2, True)
    with statements() as asked:
        assert client.get(late, environ_base=NEAR).status_code == 200
    assert len(asked) > 2


def test_a_link_handed_out_since_the_last_reading_waits_for_the_next(
    client: FlaskClient, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rates, "MISSES", Rate(3))
    congress, moment = builders.a_congress(), [600.0]
    app.extensions["rate_window"].__init__(lambda: moment[0])
    flood(client, 4, NEAR)
    late = f"/d/{builders.a_delegate(congress, link_token='u' * 32).link_token}"
    told = []
    for second in (600.0, 609.9, 610.0):
        moment[0] = second
        told.append(client.get(late, environ_base=NEAR).status_code)
    assert told == [429, 429, 200]


def test_what_is_not_found_behind_a_right_link_is_no_miss(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A paper that was withdrawn, asked for by a whole hall from one address."""
    monkeypatch.setattr(rates, "MISSES", Rate(3))
    delegate = builders.a_delegate(link_token="t" * 32)
    most = throttle.LINK_PATIENCE.failures
    asked = [client.get(f"/d/{delegate.link_token}/papers/999.pdf") for _ in range(most + 2)]
    assert [answer.status_code for answer in asked] == [404] * (most + 2)
    assert client.get("/d/wrong").status_code == 404
    assert db.session.scalars(select(Entry.id).where(Entry.action == "link.misses")).all() == []


@pytest.mark.parametrize(("beside", "status"), [("2001:db8::2", 429), ("2001:db8:0:1::2", 200)])
def test_of_ipv6_a_network_is_counted_as_one(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, beside: str, status: int
) -> None:
    monkeypatch.setattr(rates, "PLAIN", Rate(1))
    assert client.get("/healthz", environ_base={"REMOTE_ADDR": "2001:db8::1"}).status_code == 200
    assert client.get("/healthz", environ_base={"REMOTE_ADDR": beside}).status_code == status
