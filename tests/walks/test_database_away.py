"""PostgreSQL stops under load and comes back: clear answers meanwhile, nothing lost after.

On a PostgreSQL server of its own, whatever the rest of the suite runs on. It is away for
some seconds here; `python -m tools.faults postgres` makes it thirty.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask_migrate import upgrade
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from congress_app.checkin import log_queries
from congress_app.checkin.models import Scan
from congress_app.database import before_commit, db, transaction
from congress_app.kernel.permissions import Role
from congress_app.web.outages import AWAY, UNSURE, outage_of
from tests import builders
from tests.one_app import make_app
from tests.served import Server, Visitor, Wire, a_ground, post, scan_body
from tools import throwaway_postgres
from tools.faults_postgres import DURABLE, Cluster, cluster_of


@pytest.fixture
def url() -> Iterator[str]:
    with throwaway_postgres.server(throwaway_postgres.SETTINGS | DURABLE) as found:
        yield found


@pytest.fixture
def cluster(url: str) -> Iterator[Cluster]:
    with cluster_of(url) as found:
        yield found


def scan(server: Server, secret: str, code: str, **more: object) -> tuple[int, dict[str, Any]]:
    body = scan_body(code, **more)
    with Wire(server.port) as wire:
        status, told = wire.ask(post("scans", secret, body))
    return status, {**json.loads(told), "sent": body["uuid"]}


def test_a_database_that_stops_and_comes_back_loses_nothing(
    url: str, cluster: Cluster, tmp_path: Path
) -> None:
    app = make_app(url)
    with app.app_context():
        upgrade()
        ground = a_ground(badges=60, devices=1)
        name = builders.a_user(Role.ADMIN, builders.the_root()).username
        db.session.remove()
        db.engine.dispose()
    server = Server(url, tmp_path)
    try:
        server.start()
        walk(app, cluster, server, ground, name)
    finally:
        server.kill()


def written_but_cut_off(*, late: bool) -> None:
    """A transaction whose connection ends in the commit, or before it."""
    with transaction() as session:
        own = session.scalar(text("SELECT pg_backend_pid()"))

        def cut(_session: object) -> None:
            with db.engine.connect() as other:
                other.execute(text("SELECT pg_terminate_backend(:own)"), {"own": own})

        if late:
            before_commit(cut)
        else:
            cut(session)
            session.execute(text("SELECT 1"))


def test_a_connection_cut_in_the_commit_is_told_from_one_cut_before(url: str) -> None:
    app = make_app(url)
    with app.app_context():
        for late, outage in ((True, UNSURE), (False, AWAY)):
            with pytest.raises(DBAPIError) as caught:
                written_but_cut_off(late=late)
            assert outage_of(caught.value) is outage
        db.session.remove()
        db.engine.dispose()


def walk(app: Any, cluster: Cluster, server: Server, ground: Any, name: str) -> None:
    visitor, secret = Visitor(), ground.tokens[0]
    assert visitor.post(server, "/sign-in", username=name, password=builders.PASSWORD)[0] == 302
    codes = iter(ground.codes)
    before = [scan(server, secret, next(codes)) for _ in range(20)]
    assert {status for status, _told in before} == {200}

    cluster.stop("immediate")
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
