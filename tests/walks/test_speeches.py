"""Speeches from the call to the run sheet, in a browser, on a phone and at a desk."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from congress_app.congresses.models import Congress
from congress_app.database import db
from congress_app.delegates.models import Delegate
from congress_app.kernel.permissions import Role
from congress_app.programme.models import Speech
from congress_app.units.models import Unit
from tests.builders import (
    a_congress,
    a_delegate,
    a_person,
    a_session,
    a_speech,
    a_speech_review,
    a_unit,
    an_item,
)

OpenPage = Callable[..., Page]
Axe = Callable[[Page], list[str]]
WIDTHS = (360, 1280)
PDF = b"%PDF-1.7\n" + b"Toan van tham luan\n" * 20 + b"%%EOF\n"
OFFERED = "Một cửa điện tử ở phường"
# Title, mark of every reviewer, field, sex of the speaker.
OTHERS = (
    ("Thu nợ không để sót", 9, "collection", "M"),
    ("Chi trả qua tài khoản", 8, "benefits", "F"),
    ("Giám định chủ động", 7, "health_claims", "M"),
)


@dataclass
class Register:
    """A congress with two blocks for speeches, and speeches two reviewers have marked."""

    congress: Congress
    district: Unit
    speaker: Delegate
    others: list[Speech]

    @property
    def path(self) -> str:
        return f"/congresses/{self.congress.id}/speeches"

    def state_of(self, title: str) -> str:
        db.session.rollback()
        return db.session.query(Speech).filter_by(title=title).one().state


@pytest.fixture
def register(app: Flask) -> Register:
    congress = a_congress()
    district = a_unit("7901", congress.unit)
    person = a_person("Nguyễn Thị Hoa", district, sex="F")
    speaker = a_delegate(congress, person, state="confirmed")
    session = a_session(congress)
    an_item(session, "Báo cáo tổng kết", kind="summary_report", minutes=30)
    for _ in range(2):
        an_item(session, "Tham luận", kind="speech", minutes=10)
    an_item(session, "Giải lao", kind="break", minutes=15)
    an_item(session, "Tham luận", kind="speech", minutes=10)
    others = []
    for number, (title, mark, field, sex) in enumerate(OTHERS):
        unit = a_unit(f"791{number}", congress.unit)
        delegate = a_delegate(
            congress, a_person(f"Lê Ý {number}", unit, sex=sex), state="confirmed"
        )
        speech = a_speech(
            congress, title, unit_id=unit.id, delegate_id=delegate.id, field=field,
            state="in_review",
        )  # fmt: skip
        for reviewer in (91, 92):
            a_speech_review(speech, reviewer, mark)
        others.append(speech)
    return Register(congress, district, speaker, others)


def check(page: Page, axe: Axe) -> None:
    """Accessible and inside the screen, on a phone and at a desk."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 780})
        assert axe(page) == [], (page.url, width)
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, page.url


def offer(page: Page, register: Register) -> None:
    page.goto(f"{register.path}/new")
    page.get_by_label("Tên tham luận").fill(OFFERED)
    page.get_by_label("Đơn vị").select_option(register.district.code)
    page.get_by_label("Người trình bày", exact=True).select_option(str(register.speaker.id))
    page.get_by_label("Người trình bày có mặt từ").fill("8:00")
    page.get_by_label("Có mặt đến", exact=True).fill("9:45")
    page.get_by_role("button", name="Lưu tham luận").click()


def test_a_registrar_offers_on_a_phone_and_is_told_of_the_deadline(
    register: Register, page_as: OpenPage, axe: Axe, tmp_path: Path
) -> None:
    page = page_as(Role.REGISTRAR, register.district)
    page.set_viewport_size({"width": 360, "height": 780})
    offer(page, register)
    expect(page.get_by_text("Đã ghi tham luận vào danh mục.")).to_be_visible()
    file = tmp_path / "toan-van.pdf"
    file.write_bytes(PDF)
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="Gửi tệp").click()
    expect(page.get_by_role("link", name=re.compile(r"Toàn văn \(PDF"))).to_be_visible()
    check(page, axe)
    page.goto(register.path)
    expect(page.get_by_text("Có mặt 08:00 – 09:45")).to_be_visible()
    expect(page.get_by_text("Thu nợ không để sót")).to_have_count(0)
    check(page, axe)

    secretary = page_as(Role.SECRETARY, register.congress.unit)
    secretary.goto(f"{register.path}/call")
    check(secretary, axe)
    secretary.get_by_label("Hạn gửi: ngày").fill("01/01/2020")
    secretary.get_by_role("button", name="Lưu hạn gửi").click()
    expect(secretary.get_by_text("Đã lưu hạn gửi tham luận.")).to_be_visible()
    offer(page, register)
    expect(page.get_by_text("Đã hết hạn gửi tham luận").first).to_be_visible()
    # What was typed is still there.
    expect(page.get_by_label("Tên tham luận")).to_have_value(OFFERED)


