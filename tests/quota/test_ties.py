from __future__ import annotations

from hashlib import sha256

import pytest

from congress_app.kernel.errors import RuleViolation
from congress_app.quota.problem import TieChain, TieKey, Unit
from congress_app.quota.ties import Order, Tie, lot

SEED = "Xổ số miền Bắc 15/06/2020: 27035"


def test_the_lot_is_public_and_anybody_can_recompute_it() -> None:
    assert lot(SEED, "01") == sha256(f"{SEED}|01".encode()).hexdigest()


def test_the_smallest_digest_is_drawn_first_whatever_the_order_of_the_input() -> None:
    units = [Unit(code, 5) for code in ("01", "27", "79", "92")]
    expected = tuple(sorted((u.code for u in units), key=lambda code: lot(SEED, code)))

    for given in (units, units[::-1]):
        assert Order(TieChain(seed=SEED)).settle(given, 2) == Tie(expected, 2, "lot")


def test_the_links_are_asked_in_turn() -> None:
    chain = TieChain(
        keys=(TieKey("Vùng sâu", {"A": 1, "B": 1}), TieKey("Dẫn đầu cụm", {"B": 1})), seed=SEED
    )
    order = Order(chain)
    units = [Unit("A", 9), Unit("B", 1), Unit("C", 99), Unit("D", 98)]

    assert order.settle(units, 1) == Tie(("B", "A", "C", "D"), 1, "keys")
    assert order.settle(units, 2).decided_by == "keys"
    assert order.settle(units, 3).decided_by == "weight"


def test_without_seed_or_order_only_the_units_nobody_can_tell_apart_are_asked_about() -> None:
    units = [Unit("D", 5, "Đắk Lắk"), Unit("A", 7), Unit("C", 5, "Cà Mau"), Unit("B", 1)]

    with pytest.raises(RuleViolation) as refusal:
        Order(TieChain(seed="")).settle(units, 2)

    assert refusal.value.code == "tie_undecided"
    assert refusal.value.details == ({"codes": ["C", "D"], "seats": 1},)
    assert str(refusal.value) == (
        "Cà Mau, Đắk Lắk ngang nhau hoàn toàn, còn 1 suất cho 2 đơn vị. Hãy cho chuỗi bốc thăm "
        "công khai, nhập thứ tự bốc thăm hoặc thêm tiêu chí ưu tiên rồi chạy lại."
    )


def test_a_unit_that_was_left_out_of_the_draw_is_not_taken_for_the_last() -> None:
    units = [Unit("A", 5), Unit("B", 5), Unit("C", 5)]

    with pytest.raises(RuleViolation) as refusal:
        Order(TieChain(order=("A", "C"))).settle(units, 1)

    assert refusal.value.details == ({"codes": ["A", "B", "C"], "seats": 1},)
    assert Order(TieChain(order=("C", "A", "B"))).settle(units, 1) == Tie(
        ("C", "A", "B"), 1, "order"
    )


def test_a_drawn_order_goes_before_a_seed() -> None:
    units = [Unit("A", 5), Unit("B", 5)]

    for order in (("A", "B"), ("B", "A")):
        assert Order(TieChain(seed=SEED, order=order)).settle(units, 1).codes == order


def test_beats_takes_a_side_only_where_the_chain_does() -> None:
    order = Order(TieChain())
    heavy, light = order.standing("A", 2), order.standing("B", 1)
    twin = order.standing("C", 2)

    assert order.beats(heavy, light, when_open=False)
    assert not order.beats(light, heavy, when_open=True)
    assert order.beats(heavy, twin, when_open=True)
    assert not order.beats(heavy, twin, when_open=False)
