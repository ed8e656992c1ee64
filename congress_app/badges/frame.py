"""Where the parts of a badge stand: the same proportions at every size, the QR first.

The symbol has a least size that reads across a desk, so it takes its room before the rest
shares what is left. Upright badges stack their parts; broad ones put the symbol at the
right. The figures are those of the A6 badge, in millimetres, times the scale.
"""

from __future__ import annotations

from dataclasses import dataclass

from congress_app.badges.design import Design
from congress_app.formats.pdf import MM
from congress_app.formats.qr import QUIET_ZONE

_MODULES = 21 + 2 * QUIET_ZONE  # of a symbol of 17 digits
LEAST_MODULE_MM = 1.2
_LEAST_SYMBOL = LEAST_MODULE_MM * _MODULES * MM
_BEST_SYMBOL = 44 * MM
_MOST_SYMBOL = 60 * MM
_A6_WIDTH, _A6_HEIGHT = 105 * MM, 148 * MM
# How much of the height above the symbol the event takes, and the category's band.
_UPRIGHT_HEADER = {"event": 44.6 / 96.8, "name": 0.34, "photo": 0.3}
_UPRIGHT_BAND = 14.8 / 96.8
_BROAD_HEADER = {"event": 0.27, "name": 0.19, "photo": 0.19}
_BROAD_BAND = 0.14
_LEAST_SIDE = 24 * MM


@dataclass(frozen=True)
class Box:
    """A rectangle by its lower left corner."""

    x: float
    y: float
    width: float
    height: float

    @property
    def top(self) -> float:
        """The upper edge."""
        return self.y + self.height

    @property
    def centre(self) -> float:
        """The middle from left to right."""
        return self.x + self.width / 2


@dataclass(frozen=True)
class Frame:
    """The parts of one badge, in points.

    `scale` is 1 on an A6 badge. `side` is the column beside the symbol, None where it
    would be too narrow; `code` is the base line of the figures under the symbol.
    """

    width: float
    height: float
    scale: float
    is_broad: bool
    header: Box
    rule: float
    person: Box
    band: Box
    foot: float
    symbol: Box
    code: float
    code_size: float
    side: Box | None

    @property
    def module_mm(self) -> float:
        """The side of one module of the symbol, in millimetres."""
        return self.symbol.width / _MODULES / MM


def frame_of(design: Design) -> Frame:
    """The parts of a badge of the design; wider than high means broad."""
    width, height = (side * MM for side in design.millimetres)
    if width > height:
        return _broad(width, height, design.preset)
    return _upright(width, height, design.preset)


def _upright(width: float, height: float, preset: str) -> Frame:
    scale = min(width / _A6_WIDTH, height / _A6_HEIGHT)
    small = max(scale, 0.75)
    foot = 2.2 * MM * scale
    best = min(max(_BEST_SYMBOL * scale, _LEAST_SYMBOL), _MOST_SYMBOL)
    size = min(best, width - 2 * MM, 0.5 * height)
    low = foot + 4.2 * MM * small
    band_low = low + size + 0.8 * MM * scale
    rest = height - band_low
    header = rest * _UPRIGHT_HEADER[preset]
    band = rest * _UPRIGHT_BAND
    rule = 1.4 * MM * scale
    left, gap = 3 * MM * scale, 3 * MM * scale
    side_left = left + size + gap
    side_width = width - side_left - 6 * MM * scale
    has_side = side_width >= _LEAST_SIDE
    margin = 6 * MM * scale
    return Frame(
        width=width,
        height=height,
        scale=scale,
        is_broad=False,
        header=Box(margin, height - header, width - 2 * margin, header),
        rule=rule,
        person=Box(
            margin, band_low + band, width - 2 * margin, height - header - rule - band_low - band
        ),
        band=Box(margin, band_low, width - 2 * margin, band),
        foot=foot,
        symbol=Box(left if has_side else (width - size) / 2, low, size, size),
        code=low - 2.5 * MM * small,
        code_size=8.5 * small,
        side=Box(side_left, low, side_width, size) if has_side else None,
    )


def _broad(width: float, height: float, preset: str) -> Frame:
    scale = min(width / _A6_HEIGHT, height / _A6_WIDTH)
    small = max(scale, 0.7)
    band = _BROAD_BAND * height
    code_room = 3 * MM * small
    rule = min(0.8 * MM, 1.2 * MM * scale)
    needed = _LEAST_SYMBOL + code_room + rule + 0.2 * MM
    # The event gives way to the symbol, down to a strip that still holds two lines.
    header = max(min(_BROAD_HEADER[preset] * height, height - band - needed), 0.13 * height)
    room = height - header - band - rule - code_room
    best = min(max(_BEST_SYMBOL * scale, _LEAST_SYMBOL), _MOST_SYMBOL)
    size = min(best, room, width / 2)
    low = band + code_room + (room - size) / 2
    margin = 6 * MM * scale
    left = width - size - margin / 3
    return Frame(
        width=width,
        height=height,
        scale=scale,
        is_broad=True,
        header=Box(margin, height - header, width - 2 * margin, header),
        rule=rule,
        person=Box(margin, band, left - margin, height - header - rule - band),
        band=Box(margin, 0, width - 2 * margin, band),
        foot=0.0,
        symbol=Box(left, low, size, size),
        code=low - 1.9 * MM * small,
        code_size=8 * small,
        side=None,
    )
