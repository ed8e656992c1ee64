"""Badges on paper: one to a page, many on A4 with cut marks, or with bleed for a print shop.

A badge says who, from where and in what capacity, in colour and in words (printers are
often black and white), and carries the QR symbol with its code in figures below. The
words are in Vietnamese with English under them, in every language of the pages.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from congress_app.badges.back import Back
from congress_app.badges.content import BadgeFace, CongressFace
from congress_app.badges.design import Design
from congress_app.badges.face import BadgePainter
from congress_app.formats.pdf import A4, MM, Pages

__all__ = ["BadgeFace", "CongressFace", "Imposition", "badge_sheet", "per_sheet"]

# "a6" is one to a page in the badge's own size: the name dates from when there was one.
Imposition = Literal["a6", "a4", "bleed"]

BLEED = 3 * MM
_MARK_GAP = 2 * MM
_MARK_LENGTH = 4 * MM
_SLUG = BLEED + _MARK_GAP + _MARK_LENGTH
_TICK = 5 * MM
# Rounding: two badges of 105 mm are one sheet of 210 mm.
_HAIR = 0.01


@dataclass(frozen=True)
class Grid:
    """Badges on an A4 sheet, edge to edge in the middle: cuts go through at once."""

    page: tuple[float, float]
    columns: int
    rows: int
    width: float
    height: float

    @property
    def size(self) -> int:
        """How many badges a sheet takes."""
        return self.columns * self.rows

    @property
    def left(self) -> float:
        """The left edge of the first column."""
        return (self.page[0] - self.columns * self.width) / 2

    @property
    def bottom(self) -> float:
        """The lower edge of the last row."""
        return (self.page[1] - self.rows * self.height) / 2

    def corner(self, place: int, *, mirrored: bool = False) -> tuple[float, float]:
        """The lower left corner of a place in reading order.

        Mirrored columns are for the other side of a sheet turned over its left edge.
        """
        row, column = divmod(place, self.columns)
        if mirrored:
            column = self.columns - 1 - column
        below = self.rows - 1 - row
        return self.left + column * self.width, self.bottom + below * self.height


def grid_of(design: Design) -> Grid:
    """The A4 sheet, upright or broad, that takes more badges; upright when both take as many."""
    width, height = (side * MM for side in design.millimetres)
    grids = [
        Grid(
            page,
            max(1, int(page[0] / width + _HAIR)),
            max(1, int(page[1] / height + _HAIR)),
            width,
            height,
        )
        for page in (A4, (A4[1], A4[0]))
        if width <= page[0] + 1 and height <= page[1] + 1
    ]
    return max(grids, key=lambda grid: grid.size)


def per_sheet(design: Design) -> int:
    """How many badges of the design an A4 sheet takes."""
    return grid_of(design).size


def badge_sheet(
    badges: Iterable[BadgeFace],
    *,
    congress: CongressFace,
    imposition: Imposition = "a6",
    design: Design | None = None,
    logo: bytes | None = None,
    back: Back | None = None,
    tell: Callable[[int, int], None] = lambda done, total: None,
) -> bytes:
    """A PDF of the badges in the order given.

    `a6`: a page each in the badge's size. `a4`: as many to a sheet as it takes, with cut
    marks. `bleed`: a page each with 3 mm of colour beyond the trim, crop marks and page
    boxes. With a `back` every page is followed by its other side, to be turned over the
    left edge. `tell` hears how many of how many are painted. Raises ValueError without any
    badge or with an unknown category.
    """
    faces = list(badges)
    if not faces:
        raise ValueError("no badges to print")
    chosen = design or Design()
    slug = _SLUG if imposition == "bleed" else 0.0
    grid = grid_of(chosen)
    size = grid.page if imposition == "a4" else (grid.width + 2 * slug, grid.height + 2 * slug)
    pages = Pages(size, title=f"Thẻ đại biểu – {congress.title}")
    painter = BadgePainter(
        pages, congress, bleed=BLEED if slug else 0.0, design=chosen, logo=logo, back=back
    )
    if imposition == "a4":
        _many_up(pages, painter, faces, grid, tell, two_sided=back is not None)
    else:
        _singly(pages, painter, faces, slug, tell, two_sided=back is not None)
    return pages.bytes()


def _singly(
    pages: Pages,
    painter: BadgePainter,
    faces: list[BadgeFace],
    slug: float,
    tell: Callable[[int, int], None],
    *,
    two_sided: bool,
) -> None:
    sides = [painter.paint, painter.paint_back] if two_sided else [painter.paint]
    for done, face in enumerate(faces):
        tell(done, len(faces))
        for paint in sides:
            paint(face, slug, slug)
            if slug:
                _crop_marks(pages, slug)
                _page_boxes(pages, slug)
            pages.next_page()


def _many_up(
    pages: Pages,
    painter: BadgePainter,
    faces: list[BadgeFace],
    grid: Grid,
    tell: Callable[[int, int], None],
    *,
    two_sided: bool,
) -> None:
    for number, group in enumerate(_groups(faces, grid.size)):
        tell(number * grid.size, len(faces))
        for place, face in enumerate(group):
            painter.paint(face, *grid.corner(place))
        _cut_marks(pages, grid)
        pages.next_page()
        if two_sided:
            for place, face in enumerate(group):
                painter.paint_back(face, *grid.corner(place, mirrored=True))
            pages.next_page()


def _groups(faces: list[BadgeFace], size: int) -> Iterator[list[BadgeFace]]:
    rest = iter(faces)
    while group := list(islice(rest, size)):
        yield group


def _cut_marks(pages: Pages, grid: Grid) -> None:
    """Ticks where the cuts enter and cross; white under black shows on any colour."""
    width, height = grid.page
    across = [grid.left + n * grid.width for n in range(grid.columns + 1)]
    along = [grid.bottom + n * grid.height for n in range(grid.rows + 1)]
    # A margin holds the whole tick; where there is none, it must reach onto the badge.
    above = grid.bottom - 0.5 * MM if grid.bottom >= 2 * MM else _TICK
    beside = grid.left - 0.5 * MM if grid.left >= 2 * MM else _TICK
    ticks = []
    for x in across:
        if 1 * MM < x < width - 1 * MM:
            ticks += [(x, 0, x, above), (x, height, x, height - above)]
    for y in along:
        if 1 * MM < y < height - 1 * MM:
            ticks += [(0, y, beside, y), (width, y, width - beside, y)]
    for x in across[1:-1]:
        for y in along[1:-1]:
            ticks += [(x, y - 3 * MM, x, y + 3 * MM), (x - 3 * MM, y, x + 3 * MM, y)]
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


def _page_boxes(pages: Pages, slug: float) -> None:
    width, height = pages.size
    trim = (slug, slug, width - slug, height - slug)
    pages.canvas.setTrimBox(trim)
    pages.canvas.setBleedBox((trim[0] - BLEED, trim[1] - BLEED, trim[2] + BLEED, trim[3] + BLEED))
