"""A badge as an SVG picture for the screen, from the very marks the PDF is drawn from.

Every line of text carries the width it has on paper, so a browser without the font still
shows it as long as it will be.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from congress_app.badges.frame import Frame
from congress_app.badges.marks import Area, Mark, Picture, Slot, Star, Symbol, Text
from congress_app.formats import qr
from congress_app.formats.pdf import Face, face_for, star_points, width_of
from congress_app.kernel.vietnamese import nfc

_FAMILIES = {
    Face.REGULAR: ("Be Vietnam Pro", 400),
    Face.MEDIUM: ("Be Vietnam Pro", 500),
    Face.SEMIBOLD: ("Be Vietnam Pro", 600),
    Face.BOLD: ("Be Vietnam Pro", 700),
    Face.SERIF: ("Tinos, Times New Roman, serif", 400),
    Face.SERIF_BOLD: ("Tinos, Times New Roman, serif", 700),
}
_ANCHORS = {"left": "start", "centre": "middle", "right": "end"}


def badge_svg(
    marks: Sequence[Mark], frame: Frame, *, label: str, pictures: Mapping[str, str]
) -> str:
    """An `<svg>` element without size and style; `label` is read to the blind.

    `pictures` gives the address of each picture by its name; one without is left out. Safe
    to put into HTML as it is.
    """
    body = "".join(_drawn(mark, frame.height, pictures) for mark in marks)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_n(frame.width)} '
        f'{_n(frame.height)}" role="img" aria-label="{_e(label)}">'
        f'<rect width="{_n(frame.width)}" height="{_n(frame.height)}" fill="#fff"/>{body}</svg>'
    )


def _drawn(mark: Mark, height: float, pictures: Mapping[str, str]) -> str:
    match mark:
        case Text():
            return _text(mark, height)
        case Symbol():
            return _symbol(mark, height)
        case Area():
            return f'<rect {_box(mark, height)} fill="{_e(mark.colour)}"/>'
        case Slot():
            return (
                f'<rect {_box(mark, height)} rx="{_n(mark.height / 2)}" fill="none" '
                f'stroke="{_e(mark.colour)}" stroke-width="0.5" stroke-dasharray="1.5 1.5"/>'
            )
        case Star():
            points = " ".join(
                f"{_n(x)},{_n(height - y)}" for x, y in star_points(mark.x, mark.y, mark.radius)
            )
            return f'<polygon points="{points}" fill="{_e(mark.colour)}"/>'
        case Picture():
            address = pictures.get(mark.name)
            return f'<image {_box(mark, height)} href="{_e(address)}"/>' if address else ""


def _box(mark: Area | Slot | Picture, height: float) -> str:
    top = height - mark.y - mark.height
    return f'x="{_n(mark.x)}" y="{_n(top)}" width="{_n(mark.width)}" height="{_n(mark.height)}"'


def _text(mark: Text, height: float) -> str:
    composed = nfc(mark.text)
    face = face_for(composed, mark.face)
    family, weight = _FAMILIES[face]
    return (
        f'<text x="{_n(mark.x)}" y="{_n(height - mark.y)}" font-family="{family}" '
        f'font-weight="{weight}" font-size="{_n(mark.size)}" fill="{_e(mark.colour)}" '
        f'text-anchor="{_ANCHORS[mark.align]}" '
        f'textLength="{_n(width_of(composed, face, mark.size))}" '
        f'lengthAdjust="spacingAndGlyphs">{_e(composed)}</text>'
    )


def _symbol(mark: Symbol, height: float) -> str:
    modules = qr.matrix(mark.text)
    unit = mark.size / (len(modules) + 2 * qr.QUIET_ZONE)
    left = mark.x + qr.QUIET_ZONE * unit
    top = height - mark.y - mark.size + qr.QUIET_ZONE * unit
    path = "".join(
        f"M{_n(left + x * unit)} {_n(top + y * unit)}h{_n(length * unit)}v{_n(unit)}"
        f"h-{_n(length * unit)}z"
        for x, y, length in qr.runs(modules)
    )
    return f'<path d="{path}" fill="#000"/>'


def _n(value: float) -> str:
    return f"{value:.3f}".rstrip("0").rstrip(".")


def _e(text: str) -> str:
    return escape(text, quote=True)
