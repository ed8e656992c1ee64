"""What a fault strikes: the real server under a service manager, a congress, people at work."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TypeVar

from flask_migrate import upgrade
from sqlalchemy import select

from congress_app import create_app
from congress_app.checkin import log_queries
from congress_app.checkin.models import Scan
from congress_app.database import db
from congress_app.kernel.permissions import Role
from congress_app.units.models import Cluster
from tests import builders
from tests.served import Ground, Server, a_ground
from tools.faults_work import DOORS, Entrance, Told, Work

Found = TypeVar("Found")

BADGES = 6000
RESTART_SECONDS = 2  # RestartSec of deploy/congress.service
QUIET_SECONDS = 4
PATIENCE_SECONDS = 90
GOOD = {"scan": 200, "form": 302, "page": 200}


class Service(Server):
    """The server, started again whenever it ends, as `deploy/congress.service` has it."""

    def __init__(self, url: str, folder: Path, **settings: str) -> None:
        # Compiled modules are kept, as `make run` has it: a start takes seconds less.
        super().__init__(url, folder, PYTHONDONTWRITEBYTECODE="", **settings)
        self._wanted = False

    def start(self) -> None:
        """Serve, and keep it so."""
        super().start()
        self._wanted = True
        threading.Thread(target=self._keep, daemon=True).start()

    def stop(self) -> None:
        """End it for good."""
        self._wanted = False
        super().stop()

    @property
    def master(self) -> int:
        """The process the service manager started."""
        return self._process.pid if self._process else 0

    def _keep(self) -> None:
        while (process := self._process) is not None:
            process.wait()
            if self._process is not process or not self._wanted:
                return
            # systemd ends what is left of the group before it starts it anew.
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            time.sleep(RESTART_SECONDS)
            if self._wanted:
                self.begin()


@dataclass(frozen=True)
class Scene:
    """A server with a congress under way."""

    url: str
    service: Service
    ground: Ground
    codes: Iterator[str]  # of badges nobody has scanned yet
    user: str

    def work(self, entrance: Entrance | None = None) -> Work:
        """People at work there."""
        entrance = entrance or Entrance(self.service.port)
        return Work(entrance, self.ground.tokens, self.codes, self.user)


def apart(work: Callable[..., Found], *arguments: object) -> Found:
    """Do it in a process of its own: what it opens is closed for certain afterwards."""
    with multiprocessing.get_context("spawn").Pool(1) as process:
        return process.apply(work, arguments)


def prepared(url: str) -> tuple[Ground, str]:
    """A congress in the database at the address, and the name of somebody who may do all."""
    with create_app("config.Testing", DATABASE_URL=url).app_context():
        upgrade()
        ground = a_ground(badges=BADGES, devices=DOORS)
        return ground, builders.a_user(Role.ADMIN, builders.the_root()).username


def stored(url: str, congress_id: int) -> tuple[Counter[str], set[str], int]:
    """The numbers of all scans, the names of all clusters, and how many standings are wrong."""
    with create_app("config.Testing", DATABASE_URL=url).app_context():
        scans = Counter(db.session.scalars(select(Scan.uuid)))
        names = set(db.session.scalars(select(Cluster.name)))
        return scans, names, len(log_queries.verify(congress_id).mismatches)


@contextmanager
def scene(url: str, folder: Path, **settings: str) -> Iterator[Scene]:
    """A congress in the database at the address, and the server over it."""
    ground, user = apart(prepared, url)
    service = Service(url, folder, **settings)
    service.start()
    try:
        yield Scene(url, service, ground, iter(ground.codes), user)
    finally:
        service.stop()


@dataclass(frozen=True)
class Outcome:
    """What people saw while the fault lasted, and what is in the database afterwards."""

    during: list[Told]
    back_after: float
    acknowledged: tuple[int, int]  # scans, forms
    lost: int
    signed_in_again: int
    refused: int  # as before the opening of the door
    wrong: int  # scans stored twice, standings that do not follow from the log


def played(stage: Scene, cause: Callable[[], None], entrance: Entrance | None = None) -> Outcome:
    """Work, the fault, and work again until everything is well; `cause` lasts as the fault."""
    work = stage.work(entrance)
    with work.going_on():
        back_after(work, time.monotonic())  # everybody has signed in and succeeded once
        time.sleep(QUIET_SECONDS)
        began = time.monotonic()
        cause()
        ended = time.monotonic()
        back = back_after(work, ended)
        time.sleep(QUIET_SECONDS)
    return looked_for(stage, work, [one for one in work.heard if began <= one.at], ended, back)


def back_after(work: Work, ended: float) -> float:
    """Seconds from the end of the fault until all three kinds of work succeeded again."""
    while time.monotonic() - ended < PATIENCE_SECONDS:
        well = [
            min((one.at + one.seconds for one in list(work.heard)
                 if one.who == who and one.at >= ended and one.status == good), default=None)
            for who, good in GOOD.items()
        ]  # fmt: skip
        if None not in well:
            return max(at for at in well if at is not None) - ended
        time.sleep(0.1)
    raise RuntimeError(f"no recovery: {Counter((one.who, one.status) for one in work.heard)}")


def looked_for(stage: Scene, work: Work, heard: list[Told], ended: float, back: float) -> Outcome:
    """Compare what was acknowledged with what is stored."""
    scans, names, mismatches = apart(stored, stage.url, stage.ground.congress_id)
    doubled = sum(count - 1 for count in scans.values())
    # By a clock that is behind the door has not opened yet: said so, and no scan is lost.
    expected = {"accepted", "session_closed"}
    strange = sum(count for mark, count in work.marks.items() if mark not in expected)
    return Outcome(
        during=[one for one in heard if one.at <= ended + back],
        back_after=back,
        acknowledged=(len(work.scans), len(work.forms)),
        signed_in_again=work.signed_in_again,
        refused=work.marks["session_closed"],
        lost=len(work.scans - set(scans)) + len(work.forms - names),
        wrong=doubled + strange + mismatches,
    )


def told(name: str, outcome: Outcome, more: str = "") -> str:
    """One line for people."""
    seen = []
    for who in GOOD:
        answers = [one for one in outcome.during if one.who == who]
        statuses = Counter(one.status for one in answers)
        counts = " ".join(
            f"{status or 'none'}×{count}" for status, count in sorted(statuses.items())
        )
        times = [one.seconds for one in answers] or [0.0]
        seen.append(f"{who} {counts} (median {median(times):.2f} s, slowest {max(times):.2f} s)")
    words = sorted({one.words for one in outcome.during if one.words})
    scans, forms = outcome.acknowledged
    said = "; ".join(f"“{one}”" for one in words)
    parts = [
        name,
        ", ".join(seen),
        said,
        more,
        f"signed in again ×{outcome.signed_in_again}" if outcome.signed_in_again else "",
        f"refused because the door was closed ×{outcome.refused}" if outcome.refused else "",
        f"well again after {outcome.back_after:.1f} s",
        f"acknowledged {scans} scans, {forms} forms: lost {outcome.lost}, wrong {outcome.wrong}",
    ]
    return " | ".join(part for part in parts if part)
