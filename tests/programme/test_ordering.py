"""The order of the blocks."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from congress_app.programme.ordering import Block, Order, Talk, arrange, assess, is_settled

EIGHT = 8 * 60


def block(count: int, starts: int = 0, minutes: int = 10, *, follows: bool = False) -> Block:
    return Block(starts, (minutes,) * count, follows)


def test_women_and_fields_alternate() -> None:
    talks = [
        Talk(1, 10, field="VH", sex="F"),
        Talk(2, 10, field="VH", sex="F"),
        Talk(3, 10, field="XD", sex="M"),
        Talk(4, 10, field="XD", sex="M"),
    ]
    assert arrange(talks, [block(4)]) == Order(((1, 3, 2, 4),), (), (), (0,))


def test_a_speaker_who_comes_late_is_heard_late() -> None:
    talks = [Talk(1, 10, first=EIGHT + 15), Talk(2, 10), Talk(3, 10)]
    assert arrange(talks, [block(3, EIGHT)]).blocks == ((2, 3, 1),)


def test_a_speaker_who_leaves_early_is_heard_early() -> None:
    talks = [Talk(1, 10, field="VH"), Talk(2, 10, field="VH"), Talk(3, 10, last=EIGHT + 10)]
    assert arrange(talks, [block(3, EIGHT)]).blocks[0][0] == 3


def test_who_comes_in_the_afternoon_is_heard_in_the_afternoon() -> None:
    talks = [Talk(1, 10, first=13 * 60), Talk(2, 10, last=11 * 60), Talk(3, 10)]
    blocks = [block(2, EIGHT), block(1, 14 * 60)]
    assert arrange(talks, blocks) == Order(((2, 3), (1,)), (), (), (0, 0))


def test_two_alike_go_into_different_blocks() -> None:
    talks = [Talk(1, 10, field="VH"), Talk(2, 10, field="VH"), Talk(3, 10, field="XD")]
    talks.append(Talk(4, 10, field="XD"))
    assert arrange(talks, [block(2), block(2, 90)]).alike == ()


def test_a_long_speech_goes_where_there_is_time() -> None:
    talks = [Talk(1, 20), Talk(2, 5)]
    blocks = [Block(EIGHT, (5,)), Block(14 * 60, (20,))]
    assert arrange(talks, blocks) == Order(((2,), (1,)), (), (), (0, 0))


def test_the_second_block_starts_later_when_the_first_runs_over() -> None:
    talks = [Talk(1, 15), Talk(2, 10, last=EIGHT + 40)]
    first, second = Block(EIGHT, (10,)), Block(EIGHT + 30, (10,), follows=True)
    filled = [[talks[0]], [talks[1]]]
    assert assess(filled, [first, second]).absent == (2,)
    held = [first, Block(EIGHT + 30, (10,))]
    assert assess(filled, held).absent == ()
    assert assess(filled, held).over == (5, 0)


def test_what_cannot_be_helped_is_told() -> None:
    order = arrange([Talk(1, 10, field="VH"), Talk(2, 10, field="VH", last=5)], [block(2)])
    assert (order.alike, order.absent) == (((1, 2, "field"),), (2,))


def test_nothing_to_order() -> None:
    assert arrange([], []) == Order(())
    assert arrange([], [block(2)]) == Order(((),), (), (), (0,))


def test_more_speeches_than_places_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="fewer places"):
        arrange([Talk(1, 10), Talk(2, 10)], [block(1)])


def test_an_order_by_hand_may_be_made_better() -> None:
    talks = [Talk(1, 10, sex="F"), Talk(2, 10, sex="F"), Talk(3, 10, sex="M")]
    assert not is_settled([talks], [block(3)])
    assert is_settled([[talks[0], talks[2], talks[1]]], [block(3)])


talks = st.lists(
    st.builds(
        Talk,
        st.integers(1, 99),
        st.integers(3, 12),
        field=st.sampled_from(["VH", "XD", None]),
        sex=st.sampled_from(["F", "M", None]),
        unit=st.sampled_from([1, 2, 3, None]),
        first=st.sampled_from([0, 0, 10]),
        last=st.sampled_from([None, None, 40]),
    ),
    unique_by=lambda talk: talk.key,
    max_size=9,
)


@given(talks, st.randoms())
@settings(max_examples=30, deadline=None)
def test_every_speech_once_and_always_in_the_same_order(
    given_talks: list[Talk], rng: Random
) -> None:
    blocks = [block(5), block(4, 90, follows=True)]
    order = arrange(given_talks, blocks)
    assert sorted(key for keys in order.blocks for key in keys) == sorted(
        talk.key for talk in given_talks
    )
    turned = list(given_talks)
    rng.shuffle(turned)
    assert arrange(turned, blocks) == order
    by_key = {talk.key: talk for talk in given_talks}
    assert is_settled([[by_key[key] for key in keys] for keys in order.blocks], blocks)


@given(talks)
@settings(max_examples=25, deadline=None)
def test_a_short_block_has_no_better_order(given_talks: list[Talk]) -> None:
    few = given_talks[:5]
    found = arrange(few, [block(len(few))])
    assert len(found.absent) == min(_away(each) for each in permutations(few))


def _away(talks: Sequence[Talk]) -> int:
    at, absent = 0, 0
    for talk in talks:
        end = at + talk.minutes
        absent += at < talk.first or (talk.last is not None and end > talk.last)
        at = end
    return absent
