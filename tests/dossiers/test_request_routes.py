"""A person's request through the pages: written down, met, refused, or the data deleted."""

from __future__ import annotations

import io
import json
import re
import zipfile

import pytest
from sqlalchemy import select

from congress_app.audit.models import Entry
from congress_app.badges.models import BadgePhoto
from congress_app.database import db
from congress_app.delegates.models import Person
from congress_app.dossiers.models import DataRequest
from congress_app.formats.sheet_files import read_sheet
from congress_app.kernel.permissions import Role
from tests.builders import a_congress, a_delegate, a_person, a_unit, the_root
from tests.dossiers.closed import NAME, PLANTED, a_closed_congress
from tests.open_forms import held


def text(response) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.text).split())


def asked(admin, person, kind: str) -> str:
    """The address of a request that was just written down."""
    data = {"kind": kind, "received_on": "02/11/2026", "paper": "Thư ngày 02/11"}
    answer = admin.post(f"/data-requests/new/{person.id}", data=data)
    assert answer.status_code == 302, text(answer)
    return answer.location


def actions() -> list[str]:
    wanted = select(Entry.action).where(Entry.subject_kind.in_(("data_request", "person")))
    return list(db.session.scalars(wanted.order_by(Entry.id)))


def test_a_request_is_written_down_with_its_terms(as_role, app):
    person = a_person("Lò Thị Vui", the_root())
    admin = as_role(Role.ADMIN)
    assert f"/data-requests/new/{person.id}" in admin.get("/data-requests?name=vui").text
    page = text(admin.get(asked(admin, person, "view")))
    assert "04/11/2026" in page
    assert "12/11/2026" in page
    assert "Lò Thị Vui" in text(admin.get("/data-requests"))
    assert actions() == ["person.request"]


def test_who_looks_for_a_common_name_is_told_that_there_are_more(as_role, app):
    told, root = "Còn người khác khớp với chữ này", the_root()
    admin = as_role(Role.ADMIN)
    for number in range(31):
        assert told not in text(admin.get("/data-requests?name=vui"))
        a_person(f"Lò Thị Vui {number}", root)
    page = admin.get("/data-requests?name=vui").text
    assert (page.count("/data-requests/new/"), told in page) == (31, True)


def test_a_wrong_day_keeps_what_was_typed(as_role, app):
    person = a_person(unit=the_root())
    data = {"kind": "erase", "received_on": "32/11/2026", "paper": "Đơn số 5"}
    page = as_role(Role.ADMIN).post(f"/data-requests/new/{person.id}", data=data)
    assert (page.status_code, 'value="32/11/2026"' in page.text, "Đơn số 5" in page.text) == (
        422,
        True,
        True,
    )


def test_the_person_gets_everything_that_is_kept(as_role, app):
    closed = a_closed_congress()
    admin = as_role(Role.ADMIN)
    where = asked(admin, closed.delegate.person, "view")
    with zipfile.ZipFile(io.BytesIO(admin.post(f"{where}/data.zip").data)) as zipped:
        data = json.loads(zipped.read("du-lieu.json"))
        sheet = read_sheet(zipped.read("du-lieu.xlsx"), "du-lieu.xlsx")
    assert set(data) == {
        "audit_entry", "badge", "badge_photo", "data_request", "delegate", "person",
        "presence", "scan", "speech", "speech_file",
    }  # fmt: skip
    (person,) = data["person"]
    assert (person["full_name"], person["phone"]) == (NAME, PLANTED["phone"])
    assert PLANTED["ethnicity"] in {row.cell(3) for row in sheet.rows}
    told = json.dumps(data, ensure_ascii=False)
    assert [key for key in ("link", "badge code", "raw code") if PLANTED[key] in told] == []
    assert actions()[-1] == "person.export"


def test_a_restriction_is_set_and_ended(as_role, app):
    person = a_person(unit=the_root())
    admin = as_role(Role.ADMIN)
    where = asked(admin, person, "restrict")
    empty = admin.post(f"{where}/finish", data={"done-outcome": ""})
    assert (empty.status_code, db.session.get(Person, person.id).restricted_at) == (422, None)
    admin.post(f"{where}/finish", data={"done-outcome": "Theo đơn ngày 02/11"})
    assert db.session.get(Person, person.id).restriction == "Theo đơn ngày 02/11"
    unreasoned = admin.post(f"{where}/release", data={"ending-reason": ""})
    is_free = db.session.get(Person, person.id).restricted_at is None
    assert (unreasoned.status_code, is_free) == (422, False)
    ending = {"ending-reason": "Người ấy xin thôi"} | held(admin.get(where).text, "/release")
    admin.post(f"{where}/release", data=ending)
    assert db.session.get(Person, person.id).restricted_at is None
    assert actions() == ["person.request", "person.restrict", "person.done", "person.release"]
    begun, ended = (
        db.session.scalars(select(Entry.changes).where(Entry.action == action)).one()
        for action in ("person.restrict", "person.release")
    )
    assert begun == {"restriction": [None, "Theo đơn ngày 02/11"]}
    restriction = ["Theo đơn ngày 02/11", None]
    assert ended == {"restriction": restriction, "reason": "Người ấy xin thôi"}
    assert "đã được bỏ trước đó" in text(admin.post(f"{where}/release", data=ending))


