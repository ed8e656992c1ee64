"""Filters and order read from an address."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congress_app.delegates.listing import GAP_LABELS, SORT_LABELS, SORTS, Wanted, read

WANTED = st.builds(
    Wanted,
    text=st.sampled_from(["", "Lê An", "12"]),
    delegation=st.one_of(st.none(), st.integers(0, 10**8)),
    category=st.sampled_from(["", "guest", "official", "elected"]),
    state=st.sampled_from(["", "active", "gone", "convened"]),
    priority=st.sampled_from(["", "women"]),
    gap=st.sampled_from(["", *GAP_LABELS]),
    excepted=st.booleans(),
    sort=st.sampled_from(SORTS),
)


@given(WANTED)
def test_an_address_says_the_same_again(wanted: Wanted) -> None:
    assert read(wanted.as_arguments()) == wanted


@given(st.dictionaries(st.sampled_from(list(Wanted.__dataclass_fields__)), st.text(max_size=12)))
def test_rubbish_never_breaks_and_is_left_out(arguments: dict[str, str]) -> None:
    wanted = read(arguments)
    assert wanted.sort in SORTS
    assert wanted.category in {"", "guest", "official", "elected"}
    assert read(wanted.as_arguments()) == wanted


@pytest.mark.parametrize(
    ("wanted", "narrowed"),
    [
        (Wanted(), False),
        (Wanted(sort="-number"), False),
        (Wanted(delegation=0), True),
        (Wanted(excepted=True), True),
    ],
)
def test_an_order_is_no_filter(wanted: Wanted, narrowed: bool) -> None:
    assert wanted.is_narrowed is narrowed


def test_every_order_has_words() -> None:
    assert tuple(SORT_LABELS) == SORTS
