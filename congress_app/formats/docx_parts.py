"""Paragraphs, lines and tables as WordprocessingML text.

Elements stand in the order the schema asks for: Word refuses others. A line under motto,
issuer or subject is the border of an empty paragraph whose indents give its length; it
prints the same in every program, which drawn shapes do not.
"""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape

from docx.oxml.ns import nsdecls

from congress_app.formats import paper_form as form
from congress_app.formats.blocks import Runs, ink

_JC = {"left": "left", "centre": "center", "right": "right", "justify": "both"}
NO_BORDERS = "".join(
    f'<w:{side} w:val="nil"/>' for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
GRID = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)


def twips(mm: float) -> int:
    """Millimetres as twentieths of a point."""
    return round(mm * 1440 / 25.4)


def runs(given: Runs, size: float) -> str:
    """Stretches of text; sizes in half points."""
    return "".join(
        f"<w:r><w:rPr>{'<w:b/><w:bCs/>' if run.bold else ''}"
        f"{'<w:i/><w:iCs/>' if run.italic else ''}"
        f'<w:sz w:val="{round(size * 2)}"/><w:szCs w:val="{round(size * 2)}"/></w:rPr>'
        f'<w:t xml:space="preserve">{escape(ink(run.text))}</w:t></w:r>'
        for run in given
    )


def paragraph(
    given: Runs,
    *,
    align: str = "centre",
    size: float = form.BODY_SIZE,
    before: float = 0,
    after: float = 0,
    first: float = 0,
    keep: bool = False,
) -> str:
    """One paragraph; `before` and `after` in points, `first` (line's indent) in mm."""
    indent = f'<w:ind w:firstLine="{twips(first)}"/>' if first else ""
    # Without a run the mark of the paragraph alone gives its height.
    mark = "" if given else f'<w:rPr><w:sz w:val="{round(size * 2)}"/></w:rPr>'
    return (
        f"<w:p><w:pPr>{'<w:keepNext/>' if keep else ''}"
        f'<w:spacing w:before="{round(before * 20)}" w:after="{round(after * 20)}"/>'
        f'{indent}<w:jc w:val="{_JC[align]}"/>{mark}</w:pPr>{runs(given, size)}</w:p>'
    )


def rule(length: float, room: float, *, keep: bool = False) -> str:
    """A line of the length (mm) in the middle of the room."""
    side = twips(max(room - length, 0) / 2)
    return (
        f"<w:p><w:pPr>{'<w:keepNext/>' if keep else ''}"
        '<w:pBdr><w:top w:val="single" w:sz="6" w:space="1" w:color="000000"/></w:pBdr>'
        '<w:spacing w:before="50" w:after="0" w:line="40" w:lineRule="exact"/>'
        f'<w:ind w:left="{side}" w:right="{side}"/><w:jc w:val="center"/></w:pPr></w:p>'
    )


def carrier(section_end: str) -> str:
    """The last paragraph of a section: a hair high, it only bears the section's end."""
    return (
        '<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'
        f"{section_end}</w:pPr></w:p>"
    )


def header_paragraph(*, with_number: bool) -> str:
    """What stands in the top margin."""
    size = round(form.PAGE_NUMBER_SIZE * 2)
    number = (
        f'<w:fldSimple w:instr=" PAGE "><w:r><w:rPr><w:sz w:val="{size}"/></w:rPr>'
        "<w:t>2</w:t></w:r></w:fldSimple>"
    )
    return (
        f'<w:p {nsdecls("w")}><w:pPr><w:spacing w:before="0" w:after="0"/>'
        f'<w:jc w:val="center"/></w:pPr>{number if with_number else ""}</w:p>'
    )


def table(
    widths: Sequence[float],
    rows: Sequence[str],
    *,
    borders: str = NO_BORDERS,
    padding: float = 0,
) -> str:
    """A table of fixed columns (mm); `rows` are `row(...)` texts."""
    grid = "".join(f'<w:gridCol w:w="{twips(width)}"/>' for width in widths)
    side = twips(padding)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(map(twips, widths))}" w:type="dxa"/>'
        f'<w:jc w:val="center"/><w:tblBorders>{borders}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        f'<w:tblCellMar><w:left w:w="{side}" w:type="dxa"/><w:right w:w="{side}" w:type="dxa"/>'
        f"</w:tblCellMar></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def row(
    widths: Sequence[float],
    cells: Sequence[str],
    *,
    header: bool = False,
    height: float = 0,
    exact: bool = False,
    middle: bool = False,
    boxed: int = -1,
) -> str:
    """One row that is never divided between pages; `boxed` is the place of a framed cell."""
    rule_word = "exact" if exact else "atLeast"
    tall = f'<w:trHeight w:val="{twips(height)}" w:hRule="{rule_word}"/>' if height else ""
    repeated = "<w:tblHeader/>" if header else ""
    frame = f"<w:tcBorders>{GRID.split('<w:insideH')[0]}</w:tcBorders>"
    upright = '<w:vAlign w:val="center"/>' if middle else ""
    told = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{twips(width)}" w:type="dxa"/>'
        f"{frame if place == boxed else ''}{upright}</w:tcPr>{cell}</w:tc>"
        for place, (width, cell) in enumerate(zip(widths, cells, strict=True))
    )
    return f"<w:tr><w:trPr><w:cantSplit/>{tall}{repeated}</w:trPr>{told}</w:tr>"
