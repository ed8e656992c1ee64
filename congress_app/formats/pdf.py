"""PDF pages: our fonts, composed Vietnamese, the same bytes for the same content.

Two families are bundled: Be Vietnam Pro for badges and signs, Tinos (the measures of
Times New Roman) for papers. Text is composed (NFC) here at the border: decomposed marks
land beside their letters with every font.
"""

from __future__ import annotations

import io
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Literal

from reportlab.lib.colors import Color, HexColor
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from congress_app.formats.text_fit import Fitted, fit
from congress_app.kernel.vietnamese import nfc

MM = 72 / 25.4
A4 = (210 * MM, 297 * MM)
A6 = (105 * MM, 148 * MM)

Align = Literal["left", "centre", "right"]
_FONTS = Path(__file__).parent / "fonts"


class Face(Enum):
    """The bundled faces, by the name of their file."""

    REGULAR = "BeVietnamPro-Regular"
    MEDIUM = "BeVietnamPro-Medium"
    SEMIBOLD = "BeVietnamPro-SemiBold"
    BOLD = "BeVietnamPro-Bold"
    SERIF = "Tinos-Regular"
    SERIF_BOLD = "Tinos-Bold"
    SERIF_ITALIC = "Tinos-Italic"
    SERIF_BOLD_ITALIC = "Tinos-BoldItalic"


# Be Vietnam Pro lacks some letters of minority languages (ŏ, ĭ, ƀ); Tinos has them.
_STAND_IN = {
    Face.REGULAR: Face.SERIF,
    Face.MEDIUM: Face.SERIF,
    Face.SEMIBOLD: Face.SERIF_BOLD,
    Face.BOLD: Face.SERIF_BOLD,
}


@cache
def loaded(face: Face) -> TTFont:
    """The face, registered with reportlab when it is first needed (a tenth of a second)."""
    font = TTFont(face.value, str(_FONTS / f"{face.value}.ttf"))
    pdfmetrics.registerFont(font)
    return font


def face_for(text: str, face: Face) -> Face:
    """The face itself, or its stand-in when it lacks a letter of the text that one has."""
    stand_in = _STAND_IN.get(face)
    if stand_in is None or text.isascii():
        return face
    known = loaded(face).face.charToGlyph
    lacking = [letter for letter in text if ord(letter) not in known]
    if lacking and all(ord(letter) in loaded(stand_in).face.charToGlyph for letter in lacking):
        return stand_in
    return face


def width_of(text: str, face: Face, size: float) -> float:
    """The width of a composed text in points."""
    loaded(face)
    return float(pdfmetrics.stringWidth(text, face.value, size))


def fit_text(
    text: str,
    face: Face,
    *,
    width: float,
    largest: float,
    smallest: float,
    lines: int = 1,
    height: float = float("inf"),
    leading: float = 1.25,
) -> Fitted:
    """The text composed, in the largest size that fits the box; see `text_fit.fit`."""
    composed = nfc(text)
    chosen = face_for(composed, face)

    @cache
    def measure(part: str) -> float:
        return width_of(part, chosen, 1.0)

    return fit(
        composed,
        measure,
        width=width,
        largest=largest,
        smallest=smallest,
        lines=lines,
        height=height,
        leading=leading,
    )


class Pages:
    """A PDF in the making: compressed, with a title, free of the time of day.

    Coordinates are points from the lower left corner. `canvas` is reportlab's own for
    shapes; text goes through `text` and `block`, which compose it and find its letters.
    """

    def __init__(self, size: tuple[float, float], *, title: str, subject: str = "") -> None:
        self._out = io.BytesIO()
        self.size = size
        # Invariant: neither date nor random identity, so equal content is equal bytes.
        self.canvas = Canvas(self._out, pagesize=size, pageCompression=1, invariant=1)
        self.canvas.setTitle(nfc(title))
        self.canvas.setSubject(nfc(subject))
        self.canvas.setAuthor("")
        self.canvas.setCreator("")

    def text(
        self,
        x: float,
        y: float,
        text: str,
        face: Face,
        size: float,
        *,
        colour: str = "#000000",
        align: Align = "left",
    ) -> None:
        """One line with its base line at y; `align` says what x is of it."""
        composed = nfc(text)
        chosen = face_for(composed, face)
        shift = {"left": 0.0, "centre": 0.5, "right": 1.0}[align]
        if shift:
            x -= width_of(composed, chosen, size) * shift
        loaded(chosen)
        self.canvas.setFillColor(colour_of(colour))
        self.canvas.setFont(chosen.value, size)
        self.canvas.drawString(x, y, composed)

    def block(
        self,
        x: float,
        top: float,
        fitted: Fitted,
        face: Face,
        *,
        colour: str = "#000000",
        align: Align = "centre",
        leading: float = 1.25,
    ) -> float:
        """The fitted lines below `top`; gives the y under the last one."""
        step = fitted.size * leading
        for number, line in enumerate(fitted.lines):
            # The marks over a capital (Ễ) need the room above, so most of the lead is there.
            base = top - number * step - step * 0.78
            self.text(x, base, line, face, fitted.size, colour=colour, align=align)
        return top - len(fitted.lines) * step

    def next_page(self) -> None:
        """End the page; the next one begins empty, in the same size."""
        self.canvas.showPage()

    def bytes(self) -> bytes:
        """The finished file; nothing can be drawn afterwards."""
        self.canvas.save()
        return self._out.getvalue()


@cache
def colour_of(code: str) -> Color:
    """The colour of a hexadecimal code "#RRGGBB"."""
    return HexColor(code)


def star(canvas: Canvas, x: float, y: float, radius: float, colour: str) -> None:
    """A plain five-pointed star, one point up, centred on (x, y)."""
    points = star_points(x, y, radius)
    path = canvas.beginPath()
    path.moveTo(*points[0])
    for point in points[1:]:
        path.lineTo(*point)
    path.close()
    canvas.setFillColor(colour_of(colour))
    canvas.drawPath(path, stroke=0, fill=1)


def star_points(x: float, y: float, radius: float) -> list[tuple[float, float]]:
    """The ten corners of the star, the uppermost first, outer and inner by turns."""
    # Cosine and sine of 90°, 126°, …
    return [_polar(x, y, radius * (1 if n % 2 == 0 else 0.382), 90 + 36 * n) for n in range(10)]


def _polar(x: float, y: float, radius: float, degrees: float) -> tuple[float, float]:
    turned = complex(0, 1) ** (degrees / 90) * radius
    return x + turned.real, y + turned.imag
