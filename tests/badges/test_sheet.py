"""Printed badges: what can be read on them by people, by scanners and by print shops."""

from __future__ import annotations

import io
import re
import subprocess
import unicodedata
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from pypdf import PdfReader

from congress_app.badges.face import CATEGORY_WORDS
from congress_app.badges.sheet import BadgeFace, CongressFace, Imposition, badge_sheet
from congress_app.badges.token import check_digit, grouped

CONGRESS = CongressFace(
    "Bảo hiểm xã hội Việt Nam",
    "Đại hội Thi đua yêu nước",
    "Ngành Bảo hiểm xã hội lần thứ V (2020 – 2025)",
    "Hà Nội, ngày 14 tháng 10 năm 2020",
)
HEAD = [
    "BẢO HIỂM XÃ HỘI VIỆT NAM",
    "ĐẠI HỘI THI ĐUA YÊU NƯỚC",
    "Ngành Bảo hiểm xã hội lần thứ V (2020 – 2025)",
    "Hà Nội, ngày 14 tháng 10 năm 2020",
]


def code_of(serial: int) -> str:
    digits = f"{serial * 104_729:016d}"
    return digits + check_digit(digits)


def face(name: str = "Lê Ý", category: str = "official", serial: int = 1, **more: Any) -> BadgeFace:
    return BadgeFace(name, category, code_of(serial), **more)


FACES = [
    face(
        "Nguyễn Hoàng Phương Quỳnh Anh",
        "official",
        1,
        number="0127",
        unit="BHXH thành phố Hà Nội",
        position="Phó Giám đốc",
        details=(("Ghế / Seat", "A – 12"),),
    ),
    face("Công Tằng Tôn Nữ Thị Phương Thảo", "organiser", 2, number="BTC07"),
    face("H’Hen Niê Kdăm", "elected", 3, unit="Đoàn đại biểu tỉnh Đắk Lắk"),
    face("Lê Ý", "guest", 4),
    face(unicodedata.normalize("NFD", "Đỗ Mễ Ấp Ộc"), "press", 5, number="B12"),
    face("Nguyễn Phúc Công Tằng Tôn Nữ Hoàng Phương Thảo Trang Bảo Ngọc", "elected", 6, number="9"),
]


def pages(data: bytes) -> list[Any]:
    return list(PdfReader(io.BytesIO(data)).pages)


def texts(page: Any) -> list[str]:
    return [line.strip() for line in page.extract_text().split("\n") if line.strip()]


def rasters(data: bytes, folder: Path, dots: int = 150) -> list[Path]:
    source = folder / "badges.pdf"
    source.write_bytes(data)
    subprocess.run(["pdftoppm", "-r", str(dots), "-png", source, folder / "page"], check=True)
    return sorted(folder.glob("page-*.png"))


def scanned(*images: Path) -> list[str]:
    found = subprocess.run(
        ["zbarimg", "--quiet", "--raw", *images], capture_output=True, text=True, check=True
    )
    return found.stdout.split()


@pytest.mark.parametrize("imposition", ["a6", "a4", "bleed"])
def test_every_symbol_reads_from_the_printed_page(imposition: Imposition, tmp_path: Path) -> None:
    data = badge_sheet(FACES, congress=CONGRESS, imposition=imposition)
    found = scanned(*rasters(data, tmp_path))
    expected = [badge.code for badge in FACES]
    assert (sorted(found) if imposition == "a4" else found) == (
        sorted(expected) if imposition == "a4" else expected
    )


def test_the_symbol_reads_from_a_coarse_picture(tmp_path: Path) -> None:
    data = badge_sheet(FACES[:1], congress=CONGRESS)
    assert scanned(*rasters(data, tmp_path, dots=60)) == [FACES[0].code]


def test_all_words_of_a_badge_stand_on_it_once() -> None:
    found = texts(pages(badge_sheet(FACES[:1], congress=CONGRESS))[0])
    expected = [
        *HEAD,
        "ĐẠI BIỂU CHÍNH THỨC",
        "OFFICIAL DELEGATE",
        "NGUYỄN HOÀNG",
        "PHƯƠNG QUỲNH ANH",
        "Phó Giám đốc",
        "BHXH thành phố Hà Nội",
        grouped(FACES[0].code),
        "Số đại biểu / Delegate no.",
        "0127",
        "Ghế / Seat",
        "A – 12",
    ]
    assert found == expected


def test_what_is_not_known_is_left_out() -> None:
    bare = CongressFace("Bảo hiểm xã hội tỉnh A", "Hội nghị Điển hình tiên tiến")
    found = texts(pages(badge_sheet([FACES[3]], congress=bare))[0])
    assert found == [
        "BẢO HIỂM XÃ HỘI TỈNH A",
        "HỘI NGHỊ ĐIỂN",
        "HÌNH TIÊN TIẾN",
        "KHÁCH MỜI",
        "GUEST",
        "LÊ Ý",
        grouped(FACES[3].code),
    ]


def test_decomposed_names_are_composed_and_long_ones_broken() -> None:
    found = [texts(page) for page in pages(badge_sheet(FACES[4:], congress=CONGRESS))]
    assert "ĐỖ MỄ ẤP ỘC" in " ".join(found[0])
    name = "NGUYỄN PHÚC CÔNG TẰNG TÔN NỮ HOÀNG PHƯƠNG THẢO TRANG BẢO NGỌC"
    assert name in " ".join(found[1])


