"""A purge and the reopening of the same congress at one moment: the later one is told."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from congress_app.congresses.models import Congress
from congress_app.database import db, transaction
from congress_app.dossiers import queries, services
from congress_app.dossiers.models import Dossier
from congress_app.kernel.errors import DomainError
from tests.builders.moves import moved
from tests.conftest import ON_POSTGRES
from tests.dossiers.closed import LAN, a_closed_congress

Pause = Callable[[], None]


@pytest.fixture
def congress_id(app: Flask) -> int:
    congress = a_closed_congress().congress
    dossier = services.make(congress, lambda _done, _total, _step: None, actor=LAN)
    services.check(congress, dossier, actor=LAN)
    return congress.id


def parts(congress_id: int) -> tuple[Congress, Dossier]:
    return db.session.get_one(Congress, congress_id), queries.dossiers_of(congress_id)[0]


def purge(congress_id: int, pause: Pause = lambda: None) -> str:
    congress, dossier = parts(congress_id)
    services.purge(congress, dossier, dossier.sha256, actor=LAN, settle=lambda _facts: pause())
    return "purged"


def reopen(congress_id: int, pause: Pause = lambda: None) -> str:
    with transaction() as session:
        congress = session.get_one(Congress, congress_id)
        moved(congress, "open", note="Bấm nhầm", actor=LAN)
        pause()
    return "reopened"


def take(congress_id: int, pause: Pause) -> str:
    """Hold the row and leave it as it is."""
    with transaction() as session:
        wanted = select(Congress).where(Congress.id == congress_id)
        session.scalars(wanted.with_for_update(of=Congress)).one()
        pause()
    return "taken"


def one_behind_the_other(
    app: Flask, first: Callable[[Pause], str], second: Callable[[], str]
) -> list[str]:
    """The second begins when the first has written, and waits for it to commit."""
    told: list[str] = []

    def come_later() -> None:
        with app.app_context():
            try:
                told.append(second())
            except DomainError as refused:
                told.append(refused.code)
            finally:
                db.session.remove()

    thread = threading.Thread(target=come_later)

    def pause() -> None:
        thread.start()
        _until_it_waits()

    done = first(pause)
    thread.join(timeout=60)
    return [done, *told]


def _until_it_waits() -> None:
    """Until PostgreSQL sees somebody wait for a row; SQLite's writers stand in line at once."""
    if not ON_POSTGRES:
        time.sleep(0.2)
        return
    waiting: Any = "SELECT count(*) FROM pg_locks WHERE NOT granted"
    for _attempt in range(100):
        with db.engine.connect() as connection:
            if connection.exec_driver_sql(waiting).scalar_one():
                return
        time.sleep(0.1)
    pytest.fail("nobody waited")


def test_a_purge_behind_a_reopening_is_refused(app: Flask, congress_id: int) -> None:
    def first(pause: Pause) -> str:
        return reopen(congress_id, pause)

    told = one_behind_the_other(app, first, lambda: purge(congress_id))
    assert told == ["reopened", "purge_refused"]
    db.session.rollback()
    congress, dossier = parts(congress_id)
    assert (congress.state, dossier.purged_at) == ("open", None)


def test_a_purge_that_only_had_to_wait_is_done(app: Flask, congress_id: int) -> None:
    def first(pause: Pause) -> str:
        return take(congress_id, pause)

    assert one_behind_the_other(app, first, lambda: purge(congress_id)) == ["taken", "purged"]


def test_a_reopening_behind_a_purge_is_refused(app: Flask, congress_id: int) -> None:
    def first(pause: Pause) -> str:
        return purge(congress_id, pause)

    told = one_behind_the_other(app, first, lambda: reopen(congress_id))
    assert told == ["purged", "move_refused"]
    db.session.rollback()
    congress, dossier = parts(congress_id)
    assert (congress.state, dossier.purged_at is None) == ("closed", False)
