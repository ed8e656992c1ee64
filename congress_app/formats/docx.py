"""A paper as .docx: Times New Roman, the decree's measures, finished by a clerk in Word.

The body is written as WordprocessingML text and parsed once, because building five
hundred letters element by element takes a minute; python-docx makes the package around
it. Equal papers give equal bytes: no time of day, no random number.
"""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime
from typing import Any

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt

from congress_app.formats import docx_blocks
from congress_app.formats import docx_parts as parts
from congress_app.formats import paper_form as form
from congress_app.formats.blocks import Paper, Section, ink

FONT = "Times New Roman"
_EPOCH = datetime(2020, 1, 1, tzinfo=UTC)
_ZIP_EPOCH = (2020, 1, 1, 0, 0, 0)


def write(paper: Paper) -> bytes:
    """The paper as the bytes of a .docx file."""
    document = Document()
    _set_styles(document)
    _set_properties(document, paper.title)
    numbered = _header(document, with_number=True)
    bare = _header(document, with_number=False)
    body = []
    for place, section in enumerate(paper.sections):
        body.append(docx_blocks.blocks(section))
        ending = _section_end(section, numbered if section.numbered else bare)
        body.append(ending if place == len(paper.sections) - 1 else parts.carrier(ending))
    fresh = parse_xml(f"<w:body {nsdecls('w', 'r')}>{''.join(body)}</w:body>")
    document.element.replace(document.element.body, fresh)
    out = io.BytesIO()
    document.save(out)
    return _without_time(out.getvalue())


def _set_styles(document: Any) -> None:
    normal = document.styles["Normal"]
    normal.font.name = FONT
    normal.font.size = Pt(form.BODY_SIZE)
    # Single, as in the .pdf: the template the package starts from is looser.
    normal.paragraph_format.line_spacing = 1.0
    fonts = normal.element.rPr.rFonts
    for part in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(part), FONT)
    language = parse_xml(f'<w:lang {nsdecls("w")} w:val="vi-VN" w:eastAsia="vi-VN"/>')
    normal.element.rPr.append(language)


def _set_properties(document: Any, title: str) -> None:
    told = document.core_properties
    told.title, told.author, told.last_modified_by = ink(title)[:250], "", ""
    told.comments, told.keywords, told.subject = "", "", ""
    told.created = told.modified = _EPOCH
    told.revision, told.language = 1, "vi-VN"


def _header(document: Any, *, with_number: bool) -> str:
    """The key of a new header: the page's number in its middle, or nothing."""
    part, key = document.part.add_header_part()
    header = part.element
    for paragraph in list(header):
        header.remove(paragraph)
    header.append(parse_xml(parts.header_paragraph(with_number=with_number)))
    return str(key)


def _section_end(section: Section, header: str) -> str:
    """The properties of a section: paper, margins, page numbers from the second page."""
    page = form.geometry(section)
    turned = ' w:orient="landscape"' if section.landscape else ""
    return (
        f'<w:sectPr><w:headerReference w:type="default" r:id="{header}"/>'
        '<w:type w:val="nextPage"/>'
        f'<w:pgSz w:w="{parts.twips(page.width)}" w:h="{parts.twips(page.height)}"{turned}/>'
        f'<w:pgMar w:top="{parts.twips(page.top)}" w:right="{parts.twips(page.right)}" '
        f'w:bottom="{parts.twips(page.bottom)}" w:left="{parts.twips(page.left)}" '
        f'w:header="{parts.twips(form.HEADER_DISTANCE)}" '
        f'w:footer="{parts.twips(form.HEADER_DISTANCE)}" w:gutter="0"/>'
        '<w:pgNumType w:start="1"/><w:cols w:space="708"/><w:titlePg/></w:sectPr>'
    )


def _without_time(data: bytes) -> bytes:
    """The same package with a fixed time on every member."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            info = zipfile.ZipInfo(name, _ZIP_EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(info, source.read(name))
    return out.getvalue()
