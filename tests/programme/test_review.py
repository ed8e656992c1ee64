"""Marks to scores."""

from __future__ import annotations

from fractions import Fraction
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congress_app.programme.review import SHEET, Criterion, Review, Sheet, figure_of, levelled


def same(value: int) -> dict[str, int]:
    return {criterion.code: value for criterion in SHEET.criteria}


def test_a_zero_counts_and_a_missing_mark_does_not() -> None:
    assert figure_of({"typical": 8, "effect": 0}) == Fraction(8 * 4 * 10, 7)
    assert figure_of({"typical": 8}) == 80
    assert figure_of({"typical": 0}) == 0
    assert figure_of({}) is None
    assert figure_of({"unknown": 5}) is None


def test_the_weights_are_the_criteria_s() -> None:
    assert figure_of({"typical": 10, "effect": 5, "spread": 0, "form": 10}) == 65


def test_the_congress_s_own_sheet_gives_hundredths_as_well() -> None:
    sheet = Sheet((Criterion("new", "Nét mới", 3), Criterion("clear", "Rõ ràng", 1)), 5)
    assert figure_of({"new": 5, "clear": 5}, sheet) == 100
    assert figure_of({"new": 4, "clear": 0}, sheet) == 60
    assert figure_of({"clear": 0}, sheet) == 0
    assert figure_of({"typical": 5}, sheet) is None


def test_a_harsh_reviewer_no_longer_hurts_those_he_read() -> None:
    # Reviewer 1 gives two points less than reviewer 2 on everything both read; speech 4 was
    # read by the harsh one alone with an equally good partner, speech 5 by the lenient one.
    reviews = [
        Review(1, speech, same(mark - 2)) for speech, mark in ((1, 9), (2, 8), (3, 7), (4, 9))
    ] + [Review(2, speech, same(mark)) for speech, mark in ((1, 9), (2, 8), (3, 7), (5, 9))]
    scores, leanings = levelled(reviews)
    assert leanings[1] == -leanings[2] == Fraction(-15, 2)
    assert (scores[4].raw, scores[5].raw) == (70, 90)
    assert (scores[4].score, scores[5].score) == (Fraction(155, 2), Fraction(165, 2))
    assert (scores[1].score, scores[1].spread) == (80, 5)


def test_one_reviewer_alone_is_believed_as_he_is_and_not_enough() -> None:
    scores, leanings = levelled([Review(7, 1, same(6))])
    assert (scores[1].score, scores[1].is_complete, leanings) == (60, False, {7: 0})


def test_judgements_far_apart_are_disputed() -> None:
    reviews = [Review(1, 1, same(10)), Review(2, 1, same(2))]
    reviews += [Review(1, 2, same(4)), Review(2, 2, same(9))]
    scores, _ = levelled(reviews)
    assert scores[1].is_disputed()
    assert not scores[1].is_disputed(100)


def test_an_empty_sheet_is_no_review() -> None:
    assert levelled([Review(1, 1, {})]) == ({}, {})


reviews = st.lists(
    st.builds(
        Review,
        st.integers(1, 5),
        st.integers(1, 6),
        st.dictionaries(st.sampled_from([c.code for c in SHEET.criteria]), st.integers(0, 10)),
    ),
    unique_by=lambda review: (review.reviewer, review.speech),
    max_size=20,
)


@given(reviews, st.randoms())
def test_order_changes_nothing_and_scores_stay_in_range(
    given_reviews: list[Review], rng: Random
) -> None:
    scores, leanings = levelled(given_reviews)
    turned = list(given_reviews)
    rng.shuffle(turned)
    assert levelled(turned) == (scores, leanings)
    assert sum(leanings.values()) == 0
    assert all(score.score is not None and 0 <= score.score <= 100 for score in scores.values())


@given(reviews.filter(lambda each: len(each) > 1), st.integers(1, 5))
def test_raising_a_mark_never_lowers_the_speech(given_reviews: list[Review], by: int) -> None:
    first = given_reviews[0]
    marks = {code: min(10, mark + by) for code, mark in first.marks.items()}
    raised = [Review(first.reviewer, first.speech, marks), *given_reviews[1:]]
    before, _ = levelled(given_reviews)
    after, _ = levelled(raised)
    if first.speech in before:
        old, new = before[first.speech].score, after[first.speech].score
        assert old is not None
        assert new is not None
        assert new >= old


@pytest.mark.parametrize("shift", [0, 1, 3])
def test_a_reviewer_s_constant_leaning_leaves_the_ranking(shift: int) -> None:
    marks = {1: 3, 2: 6, 3: 5}
    given_reviews = [Review(1, speech, same(mark)) for speech, mark in marks.items()]
    given_reviews += [Review(2, speech, same(mark + shift)) for speech, mark in marks.items()]
    scores, _ = levelled(given_reviews)
    ranked = sorted(scores, key=lambda speech: scores[speech].score or 0)
    assert ranked == [1, 3, 2]
