"""The list page of the national congress: 1,500 delegates of 64 delegations, signed in.

Prints JSON lines: median and slowest of 25 requests for some filters, with statements.
"""

from __future__ import annotations

import json
import random
import statistics
import tempfile
import time
from pathlib import Path
from typing import Any

from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import event

from congress_app import create_app
from congress_app.congresses.presets import GUIDANCE_2020
from congress_app.database import db, transaction
from congress_app.delegates.models import Delegate, Ground, Person
from congress_app.kernel import clock
from congress_app.kernel.vietnamese import fold, name_sort_key
from tests import builders

DELEGATES, REQUESTS = 1_500, 25
FILTERS = ("", "?category=elected&sort=delegation", "?text=nguyen", "?gap=any&page=3")


def main() -> None:
    """Measure on a fresh database."""
    with tempfile.TemporaryDirectory() as folder:
        app = create_app("config.Testing", DATABASE_URL=f"sqlite:///{Path(folder) / 'b.sqlite'}")
        with app.app_context():
            upgrade()
            congress_id = fill()
            user = builders.a_user("organiser", builders.the_root()).username
        client = app.test_client()
        data = {"username": user, "password": builders.PASSWORD}
        assert client.post("/sign-in", data=data).status_code == 302
        for arguments in FILTERS:
            measure(app, client, f"/congresses/{congress_id}/delegates{arguments}")


def fill() -> int:
    """The national congress; gives its number."""
    root = builders.the_root()
    congress = builders.a_congress(
        root, rules=GUIDANCE_2020, level="national", name="Đại hội Thi đua yêu nước"
    )
    provinces = [builders.a_unit(f"P{n:02d}", root, name=f"BHXH tỉnh {n}") for n in range(64)]
    draw = random.Random(2020)
    builders.an_allocation(congress, dict.fromkeys(provinces, 20))
    with transaction() as session:
        for number in range(1, DELEGATES + 1):
            unit = draw.choice(provinces)
            name = (
                f"{draw.choice(('Nguyễn', 'Trần', 'Lý'))} Văn {draw.choice('ABCDEGHKLMN')}{number}"
            )
            person = Person(
                full_name=name, sort_key=name_sort_key(name), search_key=fold(name),
                unit_id=unit.id, birth_year=1970, sex=draw.choice("MF"), position="Chuyên viên",
            )  # fmt: skip
            session.add(person)
            session.flush()
            delegate = Delegate(
                congress_id=congress.id, person_id=person.id, number=number,
                category=draw.choice(("official", "elected")), state="convened",
                delegation_unit_id=unit.id, priorities=["new_model"], created_at=clock.now(),
                created_by="bench", grounds=[Ground(text="Chiến sĩ thi đua ngành", year=2017)],
            )  # fmt: skip
            session.add(delegate)
    return congress.id


def measure(app: Flask, client: Any, path: str) -> None:
    """Ask for the page again and again and print what it took."""
    statements = 0

    def note(*_: Any) -> None:
        nonlocal statements
        statements += 1

    with app.app_context():
        engine = db.engine
    client.get(path)
    event.listen(engine, "before_cursor_execute", note)
    client.get(path)
    event.remove(engine, "before_cursor_execute", note)
    took, cpu = [], time.process_time()
    for _ in range(REQUESTS):
        began = time.perf_counter()
        assert client.get(path).status_code == 200
        took.append((time.perf_counter() - began) * 1000)
    print(
        json.dumps(
            {
                "case": path.partition("?")[2] or "all",
                "delegates": DELEGATES,
                "median_ms": round(statistics.median(took), 1),
                "slowest_ms": round(max(took), 1),
                "cpu_ms": round((time.process_time() - cpu) * 1000 / REQUESTS, 1),
                "statements": statements,
            }
        )
    )


if __name__ == "__main__":
    main()
