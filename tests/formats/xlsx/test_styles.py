"""Which number formats are dates."""

from __future__ import annotations

import pytest

from congress_app.formats.xlsx.archive import Archive
from congress_app.formats.xlsx.styles import Styles, is_date_format, is_time_format, read_styles
from tests.formats.xlsx.parts import MAIN, archive, parts, worksheet


@pytest.mark.parametrize(
    "code",
    ["dd/mm/yyyy", "[$-42A]dd\\ mmmm\\ yyyy", "d/m/yy;@", "h:mm", "[h]:mm", "mmm-yy", '"ngày" d'],
)
def test_dates(code: str) -> None:
    assert is_date_format(code)


@pytest.mark.parametrize(
    "code",
    ["General", "0.00", "#,##0", '#,##0 "đồng"', "@", "0.0E+00", '_-* #\\ "d"_-', "[Red]0", "\\d0"],
)
def test_numbers(code: str) -> None:
    assert not is_date_format(code)


def test_times_of_day() -> None:
    assert [is_time_format(code) for code in ("h:mm", "mm:ss", "dd/mm/yyyy hh:mm", "mm/yyyy")] == [
        True,
        True,
        False,
        False,
    ]


def test_the_styles_of_cells_are_told_by_number() -> None:
    styles = (
        f'<styleSheet xmlns="{MAIN}"><numFmts><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/>'
        '<numFmt numFmtId="165" formatCode="0.0"/></numFmts>'
        '<fonts><font><name val="Arial"/></font><font><name val=".VnTimeH"/></font>'
        '<font><name val="VNI-Times"/></font></fonts>'
        '<cellStyleXfs><xf numFmtId="14" fontId="1"/></cellStyleXfs>'
        '<cellXfs><xf numFmtId="0" fontId="0"/><xf numFmtId="164" fontId="1"/>'
        '<xf numFmtId="165" fontId="2"/><xf numFmtId="14"/><xf numFmtId="20"/></cellXfs>'
        '<dxfs><dxf><font><name val=".VnTime"/></font></dxf></dxfs></styleSheet>'
    )
    found = Archive(archive(parts(worksheet(""), styles=styles)))
    assert read_styles(found, "xl/styles.xml") == Styles(
        dates=frozenset({"1", "3", "4"}),
        times=frozenset({"4"}),
        legacy_fonts=frozenset({"1", "2"}),
    )
    assert read_styles(found, "xl/none.xml") == Styles()
