"""The order of a block."""

from __future__ import annotations

from itertools import permutations
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from congress_app.programme.ordering import Order, Talk, arrange


def test_women_and_fields_alternate() -> None:
    talks = [
        Talk(1, 10, field="VH", sex="female"),
        Talk(2, 10, field="VH", sex="female"),
        Talk(3, 10, field="XD", sex="male"),
        Talk(4, 10, field="XD", sex="male"),
    ]
    order = arrange(talks)
    assert order == Order((1, 3, 2, 4), (), ())


def test_a_speaker_who_comes_late_is_heard_late() -> None:
    talks = [Talk(1, 10, first=25), Talk(2, 10), Talk(3, 10)]
    assert arrange(talks, changeover=3).keys == (2, 3, 1)


def test_a_speaker_who_leaves_early_is_heard_early() -> None:
    talks = [Talk(1, 10, field="VH"), Talk(2, 10, field="VH"), Talk(3, 10, last=10)]
    assert arrange(talks).keys[0] == 3


def test_what_cannot_be_helped_is_told() -> None:
    order = arrange([Talk(1, 10, field="VH"), Talk(2, 10, field="VH", last=5)])
    assert (order.alike, order.absent) == (((1, 2, "field"),), (2,))


def test_nothing_to_order() -> None:
    assert arrange([]) == Order((), (), ())


talks = st.lists(
    st.builds(
        Talk,
        st.integers(1, 99),
        st.integers(3, 12),
        field=st.sampled_from(["VH", "XD", None]),
        sex=st.sampled_from(["female", "male", None]),
        unit=st.sampled_from([1, 2, 3, None]),
        first=st.sampled_from([0, 0, 10]),
        last=st.sampled_from([None, None, 40]),
    ),
    unique_by=lambda talk: talk.key,
    max_size=12,
)


@given(talks, st.randoms())
@settings(max_examples=40, deadline=None)
def test_every_speech_once_and_always_in_the_same_order(
    given_talks: list[Talk], rng: Random
) -> None:
    order = arrange(given_talks)
    assert sorted(order.keys) == sorted(talk.key for talk in given_talks)
    turned = list(given_talks)
    rng.shuffle(turned)
    assert arrange(turned) == order


@given(talks)
@settings(max_examples=25, deadline=None)
def test_a_short_block_has_no_better_order(given_talks: list[Talk]) -> None:
    few = given_talks[:5]
    least = len(arrange(few).absent)
    for each in permutations(few):
        at, absent = 0, 0
        for talk in each:
            end = at + talk.minutes
            absent += at < talk.first or (talk.last is not None and end > talk.last)
            at = end
        assert absent >= least
