"""The organiser's pages at 100,000 units and a million delegates, against the small demonstration.

Runs on a PostgreSQL server of its own; loading takes minutes. Both databases stand side by
side and every page is asked for in turn in the one and the other, so that the noise of the
machine meets both. First lists with their filters, then every page of the season, of the
national congress and of one province, for which the address is read from the application.
Prints JSON lines: how long loading took, then for each page both medians, their ratio, and
that of the best times. The promise is a ratio of at most 2.

Measured on two cores, PostgreSQL 15: 150 s of processor time for loading; what the pages take
stands in docs/production.md.
"""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Sequence

from flask import Flask
from flask.testing import FlaskClient
from flask_migrate import upgrade
from sqlalchemy import func, select, text

from benchmarks._every_page import congress_pages, season_pages
from benchmarks.pages import addresses, signed_in
from congress_app import create_app
from congress_app.congresses.models import Congress
from congress_app.database import db
from congress_app.delegates.credentials import ACTIVE
from congress_app.demo import services
from congress_app.demo.sizes import SHOWN, Size
from congress_app.demo.structure import ROOT_CODE
from congress_app.exemplars.models import Exemplar
from congress_app.exemplars.movement_models import Movement
from congress_app.kernel.permissions import Role, system_actor
from congress_app.seating import queries as seating_queries
from congress_app.seating import services as seating_services
from congress_app.units.models import Unit
from tools.throwaway_postgres import SETTINGS, server

ROUNDS = 9
# From its eleventh time on one connection PostgreSQL may plan a statement without its values;
# and first answers fill caches.
UNCOUNTED = 12
# Who asks: what the organiser may not see, the administrator does.
ROLES = (Role.ORGANISER, Role.ADMIN)
TABLES = ("unit", "congress", "person", "delegate")


def main() -> None:
    """Load both, then ask for every page in turn."""
    with server(SETTINGS | {"shared_buffers": "512MB", "work_mem": "16MB"}) as url:
        small, country = (loaded(url, size) for size in (Size.SMALL, Size.COUNTRY))
        furnished(small, country)
        clients = [(signed_in(small, role), signed_in(country, role)) for role in ROLES]
        for pair in pairs(small, country):
            compare(clients, pair)
        for app in (small, country):
            with app.app_context():
                db.engine.dispose()


def loaded(url: str, size: Size) -> Flask:
    """An application on a database of its own that holds the demonstration of this size."""
    place = url.rsplit("/", 1)[0] + f"/{size.value}"
    make_database(url, size.value)
    app = create_app("config.Testing", DATABASE_URL=place)
    with app.app_context():
        upgrade()
        began, busy = time.perf_counter(), time.process_time()
        services.load(size, 2020, actor=system_actor())
        taken, cpu = time.perf_counter() - began, time.process_time() - busy
        db.session.remove()
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE"))
            counts = {
                name: connection.scalar(text(f"SELECT count(*) FROM {name}"))  # noqa: S608
                for name in TABLES
            }
    figures = {"figure": "load", "size": size.value, "s": round(taken, 1), "cpu_s": round(cpu, 1)}
    print(json.dumps(figures | counts), flush=True)
    return app


def furnished(small: Flask, country: Flask) -> None:
    """Seat the small demonstration's national congress in the hall of the country's.

    It has none of its own; a plan of seats would stand against an empty page.
    """
    wanted = select(Congress).join(Unit, Congress.unit_id == Unit.id).where(Unit.code == ROOT_CODE)
    with country.app_context():
        congress = db.session.scalars(wanted).one()
        (hall,) = seating_queries.halls(congress.id)
        name, description = hall.name, hall.description
        db.session.remove()
    with small.app_context():
        congress = db.session.scalars(wanted).one()
        seating_services.add_hall(congress, name, description, actor=system_actor())
        seating_services.seat_all(congress, ACTIVE, actor=system_actor())
        db.session.remove()


def make_database(url: str, name: str) -> None:
    """An empty database on the server."""
    app = create_app("config.Testing", DATABASE_URL=url)
    with app.app_context():
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text(f"CREATE DATABASE {name}"))
        db.engine.dispose()


