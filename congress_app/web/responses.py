"""Downloads, pages of long lists, and safe ways back."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar
from urllib.parse import urlsplit

from flask import Response, current_app, make_response, request, url_for

from congress_app.kernel.crowd import Crowd
from congress_app.kernel.vietnamese import fold
from congress_app.web import logs

Row = TypeVar("Row")

# What a file is called whose name has no letter of ours ("tài liệu").
NAMELESS = "tai-lieu"
_NO_LETTERS = re.compile(r"[^0-9a-z]")

PAGE_SIZE = 50
# In how many seconds a page that asks by the clock is to ask next.
ASK_AGAIN = "Ask-Again"
WORTH_TELLING = 1.1
LOCAL_NAMES = frozenset({"127.0.0.1", "localhost"})
MIME_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "ics": "text/calendar; charset=utf-8",
    "jpg": "image/jpeg",
    "pdf": "application/pdf",
    "png": "image/png",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
}


def download(data: bytes, name: str, *, inline: bool = False) -> Response:
    """A file for the reader; `name` ends in its kind, is Vietnamese and is made plain ASCII.

    The server refuses a header with any other letter, and the whole answer with it.
    """
    stem, _, kind = name.rpartition(".")
    plain = "-".join(_NO_LETTERS.sub(" ", fold(stem)).split()) or NAMELESS
    response = make_response(data)
    response.headers["Content-Type"] = MIME_TYPES[kind]
    disposition = "inline" if inline else "attachment"
    response.headers["Content-Disposition"] = f'{disposition}; filename="{plain}.{kind}"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def ask_again(response: Response, calm: float, most: float) -> Response:
    """Tell a page that asks by the clock every `calm` seconds to come later in a crowd.

    After no longer than `most` seconds; says nothing while there is room.
    """
    crowd: Crowd = current_app.extensions["crowd"]
    seconds = crowd.ask_again(logs.seconds_so_far(), calm, most)
    if seconds >= calm * WORTH_TELLING:
        response.headers[ASK_AGAIN] = f"{seconds:.1f}"
    return response


def public_url(endpoint: str, **values: Any) -> str:
    """An address to hand on, by QR or message: one that works from another machine.

    The organiser's own address does, unless he sits at the server and came by 127.0.0.1;
    then PUBLIC_URL stands in where the server knows it.
    """
    known: str = current_app.config["PUBLIC_URL"]
    if known and request.host.partition(":")[0] in LOCAL_NAMES:
        return known + url_for(endpoint, **values)
    return url_for(endpoint, **values, _external=True)


@dataclass
class Page(Generic[Row]):
    """One page of a long list, with the addresses of the others.

    `has_more`: the list is longer than `total`, so many were not counted.
    """

    rows: Sequence[Row]
    number: int
    total: int
    size: int = PAGE_SIZE
    arguments: dict[str, str] = field(default_factory=dict)
    has_more: bool = False

    @property
    def pages(self) -> int:
        """How many pages there are; at least one."""
        return max(1, -(-self.total // self.size))

    @property
    def first(self) -> int:
        """Place of the first row of this page in the whole list; 0 of an empty one."""
        return (self.number - 1) * self.size + 1 if self.total else 0

    @property
    def last(self) -> int:
        """Place of the last row of this page in the whole list."""
        return min(self.number * self.size, self.total)

    def url_for(self, number: int) -> str:
        """This list, same filters, another page."""
        values = {**(request.view_args or {}), **request.args.to_dict(), "page": number}
        return url_for(str(request.endpoint), **values)


def page_number() -> int:
    """The page asked for in the address; 1 when it says nothing sensible."""
    text = request.args.get("page", "1")
    return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < 7 else 1


def place_of(total: int, size: int = PAGE_SIZE) -> tuple[int, int]:
    """Where the page that the address asks for begins, counted from 0, and its number.

    The last one, where one behind it was asked for.
    """
    number = min(page_number(), max(1, -(-total // size)))
    return (number - 1) * size, number


def paged(rows: Sequence[Row], size: int = PAGE_SIZE) -> Page[Row]:
    """The page of a list at hand that the address asks for."""
    start, number = place_of(len(rows), size)
    return Page(rows[start : start + size], number, len(rows), size)


def safe_next(target: str | None, fallback: str) -> str:
    """The address to go on to, if it is one of ours; `fallback` otherwise."""
    if not target or not target.startswith("/") or target.startswith(("//", "/\\")):
        return fallback
    if not target.isprintable():  # a line's end may stand in no header
        return fallback
    parts = urlsplit(target)
    return fallback if parts.scheme or parts.netloc or "\\" in target else target
