"""The engine against published outcomes, against naive rules, and against its own promises."""

from __future__ import annotations

from fractions import Fraction

import pytest

from congress_app.kernel.errors import RuleViolation
from congress_app.quota.apportionment import Binding, apportion
from congress_app.quota.problem import Bonus, Method, Problem, StepRule, TieChain, TieKey, Unit
from congress_app.quota.reading import UNIT_COLUMNS, read_table, read_units
from congress_app.quota.ties import Tie
from tests.quota.problems import (
    DIVISOR_METHODS,
    GOLDEN,
    LOT,
    PROPORTIONAL,
    with_figures,
)


def published() -> list[tuple[str, str]]:
    """Every table with each of its outcome columns."""
    cases = []
    for path in sorted(GOLDEN.glob("*.csv")):
        header = path.read_text(encoding="utf-8").splitlines()[0].split(",")
        cases += [(path.stem, column) for column in header if "@" in column]
    return cases


@pytest.mark.parametrize(("table", "outcome"), published())
def test_reproduces_published_outcomes(table: str, outcome: str) -> None:
    method, _, seats = outcome.partition("@")
    text = (GOLDEN / f"{table}.csv").read_text(encoding="utf-8")
    rows = read_table(text, table, UNIT_COLUMNS[:2], UNIT_COLUMNS)
    problem = Problem(read_units(rows), int(seats), Method(method))

    result = apportion(problem)

    assert result.by_code == {cells["code"]: int(cells[outcome]) for _, cells in rows.rows}
    assert result.ties == ()
    assert result.seats == int(seats)


def test_finds_all_golden_tables() -> None:
    assert len(published()) == 49


def test_three_equal_remainders_for_two_seats_are_a_tie_that_must_be_decided() -> None:
    problem = with_figures(2, 1, 1, 2, 2, seats=2, method=Method.LARGEST_REMAINDER)

    with pytest.raises(RuleViolation) as refusal:
        apportion(problem)

    assert refusal.value.code == "tie_undecided"
    assert refusal.value.details == ({"codes": ["A", "D", "E"], "seats": 2},)
    assert "A, D, E" in str(refusal.value)


def test_a_lot_decides_the_tie_and_says_so() -> None:
    problem = with_figures(
        2, 1, 1, 2, 2, seats=2, method=Method.LARGEST_REMAINDER, ties=TieChain(seed="2020")
    )

    result = apportion(problem)

    (tie,) = result.ties
    assert set(tie.codes) == {"A", "D", "E"}
    assert (tie.seats, tie.decided_by) == (2, "lot")
    assert result.by_code == {code: int(code in tie.codes[:2]) for code in "ABCDE"}


def test_an_order_drawn_on_paper_decides_the_tie() -> None:
    problem = with_figures(
        2,
        1,
        1,
        2,
        2,
        seats=2,
        method=Method.LARGEST_REMAINDER,
        ties=TieChain(order=("E", "A", "D")),
    )

    result = apportion(problem)

    assert result.ties == (Tie(("E", "A", "D"), 2, "order"),)
    assert result.by_code == {"A": 1, "B": 0, "C": 0, "D": 0, "E": 1}


def test_keys_of_the_organiser_go_before_weight_and_lot() -> None:
    # 3/1.5 = 1/0.5: the larger weight would win, the key says otherwise.
    key = TieKey("Đơn vị tiêu biểu", {"B": 1})
    weight_first = apportion(with_figures(3, 1, seats=2, ties=LOT))
    key_first = apportion(with_figures(3, 1, seats=2, ties=TieChain(keys=(key,), seed="x")))

    assert weight_first.by_code == {"A": 2, "B": 0}
    assert weight_first.ties == (Tie(("A", "B"), 1, "weight"),)
    assert key_first.by_code == {"A": 1, "B": 1}
    assert key_first.ties == (Tie(("B", "A"), 1, "keys"),)


@pytest.mark.parametrize("method", [Method.ADAMS, Method.DEAN, Method.HUNTINGTON_HILL])
def test_fewer_seats_than_units_go_by_weight_where_everybody_gets_a_first_seat(
    method: Method,
) -> None:
    result = apportion(with_figures(5, 900, 7, 6, seats=2, method=method))

    assert result.by_code == {"A": 0, "B": 1, "C": 1, "D": 0}


def test_base_seats_lie_under_the_proportional_ones() -> None:
    units = (
        Unit("HN", 90, base=2, bonuses=(Bonus("Thủ đô", 3),)),
        Unit("HG", 10, base=2),
    )

    result = apportion(Problem(units, 17))

    assert result.by_code == {"HN": 5 + 9, "HG": 2 + 1}
    assert [line.share for line in result.lines] == [14, 3]


def test_the_party_rule_of_1_for_12000_members() -> None:
    units = (
        Unit("A", 12000 * 3 + 6000, base=13),
        Unit("B", 12000 * 3 + 6001, base=13),
        Unit("C", 457_000, base=13, bonuses=(Bonus("Hà Nội", 10),)),
        Unit("D", 400, base=24, ceiling=20 + 4),
    )
    rule = StepRule(12000, 6001)

    result = apportion(Problem(units, None, Method.BASE_STEP, step=rule))

    assert result.by_code == {"A": 16, "B": 17, "C": 13 + 10 + 38, "D": 24}
    assert result.seats == 118
    assert apportion(Problem(units, 5, Method.BASE_STEP, step=StepRule(12000))).seats == 118


def test_says_what_binds() -> None:
    units = (
        Unit("floor", 1, floor=3),
        Unit("ceiling", 600, ceiling=4),
        Unit("lock", 100, lock=7),
        Unit("weightless", 0, floor=1),
        Unit("free", 300),
        Unit("idle", 300, floor=1),
    )

    for method in PROPORTIONAL:
        result = apportion(Problem(units, 25, method, ties=LOT))
        assert {line.code: line.binding for line in result.lines} == {
            "floor": Binding.FLOOR,
            "ceiling": Binding.CEILING,
            "lock": Binding.LOCK,
            "weightless": Binding.FLOOR,
            "free": None,
            "idle": None,
        }


def test_an_empty_table_has_an_empty_answer() -> None:
    assert apportion(Problem((), 0)).lines == ()


@pytest.mark.parametrize("method", PROPORTIONAL)
def test_weights_beyond_floats_are_divided_exactly(method: Method) -> None:
    huge = 10**400
    problem = with_figures(3 * huge, 2 * huge, huge + 1, seats=12, method=method, ties=LOT)
    small = with_figures(
        3, 2, Fraction(1 + Fraction(1, 10**400)), seats=12, method=method, ties=LOT
    )

    assert apportion(problem).by_code == {"A": 6, "B": 4, "C": 2}
    assert apportion(small).by_code == {"A": 6, "B": 4, "C": 2}


@pytest.mark.parametrize("method", DIVISOR_METHODS)
def test_a_hair_of_weight_decides_what_a_float_could_not_see(method: Method) -> None:
    hair = 10**40
    heavier_first = apportion(with_figures(hair + 1, hair, seats=7, method=method))
    heavier_last = apportion(with_figures(hair, hair + 1, seats=7, method=method))

    assert heavier_first.by_code == {"A": 4, "B": 3}
    assert heavier_last.by_code == {"A": 3, "B": 4}
    assert heavier_first.ties == ()
