from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congress_app.exemplars import awards


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Chiến sĩ thi đua toàn quốc", "national_fighter"),
        ("CHIẾN SỸ THI ĐUA TOÀN QUỐC", "national_fighter"),
        ("Chiến sỹ thi đua ngành BHXH Việt Nam năm 2018", "sector_fighter"),
        ("CSTĐ cơ sở", "base_fighter"),
        ("Huân chương Lao động hạng Ba", "order"),
        ("Bằng khen của Thủ tướng Chính phủ", "prime_minister"),
        ("Bằng khen của Tổng Giám đốc BHXH Việt Nam", "director_general"),
        ("Bằng khen của Bảo hiểm xã hội Việt Nam", "director_general"),
        ("Cờ thi đua của Bảo hiểm xã hội Việt Nam", "sector_flag"),
        ("“Anh hùng Lao động”", "hero"),
        (unicodedata.normalize("NFD", "Cờ thi đua của Chính phủ"), "government_flag"),
    ],
)
def test_spellings_of_one_award_are_one(written: str, code: str) -> None:
    kind = awards.recognise(written)
    assert kind is not None
    assert kind.code == code


@pytest.mark.parametrize("written", ["", "Bằng khen của UBND tỉnh", "Chiến sĩ", "Huân"])
def test_what_is_not_on_the_list_is_not_guessed(written: str) -> None:
    assert awards.recognise(written) is None


def test_the_longer_name_wins() -> None:
    kinds = (
        awards.AwardKind("any", "Bằng khen"),
        awards.AwardKind("minister", "Bằng khen của Bộ trưởng"),
    )
    found = awards.recognise("Bằng khen của Bộ trưởng Bộ Tài chính", kinds)
    assert found == kinds[1]


ORDER = awards.AwardFacts("order", "Huân chương Lao động hạng Ba", 2022, "123/QĐ-CTN")


@pytest.mark.parametrize(
    ("other", "same", "may_be"),
    [
        (
            awards.AwardFacts("order", "huân chương lao động hạng ba", 2022, "123/qđ-ctn"),
            True,
            True,
        ),
        # One decision in other words: the kind tells.
        (awards.AwardFacts("order", "Huân chương hạng Ba", 2022, "123/QĐ-CTN"), True, True),
        (awards.AwardFacts("order", "Huân chương Lao động hạng Ba", 2022, None), False, True),
        (awards.AwardFacts("order", "Huân chương Lao động hạng Ba"), False, True),
        (awards.AwardFacts("order", "Huân chương Lao động hạng Nhì", 2022, None), False, False),
        (awards.AwardFacts("order", "Huân chương Lao động hạng Ba", 2017, None), False, False),
        (awards.AwardFacts("hero", "Anh hùng Lao động", 2022, "123/QĐ-CTN"), False, False),
    ],
)
def test_when_two_records_are_one_award(other: awards.AwardFacts, same: bool, may_be: bool) -> None:
    assert (awards.same_award(ORDER, other), awards.may_be_same(ORDER, other)) == (same, may_be)
    assert awards.same_award(other, ORDER) is same


def test_a_name_that_stands_for_two_kinds_is_found() -> None:
    assert awards.same_names(awards.STANDARD_KINDS) is None
    twice = awards.AwardKind("new", "Khen mới", ("chiến sỹ thi đua NGÀNH",))
    assert awards.same_names([*awards.STANDARD_KINDS, twice]) == "chiến sỹ thi đua NGÀNH"


@given(st.sampled_from(awards.STANDARD_KINDS), st.booleans(), st.sampled_from("sS"))
def test_case_and_i_or_y_never_matter(kind: awards.AwardKind, capitals: bool, letter: str) -> None:
    text = kind.name.replace("sĩ", letter + "ỹ")
    assert awards.recognise(text.upper() if capitals else text) == kind
