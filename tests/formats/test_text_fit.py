"""Lines that fit: as large as possible, balanced, nothing lost before it must be."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from congress_app.formats.text_fit import Fitted, balanced, fit


def measure(text: str) -> float:
    """Every letter half as wide as the size."""
    return len(text) * 0.5


WORDS = st.lists(st.text("abc", min_size=1, max_size=9), min_size=1, max_size=12)


def test_a_short_text_takes_the_largest_size() -> None:
    assert fit("LE Y", measure, width=100, largest=31, smallest=10, lines=3) == Fitted(
        31, ("LE Y",), 62.0
    )


def test_two_lines_when_that_is_larger() -> None:
    assert fit("AAAA BBBB", measure, width=40, largest=31, smallest=8, lines=2) == Fitted(
        20.0, ("AAAA", "BBBB"), 40.0
    )


def test_the_height_counts() -> None:
    found = fit(
        "AAAA BBBB", measure, width=40, largest=31, smallest=4, lines=2, height=10, leading=1.0
    )
    assert found == Fitted(8.8, ("AAAA BBBB",), 39.6)


def test_too_long_a_text_is_cut_with_an_ellipsis() -> None:
    found = fit("aaaa bbbb cccc dddd eeee", measure, width=45, largest=12, smallest=10, lines=2)
    assert found == Fitted(10, ("aaaa bbbb", "cccc ddd…"), 45.0)


def test_a_word_wider_than_a_line_is_divided() -> None:
    found = fit("aaaaaaaaaaaa", measure, width=40, largest=12, smallest=10, lines=2)
    assert found == Fitted(10, ("aaaaaaaa", "aaaa"), 40.0)


def test_no_text_has_no_lines() -> None:
    assert fit(" ", measure, width=40, largest=12, smallest=10) == Fitted(12, (), 0.0)


@given(WORDS, st.integers(1, 4))
def test_balanced_lines_hold_all_words_in_order(words: list[str], count: int) -> None:
    lines = balanced(words, count, measure)
    assert " ".join(lines).split() == words
    assert len(lines) == min(count, len(words))


@given(WORDS, st.integers(2, 3))
def test_no_other_way_to_break_is_narrower(words: list[str], count: int) -> None:
    widest = max(measure(line) for line in balanced(words, count, measure))
    greedy, line = [], words[0]
    for word in words[1:]:
        if measure(f"{line} {word}") < widest:
            line = f"{line} {word}"
        else:
            greedy.append(line)
            line = word
    # Keeping strictly under that width must take more lines than there are.
    narrower = all(measure(word) < widest for word in words)
    assert not narrower or len([*greedy, line]) > count or len(words) < count


@given(
    st.lists(st.text("abc", min_size=1, max_size=9), min_size=15, max_size=60), st.integers(2, 4)
)
def test_many_words_keep_within_the_lines(words: list[str], count: int) -> None:
    lines = balanced(words, count, measure)
    assert " ".join(lines).split() == words
    assert len(lines) <= count


@given(WORDS, st.floats(20, 300), st.floats(12, 40), st.integers(1, 3), st.floats(12, 200))
def test_what_fits_keeps_within_the_box(
    words: list[str], width: float, largest: float, lines: int, height: float
) -> None:
    found = fit(
        " ".join(words), measure, width=width, largest=largest, smallest=5, lines=lines,
        height=height, leading=1.25,
    )  # fmt: skip
    assert found.width <= width + 1e-6
    assert len(found.lines) <= lines
    assert 5 <= found.size <= largest
    if " ".join(found.lines).split() == words and "…" not in found.lines[-1]:
        assert found.size == 5 or len(found.lines) * found.size * 1.25 <= height + 1e-6
