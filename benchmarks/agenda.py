"""Five hundred phones beside the doors, against the real server as `make run` starts it.

Every phone asks for its agenda every fifteen seconds with the ETag it holds, as the page's
script does; then the same while people come in at a walking pace, while every phone fetches
the programme anew after a release, and while four devices scan as fast as they are answered
(the load of the benchmark `scans`). Prints JSON lines: answers a second, median and 99th
percentile in milliseconds, how many were 304, the server's processor share. Aim: phones below
500 ms at the 99th percentile, scans at a walking pace below 100 ms. Phones, devices and
server share the machine.
"""

from __future__ import annotations

import http.client
import json
import secrets
import statistics
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from itertools import chain
from pathlib import Path

from flask_migrate import upgrade
from sqlalchemy import select

from congress_app import create_app
from congress_app.congresses.models import Congress
from congress_app.database import db, transaction
from congress_app.delegates.models import Delegate
from congress_app.programme.models import Item, Session
from tests import builders
from tests.served import Ground, Server, Wire, a_ground, post, scan_body

PHONES = 500
EVERY_SECONDS = 15.0
# Each connection asks in turn for so many phones: 500 threads would measure the client.
CONNECTIONS = 25
DOORS = 4
# Four doors, one person each in 1.2 seconds: 500 people are in within two and a half minutes.
WALKING_SECONDS = 1.2
SECONDS = 30.0
BADGES = 16_000
ITEMS = 30

# A phone's secret and the ETag it holds.
Phones = dict[str, str]


def main() -> None:
    """All figures, on SQLite as a province's office runs it."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        url = f"sqlite:///{folder / 'b.sqlite'}"
        stack.enter_context(create_app("config.Testing", DATABASE_URL=url).app_context())
        upgrade()
        ground = a_ground(BADGES, DOORS)
        phones = prepared(ground.congress_id)
        server = Server(url, folder)
        server.start()
        stack.callback(server.stop)
        codes = iter(ground.codes)
        measure("first agenda", server, phones, EVERY_SECONDS)
        measure("phones alone", server, phones, SECONDS)
        measure("walking pace", server, phones, SECONDS, (ground, codes, WALKING_SECONDS))
        release_anew(ground.congress_id)
        measure("new release", server, phones, EVERY_SECONDS, (ground, codes, WALKING_SECONDS))
        measure("full speed", server, phones, SECONDS, (ground, codes, 0.0))
        db.session.remove()
        db.engine.dispose()


def prepared(congress_id: int) -> Phones:
    """Release a programme of one day, and give the first delegates their links."""
    of_congress = Session.congress_id == congress_id
    session = db.session.scalars(select(Session).where(of_congress)).one()
    for number in range(ITEMS):
        builders.an_item(session, f"Nội dung thứ {number} của chương trình")
    builders.a_release(db.session.get_one(Congress, congress_id))
    wanted = select(Delegate).where(Delegate.congress_id == congress_id).limit(PHONES)
    with transaction() as writing:
        rows = writing.scalars(wanted).all()
        for row in rows:
            row.link_token = secrets.token_urlsafe(24)
        return {str(row.link_token): "" for row in rows}


def release_anew(congress_id: int) -> None:
    """Everything is five minutes later."""
    with transaction() as session:
        session.scalars(select(Item).order_by(Item.id).limit(1)).one().minutes += 5
    builders.a_release(db.session.get_one(Congress, congress_id))


def measure(
    name: str,
    server: Server,
    phones: Phones,
    seconds: float,
    scanning: tuple[Ground, Iterator[str], float] | None = None,
) -> None:
    """Phones, and doors beside them; two lines of figures."""
    until = time.perf_counter() + seconds
    groups = [list(phones)[place::CONNECTIONS] for place in range(CONNECTIONS)]
    asking = [
        lambda some=some, place=place: group(server, phones, some, place, until)
        for place, some in enumerate(groups)
    ]
    doors: list[Callable[[], list[tuple[float, int]]]] = []
    if scanning is not None:
        ground, codes, pause = scanning
        hand = threading.Lock()
        doors = [
            lambda place=place: door(server, ground.tokens[place], codes, hand, pause, until)
            for place in range(DOORS)
        ]
    used, began = server.cpu_seconds(), time.perf_counter()
    heard = together([*asking, *doors])
    took = time.perf_counter() - began
    cores = round((server.cpu_seconds() - used) / took, 2)
    tell(name, "phones", list(chain(*heard[:CONNECTIONS])), took, server_cores=cores)
    if doors:
        tell(name, "scans", list(chain(*heard[CONNECTIONS:])), took)


def together(
    acts: list[Callable[[], list[tuple[float, int]]]],
) -> list[list[tuple[float, int]]]:
    """Do all of it at once."""
    results: list[list[tuple[float, int]]] = [[] for _ in acts]

    def one(place: int) -> None:
        results[place] = acts[place]()

    threads = [threading.Thread(target=one, args=(place,)) for place in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def group(
    server: Server, phones: Phones, tokens: list[str], place: int, until: float
) -> list[tuple[float, int]]:
    """Some of the phones, each in its turn; milliseconds and status of each answer.

    A question that was due earlier counts from when it was due, so that waiting behind a
    slow answer is not forgotten.
    """
    pause = EVERY_SECONDS / len(tokens)
    due = time.perf_counter() + pause * place / CONNECTIONS
    heard: list[tuple[float, int]] = []
    with closing(http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)) as line:
        while True:
            for token in tokens:
                if due >= until:
                    return heard
                time.sleep(max(0.0, due - time.perf_counter()))
                known = {"If-None-Match": phones[token]} if phones[token] else {}
                line.request("GET", f"/d/{token}/agenda.json", headers=known)
                answer = line.getresponse()
                answer.read()
                heard.append(((time.perf_counter() - due) * 1000, answer.status))
                phones[token] = str(answer.getheader("ETag"))
                due += pause


def door(
    server: Server,
    secret: str,
    codes: Iterator[str],
    hand: threading.Lock,
    pause: float,
    until: float,
) -> list[tuple[float, int]]:
    """One device; milliseconds and status of each scan."""
    heard: list[tuple[float, int]] = []
    with Wire(server.port) as wire:
        while time.perf_counter() < until:
            with hand:
                code = next(codes)
            request = post("scans", secret, scan_body(code))
            began = time.perf_counter()
            status, body = wire.ask(request)
            heard.append(((time.perf_counter() - began) * 1000, status))
            assert (status, json.loads(body)["verdict"]) == (200, "accepted"), body
            time.sleep(pause)
    return heard


def tell(name: str, who: str, heard: list[tuple[float, int]], took: float, **more: object) -> None:
    """One line of figures."""
    times = [milliseconds for milliseconds, _status in heard]
    statuses = [status for _milliseconds, status in heard]
    assert {200, 304}.issuperset(statuses), statuses
    figures = {
        "figure": name,
        "of": who,
        "a_second": round(len(heard) / took, 1),
        "p50_ms": round(statistics.median(times), 1),
        "p99_ms": round(statistics.quantiles(times, n=100)[98], 1),
        "slowest_ms": round(max(times), 1),
        "unchanged": statuses.count(304),
    }
    print(json.dumps(figures | more), flush=True)


if __name__ == "__main__":
    main()
