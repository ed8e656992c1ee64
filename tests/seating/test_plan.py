"""The plan as it is drawn and told."""

from __future__ import annotations

from congress_app.seating.blocks import Block
from congress_app.seating.plan import HallPlan, PlanSeat, Sitter, Stretch


def sitter(number: int, block: str = Block.DELEGATION, group: str = "Đoàn A") -> Sitter:
    return Sitter(number, f"Nguyễn Văn {chr(64 + number)}", "Đơn vị", number, block, group, 1)


PLAN = HallPlan(
    1,
    1,
    "Hội trường",
    "A: 3; Ban công 1: 3",
    (
        PlanSeat(1, 1, "A", 1, 0, 0, sitter=sitter(1, Block.GUESTS, "")),
        PlanSeat(2, 1, "A", 2, 1, 0, sitter=sitter(2), is_fixed=True),
        PlanSeat(3, 1, "A", 3, 2, 0, sitter=sitter(3)),
        PlanSeat(4, 1, "Ban công 1", 1, 0, 1, sitter=sitter(4)),
        PlanSeat(5, 1, "Ban công 1", 2, 1, 1, is_blocked=True),
        PlanSeat(6, 1, "Ban công 1", 3, 2, 1),
    ),
)


def test_seats_are_counted_and_coloured_by_block() -> None:
    assert [seat.tone for seat in PLAN.seats] == [
        "guests", "delegation-1", "delegation-1", "delegation-1", "blocked", "free",
    ]  # fmt: skip
    assert [seat.mark for seat in PLAN.seats] == ["NVA", "NVB", "NVC", "NVD", "×", ""]
    assert (PLAN.free, PLAN.blocked, PLAN.columns, PLAN.depth) == (1, 1, 3, 2)
    assert [(row, len(seats)) for row, seats in PLAN.rows] == [("A", 3), ("Ban công 1", 3)]


def test_the_legend_and_the_groups_tell_the_same_in_words() -> None:
    assert PLAN.legend() == [
        ("guests", "Khách mời, lãnh đạo", 1),
        ("delegation-0", "Đoàn đại biểu", 3),
    ]
    assert PLAN.by_group() == [
        Stretch("guests", "Khách mời, lãnh đạo", "", 1, "A1"),
        Stretch("delegation-1", "Đoàn đại biểu", "Đoàn A", 3, "A2-3, Ban công 1 – 1"),
    ]


def test_a_seat_is_found_by_what_people_type() -> None:
    found = [PLAN.seat_named(text) for text in ("a 2", "BAN CÔNG 1 - 3", "ban cong 1–3", "Z9")]
    assert [one.id if one else None for one in found] == [2, 6, 6, None]


def test_whoever_left_stands_out() -> None:
    seat = PlanSeat(1, 1, "A", 1, 0, 0, sitter=Sitter(1, "Lê An", "", None, "others", "", 0, True))
    assert seat.tone == "left"
