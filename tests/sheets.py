"""Read a sheet that was handed out, and the table of a page it must agree with."""

from __future__ import annotations

import html
import io
import re
from typing import Any

from openpyxl import load_workbook


def rows_of(data: bytes) -> list[tuple[Any, ...]]:
    """The rows below the header, which is the row above the frozen edge."""
    sheet = load_workbook(io.BytesIO(data)).active
    first = int(sheet.freeze_panes[1:])
    return list(sheet.iter_rows(min_row=first, values_only=True))


def shown_rows(page: str) -> list[list[str]]:
    """The cells' words of every row of the page's tables, without their marks."""
    body = "".join(re.findall(r"<tbody>(.*?)</tbody>", page, re.S))
    return [
        [_words(cell) for cell in re.findall(r"<t[dh]\b[^>]*>(.*?)</t[dh]>", row, re.S)]
        for row in re.findall(r"<tr\b[^>]*>(.*?)</tr>", body, re.S)
    ]


def _words(cell: str) -> str:
    return " ".join(html.unescape(re.sub(r"<svg.*?</svg>|<[^>]+>", " ", cell, flags=re.S)).split())
