"""The face of a badge: what stands on it, in which colours, drawn at a place on a page.

From the top: the congress on red under a gold star, the name as large as it fits, the
category as a band of its colour, the QR symbol with its code, the number. The colours
are those of the pages (`static/base.css`).
"""

from __future__ import annotations

from dataclasses import dataclass

from congress_app.badges import token
from congress_app.formats import qr
from congress_app.formats.pdf import A6, MM, Face, Pages, colour_of, fit_text, star
from congress_app.formats.text_fit import Fitted

RED, GOLD, PALE_GOLD = "#A5121A", "#F2C14E", "#F8E8BD"
INK, SOFT_INK, WHITE = "#231F1B", "#4A453F", "#FFFFFF"

# Printed in both languages on every badge, so they are not for the catalogue.
CATEGORY_WORDS = {
    "guest": ("KHÁCH MỜI", "GUEST"),
    "official": ("ĐẠI BIỂU CHÍNH THỨC", "OFFICIAL DELEGATE"),
    "elected": ("ĐẠI BIỂU ĐƯỢC BẦU", "ELECTED DELEGATE"),
    "organiser": ("BAN TỔ CHỨC", "ORGANISER"),
    "press": ("BÁO CHÍ", "PRESS"),
}
_COLOURS = {  # ground, ink: at least 4.5:1 on each other
    "guest": (RED, WHITE),
    "official": ("#1B4D86", WHITE),
    "elected": ("#125C38", WHITE),
    "organiser": (GOLD, INK),
    "press": ("#4A453F", WHITE),
}
_NUMBER_LABEL = "Số đại biểu / Delegate no."

_WIDTH, _HEIGHT = A6
_MARGIN = 6 * MM
_INNER = _WIDTH - 2 * _MARGIN
_HEADER_BOTTOM = 103.4 * MM
_RULE = 1.4 * MM
_BAND_TOP, _BAND_BOTTOM = 66 * MM, 51.2 * MM
_FOOT = 2.2 * MM
_QR_SIZE = 44 * MM  # quiet zone included: 1.5 mm a module with 17 digits
_QR_BOTTOM = 6.4 * MM
_QR_LEFT = 3 * MM
_SIDE_LEFT = 50 * MM
_LEADING = 1.27  # Ễ over Ộ must not touch


@dataclass(frozen=True)
class BadgeFace:
    """What stands on one badge.

    `category` is guest, official, elected, organiser or press; `code` the text of the QR
    symbol. What is None is left out, and the rest moves together. `details` are further
    lines (label, value), for instance ("Ghế / Seat", "A – 12").
    """

    name: str
    category: str
    code: str
    number: str | None = None
    unit: str | None = None
    position: str | None = None
    details: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class CongressFace:
    """What stands on every badge of a congress: who holds it, what it is, where and when."""

    host: str
    title: str
    subtitle: str | None = None
    place_and_date: str | None = None


