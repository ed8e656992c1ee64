"""The committee's filters, and what data are missing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congress_app.delegates.registration import GroundFacts, PersonFacts
from congress_app.elections.credential_classes import DelegateFacts
from congress_app.elections.credential_doubts import Doubt, Point
from congress_app.elections.credential_listing import (
    GAP_LABELS,
    Wanted,
    gaps_by_unit,
    gaps_of,
    read,
)
from congress_app.kernel.partial_date import PartialDate
from congress_app.kernel.sentences import Sentence

HOA = DelegateFacts(
    1, "elected", PersonFacts("Lê Thị Hòa"), 12, "BHXH huyện Ba Chẽ", "BHXH huyện Ba Chẽ"
)
POINT = Point(Doubt.NO_GROUND, Sentence("Chưa ghi căn cứ."))
WHOLE = DelegateFacts(
    2,
    "official",
    PersonFacts(
        "Trần An",
        PartialDate(1980),
        "M",
        "Kinh",
        education="Đại học",
        political_theory="Sơ cấp",
        party_member=False,
    ),
    delegation="BHXH A",
    field="it",
    grounds=(GroundFacts("Lãnh đạo"),),
)


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Wanted(), True),
        (Wanted(text="hoa"), True),
        (Wanted(text="BA CHE"), True),
        (Wanted(text="12"), True),
        (Wanted(text="1"), False),
        (Wanted(text="binh"), False),
        (Wanted(ruling="undecided"), True),
        (Wanted(ruling="valid"), False),
        (Wanted(doubt="any"), True),
        (Wanted(doubt="no_ground"), True),
        (Wanted(doubt="alike"), False),
        (Wanted(category="official"), False),
    ],
)
def test_filters(wanted: Wanted, found: bool) -> None:
    assert wanted.finds(HOA, [POINT]) is found


@given(
    st.builds(
        Wanted,
        text=st.sampled_from(["", "hòa", "12"]),
        ruling=st.sampled_from(["", "valid", "undecided"]),
        doubt=st.sampled_from(["", "any", "alike"]),
        category=st.sampled_from(["", "official"]),
    )
)
def test_an_address_is_read_back(wanted: Wanted) -> None:
    assert read(wanted.as_arguments()) == wanted


def test_rubbish_in_the_address_is_left_out() -> None:
    assert read({"ruling": "x", "doubt": "y", "category": "guest", "text": " a "}) == Wanted("a")


def test_what_is_missing() -> None:
    assert gaps_of(WHOLE, sensitive=True) == []
    assert gaps_of(HOA, sensitive=True) == list(GAP_LABELS)
    assert gaps_of(HOA, sensitive=False) == list(GAP_LABELS)[:-2]


def test_missing_data_by_unit() -> None:
    (only,) = gaps_by_unit([HOA, WHOLE], sensitive=False)
    assert (only.name, only.delegates, only.counts) == (
        "BHXH huyện Ba Chẽ",
        1,
        dict.fromkeys(list(GAP_LABELS)[:-2], 1),
    )
    assert [one.delegate_id for one, _ in only.lacking] == [1]
