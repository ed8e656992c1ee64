from __future__ import annotations

from dataclasses import replace

import pytest

from congress_app.exemplars import criteria
from congress_app.exemplars.awards import AwardFacts
from congress_app.exemplars.clauses import Answer, Discipline
from congress_app.exemplars.criteria import PLAN_2021_2025 as PLAN
from congress_app.exemplars.criteria import Collective

MET, NOT_MET, UNKNOWN = Answer.MET, Answer.NOT_MET, Answer.UNKNOWN
FLAG = AwardFacts("sector_flag", "Cờ thi đua của BHXH Việt Nam", 2022)


@pytest.mark.parametrize(
    ("discipline", "by_plan", "barred"),
    [
        (Discipline.REPRIMAND, MET, MET),
        (Discipline.WARNING, MET, NOT_MET),
        (None, MET, UNKNOWN),
    ],
)
def test_a_set_may_bar_a_disciplined_collective_that_has_an_award(
    discipline: Discipline | None, by_plan: Answer, barred: Answer
) -> None:
    facts = Collective(conduct=True, discipline=discipline, awards=(FLAG,))
    assert criteria.judge_collective(facts, PLAN).answer is by_plan
    strict = replace(PLAN, bars_awards=True)
    assert criteria.judge_collective(facts, strict).answer is barred
    assert criteria.from_json(criteria.to_json(strict)) == strict
    stored = criteria.to_json(PLAN)
    del stored["bars_awards"]
    assert criteria.from_json(stored) == PLAN
