"""The light in SQL is the light of the rule, whatever the plan."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import product

from flask import Flask
from sqlalchemy import select

from congress_app.congresses import terms, timing
from congress_app.congresses.light_queries import light_of
from congress_app.congresses.models import Congress
from congress_app.congresses.rulebook import Level, LevelRules
from congress_app.database import db
from congress_app.units.models import Unit
from tests import builders

TODAY = date(2020, 6, 15)
DAYS = (None, date(2020, 6, 14), TODAY, date(2020, 6, 16))
WINDOW = (date(2020, 6, 15), date(2020, 6, 20))
OVER = (date(2020, 6, 1), date(2020, 6, 14))


def rules() -> list[LevelRules]:
    plain = builders.a_rulebook().level(Level.UPPER_BASE)
    return [
        replace(plain, deadline=deadline, window=window)
        for deadline, window in product(DAYS, (None, WINDOW, OVER))
    ]


def test_every_plan_under_every_rule_has_the_light_of_the_rule(app: Flask) -> None:
    season = builders.a_season()
    for held_on, state in product(DAYS, ("draft", "convened", "open", "closed")):
        builders.a_congress(season=season, held_on=held_on, state=state, rules_adopted_at=None)
    for usual in rules():
        rows = db.session.execute(
            select(Congress.state, Congress.held_on, light_of(usual, TODAY).label("light"))
        ).all()
        due = timing.due_of(usual)
        assert [row.light for row in rows] == [
            timing.light(due, row.state, row.held_on, TODAY) for row in rows
        ]


def test_frozen_rules_go_before_the_season_s(app: Flask) -> None:
    season, usual = builders.a_season(), builders.a_rulebook().level(Level.UPPER_BASE)
    frozen = rules()
    for own in frozen:
        builders.a_congress(season=season, held_on=TODAY, **terms.columns_of(own))
    wanted = select(light_of(usual, TODAY)).select_from(Congress).order_by(Congress.id)
    assert list(db.session.scalars(wanted)) == [
        timing.light(timing.due_of(own), "convened", TODAY, TODAY) for own in frozen
    ]


def test_a_unit_without_a_congress_has_no_plan(app: Flask) -> None:
    unit = builders.a_unit(parent=builders.the_root())
    for own in rules():
        wanted = select(light_of(own, TODAY)).select_from(Unit)
        wanted = wanted.outerjoin(Congress, Congress.unit_id == Unit.id).where(Unit.id == unit.id)
        told = timing.light(timing.due_of(own), None, None, TODAY)
        assert db.session.scalar(wanted) == told
