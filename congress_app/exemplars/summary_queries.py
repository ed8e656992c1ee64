"""The rows of the summary figures, counted by the database.

Neither the number of statements nor, but for the units below, of rows grows with a register.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    Select,
    String,
    bindparam,
    cast,
    func,
    literal,
    null,
    select,
    union_all,
)

from congress_app.database import db
from congress_app.exemplars import (
    answer_queries,
    criteria,
    movement_queries,
    overview_queries,
    place_queries,
    queries,
)
from congress_app.exemplars.criteria import CriteriaSet
from congress_app.exemplars.models import Award, Exemplar, Nomination, StoredCriteria
from congress_app.exemplars.movement_rules import concerns
from congress_app.exemplars.movement_totals import Totals, added
from congress_app.exemplars.summary import (
    COUNTINGS,
    Given,
    Put,
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

# What tables ask of an exemplar, in the order of a `Subject`.
_OWN = Subject._fields[2:]


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
    subjects = counted_subjects(unit, rules, window)
    within = place_queries.shortest((unit.path,))
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
        *award_tables(counted_awards(within, window), queries.award_kinds(), window),
        *nomination_tables(counted_nominations(within, window), window),
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


def counted_subjects(unit: Unit, rules: CriteriaSet, window: Window) -> dict[str, list[Subject]]:
    """The exemplars detected in the window, counted for each table; one statement."""
    found = _found(unit, rules, window)
    blank = {name: cast(null(), found.c[name].type) for name in _OWN}
    parts = [
        select(
            literal(tables[0]),
            found.c.kind,
            func.count(),
            *(found.c[name] if name in asked else blank[name] for name in _OWN),
        ).group_by(found.c.kind, *(found.c[name] for name in asked))
        for tables, asked in COUNTINGS.items()
    ]
    by_first: dict[str, list[Subject]] = {}
    for first, *told in db.session.execute(union_all(*parts)):
        by_first.setdefault(first, []).append(Subject._make(told))
    return {key: by_first.get(tables[0], []) for tables in COUNTINGS for key in tables}


def _found(unit: Unit, rules: CriteriaSet, window: Window) -> CTE:
    """Every exemplar detected in the window; judged once, though counted many times."""
    told: dict[str, Any] = {
        "place": _place(unit.path),
        "year": Exemplar.detected_year,
        "answer": answer_queries.answer_by(rules),
    }
    own = (told[name] if name in told else getattr(Exemplar, name) for name in _OWN)
    query = (
        select(Exemplar.kind, *(column.label(name) for name, column in zip(_OWN, own, strict=True)))
        .join(Unit, Exemplar.unit_id == Unit.id)
        .where(below((unit.path,)), _in(window, Exemplar.detected_year))
    )
    return query.cte("found").prefix_with("MATERIALIZED", dialect="postgresql")


def _place(top: str) -> Any:
    """What follows `top` in the path of the unit directly below it that holds the `Unit`."""
    find = func.instr if db.engine.dialect.name == "sqlite" else func.strpos
    rest = func.substr(Unit.path, len(top) + 1, type_=String)
    return func.substr(rest, 1, find(rest, "/"), type_=String)


def counted_awards(within: Sequence[str], window: Window) -> list[Given]:
    """The awards decided in the window or without a year."""
    columns: tuple[Any, ...] = (
        Exemplar.kind,
        func.count(),
        Award.kind,
        Award.decision_year,
        Exemplar.is_direct,
        Exemplar.is_leader,
    )
    query: Select[Any] = (
        select(*columns)
        .join(Exemplar, Award.exemplar_id == Exemplar.id)
        .where(Award.decision_year.is_(None) | _in(window, Award.decision_year))
        .group_by(Exemplar.kind, *columns[2:])
    )
    return [Given._make(row) for row in db.session.execute(_reached(query, within))]


def counted_nominations(within: Sequence[str], window: Window) -> list[Put]:
    """The nominations in the window."""
    own: tuple[Any, ...] = (Nomination.year, Nomination.standing)
    query: Select[Any] = (
        select(Exemplar.kind, func.count(), *own)
        .join(Exemplar, Nomination.exemplar_id == Exemplar.id)
        .where(_in(window, Nomination.year))
        .group_by(Exemplar.kind, *own)
    )
    return [Put._make(row) for row in db.session.execute(_reached(query, within))]


def _in(window: Window, year: Any) -> ColumnElement[bool]:
    # Written out: of years it is not told PostgreSQL takes next to no row to lie between, also
    # where all do, and looks up one by one what it would read at once.
    first: Any = bindparam(None, window.first, literal_execute=True)
    last: Any = bindparam(None, window.last, literal_execute=True)
    found: ColumnElement[bool] = year.between(first, last)
    return found


def _reached(query: Select[Any], within: Sequence[str]) -> Select[Any]:
    """The same of exemplars within the paths."""
    if "/" in within:
        return query  # where nobody is out of reach no unit has to be looked up
    # PostgreSQL reads the few units by their paths; joined, it went through thousands.
    reach = select(Unit.id).where(below(within)).cte("reach")
    reach = reach.prefix_with("MATERIALIZED", dialect="postgresql")
    return query.join(reach, reach.c.id == Exemplar.unit_id)


def _places(unit: Unit) -> dict[Hashable, Sentence]:
    children = (
        select(Unit.path, Unit.name)
        .where(Unit.parent_id == unit.id, Unit.merged_into_id.is_(None))
        .order_by(Unit.precedence, Unit.code)
    )
    below: dict[Hashable, Sentence] = {
        path[len(unit.path) :]: Sentence("{name}", name=name)
        for path, name in db.session.execute(children)
    }
    own = Sentence(N_("Ghi ngay tại {unit}"), unit=unit.name)
    return {"": own, **below, None: Sentence(N_("Đơn vị đã sáp nhập"))}
