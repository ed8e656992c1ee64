"""A list of a page as an .xlsx file: one way for all of them.

The route takes the rows from the query that feeds its page, so filters and order agree.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from flask import Response

from congress_app.formats.xlsx.writing import Cell, Column, write_sheet
from congress_app.web.responses import download
from congress_app.web.texts import say


def sheet_response(
    title: str,
    columns: Sequence[Column],
    rows: Iterable[Sequence[Cell]],
    *,
    subtitle: str | None = None,
    of: str = "",
) -> Response:
    """The rows as a file to keep; `title` and headers are keys of the catalogue.

    `of` ends the file's name: a code or a name that tells this list from others.
    """
    spoken = [replace(column, header=say(column.header)) for column in columns]
    data = write_sheet(spoken, rows, title=say(title).upper(), subtitle=subtitle)
    return download(data, f"{say(title)} {of}".rstrip() + ".xlsx")
