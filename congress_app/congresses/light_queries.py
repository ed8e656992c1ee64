"""The light of a plan in SQL, the same as `timing.light`: for counting a whole country."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Date, and_, case, literal, or_

from congress_app.congresses import timing
from congress_app.congresses.lifecycle import State
from congress_app.congresses.models import Congress
from congress_app.congresses.rulebook import LevelRules
from congress_app.congresses.timing import Light


def light_of(rules: LevelRules, today: date) -> ColumnElement[str]:
    """The light of a row of `Congress`; `rules` hold until it has frozen its own.

    Of a unit without a congress the row of an outer join is all null, which is no plan.
    """
    due = timing.due_of(rules)
    opens, closes = due.window or (None, None)
    before = _own(Congress.due_before, due.deadline)
    first, last = _own(Congress.due_from, opens), _own(Congress.due_until, closes)
    held_on = Congress.held_on
    in_window = or_(first.is_(None), last.is_(None), held_on.between(first, last))
    allowed = and_(or_(before.is_(None), held_on < before), in_window)
    gone_by = and_(held_on < today, Congress.state != State.OPEN)
    return case(
        (Congress.state == State.CLOSED, Light.HELD.value),
        (and_(held_on.is_(None), or_(before <= today, last < today)), Light.OVERDUE.value),
        (held_on.is_(None), Light.NO_PLAN.value),
        (gone_by, Light.OVERDUE.value),
        (allowed, Light.PLANNED.value),
        else_=Light.OUTSIDE.value,
    )


def _own(column: Any, usual: date | None) -> ColumnElement[Any]:
    """The congress's own day once it has frozen rules, else the season's."""
    adopted = Congress.rules_adopted_at.is_not(None)
    return case((adopted, column), else_=literal(usual, Date()))
