"""Movements through their pages."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import openpyxl
from flask.testing import FlaskClient

from congress_app.audit.models import Entry
from congress_app.database import db
from congress_app.exemplars.movement_models import Movement, MovementResult
from tests import builders

MOVEMENT = {
    "name": "Thi đua phát triển BHXH tự nguyện",
    "kind": "campaign",
    "starts_on": "01/01/2020",
    "ends_on": "30/09/2020",
    "document": "1935/KH-BHXH ngày 05/07/2021",
    "goals": "Tăng 20 % số người tham gia.",
    "criteria": "Số người mới; tỷ lệ duy trì.",
    "reporters": "direct",
    "report_days": "15",
}


def a_tree() -> tuple[Any, Any, Any]:
    """The sector, a province with a district, another province."""
    root = builders.the_root()
    province = builders.a_unit("22", root, name="BHXH tỉnh Quảng Ninh")
    builders.a_unit("2201", province, "huyen", name="BHXH huyện Đầm Hà")
    return root, province, builders.a_unit("01", root, name="BHXH TP. Hà Nội")


def sheet_rows(client: FlaskClient, address: str) -> list[tuple[Any, ...]]:
    """The rows of a sheet below its header."""
    rows = list(openpyxl.load_workbook(BytesIO(client.get(address).data)).active.values)
    first = next(i for i, row in enumerate(rows) if row[0] in ("STT", "Bảng"))
    return [tuple(row) for row in rows[first + 1 :]]


def test_the_organiser_launches_and_a_province_reports_late(as_role, frozen_clock) -> None:
    root, province, city = a_tree()
    organiser, registrar = as_role("organiser"), as_role("registrar", province)
    made = organiser.post("/movements/new", data=MOVEMENT | {"unit": root.code})
    assert made.status_code == 302, made.text
    movement = db.session.scalars(db.select(Movement)).one()
    assert (movement.reporters, movement.report_days, movement.kind) == ("direct", 15, "campaign")
    owed = registrar.get("/movements/to-report")
    assert "Quá hạn 61 ngày" in owed.text
    assert city.name not in owed.text
    address = f"/movements/{movement.id}/reports/{province.id}/2020-1"
    sent = registrar.post(address, data={"reached": "95", "text": "Đạt 95 %.", "version": "0"})
    assert sent.status_code == 302, sent.text
    page = organiser.get(f"/movements/{movement.id}")
    assert "95 %" in page.text
    assert "muộn 61 ngày" in page.text
    assert "chưa có" in page.text
    assert "Đã báo cáo đủ" in registrar.get("/movements/to-report").text
    missing = organiser.get("/movements/missing")
    assert ("1/2 đơn vị" in missing.text, city.name in missing.text) == (True, True)


def test_a_correction_keeps_the_day_of_the_first_report(as_role, frozen_clock) -> None:
    root, province, _city = a_tree()
    movement = builders.a_movement(root)
    registrar = as_role("registrar", province)
    address = f"/movements/{movement.id}/reports/{province.id}/2020-1"
    assert registrar.post(address, data={"text": "Lần một.", "version": "0"}).status_code == 302
    first = db.session.scalars(db.select(MovementResult)).one().reported_at
    frozen_clock.move_to(datetime(2020, 8, 1, 3, tzinfo=UTC))
    again = {"text": "Lần hai.", "reached": "80", "version": "1"}
    signed_in = as_role("registrar", province)
    assert signed_in.post(address, data=again).status_code == 302
    stored = db.session.scalars(db.select(MovementResult)).one()
    assert (stored.reported_at, stored.text, stored.reached) == (first, "Lần hai.", 80)
    assert stored.edited_by == signed_in.user.username
    told = db.session.scalars(db.select(Entry).where(Entry.action == "movement.report")).all()
    assert [entry.changes for entry in told] == [
        {"quarter": "quý 1/2020", "unit": province.name, "text": [None, "Lần một."]},
        {
            "quarter": "quý 1/2020",
            "unit": province.name,
            "reached": [None, 80],
            "text": ["Lần một.", "Lần hai."],
        },
    ]


def test_two_who_report_at_once_see_both_texts(as_role, frozen_clock) -> None:
    root, province, _city = a_tree()
    movement = builders.a_movement(root)
    one, other = as_role("registrar", province), as_role("organiser")
    address = f"/movements/{movement.id}/reports/{province.id}/2020-1"
    assert one.post(address, data={"text": "Của cơ sở", "version": "0"}).status_code == 302
    refused = other.post(address, data={"text": "Của ngành", "reached": "70", "version": "0"})
    assert refused.status_code == 409
    assert ("Của cơ sở" in refused.text, "Của ngành" in refused.text) == (True, True)
    assert 'value="70"' in refused.text
    assert (
        other.post(address, data={"text": "Của ngành", "reached": "70", "version": "1"}).status_code
        == 302
    )
    assert db.session.scalars(db.select(MovementResult)).one().text == "Của ngành"


def test_who_may_not_report_or_see(as_role, frozen_clock) -> None:
    root, province, city = a_tree()
    movement = builders.a_movement(root)
    own = builders.a_movement(city)
    registrar = as_role("registrar", province)
    report = {"text": "Kết quả", "version": "0"}
    elsewhere = f"/movements/{movement.id}/reports/{city.id}/2020-1"
    assert registrar.get(elsewhere).status_code == 404
    assert registrar.post(elsewhere, data=report).status_code == 404
    assert registrar.get(f"/movements/{own.id}").status_code == 404
    assert registrar.post("/movements/new", data=MOVEMENT).status_code == 403
    assert registrar.get(f"/movements/{movement.id}/edit").status_code == 403
    viewer = as_role("viewer")
    assert viewer.post(elsewhere, data=report).status_code == 403
    district = province.id + 1
    not_asked = registrar.post(f"/movements/{movement.id}/reports/{district}/2020-1", data=report)
    assert not_asked.status_code == 422
    assert "không thuộc diện báo cáo" in not_asked.text
    ahead = registrar.post(f"/movements/{movement.id}/reports/{province.id}/2020-4", data=report)
    assert ahead.status_code == 422
    assert "Chưa đến quý 4/2020" in ahead.text


def test_closing_stops_the_reminders_and_keeps_what_was_told(as_role, frozen_clock) -> None:
    root, province, _city = a_tree()
    movement = builders.a_movement(root, name="Đợt thi đua nước rút")
    builders.a_movement_result(movement, province, quarter=2)
    organiser = as_role("organiser")
    early = organiser.post(
        f"/movements/{movement.id}/close", data={"day": "31/03/2020", "version": "1"}
    )
    assert early.status_code == 422
    assert "Đã có đơn vị báo cáo quý 2/2020" in early.text
    assert 'value="31/03/2020"' in early.text
    closed = organiser.post(
        f"/movements/{movement.id}/close",
        data={"day": "01/06/2020", "reason": "Chuyển sang đợt mới", "version": "1"},
    )
    assert closed.status_code == 302
    assert "Chuyển sang đợt mới" in organiser.get(f"/movements/{movement.id}").text
    over = organiser.get("/movements?state=over")
    assert "Đợt thi đua nước rút" in over.text
    assert "Đợt thi đua nước rút" not in organiser.get("/movements?state=running").text
    assert (
        organiser.post(f"/movements/{movement.id}/reopen", data={"version": "2"}).status_code == 302
    )
    assert "Đợt thi đua nước rút" in organiser.get("/movements?state=running").text


def test_a_wrong_movement_keeps_what_was_typed(as_role) -> None:
    root, _province, _city = a_tree()
    organiser = as_role("organiser")
    wrong = MOVEMENT | {"unit": root.code, "ends_on": "31/12/2019"}
    answer = organiser.post("/movements/new", data=wrong)
    assert answer.status_code == 422
    assert "Ngày kết thúc phải từ ngày bắt đầu trở đi." in answer.text
    assert 'value="Thi đua phát triển BHXH tự nguyện"' in answer.text
    assert db.session.scalars(db.select(Movement)).all() == []


def test_two_editors_of_a_movement_see_both_values(as_role) -> None:
    root, _province, _city = a_tree()
    movement = builders.a_movement(root)
    organiser = as_role("organiser")
    address = f"/movements/{movement.id}/edit"
    first = MOVEMENT | {"version": "1"}
    assert organiser.post(address, data=first).status_code == 302
    refused = organiser.post(address, data=first | {"goals": "Mục tiêu khác"})
    assert refused.status_code == 409
    assert "Tăng 20 % số người tham gia." in refused.text
    assert "Mục tiêu khác" in refused.text


def test_the_half_year_sums_up_with_what_is_unknown(as_role, frozen_clock) -> None:
    root, province, city = a_tree()
    movement = builders.a_movement(root, name="Thi đua 2020")
    builders.a_movement_result(movement, province, reached=90)
    builders.a_movement_result(movement, city, reached=None)
    organiser = as_role("organiser")
    page = organiser.get("/movements/summary?year=2020&half=1")
    assert "Tổng hợp phong trào 6 tháng đầu năm 2020" in page.text
    assert "1 báo cáo có tỷ lệ, 3 chưa rõ" in page.text
    late = 2
    whole = (4, 1, 1, 0, 2, late, 90)
    assert sheet_rows(organiser, "/movements/summary.xlsx?year=2020&half=1") == [
        ("Tổng hợp", "Tất cả phong trào", *whole),
        ("Theo phong trào", "Thi đua 2020", *whole),
        ("Theo đơn vị", province.name, 2, 1, 0, 0, 1, 1, 90),
        ("Theo đơn vị", city.name, 2, 0, 1, 0, 1, 1, None),
    ]


def test_the_sheets_hold_what_the_pages_show(as_role, frozen_clock) -> None:
    root, province, city = a_tree()
    movement = builders.a_movement(root, name="Thi đua 2020", goals="Tăng 5 %")
    builders.a_movement_result(movement, province, text="Hơn cùng kỳ.")
    organiser = as_role("organiser")
    listed = sheet_rows(organiser, "/movements/export.xlsx")
    assert [(row[1], row[8], row[11], row[12], row[13]) for row in listed] == [
        ("Thi đua 2020", "Tăng 5 %", 1, 1, 90)
    ]
    told = sheet_rows(organiser, f"/movements/{movement.id}/export.xlsx")
    assert [row[1:6] + row[7:] for row in told] == [
        ("22", province.name, "quý 1/2020", 90, "Hơn cùng kỳ.", 61)
    ]
    for address in ("/movements/missing.xlsx", "/movements/to-report.xlsx"):
        owed = sheet_rows(organiser, address)
        assert [row[2:] for row in owed] == [(61, city.name, "quý 1/2020", "Thi đua 2020")]


def test_the_pages_ask_as_often_for_many_reports_as_for_few(as_role, count_queries) -> None:
    root, province, city = a_tree()
    organiser = as_role("organiser")
    addresses = ("/movements", "/movements/missing", "/movements/summary?year=2020")
    builders.a_movement_result(builders.a_movement(root), province)
    counts = []
    for _ in range(2):
        with count_queries() as seen:
            for address in addresses:
                assert organiser.get(address).status_code == 200
        counts.append(len(seen))
        for _more in range(6):
            movement = builders.a_movement(root)
            builders.a_movement_result(movement, province)
            builders.a_movement_result(movement, city)
    assert counts[0] == counts[1]
