"""The proposal seats everybody once, keeps groups together, and leaves fixed seats alone."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congress_app.kernel.errors import RuleViolation
from congress_app.seating.blocks import Block, Group
from congress_app.seating.proposal import Chair, propose, seats_for_later


def hall(*widths: int) -> list[Chair]:
    """Chairs of rows of these widths, numbered from 1."""
    chairs: list[Chair] = []
    for row, width in enumerate(widths):
        chairs += [Chair(len(chairs) + x + 1, row, x) for x in range(width)]
    return chairs


def groups(*sizes: int) -> list[Group]:
    """Delegations of these sizes; their members are numbered from 101 on."""
    made, first = [], 101
    for place, size in enumerate(sizes):
        members = tuple(range(first, first + size))
        made.append(Group(Block.DELEGATION, place, f"Đoàn {place}", members))
        first += size
    return made


def rows_of(chairs: list[Chair], seated: dict[int, int], members: tuple[int, ...]) -> list[int]:
    row = {chair.id: chair.row for chair in chairs}
    where = {holder: row[chair] for chair, holder in seated.items()}
    return [where[member] for member in members]


def test_a_delegation_moves_to_the_next_row_when_that_keeps_it_whole() -> None:
    chairs = hall(5, 5, 5)
    assert propose(chairs, groups(3, 4, 2)) == {
        1: 101, 2: 102, 3: 103, 6: 104, 7: 105, 8: 106, 9: 107, 11: 108, 12: 109,
    }  # fmt: skip


def test_without_room_to_spare_rows_are_filled_and_groups_stay_in_one_run() -> None:
    assert propose(hall(4, 4), groups(3, 5)) == dict(zip(range(1, 9), range(101, 109), strict=True))


def test_an_empty_seat_is_not_left_without_use() -> None:
    # 6 does not fit into one row of 4 anyway: starting at once divides it no more.
    assert list(propose(hall(4, 4, 4), groups(2, 6)))[:4] == [1, 2, 3, 4]


def test_blocked_chairs_stay_empty_and_fixed_people_stay() -> None:
    chairs = hall(4, 4)
    chairs[0] = replace(chairs[0], is_blocked=True)
    chairs[6] = replace(chairs[6], holder=101, is_fixed=True)
    chairs[1] = replace(chairs[1], holder=104)
    assert propose(chairs, groups(2, 2)) == {7: 101, 2: 102, 3: 103, 4: 104}


def test_a_hall_too_small_says_by_how_many() -> None:
    with pytest.raises(RuleViolation) as caught:
        propose(hall(3), groups(2, 3))
    assert caught.value.code == "hall_too_small"
    assert str(caught.value).startswith(
        "Còn thiếu 2 ghế: có 5 người cần xếp mà chỉ có 3 ghế trống."
    )


def test_nobody_needs_no_seat() -> None:
    assert (propose([], []), propose(hall(3), [])) == ({}, {})


def test_who_comes_later_sits_by_the_own_delegation() -> None:
    chairs = hall(4, 4, 4)
    taken = {1: 101, 2: 102, 5: 104, 6: 105}
    chairs = [replace(chair, holder=taken.get(chair.id)) for chair in chairs]
    assert seats_for_later(chairs, groups(3, 3), [106, 103]) == {3: 103, 7: 106}


def test_a_new_delegation_sits_behind_the_one_before_it() -> None:
    chairs = [replace(chair, holder={1: 101, 9: 103}.get(chair.id)) for chair in hall(4, 4, 4)]
    assert seats_for_later(chairs, groups(1, 1, 1), [102]) == {2: 102}


def test_later_ones_are_refused_together_when_seats_are_missing() -> None:
    with pytest.raises(RuleViolation, match="Còn thiếu 1 ghế: có 2 người cần xếp"):
        seats_for_later([Chair(1, 0)], groups(2), [101, 102])


SIZES = st.lists(st.integers(1, 12), max_size=10)
WIDTHS = st.lists(st.integers(1, 10), min_size=1, max_size=8)


@given(SIZES, WIDTHS, st.data())
def test_everybody_has_one_seat_or_there_is_a_refusal(
    sizes: list[int], widths: list[int], data: st.DataObject
) -> None:
    wanted = groups(*sizes)
    people = [member for group in wanted for member in group.members]
    chairs = hall(*widths)
    blocked = data.draw(st.sets(st.sampled_from([chair.id for chair in chairs])))
    usable = [chair.id for chair in chairs if chair.id not in blocked]
    most = min(len(usable), len(people), 4)
    fixed = dict(
        zip(
            data.draw(st.permutations(usable))[:most],
            data.draw(st.permutations(people))[: data.draw(st.integers(0, most))],
            strict=False,
        )
    )
    chairs = [
        replace(
            chair,
            is_blocked=chair.id in blocked,
            holder=fixed.get(chair.id),
            is_fixed=chair.id in fixed,
        )
        for chair in chairs
    ]
    try:
        seated = propose(chairs, wanted)
    except RuleViolation:
        assert len(usable) < len(people)
        return
    assert sorted(seated.values()) == sorted(people)
    assert not blocked & seated.keys()
    assert fixed.items() <= seated.items()
    assert seated == propose(chairs, wanted)


@given(SIZES, WIDTHS)
def test_groups_are_never_divided_more_than_in_a_plain_filling(
    sizes: list[int], widths: list[int]
) -> None:
    wanted, chairs = groups(*sizes), hall(*widths)
    people = [member for group in wanted for member in group.members]
    if len(people) > len(chairs):
        return
    plain = {chair.id: member for chair, member in zip(chairs, people, strict=False)}
    seated = propose(chairs, wanted)
    order = [chair.id for chair in chairs if chair.id in seated]
    assert [seated[chair] for chair in order] == people  # each group is one run, in protocol order

    def splits(found: dict[int, int]) -> int:
        return sum(len(set(rows_of(chairs, found, group.members))) - 1 for group in wanted)

    assert splits(seated) <= splits(plain)


@given(SIZES.filter(bool), WIDTHS, st.data())
def test_who_comes_later_takes_a_free_seat_and_moves_nobody(
    sizes: list[int], widths: list[int], data: st.DataObject
) -> None:
    wanted, chairs = groups(*sizes), hall(*widths)
    people = [member for group in wanted for member in group.members]
    newcomers = data.draw(st.lists(st.sampled_from(people), unique=True))
    others = [member for member in people if member not in newcomers][: len(chairs)]
    chairs = [
        replace(chair, holder=holder)
        for chair, holder in zip(chairs, others + [None] * len(chairs), strict=False)
    ]
    free = {chair.id for chair in chairs if chair.holder is None}
    if len(newcomers) > len(free):
        with pytest.raises(RuleViolation):
            seats_for_later(chairs, wanted, newcomers)
        return
    seated = seats_for_later(chairs, wanted, newcomers)
    assert (sorted(seated.values()), seated.keys() <= free) == (sorted(newcomers), True)
