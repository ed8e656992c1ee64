"""Who comes on the morning of all congresses: the season, devices, phones, screens."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

from flask_migrate import upgrade
from sqlalchemy import Connection, insert, select, update
from sqlalchemy import text as sql

from benchmarks.pages import signed_in
from congress_app import create_app
from congress_app.badges.models import Badge
from congress_app.checkin.hall_models import HallLink
from congress_app.congresses.models import Congress
from congress_app.database import db
from congress_app.delegates.models import Delegate
from congress_app.demo import services
from congress_app.demo.sizes import EXTENTS, Size
from congress_app.demo.structure import CENTRAL_CODE
from congress_app.kernel import clock
from congress_app.kernel.permissions import Role, system_actor
from congress_app.scanners.models import Device
from congress_app.scanners.pairing import digest
from tests.served import Server

MINUTES = float(os.environ.get("MORNING_MINUTES", "3"))
ARRIVAL_SECONDS = 1800.0
# Most come in the last third; the share of the half hour at which the crowd is densest.
PEAK = 0.7
PHONES = 2000
DEVICES_EACH = 2


@dataclass
class Morning:
    """Who asks: scans due by second, secrets of devices, phones and screens."""

    scans: list[tuple[float, str, str]]  # second, device's secret, badge code
    devices: list[str]
    phones: list[str]
    halls: list[str]
    boards: list[int]
    cookie: str = ""


@contextmanager
def served(url: str, folder: Path) -> Iterator[tuple[Server, Morning]]:
    """The real server over the season."""
    app = create_app("config.Testing", DATABASE_URL=url)
    with app.app_context():
        upgrade()
        load()
        with db.engine.begin() as connection:
            morning = prepared(connection)
            connection.execute(sql("ANALYZE"))
        db.session.remove()
        # A board hangs there for hours: whoever may do more is signed out after 15 idle minutes.
        client = signed_in(app, Role.VIEWER)
        cookies = client._cookies.values()
        morning.cookie = "; ".join(f"{one.key}={one.value}" for one in cookies)
        db.session.remove()
        db.engine.dispose()
    with ExitStack() as stack:
        # With a key of its own it would not know the session signed in above.
        server = Server(url, folder, SECRET_KEY=app.config["SECRET_KEY"], ALLOW_DEMO="1")
        server.start()
        stack.callback(server.stop)
        yield server, morning


def load() -> None:
    """The season with every upper-base congress under way and nobody inside yet."""
    season = EXTENTS[Size.SEASON]
    codes = [CENTRAL_CODE, *(f"{number:02d}" for number in range(1, 97))]
    everywhere = replace(
        season,
        states={**season.states, **dict.fromkeys(codes, "open")},
        doors=tuple(codes),
        crowded=(),
    )
    EXTENTS[Size.SEASON] = everywhere
    try:
        services.load(Size.SEASON, 2020, actor=system_actor())
    finally:
        EXTENTS[Size.SEASON] = season


def prepared(connection: Connection) -> Morning:
    """Devices, links of phones and halls, and who comes when."""
    chance = Random(2020)
    held = select(Congress.id).where(Congress.level == "upper_base")
    congresses = list(connection.scalars(held))
    devices = {key: [secrets.token_urlsafe(24) for _ in range(DEVICES_EACH)] for key in congresses}
    halls = {key: secrets.token_urlsafe(24) for key in congresses}
    made = {"created_at": clock.now(), "created_by": "benchmark"}
    connection.execute(
        insert(Device),
        [
            made | {"congress_id": key, "token_hash": digest(secret), "state": "active"}
            | {"name": f"Máy {number}", "gate": "Cửa A"}
            for key, some in devices.items()
            for number, secret in enumerate(some)
        ],
    )  # fmt: skip
    connection.execute(
        insert(HallLink), [made | {"congress_id": key, "token": one} for key, one in halls.items()]
    )
    coming = expected(connection, congresses)
    phones = {key: secrets.token_urlsafe(24) for _, key, _ in chance.sample(coming, PHONES)}
    for key, one in phones.items():
        connection.execute(update(Delegate).where(Delegate.id == key).values(link_token=one))
    scans = [
        (chance.triangular(0, 1, PEAK) * ARRIVAL_SECONDS, chance.choice(devices[key]), code)
        for key, _, code in coming
    ]
    everyone = [one for some in devices.values() for one in some]
    screens = list(halls.values())
    return Morning(around_the_peak(scans), everyone, list(phones.values()), screens, congresses)


def expected(connection: Connection, congresses: list[int]) -> list[tuple[int, int, str]]:
    """Congress, delegate and badge code of everybody who will come."""
    wanted = (
        select(Delegate.congress_id, Delegate.id, Badge.code)
        .join(Badge, Badge.delegate_id == Delegate.id)
        .where(Delegate.congress_id.in_(congresses), Delegate.state == "confirmed")
        .where(Badge.state == "active")
    )
    return [(congress, key, code) for congress, key, code in connection.execute(wanted)]


def around_the_peak(scans: list[tuple[float, str, str]]) -> list[tuple[float, str, str]]:
    """The scans of the minutes that are played, counted from their beginning."""
    length = min(MINUTES * 60, ARRIVAL_SECONDS)
    start = min(max(0.0, PEAK * ARRIVAL_SECONDS - length / 2), ARRIVAL_SECONDS - length)
    return sorted((at - start, *rest) for at, *rest in scans if start <= at < start + length)
