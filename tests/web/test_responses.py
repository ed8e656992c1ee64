"""Ways back that lead nowhere else, and pages of lists."""

from __future__ import annotations

import pytest
from flask import Flask

from congress_app.web.responses import Page, paged, safe_next


@pytest.mark.parametrize(
    "target",
    [
        *(None, "", "units", "https://evil.example/", "//evil.example", "/\\evil.example"),
        *("/\t/evil.example", "/units\r\nX: y", "/units\n"),
    ],
)
def test_an_address_elsewhere_is_not_gone_to(target: str | None) -> None:
    assert safe_next(target, "/home") == "/home"


def test_one_of_ours_is() -> None:
    assert safe_next("/units?text=Quảng Ninh&page=2", "/home") == "/units?text=Quảng Ninh&page=2"


@pytest.mark.parametrize(
    ("asked", "rows", "number"),
    [("1", "abc", 1), ("3", "g", 3), ("9", "g", 3), ("x", "abc", 1)],
)
def test_a_page_of_a_list_at_hand(app: Flask, asked: str, rows: str, number: int) -> None:
    with app.test_request_context(f"/?page={asked}"):
        assert paged("abcdefg", 3) == Page(rows, number, 7, 3)
        assert paged("", 3) == Page("", 1, 0, 3)
