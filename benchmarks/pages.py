"""How long the pages of the whole season take on the server, signed in as the organiser.

Prints JSON lines: page, median and slowest milliseconds, statements, bytes. The promise is
a median of at most 200 ms.
"""

from __future__ import annotations

import json
import statistics
import tempfile
import time
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from flask_migrate import upgrade
from sqlalchemy import event, select

from congress_app import create_app
from congress_app.accounts import demonstration
from congress_app.congresses.models import Congress
from congress_app.database import db
from congress_app.demo import services
from congress_app.demo.sizes import SHOWN, Size
from congress_app.kernel.permissions import Role, system_actor
from congress_app.units.models import Unit

ROUNDS = 15
SCOPED = ("", "quota", "delegates", "programme", "badges", "checkin", "plan", "figures.json")


def main() -> None:
    """Load the season, then ask for every page of the menu and of two congresses."""
    with tempfile.TemporaryDirectory() as folder:
        app = create_app("config.Testing", DATABASE_URL=f"sqlite:///{Path(folder) / 'b.sqlite'}")
        with app.app_context():
            upgrade()
            services.load(Size.SEASON, 2020, actor=system_actor())
            pages = addresses()
            db.session.remove()
        client = signed_in(app)
        for page in pages:
            measure(app, client, page)
        with app.app_context():
            db.engine.dispose()


def addresses() -> list[str]:
    """The main pages, and those of the national and one provincial congress."""
    found = ["/season", "/congresses", "/congresses/board", "/units"]
    for code in ("VN", SHOWN):
        wanted = select(Congress.id).join(Unit, Congress.unit_id == Unit.id)
        key = db.session.scalar(wanted.where(Unit.code == code))
        found += [f"/congresses/{key}/{page}" for page in SCOPED]
    return found


def signed_in(app: Flask, role: Role = Role.ORGANISER) -> FlaskClient:
    """A client of the demonstration's organiser, or of somebody else it has."""
    client = app.test_client()
    data = {"username": role.value, "password": demonstration.PASSWORD}
    answer = client.post("/sign-in", data=data)
    assert answer.status_code == 302, answer.status
    return client


def measure(app: Flask, client: FlaskClient, page: str) -> None:
    """Ask several times; the first answer, which fills caches, is not counted."""
    statements: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        statements.append(statement)

    answer = client.get(page, follow_redirects=True)
    if answer.status_code != 200:
        print(json.dumps({"page": page, "status": answer.status_code}))
        return
    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    client.get(page, follow_redirects=True)
    event.remove(engine, "before_cursor_execute", note)
    times = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        answer = client.get(page, follow_redirects=True)
        times.append((time.perf_counter() - began) * 1000)
    figures = {
        "page": page,
        "median_ms": round(statistics.median(times), 1),
        "slowest_ms": round(max(times), 1),
        "statements": len(statements),
        "bytes": len(answer.data),
    }
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
