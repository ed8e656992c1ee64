"""The cascade on the small demonstration, clicked through with its own accounts.

A district raises its hands against its quota, the province's list fills itself and votes in
secret with a tie and a second round, the national list fills, a delegate falls ill and the
first reserve has his place.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from uuid import uuid4

import pytest
from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy import select

from congress_app.badges.models import Badge
from congress_app.congresses.models import Congress
from congress_app.database import db
from congress_app.delegates.models import Delegate
from congress_app.elections import queries, upward_queries
from congress_app.elections.models import Round
from congress_app.kernel import clock
from congress_app.kernel.permissions import system_actor
from congress_app.scanners import services as scanners
from congress_app.units.models import Unit
from tests.browser import NewContext
from tests.walks.polling import (
    Axe,
    accept,
    address,
    adopts,
    certify,
    counted,
    election_of,
    last_round,
    opens,
    raises_hands,
    send,
    whole,
)

pytestmark = pytest.mark.demonstration

DISTRICT, COUNTING, PROVINCE, CENTRE = "22-13", "22-12", "22", "VN"
NAMES = (
    "Lưu Thị Hạnh",
    "Châu Văn Sáng",
    "Tằng A Phúc",
    "Nình Thị Sáu",
    "Phùn Chống Lẩm",
    "Bùi Đình Đảo",
    "Vũ Thị Ngọc Trai",
    "Ty Văn Hải",
    "Đặng Biên Cương",
    "Hoàng Thị Sóng",
)


@pytest.fixture
def congresses(app: Flask) -> dict[str, Congress]:
    """The congresses of the small demonstration by the code of their unit."""
    rows = db.session.execute(select(Unit.code, Congress).join(Unit, Congress.unit_id == Unit.id))
    return {row[0]: row[1] for row in rows}


@pytest.fixture
def signed_in(new_context: NewContext) -> Callable[[str], Page]:
    """A browser signed in as an account of the demonstration."""

    def sign_in(username: str) -> Page:
        page = new_context().new_page()
        page.goto("/sign-in")
        page.get_by_label("Tên đăng nhập").fill(username)
        page.get_by_label("Mật khẩu").fill("trinh-dien-2020")
        page.get_by_role("button", name="Đăng nhập").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("Đại hội Thi đua yêu nước")
        return page

    return sign_in


def test_from_a_district_hall_to_the_national_list(
    congresses: dict[str, Congress], signed_in: Callable[[str], Page], axe: Axe
) -> None:
    organiser, tellers = signed_in("organiser"), [signed_in("teller"), signed_in("teller2")]
    province, national = congresses[PROVINCE], congresses[CENTRE]
    for code in (DISTRICT, COUNTING):
        if code == DISTRICT:
            begins(organiser, congresses[code], axe)
        raises_hands(tellers[0], congresses[code], axe)
        certify(organiser, election_of(congresses[code]), axe)
        goes_up(organiser, congresses[code], province, axe)
    is_full(organiser, province, axe)
    everybody_comes(organiser, province)
    votes_in_secret(organiser, tellers, province, axe)
    goes_up(organiser, province, national, axe)
    falls_ill(organiser, province, national, axe)


def begins(page: Page, congress: Congress, axe: Axe) -> None:
    """The district makes its election and names as many as its quota."""
    page.goto(f"/congresses/{congress.id}/elections")
    whole(page, axe)
    page.get_by_role("button", name="Lập cuộc bầu cử").click()
    expect(page.get_by_role("heading", level=2)).to_contain_text("Bầu cử lần 1")
    election = election_of(congress)
    whole(page, axe)
    for name in NAMES[: election.seats]:
        page.goto(f"{address(election)}/candidates/new")
        page.get_by_role("textbox", name="Họ và tên").fill(name)
        page.get_by_label("Ngày sinh").fill("1985")
        page.get_by_label("Chức vụ").fill("Chuyên viên")
        page.get_by_role("combobox", name="Đơn vị").select_option(DISTRICT)
        page.get_by_role("button", name="Thêm vào danh sách").click()
        expect(page.get_by_role("main")).to_contain_text(name)
    whole(page, axe)
    adopts(page, election, congress.attendance or 0, axe)
    opens(
        page,
        election,
        "Mở lượt bầu",
        axe,
        hall=(congress.attendance or 0, congress.attendance or 0),
    )


def votes_in_secret(organiser: Page, tellers: Sequence[Page], province: Congress, axe: Axe) -> None:
    """A first round with a tie, a second between the tied, a third for a reserve."""
    election = election_of(province)
    organiser.goto(address(election))
    whole(organiser, axe)
    organiser.get_by_role("link", name="Chọn quy tắc").click()
    organiser.get_by_label("Số dự khuyết cần bầu").fill("1")
    whole(organiser, axe)
    organiser.get_by_role("button", name="Lưu quy tắc").click()
    adopts(organiser, election, 200, axe)

    opens(organiser, election, "Mở lượt bầu", axe)
    round_ = last_round(election)
    assert round_.presence_source == "scans"
    sure = [round(round_.present * 0.8)] * (election.seats - 1)
    tied = [round(round_.present * 0.62)] * 2
    counted(organiser, tellers, round_, [*sure, *tied, round_.present // 10], axe)
    assert (last_round(election).outcome, tellers_agree(round_)) == ("tie", True)

    opens(organiser, election, "Bầu lại giữa", axe, reason="Bằng phiếu ở suất cuối")
    round_ = last_round(election)
    half = round_.present // 2 - 10
    counted(organiser, tellers, round_, [half, round_.present - half], axe)

    opens(organiser, election, "Bầu đại biểu dự khuyết", axe, reason="Bầu dự khuyết")
    round_ = last_round(election)
    few = round_.present // 4
    counted(organiser, tellers, round_, [round_.present - few, few], axe)
    certify(organiser, election, axe)


def goes_up(page: Page, sender: Congress, target: Congress, axe: Axe) -> None:
    """The list is sent and taken in; those elected are delegates above, by their election."""
    election = election_of(sender)
    elected = [one.candidate.person_id for one in upward_queries.elected_places(election.id)]
    assert len(elected) == election.seats
    send(page, election, "06/BC-BHXH")
    whole(page, axe)
    accept(page, target, sender)
    whole(page, axe)
    db.session.rollback()
    places = db.session.scalars(
        select(Delegate).where(Delegate.congress_id == target.id, Delegate.person_id.in_(elected))
    ).all()
    assert {one.person_id for one in places} == set(elected)
    assert {(one.category, one.state) for one in places} == {("elected", "convened")}
    grounds = [one.text for place in places for one in place.grounds]
    assert [text for text in grounds if sender.name not in text] == []


def is_full(page: Page, congress: Congress, axe: Axe) -> None:
    """Every unit has elected as many as its quota, and nobody typed a name twice."""
    page.goto(f"/congresses/{congress.id}/quota/board")
    expect(page.get_by_role("main")).not_to_contain_text("còn thiếu")
    rows = page.locator("tbody tr")
    assert rows.count() == 24
    expect(rows.filter(has_text="Đủ")).to_have_count(24)
    whole(page, axe)


def everybody_comes(page: Page, congress: Congress) -> None:
    """The new delegates confirm and have their badges; the door scans everybody's."""
    page.goto(f"/congresses/{congress.id}/delegates?state=convened")
    for box in page.locator('input[name="ids"]').all():
        box.check()
    page.get_by_role("button", name="Xác nhận dự").click()
    page.goto(f"/congresses/{congress.id}/delegates?state=convened")
    expect(page.locator('input[name="ids"]')).to_have_count(0)
    page.goto(f"/congresses/{congress.id}/badges")
    page.get_by_role("button", name=re.compile(r"Cấp \d+ thẻ còn thiếu")).click()
    expect(page.get_by_role("main")).not_to_contain_text("thẻ còn thiếu")
    db.session.rollback()
    invited = scanners.invite(congress, "Cửa chính", "Cửa A", "steward", actor=system_actor())
    paired = page.request.post("/api/v1/devices/pair", data={"pairing_code": invited.code})
    secret = {"Authorization": f"Bearer {paired.json()['token']}"}
    codes = db.session.scalars(
        select(Badge.code)
        .join(Delegate)
        .where(
            Delegate.congress_id == congress.id,
            Delegate.category != "guest",
            Badge.state == "active",
        )
    ).all()
    now = clock.now().isoformat()
    scans = [
        {"uuid": str(uuid4()), "code": code, "direction": "in", "scanned_at": now} for code in codes
    ]
    answer = page.request.post(
        "/api/v1/scans/batch", data={"scans": scans, "sent_at": now}, headers=secret
    )
    assert {one["verdict"] for one in answer.json()["results"]} == {"accepted"}


