"""Who sits together, and in which order from the front of the hall.

Guests and leaders first, then the waiting chairs of the presidium and the bodies that are
called forward, then the delegations by protocol, each whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from congress_app.kernel.sentences import N_


class Block(StrEnum):
    """The blocks of a hall, from the front."""

    GUESTS = "guests"
    PRESIDIUM = "presidium"
    SECRETARIAT = "secretariat"
    CREDENTIALS = "credentials"
    TELLERS = "tellers"
    DELEGATION = "delegation"
    OTHERS = "others"


BLOCK_LABELS: dict[str, str] = {
    Block.GUESTS: N_("Khách mời, lãnh đạo"),
    Block.PRESIDIUM: N_("Ghế chờ Đoàn Chủ tịch"),
    Block.SECRETARIAT: N_("Đoàn Thư ký"),
    Block.CREDENTIALS: N_("Ban Thẩm tra tư cách đại biểu"),
    Block.TELLERS: N_("Ban Kiểm phiếu"),
    Block.DELEGATION: N_("Đoàn đại biểu"),
    Block.OTHERS: N_("Đại biểu khác"),
}
# Bodies whose members sit together; who is in two sits with the one named first.
BODY_BLOCKS = (Block.PRESIDIUM, Block.SECRETARIAT, Block.CREDENTIALS, Block.TELLERS)
# Grounds that seat somebody in front whatever the category, the highest first.
LEADER_GROUNDS = ("party_state_leaders", "vss_leaders")
# Delegations beside each other must differ to the eye; three shades do.
SHADES = 3


@dataclass(frozen=True, slots=True)
class Attendee:
    """Somebody who needs a seat; `delegation_rank` is the protocol's order of delegations."""

    delegate_id: int
    name: str
    sort_key: str
    category: str
    delegation_id: int | None = None
    delegation: str = ""
    delegation_rank: int = 0
    is_head: bool = False
    grounds: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Group:
    """People who sit together, in their order; `shade` tells neighbouring delegations apart."""

    block: Block
    delegation_id: int | None
    label: str
    members: tuple[int, ...]
    shade: int = 0


def grouped(people: Iterable[Attendee], bodies: Mapping[str, Sequence[int]]) -> list[Group]:
    """The groups from the front of the hall to the back; everybody is in exactly one.

    `bodies` gives for each body the delegates in it, in their order of protocol.
    """
    left = {one.delegate_id: one for one in people}
    groups: list[Group] = []
    called: dict[Block, tuple[int, ...]] = {}
    for block in BODY_BLOCKS:
        called[block] = tuple(dict.fromkeys(m for m in bodies.get(block, ()) if m in left))
        for member in called[block]:
            del left[member]
    front = sorted((one for one in left.values() if _is_front(one)), key=_front_order)
    for one in front:
        del left[one.delegate_id]
    groups.append(Group(Block.GUESTS, None, "", tuple(one.delegate_id for one in front)))
    groups += [Group(block, None, "", members) for block, members in called.items()]
    groups += _delegations(left.values())
    return [group for group in groups if group.members]


def _is_front(one: Attendee) -> bool:
    return one.category == "guest" or not one.grounds.isdisjoint(LEADER_GROUNDS)


def _front_order(one: Attendee) -> tuple[int, str, int]:
    rank = next((r for r, code in enumerate(LEADER_GROUNDS) if code in one.grounds), 99)
    return rank, one.sort_key, one.delegate_id


def _delegations(people: Iterable[Attendee]) -> list[Group]:
    """The delegations by protocol, their head first; who belongs to none comes last."""
    ordered = sorted(
        people,
        key=lambda one: (
            one.delegation_id is None,
            one.delegation_rank,
            one.delegation_id or 0,
            not one.is_head,
            one.sort_key,
            one.delegate_id,
        ),
    )
    members: dict[int | None, list[Attendee]] = {}
    for one in ordered:
        members.setdefault(one.delegation_id, []).append(one)
    return [
        Group(
            Block.OTHERS if unit is None else Block.DELEGATION,
            unit,
            listed[0].delegation,
            tuple(one.delegate_id for one in listed),
            place % SHADES,
        )
        for place, (unit, listed) in enumerate(members.items())
    ]
