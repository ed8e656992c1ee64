"""The log page."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from congress_app.audit import chain_queries, services
from congress_app.audit.models import Entry
from congress_app.database import db
from congress_app.formats.sheet_files import read_sheet
from congress_app.kernel.permissions import Actor, Role
from tests.builders import a_unit, the_root

LAN = Actor("user", 1, "lan", "Lan", (), "10.0.0.5")


@pytest.fixture
def province(app):
    unit = a_unit("01", the_root(), name="BHXH thành phố Hà Nội")
    services.record("unit.edit", unit, {"headcount": [1000, 1250]}, actor=LAN, unit_path=unit.path)
    services.record("rulebook.edit", "rulebook", {"reason": "<b>x</b>"}, actor=LAN)
    return unit


def text(response) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.text).split())


def test_the_page_reads_in_words(as_role, province):
    page = as_role(Role.ADMIN).get("/audit?actor=lan")
    assert page.status_code == 200
    assert "Sửa đơn vị" in text(page)
    assert "BHXH thành phố Hà Nội" in text(page)
    assert "Số CCVC, NLĐ: 1.000 đổi thành → 1.250" in text(page)
    assert "từ 10.0.0.5" in text(page)
    assert "&lt;b&gt;x&lt;/b&gt;" in page.text


def test_filters_narrow_and_say_so_when_nothing_fits(as_role, province):
    admin = as_role(Role.ADMIN)
    narrowed = text(admin.get("/audit?action=unit.edit"))
    assert "1.250" in narrowed
    assert "Lý do:" not in narrowed
    assert "Không có việc nào khớp" in text(admin.get("/audit?actor=nobody"))


def test_an_unreadable_day_is_told_beside_its_field(as_role, province):
    page = as_role(Role.ADMIN).get("/audit?first_day=35/13/2020&actor=lan")
    assert page.status_code == 200
    assert "Ngày không đọc được" in page.text
    assert 'value="35/13/2020"' in page.text


def test_who_may_not_read_the_log_is_refused(as_role, province, client):
    assert as_role(Role.ORGANISER).get("/audit").status_code == 403
    assert client.get("/audit").status_code == 302


def test_an_admin_of_a_province_sees_only_its_entries(as_role, province):
    other = a_unit("79", the_root(), name="BHXH TP. Hồ Chí Minh")
    services.record("unit.create", other, actor=LAN, unit_path=other.path)
    page = text(as_role(Role.ADMIN, province).get("/audit"))
    assert "BHXH thành phố Hà Nội" in page
    assert "BHXH TP. Hồ Chí Minh" not in page
    assert "Lý do:" not in page


@pytest.mark.parametrize("rows", [1, 3])
def test_the_number_of_queries_does_not_grow(as_role, province, count_queries, rows):
    for _ in range(rows):
        services.record("unit.edit", province, actor=LAN, unit_path=province.path)
    admin = as_role(Role.ADMIN)
    with count_queries() as seen:
        assert admin.get("/audit").status_code == 200
    assert len([one for one in seen if "audit_entry" in one]) == 2


def test_kind_object_and_unit_narrow_too(as_role, province):
    other = a_unit("79", the_root(), name="BHXH TP. Hồ Chí Minh")
    services.record("unit.create", other, {"code": "79"}, actor=LAN, unit_path=other.path)
    admin = as_role(Role.ADMIN)
    by_unit = text(admin.get("/audit?unit=01"))
    assert ("1.250" in by_unit, "Thêm đơn vị Lúc" in by_unit) == (True, False)
    assert "1.250" in text(admin.get("/audit?unit=hà+nội&kind=unit"))
    assert "1.250" in text(admin.get("/audit?subject=Hà+Nội"))
    for nothing in ("unit=không+có", "kind=badge", "subject=Huế"):
        assert "Không có việc nào khớp" in text(admin.get(f"/audit?{nothing}"))


def test_refused_sign_ins_stand_one_press_away(as_role, app):
    app.test_client().post("/sign-in", data={"username": "khong-co", "password": "sai"})
    admin = as_role(Role.ADMIN)
    assert 'href="/audit?action=sign_in.refused"' in admin.get("/audit").text
    assert "tên đăng nhập không có" in text(admin.get("/audit?action=sign_in.refused"))


def test_the_sheet_holds_the_filtered_rows_and_is_itself_remembered(as_role, province):
    admin = as_role(Role.ADMIN)
    answer = admin.post("/audit/export.xlsx", data={"action": "unit.edit"})
    assert answer.status_code == 200
    row = read_sheet(answer.data, "nhat-ky.xlsx").rows[-1]
    assert [str(cell) for cell in row.cells[2:8]] == [
        "lan",
        "10.0.0.5",
        "Sửa đơn vị",
        "Đơn vị",
        "BHXH thành phố Hà Nội",
        "Số CCVC, NLĐ: 1.000 → 1.250",
    ]
    entry = db.session.scalars(select(Entry).order_by(Entry.id.desc())).first()
    assert (entry.action, entry.changes) == (
        "audit.export",
        {"rows": 1, "filters": {"action": "unit.edit"}},
    )


def test_the_page_names_the_end_of_the_chain(as_role, province):
    page = as_role(Role.ADMIN).get("/audit")
    head = chain_queries.head()
    assert head.hash in page.text.replace("<wbr>", "")


def test_erased_content_is_told(as_role, province):
    entry = db.session.scalars(select(Entry).where(Entry.action == "unit.edit")).one()
    services.erase([entry.id], "dossier.purge", "congress", {}, actor=LAN)
    page = text(as_role(Role.ADMIN).get("/audit?action=unit.edit"))
    assert ("nội dung đã xóa theo quy định" in page, "1.250" in page) == (True, False)