def falls_ill(page: Page, province: Congress, national: Congress, axe: Axe) -> None:
    """The first reserve has the place, the badge and the delegation of the one who is ill."""
    page.goto(f"/congresses/{national.id}/badges")
    page.get_by_role("button", name=re.compile(r"Cấp \d+ thẻ còn thiếu")).click()
    election = election_of(province)
    ill = upward_queries.elected_places(election.id)[0].candidate.person
    (line,) = upward_queries.reserve_line(election)
    reserve = line.place.candidate.person
    page.goto(f"/congresses/{national.id}/arrivals")
    whole(page, axe)
    page.get_by_role("link", name=province.name).click()
    page.get_by_role("link", name=f"Gọi dự khuyết thay {ill.full_name}").click()
    page.get_by_label("Lý do").fill("Ốm, nằm viện")
    whole(page, axe)
    page.get_by_role("button", name=f"Gọi {reserve.full_name} thay").click()
    expect(page.get_by_text(f"{reserve.full_name} đã nhận chỗ.")).to_be_visible()
    whole(page, axe)
    db.session.rollback()
    places = {one.person_id: one for one in all_places(national)}
    gone, come = places[ill.id], places[reserve.id]
    assert (gone.state, gone.replaced_by_id, gone.state_reason) == (
        "replaced",
        come.id,
        "Ốm, nằm viện",
    )
    assert (come.state, come.category, come.delegation_unit_id) == (
        "convened",
        "elected",
        gone.delegation_unit_id,
    )
    badge = select(Badge.state).where(Badge.delegate_id == come.id)
    assert list(db.session.scalars(badge)) == ["active"]
    page.goto(f"/congresses/{national.id}/delegates/{come.id}")
    expect(page.get_by_role("main")).to_contain_text(f"thay {ill.full_name}")


def tellers_agree(round_: Round) -> bool:
    first, second = queries.sheets_of(round_.id)
    return first.cells == second.cells and first.teller != second.teller


def all_places(congress: Congress) -> Sequence[Delegate]:
    return db.session.scalars(select(Delegate).where(Delegate.congress_id == congress.id)).all()
