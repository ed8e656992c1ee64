"""The hall's board with 200 viewers: each asks every two seconds, on the real server.

A congress of 500 delegates in 64 delegations, two scans a second meanwhile; then the same
with nobody coming. Prints JSON lines: answers a second, how many were 304, median and 99th
percentile in milliseconds, bytes, the server's processor time for one answer, and what a
scan took meanwhile; and the statements one question costs. Viewers and server share the
machine.
"""

from __future__ import annotations

import http.client
import json
import random
import statistics
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import event, select

from congress_app import create_app
from congress_app.congresses.models import Congress
from congress_app.database import db, transaction
from congress_app.delegates.models import Delegate
from tests import builders
from tests.served import Ground, Server, Wire, a_ground, post, scan_body

VIEWERS = 200
EVERY = 2.0
SECONDS = 20.0
DELEGATES, DELEGATIONS = 500, 64
SCAN_EVERY = 0.5


@dataclass
class Heard:
    """What the viewers were answered: milliseconds, status and bytes of each."""

    times: list[float] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)
    failures: int = 0


def main() -> None:
    """Measure while people come in, and while nobody does."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'b.sqlite'}"
        with served(url, Path(folder)) as (server, ground, address):
            for coming in (True, False):
                watch(server, ground, address, coming=coming)
        cost(url, address)


@contextmanager
def served(url: str, folder: Path) -> Iterator[tuple[Server, Ground, str]]:
    """The server over a filled database, and the address of the hall's panels."""
    app = create_app("config.Testing", DATABASE_URL=url)
    with app.app_context():
        upgrade()
        ground = a_ground(DELEGATES, 1)
        address = f"/hall/{divided(ground)}/panels.json"
        db.session.remove()
        db.engine.dispose()
    with ExitStack() as stack:
        server = Server(url, folder)
        server.start()
        stack.callback(server.stop)
        yield server, ground, address


def divided(ground: Ground) -> str:
    """Spread the delegates over delegations; gives the secret of the hall's link."""
    congress = db.session.get_one(Congress, ground.congress_id)
    units = [
        builders.a_unit(f"D{number:03d}", congress.unit, kind="huyen", precedence=number)
        for number in range(DELEGATIONS)
    ]
    with transaction() as session:
        everybody = session.scalars(
            select(Delegate).where(Delegate.congress_id == ground.congress_id)
        )
        for place, delegate in enumerate(everybody):
            delegate.delegation_unit_id = units[place % DELEGATIONS].id
    return builders.a_hall_link(congress).token


def watch(server: Server, ground: Ground, address: str, *, coming: bool) -> None:
    """Let all viewers look for a while, with or without people coming in."""
    heard, lock = Heard(), threading.Lock()
    until = time.perf_counter() + SECONDS
    viewers = [
        threading.Thread(target=view, args=(server.port, address, until, heard, lock))
        for _ in range(VIEWERS)
    ]
    used, began = server.cpu_seconds(), time.perf_counter()
    for viewer in viewers:
        viewer.start()
    scans = let_in(server.port, ground, until) if coming else []
    for viewer in viewers:
        viewer.join()
    tell(heard, scans, time.perf_counter() - began, server.cpu_seconds() - used)


def view(port: int, address: str, until: float, heard: Heard, lock: threading.Lock) -> None:
    """One screen: ask, wait two seconds more or less, ask with what it holds."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    etag = ""
    time.sleep(random.random() * EVERY)
    while time.perf_counter() < until:
        began = time.perf_counter()
        try:
            line.request("GET", address, headers={"If-None-Match": etag} if etag else {})
            answer = line.getresponse()
            body = answer.read()
        except (OSError, http.client.HTTPException):
            line.close()
            with lock:
                heard.failures += 1
            continue
        etag = answer.getheader("ETag") or etag
        with lock:
            heard.times.append((time.perf_counter() - began) * 1000)
            heard.statuses.append(answer.status)
            heard.sizes.append(len(body))
        time.sleep(EVERY * random.uniform(0.8, 1.2))
    line.close()


def let_in(port: int, ground: Ground, until: float) -> list[float]:
    """Two scans a second at the door; the milliseconds of each."""
    times = []
    while time.perf_counter() < until and ground.codes:
        request = post("scans", ground.tokens[0], scan_body(ground.codes.pop()))
        began = time.perf_counter()
        with Wire(port) as wire:
            status, body = wire.ask(request)
        assert status == 200, body
        times.append((time.perf_counter() - began) * 1000)
        time.sleep(SCAN_EVERY)
    return times


def tell(heard: Heard, scans: list[float], took: float, cpu: float) -> None:
    """One line of figures."""
    figures = {
        "viewers": VIEWERS,
        "people_come": bool(scans),
        "answers_per_second": round(len(heard.times) / took, 1),
        "not_modified": round(heard.statuses.count(304) / len(heard.statuses), 3),
        "failures": heard.failures,
        "p50_ms": round(statistics.median(heard.times), 1),
        "p99_ms": round(statistics.quantiles(heard.times, n=100)[98], 1),
        "slowest_ms": round(max(heard.times), 1),
        "largest_bytes": max(heard.sizes),
        "server_cpu_ms_per_answer": round(cpu * 1000 / len(heard.times), 2),
        "scan_p50_ms": round(statistics.median(scans), 1) if scans else None,
    }
    print(json.dumps(figures), flush=True)


def cost(url: str, address: str) -> None:
    """How many statements one question costs when nothing changed."""
    app: Flask = create_app("config.Testing", DATABASE_URL=url)
    client = app.test_client()
    etag = client.get(address).headers["ETag"]
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if not statement.startswith(("BEGIN", "ROLLBACK", "PRAGMA")):
            seen.append(statement)

    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", note)
    answer = client.get(address, headers={"If-None-Match": etag})
    print(json.dumps({"statements": len(seen), "status": answer.status_code}))
    with app.app_context():
        db.engine.dispose()


if __name__ == "__main__":
    main()
