"""Two organisers at the same moment: one plans, one moves, the other is told."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date

from flask import Flask

from congress_app.congresses import queries, services, step_queries
from congress_app.congresses.models import Congress, Season
from congress_app.database import db
from congress_app.kernel.errors import DomainError
from congress_app.units.models import Unit
from tests.congresses.seasons import ACTOR, a_country, a_plan


def at_once(app: Flask, acts: list[Callable[[], object]]) -> list[str]:
    """What became of each act, sorted: "done" or the code of the refusal."""
    ready, told = threading.Barrier(len(acts)), []

    def run(act: Callable[[], object]) -> None:
        with app.app_context():
            ready.wait()
            try:
                act()
                told.append("done")
            except DomainError as error:
                told.append(error.code)
            finally:
                db.session.remove()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(told)


def test_one_unit_is_planned_once(app):
    country = a_country()
    season_id, unit_id = country.season.id, country.province.id

    def plan() -> None:
        season, unit = db.session.get_one(Season, season_id), db.session.get_one(Unit, unit_id)
        services.plan(season, unit, actor=ACTOR)

    assert at_once(app, [plan] * 4) == ["already_planned"] * 3 + ["done"]
    db.session.rollback()
    assert db.session.query(Congress).count() == 1


def test_one_step_is_taken_once(app):
    country = a_country()
    congress = a_plan(country, country.province, held_on=date(2020, 3, 12), place="Hội trường")
    services.adopt(congress, "2020", actor=ACTOR)
    congress_id, seen = congress.id, step_queries.last_id(congress.id)
    db.session.rollback()

    def convene() -> None:
        row = db.session.get_one(Congress, congress_id)
        services.move(row, "convened", seen=seen, actor=ACTOR)

    assert at_once(app, [convene] * 4) == ["done"] + ["stale"] * 3
    db.session.rollback()
    assert [step.to_state for step in congress.steps] == ["draft", "convened"]


def test_every_pulse_is_counted(app):
    country = a_country()
    congress_id = a_plan(country, country.province).id
    db.session.rollback()
    before = queries.pulse_of(congress_id)
    assert at_once(app, [lambda: services.pulse(congress_id)] * 6) == ["done"] * 6
    db.session.rollback()
    assert queries.pulse_of(congress_id) == before + 6
