"""Movements and summary figures in a browser: a report by keyboard, no barrier, phone wide."""

from __future__ import annotations

import pytest

from tests import builders

PHONE = {"width": 360, "height": 740}


def test_a_unit_is_reminded_and_reports(page_as, axe) -> None:
    root = builders.the_root()
    province = builders.a_unit("22", root, name="BHXH tỉnh Quảng Ninh")
    builders.a_movement(root, name="Nụ cười một cửa", report_days=90)
    page = page_as("registrar", province)
    page.set_viewport_size(PHONE)
    page.goto("/movements/to-report")
    page.get_by_role("link", name="Báo cáo quý 1/2020").click()
    assert axe(page) == []
    page.get_by_label("Hoàn thành mục tiêu (%)").fill("nhiều")
    page.get_by_label("Kết quả").fill("Mọi hồ sơ đúng hẹn.")
    page.get_by_label("Kết quả").press("Tab")
    page.keyboard.press("Enter")
    page.get_by_role("alert").first.wait_for()
    assert page.get_by_label("Kết quả").input_value() == "Mọi hồ sơ đúng hẹn."
    assert axe(page) == []
    page.get_by_label("Hoàn thành mục tiêu (%)").fill("104")
    page.get_by_role("button", name="Gửi báo cáo").click()
    page.get_by_text("Đã lưu báo cáo quý 1/2020.").wait_for()
    assert page.get_by_role("link", name="BHXH tỉnh Quảng Ninh, quý 1/2020: 104 %").count() == 1
    assert axe(page) == []


@pytest.mark.parametrize(
    "address",
    [
        "/movements",
        "/movements/new",
        "/movements/missing",
        "/movements/1/missing/2020-1",
        "/movements/summary?year=2020",
        "/exemplars/summary?from_year=2019&to_year=2025",
    ],
)
def test_no_page_has_a_barrier_or_is_too_wide(page_as, axe, address: str) -> None:
    root = builders.the_root()
    province = builders.a_unit("22", root, name="BHXH tỉnh Quảng Ninh")
    builders.a_unit("01", root, name="BHXH TP. Hà Nội")
    builders.a_movement_result(builders.a_movement(root), province)
    builders.an_award(builders.an_exemplar("Lê An", province), "Huân chương", "order", 2023)
    page = page_as("organiser", root)
    page.set_viewport_size(PHONE)
    page.goto(address)
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
