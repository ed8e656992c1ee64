"""Finding a unit the way people write it."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congress_app.units import lookup
from congress_app.units.lookup import UnitMap, UnitRef


def ref(number: int, code: str, name: str) -> UnitRef:
    return UnitRef(number, code, name, "tinh", f"/{number}/", None)


HA_GIANG = ref(1, "02", "BHXH tỉnh Hà Giang")
HANOI = ref(2, "01", "BHXH thành phố Hà Nội")
SAIGON = ref(3, "79", "BHXH TP. Hồ Chí Minh")
OFFICE_A = ref(4, "01.VP", "Văn phòng")
OFFICE_B = ref(5, "02.VP", "Văn phòng")
UNITS = UnitMap([HA_GIANG, HANOI, SAIGON, OFFICE_A, OFFICE_B])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("BHXH tỉnh Hà Giang", (HA_GIANG,)),
        ("bhxh tinh ha giang", (HA_GIANG,)),
        ("  BHXH   TỈNH HÀ GIANG ", (HA_GIANG,)),
        ("Bảo hiểm xã hội tỉnh Hà Giang", (HA_GIANG,)),
        (unicodedata.normalize("NFD", "BHXH tỉnh Hà Giang"), (HA_GIANG,)),
        ("Bảo hiểm xã hội TP.Hà Nội", (HANOI,)),
        ("BHXH Thành phố Hồ Chí Minh", (SAIGON,)),
        ("BHXH TP HCM", (SAIGON,)),
        ("Văn phòng", (OFFICE_A, OFFICE_B)),
        ("Hà Giang", ()),
        ("", ()),
    ],
)
def test_names(text, found):
    assert UNITS.named(text) == found


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("02", HA_GIANG),
        (" 01.vp ", OFFICE_A),
        (2, HA_GIANG),
        (2.0, HA_GIANG),
        (79, SAIGON),
        ("2", None),
        (True, None),
        ("99", None),
        (99, None),
    ],
)
def test_codes(code, found):
    assert UNITS.by_code(code) == found


def test_a_number_that_fits_two_codes_means_neither():
    units = UnitMap([ref(1, "01", "A"), ref(2, "001", "B")])
    assert units.by_code(1) is None
    assert units.by_code("001") == ref(2, "001", "B")


def test_by_id_and_size():
    assert UNITS.by_id(3) == SAIGON
    assert UNITS.by_id(99) is None
    assert len(UNITS) == 5


def test_names_with_numbers_sort_as_people_count():
    names = ["Cụm số 10", "Cụm số 2", "Cụm", "Ấp 1", "Cụm số 1b", "Cụm số 1"]
    assert sorted(names, key=lookup.natural_key) == [
        "Ấp 1",
        "Cụm",
        "Cụm số 1",
        "Cụm số 1b",
        "Cụm số 2",
        "Cụm số 10",
    ]


@given(st.lists(st.text(max_size=20), max_size=6))
def test_any_names_can_be_sorted(names):
    assert len(sorted(names, key=lookup.natural_key)) == len(names)


@given(st.text(max_size=40))
def test_a_key_of_a_name_is_its_own_key(text):
    key = lookup.name_key(text)
    assert lookup.name_key(key) == key


def test_by_code_and_by_the_unit_above() -> None:
    one = UnitRef(3, "0101", "BHXH huyện Châu Thành", "huyen", "/2/3/", 2)
    other = UnitRef(5, "0201", "BHXH huyện Châu Thành", "huyen", "/1/5/", 1)
    above = UnitRef(2, "01", "BHXH thành phố Hà Nội", "tinh", "/2/", None)
    units = UnitMap([HA_GIANG, above, one, other])
    assert lookup.find_units("0201", units) == (other,)
    assert lookup.find_units("BHXH huyện Châu Thành - BHXH TP Hà Nội", units) == (one,)
    assert lookup.find_units("BHXH huyện Châu Thành", units) == (one, other)
    assert lookup.find_units("Không có, BHXH tỉnh Hà Giang", units) == ()