def test_a_restriction_renewed_meanwhile_is_looked_at_before_it_is_ended(
    as_role, app, frozen_clock
):
    person = a_person(unit=the_root())
    admin = as_role(Role.ADMIN)
    first, second = asked(admin, person, "restrict"), asked(admin, person, "restrict")
    admin.post(f"{first}/finish", data={"done-outcome": "Đơn thứ nhất"})
    ending = {"ending-reason": "Người ấy xin thôi"}
    opened = held(admin.get(first).text, "/release")
    frozen_clock.advance(minutes=5)
    admin.post(f"{second}/finish", data={"done-outcome": "Đơn thứ hai"})
    late = admin.post(f"{first}/release", data=ending | opened)
    assert "đã được người khác ghi lại theo yêu cầu khác" in text(late)
    assert db.session.get(Person, person.id).restriction == "Đơn thứ hai"
    again = admin.post(f"{first}/release", data=ending | held(late.text, "ending-reason"))
    assert (again.status_code, actions()[-1]) == (302, "person.release")
    assert db.session.get(Person, person.id).restriction is None


def test_nothing_is_deleted_while_a_congress_counts_on_him(as_role, app):
    delegate = a_delegate(a_congress(name="Hội nghị đang chuẩn bị"))
    admin = as_role(Role.ADMIN)
    where = asked(admin, delegate.person, "erase")
    assert "Hội nghị đang chuẩn bị" in text(admin.get(where))
    refused = admin.post(f"{where}/forget")
    assert (refused.status_code, "chưa bế mạc" in text(refused)) == (422, True)
    assert db.session.get(Person, delegate.person_id).birth_day == 7


def test_who_is_in_a_permanent_record_keeps_his_name_only(as_role, app):
    closed = a_closed_congress()
    admin = as_role(Role.ADMIN)
    where = asked(admin, closed.delegate.person, "erase")
    admin.post(f"{where}/forget")
    person = db.session.get(Person, closed.delegate.person_id)
    assert (person.full_name, person.phone, person.ethnicity) == (NAME, None, None)
    assert db.session.scalars(select(BadgePhoto)).all() == []
    assert "lưu vĩnh viễn" in text(admin.get(where))
    held = json.dumps(db.session.scalars(select(Entry.changes)).all(), ensure_ascii=False)
    told = (PLANTED["old phone in the log"], "in lem mực")
    assert [words for words in told if words in held] == []


def test_who_is_in_no_record_is_forgotten(as_role, app):
    person = a_person("Người Không Dự", the_root(), phone="0911222333")
    congress = a_congress(state="closed")
    a_delegate(congress, person, state="declined")
    admin = as_role(Role.ADMIN)
    where = asked(admin, person, "erase")
    admin.post(f"{where}/forget")
    stored = db.session.get(Person, person.id)
    row = db.session.scalars(select(DataRequest)).one()
    assert (stored.full_name, stored.phone, stored.birth_year) == (
        f"Đã xóa theo yêu cầu số {row.id}",
        None,
        None,
    )
    names = db.session.scalars(select(Entry.subject_name)).all()
    assert "Người Không Dự" not in names


def test_a_refusal_names_its_law_and_ends_the_request(as_role, app):
    person = a_person(unit=the_root())
    admin = as_role(Role.ADMIN)
    where = asked(admin, person, "erase")
    admin.post(f"{where}/refuse", data={"refusal-ground": "archives", "refusal-outcome": "Đã báo"})
    page = text(admin.get(where))
    assert ("Đã từ chối" in page, "lưu vĩnh viễn" in page) == (True, True)
    again = admin.post(f"{where}/refuse", data={"refusal-ground": "archives"})
    assert again.status_code in (409, 422)


@pytest.mark.parametrize("role", [Role.ORGANISER, Role.REGISTRAR, Role.VIEWER])
def test_others_may_not(as_role, app, role):
    assert as_role(role).get("/data-requests").status_code == 403


def test_a_person_of_another_province_is_not_found(as_role, app):
    person = a_person("Người Nơi Khác", a_unit(parent=the_root()))
    admin = as_role(Role.ADMIN, a_unit(parent=the_root()))
    assert "Người Nơi Khác" not in admin.get("/data-requests?name=khác").text.split("<ul")[-1]
    assert admin.get(f"/data-requests/new/{person.id}").status_code == 404


def test_a_name_that_was_to_stay_does_not_go_unseen(as_role, app):
    unit = a_unit("22", the_root())
    person = a_person("Lò Thị Vui", unit)
    delegate = a_delegate(a_congress(unit, state="closed"), person, state="convened")
    admin = as_role(Role.ADMIN)
    where = asked(admin, person, "erase")
    assert 'name="keeps_name"' in admin.get(where).text
    delegate.state = "withdrawn"
    db.session.commit()
    refused = admin.post(f"{where}/forget", data={"keeps_name": "1"})
    assert (refused.status_code, db.session.get(Person, person.id).full_name) == (409, "Lò Thị Vui")
    assert "nay không còn hồ sơ nào" in refused.text
    assert 'name="keeps_name"' not in admin.get(where).text
