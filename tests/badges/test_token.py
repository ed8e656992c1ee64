"""The code on a badge: random, short, and safe against slips of the hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congress_app.badges.token import LENGTH, Reading, check_digit, grouped, new_code, read

CODE = "40719238846150277"
DIGITS = st.text("0123456789", min_size=16, max_size=16)
CODES = DIGITS.map(lambda digits: digits + check_digit(digits))


def test_damm_s_own_example() -> None:
    assert check_digit("572") == "4"


def test_a_new_code_is_sixteen_random_digits_and_a_check() -> None:
    asked = []

    def below(limit: int) -> int:
        asked.append(limit)
        return 42

    assert new_code(below) == "0000000000000042" + check_digit("0000000000000042")
    assert asked == [10**16]


def test_new_codes_are_readable_and_different() -> None:
    codes = {new_code() for _ in range(200)}
    assert len(codes) == 200
    assert all(read(code) == Reading(code) and len(code) == LENGTH for code in codes)


@given(CODES, st.integers(0, 16), st.integers(1, 9))
def test_every_single_wrong_digit_is_found(code: str, place: int, shift: int) -> None:
    wrong = str((int(code[place]) + shift) % 10)
    assert read(code[:place] + wrong + code[place + 1 :]) == Reading(None, "wrong_check_digit")


@given(CODES, st.integers(0, 15))
def test_every_swap_of_neighbours_is_found(code: str, place: int) -> None:
    swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    expected = Reading(code) if swapped == code else Reading(None, "wrong_check_digit")
    assert read(swapped) == expected


def code_of(digits: str) -> str:
    return digits + check_digit(digits)


@pytest.mark.parametrize("dressed", [
    "{code}", " {code}\r\n", "]Q1{code}", "]Q3\\000026{code}", "\\000026{code}", "\ufeff{code}",
    "{grouped}", "{dashed}", "{wide}", "{code}\u200b",
])  # fmt: skip
def test_what_scanners_and_people_add_is_taken_away(dressed: str) -> None:
    code = code_of("4071923884615027")
    given_text = dressed.format(
        code=code,
        grouped=grouped(code),
        dashed=grouped(code).replace(" ", "-"),
        wide=code.translate({ord(str(n)): chr(0xFF10 + n) for n in range(10)}),
    )
    assert read(given_text) == Reading(code)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "4071923884615027",
        "407192388461502777",
        "https://example.vn/d/40719238846150277",
        "4071923884615027x",
        "٤٠٧١٩٢٣٨٨٤٦١٥٠٢٧٧",
        "Nguyễn Văn An",
        "]Q1",
    ],
)
def test_other_texts_are_no_code(text: str) -> None:
    assert read(text) == Reading(None, "not_a_code")


@given(st.text(max_size=40))
def test_any_text_is_answered(text: str) -> None:
    reading = read(text)
    assert (reading.code is None) == (reading.fault is not None)


@given(CODES)
def test_groups_of_four_read_back(code: str) -> None:
    assert [len(group) for group in grouped(code).split(" ")] == [4, 4, 4, 4, 1]
    assert read(grouped(code)) == Reading(code)
