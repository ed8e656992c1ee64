"""From what stands on a badge to its marks: text fitted, parts placed.

From the top: the event under its emblem, the name as large as it fits on two lines, the
category as a band of its colour, the QR symbol with its code, the number.
"""

from __future__ import annotations

from congress_app.badges import token
from congress_app.badges.content import BadgeFace, CongressFace, headed
from congress_app.badges.design import GOLD, INK, PALE_GOLD, SOFT_INK, WHITE, Design
from congress_app.badges.frame import Box, frame_of
from congress_app.badges.marks import Area, Mark, Picture, Slot, Star, Symbol, Text, lines
from congress_app.formats.pdf import MM, Align, Face, fit_text
from congress_app.formats.text_fit import Fitted
from congress_app.kernel.vietnamese import nfc

LEADING = 1.27  # Ễ over Ộ must not touch
_NUMBER_LABEL = "Số đại biểu / Delegate no."
# Smaller letters of a name can no longer be read by somebody standing in front of one.
LEGIBLE_NAME = 12.0
_SMALLEST_NAME = 8.0
_PHOTO_RATIO = 4 / 3
_LEAST_BAND = 5 * MM


class Layout:
    """The marks of the badges of one congress in one design; `bleed` is in points."""

    def __init__(
        self, design: Design, congress: CongressFace, *, bleed: float = 0.0, has_logo: bool = False
    ) -> None:
        self.design = design
        self.frame = frame_of(design)
        self._congress = headed(congress, design)
        self._bleed = bleed
        self._has_logo = has_logo

    def ground(self, category: str) -> list[Mark]:
        """What all badges of a category share. Raises ValueError for one without a look."""
        look = self.design.looks.get(category)
        if look is None:
            raise ValueError(f"no such category: {category}")
        frame, bleed = self.frame, self._bleed
        made: list[Mark] = [
            self.stripe(frame.header.y, frame.height + bleed, self.design.header),
            self.stripe(frame.header.y - frame.rule, frame.header.y, GOLD),
            self.stripe(frame.band.y if frame.band.y else -bleed, frame.band.top, look.colour),
        ]
        made += self._head()
        if frame.foot:
            made.append(self.stripe(-bleed, frame.foot, look.colour))
        band, scale = frame.band, frame.band.height / (14.8 * MM)
        room = min(20.5 * scale, 0.45 * band.height)
        words = fit_text(look.words, Face.BOLD, width=band.width, largest=room, smallest=6)
        centre = frame.width / 2
        # The size of these words follows the band alone, so that all categories' agree.
        # In a low band two lines would run into each other.
        english = nfc(look.english) if band.height >= _LEAST_BAND else ""
        for text in words.lines:
            base = band.y + (6.5 if english else 4.6) * MM * scale
            made.append(Text(centre, base, text, Face.BOLD, words.size, look.ink))
        below = fit_text(
            english, Face.MEDIUM, width=band.width, largest=max(7.5 * scale, 4.5), smallest=4.5
        )
        for text in below.lines:
            base = band.y + 1.9 * MM * scale
            made.append(Text(centre, base, text, Face.MEDIUM, below.size, look.ink))
        return made

    def stripe(self, bottom: float, top: float, colour: str) -> Area:
        """A stripe over the whole width and its bleed."""
        width = self.frame.width + 2 * self._bleed
        return Area(-self._bleed, bottom, width, top - bottom, colour)

    def _head(self) -> list[Mark]:
        frame = self.frame
        if frame.is_broad:
            return self._broad_head()
        header, scale = frame.header, frame.header.height / (44.6 * MM)
        made: list[Mark] = []
        top = header.top - 2 * MM
        slot_width, slot_height = 14 * MM, 3.2 * MM
        if header.height >= 26 * MM:
            left = (frame.width - slot_width) / 2
            made.append(Slot(left, header.top - 7 * MM, slot_width, slot_height, PALE_GOLD))
            top = header.top - 8 * MM
        side = 11.6 * MM * scale
        emblem = self._emblem(Box((frame.width - side) / 2, top - side, side, side))
        if emblem:
            made.append(emblem)
            top -= side + 0.2 * MM
        bottom = header.y + 2 * MM * min(1, scale)
        made += self._event(Box(header.x, bottom, header.width, top - bottom), scale, "centre")
        return made

    def _broad_head(self) -> list[Mark]:
        header = self.frame.header
        pad = 0.09 * header.height
        side = header.height - 2 * pad
        emblem = self._emblem(Box(header.x, header.y + pad, side, side))
        shift = side + header.x / 2 if emblem else 0.0
        box = Box(header.x + shift, header.y + pad, header.width - shift, side)
        made: list[Mark] = [emblem] if emblem else []
        return made + self._event(box, header.height / (28 * MM), "left")

    def _emblem(self, box: Box) -> Mark | None:
        if self.design.emblem == "logo" and self._has_logo:
            return Picture("logo", box.x, box.y, box.width, box.height)
        if self.design.emblem == "none":
            return None
        radius = box.width * 0.4
        return Star(box.centre, box.y + box.height / 2, radius, GOLD)

    def _event(self, box: Box, scale: float, align: Align) -> list[Mark]:
        """Host, title, subtitle, place and date; the title takes the room the others leave."""
        design, given = self.design, self._congress
        soft = PALE_GOLD if self.design.header_ink == WHITE else SOFT_INK
        wanted = [
            (nfc(given.host).upper(), Face.SEMIBOLD, 9.5, design.header_ink),
            (given.subtitle, Face.MEDIUM, 9.5, design.header_ink),
            (given.place_and_date, Face.REGULAR, 8.5, soft),
        ]
        small = [
            (fit_text(text or "", face, width=box.width, largest=max(size * scale, 5.5),
                      smallest=min(6.5, max(6.5 * scale, 5)), lines=2), face, ink)
            for text, face, size, ink in wanted
        ]  # fmt: skip
        gap = 1.1 * MM * min(scale, 1)
        while True:
            taken = sum(_height(fitted) + (gap if fitted.lines else 0) for fitted, _, _ in small)
            # On a small badge the lesser lines give way, the last first: the title must read.
            if box.height - taken >= max(0.26 * box.height, 4 * MM) or not small:
                break
            small.pop()
        room = max(box.height - taken, 5 * LEADING)
        text = nfc(given.title).upper()
        most = 3 if room >= 12 * MM else 2
        title = _tallest(text, 21 * max(scale, 0.6), 5.5, box.width, room, most)
        y = box.top - max(0.0, box.height - taken - _height(title)) / 2
        x = box.centre if align == "centre" else box.x
        made: list[Mark] = []
        stack = [(title, Face.BOLD, self.design.header_ink)]
        for fitted, face, ink in (*small[:1], *stack, *small[1:]):
            more, y = lines(x, y, fitted, face, ink, align=align, leading=LEADING)
            made += more
            y -= gap if fitted.lines else 0
        return made

    def badge(self, face: BadgeFace) -> list[Mark]:
        """What is this person's alone."""
        return self._person(face) + self._proof(face)

    def _person(self, face: BadgeFace) -> list[Mark]:
        """Name, position, unit and delegation, together in the middle of the white field."""
        frame, made = self.frame, list[Mark]()
        pad = 1.8 * MM * max(frame.scale, 0.6)
        field = frame.person
        box = Box(field.x, field.y + pad, field.width, field.height - 2 * pad)
        if self.design.preset == "photo" and face.photo:
            width = min(box.height / _PHOTO_RATIO, 0.38 * box.width)
            tall = width * _PHOTO_RATIO
            made.append(Picture("photo", box.x, box.y + (box.height - tall) / 2, width, tall))
            shift = width + pad
            box = Box(box.x + shift, box.y, box.width - shift, box.height)
        below = self._below(face, box)
        gap = 1.5 * MM * frame.scale if below else 0.0
        taken = sum(_height(fitted) for fitted, _, _ in below) + gap
        largest = 31 * frame.scale * (1.25 if self.design.preset == "name" else 1)
        legible = LEGIBLE_NAME * min(max(1.3 * frame.scale, 0.8), 1.3)
        name = fit_name(face.name, largest, box.width, box.height - taken, legible=legible)
        align: Align = "left" if frame.is_broad else "centre"
        x = box.x if frame.is_broad else box.centre
        y = box.top - max(0.0, box.height - taken - _height(name)) / 2
        for fitted, style, ink in ((name, Face.BOLD, INK), *below):
            more, y = lines(x, y, fitted, style, ink, align=align, leading=LEADING)
            made += more
            y -= gap if fitted is name else 0
        return made

    def _below(self, face: BadgeFace, box: Box) -> list[tuple[Fitted, Face, str]]:
        shown, scale = self.design.shown, max(self.frame.scale, 0.62)
        facts = [
            (face.position if "position" in shown else None, Face.SEMIBOLD, INK),
            (face.unit if "unit" in shown else None, Face.MEDIUM, SOFT_INK),
            (face.delegation if "delegation" in shown else None, Face.MEDIUM, SOFT_INK),
        ]
        if self.frame.side is None:
            rows = " · ".join(
                # The Vietnamese half of the label is enough where room is short.
                f"{label.partition(' / ')[0]} {value}"
                for label, value in self._rows(face)
            )
            facts.append((rows, Face.BOLD, INK))
        made = [
            (fit_text(text, style, width=box.width, largest=11 * scale,
                      smallest=min(8, 8 * scale), lines=2), style, ink)
            for text, style, ink in facts
            if text
        ]  # fmt: skip
        # The name keeps more than a third of the field, whatever else is asked for.
        while made and sum(_height(fitted) for fitted, _, _ in made) > 0.64 * box.height:
            longest = max(range(len(made)), key=lambda at: len(made[at][0].lines))
            fitted, style, ink = made[longest]
            if len(fitted.lines) == 1:
                made.pop(0)
                continue
            whole = " ".join(fitted.lines)
            single = fit_text(whole, style, width=box.width, largest=fitted.size, smallest=5)
            made[longest] = (single, style, ink)
        return made

    def _rows(self, face: BadgeFace) -> list[tuple[str, str]]:
        number = face.number if "number" in self.design.shown else None
        return ([(_NUMBER_LABEL, number)] if number else []) + list(face.details)

    def _proof(self, face: BadgeFace) -> list[Mark]:
        """The QR symbol with its code in figures, the number and further lines beside it."""
        frame = self.frame
        rows = self._rows(face) if frame.side else []
        symbol = frame.symbol
        left = symbol.x if rows or frame.is_broad else (frame.width - symbol.width) / 2
        made: list[Mark] = [Symbol(left, symbol.y, symbol.width, face.code)]
        written = token.grouped(face.code)
        x = left + symbol.width / 2
        made.append(Text(x, frame.code, written, Face.MEDIUM, frame.code_size, SOFT_INK))
        return made + (self._side(rows, frame.side) if frame.side and rows else [])

    def _side(self, rows: list[tuple[str, str]], box: Box) -> list[Mark]:
        """Labels over values, the first value largest, centred beside the symbol."""
        scale = self.frame.scale
        fitted = [
            (
                fit_text(
                    label, Face.REGULAR, width=box.width, largest=8 * max(scale, 0.8), smallest=5.5
                ),
                fit_text(
                    value,
                    Face.BOLD,
                    width=box.width,
                    largest=(16 if place else 27) * scale,
                    smallest=8 * min(scale, 1),
                    lines=2,
                ),
            )
            for place, (label, value) in enumerate(rows)
        ]
        gap = 2.2 * MM * scale
        total = sum(_height(label) + _height(value) for label, value in fitted)
        total += gap * (len(rows) - 1)
        y = box.y + (box.height + total) / 2
        made: list[Mark] = []
        for label, value in fitted:
            for part, face, ink in ((label, Face.REGULAR, SOFT_INK), (value, Face.BOLD, INK)):
                more, y = lines(box.x, y, part, face, ink, align="left", leading=LEADING)
                made += more
            y -= gap
        return made


def fit_name(
    text: str, largest: float, width: float, height: float, *, legible: float = LEGIBLE_NAME
) -> Fitted:
    """A name in capitals on two lines of the legible size or more, else on three or four."""
    name = nfc(text).upper()
    for smallest, most in ((legible, 2), (_SMALLEST_NAME, 3), (_SMALLEST_NAME - 1.5, 4)):
        fitted = _tallest(name, max(largest, smallest), smallest, width, height, most)
        whole = " ".join(fitted.lines) == " ".join(name.split())
        if whole and _height(fitted) <= height + 0.1:
            return fitted
    return fitted


def _tallest(
    text: str, largest: float, smallest: float, width: float, height: float, most: int
) -> Fitted:
    """The text in bold on up to `most` lines, as large as the height allows."""
    return fit_text(
        text,
        Face.BOLD,
        width=width,
        largest=largest,
        smallest=smallest,
        lines=most,
        height=height,
        leading=LEADING,
    )


def _height(fitted: Fitted) -> float:
    return len(fitted.lines) * fitted.size * LEADING