@pytest.mark.parametrize("category", list(CATEGORY_WORDS))
def test_the_category_stands_in_both_languages(category: str) -> None:
    found = texts(pages(badge_sheet([face(category=category)], congress=CONGRESS))[0])
    assert tuple(found[4:6]) == CATEGORY_WORDS[category]


def test_categories_differ_in_colour_and_in_grey(tmp_path: Path) -> None:
    faces = [face(category=category) for category in CATEGORY_WORDS]
    bands = []
    for path in rasters(badge_sheet(faces, congress=CONGRESS), tmp_path, dots=50):
        picture = Image.open(path).convert("RGB")
        # In the category's band, at the left of its words: 60 mm above the lower edge.
        bands.append(picture.getpixel((6, round((148 - 60) / 25.4 * 50))))
    assert len(set(bands)) == len(CATEGORY_WORDS)


def box(page: Any, name: str) -> list[float]:
    return [round(float(side) / 72 * 25.4, 1) for side in getattr(page, name)]


def test_a_badge_to_a_page_is_a6() -> None:
    found = pages(badge_sheet(FACES, congress=CONGRESS))
    assert [box(page, "mediabox") for page in found] == [[0, 0, 105, 148]] * len(FACES)


def test_four_to_a_page_are_a4_in_reading_order() -> None:
    found = pages(badge_sheet(FACES, congress=CONGRESS, imposition="a4"))
    assert [box(page, "mediabox") for page in found] == [[0, 0, 210, 297]] * 2
    codes = [
        [line for line in texts(page) if re.fullmatch(r"(\d{4} ){4}\d", line)] for page in found
    ]
    assert codes == [
        [grouped(badge.code) for badge in FACES[:4]],
        [grouped(badge.code) for badge in FACES[4:]],
    ]


def test_a_print_shop_gets_boxes_and_bleed(tmp_path: Path) -> None:
    data = badge_sheet(FACES[:1], congress=CONGRESS, imposition="bleed")
    page = pages(data)[0]
    assert box(page, "mediabox") == [0, 0, 123, 166]
    assert box(page, "trimbox") == [9, 9, 114, 157]
    assert box(page, "bleedbox") == [6, 6, 117, 160]
    picture = Image.open(rasters(data, tmp_path, dots=127)[0]).convert("RGB")
    # 127 dots are 5 a millimetre: red reaches into the bleed above and left, not beyond.
    red, white = (165, 18, 26), (255, 255, 255)
    at = {
        spot: picture.getpixel((round(x * 5), round((166 - y) * 5)))
        for spot, x, y in (("bleed", 7, 159), ("inside", 12, 150), ("outside", 3, 120))
    }
    assert at == {"bleed": red, "inside": red, "outside": white}


def dark_box(picture: Image.Image) -> tuple[int, int, int, int]:
    found = picture.convert("L").point(lambda level: 255 if level < 60 else 0).getbbox()
    assert found is not None
    return found


def test_the_symbol_is_large_and_has_its_quiet_zone(tmp_path: Path) -> None:
    """At least 1.2 mm a module and four modules of white, measured on the page."""
    bare = replace(FACES[3], category="press")
    picture = Image.open(rasters(badge_sheet([bare], congress=CONGRESS), tmp_path, 254)[0])
    # 254 dots are 10 a millimetre; the symbol lies between 8 and 51 mm from below.
    field = picture.crop((0, picture.height - 510, picture.width, picture.height - 80))
    left, top, right, bottom = dark_box(field)
    module = (right - left) / 21
    assert module >= 12
    assert abs((bottom - top) - (right - left)) <= 1
    quiet = int(4 * module)
    top, bottom = top + picture.height - 510, bottom + picture.height - 510
    around = picture.crop((left - quiet, top - quiet, right + quiet, bottom + quiet))
    assert dark_box(around) == (quiet, quiet, quiet + right - left, quiet + bottom - top)


def test_equal_badges_are_equal_bytes() -> None:
    assert badge_sheet(FACES, congress=CONGRESS) == badge_sheet(FACES, congress=CONGRESS)


def test_shared_parts_are_kept_once() -> None:
    few = len(badge_sheet([face(serial=n) for n in range(2)], congress=CONGRESS))
    many = len(badge_sheet([face(serial=n) for n in range(102)], congress=CONGRESS))
    assert (many - few) / 100 < 3_000


def test_nothing_to_print_and_unknown_categories_are_errors() -> None:
    with pytest.raises(ValueError, match="no badges"):
        badge_sheet([], congress=CONGRESS)
    with pytest.raises(ValueError, match="no such category: chair"):
        badge_sheet([face(category="chair")], congress=CONGRESS)


@pytest.mark.parametrize(
    "name", ["A", "X" * 60, "Nguyễn " * 12, "Y Bhĭ Ŏ Čil Ƀuôn", "中文 李", "", " "]
)
def test_any_name_can_be_printed(name: str) -> None:
    long = "Trưởng phòng Chế độ bảo hiểm xã hội, " * 5
    data = badge_sheet([face(name, unit=long, position=long)], congress=CONGRESS)
    assert len(pages(data)) == 1