def pairs(small: Flask, country: Flask) -> list[tuple[str, str]]:
    """The same page in the one and the other: lists with their filters, then all there is."""
    chosen = zip(pages_of(small), pages_of(country), strict=True)
    one, other = every_page(small), every_page(country)
    # What the small one has no row for has nothing to stand against.
    rest = [(one[name], path) for name, path in other.items() if name in one]
    return list(dict.fromkeys([*chosen, *rest]))


def every_page(app: Flask) -> dict[str, str]:
    """Each page of the season, of the national congress and of the province that both have."""
    with app.app_context():
        province = db.session.scalar(select(Unit.id).where(Unit.code == SHOWN)) or 0
        found = season_pages(app, province)
        for code in (ROOT_CODE, SHOWN):
            wanted = select(Congress.id).join(Unit, Congress.unit_id == Unit.id)
            key = db.session.scalar(wanted.where(Unit.code == code)) or 0
            pages = congress_pages(app, key)
            found |= {f"{code} {rule}": path for rule, path in pages.items()}
        db.session.remove()
    return found


def pages_of(app: Flask) -> list[str]:
    """The pages to ask for, with that database's own numbers."""
    with app.app_context():
        province = db.session.scalar(select(Unit.id).where(Unit.code == SHOWN))
        found = addresses()
        exemplars = pages_of_exemplars(province)
        db.session.remove()
    return [
        *found,
        "/congresses/board?view=months",
        f"/congresses/board?unit={province}",
        "/congresses/?level=upper_base",
        "/congresses/?level=base",
        "/congresses/?text=quang+ninh",
        "/congresses/?sort=-date",
        "/units?kind=tinh",
        "/units?text=dong",
        "/units/new",
        f"/units/{province}",
        "/clusters",
        *exemplars,
    ]


def pages_of_exemplars(province: int | None) -> list[str]:
    """Lists and sums of 1,500 exemplars and 12,000 reports, against 30 and 400."""
    widest = select(Movement.id).where(Movement.unit_id == province)
    movement = db.session.scalar(widest)
    exemplar = db.session.scalar(select(func.min(Exemplar.id)))
    return [
        "/exemplars",
        "/exemplars?answer=met",
        "/exemplars?due=y",
        "/exemplars?unit=quang+ninh",
        "/exemplars?text=nguyen",
        "/exemplars?year=2025",
        "/exemplars/answers",
        "/exemplars/answers?due=y",
        "/exemplars/summary",
        f"/exemplars/summary?unit={province}",
        "/exemplars/nominations",
        "/exemplars/nominations/coverage",
        "/exemplars/criteria",
        "/exemplars/awards",
        "/exemplars/sheets/import",
        "/exemplars/new",
        f"/exemplars/{exemplar}",
        f"/exemplars/{exemplar}/edit",
        "/movements",
        "/movements?year=2024",
        "/movements/to-report",
        "/movements/missing",
        "/movements/missing?overdue=yes",
        "/movements/summary?year=2025",
        "/movements/summary?year=2022&half=2",
        "/movements/new",
        f"/movements/{movement}",
        f"/movements/{movement}?year=2024",
        f"/movements/{movement}/missing/2025-1",
        f"/movements/{movement}/edit",
    ]


def compare(clients: Sequence[tuple[FlaskClient, FlaskClient]], pages: tuple[str, str]) -> None:
    """Ask both in turn as the first who may; the first answers do not count."""
    times: tuple[list[float], list[float]] = ([], [])
    may: tuple[FlaskClient, FlaskClient] | None = None
    for pair in clients:
        asked = zip(pair, pages, strict=True)
        if may is None and all(
            client.get(page, follow_redirects=True).status_code == 200 for client, page in asked
        ):
            may = pair
    if may is None:
        print(json.dumps({"page": pages[1], "answered": False}))
        return
    for _ in range(UNCOUNTED + ROUNDS):
        for client, page, kept in zip(may, pages, times, strict=True):
            began = time.perf_counter()
            client.get(page, follow_redirects=True)
            kept.append((time.perf_counter() - began) * 1000)
    times = times[0][UNCOUNTED:], times[1][UNCOUNTED:]
    small, country = (statistics.median(kept) for kept in times)
    figures = {
        "page": pages[1],
        "small_ms": round(small, 1),
        "country_ms": round(country, 1),
        "ratio": round(country / small, 2),
        "ratio_of_best": round(min(times[1]) / min(times[0]), 2),
    }
    print(json.dumps(figures), flush=True)


if __name__ == "__main__":
    main()
