"""What is kept of a run beside its seats."""

from __future__ import annotations

import json
from hashlib import sha256

from congress_app.quota.apportionment import apportion
from congress_app.quota.kept import told
from congress_app.quota.options import Options
from congress_app.quota.outcome import facts_of, outcome_of
from congress_app.quota.proposal import Claimant, problem_of, words_for


def run(options: Options, **weights: int):
    claimants = [Claimant(code, f"Tỉnh {code}", weight) for code, weight in weights.items()]
    return apportion(problem_of(options, claimants))


def test_every_line_keeps_its_share_its_margins_and_its_sentence() -> None:
    options = Options(seats=10)
    facts = facts_of(run(options, A=60, B=30, C=10), words_for(options))
    assert json.loads(json.dumps(facts)) == facts
    explanation = facts["B"].pop("explanation")
    assert str(told(explanation)) == ("Tỉnh B: 30 đại biểu ÷ 10 = 3,0 → 3; thêm 9 người sẽ được 4")
    assert facts["B"] == {"share": 3.0, "binding": None, "gain_at": "39", "lose_at": "23"}


def test_a_run_keeps_its_fairness_and_every_other_method() -> None:
    outcome = outcome_of(run(Options(seats=10), A=60, B=30, C=10), Options(seats=10))
    assert json.loads(json.dumps(outcome)) == outcome
    assert outcome["fairness"] == {
        "max_min_ratio": 1.0,
        "gini": 0.0,
        "gallagher": 0.0,
        "outside_quota": [],
        "floors_cost": 0,
    }
    even = {"A": 6, "B": 3, "C": 1}
    assert outcome["others"] == dict.fromkeys(
        [
            "largest_remainder",
            "largest_remainder_raw",
            "jefferson",
            "adams",
            "dean",
            "huntington_hill",
            "modified_sainte_lague",
            "base_step",
        ],
        even,
    )
    assert (outcome["step_beside"], outcome["paradox"], outcome["ties"]) == (10, None, [])


def test_methods_that_differ_keep_their_own_seats() -> None:
    options = Options(seats=10, floor=0)
    result = run(options, A=76, B=16, C=8)
    others = outcome_of(result, options)["others"]
    assert result.by_code == {"A": 7, "B": 2, "C": 1}
    assert others["jefferson"] == {"A": 9, "B": 1, "C": 0}
    assert others["adams"] == {"A": 7, "B": 2, "C": 1}


def test_a_tie_keeps_the_lots_that_decided_it() -> None:
    options = Options(seats=3, tie_seed="giải 12345")
    (tie,) = outcome_of(run(options, A=50, B=50), options)["ties"]
    lots = {code: sha256(f"giải 12345|{code}".encode()).hexdigest() for code in ("A", "B")}
    winner = min(lots, key=lots.__getitem__)
    assert tie["lots"] == lots
    assert (tie["codes"][0], tie["seats"], tie["decided_by"]) == (winner, 1, "lot")
    assert f"Tỉnh {winner} được" in str(told(tie["sentence"]))


def test_another_method_whose_tie_is_open_has_no_seats() -> None:
    options = Options(seats=4, floor=0, method="base_step", step=10)
    others = outcome_of(run(options, A=20, B=20), options)["others"]
    assert others["webster"] == {"A": 2, "B": 2}
    options = Options(seats=3, method="base_step", step=20, threshold=20)
    result = run(options, A=20, B=20, C=20)
    assert result.seats == 3
    uneven = outcome_of(run(options, A=40, B=20, C=20, D=20), options)["others"]
    assert uneven["webster"] == {"A": 2, "B": 1, "C": 1, "D": 1}


def test_the_paradox_box_names_who_would_lose() -> None:
    # Alabama: 10 seats give 4, 4, 2; 11 give 5, 5, 1.
    options = Options(seats=10, floor=0, method="largest_remainder_raw")
    result = run(options, A=6, B=6, C=2)
    assert result.by_code == {"A": 4, "B": 4, "C": 2}
    assert outcome_of(result, options)["paradox"] == {"seats": 11, "losers": ["Tỉnh C"]}


def test_equal_weights_warn_unless_they_were_wished_for() -> None:
    options = Options(seats=4)
    warned = outcome_of(run(options, A=5, B=5, C=5, D=9), options)["warnings"]
    assert len(warned) == 1
    assert "3 trong 4 đơn vị" in str(told(warned[0]))
    wished = Options(seats=4, source="equal")
    assert outcome_of(run(wished, A=1, B=1, C=1, D=1), wished)["warnings"] == []
    capped = outcome_of(run(Options(seats=5), A=30, B=30, C=15), options, weight_cap=30)["warnings"]
    assert "bằng mức tối đa 30" in str(told(capped[0]))
