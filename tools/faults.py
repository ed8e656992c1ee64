"""Break what can break, one thing at a time, while people work, and say what they saw.

`python -m tools.faults [NAME …]` runs the real server on 127.0.0.1 with doors that scan, an
organiser who saves and somebody who reads, causes each fault, looks in the database for
everything that had been acknowledged, and prints a line a fault. Ends with 1 when anything
was lost, stored twice, or did not come back by itself. Takes some minutes; root is needed
for the disk, a C compiler and nginx for the clock and the proxy.
"""

from __future__ import annotations

import os
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from tools import faults_disk, throwaway_postgres
from tools.faults_clock import MovableClock, warning
from tools.faults_ground import Outcome, Scene, played, scene, told
from tools.faults_nginx import proxy, wait_for
from tools.faults_postgres import DURABLE, cluster_of
from tools.faults_slow import Crowd, beset
from tools.faults_work import Entrance

AWAY_SECONDS = 30
DISK_SIZE, DISK_SECONDS = "80m", 20
CLOCK_SECONDS = 15
SLOW_SECONDS = 30

Result = tuple[str, Outcome, str]


def worker_killed(folder: Path) -> Iterator[Result]:
    """`kill -9` for one of the two processes that answer."""
    with scene(sqlite(folder), folder) as stage:
        outcome = played(stage, lambda: os.kill(stage.service.workers()[0], signal.SIGKILL))
        yield "a worker killed", outcome, ""


def server_killed(folder: Path) -> Iterator[Result]:
    """`kill -9` for its first process alone, as for want of memory, and for all at once."""
    with scene(sqlite(folder), folder) as stage:
        outcome = played(stage, lambda: os.kill(stage.service.master, signal.SIGKILL))
        yield "the first process killed", outcome, ""
    with scene(sqlite(folder / "all"), folder / "all") as stage:
        outcome = played(stage, lambda: os.killpg(stage.service.master, signal.SIGKILL))
        yield "all processes killed", outcome, ""


def postgres_stopped(folder: Path) -> Iterator[Result]:
    """PostgreSQL ends at once, without a checkpoint, and is away for half a minute."""
    settings = throwaway_postgres.SETTINGS | DURABLE
    with throwaway_postgres.server(settings) as url, cluster_of(url) as cluster:

        def away() -> None:
            cluster.stop("immediate")
            time.sleep(AWAY_SECONDS)
            cluster.start()

        with scene(url, folder) as stage:
            yield f"PostgreSQL away for {AWAY_SECONDS} s", played(stage, away), ""


def sqlite(folder: Path) -> str:
    """A database file of its own in the folder."""
    folder.mkdir(exist_ok=True)
    return f"sqlite:///{folder / 'congress.sqlite'}"


def disk_full(folder: Path) -> Iterator[Result]:
    """A small disk becomes full and has room again; then it is read-only from a start on."""
    (folder / "small").mkdir()
    with faults_disk.in_memory(folder / "small", DISK_SIZE) as disk:
        here = {"INSTANCE_PATH": str(disk.place / "instance")}
        with scene(sqlite(disk.place), folder, **here) as stage:

            def full() -> None:
                disk.fill()
                time.sleep(DISK_SECONDS)
                disk.make_room()

            def read_only() -> None:
                os.killpg(stage.service.master, signal.SIGKILL)
                disk.read_only()
                wait_for(Entrance(stage.service.port))
                time.sleep(DISK_SECONDS)
                disk.writable()

            yield f"disk full for {DISK_SECONDS} s", played(stage, full), ""
            outcome = played(stage, read_only)
            yield f"server started on a disk read-only for {DISK_SECONDS} s", outcome, ""


def disk_broken(folder: Path) -> Iterator[Result]:
    """ext4 finds an error under a running server and makes itself read-only; then repaired."""
    with faults_disk.in_file(folder, 256) as disk:
        here = {"INSTANCE_PATH": str(disk.place / "instance")}
        with scene(sqlite(disk.place), folder, **here) as stage:

            def broken() -> None:
                disk.fail()
                time.sleep(DISK_SECONDS)
                stage.service.stop()
                disk.repair()
                stage.service.start()

            yield f"disk broken for {DISK_SECONDS} s, then repaired", played(stage, broken), ""


def clock_jumped(folder: Path) -> Iterator[Result]:
    """The server's clock goes two hours forward, and two hours back from there."""
    clock = MovableClock(folder)
    with scene(sqlite(folder), folder, **clock.prepare()) as stage:
        for title, hours in (("2 h ahead", 2), ("set right again", 0), ("2 h behind", -2)):

            def jump(hours: int = hours) -> None:
                clock.move(hours * 3600)
                time.sleep(CLOCK_SECONDS)

            outcome = played(stage, jump)
            yield f"clock {title}", outcome, warning(stage)


def slow_clients(folder: Path) -> Iterator[Result]:
    """Sixty of each kind of slow client, alone against the server, and against nginx."""
    with scene(sqlite(folder), folder, TRUSTED_PROXIES="1") as stage:
        bare = Entrance(stage.service.port)
        yield "slow clients", *crowded(stage, bare)
        with proxy(folder, stage.service.port) as entrance:
            yield "slow clients of nginx", *crowded(stage, entrance)


def crowded(stage: Scene, entrance: Entrance) -> tuple[Outcome, str]:
    """What people saw beside the crowd, and what the crowd heard."""
    crowd = Crowd(entrance)
    outcome = played(stage, lambda: beset(crowd, SLOW_SECONDS), entrance)
    return outcome, crowd.leave()


def behind_nginx(folder: Path) -> Iterator[Result]:
    """All processes killed, while people come through nginx."""
    with (
        scene(sqlite(folder), folder, TRUSTED_PROXIES="1") as stage,
        proxy(folder, stage.service.port) as entrance,
    ):
        kill = partial(os.killpg, stage.service.master, signal.SIGKILL)
        yield "all processes killed behind nginx", played(stage, kill, entrance), ""


FAULTS: dict[str, Callable[[Path], Iterator[Result]]] = {
    "worker": worker_killed,
    "server": server_killed,
    "postgres": postgres_stopped,
    "disk": disk_full,
    "broken-disk": disk_broken,
    "clock": clock_jumped,
    "slow": slow_clients,
    "nginx": behind_nginx,
}


def main(names: list[str]) -> int:
    """The faults named, or all."""
    if unknown := [name for name in names if name not in FAULTS]:
        print(f"Unknown: {', '.join(unknown)}. There are: {', '.join(FAULTS)}.", file=sys.stderr)
        return 2
    # As an exception it passes through what takes disks and servers away again.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    bad = False
    for name in names or FAULTS:
        with tempfile.TemporaryDirectory(prefix="faults-") as folder:
            for title, outcome, more in FAULTS[name](Path(folder)):
                print(told(title, outcome, more), flush=True)
                bad = bad or outcome.lost + outcome.wrong > 0
    return int(bad)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
