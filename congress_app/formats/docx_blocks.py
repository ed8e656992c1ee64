"""Each block of a paper as WordprocessingML text."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from congress_app.formats import paper_form as form
from congress_app.formats.blocks import (
    Addressees,
    AnnexHead,
    Closing,
    Letterhead,
    PageBreak,
    Paragraph,
    Plate,
    Run,
    Section,
    Signature,
    Signatures,
    StampBox,
    Table,
    Title,
    plain,
)
from congress_app.formats.docx_parts import GRID, NO_BORDERS, paragraph, row, rule, table


def blocks(section: Section) -> str:
    """The blocks of a section, one after another."""
    page = form.geometry(section)
    following = (*section.blocks[1:], None)
    return "".join(
        _table(block, page, keep_last=isinstance(after, (Closing, Signatures)))
        if isinstance(block, Table)
        else _WRITERS[type(block)](block, page)
        for block, after in zip(section.blocks, following, strict=True)
    )


def _letterhead(block: Letterhead, page: form.Geometry) -> str:
    left = page.text_width * form.LEFT_SHARE
    widths = (left, page.text_width - left)
    issuer = "".join(
        paragraph(plain(line), size=form.ISSUER_SIZE)
        for name in block.parents
        for line in form.balanced_lines(name, form.ISSUER_SIZE, left - 2, bold=False)
    )
    for line in form.balanced_lines(block.issuer, form.ISSUER_SIZE, left - 2):
        issuer += paragraph(plain(line, bold=True), size=form.ISSUER_SIZE)
    issuer += rule(form.short_rule(block.issuer, form.ISSUER_SIZE, left), left)
    motto = paragraph(plain(form.STATE, bold=True), size=form.STATE_SIZE)
    motto += paragraph(plain(form.MOTTO, bold=True), size=form.MOTTO_SIZE)
    motto += rule(form.motto_rule(), widths[1])
    rows = [row(widths, (issuer, motto))]
    if block.number or block.place_date:
        number = paragraph(plain(block.number), size=form.NUMBER_SIZE, before=4)
        if block.subject:
            number += paragraph(plain(block.subject), size=form.SUBJECT_SIZE, before=6)
        place = paragraph(plain(block.place_date, italic=True), size=form.PLACE_SIZE, before=4)
        rows.append(row(widths, (number, place)))
    return table(widths, rows)


def _title(block: Title, page: form.Geometry) -> str:
    told = paragraph(plain(block.name, bold=True), size=form.TITLE_SIZE, before=18, keep=True)
    if not block.subject:
        return told
    length = form.short_rule(block.subject, form.TITLE_SIZE, page.text_width)
    return (
        told
        + "".join(
            paragraph(plain(line, bold=True), size=form.TITLE_SIZE, keep=True)
            for line in form.balanced_lines(block.subject, form.TITLE_SIZE, page.text_width)
        )
        + rule(length, page.text_width, keep=True)
    )


def _addressees(block: Addressees, _page: form.Geometry) -> str:
    if len(block.names) == 1:
        return paragraph(plain(f"Kính gửi: {block.names[0]}"), before=14, after=6)
    ends = [";"] * (len(block.names) - 1) + ["."]
    told = paragraph(plain("Kính gửi:"), align="left", before=14, first=40)
    for name, end in zip(block.names, ends, strict=True):
        told += paragraph(plain(f"- {name}{end}"), align="left", first=62)
    return told


def _paragraph(block: Paragraph, _page: form.Geometry) -> str:
    return paragraph(
        block.runs,
        align=block.align,
        size=block.size,
        before=block.before,
        first=form.INDENT if block.indent else 0,
        keep=block.keep_next,
    )


def _table(block: Table, page: form.Geometry, *, keep_last: bool = False) -> str:
    # The last rows stay with a signature below them: it never stands alone on a page.
    held = len(block.rows) - 2 if keep_last else len(block.rows)
    total = sum(column.width for column in block.columns)
    widths = [column.width * page.text_width / total for column in block.columns]
    told = []
    if block.has_header:
        heads = [
            paragraph(plain(column.header, bold=True), size=block.size, before=2.25, after=2.25)
            for column in block.columns
        ]
        told.append(row(widths, heads, header=True, middle=True))
    for place, cells in enumerate(block.rows):
        bold = place in block.strong
        filled = [
            paragraph(
                (Run(cell, bold),),
                align=column.align,
                size=block.size,
                before=2.25,
                after=2.25,
                keep=place >= held,
            )
            for cell, column in zip(cells, block.columns, strict=True)
        ]
        told.append(row(widths, filled, height=block.row_height, middle=True))
    borders = GRID if block.grid else NO_BORDERS
    # A gap above, as between paragraphs.
    return paragraph((), size=4) + table(widths, told, borders=borders, padding=1.2)


def _signed(block: Signature, room: float) -> str:
    told = "".join(
        paragraph(plain(line, bold=True), size=form.AUTHORITY_SIZE, keep=True)
        for words in block.authority
        for line in form.balanced_lines(words, form.AUTHORITY_SIZE, room - 2)
    )
    if block.note:
        told += paragraph(plain(block.note, italic=True), size=form.PAGE_NUMBER_SIZE, keep=True)
    if block.name:
        told += paragraph(plain(block.name, bold=True), size=form.AUTHORITY_SIZE, before=64)
    else:
        told += paragraph((), before=64)
    return told


def _closing(block: Closing, page: form.Geometry) -> str:
    left = page.text_width * 0.46
    widths = (left, page.text_width - left)
    told = ""
    if block.recipients:
        head = (Run(form.RECIPIENTS, bold=True, italic=True),)
        told = paragraph(head, align="left", size=form.RECIPIENTS_HEAD_SIZE)
    for line in block.recipients:
        told += paragraph(plain(line), align="left", size=form.RECIPIENTS_SIZE)
    cells = (told or paragraph(()), _signed(block.signature, widths[1]))
    return paragraph((), size=8, keep=True) + table(widths, [row(widths, cells)])


def _signatures(block: Signatures, page: form.Geometry) -> str:
    share = page.text_width / len(block.signatures)
    widths = [share] * len(block.signatures)
    cells = [_signed(signature, share) for signature in block.signatures]
    return paragraph((), size=8, keep=True) + table(widths, [row(widths, cells)])


def _annex(block: AnnexHead, page: form.Geometry) -> str:
    told = paragraph(plain(block.label, bold=True), size=form.ANNEX_SIZE, keep=True)
    told += paragraph(plain(block.title.upper(), bold=True), size=form.ANNEX_SIZE, keep=True)
    if block.reference:
        told += paragraph(plain(block.reference, italic=True), size=form.ANNEX_SIZE, keep=True)
    return told + rule(page.text_width * 0.2, page.text_width, keep=True)


def _stamp(block: StampBox, page: form.Geometry) -> str:
    widths = (block.width, page.text_width - block.width)
    inside = paragraph(plain(block.label, italic=True), size=9)
    heading = "".join(paragraph(plain(line, bold=True), size=13) for line in block.lines)
    return table(
        widths,
        [row(widths, (inside, heading), height=block.height, boxed=0, middle=True)],
        padding=1.2,
    )


def _plate(block: Plate, page: form.Geometry) -> str:
    told = "".join(paragraph(plain(line, bold=True), size=block.size) for line in block.lines)
    if block.note:
        told += paragraph(plain(block.note), size=20, before=8)
    widths = (page.text_width,)
    field = row(widths, (told,), height=block.height, exact=True, middle=True)
    return table(widths, [field], borders=GRID) + paragraph((), size=2)


def _page_break(_block: PageBreak, _page: form.Geometry) -> str:
    return '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'


_WRITERS: dict[type[Any], Callable[[Any, form.Geometry], str]] = {
    Letterhead: _letterhead,
    Title: _title,
    Addressees: _addressees,
    Paragraph: _paragraph,
    Table: _table,
    Closing: _closing,
    Signatures: _signatures,
    AnnexHead: _annex,
    StampBox: _stamp,
    Plate: _plate,
    PageBreak: _page_break,
}
