"""Lists of exemplars: a page is counted by the database, and only what it shows is judged."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

from flask import Flask

from congress_app.exemplars import queries, register_queries
from congress_app.exemplars.clauses import Answer
from congress_app.exemplars.models import Exemplar
from congress_app.exemplars.wanted import Wanted
from tests import builders
from tests.exemplars.statements import statements
from tests.sheets import shown_rows

LONG_AGO = datetime(2019, 1, 1, tzinfo=UTC)


def a_good_one(name: str | None = None, **columns: Any) -> Exemplar:
    """An individual who meets the plan's criteria by an award."""
    row = builders.an_exemplar(name, conduct=True, **columns)
    builders.an_award(row, "Chiến sĩ thi đua ngành", "sector_fighter", 2022)
    return row


def test_only_the_page_that_is_shown_is_judged(app: Flask) -> None:
    rows = [a_good_one(name, created_at=LONG_AGO) for name in ("An", "Bình", "Chi", "Dung")]
    rows.append(builders.an_exemplar("Yến"))
    second = register_queries.shown(["/"], Wanted(), 2, 2)
    assert ([row.name for row in second.rows], second.number) == (["Chi", "Dung"], 2)
    assert (second.total, second.due) == (5, 4)
    assert {key: one.answer for key, one in second.findings.items()} == {
        rows[2].id: Answer.MET,
        rows[3].id: Answer.MET,
    }
    last = register_queries.shown(["/"], Wanted(), 9, 2)
    assert ([row.name for row in last.rows], last.number, last.total) == (["Yến"], 3, 5)
    none = register_queries.shown(["/no/"], Wanted(), 1, 2)
    assert (none.rows, none.number, none.total, none.due) == ([], 1, 0, 0)


def test_one_answer_of_the_criteria_is_filtered_before_the_pages(app: Flask) -> None:
    for name in ("An", "Chi", "Dung"):
        builders.an_exemplar(name)
    a_good_one("Bình")
    a_good_one("Yến", created_at=LONG_AGO)
    good = register_queries.shown(["/"], Wanted(answer="met"), 2, 1)
    assert ([row.name for row in good.rows], good.total, good.due) == (["Yến"], 2, 1)
    assert queries.answers(["/"], Wanted()) == {
        Answer.MET: 2,
        Answer.NOT_MET: 0,
        Answer.UNKNOWN: 3,
    }


def test_units_that_were_asked_for_are_found_with_all_below_them(app: Flask) -> None:
    root = builders.the_root()
    province = builders.a_unit(parent=root)
    district, other = builders.a_unit(parent=province), builders.a_unit(parent=root)
    a_good_one("An", unit=district, created_at=LONG_AGO)
    a_good_one("Bình", unit=province)
    a_good_one("Chi", unit=other, created_at=LONG_AGO)
    found = {
        paths: register_queries.shown([root.path], Wanted(unit_paths=paths), 1, 9)
        for paths in ((province.path,), (district.path, other.path), ())
    }
    told = {
        paths: ([one.name for one in each.rows], each.total, each.due)
        for paths, each in found.items()
    }
    assert told == {
        (province.path,): (["Bình", "An"], 2, 1),
        (district.path, other.path): (["An", "Chi"], 2, 2),
        (): ([], 0, 0),
    }


def test_no_list_takes_more_statements_for_more_than_a_page(as_role, count_queries) -> None:
    congress = builders.a_congress(unit=builders.the_root())
    organiser = as_role("organiser", congress.unit)
    pages = [
        "/exemplars",
        "/exemplars?answer=met",
        "/exemplars/answers",
        "/exemplars/nominations?year=2023",
        f"/congresses/{congress.id}/delegates/exemplars?answer=not_proposed",
        f"/congresses/{congress.id}/speeches/exemplars",
    ]

    def fill(count: int) -> None:
        for _ in range(count):
            builders.a_nomination(a_good_one(solution="Thu tận nhà"), standing="selected")

    fill(2)
    few = statements(organiser, pages, count_queries)
    fill(49)
    assert statements(organiser, pages, count_queries) == few
    assert "51 trong 51" in organiser.get("/exemplars/nominations?year=2023&page=3").text


def test_the_answers_have_a_page_of_their_own_that_keeps_the_filter(as_role) -> None:
    a_good_one("Lê An", field="it")
    builders.an_exemplar("Lê Bình", field="it")
    builders.an_exemplar("Lê Chi")
    viewer = as_role("viewer")
    register = viewer.get("/exemplars?field=it&page=1").text
    (address,) = re.findall(r'href="(/exemplars/answers[^"]*)"', register)
    assert address == "/exemplars/answers?field=it"
    page = viewer.get(address).text
    told = re.findall(
        r'href="(/exemplars\?[^"]*answer=\w+[^"]*)">.*?stat__value">(\d+)', page, re.DOTALL
    )
    assert [(href.replace("&amp;", "&"), value) for href, value in told] == [
        ("/exemplars?field=it&answer=met", "1"),
        ("/exemplars?field=it&answer=not_met", "0"),
        ("/exemplars?field=it&answer=unknown", "1"),
    ]
    found = shown_rows(viewer.get("/exemplars?field=it&answer=met").text)
    assert [line[0].split(" Cá")[0] for line in found] == ["Lê An"]


def test_the_register_is_narrowed_to_a_unit_that_is_typed(as_role) -> None:
    root = builders.the_root()
    province = builders.a_unit("22", root, name="BHXH tỉnh Quảng Ninh")
    district = builders.a_unit("2201", province, "huyen", name="BHXH huyện Đầm Hà")
    for number in range(90, 99):
        builders.a_unit(f"22{number}", province, "phong", name=f"Phòng {number} Quảng Ninh")
    builders.a_unit("01", root, name="BHXH thành phố Hà Nội")
    builders.an_exemplar("Lê An", province)
    builders.an_exemplar("Lê Bình", district)
    builders.an_exemplar("Lê Chi", root)
    viewer, registrar = as_role("viewer", root), as_role("registrar", province)

    def names(typed: str, client: Any = viewer) -> list[str]:
        page = client.get("/exemplars", query_string={"unit": typed}).text
        return [line[0].split(" Cá")[0] for line in shown_rows(page)]

    assert names("  quảng NINH ") == ["Lê An", "Lê Bình"]
    assert names("BHXH huyện Đầm Hà (2201)") == names("2201") == ["Lê Bình"]
    assert names("bhxh") == ["Lê Chi", "Lê An", "Lê Bình"]
    nothing = viewer.get("/exemplars?unit=Lào+Cai").text
    assert "Không có đơn vị này trong phạm vi của bạn." in nothing
    assert (shown_rows(nothing), 'value="Lào Cai"' in nothing) == ([], True)
    assert names("Hà Nội", registrar) == []
    for number in range(51):
        builders.a_unit(f"23{number}", province, "huyen", name=f"Cơ sở {number}")
    for number in range(51):  # called after the one above, and found with it
        builders.a_unit(f"24{number}", district, "phong", name=f"Tổ {number}, huyện Đầm Hà")
    assert names("đầm hà") == ["Lê Bình"]
    assert "Hơn 50 đơn vị có tên này." in viewer.get("/exemplars?unit=cơ+sở").text
    suggested = re.findall(r'<option value="([^"]+)"></option>', registrar.get("/exemplars").text)
    assert suggested[:2] == ["BHXH tỉnh Quảng Ninh (22)", "BHXH huyện Đầm Hà (2201)"]
    assert len(suggested) == 53
