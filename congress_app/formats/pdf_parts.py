"""Text, lines and endings of papers as flowables of reportlab, set in Tinos."""

from __future__ import annotations

from functools import cache
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY, TA_LEFT, TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable
from reportlab.platypus import Paragraph as Flowing

from congress_app.formats import paper_form
from congress_app.formats.blocks import Runs, ink
from congress_app.formats.pdf import MM, Face

_ALIGN = {"left": TA_LEFT, "centre": TA_CENTER, "right": TA_RIGHT, "justify": TA_JUSTIFY}
_FACES = {
    (False, False): Face.SERIF,
    (True, False): Face.SERIF_BOLD,
    (False, True): Face.SERIF_ITALIC,
    (True, True): Face.SERIF_BOLD_ITALIC,
}
BARE = [
    ("LEFTPADDING", (0, 0), (-1, -1), 0),
    ("RIGHTPADDING", (0, 0), (-1, -1), 0),
    ("TOPPADDING", (0, 0), (-1, -1), 0),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 0),
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
]
PADDING = 1.2 * MM


@cache
def _style(align: str, size: float, before: float, first: float, keep: bool) -> ParagraphStyle:
    return ParagraphStyle(
        f"{align}-{size}-{before}-{first}-{keep}",
        fontName=Face.SERIF.value,
        fontSize=size,
        leading=size * paper_form.LINE_FACTOR,
        alignment=_ALIGN[align],
        spaceBefore=before,
        firstLineIndent=first * MM,
        keepWithNext=keep,
        allowWidows=0,
        allowOrphans=0,
        splitLongWords=1,
    )


def text(
    given: Runs,
    *,
    align: str = "centre",
    size: float = paper_form.BODY_SIZE,
    before: float = 0,
    first: float = 0,
    keep: bool = False,
) -> Flowing:
    """Stretches of text as one paragraph; sizes in points, `first` in millimetres."""
    markup = "".join(
        f'<font name="{_FACES[run.bold, run.italic].value}">{escape(ink(run.text))}</font>'
        for run in given
    )
    return Flowing(markup, _style(align, size, before, first, keep))


class Rule(Flowable):  # type: ignore[misc]
    """A line of its own length in the middle of whatever room it is given, cell or page."""

    def __init__(self, length: float, *, keep: bool = False) -> None:
        super().__init__()
        self.length = length * MM
        self.keepWithNext = keep

    def wrap(self, room: float, _height: float) -> tuple[float, float]:
        """As wide as the room; the gap above clears the dot below an Ạ."""
        self.width, self.height = room, 5.5
        return self.width, self.height

    def draw(self) -> None:
        """The line."""
        start = (self.width - self.length) / 2
        self.canv.setLineWidth(0.75)
        self.canv.line(start, 2.2, start + self.length, 2.2)


class Ending(Flowable):  # type: ignore[misc]
    """A signature with the last words, or the last rows, above it: never alone on a page."""

    GAP = 12
    # So much of a long last paragraph stays with the signature.
    KEPT = 60 * MM

    def __init__(self, words: list[Any], grid: Any, signed: Any) -> None:
        super().__init__()
        self.words, self.grid, self.signed = words, grid, signed

    def _parts(self) -> list[Any]:
        return [*self.words, *([self.grid] if self.grid else []), self.signed]

    def wrap(self, room: float, height: float) -> tuple[float, float]:
        """As high as all parts together."""
        self._heights = [
            part.wrap(room, height)[1] + part.getSpaceBefore() for part in self._parts()
        ]
        return room, sum(self._heights) + self.GAP

    def split(self, room: float, height: float) -> list[Any]:
        """Rows may go ahead, but two of them stay with the signature; words never go alone."""
        if self.wrap(room, height)[1] <= height:
            return [self]
        if self.grid is None:
            return self._parted(room, height)
        rows = self.grid._rowHeights
        ahead = sum(rows[:-2]) + 0.1 if len(rows) > 3 + self.grid.repeatRows else 0.0
        parts = self.grid.split(room, min(height, ahead)) if ahead else []
        if len(parts) == 2:
            return [parts[0], Ending([], parts[1], self.signed)]
        return []

    def _parted(self, room: float, height: float) -> list[Any]:
        """Words no page may hold together with the signature go ahead but for their end."""
        *first, last = self.words or [None]
        if last is None or self._heights[len(first)] <= 2 * self.KEPT:
            return []
        free = height - sum(self._heights[: len(first)]) - last.getSpaceBefore()
        ahead = min(free, self._heights[len(first)] - self.KEPT)
        parts = last.split(room, ahead) if ahead > 0 else []
        if len(parts) == 2:
            return [*first, parts[0], Ending([parts[1]], None, self.signed)]
        return []

    def draw(self) -> None:
        """All parts from top to bottom."""
        y = sum(self._heights) + self.GAP
        for part, height in zip(self._parts(), self._heights, strict=True):
            if part is self.signed:
                y -= self.GAP
            y -= height
            part.drawOn(self.canv, 0, y)
