"""Numbered paper sheets for a door without any device: A4, one header a sheet, a row a person."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from congress_app.formats.pdf import A4, MM, Face, Pages, fit_text
from congress_app.kernel import clock

ROWS_A_SHEET = 22

_LEFT, _RIGHT = 15 * MM, A4[0] - 12 * MM
_TOP = A4[1] - 12 * MM
_ROW = 9.6 * MM
_HEAD = 8 * MM
_TABLE_TOP = A4[1] - 50 * MM
_INK, _SOFT, _LINE, _FILL = "#1d1a16", "#4c463d", "#8a8378", "#f3ead9"
# Left edges of the columns: row, number, name, unit and position, time, signature.
_EDGES = (*(_LEFT + width * MM for width in (0, 12, 26, 78, 128, 148)), _RIGHT)
_HEADS = ("Dòng", "Số ĐB", "Họ và tên", "Chức vụ, đơn vị", "Giờ vào", "Ký tên")


@dataclass(frozen=True)
class PrintedRow:
    """One person on a sheet."""

    row: int
    number: int | None
    name: str
    position: str | None
    unit: str | None


@dataclass(frozen=True)
class PrintedSheet:
    """One sheet: what it lists, where it lies, and of which session."""

    number: int
    title: str
    gate: str
    session: str
    starts_at: datetime
    printed_at: datetime
    rows: tuple[PrintedRow, ...]


def paper_sheets(
    congress: str,
    sheets: Sequence[PrintedSheet],
    tell: Callable[[int, int], None] = lambda done, total: None,
) -> bytes:
    """The PDF of the sheets, a page each; Vietnamese in every language of the pages.

    Raises ValueError without any sheet or with one that holds too many rows.
    """
    if not sheets or any(len(sheet.rows) > ROWS_A_SHEET for sheet in sheets):
        raise ValueError("sheets of 1 to 22 rows are needed")
    pages = Pages(A4, title=f"Danh sách điểm danh – {congress}")
    for place, sheet in enumerate(sheets, start=1):
        tell(place, len(sheets))
        _head(pages, congress, sheet)
        _table(pages, sheet)
        _foot(pages, sheet, len(sheets), sheets[0].number)
        pages.next_page()
    return pages.bytes()


def _head(pages: Pages, congress: str, sheet: PrintedSheet) -> None:
    box = 42 * MM
    fitted = fit_text(
        congress,
        Face.SEMIBOLD,
        width=_RIGHT - _LEFT - box - 4 * MM,
        largest=11,
        smallest=8,
        lines=2,
    )
    under = pages.block(_LEFT, _TOP, fitted, Face.SEMIBOLD, colour=_INK, align="left")
    pages.text(_LEFT, under - 6 * MM, "DANH SÁCH ĐIỂM DANH", Face.BOLD, 15, colour=_INK)
    starts = clock.at_venue(sheet.starts_at).strftime("%H:%M ngày %d/%m/%Y")
    told = fit_text(
        f"{sheet.session}, {starts}", Face.REGULAR, width=120 * MM, largest=10, smallest=7
    )
    pages.block(_LEFT, under - 8 * MM, told, Face.REGULAR, colour=_INK, align="left")
    title = fit_text(sheet.title, Face.MEDIUM, width=120 * MM, largest=10, smallest=7)
    pages.block(_LEFT, under - 13 * MM, title, Face.MEDIUM, colour=_INK, align="left")
    left, top = _RIGHT - box, _TOP
    pages.canvas.setStrokeColor(_INK)
    pages.canvas.setLineWidth(1.4)
    pages.canvas.rect(left, top - 26 * MM, box, 26 * MM)
    centre = left + box / 2
    pages.text(centre, top - 6 * MM, "TỜ SỐ", Face.SEMIBOLD, 10, colour=_SOFT, align="centre")
    pages.text(centre, top - 17 * MM, str(sheet.number), Face.BOLD, 30, colour=_INK, align="centre")
    gate = fit_text(sheet.gate, Face.SEMIBOLD, width=box - 4 * MM, largest=11, smallest=7)
    pages.block(centre, top - 19.5 * MM, gate, Face.SEMIBOLD, colour=_INK)


def _table(pages: Pages, sheet: PrintedSheet) -> None:
    canvas = pages.canvas
    canvas.setFillColor(_FILL)
    canvas.rect(_LEFT, _TABLE_TOP - _HEAD, _RIGHT - _LEFT, _HEAD, stroke=0, fill=1)
    for left, right, head in zip(_EDGES, _EDGES[1:], _HEADS, strict=False):
        middle = (left + right) / 2
        pages.text(
            middle, _TABLE_TOP - 5.4 * MM, head, Face.SEMIBOLD, 9, colour=_INK, align="centre"
        )
    for place, row in enumerate(sheet.rows):
        _row(pages, row, _TABLE_TOP - _HEAD - place * _ROW)
    bottom = _TABLE_TOP - _HEAD - len(sheet.rows) * _ROW
    canvas.setStrokeColor(_LINE)
    canvas.setLineWidth(0.6)
    for place in range(len(sheet.rows) + 1):
        y = _TABLE_TOP - _HEAD - place * _ROW
        canvas.line(_LEFT, y, _RIGHT, y)
    canvas.line(_LEFT, _TABLE_TOP, _RIGHT, _TABLE_TOP)
    for x in _EDGES:
        canvas.line(x, _TABLE_TOP, x, bottom)


def _row(pages: Pages, row: PrintedRow, top: float) -> None:
    base = top - 6.4 * MM
    pages.text((_EDGES[0] + _EDGES[1]) / 2, base, str(row.row), Face.BOLD, 12, align="centre")
    number = f"{row.number:04d}" if row.number else "–"
    pages.text((_EDGES[1] + _EDGES[2]) / 2, base, number, Face.REGULAR, 9.5, align="centre")
    _cell(pages, row.name, Face.SEMIBOLD, 2, top, 10.5)
    where = ", ".join(part for part in (row.position, row.unit) if part)
    _cell(pages, where, Face.REGULAR, 3, top, 8.5)


def _cell(pages: Pages, text: str, face: Face, column: int, top: float, largest: float) -> None:
    left, right = _EDGES[column] + 1.5 * MM, _EDGES[column + 1] - 1 * MM
    fitted = fit_text(
        text,
        face,
        width=right - left,
        largest=largest,
        smallest=6.5,
        lines=2,
        height=_ROW - 1.2 * MM,
        leading=1.2,
    )
    used = len(fitted.lines) * fitted.size * 1.2
    pages.block(left, top - (_ROW - used) / 2, fitted, face, colour=_INK, align="left", leading=1.2)


def _foot(pages: Pages, sheet: PrintedSheet, count: int, first: int) -> None:
    y = 15 * MM
    last = len(sheet.rows)
    pages.text(
        _LEFT,
        y + 5 * MM,
        "Mỗi người ký đúng dòng mang tên mình và ghi giờ vào. Người điểm danh ký:",
        Face.REGULAR,
        8.5,
        colour=_SOFT,
    )
    pages.canvas.setStrokeColor(_LINE)
    pages.canvas.line(_LEFT + 111 * MM, y + 4 * MM, _RIGHT, y + 4 * MM)
    pages.text(
        _LEFT,
        y,
        f"Nhập lại vào máy: tờ {sheet.number}: 1-{last} lúc 7:45 (bỏ các dòng không ký)",
        Face.REGULAR,
        8.5,
        colour=_SOFT,
    )
    made = clock.at_venue(sheet.printed_at).strftime("in lúc %H:%M %d/%m/%Y")
    place = f"Tờ {sheet.number - first + 1}/{count} của lần in này, {made}"
    pages.text(_RIGHT, y, place, Face.REGULAR, 8.5, colour=_SOFT, align="right")
