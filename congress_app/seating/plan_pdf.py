"""The plan of the halls on paper: the drawing with its legend, then the list by row.

Vietnamese in every language of the pages: it hangs at the door.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from congress_app.formats.pdf import A4, MM, Face, Pages, fit_text
from congress_app.seating.blocks import BLOCK_LABELS
from congress_app.seating.plan import HallPlan, PlanSeat

PAPERS: dict[str, tuple[float, float]] = {
    "a4": (A4[1], A4[0]),
    "a3": (420 * MM, 297 * MM),
}
FILLS: dict[str, str] = {
    "guests": "#f6dddb",
    "presidium": "#f8e8bd",
    "secretariat": "#c8e6d4",
    "credentials": "#d9e8b8",
    "tellers": "#e3d6f0",
    "delegation-0": "#cddff3",
    "delegation-1": "#ffffff",
    "delegation-2": "#e3dfd9",
    "left": "#ffffff",
    "free": "#ffffff",
    "blocked": "#8b847b",
}
_INK, _SOFT, _LINE = "#1d1a16", "#4c463d", "#8a8378"
_MARGIN, _HEAD, _FOOT = 12 * MM, 26 * MM, 20 * MM
# Rows of the list on one page and columns of it side by side.
_LIST_ROW = 6.2 * MM
_LIST_COLUMNS = 2


def plan_pdf(
    congress: str,
    plans: Sequence[HallPlan],
    paper: str,
    tell: Callable[[int, int], None] = lambda done, total: None,
) -> bytes:
    """The PDF of all halls; `paper` is "a4" or "a3", both lying."""
    pages = Pages(PAPERS[paper], title=f"Sơ đồ chỗ ngồi – {congress}")
    for place, plan in enumerate(plans, start=1):
        tell(place, len(plans))
        _draw(pages, congress, plan)
        _list(pages, congress, plan)
    return pages.bytes()


def _head(pages: Pages, congress: str, title: str) -> None:
    width, height = pages.size
    fitted = fit_text(
        congress, Face.MEDIUM, width=width - 2 * _MARGIN, largest=11, smallest=7, lines=1
    )
    under = pages.block(width / 2, height - _MARGIN + 2 * MM, fitted, Face.MEDIUM, colour=_SOFT)
    fitted = fit_text(title, Face.BOLD, width=width - 2 * _MARGIN, largest=16, smallest=10)
    pages.block(width / 2, under - 1.5 * MM, fitted, Face.BOLD, colour=_INK)


def _draw(pages: Pages, congress: str, plan: HallPlan) -> None:
    """One page: the stage on top, the seats below it, the legend under them."""
    _head(pages, congress, f"SƠ ĐỒ CHỖ NGỒI – {plan.name}")
    width, height = pages.size
    top, stage = height - _HEAD, 8 * MM
    names = 20 * MM
    room_x, room_y = width - 2 * _MARGIN - 2 * names, top - stage - 4 * MM - _FOOT
    step_x = min(room_x / plan.columns, width / 18)
    step_y = min(room_y / plan.depth, step_x * 0.95)
    left = (width - step_x * plan.columns) / 2
    _stage(pages, width / 2, top, min(width / 2, step_x * plan.columns), stage)
    start = top - stage - 4 * MM
    for row, seats in plan.rows:
        y = start - (seats[0].y + 1) * step_y
        _row_name(pages, row, left - 3 * MM, y + step_y / 2, names)
        for seat in seats:
            _seat(pages, seat, left + seat.x * step_x, y, step_x, step_y)
    _legend(pages, plan)
    pages.next_page()


def _stage(pages: Pages, centre: float, top: float, width: float, height: float) -> None:
    canvas = pages.canvas
    canvas.setFillColor("#a5121a")
    canvas.roundRect(centre - width / 2, top - height, width, height, 2 * MM, stroke=0, fill=1)
    middle = top - height / 2 - 4
    pages.text(centre, middle, "SÂN KHẤU", Face.BOLD, 11, colour="#ffffff", align="centre")


def _row_name(pages: Pages, row: str, right: float, y: float, room: float) -> None:
    fitted = fit_text(row, Face.SEMIBOLD, width=room, largest=10, smallest=5)
    size = fitted.size
    pages.text(right, y - size / 3, row, Face.SEMIBOLD, size, colour=_INK, align="right")


def _seat(pages: Pages, seat: PlanSeat, x: float, y: float, step_x: float, step_y: float) -> None:
    canvas = pages.canvas
    gap = min(step_x, step_y) * 0.08
    canvas.setFillColor(FILLS[seat.tone])
    canvas.setStrokeColor(_LINE)
    canvas.setLineWidth(0.5)
    width, height = step_x - 2 * gap, step_y - 2 * gap
    is_free = seat.sitter is None and not seat.is_blocked
    canvas.setDash([2, 2] if is_free else [])
    canvas.roundRect(x + gap, y + gap, width, height, gap, stroke=1, fill=1)
    canvas.setDash([])
    size = min(width / 2.8, height / 2.5, 12)
    middle = x + step_x / 2
    ink = "#ffffff" if seat.is_blocked else _INK
    upper, lower = y + gap + height * 0.58, y + gap + height * 0.16
    pages.text(middle, upper, str(seat.seat), Face.REGULAR, size, colour=ink, align="centre")
    if seat.mark:
        pages.text(middle, lower, seat.mark, Face.BOLD, size, colour=ink, align="centre")


def _legend(pages: Pages, plan: HallPlan) -> None:
    entries = [
        *((tone, f"{words}: {count}") for tone, words, count in plan.legend()),
        *([("free", f"Ghế trống: {plan.free}")] if plan.free else []),
        *([("blocked", f"Ghế khóa: {plan.blocked}")] if plan.blocked else []),
    ]
    room = (pages.size[0] - 2 * _MARGIN) / 4
    for place, (tone, words) in enumerate(entries):
        x, y = _MARGIN + place % 4 * room, _MARGIN - 3 * MM + (1 - place // 4) * 5.5 * MM
        pages.canvas.setFillColor(FILLS[tone])
        pages.canvas.setStrokeColor(_LINE)
        pages.canvas.rect(x, y, 4 * MM, 4 * MM, stroke=1, fill=1)
        fitted = fit_text(words, Face.REGULAR, width=room - 8 * MM, largest=9, smallest=6)
        pages.text(x + 5.5 * MM, y + 1 * MM, words, Face.REGULAR, fitted.size, colour=_INK)


def _list(pages: Pages, congress: str, plan: HallPlan) -> None:
    """The list by row, as many pages as it takes."""
    taken = [seat for seat in plan.seats if seat.sitter is not None]
    rows = int((pages.size[1] - _HEAD - _MARGIN - 8 * MM) // _LIST_ROW)
    for listed in _batches(taken, rows * _LIST_COLUMNS):
        _head(pages, congress, f"DANH SÁCH CHỖ NGỒI – {plan.name}")
        room = (pages.size[0] - 2 * _MARGIN - 6 * MM) / _LIST_COLUMNS
        for column, part in enumerate(_batches(listed, rows)):
            _list_column(pages, part, _MARGIN + column * (room + 6 * MM), room)
        pages.next_page()


def _list_column(pages: Pages, seats: Sequence[PlanSeat], left: float, room: float) -> None:
    top = pages.size[1] - _HEAD
    edges = (0.0, room * 0.12, room * 0.4, room * 0.7, room)
    canvas = pages.canvas
    canvas.setFillColor("#f3ead9")
    canvas.rect(left, top - 6 * MM, room, 6 * MM, stroke=0, fill=1)
    heads = ("Ghế", "Họ và tên", "Đoàn, đơn vị", "Khối")
    for edge, head in zip(edges, heads, strict=False):
        pages.text(left + edge + MM, top - 4.2 * MM, head, Face.SEMIBOLD, 8.5, colour=_INK)
    canvas.setStrokeColor(_LINE)
    canvas.setLineWidth(0.4)
    for place, seat in enumerate(seats):
        base = top - 6 * MM - (place + 1) * _LIST_ROW
        canvas.line(left, base, left + room, base)
        for number, (text, face) in enumerate(_cells(seat)):
            width = edges[number + 1] - edges[number] - 2 * MM
            fitted = fit_text(text, face, width=width, largest=9, smallest=6.5)
            line = fitted.lines[0] if fitted.lines else ""
            x, y = left + edges[number] + MM, base + 2 * MM
            pages.text(x, y, line, face, fitted.size, colour=_INK)


def _cells(seat: PlanSeat) -> tuple[tuple[str, Face], ...]:
    sitter = seat.sitter
    if sitter is None:
        return ()
    words = "Không còn dự" if sitter.has_left else BLOCK_LABELS[sitter.block]
    return (
        (seat.label, Face.BOLD),
        (sitter.name, Face.SEMIBOLD),
        (sitter.group or sitter.unit, Face.REGULAR),
        (words, Face.REGULAR),
    )


def _batches(seats: Sequence[PlanSeat], size: int) -> Iterator[Sequence[PlanSeat]]:
    return (seats[start : start + size] for start in range(0, len(seats), size))
