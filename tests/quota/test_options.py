"""What the organiser chose survives being stored."""

from __future__ import annotations

import json
import re
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congress_app.quota.options import (
    LineRule,
    Options,
    Released,
    options_from,
    read_coefficient,
    shown_coefficient,
)
from congress_app.quota.pool import Pool, Taken
from tests.quota.problems import thorough

counts = st.integers(min_value=0, max_value=1000)
maybe = st.none() | counts
texts = st.sampled_from(["A", "01", "ngày 20/06", "Ấ", ""])
rules = st.builds(LineRule, counts, maybe, maybe, maybe)
options = st.builds(
    Options,
    source=st.sampled_from(["attendance", "headcount"]),
    cap=maybe,
    officials=counts,
    seats=maybe,
    tie_seed=st.none() | texts,
    tie_order=st.lists(texts, max_size=4).map(tuple),
    weights=st.lists(st.tuples(texts, texts), max_size=3).map(tuple),
    lines=st.dictionaries(texts, rules, max_size=3),
    released=st.none()
    | st.builds(Released, counts, st.dictionaries(texts, counts), texts, counts, texts),
)


@thorough
@given(options)
def test_options_are_read_back_as_they_were_written(chosen: Options) -> None:
    assert options_from(json.loads(json.dumps(chosen.as_json()))) == chosen


def test_missing_and_unknown_keys_do_no_harm() -> None:
    assert options_from({}) == Options()
    assert options_from({"floor": 2, "from_another_time": 1}) == Options(floor=2)


def test_one_source_alone_counts_once() -> None:
    assert Options(source="headcount").mix == {"headcount": 1}
    mixed = Options(weights=(("attendance", "1"), ("equal", "5/2")))
    assert mixed.mix == {"attendance": 1, "equal": Fraction(5, 2)}


def test_the_pool_is_the_cap_less_what_is_taken() -> None:
    chosen = Options(cap=500, officials=180, reserve=20)
    parts = (Taken("đại biểu chính thức", 180), Taken("dự phòng", 20))
    assert chosen.pool == Pool(500, parts)
    assert Options(seats=40).pool is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1", Fraction(1)),
        ("0,5", Fraction(1, 2)),
        ("0.25", Fraction(1, 4)),
        ("3/2", Fraction(3, 2)),
        ("1 000", Fraction(1000)),
        ("0", Fraction(0)),
    ],
)
def test_a_coefficient_is_read_as_people_write_it(text: str, value: Fraction) -> None:
    assert read_coefficient(text) == value


@pytest.mark.parametrize("text", ["", "x", "-1", "1/0", "1e9", "1/9999999", "nan", "inf"])
def test_what_is_no_coefficient_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=re.escape(text.replace(",", ".")) or "Invalid"):
        read_coefficient(text)


@thorough
@given(st.fractions(min_value=0, max_value=1000, max_denominator=1000))
def test_a_shown_coefficient_is_read_back(value: Fraction) -> None:
    assert read_coefficient(shown_coefficient(value)) == value


def test_coefficients_are_shown_with_a_comma_or_as_a_fraction() -> None:
    shown = [shown_coefficient(Fraction(text)) for text in ("1", "1/2", "12.25", "1/3", "0.05")]
    assert shown == ["1", "0,5", "12,25", "1/3", "0,05"]
