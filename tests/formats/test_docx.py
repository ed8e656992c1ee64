"""A .docx measured from its XML against Nghị định 30/2020, Phụ lục I."""

from __future__ import annotations

import io
import unicodedata
from dataclasses import replace
from xml.etree.ElementTree import Element

import pytest
from docx import Document

from congress_app.formats import docx, paper_form
from congress_app.formats.blocks import Column, Paper, Paragraph, Section, Table, plain
from tests.formats.papers import (
    CLOSING,
    COLUMNS,
    HEAD,
    W,
    document_of,
    everything,
    letter,
    part_of,
    rows,
    words_of,
)


def mm(twips: str | None) -> float:
    return round(int(twips or 0) * 25.4 / 1440, 1)


def sections(data: bytes) -> list[Element]:
    return list(document_of(data).iter(f"{W}sectPr"))


def a_letter(*body: object) -> bytes:
    return docx.write(Paper("Thư", (Section(letter(*body)),)))


def test_the_page_has_the_measures_of_the_decree() -> None:
    section = sections(a_letter())[0]
    size, margins = section.find(f"{W}pgSz"), section.find(f"{W}pgMar")
    assert (mm(size.get(f"{W}w")), mm(size.get(f"{W}h"))) == (210.0, 297.0)
    told = {name: mm(margins.get(f"{W}{name}")) for name in ("top", "bottom", "left", "right")}
    assert told == {"top": 20.0, "bottom": 20.0, "left": 30.0, "right": 15.0}


def test_landscape_and_a5_are_pages_of_their_own() -> None:
    told = [
        (mm(size.get(f"{W}w")), mm(size.get(f"{W}h")), size.get(f"{W}orient"))
        for size in document_of(docx.write(everything())).iter(f"{W}pgSz")
    ]
    assert told == [
        (210.0, 297.0, None),
        (297.0, 210.0, "landscape"),
        (148.0, 210.0, None),
        (297.0, 210.0, "landscape"),
        (210.0, 297.0, None),
    ]


def test_pages_are_numbered_from_the_second_at_the_top_centre_anew_in_each_section() -> None:
    data = docx.write(everything())
    for section in sections(data):
        assert section.find(f"{W}titlePg") is not None
        assert section.find(f"{W}pgNumType").get(f"{W}start") == "1"
        assert section.find(f"{W}footerReference") is None
    headers = [part_of(data, "word/header1.xml"), part_of(data, "word/header2.xml")]
    assert ['instr=" PAGE "' in header for header in headers] == [True, False]
    assert 'w:jc w:val="center"' in headers[0]


def test_only_numbered_sections_refer_to_the_numbered_header() -> None:
    key = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
    refers = [s.find(f"{W}headerReference").get(key) for s in sections(docx.write(everything()))]
    assert [one == refers[0] for one in refers] == [True, True, True, False, True]


def test_times_new_roman_is_named_for_every_script() -> None:
    styles = part_of(a_letter(), "word/styles.xml")
    for name in ("ascii", "hAnsi", "eastAsia", "cs"):
        assert f'w:{name}="Times New Roman"' in styles
    assert 'w:lang w:val="vi-VN"' in styles


def size_of(data: bytes, text: str) -> tuple[float, bool, bool]:
    """Points, bold, italic of the first run that holds the text."""
    for run in document_of(data).iter(f"{W}r"):
        if text in "".join(t.text or "" for t in run.iter(f"{W}t")):
            style = run.find(f"{W}rPr")
            half = int(style.find(f"{W}sz").get(f"{W}val"))
            bold = style.find(f"{W}b") is not None
            return half / 2, bold, style.find(f"{W}i") is not None
    raise AssertionError(f"{text!r} is not there")


@pytest.mark.parametrize(
    ("text", "look"),
    [
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", (12, True, False)),
        ("Độc lập - Tự do - Hạnh phúc", (13, True, False)),
        ("BẢO HIỂM XÃ HỘI VIỆT NAM", (12, False, False)),
        ("TỈNH QUẢNG NINH", (12, True, False)),
        ("Số: 05/KH-BHXH", (13, False, False)),
        ("Quảng Ninh, ngày 05 tháng 7 năm 2021", (13, False, True)),
        ("KẾ HOẠCH", (14, True, False)),
        ("Tổ chức Hội nghị", (14, True, False)),
        ("PHÓ GIÁM ĐỐC", (14, True, False)),
        ("Trần Đức Thiện", (14, True, False)),
        ("Nơi nhận:", (12, True, True)),
        ("- Lưu: VT, TĐKT.", (11, False, False)),
    ],
)
def test_sizes_and_faces(text: str, look: tuple[float, bool, bool]) -> None:
    assert size_of(a_letter(), text) == look


