"""A speech drafted from an exemplar's model."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congress_app.exemplars.facts import ExemplarFacts, Kind
from congress_app.programme.exemplar_speech import draft, region_of, shortened
from congress_app.programme.facts import SpeechFacts


def test_a_model_becomes_a_whole_draft() -> None:
    facts = ExemplarFacts(
        kind=Kind.INDIVIDUAL,
        name="Lê An",
        unit_id=5,
        detected_year=2018,
        field="collection",
        solution="Thu qua nhóm hộ gia đình. Mỗi tháng một lần đến từng xã.",
    )
    assert draft(facts, 7, delegate_id=3, province="22", fields={"collection"}) == SpeechFacts(
        title="Thu qua nhóm hộ gia đình",
        unit_id=5,
        delegate_id=3,
        kind="individual",
        field="collection",
        minutes=10,
        summary="Thu qua nhóm hộ gia đình. Mỗi tháng một lần đến từng xã.",
        region="north",
        topic="Thu qua nhóm hộ gia đình",
        exemplar_id=7,
    )


def test_what_is_not_known_stays_empty() -> None:
    facts = ExemplarFacts(
        kind=Kind.COLLECTIVE, name="Tổ thu", unit_id=5, detected_year=2018, field="other"
    )
    assert draft(facts, 7, delegate_id=None, province="KCQ", fields=()) == SpeechFacts(
        title="",
        unit_id=5,
        delegate_id=None,
        kind="collective",
        field=None,
        minutes=10,
        exemplar_id=7,
    )


@pytest.mark.parametrize(
    ("province", "region"),
    [
        ("01", "north"), ("37", "north"), ("38", "central"), ("48", "central"), ("68", "central"),
        ("70", "south"), ("79", "south"), ("96", "south"), ("KCQ", None), (None, None),
        ("2201", None),
    ],
)  # fmt: skip
def test_the_region_follows_from_the_code(province: str | None, region: str | None) -> None:
    assert region_of(province) == region


@given(st.text(), st.integers(1, 40))
def test_nothing_is_longer_than_its_field(text: str, most: int) -> None:
    short = shortened(text, most)
    assert len(short) <= most
    assert text.startswith(short)
