from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congress_app.kernel.errors import RuleViolation
from congress_app.quota.apportionment import apportion
from congress_app.quota.problem import Method, Problem, StepRule, TieChain, Unit
from congress_app.quota.release import Handing, Release, hand_on
from congress_app.quota.ties import Tie
from tests.quota.problems import PROPORTIONAL, problems, thorough

UNITS = (Unit("A", 100), Unit("B", 90), Unit("C", 50), Unit("D", 400), Unit("E", 300))
PROBLEM = Problem(UNITS, 20, ties=TieChain(seed="x"))
STANDING = {"A": 2, "B": 2, "C": 1, "D": 9, "E": 6}
CLUSTERS = {"A": "1", "B": "1", "C": "1", "D": "2", "E": "2"}


def test_the_standing_is_what_the_method_gives() -> None:
    assert apportion(PROBLEM).by_code == STANDING


def test_the_same_cluster_comes_first() -> None:
    assert hand_on(PROBLEM, STANDING, {"A": 1}, CLUSTERS) == Release(
        {"A": 1, "B": 3, "C": 1, "D": 9, "E": 6}, 0, ()
    )
    assert hand_on(PROBLEM, STANDING, {"A": 1}, CLUSTERS, Handing.ALL).seats["D"] == 9
    assert hand_on(PROBLEM, STANDING, {"A": 1}, CLUSTERS, Handing.ALL).seats["E"] == 7


def test_what_a_cluster_has_no_room_for_goes_to_all_or_stays() -> None:
    capped = Problem(
        (*UNITS[:1], Unit("B", 90, ceiling=2), Unit("C", 50, ceiling=2), *UNITS[3:]), 20
    )

    on = hand_on(capped, STANDING, {"A": 2}, CLUSTERS)
    within = hand_on(capped, STANDING, {"A": 2}, CLUSTERS, Handing.CLUSTER)

    assert on == Release({"A": 0, "B": 2, "C": 2, "D": 9, "E": 7}, 0, ())
    assert within == Release({"A": 0, "B": 2, "C": 2, "D": 9, "E": 6}, 1, ())


def test_seats_can_be_kept_in_reserve() -> None:
    assert hand_on(PROBLEM, STANDING, {"D": 3, "A": 1}, CLUSTERS, Handing.RESERVE) == Release(
        {"A": 1, "B": 2, "C": 1, "D": 6, "E": 6}, 4, ()
    )


def test_clusters_are_served_each_with_its_own() -> None:
    assert hand_on(PROBLEM, STANDING, {"A": 1, "D": 2}, CLUSTERS, Handing.CLUSTER).seats == {
        "A": 1,
        "B": 3,
        "C": 1,
        "D": 7,
        "E": 8,
    }


def test_base_and_step_is_topped_up_by_webster() -> None:
    problem = Problem(UNITS, None, Method.BASE_STEP, step=StepRule(100), ties=TieChain(seed="x"))
    standing = apportion(problem).by_code

    assert standing == {"A": 1, "B": 1, "C": 0, "D": 4, "E": 3}
    assert hand_on(problem, standing, {"E": 2}, {}, Handing.ALL).seats == {
        "A": 1,
        "B": 1,
        "C": 1,
        "D": 5,
        "E": 1,
    }


def test_a_tie_in_the_hand_over_is_told() -> None:
    units = (Unit("A", 4), Unit("B", 1), Unit("C", 1))
    problem = Problem(units, 2, ties=TieChain(order=("C", "B", "A")))

    assert hand_on(problem, {"A": 2, "B": 0, "C": 0}, {"A": 1}, {}) == Release(
        {"A": 1, "B": 0, "C": 1}, 0, (Tie(("C", "B"), 1, "order"),)
    )


def test_a_unit_raised_above_its_ceiling_by_hand_keeps_that() -> None:
    problem = Problem((Unit("A", 4, ceiling=1), Unit("B", 4)), 5)

    assert hand_on(problem, {"A": 3, "B": 2}, {"B": 1}, {}).seats == {"A": 3, "B": 1}
    assert hand_on(problem, {"A": 3, "B": 2}, {"B": 1}, {}).reserve == 1


@pytest.mark.parametrize(
    ("freed", "code", "sentence"),
    [
        (
            {"A": 3},
            "freed_over_seats",
            "A trả lại 3 suất nhưng chỉ đang có 2. Hãy nhập lại số suất trả lại.",
        ),
        (
            {"A": -1},
            "negative_freed",
            "A trả lại -1 suất: số suất trả lại không thể âm.",
        ),
    ],
)
def test_impossible_figures_are_refused(freed: dict[str, int], code: str, sentence: str) -> None:
    with pytest.raises(RuleViolation) as refusal:
        hand_on(PROBLEM, STANDING, freed, CLUSTERS)

    assert (refusal.value.code, str(refusal.value)) == (code, sentence)


@thorough
@given(problems((*PROPORTIONAL, Method.BASE_STEP)), st.data(), st.sampled_from(list(Handing)))
def test_nobody_else_loses_and_no_seat_is_lost(
    problem: Problem, data: st.DataObject, handing: Handing
) -> None:
    standing = apportion(problem).by_code
    freed = {
        code: data.draw(st.integers(0, had))
        for code, had in standing.items()
        if data.draw(st.booleans())
    }
    clusters = {code: data.draw(st.sampled_from("12")) for code in standing}

    released = hand_on(problem, standing, freed, clusters, handing)

    assert sum(released.seats.values()) + released.reserve == sum(standing.values())
    for unit in problem.units:
        before, after = standing[unit.code], released.seats[unit.code]
        high = problem.high(unit)
        if unit.code in freed:
            assert after == before - freed[unit.code]
        else:
            assert after >= before
            assert high is None or after <= max(high, before)
            if handing is Handing.CLUSTER and clusters[unit.code] not in {
                clusters[code] for code in freed if freed[code]
            }:
                assert after == before
