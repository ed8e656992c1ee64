"""A version as it stands, and seats handed on from it."""

from __future__ import annotations

from fractions import Fraction

from congress_app.quota.options import Options
from congress_app.quota.release import Handing, Release
from congress_app.quota.standing import (
    Standing,
    hand_on_from,
    release_facts,
    release_outcome,
    release_sentence,
    representation,
    standing_figures,
    sum_difference,
)

LINES = [
    Standing("A", "Tỉnh A", "60", 6, 6.0, cluster="1"),
    Standing("B", "Tỉnh B", "30", 3, 3.0, cluster="1"),
    Standing("C", "Tỉnh C", "10", 1, 1.0),
]


def test_figures_follow_the_seats_as_they_stand() -> None:
    assert standing_figures(LINES)["max_min_ratio"] == 1.0
    moved = [*LINES[:1], Standing("B", "Tỉnh B", "30", 2, 3.0), Standing("C", "", "10", 2, 1.0)]
    figures = standing_figures(moved)
    assert (figures["max_min_ratio"], figures["outside_quota"]) == (3.0, ["Tỉnh B", "C"])
    assert representation(moved) == {"A": 1, "B": Fraction(2, 3), "C": 2}


def test_seats_given_back_go_to_the_cluster_first() -> None:
    handed = hand_on_from(LINES, Options(), {"A": 1}, Handing.CLUSTER_THEN_ALL)
    assert handed == Release({"A": 5, "B": 4, "C": 1}, 0, ())


def test_seats_can_stay_in_reserve() -> None:
    handed = hand_on_from(LINES, Options(), {"A": 2}, Handing.RESERVE)
    assert handed == Release({"A": 4, "B": 3, "C": 1}, 2, ())


def test_a_locked_line_and_one_at_its_ceiling_receive_none() -> None:
    lines = [
        Standing("A", "A", "60", 6),
        Standing("B", "B", "30", 3, lock=3),
        Standing("C", "C", "10", 1, ceiling=1),
        Standing("D", "D", "1", 0),
    ]
    handed = hand_on_from(lines, Options(), {"A": 1}, Handing.ALL)
    assert handed.seats == {"A": 5, "B": 3, "C": 1, "D": 1}


def test_every_line_says_what_the_hand_over_did_to_it() -> None:
    said = [
        str(release_sentence(LINES[0], 5, 1)),
        str(release_sentence(LINES[1], 4, 0)),
        str(release_sentence(LINES[2], 1, 0)),
    ]
    assert said == [
        "Tỉnh A: trả lại 1 trong 6 suất → 5",
        "Tỉnh B: đang có 3, nhận thêm 1 suất được trả lại → 4",
        "Tỉnh C: giữ nguyên 1 suất",
    ]


def test_the_outcome_of_a_hand_over_has_the_shape_of_a_run() -> None:
    handed = hand_on_from(LINES, Options(), {"A": 1}, Handing.CLUSTER)
    outcome = release_outcome(LINES, handed, Options())
    assert (outcome["seats"], outcome["ties"], outcome["others"]) == (10, [], {})
    assert outcome["fairness"]["max_min_ratio"] == 1.6
    assert release_facts(LINES[2], handed, {"A": 1})["explanation"]["params"] == {
        "unit": "Tỉnh C",
        "before": "1",
        "after": "1",
    }


def test_a_sum_that_differs_says_by_how_much_and_what_to_do() -> None:
    assert str(sum_difference(8, 10)) == (
        "Các dòng cộng lại 8 suất, còn thiếu 2 so với 10. Hãy thêm."
    )
    assert str(sum_difference(1200, 1000)) == (
        "Các dòng cộng lại 1.200 suất, thừa 200 so với 1.000. Hãy giảm bớt."
    )
