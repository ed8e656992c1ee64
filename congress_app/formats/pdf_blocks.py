"""Each block of a paper as flowables of reportlab, set in Tinos."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.colors import black
from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY, TA_LEFT, TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import (
    CondPageBreak,
    Flowable,
    PageBreak,
    Spacer,
)
from reportlab.platypus import Paragraph as Flowing
from reportlab.platypus import Table as Grid

from congress_app.formats import blocks, paper_form
from congress_app.formats.blocks import Run, Runs, ink, plain
from congress_app.formats.paper_form import Geometry
from congress_app.formats.pdf import MM, Face

_ALIGN = {"left": TA_LEFT, "centre": TA_CENTER, "right": TA_RIGHT, "justify": TA_JUSTIFY}
_FACES = {
    (False, False): Face.SERIF,
    (True, False): Face.SERIF_BOLD,
    (False, True): Face.SERIF_ITALIC,
    (True, True): Face.SERIF_BOLD_ITALIC,
}
_BARE = [
    ("LEFTPADDING", (0, 0), (-1, -1), 0),
    ("RIGHTPADDING", (0, 0), (-1, -1), 0),
    ("TOPPADDING", (0, 0), (-1, -1), 0),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 0),
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
]
_PADDING = 1.2 * MM


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


def _text(
    given: Runs,
    *,
    align: str = "centre",
    size: float = paper_form.BODY_SIZE,
    before: float = 0,
    first: float = 0,
    keep: bool = False,
) -> Flowing:
    markup = "".join(
        f'<font name="{_FACES[run.bold, run.italic].value}">{escape(ink(run.text))}</font>'
        for run in given
    )
    return Flowing(markup, _style(align, size, before, first, keep))


class _Rule(Flowable):  # type: ignore[misc]
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
            return []
        rows = self.grid._rowHeights
        ahead = sum(rows[:-2]) + 0.1 if len(rows) > 3 + self.grid.repeatRows else 0.0
        parts = self.grid.split(room, min(height, ahead)) if ahead else []
        if len(parts) == 2:
            return [parts[0], Ending([], parts[1], self.signed)]
        return []

    def draw(self) -> None:
        """All parts from top to bottom."""
        y = sum(self._heights) + self.GAP
        for part, height in zip(self._parts(), self._heights, strict=True):
            if part is self.signed:
                y -= self.GAP
            y -= height
            part.drawOn(self.canv, 0, y)


def flowables(section: blocks.Section) -> list[Any]:
    """The blocks of a section, one after another."""
    page = paper_form.geometry(section)
    told: list[Any] = []
    for block in section.blocks:
        made = _WRITERS[type(block)](block, page)
        told += _held(told, made[0]) if made and isinstance(made[0], Ending) else made
    return told


def _held(told: list[Any], ending: Ending) -> list[Any]:
    """The ending with what it must not be parted from, taken off the end of the story."""
    if told and isinstance(told[-1], Grid):
        return [Ending([], told.pop(), ending.signed)]
    last: list[Any] = []
    while told and isinstance(told[-1], Flowing) and (not last or told[-1].getKeepWithNext()):
        last.insert(0, told.pop())
    return [Ending(last, None, ending.signed)]


def _letterhead(block: blocks.Letterhead, page: Geometry) -> list[Any]:
    left = page.text_width * paper_form.LEFT_SHARE
    size = paper_form.ISSUER_SIZE
    issuer: list[Any] = [
        _text(plain(line), size=size)
        for name in block.parents
        for line in paper_form.balanced_lines(name, size, left - 2, bold=False)
    ]
    issuer += [
        _text(plain(line, bold=True), size=size)
        for line in paper_form.balanced_lines(block.issuer, size, left - 2)
    ]
    issuer.append(_Rule(paper_form.short_rule(block.issuer, paper_form.ISSUER_SIZE, left)))
    motto = [
        _text(plain(paper_form.STATE, bold=True), size=paper_form.STATE_SIZE),
        _text(plain(paper_form.MOTTO, bold=True), size=paper_form.MOTTO_SIZE),
        _Rule(paper_form.motto_rule()),
    ]
    rows = [[issuer, motto]]
    if block.number or block.place_date:
        number = [Spacer(0, 4), _text(plain(block.number), size=paper_form.NUMBER_SIZE)]
        if block.subject:
            number += [
                Spacer(0, 6),
                _text(plain(block.subject), size=paper_form.SUBJECT_SIZE),
            ]
        place = _text(plain(block.place_date, italic=True), size=paper_form.PLACE_SIZE)
        rows.append([number, [Spacer(0, 4), place]])
    widths = [left * MM, (page.text_width - left) * MM]
    return [Grid(rows, colWidths=widths, style=_BARE)]


def _title(block: blocks.Title, page: Geometry) -> list[Any]:
    name = _text(plain(block.name, bold=True), size=paper_form.TITLE_SIZE, before=18, keep=True)
    if not block.subject:
        return [name]
    length = paper_form.short_rule(block.subject, paper_form.TITLE_SIZE, page.text_width)
    size = paper_form.TITLE_SIZE
    subject = [
        _text(plain(line, bold=True), size=size, keep=True)
        for line in paper_form.balanced_lines(block.subject, size, page.text_width)
    ]
    return [name, *subject, _Rule(length, keep=True)]


def _addressees(block: blocks.Addressees, _page: Geometry) -> list[Any]:
    if len(block.names) == 1:
        return [_text(plain(f"Kính gửi: {block.names[0]}"), before=14), Spacer(0, 6)]
    ends = [";"] * (len(block.names) - 1) + ["."]
    told = [_text(plain("Kính gửi:"), align="left", before=14, first=40)]
    for name, end in zip(block.names, ends, strict=True):
        told.append(_text(plain(f"- {name}{end}"), align="left", first=62))
    return told


def _paragraph(block: blocks.Paragraph, _page: Geometry) -> list[Any]:
    first = paper_form.INDENT if block.indent else 0
    return [
        _text(
            block.runs,
            align=block.align,
            size=block.size,
            before=block.before,
            first=first,
            keep=block.keep_next,
        )
    ]


def _table(block: blocks.Table, page: Geometry) -> list[Any]:
    total = sum(column.width for column in block.columns)
    widths = [column.width * page.text_width * MM / total for column in block.columns]
    rows = []
    if block.has_header:
        rows.append(
            [_text(plain(column.header, bold=True), size=block.size) for column in block.columns]
        )
    for place, cells in enumerate(block.rows):
        bold = place in block.strong
        rows.append(
            [
                _text((Run(cell, bold),), align=column.align, size=block.size) if cell else ""
                for cell, column in zip(cells, block.columns, strict=True)
            ]
        )
    lines: list[tuple[Any, ...]] = [
        ("LEFTPADDING", (0, 0), (-1, -1), _PADDING),
        ("RIGHTPADDING", (0, 0), (-1, -1), _PADDING),
        ("TOPPADDING", (0, 0), (-1, -1), 1.5),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 3.5),
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
    ]
    if block.grid:
        lines.append(("GRID", (0, 0), (-1, -1), 0.5, black))
    if not rows:
        return []
    heads = 1 if block.has_header else 0
    least = [0.0] * heads + [block.row_height * MM] * len(block.rows)
    grid = Grid(rows, widths, minRowHeights=least, repeatRows=heads, style=lines)
    return [Spacer(0, 6), grid]


def _signed(block: blocks.Signature) -> list[Any]:
    told = [_text(plain(line, bold=True)) for line in block.authority]
    if block.note:
        told.append(_text(plain(block.note, italic=True), size=paper_form.PAGE_NUMBER_SIZE))
    told.append(Spacer(0, 64))
    if block.name:
        told.append(_text(plain(block.name, bold=True)))
    return told


def _closing(block: blocks.Closing, page: Geometry) -> list[Any]:
    told: list[Any] = []
    if block.recipients:
        head = (Run(paper_form.RECIPIENTS, bold=True, italic=True),)
        told.append(_text(head, align="left", size=paper_form.RECIPIENTS_HEAD_SIZE))
    told += [
        _text(plain(line), align="left", size=paper_form.RECIPIENTS_SIZE)
        for line in block.recipients
    ]
    left = page.text_width * 0.46
    widths = [left * MM, (page.text_width - left) * MM]
    grid = Grid([[told or "", _signed(block.signature)]], widths, style=_BARE)
    return [Ending([], None, grid)]


def _signatures(block: blocks.Signatures, page: Geometry) -> list[Any]:
    share = page.text_width * MM / len(block.signatures)
    cells = [_signed(signature) for signature in block.signatures]
    grid = Grid([cells], [share] * len(cells), style=_BARE)
    return [Ending([], None, grid)]


def _annex(block: blocks.AnnexHead, page: Geometry) -> list[Any]:
    told = [
        _text(plain(block.label, bold=True), keep=True),
        _text(plain(block.title.upper(), bold=True), keep=True),
    ]
    if block.reference:
        told.append(_text(plain(block.reference, italic=True), keep=True))
    return [*told, _Rule(page.text_width * 0.2, keep=True)]


def _stamp(block: blocks.StampBox, page: Geometry) -> list[Any]:
    widths = [block.width * MM, (page.text_width - block.width) * MM]
    label = _text(plain(block.label, italic=True), size=9)
    heading = [_text(plain(line, bold=True), size=13) for line in block.lines]
    lines = [*_BARE, ("BOX", (0, 0), (0, 0), 0.75, black), ("VALIGN", (0, 0), (-1, -1), "MIDDLE")]
    tallest = max(block.height * MM, 16 * sum(1 + len(line) // 34 for line in block.lines))
    return [Grid([[label, heading]], widths, [tallest], style=lines)]


def _plate(block: blocks.Plate, page: Geometry) -> list[Any]:
    told = [_text(plain(line, bold=True), size=block.size) for line in block.lines]
    if block.note:
        told += [Spacer(0, 8), _text(plain(block.note), size=20)]
    lines = [*_BARE, ("BOX", (0, 0), (-1, -1), 0.5, black), ("VALIGN", (0, 0), (-1, -1), "MIDDLE")]
    field = Grid([[told]], [page.text_width * MM], [block.height * MM], style=lines)
    return [CondPageBreak(block.height * MM), field, Spacer(0, 6)]


def _page_break(_block: blocks.PageBreak, _page: Geometry) -> list[Any]:
    return [PageBreak()]


_WRITERS: dict[type[Any], Callable[[Any, Geometry], list[Any]]] = {
    blocks.Letterhead: _letterhead,
    blocks.Title: _title,
    blocks.Addressees: _addressees,
    blocks.Paragraph: _paragraph,
    blocks.Table: _table,
    blocks.Closing: _closing,
    blocks.Signatures: _signatures,
    blocks.AnnexHead: _annex,
    blocks.StampBox: _stamp,
    blocks.Plate: _plate,
    blocks.PageBreak: _page_break,
}
