"""Names to sign in with."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congress_app.accounts import usernames


def test_the_same_name_whatever_the_keyboard() -> None:
    assert usernames.normalised("  Nguyen.Van.AN ") == "nguyen.van.an"
    assert usernames.normalised("Ｎｇｕｙｅｎ") == "nguyen"


@pytest.mark.parametrize("name", ["an1", "nguyen.van.an", "an@bhxh.gov.vn", "a_b-c", "x" * 80])
def test_names_that_can_be_used(name: str) -> None:
    assert usernames.fault(name) is None


@pytest.mark.parametrize("name", ["", "an", "nguyễn", "a b c", ".an1", "an1\n", "x" * 81, "Anh"])
def test_names_that_cannot_be_used_are_told_how(name: str) -> None:
    assert str(usernames.fault(name)) == (
        f"Tên đăng nhập “{name}” không dùng được. Hãy dùng 3 đến 80 chữ cái không dấu, "
        "chữ số, dấu chấm, gạch nối hoặc gạch dưới, ví dụ nguyen.van.an."
    )


@given(st.text(max_size=100))
def test_the_normal_form_is_its_own_normal_form(text: str) -> None:
    once = usernames.normalised(text)
    if usernames.fault(once) is None:
        assert usernames.normalised(once) == once
