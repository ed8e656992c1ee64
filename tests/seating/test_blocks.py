"""Who sits together and in which order."""

from __future__ import annotations

from congress_app.seating.blocks import Attendee, Block, Group, grouped


def person(number: int, category: str = "elected", **facts: object) -> Attendee:
    return Attendee(number, f"Người {number}", f"{number:03}", category, **facts)  # type: ignore[arg-type]


def test_guests_and_leaders_then_bodies_then_delegations_by_protocol() -> None:
    people = [
        person(1, delegation_id=70, delegation="Đoàn B", delegation_rank=2),
        person(2, delegation_id=60, delegation="Đoàn A", delegation_rank=1),
        person(3, delegation_id=60, delegation="Đoàn A", delegation_rank=1, is_head=True),
        person(4, "guest", delegation_id=60, delegation="Đoàn A"),
        person(5, "official", grounds=frozenset({"vss_leaders"})),
        person(6, delegation_id=70, delegation="Đoàn B", delegation_rank=2),
        person(7, "official"),
        person(8, delegation_id=60, delegation="Đoàn A", delegation_rank=1),
    ]
    assert grouped(people, {"presidium": [6, 99], "tellers": [8, 6]}) == [
        Group(Block.GUESTS, None, "", (5, 4)),
        Group(Block.PRESIDIUM, None, "", (6,)),
        Group(Block.TELLERS, None, "", (8,)),
        Group(Block.DELEGATION, 60, "Đoàn A", (3, 2), 0),
        Group(Block.DELEGATION, 70, "Đoàn B", (1,), 1),
        Group(Block.OTHERS, None, "", (7,), 2),
    ]


def test_a_leader_who_presides_waits_with_the_presidium() -> None:
    leader = person(1, "official", grounds=frozenset({"party_state_leaders"}))
    assert [group.block for group in grouped([leader], {"presidium": [1]})] == [Block.PRESIDIUM]


def test_nobody_makes_no_group() -> None:
    assert grouped([], {"presidium": [1]}) == []
