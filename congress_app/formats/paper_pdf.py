"""A paper as PDF: the preview of its .docx, same measures, set in Tinos.

Equal papers give equal bytes. Each section begins on a new page; its pages are numbered in
the middle of the top margin, from the second one on.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

from reportlab.platypus import (
    ActionFlowable,
    BaseDocTemplate,
    Frame,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
)

from congress_app.formats import paper_form as form
from congress_app.formats import pdf_blocks
from congress_app.formats.blocks import Paper, Section, ink
from congress_app.formats.pdf import MM, Face, loaded


class _Sheets(BaseDocTemplate):  # type: ignore[misc]
    """Knows on which page the running section began, and whether it shows numbers."""

    first_page = 1
    shows_numbers = True
    begun = 0

    def handle_section(self, numbered: bool) -> None:
        """Called by the first flowable of a section, on its first page."""
        self.first_page = self.page
        self.shows_numbers = numbered
        self.begun += 1


Tell = Callable[[int, int], None]


def _quiet(_done: int, _total: int) -> None:
    """Nobody waits."""


def write(paper: Paper, tell: Tell = _quiet) -> bytes:
    """The paper as the bytes of a PDF file; `tell` hears with each page how many of how many
    sections are set."""
    for face in (Face.SERIF, Face.SERIF_BOLD, Face.SERIF_ITALIC, Face.SERIF_BOLD_ITALIC):
        loaded(face)
    out = io.BytesIO()
    sheets = _Sheets(out, title=ink(paper.title), author="", invariant=1, lang="vi-VN")
    shapes = {_key(section): section for section in paper.sections}
    first = _key(paper.sections[0])
    ordered = [first, *(key for key in shapes if key != first)]

    def after_page(canvas: Any, sheets: Any) -> None:
        _number_page(canvas, sheets)
        tell(sheets.begun, len(paper.sections))

    sheets.addPageTemplates([_template(key, shapes[key], after_page) for key in ordered])
    story: list[Any] = []
    for place, section in enumerate(paper.sections):
        if place:
            story += [NextPageTemplate(_key(section)), PageBreak()]
        story.append(ActionFlowable(("section", section.numbered)))
        story += pdf_blocks.flowables(section)
    sheets.build(story)
    return out.getvalue()


def _key(section: Section) -> str:
    return f"{section.size}{'-landscape' if section.landscape else ''}"


def _template(key: str, section: Section, after_page: Callable[..., None]) -> PageTemplate:
    page = form.geometry(section)
    frame = Frame(
        page.left * MM,
        page.bottom * MM,
        page.text_width * MM,
        page.text_height * MM,
        leftPadding=0,
        rightPadding=0,
        topPadding=0,
        bottomPadding=0,
    )
    size = (page.width * MM, page.height * MM)
    return PageTemplate(key, [frame], pagesize=size, onPageEnd=after_page)


def _number_page(canvas: Any, sheets: Any) -> None:
    number = sheets.page - sheets.first_page + 1
    if number < 2 or not sheets.shows_numbers:
        return
    height = canvas._pagesize[1]
    canvas.setFont(Face.SERIF.value, form.PAGE_NUMBER_SIZE)
    canvas.setFillGray(0)
    base = height - form.HEADER_DISTANCE * MM - form.PAGE_NUMBER_SIZE * 0.8
    frame = sheets.pageTemplate.frames[0]
    canvas.drawCentredString((frame._x1 + frame._x2) / 2, base, str(number))
