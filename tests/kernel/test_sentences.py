"""Sentences wait for their reader's language."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from congress_app.kernel.sentences import N_, Sentence

ENGLISH = {
    "Hội nghị đã đủ {cap} đại biểu.": "The conference has its {cap} delegates.",
    "Ô {cell}: {reason}": "Cell {cell}: {reason}",
    "Thiếu tên.": "The name is missing.",
}


def english(text: str) -> str:
    return ENGLISH.get(text, text)


def test_a_sentence_is_filled_in_either_language() -> None:
    sentence = Sentence("Hội nghị đã đủ {cap} đại biểu.", cap="1.250")
    assert str(sentence) == "Hội nghị đã đủ 1.250 đại biểu."
    assert sentence.render(english) == "The conference has its 1.250 delegates."


def test_a_sentence_inside_a_sentence_is_translated_too() -> None:
    sentence = Sentence("Ô {cell}: {reason}", cell="B7", reason=Sentence("Thiếu tên."))
    assert str(sentence) == "Ô B7: Thiếu tên."
    assert sentence.render(english) == "Cell B7: The name is missing."


@given(st.text())
def test_what_is_filled_in_is_never_a_template_itself(value: str) -> None:
    assert str(Sentence("“{value}”", value=value)) == f"“{value}”"


def test_without_places_braces_are_letters() -> None:
    assert str(Sentence("Dùng {} hoặc {x}.")) == "Dùng {} hoặc {x}."


def test_a_place_may_bear_any_name() -> None:
    assert str(Sentence("{template} {self}", template="a", self="b")) == "a b"


def test_equal_words_and_values_are_equal_sentences() -> None:
    assert Sentence("a {n}", n=1) == Sentence("a {n}", n=1)
    assert Sentence("a {n}", n=1) != Sentence("a {n}", n=2)
    assert len({Sentence("a {n}", n=1), Sentence("a {n}", n=[])}) == 2


def test_marking_changes_nothing() -> None:
    assert N_("Quản trị") == "Quản trị"
