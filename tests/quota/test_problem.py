from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from congress_app.quota.problem import Bonus, Method, Problem, StepRule, TieChain, TieKey, Unit


def test_a_weight_varies_as_finely_as_it_is_written() -> None:
    assert Unit("A", 12, written="12").grid == 1
    assert Unit("A", 12, written="12.00").grid == 100
    assert Unit("A", Fraction(7, 3), written="7/3").grid == 3
    assert Problem((Unit("A", 1, written="1.5"), Unit("B", Fraction(1, 4))), 1).grid == 20


def test_more_than_half_a_step_counts_when_no_threshold_is_given() -> None:
    assert StepRule(12000).limit == 6001
    assert StepRule(5).limit == 3
    assert StepRule(12000, 1).limit == 1


def test_base_and_bonuses_are_the_fixed_seats() -> None:
    unit = Unit("A", 1, base=13, bonuses=(Bonus("Hà Nội", 10), Bonus("Kiêm nhiệm", 1)))

    assert unit.fixed == 24
    assert Problem((unit,), 30, floor=2).low(unit) == 24


def test_the_fingerprint_tells_every_input_that_decides() -> None:
    unit = Unit("A", 5, "Tên", floor=1, ceiling=9)
    problem = Problem((unit, Unit("B", 6)), 10, ties=TieChain(seed="x"))
    changes = [
        replace(problem, seats=11),
        replace(problem, method=Method.ADAMS),
        replace(problem, floor=1),
        replace(problem, ceiling=9),
        replace(problem, ties=TieChain(seed="y")),
        replace(problem, ties=TieChain(seed="x", order=("A",))),
        replace(problem, ties=TieChain((TieKey("k", {"A": 1}),), "x")),
        replace(problem, step=StepRule(3)),
        replace(problem, units=(unit,)),
        *(
            replace(problem, units=(replace(unit, **change), Unit("B", 6)))
            for change in (
                {"code": "C"},
                {"weight": 4},
                {"base": 1},
                {"floor": 2},
                {"ceiling": 8},
                {"lock": 3},
                {"written": "5.0"},
            )
        ),
    ]

    prints = [problem.fingerprint(), *(changed.fingerprint() for changed in changes)]

    assert len(set(prints)) == len(prints)
    renamed = replace(problem, units=(Unit("B", 6), replace(unit, name="Tên khác")))
    assert renamed.fingerprint() == problem.fingerprint()
