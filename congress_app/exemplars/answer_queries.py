"""The criteria as a condition of the database, to count and filter a whole register.

The rule is `criteria.py`; here it stands once more in the database's own three values:

    met, not met, unknown    are    true, false, null
    all of, any of           are    and, or

so null takes part as unknown does. A test judges made-up exemplars both ways.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, and_, case, false, null, or_, select, true
from sqlalchemy.orm import aliased

from congress_app.database import db
from congress_app.exemplars import criteria
from congress_app.exemplars.clauses import Answer
from congress_app.exemplars.criteria import CriteriaSet, LeaderTie
from congress_app.exemplars.facts import Kind
from congress_app.exemplars.models import Award, Exemplar, StoredCriteria
from congress_app.units.models import Unit

_VALUES = {Answer.MET: True, Answer.NOT_MET: False, Answer.UNKNOWN: None}
ANSWERS = {value: answer for answer, value in _VALUES.items()}
Condition = ColumnElement[bool]


def copies() -> dict[str, CriteriaSet]:
    """The copies by the path of the unit they hold for."""
    query = select(Unit.path, StoredCriteria.body).join(Unit, StoredCriteria.unit_id == Unit.id)
    return {path: criteria.from_json(body) for path, body in db.session.execute(query)}


def own_answer(held: Mapping[str, CriteriaSet]) -> Condition:
    """The answer for an `Exemplar` by the set that holds for its `Unit`: the nearest copy
    above it, else the plan's set. The statement joins both tables."""
    plan = answer_by(criteria.PLAN_2021_2025)
    nearest = sorted(held, key=len, reverse=True)
    told = [(Unit.path.startswith(path), answer_by(held[path])) for path in nearest]
    return case(*told, else_=plan) if told else plan


def says(found: Condition, answer: Answer) -> Condition:
    """The condition that `found` is this answer."""
    return found.is_(_VALUES[answer])


def answer_by(rules: CriteriaSet) -> Condition:
    """The answer for an `Exemplar` by this set; the collective a leader leads by the same."""
    return case(
        (Exemplar.kind == Kind.COLLECTIVE.value, _collective(Exemplar, rules)),
        else_=_individual(rules),
    )


def _collective(one: Any, rules: CriteriaSet) -> Condition:
    needed: list[Any] = [one.conduct]
    has_solution = case((one.solution != "", true()), else_=null())
    performance: list[Any] = [one.exceeds_targets, one.runs_movements, has_solution]
    (needed if rules.bars_awards else performance).append(one.discipline < int(rules.barring))
    award = _award(one, rules.collective_awards, rules.window)
    return and_(*needed, or_(award, and_(*performance)))


def _individual(rules: CriteriaSet) -> Condition:
    needed: list[Any] = [Exemplar.conduct]
    excellent = _excellent_years(rules.excellent_years, rules.window)
    # The ratings last: to read them out of their JSON costs more than all the rest.
    performance: list[Any] = [Exemplar.initiatives, Exemplar.takes_part, excellent]
    if rules.leader_tie is LeaderTie.PERFORMANCE:
        performance.append(_leader(rules))
    elif rules.leader_tie is LeaderTie.ALWAYS:
        needed.append(_leader(rules))
    award = _award(Exemplar, rules.individual_awards, rules.window)
    return and_(*needed, or_(award, and_(*performance)))


def _excellent_years(wanted: int, window: tuple[int, int]) -> Condition:
    """Some run of so many years, all rated excellent; a year not named is null."""
    first, last = window
    rated = {year: Exemplar.ratings[str(year)].as_boolean() for year in range(first, last + 1)}
    starts = range(first, last - wanted + 2)
    return or_(false(), *(and_(*(rated[y] for y in range(s, s + wanted))) for s in starts))


def _leader(rules: CriteriaSet) -> Condition:
    led = aliased(Exemplar)
    collective = (
        select(_collective(led, rules))
        .where(led.id == Exemplar.leads_id, led.kind == Kind.COLLECTIVE.value)
        .correlate(Exemplar)
        .scalar_subquery()
    )
    return case(
        (Exemplar.is_leader.is_(None), null()),
        (Exemplar.is_leader.is_(False), true()),
        else_=collective,
    )


def _award(one: Any, listed: tuple[str, ...], window: tuple[int, int]) -> Condition:
    ours = select(Award.id).where(Award.exemplar_id == one.id, Award.kind.in_(listed))
    decided = ours.where(Award.decision_year.between(*window)).exists()
    undated = ours.where(Award.decision_year.is_(None)).exists()
    return case((decided, true()), (undated, null()), else_=false())
