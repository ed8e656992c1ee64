"""Planning the whole country: 1,409 base conferences, 64 upper-base ones and the congress.

Prints JSON lines: how long it takes to plan every base unit in one go, and the medians of
the pages organisers open, with every upper-base congress and half of the base conferences
holding a frozen rulebook of their own. Pages are to stay within 200 ms.
"""

from __future__ import annotations

import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

from flask.testing import FlaskClient
from flask_migrate import upgrade
from sqlalchemy import insert, select

from benchmarks._timing import median, tell
from congress_app import create_app
from congress_app.congresses import board_queries, list_queries, rulebook, services, terms
from congress_app.congresses.models import Congress, Season
from congress_app.congresses.rulebook import Level
from congress_app.database import db, transaction
from congress_app.kernel import clock
from congress_app.kernel.permissions import Role, system_actor
from congress_app.kernel.vietnamese import fold
from congress_app.units.models import Unit
from tests import builders

LIMIT_MS = 200
BASES_BELOW = 22
ACTOR = system_actor("benchmark")


def country() -> None:
    """Root, Khối cơ quan and 63 provinces, each with its base units."""
    root = builders.a_unit("VN", kind="nganh", name="BHXH Việt Nam")
    uppers = [builders.a_unit("KCQ", root, "khoi_co_quan", name="Khối cơ quan")]
    uppers += [
        builders.a_unit(f"{number:02}", root, "tinh", name=f"BHXH tỉnh số {number}")
        for number in range(1, 64)
    ]
    with transaction() as session:
        start = max(unit.id for unit in uppers) + 1
        session.execute(
            insert(Unit),
            [_base(start + place, place, uppers) for place in range(len(uppers) * BASES_BELOW + 1)],
        )


def _base(unit_id: int, place: int, uppers: list[Unit]) -> dict[str, object]:
    upper = uppers[place % len(uppers)]
    name = f"BHXH huyện số {place}"
    return {
        "id": unit_id,
        "code": f"{upper.code}.{place:04}",
        "name": name,
        "search_key": fold(name),
        "kind": "don_vi_truc_thuoc" if upper.code == "KCQ" else "huyen",
        "parent_id": upper.id,
        "path": f"{upper.path}{unit_id}/",
        "precedence": place,
        "headcount": 12,
    }


def settle(season: Season) -> None:
    """Give days and frozen rules as in the middle of a season."""
    body = season.rulebook.body
    with transaction() as session:
        for place, congress in enumerate(session.scalars(select(Congress))):
            congress.held_on = date(2020, 1, 2) + timedelta(days=place % 140)
            congress.place = "Hội trường"
            if congress.level != Level.BASE or place % 2:
                congress.rules, congress.rules_adopted_at = dict(body), clock.now()
                own = rulebook.from_json(body).level(congress.level)
                for name, value in terms.columns_of(own).items():
                    setattr(congress, name, value)


def page(client: FlaskClient, address: str) -> float:
    def read() -> None:
        answer = client.get(address)
        assert answer.status_code == 200, answer.text

    return median(read)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder, 'board.sqlite')}"
        app = create_app("config.Testing", DATABASE_URL=url)
        with app.app_context():
            measure(app.test_client())


def measure(client: FlaskClient) -> None:
    upgrade()
    country()
    season = services.create_season("Lần thứ V", "2020", actor=ACTOR)
    for level in Level:
        start = time.perf_counter()
        made = services.plan_many(season, level, within=("/",), actor=ACTOR)
        tell(f"plan_many {level}", (time.perf_counter() - start) * 1000, congresses=made)
    settle(season)
    user = builders.a_user(Role.ORGANISER)
    client.post("/sign-in", data={"username": user.username, "password": builders.PASSWORD})
    tell("board query", median(lambda: board_queries.board(season)), units=64)
    tell("rows of all congresses", median(list_queries.congress_rows))
    province = db.session.scalar(select(Unit.id).where(Unit.code == "01"))
    addresses = {
        "board page": "/congresses/board",
        "board by month": "/congresses/board?view=months",
        "board of a province": f"/congresses/board?unit={province}",
        "list page": "/congresses/",
        "list page, search": "/congresses/?text=so+7&sort=-date",
        "plan page": f"/congresses/{db.session.scalar(select(Congress.id).limit(1))}/plan",
    }
    for name, address in addresses.items():
        tell(name, page(client, address), limit_ms=LIMIT_MS)


if __name__ == "__main__":
    main()
