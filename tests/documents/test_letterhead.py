"""The prescribed parts in words: Nghị định 30/2020, Phụ lục I."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congress_app.documents import letterhead


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2021, 7, 5), "ngày 05 tháng 7 năm 2021"),
        (date(2021, 1, 31), "ngày 31 tháng 01 năm 2021"),
        (date(2020, 2, 9), "ngày 09 tháng 02 năm 2020"),
        (date(2020, 3, 10), "ngày 10 tháng 3 năm 2020"),
        (date(2020, 12, 1), "ngày 01 tháng 12 năm 2020"),
    ],
)
def test_the_rule_of_leading_zeros(day: date, words: str) -> None:
    assert letterhead.day_words(day) == words


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_only_days_below_ten_and_months_one_and_two_get_a_zero(day: date) -> None:
    told = letterhead.day_words(day).split()
    assert told[1].startswith("0") == (day.day < 10)
    assert told[3].startswith("0") == (day.month < 3)
    assert (int(told[1]), int(told[3]), int(told[5])) == (day.day, day.month, day.year)


def test_a_day_not_settled_is_dots() -> None:
    assert letterhead.place_and_date("Hà Nội", None) == "Hà Nội, ngày …… tháng …… năm ……"


@pytest.mark.parametrize(
    ("unit", "place"),
    [
        ("BHXH tỉnh Quảng Ninh", "Quảng Ninh"),
        ("BHXH thành phố Hồ Chí Minh", "Hồ Chí Minh"),
        ("BHXH huyện Ba Chẽ", "Ba Chẽ"),
        ("Bảo hiểm xã hội TP. Hà Nội", "Hà Nội"),
        ("BHXH Việt Nam", "Hà Nội"),
        ("Khối cơ quan BHXH Việt Nam", "Hà Nội"),
        ("Vụ Pháp chế", "Hà Nội"),
    ],
)
def test_where_a_unit_signs(unit: str, place: str) -> None:
    assert letterhead.locality(unit) == place


def test_names_of_issuers() -> None:
    assert letterhead.full_name("BHXH tỉnh Quảng Ninh") == "BẢO HIỂM XÃ HỘI TỈNH QUẢNG NINH"


@pytest.mark.parametrize(
    ("number", "letters", "body", "line"),
    [
        (5, "KH", "BHXH", "Số: 05/KH-BHXH"),
        (127, "GM", "BTCHN", "Số: 127/GM-BTCHN"),
        (9, "", "BHXH-TĐKT", "Số: 09/BHXH-TĐKT"),
        (None, "QĐ", "BHXH", "Số: ……/QĐ-BHXH"),
    ],
)
def test_number_and_symbol(number: int | None, letters: str, body: str, line: str) -> None:
    assert letterhead.number_line(number, letterhead.symbol(letters, body)) == line


@pytest.mark.parametrize(
    ("given", "lines"),
    [
        (("", "head", "Giám đốc"), ("GIÁM ĐỐC",)),
        (("Ban Tổ chức", "head", "Trưởng ban"), ("TM. BAN TỔ CHỨC", "TRƯỞNG BAN")),
        (("", "KT", "Giám đốc", "Phó Giám đốc"), ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC")),
        (
            ("Ban Tổ chức", "KT", "Trưởng ban", "Phó Trưởng ban"),
            ("TM. BAN TỔ CHỨC", "KT. TRƯỞNG BAN", "PHÓ TRƯỞNG BAN"),
        ),
        (("", "Q", "Giám đốc"), ("Q. GIÁM ĐỐC",)),
        (("", "TL", "Giám đốc", "Chánh Văn phòng"), ("TL. GIÁM ĐỐC", "CHÁNH VĂN PHÒNG")),
        (("", "TUQ", "Giám đốc", "Trưởng phòng"), ("TUQ. GIÁM ĐỐC", "TRƯỞNG PHÒNG")),
    ],
)
def test_the_lines_of_authority(given: tuple[str, ...], lines: tuple[str, ...]) -> None:
    assert letterhead.authority_lines(*given) == lines


def test_an_unknown_right_to_sign_is_refused() -> None:
    with pytest.raises(ValueError, match="no right to sign"):
        letterhead.authority_lines("", "PP", "Giám đốc")


def test_recipients_end_in_the_keeper() -> None:
    told = letterhead.recipient_lines(("Như trên", "Lãnh đạo;", ""), "TĐKT")
    assert told == ("- Như trên;", "- Lãnh đạo;", "- Lưu: VT, TĐKT.")
    assert letterhead.recipient_lines((), "") == ("- Lưu: VT.",)


def test_annexes_are_numbered_in_roman_where_there_are_several() -> None:
    assert letterhead.annex_label(1, 1) == "Phụ lục"
    assert [letterhead.annex_label(n, 4) for n in (1, 2, 4)] == [
        "Phụ lục I", "Phụ lục II", "Phụ lục IV",
    ]  # fmt: skip
    assert [letterhead.roman(n) for n in (9, 14, 39)] == ["IX", "XIV", "XXXIX"]
    with pytest.raises(ValueError, match="from 1 to 39"):
        letterhead.roman(0)


def test_what_an_annex_goes_with() -> None:
    told = letterhead.annex_reference("Công văn", 5, "BHXH-TĐKT", date(2020, 6, 1), "BHXH tỉnh A")
    assert told == ("(Kèm theo Công văn số 05/BHXH-TĐKT ngày 01 tháng 6 năm 2020 của BHXH tỉnh A)")


@given(st.text(alphabet="abc .;:/"))
def test_the_end_mark_stands_once(text: str) -> None:
    told = letterhead.ended(text)
    assert told.endswith("./.")
    assert letterhead.ended(told) == told
