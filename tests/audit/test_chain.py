"""How one entry is bound to the one before it."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congress_app.audit import chain
from congress_app.audit.chain import Anchor, Link
from congress_app.kernel import clock
from congress_app.kernel.errors import Unreadable

LINK = Link(
    1,
    datetime(2020, 6, 15, 1, 0, tzinfo=UTC),
    "user",
    7,
    "lan",
    "10.0.0.5",
    "unit.edit",
    "unit",
    3,
    "/3/",
    "d" * 64,
)
OTHER = {
    "number": 2,
    "at": LINK.at + timedelta(microseconds=1),
    "actor_kind": "device",
    "actor_id": 8,
    "actor_name": "mai",
    "address": None,
    "action": "unit.move",
    "subject_kind": "cluster",
    "subject_id": None,
    "unit_path": "/4/",
    "digest": "e" * 64,
}


def test_every_fact_and_the_entry_before_change_the_hash():
    hashes = {chain.hash_of(chain.START, LINK), chain.hash_of("1" * 64, LINK)}
    for field in fields(Link):
        hashes.add(chain.hash_of(chain.START, replace(LINK, **{field.name: OTHER[field.name]})))
    assert len(hashes) == 2 + len(fields(Link))


def test_the_hash_is_the_same_in_every_zone_and_for_ever():
    east = replace(LINK, at=LINK.at.astimezone(clock.VENUE_ZONE))
    # A log is kept for decades: what computes it may be rewritten, the value may not change.
    written = "a7f34f0f299eea2c56401797a51d2b69b784c9dd2793edeb4bfae10aceff633a"
    assert {chain.hash_of(chain.START, LINK), chain.hash_of(chain.START, east)} == {written}


def test_content_enters_by_a_salted_digest():
    first = chain.content_digest("a", "Lan", {"phone": "0912"})
    assert first == chain.content_digest("a", "Lan", {"phone": "0912"})
    assert first not in {
        chain.content_digest("b", "Lan", {"phone": "0912"}),
        chain.content_digest("a", "Mai", {"phone": "0912"}),
        chain.content_digest("a", "Lan", {"phone": "0913"}),
    }


@given(st.sets(st.integers(1, 500)))
def test_ranges_read_back(numbers):
    assert set(chain.numbers_in(chain.ranges(numbers))) == numbers


def test_ranges_are_short():
    assert chain.ranges([20, 14, 12, 13, 13]) == "12-14, 20"
    assert list(chain.numbers_in("đã xóa, 4, 7-8, -2")) == [4, 7, 8]


def test_an_anchor_reads_as_it_was_printed():
    anchor = Anchor(1204, "ab" * 32)
    assert chain.anchor_from(str(anchor)) == anchor
    assert chain.anchor_from(f" 1204 {'AB' * 32}\n") == anchor


@pytest.mark.parametrize("text", ["", "12", "12:ab", f"x:{'a' * 64}", f"12:{'g' * 64}"])
def test_anything_else_is_no_anchor(text):
    with pytest.raises(Unreadable) as caught:
        chain.anchor_from(text)
    assert caught.value.code == "unreadable_anchor"
