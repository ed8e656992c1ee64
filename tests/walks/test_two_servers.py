"""Two servers, as on two machines: own folders, own processes, one database and one key.

What one of them is told the other knows at once. On SQLite, and on PostgreSQL when the
suite runs there.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from congress_app.checkin.models import Scan
from congress_app.congresses.models import Congress
from congress_app.database import db, transaction
from congress_app.jobs.models import Job
from congress_app.jobs.registry import actor_as_data
from congress_app.kernel import clock
from congress_app.kernel.permissions import Role, system_actor
from congress_app.operations.models import ServerProcess
from tests import builders
from tests.served import Server, Visitor, Wire, a_ground, post, scan_body

KEY = "of-two-servers-0123456789-abcdefghijklmnop"
MONITOR = "token-of-the-monitor"


@pytest.fixture
def pair(app: Flask, database_url: str, tmp_path: Path) -> Iterator[tuple[Server, Server]]:
    shared = {"SECRET_KEY": KEY, "METRICS_TOKEN": MONITOR, "WEB_PROCESSES": "1"}
    servers = (
        Server(database_url, tmp_path / "one", **shared),
        Server(database_url, tmp_path / "two", **shared),
    )
    yield servers
    for server in servers:
        server.kill()


def until(fact: Callable[[], bool], seconds: float = 40) -> None:
    deadline = time.monotonic() + seconds
    while not fact():
        assert time.monotonic() < deadline
        db.session.rollback()
        time.sleep(0.2)


def told_by_both(visitor: Visitor, pair: tuple[Server, Server], path: str) -> str | None:
    """What both servers tell; None while they differ."""
    one, two = (visitor.get(server, path)[1] for server in pair)
    return one if one == two else None


def scan(server: Server, secret: str, code: str) -> tuple[str, str | None]:
    with Wire(server.port) as wire:
        _status, told = wire.ask(post("scans", secret, scan_body(code)))
    answer = json.loads(told)
    return answer["verdict"], answer.get("reason")


def a_left_job() -> int:
    """A job whose process died a minute ago on a third machine."""
    silent = clock.now() - timedelta(seconds=90)
    with transaction() as session:
        job = Job(
            kind="speech_selection", title="Chọn tham luận", state="running", attempt=1,
            created_at=silent, heartbeat_at=silent, worker="may-3:7",
            arguments={"run_id": 0, "body": {}}, actor=actor_as_data(system_actor()),
        )  # fmt: skip
        session.add(job)
        session.flush()
    return job.id


def test_two_servers_tell_the_same(pair: tuple[Server, Server]) -> None:
    one, two = pair
    ground = a_ground(badges=4, devices=2)
    congress = db.session.get_one(Congress, ground.congress_id)
    user = builders.a_user(Role.ADMIN, builders.the_root())
    hall = builders.a_hall_link(congress).token
    job_id = a_left_job()
    name, board = user.username, f"/congresses/{congress.id}/checkin/board.json"
    db.session.remove()
    one.start()
    two.start()

    # Signed in at one, known at the other, signed out at the other, unknown at the one.
    visitor = Visitor()
    assert visitor.post(one, "/sign-in", username=name, password=builders.PASSWORD)[0] == 302
    assert visitor.get(two, "/jobs")[0] == 200

    # A scan at one door is a second scan at the other server's door; boards tell both.
    first, second = ground.tokens
    screens = (board, f"/hall/{hall}/panels.json")
    before = [told_by_both(visitor, pair, path) for path in screens]
    assert None not in before
    assert scan(one, first, ground.codes[0]) == ("accepted", None)
    assert scan(two, second, ground.codes[0])[0] != "accepted"
    assert scan(two, second, ground.codes[1]) == ("accepted", None)
    # A screen made a moment ago may rest for some seconds, longer on a crowded machine.
    for path, old in zip(screens, before, strict=True):
        until(lambda path=path, old=old: told_by_both(visitor, pair, path) not in (None, old))  # type: ignore[misc]
    feeds = []
    for server in pair:
        with Wire(server.port) as wire:
            head = f"GET /api/v1/feed HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {first}\r\n\r\n"
            status, told = wire.ask(head.encode())
        feed = json.loads(told)
        feeds.append((status, {key: feed[key] for key in feed if key != "server_time"}))
    assert feeds[0] == feeds[1]
    assert db.session.scalar(select(func.count(Scan.id)).where(Scan.verdict == "accepted")) == 2

    # The job left by the third machine is done once, by whichever came first.
    until(lambda: db.session.get_one(Job, job_id).state == "done")
    job = db.session.get_one(Job, job_id)
    assert (job.attempt, job.worker != "may-3:7") == (2, True)

    # Each knows of the other, and a monitor hears of both from either.
    until(lambda: (db.session.scalar(select(func.count(ServerProcess.name))) or 0) == 2)
    names = set(db.session.scalars(select(ServerProcess.name)))
    page = visitor.get(two, "/operations")[1]
    assert {one_name for one_name in names if one_name in page} == names
    with Wire(one.port) as wire:
        head = f"GET /metrics HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {MONITOR}\r\n\r\n"
        status, told = wire.ask(head.encode())
    assert (status, b"congress_processes 2" in told) == (200, True)

    # Wrong passwords count together; signing out counts everywhere.
    guesser, servers = Visitor(), [one, two] * 8
    answers = [
        guesser.post(server, "/sign-in", username=name, password="wrong")[0] for server in servers
    ]
    assert answers[0] != 429
    assert 429 in answers
    assert guesser.post(two, "/sign-in", username=name, password=builders.PASSWORD)[0] == 429
    visitor.post(two, "/sign-out", page="/jobs")
    assert visitor.get(one, "/jobs")[0] == 302
