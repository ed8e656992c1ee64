"""Two versions side by side."""

from __future__ import annotations

from congress_app.quota.comparison import Pair, UnitSeats, paired

A, B, C = (UnitSeats(code, f"Tỉnh {code}", "10", 3, 3) for code in "ABC")
MORE = UnitSeats("B", "Tỉnh B", "10", 3, 5)


def test_every_unit_stands_once_and_those_gone_stand_last() -> None:
    pairs = paired([A, B], [C, MORE])
    assert pairs == [Pair("Tỉnh C", None, C), Pair("Tỉnh B", B, MORE), Pair("Tỉnh A", A, None)]
    assert [pair.change for pair in pairs] == [3, 2, -3]


def test_nothing_is_compared_with_nothing() -> None:
    assert paired([], []) == []
