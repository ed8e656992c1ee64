"""A server whose tables became another program's stands aside, and comes back by itself."""

from __future__ import annotations

import json
import time
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path

from flask import Flask
from sqlalchemy import text

from congress_app.database import db, transaction
from congress_app.operations import queries
from tests.served import Server, a_ground

# The server looks every five seconds.
PATIENCE = 60


def ask(port: int, path: str, **headers: str) -> tuple[int, str, str | None]:
    """Status, text and when to come again."""
    with closing(HTTPConnection("127.0.0.1", port, timeout=PATIENCE)) as connection:
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        return answer.status, answer.read().decode(), answer.getheader("Retry-After")


def asked_until(port: int, status: int) -> None:
    deadline = time.monotonic() + PATIENCE
    while ask(port, "/sign-in")[0] != status:
        assert time.monotonic() < deadline
        time.sleep(0.2)


def set_revision(revision: str) -> None:
    with transaction() as session:
        session.execute(text("UPDATE alembic_version SET version_num = :new"), {"new": revision})
    db.session.remove()


def test_tables_of_another_program_are_not_touched(
    app: Flask, database_url: str, tmp_path: Path
) -> None:
    token = a_ground(badges=1, devices=1).tokens[0]
    head = queries.head()
    db.session.remove()
    server = Server(database_url, tmp_path / "one", WEB_PROCESSES="1")
    try:
        server.start()
        port, device = server.port, {"Authorization": f"Bearer {token}"}
        assert ask(port, "/sign-in")[0] == 200
        set_revision("9999")
        asked_until(port, 503)
        _status, page, again = ask(port, "/sign-in")
        assert ("Máy chủ đang được nâng cấp" in page, again) == (True, "30")
        status, told, _again = ask(port, "/api/v1/feed", **device)
        assert (status, json.loads(told)["error"]["code"]) == (503, "upgrading")
        assert [ask(port, path)[0] for path in ("/healthz", "/static/base.css")] == [200, 200]
        assert ask(port, "/readyz")[:2] == (503, '{"status":"migrations"}\n')
        set_revision(head)
        asked_until(port, 200)
    finally:
        server.kill()