def rule_lengths(data: bytes, room: list[float]) -> list[float]:
    """Lengths of the lines drawn as borders, in millimetres, given the room each has."""
    told: list[float] = []
    for paragraph in document_of(data).iter(f"{W}p"):
        style = paragraph.find(f"{W}pPr")
        if style is not None and style.find(f"{W}pBdr") is not None:
            indent = style.find(f"{W}ind")
            sides = mm(indent.get(f"{W}left")) + mm(indent.get(f"{W}right"))
            told.append(round(room[len(told)] - sides, 1))
    return told


def test_the_lines_under_issuer_motto_and_subject_have_their_lengths() -> None:
    left = 165 * paper_form.LEFT_SHARE
    told = rule_lengths(a_letter(), [left, 165 - left, 165])
    issuer = paper_form.short_rule(HEAD.issuer, 12, left)
    subject = paper_form.short_rule("Tổ chức Hội nghị", 14, 165)
    expected = (issuer, paper_form.motto_rule(), subject)
    for length, wanted in zip(told, expected, strict=True):
        assert abs(length - wanted) < 0.2


def test_the_body_is_justified_and_its_first_line_goes_in() -> None:
    data = a_letter(Paragraph(plain("Nội dung.")))
    for paragraph in document_of(data).iter(f"{W}p"):
        if "Nội dung." in "".join(t.text or "" for t in paragraph.iter(f"{W}t")):
            style = paragraph.find(f"{W}pPr")
            assert style.find(f"{W}jc").get(f"{W}val") == "both"
            assert mm(style.find(f"{W}ind").get(f"{W}firstLine")) == 12.7
            assert int(style.find(f"{W}spacing").get(f"{W}before")) >= 120


def the_list(data: bytes) -> Element:
    """The table of units."""
    tables = document_of(data).iter(f"{W}tbl")
    return next(table for table in tables if "Đơn vị" in "".join(table.itertext()))


def test_header_rows_repeat_and_no_row_is_divided() -> None:
    data = a_letter(Table(COLUMNS, rows(60)))
    listed = the_list(data)
    told = list(listed.iter(f"{W}tr"))
    assert len(told) == 61
    assert [r.find(f"{W}trPr/{W}tblHeader") is not None for r in told] == [True] + [False] * 60
    assert all(r.find(f"{W}trPr/{W}cantSplit") is not None for r in told)
    widths = [int(c.get(f"{W}w")) for c in listed.iter(f"{W}gridCol")]
    assert abs(sum(widths) * 25.4 / 1440 - 165) < 0.2


def test_the_last_rows_and_the_signature_stay_together() -> None:
    data = a_letter(Table(COLUMNS, rows(5)))
    listed = the_list(data)
    held = [r.find(f".//{W}keepNext") is not None for r in list(listed.iter(f"{W}tr"))]
    assert held == [False, False, False, False, True, True]


def test_decomposed_names_are_composed() -> None:
    name = unicodedata.normalize("NFD", "Nguyễn Thị Hường")
    data = a_letter(Paragraph(plain(name)))
    assert "Nguyễn Thị Hường" in words_of(data)


def test_letters_that_xml_would_misread_are_kept() -> None:
    assert "Anh & Em <1>" in words_of(a_letter(Paragraph(plain("Anh & Em <1>\x00"))))


def test_equal_papers_are_equal_bytes() -> None:
    assert docx.write(everything()) == docx.write(everything())


def test_python_docx_opens_every_kind_of_block() -> None:
    opened = Document(io.BytesIO(docx.write(everything())))
    assert len(opened.sections) == 5
    assert opened.core_properties.title == "Đủ mọi phần"
    assert opened.core_properties.author == ""


def test_a_name_of_sixty_letters_keeps_its_letters() -> None:
    name = "Công Tằng Tôn Nữ Thị Phương Thảo Nguyên Hoàng Bảo Ngọc Quỳnh"
    signed = replace(CLOSING, signature=replace(CLOSING.signature, name=name))
    data = docx.write(Paper("x", (Section((HEAD, signed)),)))
    assert name in words_of(data)


def test_a_table_without_headings_has_no_header_row() -> None:
    bare = Table((Column("", 10), Column("", 20)), (("a", "b"),))
    listed = list(document_of(a_letter(bare)).iter(f"{W}tblHeader"))
    assert listed == []
