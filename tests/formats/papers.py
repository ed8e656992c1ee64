"""Papers for the tests of both writers, and reading them back."""

from __future__ import annotations

import io
import re
import zipfile
from xml.etree.ElementTree import Element, fromstring

from pypdf import PdfReader

from congress_app.formats.blocks import (
    Addressees,
    AnnexHead,
    Block,
    Closing,
    Column,
    Letterhead,
    PageBreak,
    Paper,
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

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
HEAD = Letterhead(
    ("BẢO HIỂM XÃ HỘI VIỆT NAM",),
    "BẢO HIỂM XÃ HỘI TỈNH QUẢNG NINH",
    "Số: 05/KH-BHXH",
    "Quảng Ninh, ngày 05 tháng 7 năm 2021",
)
CLOSING = Closing(
    ("- Như trên;", "- Lưu: VT, TĐKT."),
    Signature(("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"), "Trần Đức Thiện"),
)
COLUMNS = (Column("STT", 12, "centre"), Column("Đơn vị", 90), Column("Số", 20, "right"))


def rows(count: int) -> tuple[tuple[str, ...], ...]:
    return tuple((str(n), f"BHXH huyện số {n}", str(n)) for n in range(1, count + 1))


def letter(*body: Block) -> tuple[Block, ...]:
    return (HEAD, Title("KẾ HOẠCH", "Tổ chức Hội nghị"), *body, CLOSING)


def everything() -> Paper:
    """A paper with every kind of block."""
    text = Paragraph((Run("Thực hiện "), Run("Kế hoạch", bold=True), Run(" này.", italic=True)))
    return Paper(
        "Đủ mọi phần",
        (
            Section((HEAD, Addressees(("Sở A", "Sở B")), text, PageBreak(), text, CLOSING)),
            Section((AnnexHead("Phụ lục I", "Danh sách"), Table(COLUMNS, rows(3))), True),
            Section((StampBox("Dấu", ("PHIẾU BẦU",)), Table(COLUMNS, rows(2))), size="A5"),
            Section((Plate(("LÊ Ý",), 60, "Giám đốc"),), landscape=True, numbered=False),
            Section(
                (
                    Letterhead((), "HỘI NGHỊ"),
                    Title("BIÊN BẢN"),
                    Signatures((Signature(("THƯ KÝ",)), Signature(("CHỦ TỌA",), "Lê Ý"))),
                )
            ),
        ),
    )


def a_long(count: int = 40) -> Paper:
    """A plan of several pages."""
    body = [Paragraph(plain(f"{n}. " + "Nội dung công việc cần làm. " * 12)) for n in range(count)]
    return Paper("Dài", (Section(letter(*body)),))


def document_of(data: bytes) -> Element:
    """The body's XML of a .docx."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return fromstring(archive.read("word/document.xml"))  # noqa: S314 - our own file


def part_of(data: bytes, name: str) -> str:
    """A member of a .docx as text."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name).decode()


def words_of(data: bytes) -> str:
    """All text of a .docx, a paragraph a line."""
    paragraphs = document_of(data).iter(f"{W}p")
    return "\n".join("".join(t.text or "" for t in p.iter(f"{W}t")) for p in paragraphs)


def pages_of(data: bytes) -> list[str]:
    """The text of each page of a PDF, spaces folded."""
    reader = PdfReader(io.BytesIO(data))
    return [re.sub(r"\s+", " ", page.extract_text()) for page in reader.pages]


def sides_of(data: bytes) -> list[tuple[int, int]]:
    """Width and height of each page of a PDF in whole millimetres."""
    boxes = [page.mediabox for page in PdfReader(io.BytesIO(data)).pages]
    return [(round(float(b.width) / 72 * 25.4), round(float(b.height) / 72 * 25.4)) for b in boxes]
