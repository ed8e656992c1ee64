"""What the styles of a workbook say about its cells: which are dates, which font they use."""

from __future__ import annotations

import re
from dataclasses import dataclass

from congress_app.formats.legacy import is_legacy_font
from congress_app.formats.xlsx.archive import Archive, Attributes, local

# Number formats with a meaning of their own that show dates or times (ECMA-376, 18.8.30);
# 27–36 and 50–58 are dates of the East Asian editions.
_BUILT_IN_DATES = frozenset({*range(14, 23), *range(27, 37), 45, 46, 47, *range(50, 59)})
_BUILT_IN_TIMES = frozenset({18, 19, 20, 21, 45, 46, 47})
# Quoted words, escaped characters, padding, colours and locales are no date letters.
_NOT_CODE = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)


@dataclass(frozen=True)
class Styles:
    """Sets of style numbers, as cells name them in their attribute `s`."""

    dates: frozenset[str] = frozenset()
    times: frozenset[str] = frozenset()
    legacy_fonts: frozenset[str] = frozenset()


def is_date_format(code: str) -> bool:
    """True when a number format shows a day, month, year or time of day."""
    first = _NOT_CODE.sub("", code).split(";")[0].lower()
    return first != "general" and bool(re.search("[dmyhs]", first))


def is_time_format(code: str) -> bool:
    """True when a date format shows no day and no year."""
    first = _NOT_CODE.sub("", code).split(";")[0].lower()
    return bool(re.search("[hs]", first)) and not re.search("[dy]", first)


def read_styles(archive: Archive, part: str) -> Styles:
    """Read the styles part; a workbook without one has no dates and no fonts."""
    formats: dict[str, str] = {}
    fonts: list[str] = []
    cells: list[tuple[str, str]] = []
    within: list[str] = []

    def start(name: str, attributes: Attributes) -> None:
        tag = local(name)
        if tag in ("fonts", "cellXfs", "dxfs", "cellStyleXfs"):
            within.append(tag)
        elif tag == "numFmt" and "dxfs" not in within:
            formats[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif tag == "font" and within == ["fonts"]:
            fonts.append("")
        elif tag == "name" and within == ["fonts"] and fonts:
            fonts[-1] = attributes.get("val", "")
        elif tag == "xf" and within == ["cellXfs"]:
            cells.append((attributes.get("numFmtId", "0"), attributes.get("fontId", "0")))

    def end(name: str) -> None:
        if within and local(name) == within[-1]:
            within.pop()

    if part not in archive.names:
        return Styles()
    archive.parse(part, start, end)
    return _classified(cells, formats, fonts)


def _classified(cells: list[tuple[str, str]], formats: dict[str, str], fonts: list[str]) -> Styles:
    """The style numbers that are dates, times of day, or set in a legacy font."""
    legacy = {str(index) for index, name in enumerate(fonts) if is_legacy_font(name)}
    dates, times = set(), set()
    for index, (number_format, _) in enumerate(cells):
        code = formats.get(number_format)
        built_in = int(number_format) if number_format.isdigit() else 0
        if is_date_format(code) if code is not None else built_in in _BUILT_IN_DATES:
            dates.add(str(index))
        if is_time_format(code) if code is not None else built_in in _BUILT_IN_TIMES:
            times.add(str(index))
    legacy_cells = {str(index) for index, (_, font) in enumerate(cells) if font in legacy}
    return Styles(frozenset(dates), frozenset(times), frozenset(legacy_cells))
