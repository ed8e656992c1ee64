"""What is known of exemplars; nothing here changes a row.

`within` are unit paths: only exemplars of units at or below one of them are given.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from congress_app.database import db
from congress_app.exemplars import answer_queries, criteria
from congress_app.exemplars.awards import STANDARD_KINDS, AwardFacts, AwardKind
from congress_app.exemplars.clauses import Answer, Discipline
from congress_app.exemplars.criteria import CriteriaSet, Finding
from congress_app.exemplars.facts import ExemplarFacts, Kind, judge
from congress_app.exemplars.models import (
    Award,
    AwardName,
    Exemplar,
    ExemplarFile,
    StoredCriteria,
)
from congress_app.exemplars.wanted import Wanted
from congress_app.exemplars.wanted_queries import conditions, is_due
from congress_app.kernel.partial_date import PartialDate
from congress_app.kernel.vietnamese import fold
from congress_app.units.models import Unit
from congress_app.units.queries import below


def exemplars(
    within: Sequence[str],
    wanted: Wanted | None = None,
    *,
    offset: int = 0,
    limit: int | None = None,
    nominations: bool = False,
) -> list[Exemplar]:
    """Those that fit, with awards and on demand nominations: by unit in protocol order, name."""
    more = [selectinload(Exemplar.nominations)] if nominations else []
    # Found before they are ordered: for a few lines PostgreSQL would walk through all units.
    found = (
        select(Exemplar.id, Exemplar.kind, Exemplar.sort_key, Unit.path)
        .join(Unit, Exemplar.unit_id == Unit.id)
        .where(below(within), *conditions(wanted or Wanted()))
        .cte("found")
        .prefix_with("MATERIALIZED", dialect="postgresql")
    )
    # And ordered before they are read, which carries a few words of each instead of its story.
    in_order = select(found).order_by(found.c.path, found.c.kind, found.c.sort_key, found.c.id)
    listed = in_order.offset(offset or None).limit(limit).subquery("listed")
    query = (
        select(Exemplar)
        .join(listed, listed.c.id == Exemplar.id)
        .options(selectinload(Exemplar.awards), *more)
        .order_by(listed.c.path, listed.c.kind, listed.c.sort_key, listed.c.id)
    )
    return list(db.session.scalars(query).unique())


def awards_by_exemplar(
    within: Sequence[str], wanted: Wanted
) -> dict[int, tuple[tuple[str, str, int | None], ...]]:
    """Kind, name and year of the decision of each award of all that fit, by the exemplar's key.

    In the order of `exemplars`. Bare values: a register bears the same few again and again.
    """
    query = (
        select(Exemplar.id, func.coalesce(Award.kind, ""), Award.name, Award.decision_year)
        .join(Unit, Exemplar.unit_id == Unit.id)
        .outerjoin(Award, Award.exemplar_id == Exemplar.id)
        .where(below(within), *conditions(wanted))
        .order_by(Unit.path, Exemplar.kind, Exemplar.sort_key, Exemplar.id, Award.id)
    )
    found: dict[int, tuple[tuple[str, str, int | None], ...]] = {}
    rows: Iterable[Any] = db.session.execute(query)
    for key, kind, name, year in rows:
        before = found.get(key, ())
        # Who has none stands in one row all the same, without a name.
        found[key] = (*before, (kind, name, year)) if name else before
    return found


def total(within: Sequence[str], wanted: Wanted | None = None) -> int:
    """How many `exemplars` would give."""
    query = (
        select(func.count(Exemplar.id))
        .join(Unit, Exemplar.unit_id == Unit.id)
        .where(below(within), *conditions(wanted or Wanted()))
    )
    return db.session.scalar(query) or 0


def total_and_due(within: Sequence[str], wanted: Wanted) -> tuple[int, int]:
    """How many `exemplars` would give, and how many of them are to be looked at again."""
    query = (
        select(func.count(Exemplar.id), func.count(Exemplar.id).filter(is_due()))
        .join(Unit, Exemplar.unit_id == Unit.id)
        .where(below(within), *conditions(wanted))
    )
    found, due = db.session.execute(query).one()
    return found, due


def answers(within: Sequence[str], wanted: Wanted) -> dict[Answer, int]:
    """How many of all that fit qualify, do not, or cannot be told."""
    own = answer_queries.own_answer(answer_queries.copies()).label("own")
    judged = (
        select(own)
        .select_from(Exemplar)
        .join(Unit, Exemplar.unit_id == Unit.id)
        .where(below(within), *conditions(wanted))
        .subquery()
    )
    query = select(judged.c.own, func.count()).group_by(judged.c.own)
    counted = {value: number for value, number in db.session.execute(query)}  # noqa: C416
    return {answer: counted.get(value, 0) for value, answer in answer_queries.ANSWERS.items()}


def exemplar_by_id(exemplar_id: int) -> Exemplar | None:
    """One exemplar."""
    return db.session.get(Exemplar, exemplar_id)


def twin_of(facts: ExemplarFacts, own_id: int | None) -> Exemplar | None:
    """Another exemplar of the same kind, name and unit; of a person with the same birth year.

    A birth year that is not known on one side says nothing, so the names decide.
    """
    query = select(Exemplar).where(
        Exemplar.kind == facts.kind.value,
        Exemplar.unit_id == facts.unit_id,
        Exemplar.search_key == fold(facts.name)[:250],
    )
    for row in db.session.scalars(query.order_by(Exemplar.id)):
        years = {row.birth_year, facts.birth.year if facts.birth else None} - {None}
        if row.id != own_id and len(years) < 2:
            return row
    return None


def collectives(within: Sequence[str]) -> list[tuple[int, str]]:
    """Collectives of the reach for a select: (id, name)."""
    query = (
        select(Exemplar.id, Exemplar.name)
        .join(Unit, Exemplar.unit_id == Unit.id)
        .where(below(within), Exemplar.kind == Kind.COLLECTIVE.value)
        .order_by(Exemplar.sort_key, Exemplar.id)
    )
    return [(row.id, row.name) for row in db.session.execute(query)]


def facts_of(row: Exemplar) -> ExemplarFacts:
    """The stored facts as the value the rules read."""
    birth = row.birth_year and PartialDate(row.birth_year, row.birth_month, row.birth_day)
    return ExemplarFacts(
        kind=Kind(row.kind),
        name=row.name,
        unit_id=row.unit_id,
        detected_year=row.detected_year,
        field=row.field,
        position=row.position,
        birth=birth or None,
        sex=row.sex,
        is_minority=row.is_minority,
        is_direct=row.is_direct,
        is_leader=row.is_leader,
        leads_id=row.leads_id,
        is_hard_area=row.is_hard_area,
        solution=row.solution,
        story=row.story,
        conduct=row.conduct,
        exceeds_targets=row.exceeds_targets,
        runs_movements=row.runs_movements,
        discipline=None if row.discipline is None else Discipline(row.discipline),
        initiatives=row.initiatives,
        takes_part=row.takes_part,
        ratings={int(year): value for year, value in row.ratings.items()},
    )


def award_facts(rows: Iterable[Award]) -> list[AwardFacts]:
    """Stored awards as the criteria read them; one that is not on the list has no kind."""
    return [
        AwardFacts(a.kind or "", a.name, a.decision_year, a.decision_number, a.signatory)
        for a in rows
    ]


def findings(rows: Sequence[Exemplar], rules: CriteriaSet) -> dict[int, Finding]:
    """The criteria's answer for each, that of the collectives leaders lead included."""
    led = {row.leads_id for row in rows if row.leads_id} - {row.id for row in rows}
    query = select(Exemplar).where(Exemplar.id.in_(led)).options(selectinload(Exemplar.awards))
    others = list(db.session.scalars(query).unique()) if led else []
    found: dict[int, Finding] = {}
    collectives: dict[int | None, Answer] = {}
    for row in sorted([*others, *rows], key=lambda one: one.kind):
        led_one = collectives.get(row.leads_id)
        found[row.id] = judge(facts_of(row), award_facts(row.awards), rules, led_one)
        if row.kind == Kind.COLLECTIVE:
            collectives[row.id] = found[row.id].answer
    return found


