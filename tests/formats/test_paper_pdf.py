"""A paper as PDF, measured from its pages."""

from __future__ import annotations

import io
import re
import subprocess
import unicodedata
from pathlib import Path

import pytest
from pypdf import PdfReader

from congress_app.formats import paper_form, paper_pdf
from congress_app.formats.blocks import Paper, Paragraph, Section, Table, plain
from tests.formats.papers import (
    CLOSING,
    COLUMNS,
    HEAD,
    a_long,
    everything,
    letter,
    pages_of,
    rows,
    sides_of,
)

WORD = re.compile(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">([^<]*)<')


def words_on(data: bytes, folder: Path, page: int = 1) -> dict[str, tuple[float, ...]]:
    """Where each word of a page stands: left, top, right, bottom in millimetres."""
    source = folder / "paper.pdf"
    source.write_bytes(data)
    command = ["pdftotext", "-bbox", "-f", str(page), "-l", str(page), str(source), "-"]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return {
        word: tuple(float(part) / 72 * 25.4 for part in box) for *box, word in WORD.findall(told)
    }


def test_every_page_has_its_size() -> None:
    assert sides_of(paper_pdf.write(everything())) == [
        (210, 297), (210, 297), (297, 210), (148, 210), (297, 210), (210, 297),
    ]  # fmt: skip


def test_the_text_keeps_to_the_margins_of_the_decree(tmp_path: Path) -> None:
    words = words_on(paper_pdf.write(a_long()), tmp_path).values()
    assert min(box[0] for box in words) >= 29.9
    assert max(box[2] for box in words) <= 195.1
    assert min(box[1] for box in words) >= 19.0
    assert max(box[3] for box in words) <= 277.5


def test_page_numbers_stand_in_the_top_margin_from_page_two(tmp_path: Path) -> None:
    data = paper_pdf.write(a_long())
    assert "1" not in words_on(data, tmp_path, page=1)
    left, top, right, bottom = words_on(data, tmp_path, page=2)["2"]
    assert bottom < 20
    assert top > 5
    assert abs((left + right) / 2 - (30 + 195) / 2) < 0.5


def numbers_above(data: bytes, folder: Path) -> list[list[str]]:
    """The words in the top margin of each page."""
    pages = len(PdfReader(io.BytesIO(data)).pages)
    boxes = [words_on(data, folder, page) for page in range(1, pages + 1)]
    return [[word for word, box in page.items() if box[3] < 19] for page in boxes]


def test_each_section_is_numbered_anew(tmp_path: Path) -> None:
    section = Section((Table(COLUMNS, rows(70)),))
    data = paper_pdf.write(Paper("x", (section, section)))
    assert numbers_above(data, tmp_path) == [[], ["2"], [], ["2"]]


def test_bare_sections_show_no_number(tmp_path: Path) -> None:
    section = Section((Table(COLUMNS, rows(70)),), numbered=False)
    assert numbers_above(paper_pdf.write(Paper("x", (section,))), tmp_path) == [[], []]


def test_the_header_row_repeats_on_every_page() -> None:
    pages = pages_of(paper_pdf.write(Paper("x", (Section((Table(COLUMNS, rows(150)),)),))))
    assert len(pages) > 3
    assert all("STT Đơn vị Số" in page for page in pages)


def test_the_signature_never_stands_alone_on_a_page() -> None:
    for count in range(30, 50):
        blocks = (HEAD, Table(COLUMNS, rows(count)), CLOSING)
        last = pages_of(paper_pdf.write(Paper("x", (Section(blocks),))))[-1]
        assert f"BHXH huyện số {count} {count}" in last, count
        assert "Trần Đức Thiện" in last


def test_the_last_words_go_with_the_signature() -> None:
    for count in range(24, 44):
        body = [Paragraph(plain(f"Đoạn {n}.")) for n in range(1, count + 1)]
        last = pages_of(paper_pdf.write(Paper("x", (Section(letter(*body)),))))[-1]
        assert f"Đoạn {count}." in last, count


@pytest.mark.parametrize("text", ["từ " * 5_000, "x" * 9_000])
@pytest.mark.parametrize("before", [0, 1, 17, 29])
def test_last_words_longer_than_a_page_run_on_and_their_end_stays_with_the_signature(
    text: str, before: int
) -> None:
    body = [Paragraph(plain(f"Đoạn {n}.")) for n in range(before)]
    section = Section(letter(*body, Paragraph(plain(text + " hết."))))
    pages = pages_of(paper_pdf.write(Paper("x", (section,))))
    assert len(pages) > 2
    assert "hết." in pages[-1]
    assert "Trần Đức Thiện" in pages[-1]
    # What goes ahead fills its pages: no page but the last is left half empty.
    assert all(len(page) > 1_000 for page in pages[1:-1])


def test_every_font_is_embedded() -> None:
    reader = PdfReader(io.BytesIO(paper_pdf.write(everything())))
    fonts = {
        str(font.get_object()["/BaseFont"])
        for page in reader.pages
        for font in page["/Resources"]["/Font"].values()
    }
    # reportlab lists Helvetica in every file; it is never used.
    assert {name.partition("+")[2] for name in fonts if "+" in name} == fonts_named(reader)


def fonts_named(reader: PdfReader) -> set[str]:
    """The names of the fonts whose files are inside."""
    told = set()
    for page in reader.pages:
        for font in page["/Resources"]["/Font"].values():
            described = font.get_object().get("/FontDescriptor")
            if described is not None and "/FontFile2" in described.get_object():
                told.add(str(described.get_object()["/FontName"]).partition("+")[2])
    return told


def test_vietnamese_can_be_read_back_also_when_it_came_decomposed() -> None:
    name = "Nguyễn Thị Hường, Đặng Ngữ, Kpă Rơ Ô"
    text = Paragraph(plain(unicodedata.normalize("NFD", name)))
    assert name in pages_of(paper_pdf.write(Paper("x", (Section((text,)),))))[0]


def test_equal_papers_are_equal_bytes() -> None:
    assert paper_pdf.write(everything()) == paper_pdf.write(everything())


def test_a_word_wider_than_its_column_is_divided_not_lost() -> None:
    word = "A" * 120
    table = Table(COLUMNS, (("1", word, "2"),))
    told = pages_of(paper_pdf.write(Paper("x", (Section((table,)),))))[0]
    assert word in told.replace(" ", "")


def test_long_issuers_are_balanced_on_few_lines() -> None:
    told = paper_form.balanced_lines("BẢO HIỂM XÃ HỘI TỈNH QUẢNG NINH", 12, 66)
    assert told == ("BẢO HIỂM XÃ HỘI", "TỈNH QUẢNG NINH")


def test_the_line_under_the_motto_is_as_long_as_the_motto(tmp_path: Path) -> None:
    words = words_on(paper_pdf.write(Paper("x", (Section(letter()),))), tmp_path)
    motto = words["phúc"][2] - words["Độc"][0]
    assert abs(motto - paper_form.motto_rule()) < 1.0
