"""Scans against the real server: as `make run` starts it, every commit on disk.

On SQLite, and on PostgreSQL (with its durability switched on) where that is installed.
Prints JSON lines: scans a second, median and 99th percentile in milliseconds with 1, 4 and
16 devices, the server's processor time for one scan; and a batch of 500. The client runs on
the same machine and takes its share of the cores. Aims: 400 scans a second, less than 5 ms
of processor time, a 99th percentile below 100 ms with 16 devices.
"""

from __future__ import annotations

import json
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from flask_migrate import upgrade

from congress_app import create_app
from congress_app.database import db
from tests.served import Ground, Server, Wire, a_ground, post, scan_body
from tools import throwaway_postgres
from tools.needs import find

DEVICES = (1, 4, 16)
SECONDS = 8.0
WARM_UP = 400
BADGES = 16_000
BATCH = 500
DURABLE = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}


def main() -> None:
    """Measure every database that is there."""
    with tempfile.TemporaryDirectory() as folder:
        measure("SQLite", f"sqlite:///{Path(folder) / 'b.sqlite'}", Path(folder))
    if find("postgres") is None:
        print("PostgreSQL is not installed: left out.", file=sys.stderr)
        return
    settings = throwaway_postgres.SETTINGS | DURABLE
    with throwaway_postgres.server(settings) as url, tempfile.TemporaryDirectory() as folder:
        measure("PostgreSQL", url, Path(folder))


def measure(database: str, url: str, folder: Path) -> None:
    """All figures of one database."""
    with served(url, folder) as (server, ground):
        codes = iter(ground.codes)
        run(server, ground, 4, codes, limit=WARM_UP)
        for devices in DEVICES:
            used, began = server.cpu_seconds(), time.perf_counter()
            times = run(server, ground, devices, codes)
            took = time.perf_counter() - began
            tell(database, devices, times, took, server.cpu_seconds() - used)
        upload(database, server, ground, [next(codes) for _ in range(BATCH)])


@contextmanager
def served(url: str, folder: Path) -> Iterator[tuple[Server, Ground]]:
    """The server over a filled database."""
    app = create_app("config.Testing", DATABASE_URL=url)
    with app.app_context():
        upgrade()
        ground = a_ground(BADGES, max(DEVICES))
        db.session.remove()
        db.engine.dispose()
    with ExitStack() as stack:
        server = Server(url, folder)
        server.start()
        stack.callback(server.stop)
        yield server, ground


def run(
    server: Server, ground: Ground, devices: int, codes: Iterator[str], limit: int | None = None
) -> list[float]:
    """Let so many devices scan as fast as they are answered; the milliseconds of each scan."""
    times: list[list[float]] = [[] for _ in range(devices)]
    until = time.perf_counter() + SECONDS
    hand = threading.Lock()

    def door(place: int) -> None:
        with Wire(server.port) as wire:
            while time.perf_counter() < until and (limit is None or len(times[place]) < limit):
                with hand:
                    code = next(codes)
                request = post("scans", ground.tokens[place], scan_body(code))
                began = time.perf_counter()
                status, body = wire.ask(request)
                times[place].append((time.perf_counter() - began) * 1000)
                assert (status, json.loads(body)["verdict"]) == (200, "accepted"), body

    threads = [threading.Thread(target=door, args=(place,)) for place in range(devices)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [one for some in times for one in some]


def tell(database: str, devices: int, times: list[float], took: float, cpu: float) -> None:
    """One line of figures."""
    figures = {
        "database": database,
        "devices": devices,
        "scans_per_second": round(len(times) / took),
        "p50_ms": round(statistics.median(times), 1),
        "p99_ms": round(statistics.quantiles(times, n=100)[98], 1),
        "slowest_ms": round(max(times), 1),
        "server_cpu_ms_per_scan": round(cpu * 1000 / len(times), 2),
    }
    print(json.dumps(figures), flush=True)


def upload(database: str, server: Server, ground: Ground, codes: list[str]) -> None:
    """A door without network hands in five hundred scans at once."""
    scans = [scan_body(code, door_verdict="accepted") for code in codes]
    body = {"scans": scans, "sent_at": scans[-1]["scanned_at"]}
    with Wire(server.port) as wire:
        began = time.perf_counter()
        status, answer = wire.ask(post("scans/batch", ground.tokens[0], body))
        took = (time.perf_counter() - began) * 1000
    verdicts = [one["verdict"] for one in json.loads(answer)["results"]]
    assert (status, verdicts) == (200, ["accepted"] * len(codes)), answer[:300]
    print(json.dumps({"database": database, "batch_of": len(codes), "ms": round(took)}))


if __name__ == "__main__":
    main()
