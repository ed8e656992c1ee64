"""Who sits where: the proposal for a whole hall, and seats for those who come later.

The groups keep their order. Each starts right behind the one before, or at the next row;
of all these ways the one that divides the fewest groups among rows is taken, and of those
the one that leaves the fewest empty seats between them. The same question gives the same
answer.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from congress_app.kernel.errors import RuleViolation
from congress_app.kernel.sentences import N_, Sentence
from congress_app.kernel.vietnamese import number
from congress_app.seating.blocks import Group

# One row further is as far as three seats aside: people talk to their neighbours.
ROW_WEIGHT = 3


@dataclass(frozen=True, slots=True)
class Chair:
    """A seat as the proposal sees it; chairs stand in order from the front.

    `row` counts the rows of all halls; `x` and `hall` tell what is near. `holder` is who
    sits there, and stays when `is_fixed`.
    """

    id: int
    row: int
    x: int = 0
    hall: int = 0
    is_blocked: bool = False
    is_fixed: bool = False
    holder: int | None = None


@dataclass(frozen=True, slots=True)
class _Way:
    """The best way to have reached a place: what it cost, and where each group starts."""

    splits: int
    empty: int
    starts: tuple[int, ...]

    @property
    def cost(self) -> tuple[int, int]:
        return self.splits, self.empty


def too_small(needed: int, free: int) -> RuleViolation:
    """The refusal when there are fewer seats than people."""
    return RuleViolation(
        "hall_too_small",
        Sentence(
            N_(
                "Còn thiếu {missing} ghế: có {needed} người cần xếp mà chỉ có {free} ghế trống. "
                "Hãy thêm hàng ghế hoặc hội trường, hoặc bỏ khóa ghế; chưa có gì được thay đổi."
            ),
            missing=number(needed - free),
            needed=number(needed),
            free=number(free),
        ),
    )


def propose(chairs: Sequence[Chair], groups: Sequence[Group]) -> dict[int, int]:
    """Delegate by the id of the chair, fixed ones included; nobody is left out.

    Raises RuleViolation `hall_too_small`.
    """
    kept = {
        chair.id: chair.holder for chair in chairs if chair.is_fixed and chair.holder is not None
    }
    settled = set(kept.values())
    wanted = [
        tuple(member for member in group.members if member not in settled) for group in groups
    ]
    wanted = [members for members in wanted if members]
    free = [chair for chair in chairs if not chair.is_blocked and chair.id not in kept]
    needed = sum(map(len, wanted))
    if needed > len(free):
        raise too_small(needed, len(free))
    seated = dict(kept)
    for start, members in zip(_starts(free, [len(one) for one in wanted]), wanted, strict=True):
        for chair, member in zip(free[start:], members, strict=False):
            seated[chair.id] = member
    return seated


def _starts(free: Sequence[Chair], sizes: Sequence[int]) -> tuple[int, ...]:
    """At which free chair each group starts; there are enough of them."""
    rows = [chair.row for chair in free]
    following = _next_rows(rows)
    behind = sum(sizes)
    ways = {0: _Way(0, 0, ())}
    for size in sizes:
        reached: dict[int, _Way] = {}
        for end, way in sorted(ways.items()):
            for start in sorted({end, following[end]}):
                if start + behind > len(free):
                    continue
                last = start + size - 1
                splits = len(set(rows[start : last + 1])) - 1
                found = _Way(way.splits + splits, way.empty + start - end, (*way.starts, start))
                best = reached.get(last + 1)
                if best is None or found.cost < best.cost:
                    reached[last + 1] = found
        ways = reached
        behind -= size
    return min(ways.values(), key=lambda way: way.cost).starts


def _next_rows(rows: Sequence[int]) -> list[int]:
    """For each chair where the next row starts; a row's first chair starts its own."""
    following = [len(rows)] * (len(rows) + 1)
    for place in range(len(rows) - 1, -1, -1):
        starts_row = place == 0 or rows[place - 1] != rows[place]
        following[place] = place if starts_row else following[place + 1]
    return following


def seats_for_later(
    chairs: Sequence[Chair], groups: Sequence[Group], newcomers: Sequence[int]
) -> dict[int, int]:
    """Delegate by chair for those without a seat: the free one nearest to their own people.

    Whose group has nobody seated sits behind the nearest group before it that has. Raises
    RuleViolation `hall_too_small`.
    """
    group_of = {member: place for place, group in enumerate(groups) for member in group.members}
    free = [chair for chair in chairs if not chair.is_blocked and chair.holder is None]
    waiting = sorted(set(newcomers), key=lambda one: (group_of[one], newcomers.index(one)))
    if len(waiting) > len(free):
        raise too_small(len(waiting), len(free))
    sitting: dict[int, list[Chair]] = {}
    for chair in chairs:
        if chair.holder in group_of:
            sitting.setdefault(group_of[chair.holder], []).append(chair)
    seated: dict[int, int] = {}
    for member in waiting:
        own = group_of[member]
        chair = min(free, key=lambda one: _far(one, own, sitting))
        free.remove(chair)
        sitting.setdefault(own, []).append(chair)
        seated[chair.id] = member
    return seated


def _far(chair: Chair, own: int, sitting: Mapping[int, Sequence[Chair]]) -> tuple[int, int]:
    near = next((sitting[place] for place in range(own, -1, -1) if place in sitting), ())
    return min(
        (
            (
                abs(chair.hall - one.hall),
                ROW_WEIGHT * abs(chair.row - one.row) + abs(chair.x - one.x),
            )
            for one in near
        ),
        default=(0, 0),
    )
