"""The register of the demonstration: all kinds and stages, judged by the criteria themselves."""

from __future__ import annotations

from collections import Counter

import pytest
from flask import Flask
from sqlalchemy import select

from congress_app.database import db
from congress_app.exemplars import queries
from congress_app.exemplars.awards import recognise
from congress_app.exemplars.clauses import Answer
from congress_app.exemplars.criteria import PLAN_2021_2025
from congress_app.exemplars.freezing import thawed
from congress_app.exemplars.models import Exemplar

pytestmark = pytest.mark.demonstration


def test_thirty_of_every_stage_with_selections_the_criteria_allow(app: Flask) -> None:
    rows = list(db.session.scalars(select(Exemplar)))
    assert len(rows) == 30
    assert {one.kind for one in rows} == {"collective", "individual"}
    assert {one.stage for one in rows} == {"detect", "nurture", "sum_up", "replicate"}
    # Leaders among them, tied to units that are exemplars as a whole.
    leaders = [row for row in rows if row.is_leader]
    assert 2 <= len(leaders) <= 10
    for leader in leaders:
        assert leader.leads is None or (leader.leads.kind, leader.leads.unit_id) == (
            "collective",
            leader.unit_id,
        )
    found = queries.findings(rows, PLAN_2021_2025)
    standings: Counter[str] = Counter()
    for row in rows:
        assert [step.to_stage for step in row.steps][-1:] == (
            [row.stage] if row.stage != "detect" else []
        )
        assert [recognise(award.name).code for award in row.awards] == [  # type: ignore[union-attr]
            award.kind for award in row.awards
        ]
        for one in row.nominations:
            standings[one.standing] += 1
            assert (one.finding is None) == (one.standing == "nominated")
            if one.finding is not None:
                frozen = {key: one.finding[key] for key in ("answer", "clauses")}
                assert thawed(frozen) == found[row.id]
            if one.standing == "selected":
                assert found[row.id].answer is Answer.MET
                assert one.votes_for is not None
                assert one.votes_against is not None
                assert one.votes_for > one.votes_against
    assert standings["selected"] >= 3
    assert standings["not_selected"] >= 1