def own_findings(rows: Sequence[Exemplar]) -> dict[int, Finding]:
    """The criteria's answer for each by the set that holds for its own unit."""
    copies = answer_queries.copies()
    groups: dict[str, list[Exemplar]] = {}
    for row in rows:
        groups.setdefault(_nearest(copies, row.unit.path), []).append(row)
    found: dict[int, Finding] = {}
    for path, group in groups.items():
        found |= findings(group, copies.get(path, criteria.PLAN_2021_2025))
    return found


def _nearest(copies: Mapping[str, CriteriaSet], unit_path: str) -> str:
    """The longest path with a copy that the unit lies at or below; "" when there is none."""
    above = [path for path in copies if unit_path.startswith(path)]
    return max(above, key=len, default="")


def rules_for(unit_path: str) -> CriteriaSet:
    """The criteria that hold for a unit: the nearest copy above it, else the plan's set."""
    copies = answer_queries.copies()
    return copies.get(_nearest(copies, unit_path), criteria.PLAN_2021_2025)


def criteria_sets(within: Sequence[str]) -> list[StoredCriteria]:
    """The copies of the units within reach and of those above them, in protocol order."""
    query = select(StoredCriteria).join(Unit, StoredCriteria.unit_id == Unit.id)
    rows = db.session.scalars(query.order_by(Unit.path))
    return [row for row in rows if row.unit and _concerns(row.unit.path, within)]


def _concerns(path: str, within: Sequence[str]) -> bool:
    return any(path.startswith(place) or place.startswith(path) for place in within)


def criteria_of(unit_id: int) -> StoredCriteria | None:
    """The copy a unit keeps itself."""
    return db.session.scalar(select(StoredCriteria).where(StoredCriteria.unit_id == unit_id))


def award_kinds() -> tuple[AwardKind, ...]:
    """The list of awards, in its order; the standard one until somebody has edited it."""
    rows = db.session.scalars(select(AwardName).order_by(AwardName.position, AwardName.id)).all()
    kinds = tuple(AwardKind(row.code, row.name, tuple(row.aliases)) for row in rows)
    return kinds or STANDARD_KINDS


def files_of(exemplar_id: int) -> list[ExemplarFile]:
    """The files of an exemplar, without their content."""
    query = select(ExemplarFile).where(ExemplarFile.exemplar_id == exemplar_id)
    return list(db.session.scalars(query.order_by(ExemplarFile.id)))


def file_by_id(exemplar_id: int, file_id: int) -> ExemplarFile | None:
    """One file, if it is this exemplar's."""
    file = db.session.get(ExemplarFile, file_id)
    return file if file and file.exemplar_id == exemplar_id else None


def portrait_of(exemplar_id: int) -> ExemplarFile | None:
    """The portrait, without its content."""
    query = select(ExemplarFile).where(
        ExemplarFile.exemplar_id == exemplar_id, ExemplarFile.is_portrait.is_(True)
    )
    return db.session.scalars(query.order_by(ExemplarFile.id.desc())).first()


def award_date(award: Award) -> str | None:
    """The date of the decision as far as it is known."""
    if award.decision_year is None:
        return None
    return str(PartialDate(award.decision_year, award.decision_month, award.decision_day))
