"""What an address or a form may hold: numbers that a row can have, text that a database can."""

from __future__ import annotations

from typing import Any

from flask import Flask, abort, request
from werkzeug.routing import IntegerConverter, Map

# PostgreSQL's integer; a longer number is no row's, and a database would choke on it.
LARGEST_ID = 2**31 - 1


class RowNumber(IntegerConverter):
    """`<int:…>` of an address; a number beyond every table is an unknown address (404)."""

    def __init__(self, map: Map, *args: Any, **options: Any) -> None:  # noqa: A002
        super().__init__(map, *args, **{"max": LARGEST_ID, **options})


def is_row_number(text: str) -> bool:
    """True for what a form sent where a row's number is meant: few enough plain digits."""
    return text.isascii() and text.isdigit() and len(text) < 10


def row_number(text: str | None) -> int:
    """The number of a row as an address or a form tells it; 0, which no row has, otherwise."""
    return int(text) if text and is_row_number(text) else 0


def init_app(app: Flask) -> None:
    """Read all numbers in addresses this way; call it before the first route is added."""
    app.url_map.converters["int"] = RowNumber
    app.before_request(_refuse_nul)


def _refuse_nul() -> None:
    """400 for the letter NUL: nobody can type it, and PostgreSQL takes it in no text."""
    sent = [request.args] if request.method == "GET" else [request.args, request.form]
    told = (text for part in sent for key, texts in part.lists() for text in (key, *texts))
    if "\0" in request.path or any("\0" in text for text in told):
        abort(400)
