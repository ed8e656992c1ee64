"""The other side of a badge: a heading and lines of text, as large as they fit."""

from __future__ import annotations

from dataclasses import dataclass

from congress_app.badges.design import GOLD, INK
from congress_app.badges.layout import LEADING, Layout
from congress_app.badges.marks import Mark, Text
from congress_app.formats.pdf import MM, Face, fit_text, width_of
from congress_app.kernel.vietnamese import nfc

_LARGEST, _SMALLEST = 11.0, 5.5


@dataclass(frozen=True)
class Back:
    """What stands on the other side: `paragraphs` in order, an empty one leaves a gap."""

    heading: str
    paragraphs: tuple[str, ...]


def back_marks(layout: Layout, back: Back, category: str, *, bleed: float) -> list[Mark]:
    """The marks of the other side, which bears the category's colour like the front."""
    frame, design = layout.frame, layout.design
    look = design.looks[category]
    head = max(9 * MM * frame.scale, 5 * MM)
    foot = max(7 * MM * frame.scale, 4.5 * MM)
    made: list[Mark] = [
        layout.stripe(frame.height - head, frame.height + bleed, design.header),
        layout.stripe(frame.height - head - frame.rule, frame.height - head, GOLD),
        layout.stripe(-bleed, foot, look.colour),
    ]
    for text, bottom, room, ink in (
        (back.heading, frame.height - head, head, design.header_ink),
        (look.words, 0.0, foot, look.ink),
    ):
        width = frame.width - 2 * _margin(layout)
        title = fit_text(text, Face.BOLD, width=width, largest=room * 0.5, smallest=5)
        for line in title.lines:
            base = bottom + (room - title.size * 0.72) / 2
            made.append(Text(frame.width / 2, base, line, Face.BOLD, title.size, ink))
    written, size = _fitted(layout, back, head, foot)
    y = frame.height - head - frame.rule - _padding(layout)
    for line in written:
        if line:
            base = y - 0.78 * size * LEADING
            made.append(Text(_margin(layout), base, line, Face.REGULAR, size, INK, "left"))
        y -= size * LEADING * (1.0 if line else 0.5)
    return made


def lines_lost(layout: Layout, back: Back) -> int:
    """How many lines do not go onto the other side even in the smallest letters."""
    room = _room(
        layout,
        max(9 * MM * layout.frame.scale, 5 * MM),
        max(7 * MM * layout.frame.scale, 4.5 * MM),
    )
    wrapped = _wrapped(layout, back, _SMALLEST)
    return len(wrapped) - len(_kept(wrapped, _SMALLEST, room))


def _fitted(layout: Layout, back: Back, head: float, foot: float) -> tuple[list[str], float]:
    room, size = _room(layout, head, foot), _LARGEST * max(layout.frame.scale, 0.6)
    while size > _SMALLEST:
        wrapped = _wrapped(layout, back, size)
        if len(_kept(wrapped, size, room)) == len(wrapped):
            return wrapped, size
        size -= 0.25
    return _kept(_wrapped(layout, back, _SMALLEST), _SMALLEST, room), _SMALLEST


def _kept(wrapped: list[str], size: float, room: float) -> list[str]:
    kept, taken = 0, 0.0
    for line in wrapped:
        taken += size * LEADING * (1.0 if line else 0.5)
        if taken > room + 0.01:
            break
        kept += 1
    return wrapped[:kept]


def _wrapped(layout: Layout, back: Back, size: float) -> list[str]:
    room = layout.frame.width - 2 * _margin(layout)
    found: list[str] = []
    for paragraph in back.paragraphs:
        line = ""
        for word in nfc(paragraph).split():
            longer = f"{line} {word}" if line else word
            if line and width_of(longer, Face.REGULAR, size) > room:
                found.append(line)
                line = word
            else:
                line = longer
        found.append(line)
    return found


def _room(layout: Layout, head: float, foot: float) -> float:
    return layout.frame.height - head - foot - layout.frame.rule - 2 * _padding(layout)


def _margin(layout: Layout) -> float:
    return max(6 * MM * layout.frame.scale, 3.5 * MM)


def _padding(layout: Layout) -> float:
    return max(3 * MM * layout.frame.scale, 1.5 * MM)
