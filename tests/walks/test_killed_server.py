"""The server dies under load, all its processes at once, and nothing answered is lost.

On SQLite, and on PostgreSQL when the suite runs there.
"""

from __future__ import annotations

import json
import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from congress_app.checkin import log_queries
from congress_app.checkin.models import Presence, Scan
from congress_app.database import db
from tests.served import Ground, Server, Wire, a_ground, post, scan_body

DOORS = 8
BEFORE_THE_END = 120


@pytest.fixture
def server(app: Flask, database_url: str, tmp_path: Path) -> Iterator[Server]:
    served = Server(database_url, tmp_path)
    yield served
    served.kill()


class Door(threading.Thread):
    """Scans one badge after the other and notes what was answered, until nobody answers."""

    def __init__(self, port: int, secret: str, codes: list[str]) -> None:
        super().__init__()
        self._port, self._secret = port, secret
        self._codes = codes
        self.accepted: list[str] = []
        self.unanswered: list[dict[str, Any]] = []

    def run(self) -> None:
        """One connection after another is refused once the server is gone: then end."""
        with suppress(OSError), Wire(self._port) as wire:
            for code in self._codes:
                body = scan_body(code)
                self.unanswered = [body]
                _status, told = wire.ask(post("scans", self._secret, body))
                assert json.loads(told)["verdict"] == "accepted"
                self.accepted.append(str(body["uuid"]))
                self.unanswered = []


def scanned(port: int, ground: Ground) -> list[Door]:
    """Doors at work, each with badges of its own."""
    share = len(ground.codes) // DOORS
    doors = [
        Door(port, secret, ground.codes[place * share : (place + 1) * share])
        for place, secret in enumerate(ground.tokens)
    ]
    for door in doors:
        door.start()
    return doors


def a_worker_is_replaced(server: Server) -> None:
    """One of the two processes dies alone: the other answers, and soon there are two again."""
    killed, left = server.workers()
    os.kill(killed, signal.SIGKILL)
    with Wire(server.port) as wire:
        assert wire.ask(b"GET /readyz HTTP/1.1\r\nHost: x\r\n\r\n")[0] == 200
    deadline = time.monotonic() + 60
    while len(now := set(server.workers()) - {killed}) != 2:
        assert time.monotonic() < deadline
        time.sleep(0.1)
    assert left in now


def test_a_server_killed_under_load_loses_no_accepted_scan(server: Server) -> None:
    ground = a_ground(badges=6000, devices=DOORS)
    db.session.remove()
    server.start()
    doors = scanned(server.port, ground)
    deadline = time.monotonic() + 60
    while sum(len(door.accepted) for door in doors) < BEFORE_THE_END:
        assert time.monotonic() < deadline
        time.sleep(0.01)
    server.kill()
    for door in doors:
        door.join()
    answered = {uuid for door in doors for uuid in door.accepted}
    stored = set(db.session.scalars(select(Scan.uuid)))
    assert answered - stored == set()
    db.session.remove()

    # The doors send again what nobody answered, under the same number.
    server.start()
    for door, secret in zip(doors, ground.tokens, strict=True):
        sent = {"scans": [body | {"door_verdict": "accepted"} for body in door.unanswered]}
        with Wire(server.port) as wire:
            status, told = wire.ask(post("scans/batch", secret, sent))
        results = json.loads(told)["results"]
        assert (status, [one["verdict"] for one in results]) == (200, ["accepted"] * len(results))
        answered |= {one["uuid"] for one in results}
    a_worker_is_replaced(server)
    server.stop()
    found = log_queries.verify(ground.congress_id)
    present = db.session.scalar(select(func.count(Presence.id)).where(Presence.is_present))
    assert (found.scans, present, found.mismatches) == (len(answered), len(answered), ())
