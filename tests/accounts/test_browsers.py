"""Browsers in words."""

from __future__ import annotations

import pytest

from congress_app.accounts import browsers

_KIT = "AppleWebKit/537.36 (KHTML, like Gecko)"


@pytest.mark.parametrize(
    ("user_agent", "words"),
    [
        (
            f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {_KIT} Chrome/126 Safari/537.36",
            "Chrome trên Windows",
        ),
        (
            f"Mozilla/5.0 (Windows NT 10.0) {_KIT} Chrome/126 Safari/537.36 Edg/126",
            "Edge trên Windows",
        ),
        (
            f"Mozilla/5.0 (Windows NT 10.0) {_KIT} coc_coc_browser/120 Chrome/114 Safari/537",
            "Cốc Cốc trên Windows",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605 Safari/604",
            "Safari trên iPhone",
        ),
        (f"Mozilla/5.0 (Linux; Android 14) {_KIT} Chrome/126 Mobile", "Chrome trên Android"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko Firefox/127.0", "Firefox trên Linux"),
        ("Werkzeug/3.1", "Trình duyệt không rõ"),
        ("something on Windows", "Windows"),
        (None, "Trình duyệt không rõ"),
    ],
)
def test_a_browser_is_named_as_people_know_it(user_agent: str | None, words: str) -> None:
    assert str(browsers.described(user_agent)) == words
