"""Names of files, ways back that lead nowhere else, and pages of lists."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from congress_app.web.responses import Page, download, paged, safe_next

BARE = Flask(__name__)


@given(st.text())
def test_a_files_name_is_plain_ascii_whatever_it_was_called(name: str) -> None:
    """The server refuses a header with any other letter, and the answer with it."""
    with BARE.app_context():
        answer = download(b"%PDF", f"{name}.pdf")
    disposition = answer.headers["Content-Disposition"]
    assert re.fullmatch(r'attachment; filename="[0-9a-z]+(-[0-9a-z]+)*\.pdf"', disposition)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("Hội nghị Đà Nẵng.xlsx", "hoi-nghi-da-nang.xlsx"),
        ("Đoàn 中 ω ① 2026.pdf", "doan-2026.pdf"),
        ("中文.docx", "tai-lieu.docx"),
        (".csv", "tai-lieu.csv"),
    ],
)
def test_what_a_file_is_called_for_the_reader(name: str, told: str) -> None:
    with BARE.app_context():
        disposition = download(b"", name, inline=True).headers["Content-Disposition"]
    assert disposition == f'inline; filename="{told}"'


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
