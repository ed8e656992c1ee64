"""Symbols: their size, their drawing, and that a reader reads them."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from congress_app.formats import qr

CODE = "40719238846150277"


def picture(modules: qr.Matrix, unit: int = 4) -> Image.Image:
    side = len(modules) + 2 * qr.QUIET_ZONE
    image = Image.new("1", (side, side), 1)
    for y, row in enumerate(modules):
        for x, dark in enumerate(row):
            image.putpixel((x + qr.QUIET_ZONE, y + qr.QUIET_ZONE), 0 if dark else 1)
    return image.resize((side * unit, side * unit))


def scanned(image: Image.Image, folder: Path) -> str:
    path = folder / "symbol.png"
    image.save(path)
    found = subprocess.run(
        ["zbarimg", "--quiet", "--raw", path], capture_output=True, text=True, check=True
    )
    return found.stdout.removesuffix("\n")


def test_seventeen_digits_take_the_smallest_symbol() -> None:
    assert len(qr.matrix(CODE)) == 21
    assert len(qr.matrix("0" * 17)) == 21


@pytest.mark.parametrize(
    "text",
    [CODE, "00000000000000000", "99999999999999999", "https://example.vn/d/aB3_x", "Điểm danh Ễ"],
)
def test_a_reader_reads_them(text: str, tmp_path: Path) -> None:
    assert scanned(picture(qr.matrix(text)), tmp_path) == text


def test_an_empty_text_has_no_symbol() -> None:
    with pytest.raises(ValueError, match="empty"):
        qr.matrix("")


@settings(max_examples=20, deadline=None)
@given(st.text("0123456789", min_size=17, max_size=17))
def test_runs_are_the_dark_modules(code: str) -> None:
    modules = qr.matrix(code)
    redrawn = {(x + step, y) for x, y, length in qr.runs(modules) for step in range(length)}
    assert redrawn == {
        (x, y) for y, row in enumerate(modules) for x, dark in enumerate(row) if dark
    }
    # A run ends where a light module or the edge is: no two touch in one row.
    assert all(x + n >= 21 or not modules[y][x + n] for x, y, n in qr.runs(modules))


def test_the_svg_draws_the_same_modules_without_styles() -> None:
    text = qr.svg(CODE, label='Mã "A" & <B>')
    assert not re.search(r"style|script|onload", text)
    root = ET.fromstring(text)  # noqa: S314 - our own output
    assert (root.get("role"), root.get("aria-label")) == ("img", 'Mã "A" & <B>')
    assert root.get("viewBox") == "0 0 29 29"
    path = root[1].get("d", "")
    runs = [tuple(map(int, run)) for run in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\d+z", path)]
    assert [(x - 4, y - 4, length) for x, y, length in runs] == qr.runs(qr.matrix(CODE))
