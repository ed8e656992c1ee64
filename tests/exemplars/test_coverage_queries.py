"""Which units are listed, also those before which nothing lies."""

from __future__ import annotations

from flask import Flask

from congress_app.exemplars.coverage import Coverage
from congress_app.exemplars.coverage_queries import asked, coverage, last_year
from tests import builders


def lines(within: list[str], year: int) -> list[Coverage]:
    return coverage(within, year, asked(within, year))


def told(within: list[str], year: int) -> list[tuple[str, int, int, tuple[str, ...]]]:
    return [(c.unit, c.collectives, c.individuals, c.met) for c in lines(within, year)]


def test_a_province_without_any_nomination_is_listed_as_missing_all(app: Flask) -> None:
    root = builders.the_root()
    province = builders.a_unit("22", root, name="BHXH tỉnh Quảng Ninh")
    district = builders.a_unit("2201", province, "huyen", name="BHXH huyện Đầm Hà")
    builders.a_unit("01", root, name="BHXH thành phố Hà Nội")
    for kind, standing in (
        ("collective", "selected"),
        ("individual", "selected"),
        ("individual", "nominated"),
    ):
        exemplar = builders.an_exemplar(None, district, kind, field="collection")
        builders.a_nomination(exemplar, province, year=2020, standing=standing)
    old = builders.an_exemplar(None, district)
    builders.a_nomination(old, province, year=2019, standing="selected")
    ha_noi = ("BHXH thành phố Hà Nội", 0, 0, ())
    quang_ninh = ("BHXH tỉnh Quảng Ninh", 1, 1, ("collection",))
    assert sorted(told([root.path], 2020)) == sorted([ha_noi, quang_ninh])
    # Who sees the district alone is told what its own exemplars make of it.
    assert told([district.path], 2020) == [("BHXH huyện Đầm Hà", 1, 1, ("collection",))]
    builders.a_nomination(old, root, year=2018, standing="selected")
    assert next(c.unit for c in lines([root.path], 2018)) == root.name
    assert (lines(["/no/"], 2020), last_year([root.path]), last_year(["/no/"])) == (
        [],
        2020,
        None,
    )
