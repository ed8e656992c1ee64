"""The rows the summary figures count, read in a number of queries that does not grow."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, case, null, select

from congress_app.database import db
from congress_app.exemplars import (
    answer_queries,
    criteria,
    movement_queries,
    overview_queries,
    place_queries,
    queries,
)
from congress_app.exemplars.awards import AwardFacts
from congress_app.exemplars.criteria import CriteriaSet
from congress_app.exemplars.models import Award, Exemplar, Nomination, StoredCriteria
from congress_app.exemplars.movement_rules import concerns
from congress_app.exemplars.movement_totals import Totals, added
from congress_app.exemplars.summary import (
    Subject,
    award_tables,
    movement_tables,
    nomination_tables,
    people_tables,
    register_tables,
)
from congress_app.exemplars.summary_table import Table, Window
from congress_app.kernel.sentences import N_, Sentence
from congress_app.units.models import Unit
from congress_app.units.queries import below

_HERE = "here"
# The facts of an exemplar that are counted as they stand, in the order of a `Subject`.
_PLAIN = (
    Exemplar.field,
    Exemplar.sex,
    Exemplar.is_minority,
    Exemplar.is_direct,
    Exemplar.is_leader,
    Exemplar.is_hard_area,
)


@dataclass(frozen=True)
class Summary:
    """The figures of a unit and everything below it."""

    unit: Unit
    rules: CriteriaSet
    window: Window
    tables: Sequence[Table]
    reports: Totals

    def table(self, key: str) -> Table:
        """One of the tables."""
        return next(table for table in self.tables if table.key == key)

    @property
    def public(self) -> list[Table]:
        """The tables everybody may read who may read the register."""
        return [table for table in self.tables if not table.is_sensitive]


def summary_of(unit: Unit, rules: CriteriaSet, window: Window) -> Summary:
    """All tables of the unit's subtree for the years of the window."""
    subjects = _subjects(unit, rules, window)
    rows = [
        row
        for row in movement_queries.movements((unit.path,))
        if row.starts_on.year <= window.last
        and movement_queries.facts_of(row).last_day >= date(window.first, 1, 1)
    ]
    parts = overview_queries.overview((unit.path,), rows).parts.values()
    by_quarter = [(quarter.year, sums) for part in parts for quarter, sums in part.items()]
    reports = added(sums for year, sums in by_quarter if year in window)
    tables = [
        *register_tables(subjects, _places(unit), window),
        *people_tables(subjects, window),
        *award_tables(subjects, queries.award_kinds(), window),
        *nomination_tables(subjects, window),
        *movement_tables([row.kind for row in rows], reports, window),
    ]
    return Summary(unit, rules, window, tables, reports)


def criteria_choices(within: Sequence[str]) -> dict[str, CriteriaSet]:
    """The sets a reader may judge by: the plan's, and copies that concern the reach."""
    found = {criteria.PLAN_2021_2025.key: criteria.PLAN_2021_2025}
    for row in db.session.scalars(select(StoredCriteria).order_by(StoredCriteria.id)):
        if row.unit is not None and concerns(row.unit.path, within):
            found[row.key] = criteria.from_json(row.body)
    return found


def _subjects(unit: Unit, rules: CriteriaSet, window: Window) -> list[Subject]:
    in_window = Exemplar.detected_year.between(window.first, window.last)
    # Who was detected in other years is in no table that tells the answer.
    answer = case((in_window, answer_queries.answer_by(rules)), else_=null())
    own = (Exemplar.kind, Unit.path, Exemplar.detected_year, Exemplar.stage, answer, *_PLAIN)
    query = select(Exemplar.id, *own)
    query = query.join(Unit, Exemplar.unit_id == Unit.id).where(below((unit.path,)))
    within = place_queries.shortest((unit.path,))
    awards, nominations = _awards(within, window), _nominations(within, window)
    return [
        Subject._make(
            (
                kind,
                _place(unit.path, path),
                year,
                stage,
                answer_queries.ANSWERS[told],
                *plain,
                awards.get(key, ()),
                nominations.get(key, ()),
            )
        )
        for key, kind, path, year, stage, told, *plain in db.session.execute(query)
    ]


def _awards(within: Sequence[str], window: Window) -> dict[int, list[AwardFacts]]:
    """The awards of each exemplar, decided in the window or without a year."""
    # Thousands are of a few kinds and years: each of these is made once.
    made = cache(lambda kind, name, year: AwardFacts(kind or "", name, year))
    counts = Award.decision_year.is_(None) | Award.decision_year.between(window.first, window.last)
    return _grouped((Award.kind, Award.name, Award.decision_year), Award, counts, within, made)


def _nominations(within: Sequence[str], window: Window) -> dict[int, list[tuple[int, str]]]:
    """The nominations of each exemplar in the window."""
    counts = Nomination.year.between(window.first, window.last)
    columns = (Nomination.year, Nomination.standing)
    return _grouped(columns, Nomination, counts, within, lambda *told: told)


def _grouped(
    columns: Sequence[Any],
    table: type[Award] | type[Nomination],
    counts: ColumnElement[bool],
    within: Sequence[str],
    made: Callable[..., Any],
) -> dict[int, list[Any]]:
    """What is made of the rows of each exemplar within the paths."""
    query = select(table.exemplar_id, *columns).where(counts)
    if "/" not in within:
        # Where nobody is out of reach no unit has to be looked up.
        query = query.join(Exemplar, table.exemplar_id == Exemplar.id)
        query = query.join(Unit, Exemplar.unit_id == Unit.id).where(below(within))
    found: dict[int, list[Any]] = {}
    for key, *told in db.session.execute(query):
        found.setdefault(key, []).append(made(*told))
    return found


def _place(top: str, path: str) -> Hashable:
    """The path of the unit directly below `top` that holds `path`."""
    if path == top:
        return _HERE
    return top + path[len(top) :].split("/", 1)[0] + "/"


def _places(unit: Unit) -> dict[Hashable, Sentence]:
    children = (
        select(Unit.path, Unit.name)
        .where(Unit.parent_id == unit.id, Unit.merged_into_id.is_(None))
        .order_by(Unit.precedence, Unit.code)
    )
    below: dict[Hashable, Sentence] = {
        path: Sentence("{name}", name=name) for path, name in db.session.execute(children)
    }
    own = Sentence(N_("Ghi ngay tại {unit}"), unit=unit.name)
    return {_HERE: own, **below, None: Sentence(N_("Đơn vị đã sáp nhập"))}
