"""Badges of every size on paper: symbols that read, sheets, both sides, portraits."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from congress_app.badges.back import Back
from congress_app.badges.design import Design
from congress_app.badges.sheet import Grid, Imposition, badge_sheet, grid_of, per_sheet
from tests.badges.test_sheet import (
    CONGRESS,
    FACES,
    box,
    code_of,
    face,
    pages,
    rasters,
    scanned,
    texts,
)

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
