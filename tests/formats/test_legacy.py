"""Old encodings recognised by their letters, and Vietnamese never mistaken for them."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congress_app.formats.legacy import (
    TCVN3,
    VNI,
    encoding_of,
    is_legacy_font,
    is_syllable,
    legacy_columns,
)
from congress_app.formats.sheet import LegacyColumn

SYLLABLES = [
    "Nguyễn",
    "Hoàng",
    "Phương",
    "Quỳnh",
    "Anh",
    "Đặng",
    "Thùy",
    "Trâm",
    "Hoà",
    "Thuý",
    "quý",
    "khuếch",
    "Ngoằng",
    "giường",
    "Lưỡng",
    "Toán",
    "Loan",
    "Ế",
    "Ủy",
    "Tuấn",
    "Khuê",
    "Huệ",
    "Hoè",
    "Hoẻn",
    "ếch",
    "ưỡn",
    "Đỗ",
    "Lý",
    "Ngọc",
    "Yến",
    "Giêng",
    "Miền",
    "Hiếu",
    "Trà",
    "oà",
    "oẹ",
]


@pytest.mark.parametrize(
    "text",
    ["NguyÔn V¨n An", "TrÇn ThÞ Hoµ", "Hµ Néi", "B¶o hiÓm x· héi", "§¶ng viªn", "Giíi tÝnh", "N÷"],
)
def test_tcvn3(text: str) -> None:
    assert encoding_of(text) == TCVN3


@pytest.mark.parametrize(
    "text",
    ["Nguyeãn Vaên Huøng", "Traàn Thò Hoaø", "Baûo hieåm xaõ hoäi", "Ñaûng vieân", "ÑAËNG THUØY"],
)
def test_vni(text: str) -> None:
    assert encoding_of(text) == VNI


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Le Van An",
        "Müller",
        "café",
        "Nguyễn",
        "20 m²",
        "½ ngày",
        "Đ/c Ý",
        "H'Hen Niê",
        "Muñoz Peña",
    ],
)
def test_other_writing(text: str) -> None:
    assert encoding_of(text) is None


@given(st.lists(st.sampled_from(SYLLABLES), min_size=1, max_size=8))
def test_vietnamese_is_never_legacy(words: list[str]) -> None:
    text = " ".join(words)
    for form in (text, text.upper(), text.lower(), unicodedata.normalize("NFD", text)):
        assert encoding_of(form) is None


@pytest.mark.parametrize("word", SYLLABLES)
def test_syllables(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["Vaên", "NguyÔn", "Huøng", "Hµ", "BHXH", "Müller", "teân", ""])
def test_other_words(word: str) -> None:
    assert not is_syllable(word)


def test_fonts() -> None:
    old = [".VnTime", ".VnArialH", " .vntime", "VNI-Times", "vni times"]
    new = ["Times New Roman", "Arial", "Be Vietnam Pro", "VNPT Sans"]
    assert [is_legacy_font(name) for name in old + new] == [True] * 5 + [False] * 4


def test_a_column_needs_the_font_or_a_second_cell() -> None:
    texts = [
        (1, 0, "TrÇn V¨n An", False),
        (1, 1, "TrÇn V¨n An", True),
        (2, 2, "Traàn Thò Bích", False),
        (3, 2, "Nguyeãn Vaên Huøng", False),
        (3, 3, "Nguyễn", True),
    ]
    assert legacy_columns(texts) == (
        LegacyColumn(1, TCVN3, 1, "TrÇn V¨n An"),
        LegacyColumn(2, VNI, 2, "Traàn Thò Bích"),
    )
