"""Badges on paper: A6 one to a page, four on A4 with cut marks, or with bleed for a print shop.

A badge says who, from where and in what capacity, in colour and in words (printers are
often black and white), and carries the QR symbol with its code in figures below. The
words are in Vietnamese with English under them, in every language of the pages.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Literal

from congress_app.badges.face import BadgeFace, BadgePainter, CongressFace
from congress_app.formats.pdf import A4, A6, MM, Pages

__all__ = ["BadgeFace", "CongressFace", "Imposition", "badge_sheet"]

Imposition = Literal["a6", "a4", "bleed"]

BLEED = 3 * MM
_MARK_GAP = 2 * MM
_MARK_LENGTH = 4 * MM
_SLUG = BLEED + _MARK_GAP + _MARK_LENGTH


def badge_sheet(
    badges: Iterable[BadgeFace], *, congress: CongressFace, imposition: Imposition = "a6"
) -> bytes:
    """A PDF of the badges in the order given.

    `a6`: a page of 105 × 148 mm each. `a4`: four to a page, to be cut in half twice.
    `bleed`: a page each with 3 mm of colour beyond the trim, crop marks and page boxes.
    Raises ValueError without any badge or with an unknown category.
    """
    faces = list(badges)
    if not faces:
        raise ValueError("no badges to print")
    if imposition == "a4":
        return _four_up(faces, congress)
    return _singly(faces, congress, with_bleed=imposition == "bleed")


def _singly(faces: list[BadgeFace], congress: CongressFace, *, with_bleed: bool) -> bytes:
    slug = _SLUG if with_bleed else 0.0
    width, height = A6
    pages = Pages((width + 2 * slug, height + 2 * slug), title=f"Thẻ đại biểu – {congress.title}")
    painter = BadgePainter(pages, congress, bleed=BLEED if with_bleed else 0.0)
    for face in faces:
        painter.paint(face, slug, slug)
        if with_bleed:
            _crop_marks(pages, slug)
            trim = (slug, slug, slug + width, slug + height)
            pages.canvas.setTrimBox(trim)
            pages.canvas.setBleedBox(
                (trim[0] - BLEED, trim[1] - BLEED, trim[2] + BLEED, trim[3] + BLEED)
            )
        pages.next_page()
    return pages.bytes()


def _four_up(faces: list[BadgeFace], congress: CongressFace) -> bytes:
    width, height = A6
    pages = Pages(A4, title=f"Thẻ đại biểu – {congress.title}")
    painter = BadgePainter(pages, congress, bleed=0.0)
    # Both rows touch the cut in the middle; half a millimetre stays white at the edges.
    corners = [(column * width, A4[1] / 2 + row * height) for row in (0, -1) for column in (0, 1)]
    for group in _groups(faces, len(corners)):
        for face, (x, y) in zip(group, corners, strict=False):
            painter.paint(face, x, y)
        _cut_marks(pages)
        pages.next_page()
    return pages.bytes()


def _groups(faces: list[BadgeFace], size: int) -> Iterator[list[BadgeFace]]:
    rest = iter(faces)
    while group := list(islice(rest, size)):
        yield group


def _cut_marks(pages: Pages) -> None:
    """Ticks where the two cuts enter and cross; white under black shows on any colour."""
    width, height = A4
    x, y = width / 2, height / 2
    ticks = (
        (x, 0, x, 5 * MM),
        (x, height, x, height - 5 * MM),
        (0, y, 5 * MM, y),
        (width, y, width - 5 * MM, y),
        (x, y - 3 * MM, x, y + 3 * MM),
        (x - 3 * MM, y, x + 3 * MM, y),
    )
    for grey, thickness in ((1.0, 1.2), (0.0, 0.3)):
        pages.canvas.setStrokeGray(grey)
        pages.canvas.setLineWidth(thickness)
        pages.canvas.lines(ticks)


def _crop_marks(pages: Pages, slug: float) -> None:
    """Marks at the four corners of the trim, outside the bleed."""
    pages.canvas.setStrokeGray(0)
    pages.canvas.setLineWidth(0.3)
    width, height = pages.size
    for x in (slug, width - slug):
        pages.canvas.line(x, 0, x, _MARK_LENGTH)
        pages.canvas.line(x, height, x, height - _MARK_LENGTH)
    for y in (slug, height - slug):
        pages.canvas.line(0, y, _MARK_LENGTH, y)
        pages.canvas.line(width, y, width - _MARK_LENGTH, y)
