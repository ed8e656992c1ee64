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

from congress_app.badges.back import Back
from congress_app.badges.design import Design
from congress_app.badges.face import CATEGORY_WORDS
from congress_app.badges.sheet import (
    BadgeFace,
    CongressFace,
    Grid,
    Imposition,
    badge_sheet,
    grid_of,
    per_sheet,
)
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


DESIGNS = [
    Design(size="90x130", preset="name"),
    Design(size="cr80"),
    Design(size="free", width_mm=54, height_mm=85.6, preset="name"),
    Design(size="free", width_mm=148, height_mm=105),
    Design(size="free", width_mm=50, height_mm=50),
]


@pytest.mark.parametrize(
    "design", DESIGNS, ids=lambda design: "×".join(map(str, design.millimetres))
)
@pytest.mark.parametrize("imposition", ["a6", "a4"])
def test_every_symbol_of_every_size_reads(
    design: Design, imposition: Imposition, tmp_path: Path
) -> None:
    data = badge_sheet(FACES, congress=CONGRESS, imposition=imposition, design=design)
    sheets = rasters(data, tmp_path, 200)
    if imposition == "a4":
        sheets = cut(sheets, grid_of(design), len(FACES), tmp_path)
    assert scanned(*sheets) == [badge.code for badge in FACES]


def cut(sheets: list[Path], grid: Grid, count: int, folder: Path) -> list[Path]:
    """The badges cut out of their sheets, as they are handed out."""
    found = []
    for place in range(count):
        picture = Image.open(sheets[place // grid.size])
        dots = picture.height / grid.page[1]
        x, y = grid.corner(place % grid.size)
        top = picture.height - (y + grid.height) * dots
        box = (x * dots, top, (x + grid.width) * dots, top + grid.height * dots)
        found.append(folder / f"cut-{place}.png")
        picture.crop(tuple(round(side) for side in box)).save(found[-1])
    return found


@pytest.mark.parametrize(
    "design", DESIGNS, ids=lambda design: "×".join(map(str, design.millimetres))
)
def test_a_page_has_the_badge_s_own_size(design: Design) -> None:
    width, height = design.millimetres
    found = pages(badge_sheet(FACES[:2], congress=CONGRESS, design=design))
    assert [box(page, "mediabox") for page in found] == [[0, 0, width, height]] * 2


@pytest.mark.parametrize(("size", "count"), [("a6", 4), ("90x130", 4), ("cr80", 10)])
def test_a_sheet_takes_as_many_as_fit(size: str, count: int) -> None:
    design = Design(size=size)
    faces = [face(serial=n) for n in range(1, count + 2)]
    found = pages(badge_sheet(faces, congress=CONGRESS, imposition="a4", design=design))
    assert (per_sheet(design), len(found)) == (count, 2)


def test_the_other_side_lies_behind_its_badge(tmp_path: Path) -> None:
    """Turned over the left edge, the right place of the back is behind the left of the front."""
    back = Back("CẦN BIẾT", ("Đeo thẻ.",))
    faces = [face("Lê Ý", "guest", 1), face("An", "press", 2), face("Ba", "elected", 3)]
    data = badge_sheet(faces, congress=CONGRESS, imposition="a4", back=back)
    sheets = [Image.open(path).convert("RGB") for path in rasters(data, tmp_path, 50)]

    def colour(side: int, column: int, row: int, above: float) -> object:
        """The colour near the left edge of a place, so many millimetres above its foot."""
        height = 297 - (row + 1) * 148 - 0.5 + above
        at = ((column * 105 + 3) / 25.4 * 50, (297 - height) / 25.4 * 50)
        return sheets[side].getpixel((round(at[0]), round(at[1])))

    def bands(side: int, above: float) -> list[object]:
        return [colour(side, column, row, above) for row in (0, 1) for column in (0, 1)]

    red, grey, green, white = (165, 18, 26), (74, 69, 63), (18, 92, 56), (255, 255, 255)
    assert bands(0, 60) == [red, grey, green, white]
    assert bands(1, 3) == [grey, red, white, green]


def test_two_sided_badges_alternate_one_to_a_page() -> None:
    back = Back("CẦN BIẾT", ("Đeo thẻ.",))
    found = [texts(page) for page in pages(badge_sheet(FACES[:2], congress=CONGRESS, back=back))]
    assert ["Đeo thẻ." in words for words in found] == [False, True, False, True]


def test_portraits_are_kept_as_they_are_and_missing_ones_leave_no_trace(tmp_path: Path) -> None:
    portrait = io.BytesIO()
    Image.effect_noise((300, 400), 60).convert("RGB").save(portrait, "JPEG")
    design = Design(preset="photo")
    with_photo = badge_sheet([face(photo=portrait.getvalue())], congress=CONGRESS, design=design)
    without = badge_sheet([face()], congress=CONGRESS, design=design)
    assert (b"/DCTDecode" in with_photo, b"/DCTDecode" in without) == (True, False)
    assert scanned(*rasters(with_photo, tmp_path)) == [code_of(1)]
