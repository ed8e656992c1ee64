"""A new organiser allots the national congress, adjusts and approves; a province sees it."""

from __future__ import annotations

import re

from tests.quota.season import a_country


def text_of(answer):
    assert answer.status_code == 200, answer.text
    main = answer.text.partition("<main")[2].partition("</main")[0]
    return " ".join(re.sub(r"<[^>]*>", " ", main).split())


def test_the_number_of_a_province_changes_on_its_board(app, as_role) -> None:
    country = a_country()
    national, province = country.national.id, country.congresses["A"].id
    organiser, provincial = as_role("organiser"), as_role("organiser", country.units["A"])
    board = f"/congresses/{province}/quota/board"
    assert "chưa phê duyệt phân bổ" in text_of(provincial.get(board))

    def go(path, **typed):
        answer = organiser.post(f"/congresses/{national}/quota/{path}", data=typed)
        assert answer.status_code == 302, answer.text
        return answer

    chosen = {"officials": "8", "reserve": "2", "weight_attendance": "1", "floor": "1"}
    go("new", method="webster", tie_key="", **chosen)
    a, c = country.units["A"].id, country.units["C"].id
    go(f"1/units/{a}", seats="5", reason="Nhường vùng khó khăn", version="1")
    go(f"1/units/{c}", seats="2", reason="Vùng khó khăn", version="2")
    assert "chưa phê duyệt phân bổ" in text_of(provincial.get(board))
    assert "Không đơn vị nào có nhiều" in text_of(
        organiser.get(f"/congresses/{national}/quota/1/review")
    )
    go("1/approve", document="12/QĐ-BHXH", version="3")
    assert "Được bầu 5 đại biểu đi dự Đại hội Ngành" in text_of(provincial.get(board))

    go("1/release", **{"handing": "all", "reason": "Thiếu người", "lines-0-code": "C"}
       | {"lines-0-freed": "1", "version": "1"})  # fmt: skip
    go("2/approve", document="13/QĐ-BHXH", version="1")
    assert "Được bầu 6 đại biểu đi dự Đại hội Ngành, theo phương án phân bổ 2" in text_of(
        provincial.get(board)
    )
