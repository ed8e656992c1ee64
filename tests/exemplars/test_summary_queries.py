"""The database counts for the summary what one finds by looking at every exemplar."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable
from random import Random
from typing import Any

import pytest

from congress_app.database import db
from congress_app.exemplars import place_queries, queries, summary_queries
from congress_app.exemplars.clauses import Answer
from congress_app.exemplars.criteria import PLAN_2021_2025
from congress_app.exemplars.models import Exemplar
from congress_app.exemplars.summary import duty
from congress_app.exemplars.summary_table import Window
from congress_app.units.models import Unit
from tests import builders

YEARS = range(2019, 2027)
KNOWN = (True, False, None)


@pytest.fixture
def province(database_url: str, app: Any) -> Unit:
    """A province, a district of it, one of its departments and one merged; one elsewhere."""
    root = builders.the_root()
    province = builders.a_unit("22", root)
    district = builders.a_unit("2201", province, "huyen")
    below = builders.a_unit("2201-a", district, "phong")
    merged = builders.a_unit("2202", province, "huyen", merged_into_id=district.id)
    elsewhere = builders.a_unit("2", root)
    draw = Random(2020)
    for _ in range(60):
        an_exemplar(draw, draw.choice((root, province, district, below, merged, elsewhere)))
    return province


def an_exemplar(draw: Random, unit: Unit) -> None:
    """Anybody, with awards and nominations."""
    known = ("is_minority", "is_direct", "is_leader", "conduct", "initiatives", "takes_part")
    one = builders.an_exemplar(
        None,
        unit,
        draw.choice(("collective", "individual")),
        detected_year=draw.choice(YEARS),
        stage=draw.choice(("detect", "foster")),
        field=draw.choice(("collection", None)),
        sex=draw.choice(("F", "M", None)),
        is_hard_area=draw.choice((True, False)),
        **{name: draw.choice(KNOWN) for name in known},
    )
    for _ in range(draw.randrange(3)):
        kind = draw.choice(("order", "sector_fighter", None))
        builders.an_award(one, "Khen thưởng", kind, draw.choice((*YEARS, None)))
    for year in draw.sample(YEARS, draw.randrange(3)):
        builders.a_nomination(one, year=year, standing=draw.choice(("nominated", "selected")))


def tally(keys: Iterable[Hashable]) -> dict[Hashable, int]:
    """How many there are of each."""
    return dict(Counter(keys))


def numbers(rows: Iterable[Any], *names: str) -> dict[Hashable, int]:
    """What counted rows say of these facts."""
    found: Counter[Hashable] = Counter()
    for row in rows:
        found[tuple(getattr(row, name) for name in names)] += row.number
    return dict(found)


def within(unit: Unit) -> list[Exemplar]:
    """The exemplars of the unit and everything below, one by one."""
    rows = db.session.scalars(db.select(Exemplar))
    return [one for one in rows if one.unit.path.startswith(unit.path)]


@pytest.mark.parametrize("window", [Window(2021, 2025), Window(2022, 2022)])
@pytest.mark.parametrize("top", ["province", "root"])
def test_the_database_counts_as_one_does(province: Unit, top: str, window: Window) -> None:
    unit = province if top == "province" else builders.the_root()
    told = summary_queries.counted_subjects(unit, PLAN_2021_2025, window)
    everybody = within(unit)
    rows = [one for one in everybody if one.detected_year in window]
    answers = {Answer.MET: True, Answer.NOT_MET: False, Answer.UNKNOWN: None}
    found = queries.findings(rows, PLAN_2021_2025)
    meets = [answers[found[one.id].answer] for one in rows]
    assert numbers(told["year"], "kind", "year", "field") == tally(
        (one.kind, one.detected_year, one.field) for one in rows
    )
    assert numbers(told["criteria"], "kind", "stage", "answer", "is_hard_area") == tally(
        (one.kind, one.stage, met, one.is_hard_area) for one, met in zip(rows, meets, strict=True)
    )
    rest = [one.unit.path.removeprefix(unit.path) for one in rows]
    assert numbers(told["unit"], "kind", "place") == tally(
        (one.kind, path and path.split("/")[0] + "/") for one, path in zip(rows, rest, strict=True)
    )
    assert numbers(told["duty"], "kind", "is_leader", "is_direct", "sex", "is_minority") == tally(
        (one.kind, one.is_leader, one.is_direct, one.sex, one.is_minority) for one in rows
    )


@pytest.mark.parametrize("window", [Window(2021, 2025), Window(2022, 2022)])
@pytest.mark.parametrize("top", ["province", "root"])
def test_so_it_does_awards_and_nominations(province: Unit, top: str, window: Window) -> None:
    unit = province if top == "province" else builders.the_root()
    everybody = within(unit)
    awards = [(one, award) for one in everybody for award in one.awards]
    put = [(one, row) for one in everybody for row in one.nominations]
    reach = place_queries.shortest((unit.path,))
    facts = ("kind", "is_leader", "is_direct", "award", "year")
    assert numbers(summary_queries.counted_awards(reach, window), *facts) == tally(
        (one.kind, one.is_leader, one.is_direct, award.kind, award.decision_year)
        for one, award in awards
        if award.decision_year is None or award.decision_year in window
    )
    nominations = summary_queries.counted_nominations(reach, window)
    assert numbers(nominations, "kind", "year", "standing") == tally(
        (one.kind, row.year, row.standing) for one, row in put if row.year in window
    )


def test_tables_show_what_was_counted(province: Unit) -> None:
    window = Window(2021, 2025)
    told = summary_queries.summary_of(province, PLAN_2021_2025, window)
    rows = [one for one in within(province) if one.detected_year in window]
    people = [one for one in rows if one.kind == "individual"]
    sums = (len(rows) - len(people), len(people))
    by_kind = {"year", "field", "stage", "criteria", "hard_area", "unit"}
    assert {key: told.table(key).sums for key in by_kind} == dict.fromkeys(by_kind, sums)
    duties = Counter(duty(one.is_leader, one.is_direct) for one in people)
    assert [line.total for line in told.table("duty").lines] == [
        duties[key] for key in ("direct", "leader", "neither", None)
    ]
