"""Pages: composed text in our fonts, equal bytes for equal content."""

from __future__ import annotations

import io
import math
import unicodedata
from typing import Any

from pypdf import PdfReader

from congress_app.formats.pdf import (
    A4,
    A6,
    MM,
    Face,
    Pages,
    face_for,
    fit_text,
    star,
    width_of,
)

NAME = "Nguyễn Thị Ánh Đỗ Ễ Ộ"


def drawn() -> bytes:
    pages = Pages(A6, title="Thẻ", subject="Nguyê\u0303n")
    pages.text(20, 300, unicodedata.normalize("NFD", NAME), Face.BOLD, 14)
    pages.text(20, 200, "Y Bhĭ Ŏ", Face.BOLD, 14, colour="#A5121A")
    pages.next_page()
    pages.text(150, 100, "GIỮA", Face.REGULAR, 10, align="centre")
    star(pages.canvas, 100, 100, 20, "#F2C14E")
    return pages.bytes()


def test_text_is_composed_and_readable_again() -> None:
    reader = PdfReader(io.BytesIO(drawn()))
    assert [page.extract_text().split("\n")[:-1] for page in reader.pages] == [
        [NAME, "Y Bhĭ Ŏ"],
        ["GIỮA"],
    ]
    assert reader.metadata is not None
    assert (reader.metadata.title, reader.metadata.subject) == ("Thẻ", "Nguyễn")
    assert [float(side) for side in reader.pages[0].mediabox[2:]] == [round(s, 4) for s in A6]


def test_equal_content_is_equal_bytes() -> None:
    assert drawn() == drawn()


def test_only_our_fonts_are_embedded_with_text() -> None:
    page: Any = PdfReader(io.BytesIO(drawn())).pages[0]
    fonts = page["/Resources"]["/Font"]
    embedded = {
        str(font.get_object()["/BaseFont"]).rpartition("+")[2]
        for font in fonts.values()
        if "/FontDescriptor" in font.get_object()
    }
    assert embedded == {"BeVietnamPro-Bold", "BeVietnamPro-Regular", "Tinos-Bold"}


def test_every_vietnamese_letter_is_in_the_main_faces() -> None:
    bases = "aăâeêioôơuưy"
    tones = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
    letters = "".join(unicodedata.normalize("NFC", b + t) for b in bases for t in tones) + "đ"
    text = letters + letters.upper() + "₫–’“”…"
    assert [face_for(text, face) for face in Face] == list(Face)


def test_letters_of_minority_languages_come_from_the_stand_in() -> None:
    assert face_for("Ksơr Ŏ", Face.BOLD) is Face.SERIF_BOLD
    assert face_for("Ksơr Ŏ", Face.REGULAR) is Face.SERIF
    # Nobody has this letter: then the look stays.
    assert face_for("中", Face.BOLD) is Face.BOLD


def test_a_long_name_fits_its_box() -> None:
    fitted = fit_text(
        "NGUYỄN PHÚC CÔNG TẰNG TÔN NỮ HOÀNG PHƯƠNG THẢO TRANG BẢO NGỌC",
        Face.BOLD,
        width=93 * MM,
        largest=31,
        smallest=10,
        lines=3,
        height=30 * MM,
    )
    assert len(fitted.lines) == 3
    assert fitted.size >= 15
    assert max(width_of(line, Face.BOLD, fitted.size) for line in fitted.lines) <= 93 * MM


def test_a_block_ends_below_its_lines() -> None:
    pages = Pages(A4, title="Thử")
    fitted = fit_text("MỘT HAI", Face.BOLD, width=200, largest=20, smallest=10)
    assert math.isclose(pages.block(300, 500, fitted, Face.BOLD, leading=1.5), 500 - 20 * 1.5)
    assert fit_text("", Face.BOLD, width=9, largest=9, smallest=9).lines == ()
