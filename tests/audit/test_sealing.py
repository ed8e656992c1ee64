"""Sensitive facts in the log: under seal, of one length, bound to what they are about."""

from __future__ import annotations

from typing import cast

from hypothesis import given
from hypothesis import strategies as st

from congress_app.audit import chain, sealing
from congress_app.audit.chain import SEALED
from congress_app.audit.sealing import Sensitive

KEY, OTHER = "the server's key", "another key"
VALUES = st.none() | st.booleans() | st.text(max_size=60) | st.lists(st.text(max_size=20))


@given(VALUES, VALUES)
def test_both_values_open_for_their_subject_and_key_only(before: object, after: object) -> None:
    changes = {"ethnicity": Sensitive(before, after), "position": ["CV", None]}
    told = sealing.sealed(changes, lambda: KEY, "delegate 7")
    locked = told.pop(SEALED)
    assert told == {"ethnicity": "changed", "position": ["CV", None]}
    changes = {SEALED: locked}
    assert sealing.opened(changes, [OTHER, KEY], "delegate 7") == {"ethnicity": [before, after]}
    assert sealing.opened(changes, [OTHER], "delegate 7") is None
    assert sealing.opened(changes, [KEY], "delegate 8") is None


def test_what_holds_nothing_sensitive_stays_as_it_is() -> None:
    changes = {"position": ["CV", None]}
    assert sealing.sealed(changes, lambda: KEY, "delegate 7") == changes
    assert sealing.opened(changes, [KEY], "delegate 7") == {}


def test_the_length_does_not_tell_the_value() -> None:
    lengths = {
        len(str(sealing.sealed({"ethnicity": one}, lambda: KEY, "delegate 7")[SEALED]))
        for one in (Sensitive(None, "Tày"), Sensitive("Kinh", "Xơ Đăng"), Sensitive("Kinh", None))
    }
    assert len(lengths) == 1


def test_under_another_key_the_chain_holds_and_a_foreign_text_does_not_open() -> None:
    first, other = (
        sealing.sealed({"ethnicity": Sensitive("Kinh", one)}, lambda: KEY, "delegate 7")
        for one in ("Tày", "Dao")
    )
    anew = sealing.sealed_anew(first, [OTHER, KEY], "delegate 7")
    assert anew is not None
    assert sealing.opened(anew, [OTHER], "delegate 7") == {"ethnicity": ["Kinh", "Tày"]}
    digests = {chain.content_digest("ab", "Lê An", one) for one in (first, anew)}
    assert len(digests) == 1
    assert chain.content_digest("ab", "Lê An", other) not in digests
    held, foreign = (cast("dict[str, str]", one[SEALED]) for one in (first, other))
    swapped = {**first, SEALED: {**held, "text": foreign["text"]}}
    assert sealing.opened(swapped, [KEY], "delegate 7") is None
    assert sealing.sealed_anew(first, [OTHER], "delegate 7") is None


def test_an_entry_that_lost_its_sealed_text_opens_to_nothing_and_breaks_nothing() -> None:
    whole = sealing.sealed({"ethnicity": Sensitive("Kinh", "Tày")}, lambda: KEY, "delegate 7")
    held = cast("dict[str, str]", whole[SEALED])
    for broken in ({}, {"text": "rubbish"}, {"text": held["text"]}):
        changes = {**whole, SEALED: broken}
        assert sealing.opened(changes, [KEY], "delegate 7") is None
        assert sealing.sealed_anew(changes, [KEY], "delegate 7") is None
        assert isinstance(sealing.key_of(changes), str)
