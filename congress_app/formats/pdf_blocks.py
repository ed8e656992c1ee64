"""Each block of a paper as flowables of reportlab."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from reportlab.lib.colors import black
from reportlab.platypus import CondPageBreak, PageBreak, Spacer
from reportlab.platypus import Paragraph as Flowing
from reportlab.platypus import Table as Grid

from congress_app.formats import blocks, paper_form
from congress_app.formats.blocks import Run, plain
from congress_app.formats.paper_form import Geometry
from congress_app.formats.pdf import MM
from congress_app.formats.pdf_parts import BARE, PADDING, Ending, Rule, text


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
        text(plain(line), size=size)
        for name in block.parents
        for line in paper_form.balanced_lines(name, size, left - 2, bold=False)
    ]
    issuer += [
        text(plain(line, bold=True), size=size)
        for line in paper_form.balanced_lines(block.issuer, size, left - 2)
    ]
    issuer.append(Rule(paper_form.short_rule(block.issuer, paper_form.ISSUER_SIZE, left)))
    motto = [
        text(plain(paper_form.STATE, bold=True), size=paper_form.STATE_SIZE),
        text(plain(paper_form.MOTTO, bold=True), size=paper_form.MOTTO_SIZE),
        Rule(paper_form.motto_rule()),
    ]
    rows = [[issuer, motto]]
    if block.number or block.place_date:
        number = [Spacer(0, 4), text(plain(block.number), size=paper_form.NUMBER_SIZE)]
        if block.subject:
            number += [
                Spacer(0, 6),
                text(plain(block.subject), size=paper_form.SUBJECT_SIZE),
            ]
        place = text(plain(block.place_date, italic=True), size=paper_form.PLACE_SIZE)
        rows.append([number, [Spacer(0, 4), place]])
    widths = [left * MM, (page.text_width - left) * MM]
    return [Grid(rows, colWidths=widths, style=BARE)]


def _title(block: blocks.Title, page: Geometry) -> list[Any]:
    name = text(plain(block.name, bold=True), size=paper_form.TITLE_SIZE, before=18, keep=True)
    if not block.subject:
        return [name]
    length = paper_form.short_rule(block.subject, paper_form.TITLE_SIZE, page.text_width)
    size = paper_form.TITLE_SIZE
    subject = [
        text(plain(line, bold=True), size=size, keep=True)
        for line in paper_form.balanced_lines(block.subject, size, page.text_width)
    ]
    return [name, *subject, Rule(length, keep=True)]


def _addressees(block: blocks.Addressees, _page: Geometry) -> list[Any]:
    if len(block.names) == 1:
        return [text(plain(f"Kính gửi: {block.names[0]}"), before=14), Spacer(0, 6)]
    ends = [";"] * (len(block.names) - 1) + ["."]
    told = [text(plain("Kính gửi:"), align="left", before=14, first=40)]
    for name, end in zip(block.names, ends, strict=True):
        told.append(text(plain(f"- {name}{end}"), align="left", first=62))
    return told


def _paragraph(block: blocks.Paragraph, _page: Geometry) -> list[Any]:
    first = paper_form.INDENT if block.indent else 0
    return [
        text(
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
            [text(plain(column.header, bold=True), size=block.size) for column in block.columns]
        )
    for place, cells in enumerate(block.rows):
        bold = place in block.strong
        rows.append(
            [
                text((Run(cell, bold),), align=column.align, size=block.size) if cell else ""
                for cell, column in zip(cells, block.columns, strict=True)
            ]
        )
    lines: list[tuple[Any, ...]] = [
        ("LEFTPADDING", (0, 0), (-1, -1), PADDING),
        ("RIGHTPADDING", (0, 0), (-1, -1), PADDING),
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


def _signed(block: blocks.Signature, room: float) -> list[Any]:
    size = paper_form.AUTHORITY_SIZE
    told: list[Any] = [
        text(plain(line, bold=True), size=size)
        for words in block.authority
        for line in paper_form.balanced_lines(words, size, room - 2)
    ]
    if block.note:
        told.append(text(plain(block.note, italic=True), size=paper_form.PAGE_NUMBER_SIZE))
    told.append(Spacer(0, 64))
    if block.name:
        told.append(text(plain(block.name, bold=True)))
    return told


def _closing(block: blocks.Closing, page: Geometry) -> list[Any]:
    told: list[Any] = []
    if block.recipients:
        head = (Run(paper_form.RECIPIENTS, bold=True, italic=True),)
        told.append(text(head, align="left", size=paper_form.RECIPIENTS_HEAD_SIZE))
    told += [
        text(plain(line), align="left", size=paper_form.RECIPIENTS_SIZE)
        for line in block.recipients
    ]
    left = page.text_width * 0.46
    widths = [left * MM, (page.text_width - left) * MM]
    grid = Grid(
        [[told or "", _signed(block.signature, page.text_width - left)]], widths, style=BARE
    )
    return [Ending([], None, grid)]


def _signatures(block: blocks.Signatures, page: Geometry) -> list[Any]:
    share = page.text_width * MM / len(block.signatures)
    cells = [_signed(signature, share / MM) for signature in block.signatures]
    grid = Grid([cells], [share] * len(cells), style=BARE)
    return [Ending([], None, grid)]


def _annex(block: blocks.AnnexHead, page: Geometry) -> list[Any]:
    told = [
        text(plain(block.label, bold=True), keep=True),
        text(plain(block.title.upper(), bold=True), keep=True),
    ]
    if block.reference:
        told.append(text(plain(block.reference, italic=True), keep=True))
    return [*told, Rule(page.text_width * 0.2, keep=True)]


def _stamp(block: blocks.StampBox, page: Geometry) -> list[Any]:
    widths = [block.width * MM, (page.text_width - block.width) * MM]
    label = text(plain(block.label, italic=True), size=9)
    heading = [text(plain(line, bold=True), size=13) for line in block.lines]
    lines = [*BARE, ("BOX", (0, 0), (0, 0), 0.75, black), ("VALIGN", (0, 0), (-1, -1), "MIDDLE")]
    tallest = max(block.height * MM, 16 * sum(1 + len(line) // 34 for line in block.lines))
    return [Grid([[label, heading]], widths, [tallest], style=lines)]


def _plate(block: blocks.Plate, page: Geometry) -> list[Any]:
    told = [text(plain(line, bold=True), size=block.size) for line in block.lines]
    if block.note:
        told += [Spacer(0, 8), text(plain(block.note), size=20)]
    lines = [*BARE, ("BOX", (0, 0), (-1, -1), 0.5, black), ("VALIGN", (0, 0), (-1, -1), "MIDDLE")]
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
