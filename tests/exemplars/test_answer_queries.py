"""The database judges as the rule does, whatever is recorded and whatever the set asks."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import Any

from flask import Flask
from sqlalchemy import select

from congress_app.database import db
from congress_app.exemplars import answer_queries, queries
from congress_app.exemplars.clauses import Answer, Discipline
from congress_app.exemplars.criteria import PLAN_2021_2025, CriteriaSet, LeaderTie
from congress_app.exemplars.models import Exemplar
from congress_app.exemplars.wanted import Wanted
from tests import builders

KNOWN = (True, True, True, False, None)


def a_made_up_one(rng: Random, led: list[Exemplar]) -> Exemplar:
    marks: dict[str, Any] = {"conduct": rng.choice(KNOWN)}
    names: tuple[str, ...]
    if rng.random() < 0.4:
        names = ("exceeds_targets", "runs_movements")
        marks |= {"solution": rng.choice((None, "", "Thu tận nhà", "Tổ nhóm"))}
        marks |= {"discipline": rng.choice((None, *Discipline))}
        kind = "collective"
    else:
        names = ("initiatives", "takes_part", "is_leader")
        years = rng.sample(range(2020, 2027), rng.randint(0, 7))
        marks |= {"ratings": {str(year): rng.random() < 0.7 for year in years}}
        marks |= {"leads_id": rng.choice([one.id for one in led]) if rng.random() < 0.6 else None}
        kind = "individual"
    row = builders.an_exemplar(None, None, kind, **marks, **{n: rng.choice(KNOWN) for n in names})
    for _ in range(rng.choice((0, 0, 0, 1, 2))):
        code = rng.choice((None, "base_fighter", "sector_flag", "order"))
        builders.an_award(row, "Khen thưởng", code, rng.choice((None, 2020, 2021, 2025, 2026)))
    return row


def sets() -> list[CriteriaSet]:
    few = {"collective_awards": (), "individual_awards": ()}
    return [
        replace(PLAN_2021_2025, leader_tie=tie, bars_awards=bars, **more)
        for tie, bars, more in (
            (LeaderTie.PERFORMANCE, False, {}),
            (LeaderTie.ALWAYS, True, {"barring": Discipline.DEMOTION}),
            (LeaderTie.NEVER, True, {"excellent_years": 1, "window": (2021, 2021)}),
            (LeaderTie.ALWAYS, False, few | {"excellent_years": 5}),
            (LeaderTie.PERFORMANCE, True, few | {"excellent_years": 3, "window": (2020, 2026)}),
        )
    ]


def test_the_database_judges_as_the_rule_does(app: Flask) -> None:
    rng = Random(1935)
    led = [builders.an_exemplar(None, None, "collective") for _ in range(2)]
    # One who was led and is a person now says nothing of his leader.
    led.append(builders.an_exemplar("Từng là tập thể", None, "individual", conduct=True))
    for _ in range(160):
        row = a_made_up_one(rng, led)
        led += [row] if row.kind == "collective" else []
    seen = set()
    for rules in sets():
        said = db.session.execute(select(Exemplar.id, answer_queries.answer_by(rules)))
        by_database = {key: answer_queries.ANSWERS[value] for key, value in said}
        by_rule = queries.findings(queries.exemplars(["/"]), rules)
        assert by_database == {key: finding.answer for key, finding in by_rule.items()}
        seen |= set(by_database.values())
    assert seen == set(Answer)


def test_each_is_judged_by_the_nearest_copy_above_it(app: Flask) -> None:
    root = builders.the_root()
    province = builders.a_unit("22", root)
    district = builders.a_unit("2201", province, "huyen")
    builders.a_criteria_set(province, individual_awards=("base_fighter",))
    builders.a_criteria_set(district, individual_awards=("order",))
    for unit in (root, province, district):
        for kind in ("sector_fighter", "base_fighter", "order"):
            row = builders.an_exemplar(f"{unit.code} {kind}", unit, conduct=True, initiatives=False)
            builders.an_award(row, "Khen thưởng", kind, 2023)
    met = queries.exemplars(["/"], Wanted(answer="met"))
    assert [row.name for row in met] == [
        f"{root.code} order",
        f"{root.code} sector_fighter",
        "22 base_fighter",
        "2201 order",
    ]
    assert queries.answers(["/"], Wanted()) == {
        Answer.MET: 4,
        Answer.NOT_MET: 5,
        Answer.UNKNOWN: 0,
    }
    found = queries.own_findings(queries.exemplars(["/"]))
    assert sum(one.answer is Answer.MET for one in found.values()) == 4
