"""Measures of an official paper: Nghị định 30/2020/NĐ-CP, Phụ lục I.

Both writers take every measure from here, so the two files look alike. The lengths of the
lines under motto, issuer and subject follow from the width of the words: Tinos has the
widths of Times New Roman.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache

from congress_app.formats.blocks import Section, ink
from congress_app.formats.pdf import MM, Face, fit_text, width_of

STATE = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
RECIPIENTS = "Nơi nhận:"

# Points. Phụ lục I, mục II: each within the range the decree gives.
STATE_SIZE, MOTTO_SIZE = 12, 13
ISSUER_SIZE, NUMBER_SIZE, SUBJECT_SIZE = 12, 13, 12
PLACE_SIZE, TITLE_SIZE, BODY_SIZE = 13, 14, 14
AUTHORITY_SIZE, PAGE_NUMBER_SIZE = 14, 13
RECIPIENTS_HEAD_SIZE, RECIPIENTS_SIZE = 12, 11
ANNEX_SIZE = 14
LINE_FACTOR = 1.15  # a single line of Times New Roman
INDENT = 12.7  # mm, first line of a paragraph
HEADER_DISTANCE = 10.0  # mm from the edge to the page number

SHEETS = {"A4": (210.0, 297.0), "A5": (148.0, 210.0)}
LEFT_SHARE = 68 / 165  # of the head: the issuer's half


@dataclass(frozen=True)
class Geometry:
    """A page in millimetres: its sides and its margins."""

    width: float
    height: float
    top: float = 20
    bottom: float = 20
    left: float = 30
    right: float = 15

    @property
    def text_width(self) -> float:
        """The width between the margins."""
        return self.width - self.left - self.right

    @property
    def text_height(self) -> float:
        """The height between the margins."""
        return self.height - self.top - self.bottom


def geometry(section: Section) -> Geometry:
    """The page of a section; a ballot on A5 has narrow margins, all else the decree's."""
    width, height = SHEETS[section.size]
    if section.landscape:
        width, height = height, width
    if section.size == "A5":
        return Geometry(width, height, top=12, bottom=12, left=15, right=12)
    return Geometry(width, height)


@cache
def motto_rule() -> float:
    """The line under the motto is as long as the motto; mm."""
    return width_of(MOTTO, Face.SERIF_BOLD, MOTTO_SIZE) / MM


# One letter for many recipients asks the same of each.
@lru_cache(maxsize=512)
def balanced_lines(text: str, size: float, room: float, *, bold: bool = True) -> tuple[str, ...]:
    """The text on as few lines as the room (mm) allows, none much longer than another."""
    face = Face.SERIF_BOLD if bold else Face.SERIF
    composed = ink(text)
    for count in range(1, 6):
        fitted = fit_text(composed, face, width=room * MM, largest=size, smallest=size, lines=count)
        if " ".join(fitted.lines) == " ".join(composed.split()):
            return fitted.lines
    return (composed,)


def short_rule(text: str, size: float, room: float) -> float:
    """The line under issuer or subject: two fifths of its widest line; mm."""
    lines = balanced_lines(text, size, room)
    widest = max((width_of(line, Face.SERIF_BOLD, size) for line in lines), default=0) / MM
    return max(0.4 * min(widest, room), 8.0)
