"""From a district's nomination to the honour at the national congress, by several accounts."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from congress_app.congresses.presets import GUIDANCE_2020
from congress_app.database import db
from congress_app.delegates.models import Delegate
from congress_app.programme.models import Speech
from tests import builders

PHONE = {"viewport": {"width": 360, "height": 740}}
NAME, AWARD = "Trần Thị Bình", "Chiến sĩ thi đua ngành"
OpenPage = Callable[..., Page]


@pytest.fixture
def scene(app: Flask) -> SimpleNamespace:
    """A district in a province, the national congress with an award item, its hall's screen."""
    root = builders.the_root()
    province = builders.a_unit("22", root, "tinh", name="BHXH tỉnh Quảng Ninh")
    district = builders.a_unit("2201", province, "huyen", name="BHXH huyện Đầm Hà")
    national = builders.a_congress(
        root, rules=GUIDANCE_2020, level="national", name="Đại hội Thi đua yêu nước"
    )
    session = builders.a_session(national)
    builders.an_item(session, "Tôn vinh điển hình", kind="award", minutes=20)
    return SimpleNamespace(
        root=root,
        province=province,
        district=district,
        national=national,
        base=f"/congresses/{national.id}",
        hall=f"/hall/{builders.a_hall_link(national).token}",
    )


def test_a_district_nominates_and_the_national_congress_honours(
    scene: SimpleNamespace, page_as: OpenPage, page: Page, axe: Any
) -> None:
    district = page_as("registrar", scene.district, **PHONE)
    exemplar = enter_and_nominate(district)
    province = page_as("organiser", scene.province)
    select(province, exemplar)
    register_as_delegate(province, scene, axe)
    propose_as_speaker(province, scene, exemplar, axe)
    secretary = page_as("secretary", scene.root)
    honour(secretary, scene, axe)
    page.goto(scene.hall)
    expect(page.locator(".hall__honours")).to_have_text(NAME)
    district.goto(exemplar)
    expect(district.get_by_role("heading", name="Ở hội nghị, đại hội")).to_be_visible()
    expect(district.get_by_role("link", name="Tôn vinh điển hình")).to_be_visible()
    assert axe(district) == []


def enter_and_nominate(page: Page) -> str:
    """The district writes the exemplar down with its award and puts it to the province."""
    page.goto("/exemplars/new")
    page.get_by_role("radio", name="Cá nhân").check()
    page.get_by_label("Họ và tên, hoặc tên tập thể").fill(NAME)
    page.get_by_label("Năm phát hiện").fill("2018")
    page.get_by_label("Mô hình, giải pháp").fill("Thu tận nhà mỗi tháng. Hộ nào cũng được hỏi.")
    page.get_by_role("button", name="Ghi điển hình").click()
    expect(page.get_by_role("heading", name=NAME, level=1)).to_be_visible()
    page.get_by_label("Danh hiệu, hình thức khen thưởng").fill(AWARD)
    page.get_by_label("Số quyết định").fill("12/QĐ-BHXH")
    page.get_by_label("Ngày quyết định").fill("20/10/2018")
    page.get_by_role("button", name="Ghi danh hiệu, khen thưởng").click()
    expect(page.get_by_role("cell", name=AWARD)).to_be_visible()
    page.locator("#nominations").get_by_label("Năm").fill("2019")
    page.get_by_label("Hội đồng nhận đề cử").select_option(label="BHXH tỉnh Quảng Ninh")
    page.get_by_role("button", name="Đề cử").click()
    expect(page.get_by_text("Đã đề cử lên hội đồng.")).to_be_visible()
    return page.url


def select(page: Page, exemplar: str) -> None:
    """The province's council appraises and votes."""
    page.goto(exemplar)
    page.get_by_role("link", name="Thẩm định", exact=True).click()
    page.get_by_label("Ý kiến thẩm định").fill("Xứng đáng")
    page.get_by_role("button", name="Ghi ý kiến thẩm định").click()
    page.get_by_role("link", name="Ghi kết quả bình chọn").click()
    page.get_by_role("radio", name="Được chọn", exact=True).check()
    page.get_by_role("textbox", name="Tán thành", exact=True).fill("6")
    page.get_by_label("Không tán thành").fill("1")
    page.get_by_label("Số biên bản").fill("12/BB-HĐTĐKT")
    page.get_by_role("button", name="Ghi kết quả").click()
    expect(page.get_by_text("Đã ghi kết quả bình chọn.")).to_be_visible()


def register_as_delegate(page: Page, scene: SimpleNamespace, axe: Any) -> None:
    """By title, with the ground, at the national congress; a second time is not offered."""
    page.goto(f"{scene.base}/delegates/exemplars")
    row = page.get_by_role("row", name=NAME)
    expect(row).to_contain_text(f"“{AWARD}”, quyết định 12/QĐ-BHXH năm 2018.")
    assert axe(page) == []
    page.get_by_label(f"Ghi danh {NAME}").check()
    page.get_by_role("button", name="Ghi danh những người đã chọn").click()
    expect(page.get_by_text("Đã ghi danh 1 đại biểu.")).to_be_visible()
    page.get_by_role("link", name="Đã là đại biểu").click()
    expect(page.get_by_role("row", name=NAME)).to_contain_text("Đại biểu chính thức")
    db.session.rollback()
    [place] = db.session.scalars(db.select(Delegate)).all()
    ground = [(each.code, each.year, each.document) for each in place.grounds]
    assert (place.category, ground) == ("official", [("fighter_sector", 2018, "12/QĐ-BHXH")])


def propose_as_speaker(page: Page, scene: SimpleNamespace, exemplar: str, axe: Any) -> None:
    """From the exemplar's page the model becomes a speech of the delegate."""
    page.goto(exemplar)
    page.get_by_role("link", name=scene.national.name, exact=True).last.click()
    expect(page.get_by_label("Tên tham luận")).to_have_value("Thu tận nhà mỗi tháng")
    expect(page.get_by_label("Vùng miền")).to_have_value("north")
    page.get_by_role("button", name="Lưu tham luận").click()
    expect(page.get_by_text("Đã ghi tham luận vào danh mục.")).to_be_visible()
    page.goto(f"{scene.base}/speeches/exemplars")
    expect(page.get_by_role("row", name=NAME)).to_contain_text("Đã gửi")
    assert axe(page) == []
    db.session.rollback()
    [speech] = db.session.scalars(db.select(Speech)).all()
    assert speech.delegate is not None
    assert speech.exemplar is not None
    assert (speech.delegate.person.full_name, speech.exemplar.name) == (NAME, NAME)


def honour(page: Page, scene: SimpleNamespace, axe: Any) -> None:
    """The national secretary lists it, releases the programme and reads it on the run sheet."""
    page.goto(f"{scene.base}/programme")
    page.get_by_role("link", name="Lập danh sách tôn vinh").click()
    page.get_by_role("checkbox", name=NAME).check()
    page.get_by_role("button", name="Lưu danh sách").click()
    expect(page.get_by_text("Đã lưu danh sách tôn vinh.")).to_be_visible()
    expect(page.get_by_label(f"Được tôn vinh vì: {NAME}")).to_have_value(AWARD)
    assert axe(page) == []
    page.goto(f"{scene.base}/programme/releases/new")
    page.get_by_role("button", name="Công bố bản số 1").click()
    page.goto(f"{scene.base}/day")
    page.get_by_role("button", name="Bắt đầu: Tôn vinh điển hình").click()
    listed = page.locator(".now__honours li")
    expect(listed).to_have_text(f"{NAME}, BHXH huyện Đầm Hà: {AWARD}")
    assert axe(page) == []
