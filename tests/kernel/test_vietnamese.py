"""Vietnamese text: one form, search, the order of names, numbers as people write them."""

from __future__ import annotations

import unicodedata
from decimal import Decimal
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congress_app.kernel.vietnamese import (
    fold,
    name_sort_key,
    nfc,
    nfc_lines,
    number,
    percent,
    person_name,
    text_sort_key,
)

# Sorted by ICU's collation "vi" (node, Intl.Collator), words that differ in case left out.
ICU_WORDS = """
    a à ả ã á ạ An Anh Ảnh Ánh ă ắ Ăn â ấ Ân b Be Bẻ Bé c Chi Dao Dung Dũng Đào Đông Đức E Em Ê Êm
    Giang Hà Hạ Hoa Hòa Hóa Họa Khuê Le Lê Lễ Lệ Ly Lỳ Lý Na Ngan Ngân Nguyên Nguyển Nguyễn Nguyện
    O Oanh Ô Ổn Ơ Ơn Phú Quý Quỳnh Sĩ Sỹ Thuỷ Thúy Thụy Trân Trần Trấn U Ung Ư Ưng Võ Vũ Xuân Y Ỷ Ý
    Yên Yến
"""
ICU_PHRASES = [
    "(x)",
    "1",
    "9",
    "A B",
    "A-B",
    "A.B",
    "AB",
    "An",
    "An Bình",
    "Anh",
    "BHXH",
    "BHXH 1",
    "BHXH 10",
    "BHXH 2",
    "Bùi An",
    "Bùi Anh",
    "Bui Anh Z",
    "Bùi Ân",
]


@pytest.mark.parametrize("expected", [ICU_WORDS.split(), ICU_PHRASES])
def test_texts_are_ordered_as_by_icu(expected: list[str]) -> None:
    shuffled = Random(1).sample(expected, len(expected))
    assert sorted(shuffled, key=text_sort_key) == expected


def test_names_are_ordered_by_given_name_then_family_name() -> None:
    expected = [
        "Nguyễn Văn An",
        "Trần An",
        "Trần Thị An",
        "Bùi Ánh",
        "Lê Đào",
        "Ánh Hoa",
        "Đỗ Hoa",
        "Lê Thị Hòa",
        "Y",
        "Lê Ý",
    ]
    assert sorted(Random(2).sample(expected, len(expected)), key=name_sort_key) == expected


@given(st.text())
def test_keys_hold_what_every_collation_orders_alike(text: str) -> None:
    for key in (text_sort_key(text), name_sort_key(text)):
        assert set(key) <= set("0123456789abcdef")
    assert len(name_sort_key(text)) <= 600


@given(st.text(max_size=30), st.text(max_size=30))
def test_a_beginning_goes_before_the_whole(text: str, more: str) -> None:
    start, whole = nfc(text), nfc(text + "a" + more)
    if whole.casefold().startswith(start.casefold()):
        assert text_sort_key(start) < text_sort_key(whole)


@given(st.text())
def test_case_and_normal_form_do_not_order(text: str) -> None:
    assert text_sort_key(unicodedata.normalize("NFD", text)) == text_sort_key(text)
    assert text_sort_key(text.casefold()) == text_sort_key(text)


@given(st.text())
def test_the_normal_form_is_reached_in_one_step(text: str) -> None:
    once = nfc(text)
    assert nfc(once) == once
    assert unicodedata.is_normalized("NFC", once)
    assert not {unicodedata.category(c) for c in once} & {"Cc", "Cf", "Cs"}
    assert once == once.strip()
    assert "  " not in once


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nguye\u0302\u0303n", "Nguyễn"),
        ("  Lê \xa0\t Ý\n", "Lê Ý"),
        ("Lê\u200bÝ", "Lê Ý"),
        ("Nguy\u200c\u200dễn\ufeff", "Nguyễn"),
        ("Nguye\u200d\u0302\u0303n", "Nguyễn"),
        ("a\x00b\u202ec\ud800", "abc"),
        ("", ""),
        ("\u200b ", ""),
    ],
)
def test_composed_trimmed_and_without_invisible_characters(text: str, expected: str) -> None:
    assert nfc(text) == expected


