"""The busiest minutes of a morning on which all 64 upper-base congresses meet.

The demonstration season with every hall's door open: about 19,000 delegates come in within
half an hour, most of them in its last third. Two devices a congress scan, follow the feed
and show the figures; a board and a hall screen a congress ask every two seconds; two thousand
phones ask for their agenda every fifteen, each of them opened anew once in the half hour. As
their pages do, screens and phones ask later when the server says that it is crowded. All of
it in real time against the real server, on SQLite and, where it is installed, on PostgreSQL
with its durability switched on. Whoever asks again does so on the connection he has, if the
server kept it. Phones, devices and server share the machine.

`MORNING_MINUTES` (3) says how much of the half hour around its peak is played; 30 plays it
whole. Prints JSON lines: who asked, answers a second, median, 99th percentile and slowest in
milliseconds, and every answer that was an error. Aim: scans below 250 ms at the 99th
percentile, no error.
"""

from __future__ import annotations

import asyncio
import json
import secrets
import statistics
import sys
import tempfile
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks._morning_ground import ARRIVAL_SECONDS, MINUTES, Morning, served
from tests.served import post, scan_body
from tools import throwaway_postgres
from tools.needs import find

PHONE_EVERY, BOARD_EVERY, FEED_EVERY, SCREEN_EVERY = 15.0, 5.0, 15.0, 2.0
DURABLE = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}


@dataclass
class Heard:
    """Milliseconds of the answers, and the statuses, by who asked."""

    times: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    statuses: dict[str, Counter[int]] = field(default_factory=lambda: defaultdict(Counter))


def main() -> None:
    """Both databases."""
    with tempfile.TemporaryDirectory() as folder:
        play("SQLite", f"sqlite:///{Path(folder) / 'm.sqlite'}", Path(folder))
    if find("postgres") is None:
        print("PostgreSQL is not installed: left out.", file=sys.stderr)
        return
    settings = throwaway_postgres.SETTINGS | DURABLE | {"autovacuum": "on"}
    with throwaway_postgres.server(settings) as url, tempfile.TemporaryDirectory() as folder:
        play("PostgreSQL", url, Path(folder))


def play(database: str, url: str, folder: Path) -> None:
    """Fill the database, start the server, let everybody come."""
    with served(url, folder) as (server, morning):
        told = {"database": database, "scans_due": len(morning.scans)}
        began = time.perf_counter()
        held = asyncio.run(fed(server.port, morning))
        feeds = round(time.perf_counter() - began, 1)
        began = time.perf_counter()
        askers = asyncio.run(opened(server.port, askers_of(morning)))
        pages = round(time.perf_counter() - began, 1)
        print(json.dumps(told | {"first_feeds_s": feeds, "first_pages_s": pages}))
        used, began = server.cpu_seconds(), time.perf_counter()
        heard = asyncio.run(played(server.port, morning, held, askers))
        cores = (server.cpu_seconds() - used) / (time.perf_counter() - began)
        print(json.dumps(told | {"server_cores": round(cores, 2)}))
        for who, times in heard.times.items():
            tell(database, who, times, heard.statuses[who])