def test_marks_are_given_blind_by_the_congress_s_own_criteria(
    register: Register, page_as: OpenPage, axe: Axe
) -> None:
    organiser = page_as(Role.ORGANISER, register.congress.unit)
    speech = a_speech(
        register.congress, OFFERED, unit_id=register.district.id, delegate_id=register.speaker.id
    )
    for each in register.others:
        db.session.delete(each)
    db.session.commit()
    organiser.goto(f"{register.path}/reviews")
    organiser.get_by_role("link", name="Tiêu chí chấm").click()
    organiser.get_by_label("Tiêu chí 5").fill("Sức thuyết phục")
    organiser.get_by_label("Hệ số 5").fill("2")
    check(organiser, axe)
    organiser.get_by_role("button", name="Lưu tiêu chí").click()
    expect(organiser.get_by_text("Đã lưu tiêu chí chấm.")).to_be_visible()
    pages = []
    for mark in ("9", "0"):
        page = page_as(Role.SECRETARY, register.congress.unit)
        for address in (f"{register.path}/reviews", f"{register.path}/reviews/overview"):
            page.goto(address)
            for name in (register.speaker.person.full_name, register.district.name):
                assert name not in page.content()
            check(page, axe)
        page.goto(f"{register.path}/reviews/{speech.id}")
        assert register.speaker.person.full_name not in page.content()
        check(page, axe)
        expect(page.get_by_label("Sức thuyết phục (hệ số 2)")).to_be_visible()
        for criterion in page.locator("select[name^=mark_]").all():
            criterion.select_option(mark)
        page.get_by_role("button", name="Lưu điểm").click()
        expect(page.get_by_text("Đã lưu điểm chấm.")).to_be_visible()
        pages.append(page)
    pages[0].goto(f"{register.path}/reviews/overview")
    # A zero counts: the two are far apart even when levelled.
    expect(pages[0].get_by_text("Lệch 45,0 điểm")).to_be_visible()
    organiser.goto(f"{register.path}/reviews/criteria")
    organiser.get_by_label("Hệ số 5").fill("4")
    organiser.get_by_role("button", name="Lưu tiêu chí").click()
    expect(organiser.get_by_text("Hãy ghi lý do thay đổi").first).to_be_visible()
    check(organiser, axe)


def test_from_the_choice_to_the_programme_and_a_speaker_who_declines(
    register: Register, page_as: OpenPage, axe: Axe
) -> None:
    page = page_as(Role.SECRETARY, register.congress.unit)
    page.goto(f"{register.path}/selection")
    page.get_by_label("Tổng số phút").fill("21")
    page.get_by_label("Tỷ lệ nữ ít nhất").fill("0")
    page.get_by_text("Bài bắt buộc chọn, bài không chọn").click()
    check(page, axe)
    third = OTHERS[2][0]
    page.get_by_role("group", name="Bắt buộc chọn").get_by_label(third).check()
    page.get_by_role("button", name="Tìm phương án").click()
    # The page of the job leads on by itself.
    page.wait_for_url(re.compile(r"/selection/\d+$"))
    expect(page.get_by_text("Đã chứng minh là cao nhất")).to_be_visible()
    reasons = page.get_by_role("table", name="Vì sao bài này không được chọn")
    # With the third locked, the second would come in for the first, ten points worse.
    row = reasons.get_by_role("row", name=OTHERS[1][0])
    expect(row).to_contain_text("10,00")
    expect(row).to_contain_text(OTHERS[0][0])
    check(page, axe)
    page.get_by_text("Nhận phương án", exact=True).first.click()
    page.get_by_role("button", name="Nhận phương án").last.click()
    expect(page.get_by_text("Đã nhận phương án")).to_be_visible()
    assert register.state_of(third) == "selected"

    # Its speaker cannot come: one other takes the place, the rest stays.
    gone = register.others[0].delegate
    assert gone is not None
    gone.state = "declined"
    db.session.commit()
    page.reload()
    expect(page.get_by_text("Thay đổi ít nhất để vẫn giữ mọi quy tắc:")).to_be_visible()
    check(page, axe)
    page.get_by_role("button", name="Nhận thay đổi này").click()
    expect(page.get_by_text("Đã nhận phương án thay thế.")).to_be_visible()
    assert [register.state_of(title) for title, *_ in OTHERS] == ["reserve", "selected", "selected"]

    page.goto(f"{register.path}/order")
    expect(page.get_by_text("Bài được chọn nhưng chưa có chỗ")).to_be_visible()
    page.get_by_role("button", name="Xếp tự động").click()
    expect(page.get_by_text("Đã xếp 2 tham luận vào chương trình.")).to_be_visible()
    check(page, axe)
    first = page.locator(".run__item h4").first.inner_text()
    page.get_by_role("button", name=f"Chuyển xuống: {first}").press("Enter")
    expect(page.locator(".run__item h4").nth(1)).to_have_text(first)
    page.goto(f"/congresses/{register.congress.id}/programme")
    expect(page.locator("body")).to_contain_text(third)
    page.get_by_role("button", name=f"Hoàn tác: {first}").click()
    page.goto(f"{register.path}/order")
    expect(page.locator(".run__item h4").first).to_have_text(first)
