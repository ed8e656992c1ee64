"""The design system keeps its promises: icons exist, files exist, words are readable."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
STATIC = ROOT / "static"
OWN_TEXTS = {
    path.relative_to(ROOT).as_posix(): path.read_text("utf-8")
    for folder in ("templates", "congress_app", "static")
    for path in sorted((ROOT / folder).rglob("*"))
    if path.suffix in (".html", ".py", ".css", ".js") and "vendor" not in path.parts
}
ICONS = set(re.findall(r'<symbol id="([a-z-]+)"', (STATIC / "icons.svg").read_text("utf-8")))
COLOURS = dict(
    re.findall(r"--([a-z]+(?:-[a-z0-9]+)*): (#[0-9a-f]{3,6});", (STATIC / "base.css").read_text())
)


def icon_names(text: str) -> set[str]:
    """Icons a template asks for by a literal name."""
    named = re.findall(r"""\bicon\(\s*["']([a-z-]+)["']""", text)
    passed = re.findall(r"""\bicon_name=["']([a-z-]+)["']""", text)
    used = re.findall(r"icons\.svg[^#]{0,12}#([a-z-]+)", text)
    return {*named, *passed, *used}


def luminance(colour: str) -> float:
    """Relative luminance of #rgb or #rrggbb, 0 to 1 (WCAG 2.2)."""
    digits = colour[1:] if len(colour) == 7 else "".join(c * 2 for c in colour[1:])
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4))
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast of two colours, 1 to 21 (WCAG 2.2)."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_each_icon_asked_for_is_drawn() -> None:
    missing = {
        name: lost
        for name, text in OWN_TEXTS.items()
        if name.endswith(".html") and (lost := icon_names(text) - ICONS)
    }
    assert missing == {}


def test_each_static_file_a_template_links_exists() -> None:
    missing = [
        f"{name}: {file}"
        for name, text in OWN_TEXTS.items()
        if name.endswith(".html")
        for file in re.findall(r"""filename=["']([\w./-]+)["']\s*\)""", text)
        if not (STATIC / file).is_file()
    ]
    assert missing == []


def test_each_file_a_style_sheet_draws_on_exists() -> None:
    missing = [
        f"{name}: {file}"
        for name, text in OWN_TEXTS.items()
        if name.endswith(".css")
        for file in re.findall(r"""url\(["']?([^"')]+)["']?\)""", text)
        if not (ROOT / name).parent.joinpath(file).is_file()
    ]
    assert missing == []


@pytest.mark.parametrize(
    ("word", "ground"),
    [
        *(
            (word, ground)
            for word in ("ink", "ink-soft")
            for ground in ("ground", "paper", "sunken")
        ),
        *((f"{hue}-700", f"{hue}-50") for hue in ("green", "amber", "blue", "grey", "gold")),
        ("red-800", "red-50"),
        ("red-700", "ground"),
        ("paper", "red-700"),
        ("paper", "green-600"),
        ("gold-700", "gold-100"),
        ("gold-400", "red-800"),
        ("grey-600", "grey-50"),
    ],
)
def test_words_stand_out_from_their_ground(word: str, ground: str) -> None:
    assert contrast(COLOURS[word], COLOURS[ground]) >= 4.5


@pytest.mark.parametrize("edge", ["line-strong", "blue-700", "red-600", "green-600", "amber-600"])
def test_edges_that_carry_meaning_stand_out_from_paper(edge: str) -> None:
    assert contrast(COLOURS[edge], COLOURS["paper"]) >= 3


def test_the_contrast_is_the_published_one() -> None:
    assert (contrast("#000", "#fff"), round(contrast("#777777", "#ffffff"), 2)) == (21, 4.48)


def test_no_style_sheet_sets_words_under_sixteen_pixels() -> None:
    small = [
        f"{name}: {size}"
        for name, text in OWN_TEXTS.items()
        if name.endswith(".css") and not name.endswith("print.css")
        for rule in re.findall(r"\bfont(?:-size)?:([^;}]+)", text)
        for size in re.findall(r"(?<![\d.])(?:0?\.\d+r?em|(?:\d|1[0-5])px)", rule)
    ]
    # The figure inside a ring is measured in the drawing's own units, 36 to the ring's width.
    assert small == ["static/components.css: 8px"]