class Line:
    """One browser's connection: kept as long as the server keeps it, then opened anew."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._open: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def sent(self, request: bytes) -> tuple[int, dict[str, str], bytes]:
        """Status (0 when the connection broke), headers and body of the answer."""
        was_kept = self._open is not None and not self._open[0].at_eof()
        try:
            return await self._exchanged(request)
        except (OSError, asyncio.IncompleteReadError) as error:
            self.close()
            # Closed by the server just as the request left: a browser sends it once more.
            if was_kept and not getattr(error, "partial", b""):
                return await self.sent(request)
            print(repr(error), file=sys.stderr)
            return 0, {}, b""

    async def _exchanged(self, request: bytes) -> tuple[int, dict[str, str], bytes]:
        if self._open is None or self._open[0].at_eof():
            self.close()
            self._open = await asyncio.open_connection("127.0.0.1", self._port)
        reader, writer = self._open
        writer.write(request)
        first, *lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        pairs = [line.split(":", 1) for line in lines if ":" in line]
        told = {name.lower(): value.strip() for name, value in pairs}
        body = await reader.readexactly(int(told.get("content-length", "0")))
        if told.get("connection") == "close":
            self.close()
        return int(first.split(" ", 2)[1]), told, body

    def close(self) -> None:
        """Leave."""
        if self._open is not None:
            self._open[1].close()
        self._open = None


@dataclass
class Door:
    """A device at a door: one delegate after the other on one connection."""

    line: Line
    queue: asyncio.Lock = field(default_factory=asyncio.Lock)


@dataclass
class Asker:
    """One phone or screen that asks again and again with the ETag it holds."""

    who: str
    every: float
    path: str
    head: str = ""
    etag: str = ""
    pause: float = 0.0

    async def ask(self, line: Line) -> int:
        """Ask once; the status."""
        known = f"If-None-Match: {self.etag}\r\n" if self.etag else ""
        status, told, _ = await ask(line, self.path, self.head + known)
        self.etag = told.get("etag", self.etag)
        self.pause = max(self.every, float(told.get("ask-again", 0)))
        return status


def askers_of(morning: Morning) -> list[Asker]:
    """Everybody who looks on."""
    cookie = f"Cookie: {morning.cookie}\r\n"
    board = "/congresses/{}/checkin/board.json"
    return [
        *(Asker("phones", PHONE_EVERY, f"/d/{one}/agenda.json") for one in morning.phones),
        *(Asker("halls", SCREEN_EVERY, f"/hall/{one}/panels.json") for one in morning.halls),
        *(Asker("boards", SCREEN_EVERY, board.format(key), cookie) for key in morning.boards),
        *(Asker("figures", BOARD_EVERY, "/api/v1/attendance", bearer(s)) for s in morning.devices),
    ]


async def fed(port: int, morning: Morning) -> dict[str, int]:
    """Every device fetches its feed, as it did the evening before; how far each has come."""
    held, line = {}, Line(port)
    for secret in morning.devices:
        after, complete = 0, False
        while not complete:
            status, _, body = await ask(line, f"/api/v1/feed?after={after}", bearer(secret))
            assert status == 200, body
            page = json.loads(body)
            after, complete = page["next"], page["complete"]
        held[secret] = after
    return held


async def opened(port: int, askers: list[Asker]) -> list[Asker]:
    """Everybody has his page already when the crowd comes."""
    line = Line(port)
    for asker in askers:
        status = await asker.ask(line)
        assert status == 200, asker.path
    return askers


async def played(port: int, morning: Morning, held: dict[str, int], askers: list[Asker]) -> Heard:
    """Everybody at once until the last scan is answered."""
    heard, began = Heard(), time.perf_counter()
    length = min(MINUTES * 60, ARRIVAL_SECONDS)
    until = began + length
    chance = secrets.SystemRandom()
    opening = chance.sample(morning.phones, int(len(morning.phones) * length / ARRIVAL_SECONDS))
    async with asyncio.TaskGroup() as everybody:
        for asker in askers:
            everybody.create_task(follow(port, heard, asker, until))
        for token in opening:
            due = began + chance.random() * length
            everybody.create_task(open_page(port, heard, due, token))
        for secret, after in held.items():
            everybody.create_task(follow_feed(port, heard, secret, after, until))
        doors = {secret: Door(Line(port)) for secret in held}
        for at, secret, code in morning.scans:
            everybody.create_task(scan(doors[secret], heard, began + at, secret, code))
    return heard


async def follow(port: int, heard: Heard, asker: Asker, until: float) -> None:
    """One phone or screen to the end; its clock runs from the answer it got last."""
    chance, line = secrets.SystemRandom(), Line(port)
    due = time.perf_counter() + chance.random() * asker.every
    while due < until:
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        note(heard, asker.who, due, await asker.ask(line))
        # Give or take a fifth, as the pages do, so that they do not ask all at once.
        due = time.perf_counter() + asker.pause * chance.uniform(0.8, 1.2)


async def open_page(port: int, heard: Heard, due: float, token: str) -> None:
    """One phone that opens its delegate's page anew."""
    await asyncio.sleep(max(0.0, due - time.perf_counter()))
    line = Line(port)
    status, _, _ = await ask(line, f"/d/{token}", "")
    line.close()
    note(heard, "openings", due, status)


async def follow_feed(port: int, heard: Heard, secret: str, after: int, until: float) -> None:
    """One device: asks for what is new since it asked last."""
    due, line = time.perf_counter() + secrets.SystemRandom().random() * FEED_EVERY, Line(port)
    while due < until:
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        status, _, body = await ask(line, f"/api/v1/feed?after={after}", bearer(secret))
        note(heard, "feeds", due, status)
        if status == 200:
            after = json.loads(body)["next"]
        due = max(due + FEED_EVERY, time.perf_counter())


async def scan(door: Door, heard: Heard, due: float, secret: str, code: str) -> None:
    """One delegate at a door, behind whoever stands there; counts from when he came."""
    await asyncio.sleep(max(0.0, due - time.perf_counter()))
    began = time.perf_counter()
    async with door.queue:
        status, _, body = await door.line.sent(post("scans", secret, scan_body(code)))
    note(heard, "scans", began, status)
    if status == 200 and json.loads(body)["verdict"] != "accepted":
        print(body.decode(), file=sys.stderr)
        heard.statuses["scans"][0] += 1


def note(heard: Heard, who: str, due: float, status: int) -> None:
    """Keep one answer."""
    heard.times[who].append((time.perf_counter() - due) * 1000)
    heard.statuses[who][status] += 1


def bearer(secret: str) -> str:
    """The line by which a device names itself."""
    return f"Authorization: Bearer {secret}\r\n"


async def ask(line: Line, path: str, head: str) -> tuple[int, dict[str, str], bytes]:
    """GET."""
    return await line.sent(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{head}\r\n".encode())


def tell(database: str, who: str, times: list[float], statuses: Counter[int]) -> None:
    """One line of figures."""
    wrong = {str(key): number for key, number in statuses.items() if key not in (200, 304)}
    figures = {
        "database": database,
        "of": who,
        "a_second": round(len(times) / (MINUTES * 60), 1),
        "p50_ms": round(statistics.median(times), 1),
        "p99_ms": round(statistics.quantiles(times, n=100)[98], 1),
        "slowest_ms": round(max(times), 1),
        "unchanged": statuses[304],
        "errors": wrong,
    }
    print(json.dumps(figures), flush=True)


if __name__ == "__main__":
    main()
