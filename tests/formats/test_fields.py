"""Header words reduced to what they have in common."""

from __future__ import annotations

import unicodedata

import pytest

from congress_app.formats.fields import exact_key, folded_key, header_keys


@pytest.mark.parametrize(
    "header",
    [
        "Họ và tên",
        "HỌ VÀ TÊN",
        " Họ  và\ntên: ",
        "Họ và tên (*)",
        unicodedata.normalize("NFD", "Họ và tên"),
    ],
)
def test_case_spaces_and_punctuation_do_not_count(header: str) -> None:
    assert exact_key(header) == "họvàtên"
    assert folded_key(header) == "hovaten"


def test_accents_count_in_the_exact_key_only() -> None:
    assert exact_key("ĐT") != exact_key("DT")
    assert folded_key("ĐT") == folded_key("DT")


def test_brackets_are_tried_with_and_without() -> None:
    assert header_keys("Ngày sinh (dd/mm/yyyy)") == (
        ("ngàysinhddmmyyyy", "ngaysinhddmmyyyy"),
        ("ngàysinh", "ngaysinh"),
    )
    assert header_keys("(1)") == (("1", "1"),)
    assert header_keys("Số CCVC, NLĐ") == (("sốccvcnlđ", "soccvcnld"),)
