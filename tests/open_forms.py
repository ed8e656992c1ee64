"""What a form sends back of the moment its page was opened."""

from __future__ import annotations

import re
from html import unescape


def held(page: str, mark: str) -> dict[str, str]:
    """The hidden fields of the first form of the page that holds `mark`."""
    form = next(each for each in re.findall(r"<form\b.*?</form>", page, re.S) if mark in each)
    found = {}
    for tag in re.findall(r"<input\b[^>]*>", form):
        told = {name: unescape(value) for name, value in re.findall(r'(\w+)="([^"]*)"', tag)}
        if told.get("type") == "hidden":
            found[told["name"]] = told.get("value", "")
    found.pop("csrf_token", None)
    return found
