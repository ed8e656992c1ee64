"""PostgreSQL stops under load and comes back: clear answers meanwhile, nothing lost after.

On a PostgreSQL server of its own, whatever the rest of the suite runs on. It is away for
some seconds here; docs/faults.md tells how to make it thirty.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest
from flask_migrate import upgrade
from sqlalchemy import select
from sqlalchemy.engine import make_url

from congress_app.checkin import log_queries
from congress_app.checkin.models import Scan
from congress_app.database import db
from congress_app.kernel.permissions import Role
from tests import builders
from tests.conftest import make_app
from tests.served import Server, Visitor, Wire, a_ground, post, scan_body
from tools import throwaway_postgres
from tools.needs import find


@dataclass(frozen=True)
class Cluster:
    """A PostgreSQL server that can be stopped and started again."""

    url: str
    data: Path
    port: int

    def stop(self) -> None:
        """As an administrator does: sessions are cut, nobody is waited for."""
        self._control("stop", "-m", "fast")

    def start(self) -> None:
        """Back at the same place."""
        options = f"-k {self.data.parent} -p {self.port} -c listen_addresses=127.0.0.1"
        self._control("start", "-o", options, "-l", str(self.data.parent / "again.log"))

    def _control(self, *words: str) -> None:
        program = Path(str(find("postgres"))).resolve().parent / "pg_ctl"
        command = throwaway_postgres.as_user(
            throwaway_postgres.owner(), program, "-w", "-D", self.data, *words
        )
        subprocess.run(command, check=True, capture_output=True, cwd=self.data.parent)


@contextmanager
def running() -> Iterator[Cluster]:
    with throwaway_postgres.server() as url:
        plain = make_url(url).set(drivername="postgresql")
        with psycopg.connect(plain.render_as_string(hide_password=False)) as connection:
            row = connection.execute("SHOW data_directory").fetchone()
        assert row is not None
        cluster = Cluster(url, Path(row[0]), int(str(plain.port)))
        yield cluster
        if (cluster.data / "postmaster.pid").exists():
            cluster.stop()


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    assert shutil.which("psql") or find("postgres")
    with running() as found:
        yield found


def scan(server: Server, secret: str, code: str, **more: object) -> tuple[int, dict[str, Any]]:
    body = scan_body(code, **more)
    with Wire(server.port) as wire:
        status, told = wire.ask(post("scans", secret, body))
    return status, {**json.loads(told), "sent": body["uuid"]}


def test_a_database_that_stops_and_comes_back_loses_nothing(
    cluster: Cluster, tmp_path: Path
) -> None:
    app = make_app(cluster.url)
    with app.app_context():
        upgrade()
        ground = a_ground(badges=60, devices=1)
        name = builders.a_user(Role.ADMIN, builders.the_root()).username
        db.session.remove()
        db.engine.dispose()
    server = Server(cluster.url, tmp_path)
    try:
        server.start()
        walk(app, cluster, server, ground, name)
    finally:
        server.kill()


def walk(app: Any, cluster: Cluster, server: Server, ground: Any, name: str) -> None:
    visitor, secret = Visitor(), ground.tokens[0]
    assert visitor.post(server, "/sign-in", username=name, password=builders.PASSWORD)[0] == 302
    codes = iter(ground.codes)
    before = [scan(server, secret, next(codes)) for _ in range(20)]
    assert {status for status, _told in before} == {200}

    cluster.stop()
    stopped_at = time.monotonic()
    status, page = visitor.get(server, "/units")
    assert (status, "Cơ sở dữ liệu tạm thời không trả lời" in page) == (503, True)
    refused = next(codes)
    status, told = scan(server, secret, refused)
    assert (status, told["error"]["code"]) == (503, "database_away")
    assert visitor.get(server, "/healthz")[0] == 503  # signed in: who he is cannot be told
    assert Visitor().get(server, "/healthz")[0] == 200
    assert Visitor().get(server, "/readyz") == (503, '{"status":"database"}\n')
    while time.monotonic() - stopped_at < 6:
        assert visitor.get(server, "/units")[0] == 503
        time.sleep(0.5)

    cluster.start()
    # Nobody touches the server: the next request is served, session and all.
    assert visitor.get(server, "/units")[0] == 200
    assert scan(server, secret, refused)[1]["verdict"] == "accepted"
    after = [scan(server, secret, next(codes)) for _ in range(10)]
    assert {status for status, _told in after} == {200}
    server.stop()
    with app.app_context():
        stored = set(db.session.scalars(select(Scan.uuid)))
        assert {told["sent"] for _status, told in [*before, *after]} - stored == set()
        found = log_queries.verify(ground.congress_id)
        assert (found.scans, found.mismatches) == (31, ())
        db.session.remove()
        db.engine.dispose()