class BadgePainter:
    """Draws badges onto pages; what a category's badges share is kept in the file once."""

    def __init__(self, pages: Pages, congress: CongressFace, *, bleed: float) -> None:
        self._pages = pages
        self._congress = congress
        self._bleed = bleed
        self._grounds: set[str] = set()

    def paint(self, badge: BadgeFace, x: float, y: float) -> None:
        """Draw the badge with the lower left corner of its trim at (x, y).

        Raises ValueError for a category without words and colours.
        """
        if badge.category not in CATEGORY_WORDS:
            raise ValueError(f"no such category: {badge.category}")
        canvas = self._pages.canvas
        ground = f"ground-{badge.category}"
        if ground not in self._grounds:
            self._make_ground(ground, badge.category)
            self._grounds.add(ground)
        canvas.saveState()
        canvas.translate(x, y)
        canvas.doForm(ground)
        self._paint_person(badge)
        self._paint_proof(badge)
        canvas.restoreState()

    def _make_ground(self, name: str, category: str) -> None:
        bleed = self._bleed
        self._pages.canvas.beginForm(name, -bleed, -bleed, _WIDTH + bleed, _HEIGHT + bleed)
        self._area(_HEADER_BOTTOM, _HEIGHT + bleed, RED)
        self._area(_HEADER_BOTTOM - _RULE, _HEADER_BOTTOM, GOLD)
        self._paint_head()
        ground, ink = _COLOURS[category]
        self._area(_BAND_BOTTOM, _BAND_TOP, ground)
        self._area(-bleed, _FOOT, ground)
        words, english = CATEGORY_WORDS[category]
        fitted = fit_text(words, Face.BOLD, width=_INNER, largest=20.5, smallest=10)
        centre = _WIDTH / 2
        self._pages.text(
            centre,
            _BAND_BOTTOM + 6.5 * MM,
            words,
            Face.BOLD,
            fitted.size,
            colour=ink,
            align="centre",
        )
        self._pages.text(
            centre, _BAND_BOTTOM + 1.9 * MM, english, Face.MEDIUM, 7.5, colour=ink, align="centre"
        )
        self._pages.canvas.endForm()

    def _area(self, bottom: float, top: float, colour: str) -> None:
        """A stripe over the whole width and its bleed."""
        canvas = self._pages.canvas
        canvas.setFillColor(colour_of(colour))
        width = _WIDTH + 2 * self._bleed
        canvas.rect(-self._bleed, bottom, width, top - bottom, stroke=0, fill=1)

    def _paint_head(self) -> None:
        canvas = self._pages.canvas
        # Where a lanyard's slot is punched.
        canvas.setStrokeColor(colour_of(PALE_GOLD))
        canvas.setLineWidth(0.5)
        canvas.setDash(1.5, 1.5)
        slot_width, slot_height = 14 * MM, 3.2 * MM
        canvas.roundRect(
            (_WIDTH - slot_width) / 2, _HEIGHT - 7 * MM, slot_width, slot_height, slot_height / 2
        )
        canvas.setDash()
        star(canvas, _WIDTH / 2, _HEIGHT - 13.6 * MM, 4.6 * MM, GOLD)
        self._paint_congress(_HEIGHT - 19.4 * MM, _HEADER_BOTTOM + 2 * MM)

    def _paint_congress(self, top: float, bottom: float) -> None:
        """Host, title, subtitle, place and date; the title takes the room the others leave."""
        congress = self._congress
        small = [
            (
                fit_text(text or "", face, width=_INNER, largest=size, smallest=6.5, lines=2),
                face,
                ink,
            )
            for text, face, size, ink in (
                (congress.host.upper(), Face.SEMIBOLD, 9.5, WHITE),
                (congress.subtitle, Face.MEDIUM, 9.5, WHITE),
                (congress.place_and_date, Face.REGULAR, 8.5, PALE_GOLD),
            )
        ]
        gap = 1.1 * MM
        taken = sum(_height(fitted) + (gap if fitted.lines else 0) for fitted, _, _ in small)
        title = _tallest(congress.title.upper(), 21, 8, top - bottom - taken)
        y = top - (top - bottom - taken - _height(title)) / 2
        for fitted, face, ink in (small[0], (title, Face.BOLD, WHITE), *small[1:]):
            y = self._pages.block(_WIDTH / 2, y, fitted, face, colour=ink, leading=_LEADING)
            y -= gap if fitted.lines else 0

    def _paint_person(self, badge: BadgeFace) -> None:
        """Name, position and unit, together in the middle of the white field."""
        top, bottom = _HEADER_BOTTOM - _RULE - 1.8 * MM, _BAND_TOP + 1.8 * MM
        below = [
            (fit_text(text, face, width=_INNER, largest=11, smallest=8, lines=2), face, ink)
            for text, face, ink in (
                (badge.position, Face.SEMIBOLD, INK),
                (badge.unit, Face.MEDIUM, SOFT_INK),
            )
            if text
        ]
        gap = 1.5 * MM if below else 0.0
        taken = sum(_height(fitted) for fitted, _, _ in below) + gap
        name = _tallest(badge.name.upper(), 31, 10, top - bottom - taken)
        y = top - (top - bottom - taken - _height(name)) / 2
        y = self._pages.block(_WIDTH / 2, y, name, Face.BOLD, colour=INK, leading=_LEADING) - gap
        for fitted, face, ink in below:
            y = self._pages.block(_WIDTH / 2, y, fitted, face, colour=ink, leading=_LEADING)

    def _paint_proof(self, badge: BadgeFace) -> None:
        """The QR symbol with its code in figures, the number and further lines beside it."""
        rows = [(_NUMBER_LABEL, badge.number)] if badge.number else []
        rows += badge.details
        left = _QR_LEFT if rows else (_WIDTH - _QR_SIZE) / 2
        qr.draw(self._pages.canvas, badge.code, left, _QR_BOTTOM, _QR_SIZE)
        self._pages.text(
            left + _QR_SIZE / 2,
            _QR_BOTTOM - 2.5 * MM,
            token.grouped(badge.code),
            Face.MEDIUM,
            8.5,
            colour=SOFT_INK,
            align="centre",
        )
        self._paint_rows(rows)

    def _paint_rows(self, rows: list[tuple[str, str]]) -> None:
        """Labels over values, the first value largest, centred beside the symbol."""
        width = _WIDTH - _MARGIN - _SIDE_LEFT
        fitted = [
            (
                fit_text(label, Face.REGULAR, width=width, largest=8, smallest=6),
                fit_text(
                    value, Face.BOLD, width=width, largest=16 if place else 27, smallest=8, lines=2
                ),
            )
            for place, (label, value) in enumerate(rows)
        ]
        gap = 2.2 * MM
        total = sum(_height(label) + _height(value) for label, value in fitted)
        total += gap * (len(rows) - 1)
        y = _QR_BOTTOM + (_QR_SIZE + total) / 2
        for label, value in fitted:
            for part, face, ink in ((label, Face.REGULAR, SOFT_INK), (value, Face.BOLD, INK)):
                y = self._pages.block(
                    _SIDE_LEFT, y, part, face, colour=ink, align="left", leading=_LEADING
                )
            y -= gap


def _tallest(text: str, largest: float, smallest: float, height: float) -> Fitted:
    """The text in bold on up to three lines, as large as the height allows."""
    return fit_text(
        text,
        Face.BOLD,
        width=_INNER,
        largest=largest,
        smallest=smallest,
        lines=3,
        height=height,
        leading=_LEADING,
    )


def _height(fitted: Fitted) -> float:
    return len(fitted.lines) * fitted.size * _LEADING
