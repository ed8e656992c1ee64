"""The marks a badge is made of, before anybody draws them.

Printed page and preview are drawn from the same marks, so they cannot differ. Lengths are
points from the lower left corner of the trimmed badge, as in a PDF.
"""

from __future__ import annotations

from dataclasses import dataclass

from congress_app.formats.pdf import Align, Face
from congress_app.formats.text_fit import Fitted


@dataclass(frozen=True, slots=True)
class Area:
    """A filled rectangle."""

    x: float
    y: float
    width: float
    height: float
    colour: str


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a lanyard's slot is punched: a dashed outline."""

    x: float
    y: float
    width: float
    height: float
    colour: str


@dataclass(frozen=True, slots=True)
class Star:
    """A five-pointed star around its centre."""

    x: float
    y: float
    radius: float
    colour: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture by its name ("logo", "photo"), whole and centred in its box."""

    name: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Text:
    """One line of text with its base line at y."""

    x: float
    y: float
    text: str
    face: Face
    size: float
    colour: str
    align: Align = "centre"


@dataclass(frozen=True, slots=True)
class Symbol:
    """A QR symbol with its quiet zone."""

    x: float
    y: float
    size: float
    text: str


Mark = Area | Slot | Star | Picture | Text | Symbol


def lines(
    x: float,
    top: float,
    fitted: Fitted,
    face: Face,
    colour: str,
    *,
    align: Align = "centre",
    leading: float,
) -> tuple[list[Text], float]:
    """The fitted lines below `top`, and the y under the last one."""
    step = fitted.size * leading
    # The marks over a capital (Ễ) need the room above, so most of the lead is there.
    made = [
        Text(x, top - (number + 0.78) * step, line, face, fitted.size, colour, align)
        for number, line in enumerate(fitted.lines)
    ]
    return made, top - len(fitted.lines) * step
