"""The rows the summary figures count, read in a number of queries that does not grow."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from congress_app.database import db
from congress_app.exemplars import criteria, movement_queries, queries
from congress_app.exemplars.clauses import Answer
from congress_app.exemplars.criteria import CriteriaSet
from congress_app.exemplars.models import Exemplar, StoredCriteria
from congress_app.exemplars.movement_rules import concerns
from congress_app.exemplars.movement_totals import Totals, totals
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
from congress_app.units import queries as unit_queries
from congress_app.units.models import Unit

_HERE = "here"


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
    slots = movement_queries.ledger((unit.path,), rows).slots
    reports = totals(slot for slot in slots if slot.quarter.year in window)
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
    rows = queries.exemplars((unit.path,), nominations=True)
    counted = [row for row in rows if row.detected_year in window]
    # Held until the end, so that judging leaders asks for no collective's awards one by one.
    led = _led(counted)
    found = queries.findings(counted, rules)
    del led
    return [
        Subject(
            kind=row.kind,
            place=_place(unit.path, row.unit.path),
            year=row.detected_year,
            stage=row.stage,
            answer=found[row.id].answer if row.id in found else Answer.UNKNOWN,
            field=row.field,
            sex=row.sex,
            is_minority=row.is_minority,
            is_direct=row.is_direct,
            is_leader=row.is_leader,
            is_hard_area=row.is_hard_area,
            awards=queries.award_facts(row.awards),
            nominations=[(one.year, one.standing) for one in row.nominations],
        )
        for row in rows
    ]


def _led(rows: Sequence[Exemplar]) -> list[Exemplar]:
    keys = {row.leads_id for row in rows if row.leads_id}
    query = select(Exemplar).where(Exemplar.id.in_(keys)).options(selectinload(Exemplar.awards))
    return list(db.session.scalars(query).unique())


def _place(top: str, path: str) -> Hashable:
    """The path of the unit directly below `top` that holds `path`."""
    if path == top:
        return _HERE
    return top + path[len(top) :].split("/", 1)[0] + "/"


def _places(unit: Unit) -> dict[Hashable, Sentence]:
    below: dict[Hashable, Sentence] = {
        child.path: Sentence("{name}", name=child.name) for child in unit_queries.children(unit.id)
    }
    own = Sentence(N_("Ghi ngay tại {unit}"), unit=unit.name)
    return {_HERE: own, **below, None: Sentence(N_("Đơn vị đã sáp nhập"))}
