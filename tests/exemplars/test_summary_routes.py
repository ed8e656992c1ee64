"""The summary figures through their page and their annex."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import openpyxl

from congress_app.audit.models import Entry
from congress_app.database import db
from tests import builders

MINORITY = "Người dân tộc thiểu số"


def annex(answer: Any) -> list[tuple[Any, ...]]:
    """The lines of the annex: table, words, collectives, people, total, share."""
    rows = list(openpyxl.load_workbook(BytesIO(answer.data)).active.values)
    first = next(i for i, row in enumerate(rows) if row[0] == "Bảng")
    return [tuple(row[:6]) for row in rows[first + 1 :]]


def lines_of(rows: list[tuple[Any, ...]], table: str) -> dict[str, tuple[Any, ...]]:
    """The lines of one table that are not zero, by their words."""
    return {row[1]: row[2:] for row in rows if row[0] == table and row[4]}


def a_register() -> tuple[Any, Any]:
    """A province with exemplars and one elsewhere."""
    root = builders.the_root()
    province = builders.a_unit("22", root, name="BHXH tỉnh Quảng Ninh")
    district = builders.a_unit("2201", province, "huyen", name="BHXH huyện Đầm Hà")
    one = builders.an_exemplar(
        "Lê An", district, is_leader=False, is_direct=True, sex="F", is_minority=True
    )
    builders.an_award(one, "Chiến sĩ thi đua ngành", "sector_fighter", 2022)
    builders.an_award(one, "Bằng khen", None, None)
    builders.an_exemplar("Bùi Hoa", district, is_leader=True, sex="F", field="collection")
    builders.an_exemplar("Tổ thu", province, kind="collective", detected_year=2022)
    builders.an_exemplar("Ngoài kỳ", province, detected_year=2019)
    builders.an_exemplar("Nơi khác", builders.a_unit("01", root, name="BHXH TP. Hà Nội"))
    return province, district


def entries() -> list[tuple[str, dict[str, Any]]]:
    """What the log says of readings."""
    rows = db.session.scalars(db.select(Entry).where(Entry.action == "exemplar.read_sensitive"))
    return [(row.subject_name, row.changes) for row in rows]


def test_every_figure_stands_on_the_page_and_in_the_annex(as_role) -> None:
    province, _district = a_register()
    registrar = as_role("registrar", province)
    page = registrar.get("/exemplars/summary")
    assert "giai đoạn 2021–2025" in page.text
    assert "1 tập thể, 2 cá nhân" in page.text
    assert "Nơi khác" not in page.text
    rows = annex(registrar.get("/exemplars/summary/annex.xlsx"))
    assert lines_of(rows, "Theo năm phát hiện") == {
        "2022": (1, 0, 1, "33,3 %"),
        "2023": (0, 2, 2, "66,7 %"),
        "Cộng": (1, 2, 3, "100,0 %"),
    }
    assert lines_of(rows, "Theo lĩnh vực") == {
        "Thu": (0, 1, 1, "33,3 %"),
        "Chưa ghi lĩnh vực": (1, 1, 2, "66,7 %"),
        "Cộng": (1, 2, 3, "100,0 %"),
    }
    assert lines_of(rows, "Theo đơn vị") == {
        "Ghi ngay tại BHXH tỉnh Quảng Ninh": (1, 0, 1, "33,3 %"),
        "BHXH huyện Đầm Hà": (0, 2, 2, "66,7 %"),
        "Cộng": (1, 2, 3, "100,0 %"),
    }
    assert lines_of(rows, "Trực tiếp thực thi nhiệm vụ và lãnh đạo") == {
        "Trực tiếp thực thi nhiệm vụ": (None, None, 1, "50,0 %"),
        "Lãnh đạo, quản lý": (None, None, 1, "50,0 %"),
        "Cộng": (None, None, 2, "100,0 %"),
    }
    assert lines_of(rows, "Khen thưởng theo hình thức") == {
        "Chiến sĩ thi đua ngành": (0, 1, 1, "50,0 %"),
        "Chưa ghi năm quyết định": (0, 1, 1, "50,0 %"),
        "Cộng": (0, 2, 2, "100,0 %"),
    }


def test_the_minority_is_shown_only_when_asked_and_every_look_is_recorded(as_role) -> None:
    province, _district = a_register()
    registrar, viewer = as_role("registrar", province), as_role("viewer")
    for client in (registrar, viewer):
        assert MINORITY not in client.get("/exemplars/summary").text
        rows = annex(client.get("/exemplars/summary/annex.xlsx"))
        assert lines_of(rows, "Dân tộc thiểu số") == {}
    assert entries() == []
    assert viewer.post("/exemplars/summary/sensitive").status_code == 403
    assert viewer.post("/exemplars/summary/sensitive.xlsx").status_code == 403
    asked = {"unit": province.id, "from_year": "2022", "to_year": "2023"}
    assert MINORITY in registrar.post("/exemplars/summary/sensitive", data=asked).text
    rows = annex(registrar.post("/exemplars/summary/sensitive.xlsx", data=asked))
    assert lines_of(rows, "Dân tộc thiểu số") == {
        MINORITY: (None, None, 1, "50,0 %"),
        "Chưa ghi dân tộc": (None, None, 1, "50,0 %"),
        "Cộng": (None, None, 2, "100,0 %"),
    }
    facts = {"from_year": 2022, "to_year": 2023}
    told = entries()
    assert [(name, {k: v for k, v in changes.items() if k != "criteria_set"})
            for name, changes in told] == [
        (province.name, facts),
        (province.name, facts | {"file": "xlsx"}),
    ]  # fmt: skip


def test_filters_narrow_by_unit_and_year_and_another_unit_is_out_of_reach(as_role) -> None:
    province, district = a_register()
    organiser, registrar = as_role("organiser"), as_role("registrar", province)
    narrow = f"/exemplars/summary/annex.xlsx?unit={district.id}&from_year=2023&to_year=2023"
    assert lines_of(annex(organiser.get(narrow)), "Theo năm phát hiện") == {
        "2023": (0, 2, 2, "100,0 %"),
        "Cộng": (0, 2, 2, "100,0 %"),
    }
    root = builders.the_root()
    elsewhere = registrar.get(f"/exemplars/summary/annex.xlsx?unit={root.id}")
    assert lines_of(annex(elsewhere), "Theo năm phát hiện")["Cộng"] == (1, 2, 3, "100,0 %")
    turned = organiser.get("/exemplars/summary?from_year=2025&to_year=2019")
    assert "giai đoạn 2019–2025" in turned.text


def test_many_exemplars_cost_as_many_statements_as_few(as_role, count_queries) -> None:
    province, district = a_register()
    organiser = as_role("organiser")
    _more(province, district)
    counts = []
    for _ in range(2):
        with count_queries() as seen:
            assert organiser.get("/exemplars/summary").status_code == 200
        counts.append(len(seen))
        _more(province, district)
    assert counts[0] == counts[1]


def _more(province: Any, district: Any) -> None:
    for number in range(8):
        team = builders.an_exemplar(f"Tổ {number}", province, kind="collective")
        far = builders.an_exemplar(f"Phòng {number}", province, kind="collective", detected_year=1)
        for led in (team, far):
            head = builders.an_exemplar(None, district, is_leader=True, leads_id=led.id)
            builders.an_award(head, "Huân chương", "order", 2023)
            builders.a_nomination(head)