def test_lines_are_kept_where_they_count() -> None:
    assert nfc_lines("\n a  b \r\n\r\n c\u0323 \n") == "a b\n\nc\u0323"


@given(st.text())
def test_folded_text_has_no_accents_and_stays_folded(text: str) -> None:
    folded = fold(text)
    assert not any(unicodedata.combining(c) for c in folded)
    assert fold(folded) == folded
    assert fold(unicodedata.normalize("NFD", text)) == folded


def test_folding() -> None:
    assert fold("ĐẶNG  Thùy Trâm") == "dang thuy tram"
    assert fold("Hoà") == fold("hòa")


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("NGUYỄN THỊ ÁNH", "Nguyễn Thị Ánh"),
        ("nguyễn thị ánh", "nguyễn thị ánh"),
        ("Đ/c Nguyễn Văn An", "Nguyễn Văn An"),
        ("Đồng chí: LÊ Ý", "Lê Ý"),
        ("đ/c Ông Trần An", "Trần An"),
        ("Ông Nguyễn Văn An", "Nguyễn Văn An"),
        ("BÀ LÊ THỊ BƯỞI", "Lê Thị Bưởi"),
        ("Bà. Trần Ánh", "Trần Ánh"),
        ("Ông Ích Khiêm", "Ông Ích Khiêm"),
        ("Ông Thị Mai", "Ông Thị Mai"),
        ("Bà Nguyễn", "Bà Nguyễn"),
        ("H'HEN NIÊ", "H'Hen Niê"),
        ("H’HEN NIÊ-KDĂM", "H’Hen Niê-Kdăm"),
        ("  Y  Moan ", "Y Moan"),
        ("AN", "AN"),
        ("", ""),
    ],
)
def test_names_as_shown(typed: str, shown: str) -> None:
    assert person_name(typed) == shown


@given(st.text())
def test_a_shown_name_stays_as_it_is(text: str) -> None:
    shown = person_name(text)
    assert nfc(shown) == shown


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [
        (0, None, "0"),
        (1234567, None, "1.234.567"),
        (-1234, None, "-1.234"),
        (5, 2, "5,00"),
        (Decimal("1234.5"), None, "1.234,5"),
        (Decimal("0.25"), 1, "0,3"),
        (Decimal("-0.25"), 1, "-0,3"),
        (Fraction(1, 3), 2, "0,33"),
        (Fraction(5, 2), 0, "3"),
        (0.1, 1, "0,1"),
        (1000.0, 0, "1.000"),
    ],
)
def test_numbers(value: int | Decimal | Fraction | float, places: int | None, text: str) -> None:
    assert number(value, places) == text


@pytest.mark.parametrize(
    ("part", "whole", "text"),
    [
        (0, 0, "–"),
        (0, 5, "0,0 %"),
        (5, 5, "100,0 %"),
        (1, 3, "33,3 %"),
        (1, 8, "12,5 %"),
        (1, 10_000, "0,1 %"),
        (9_999, 10_000, "99,9 %"),
    ],
)
def test_percentages(part: int, whole: int, text: str) -> None:
    assert percent(part, whole) == text


@given(st.integers(1, 10_000).flatmap(lambda w: st.tuples(st.integers(0, w), st.just(w))))
def test_a_percentage_is_near_and_honest_at_the_ends(share: tuple[int, int]) -> None:
    part, whole = share
    shown = Decimal(percent(part, whole).removesuffix(" %").replace(",", "."))
    assert abs(shown - Decimal(part) * 100 / whole) <= Decimal("0.1")
    assert (shown == 0) == (part == 0)
    assert (shown == 100) == (part == whole)
