"""A paper as data: through JSON unchanged, composed, its words told."""

from __future__ import annotations

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congress_app.formats.blocks import (
    Paper,
    Paragraph,
    Run,
    Section,
    from_json,
    ink,
    plain,
    text_of,
    to_json,
)
from tests.formats.papers import everything


def test_a_paper_goes_through_json_unchanged() -> None:
    paper = everything()
    assert from_json(json.loads(json.dumps(to_json(paper)))) == paper


def test_stored_text_is_composed() -> None:
    paper = Paper("x", (Section((Paragraph(plain(unicodedata.normalize("NFD", "Lê Ý"))),)),))
    assert from_json(to_json(paper)).sections[0].blocks[0].runs == (Run("Lê Ý"),)


def test_an_unknown_part_is_refused() -> None:
    with pytest.raises(KeyError):
        from_json({"is": "Watermark", "text": "x"})


def test_the_words_of_a_paragraph_stand_on_one_line() -> None:
    runs = (Run("Kính gửi: "), Run("Lê Ý", bold=True))
    assert text_of(Paper("x", (Section((Paragraph(runs),)),))) == "Kính gửi: Lê Ý"


@given(st.text())
def test_ink_is_composed_printable_and_stable(text: str) -> None:
    told = ink(text)
    assert unicodedata.is_normalized("NFC", told)
    assert ink(told) == told
    assert not {c for c in told if unicodedata.category(c) in {"Cc", "Cf", "Cs"}}


@given(st.text(alphabet="aăâêôơưđ Ễộ-"))
def test_ink_keeps_vietnamese_and_its_spaces(text: str) -> None:
    assert ink(unicodedata.normalize("NFD", text)) == unicodedata.normalize("NFC", text)
