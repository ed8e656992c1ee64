"""The plan of the halls through HTTP."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from congress_app.congresses.models import Congress
from congress_app.database import db
from congress_app.jobs.models import Job
from congress_app.kernel.permissions import Role
from congress_app.seating import plan_services, queries
from tests.builders import a_congress, a_delegate, a_hall, a_person, a_seat, a_unit
from tests.conftest import AsRole, CountQueries


@pytest.fixture
def congress(app: Flask) -> Congress:
    return a_congress()


@pytest.fixture
def secretary(as_role: AsRole, congress: Congress) -> FlaskClient:
    return as_role(Role.SECRETARY, congress.unit)


def base(congress: Congress) -> str:
    return f"/congresses/{congress.id}/seating"


def seats(congress: Congress) -> dict[str, tuple[int, int, int | None]]:
    """Id, version and delegate by seat."""
    return {
        f"{s.row}{s.number}": (s.id, s.version, s.delegate_id) for s in queries.seats(congress.id)
    }


def test_from_words_to_a_seated_hall(secretary: FlaskClient, congress: Congress) -> None:
    assert "Chưa có hội trường" in secretary.get(base(congress)).text
    unit = a_unit(parent=congress.unit, name="BHXH huyện Một")
    names = ("Lê Thị Ánh", "Trần Văn Bình")
    one, two = (a_delegate(congress, a_person(name, unit=unit)) for name in names)
    wrong = {"name": "Hội trường lớn", "description": "A: 2; B hai ghế"}
    refused = secretary.post(f"{base(congress)}/halls/new", data=wrong)
    assert (refused.status_code, "Phần 2 “B hai ghế”" in refused.text) == (400, True)
    secretary.post(f"{base(congress)}/halls/new", data=wrong | {"description": "A: 2; B: 2"})
    page = secretary.post(f"{base(congress)}/propose", follow_redirects=True).text
    assert "Đã xếp chỗ cho 2 người." in page
    assert "1LTÁ: Ghế A1: Lê Thị Ánh, BHXH huyện Một, Đoàn đại biểu" in page
    assert [seats(congress)[label][2] for label in ("A1", "A2", "B1")] == [one.id, two.id, None]


def test_seats_change_hands_without_script(secretary: FlaskClient, congress: Congress) -> None:
    a_hall(congress, "A: 2; B: 2")
    one = a_delegate(congress, a_person("Lê Thị Ánh"))
    two = a_delegate(congress, a_person("Trần Văn Bình"))
    first, _, _ = seats(congress)["A1"]
    address = f"{base(congress)}/seats/{first}"
    form = {"version": "1", "name": "le thi anh"}
    assert "Đã xếp chỗ." in secretary.post(f"{address}/put", data=form, follow_redirects=True).text
    panel = secretary.get(f"{base(congress)}?seat={first}&to=b2").text
    assert "Chuyển đến ghế này" in panel
    second, version, _ = seats(congress)["B2"]
    move = {"version": "2", "target": str(second), "target_version": str(version)}
    done = secretary.post(f"{address}/swap", data=move, follow_redirects=True).text
    assert "Đã chuyển chỗ và ghim lại." in done
    assert (seats(congress)["B2"][2], two.id in [s[2] for s in seats(congress).values()]) == (
        one.id,
        False,
    )
    stale = secretary.post(f"{address}/swap", data=move, follow_redirects=True).text
    assert "Nội dung đã được người khác sửa" in stale
    assert "Ghế A1 bây giờ: trống." in stale
    unknown = secretary.get(f"{base(congress)}?seat={second}&to=Z9").text
    assert "Hội trường này không có ghế “Z9”." in unknown


def test_pin_block_and_take_away(secretary: FlaskClient, congress: Congress) -> None:
    a_hall(congress, "A: 2")
    a_delegate(congress, a_person("Lê Thị Ánh"))
    secretary.post(f"{base(congress)}/propose")

    def act(label: str, what: str, **form: str) -> str:
        seat, version, _ = seats(congress)[label]
        data = {"version": str(version)} | form
        address = f"{base(congress)}/seats/{seat}/{what}"
        return secretary.post(address, data=data, follow_redirects=True).text

    assert "Đã ghim." in act("A1", "pin", wanted="yes")
    assert "Đã khóa ghế." in act("A2", "block", wanted="yes")
    assert "Ghế A2 đang khóa. Hãy bỏ khóa trước." in act("A2", "put", name="Lê Thị Ánh")
    assert "Không có đại biểu “Ai Đó” đang giữ chỗ." in act("A2", "put", name="Ai Đó")
    assert "Đã bỏ khóa ghế." in act("A2", "block", wanted="no")
    assert "Đã để trống ghế." in act("A1", "take-away")


def test_a_hall_too_small_is_told(secretary: FlaskClient, congress: Congress) -> None:
    a_hall(congress, "A: 1")
    for name in ("Lê Thị Ánh", "Trần Văn Bình"):
        a_delegate(congress, a_person(name))
    assert (
        "Còn thiếu 1 ghế" in secretary.post(f"{base(congress)}/propose", follow_redirects=True).text
    )


def test_a_hall_is_changed_and_removed(secretary: FlaskClient, congress: Congress) -> None:
    hall = a_hall(congress, "A: 2")
    a_delegate(congress, a_person("Lê Thị Ánh"))
    secretary.post(f"{base(congress)}/propose")
    address = f"{base(congress)}/halls/{hall.id}"
    form = {"name": "Nhà hát", "description": "B: 3", "version": "1"}
    done = secretary.post(address, data=form, follow_redirects=True).text
    assert "1 người mất chỗ vì ghế không còn; hãy xếp lại." in done
    stale = secretary.post(address, data=form)
    assert (stale.status_code, "Đang lưu: B: 3" in stale.text) == (409, True)
    assert "Đã bỏ hội trường." in secretary.post(f"{address}/remove", follow_redirects=True).text
    assert queries.halls(congress.id) == []


def test_the_files(secretary: FlaskClient, congress: Congress) -> None:
    assert secretary.get(f"{base(congress)}/plan.pdf").status_code == 404
    a_hall(congress)
    pdf = secretary.get(f"{base(congress)}/plan.pdf?paper=a3")
    assert (pdf.mimetype, pdf.data[:5]) == ("application/pdf", b"%PDF-")
    assert secretary.get(f"{base(congress)}/plan.pdf?paper=a0").status_code == 404
    assert secretary.get(f"{base(congress)}/sheet.xlsx").data[:2] == b"PK"


def test_a_large_plan_is_drawn_by_a_job(
    secretary: FlaskClient, congress: Congress, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_hall(congress, "A: 3")
    at_once = secretary.get(f"{base(congress)}/plan.pdf?paper=a3").data
    monkeypatch.setattr(plan_services, "AT_ONCE", 2)
    asked = secretary.get(f"{base(congress)}/plan.pdf?paper=a3")
    assert (asked.status_code, asked.location) == (302, f"{base(congress)}/plan/print?paper=a3")
    assert "Sơ đồ chỗ ngồi A3" in secretary.get(asked.location).text
    begun = secretary.post(asked.location)
    job = db.session.scalars(select(Job)).one()
    assert (begun.location, job.state, job.result) == (f"/jobs/{job.id}", "done", {"count": 3})
    made = secretary.post(f"{begun.location}/file")
    assert (made.data, made.mimetype) == (at_once, "application/pdf")
    assert secretary.post(f"{base(congress)}/plan/print?paper=a0").status_code == 404


def test_door_staff_look_and_change_nothing(as_role: AsRole, congress: Congress) -> None:
    a_hall(congress)
    door = as_role(Role.CHECKIN, congress.unit)
    page = door.get(base(congress))
    assert (page.status_code, "Lập phương án" in page.text) == (200, False)
    assert door.post(f"{base(congress)}/propose").status_code == 403
    assert door.get(f"{base(congress)}/halls/new").status_code == 403


def test_the_page_asks_the_same_for_a_big_hall(
    secretary: FlaskClient, congress: Congress, count_queries: CountQueries
) -> None:
    a_hall(congress, "A: 3")
    a_delegate(congress)
    secretary.post(f"{base(congress)}/propose")
    with count_queries() as small:
        secretary.get(base(congress))
    a_hall(congress, "A-C: 10")
    for _ in range(12):
        a_delegate(congress)
    secretary.post(f"{base(congress)}/later")
    with count_queries() as large:
        secretary.get(base(congress))
    assert len(large) == len(small)


def test_members_of_bodies_who_are_no_delegates_are_named(
    secretary: FlaskClient, congress: Congress
) -> None:
    a_hall(congress)
    a_seat(congress, a_delegate(congress))
    assert "Thành viên các ban không phải đại biểu" not in secretary.get(base(congress)).text
    a_seat(congress, full_name="Lê Thị Ban")
    assert queries.overview(congress.id).outsiders == {"credentials": ["Lê Thị Ban"]}
    page = secretary.get(base(congress)).text
    assert 'Ban Thẩm tra tư cách đại biểu: <span class="name">Lê Thị Ban</span>' in page
