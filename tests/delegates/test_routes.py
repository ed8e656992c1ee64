"""Pages of delegates through HTTP: what each role sees, and that nothing typed is lost."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from congress_app.audit.models import Entry
from congress_app.congresses.models import Congress
from congress_app.congresses.presets import GUIDANCE_2020
from congress_app.congresses.rulebook import Cap, Duration, LevelRules
from congress_app.database import db
from congress_app.delegates.models import Delegate, Person
from congress_app.units.models import Unit
from tests import builders


@pytest.fixture
def congress(app: Flask) -> Congress:
    """A provincial congress under the guidance of 2020, with two districts."""
    builders.the_root()
    made = builders.a_congress(rules=GUIDANCE_2020)
    builders.a_unit("D1", made.unit, "huyen", name="BHXH huyện A")
    builders.a_unit("D2", made.unit, "huyen", name="BHXH huyện B")
    return made


def unit(code: str) -> Unit:
    return db.session.scalars(select(Unit).where(Unit.code == code)).one()


def small(congress: Congress, cap: int) -> None:
    """Let the congress have no more than so many."""
    rules = LevelRules("Hội nghị", Cap(cap), (Duration.HALF_DAY,))
    season = builders.a_season(rules=builders.a_rulebook(upper_base=rules))
    congress.rules = season.rulebook.body
    db.session.commit()


def url(congress: Congress, *parts: object) -> str:
    return "/".join(str(part) for part in (f"/congresses/{congress.id}/delegates", *parts))


TYPED = {
    "full_name": "NGUYỄN THỊ ÁNH",
    "birth": "5/7/1980",
    "sex": "F",
    "unit": "BHXH huyện A (D1)",
    "category": "official",
    "position": "Phó Giám đốc",
    "phone": "0912.345.678",
    "email": "anh@VSS.gov.vn",
    "field_of_work": "it",
    "priorities": ["good_deed"],
    "ground_codes": ["fighter_sector"],
    "ground_year": "2017",
    "ethnicity": "Tày",
    "party_member": "1",
}


# What a rulebook without composition, fields and priorities can take.
BARE = {key: TYPED[key] for key in TYPED if key not in ("ground_codes", "priorities")} | {
    "field_of_work": ""
}


def test_a_form_registers_a_delegate_whole(congress: Congress, as_role: Any) -> None:
    answer = as_role("organiser").post(url(congress, "new"), data=TYPED)
    (made,) = db.session.scalars(select(Delegate))
    assert (answer.status_code, answer.location) == (302, url(congress, made.id))
    person = made.person
    assert (person.full_name, person.birth_day, person.sex) == ("Nguyễn Thị Ánh", 5, "F")
    assert (person.phone, person.email) == ("0912345678", "anh@vss.gov.vn")
    assert (person.ethnicity, person.party_member) == ("Tày", True)
    assert (made.field, made.priorities, made.delegation_unit_id) == (
        "it",
        ["good_deed"],
        unit("D1").id,
    )
    assert [(g.code, g.year) for g in made.grounds] == [("fighter_sector", 2017)]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"full_name": ""}, "Cần điền mục này."),
        ({"full_name": "123"}, "Hãy ghi họ tên bằng chữ."),
        ({"birth": "31/02/1980"}, "Ngày sinh không đọc được."),
        ({"category": ""}, "Cần chọn thành phần."),
        ({"unit": "BHXH huyện X"}, "Không có đơn vị này trong phạm vi của bạn."),
        ({"unit": ""}, "Cần chọn đơn vị, hoặc ghi cơ quan ngoài ngành ở ô bên cạnh."),
        ({"unit": "", "organisation": "Báo", "category": "elected"}, "Cần chọn đơn vị."),
        ({"phone": "12"}, "Hãy ghi 10 chữ số, ví dụ 0912345678."),
        ({"email": "x"}, "Địa chỉ thư điện tử không đúng."),
        ({"ground_year": "17"}, "Hãy ghi năm có bốn chữ số, ví dụ 2019."),
    ],
)
def test_a_fault_is_told_and_everything_typed_kept(
    congress: Congress, as_role: Any, change: dict[str, str], message: str
) -> None:
    answer = as_role("organiser").post(url(congress, "new"), data=TYPED | change)
    assert answer.status_code == 422
    assert message in answer.text
    kept = {"full_name": "NGUYỄN THỊ ÁNH", "position": "Phó Giám đốc", "ethnicity": "Tày"}
    for name, value in kept.items():
        assert name in change or f'value="{value}"' in answer.text
    assert db.session.scalars(select(Delegate)).all() == []


def test_a_full_congress_offers_the_exception_to_who_may(congress: Congress, as_role: Any) -> None:
    small(congress, 1)
    builders.a_delegate(congress)
    organiser = as_role("organiser")
    answer = organiser.post(url(congress, "new"), data=BARE)
    assert answer.status_code == 422
    assert "Hội nghị đã có 1/1 đại biểu (tính cả khách mời)." in answer.text
    assert 'name="exception_document"' in answer.text
    assert 'value="NGUYỄN THỊ ÁNH"' in answer.text
    half = organiser.post(url(congress, "new"), data=BARE | {"exception_by": "Ông A"})
    assert half.status_code == 422
    assert "Còn thiếu: lý do, số văn bản." in half.text
    assert 'value="Ông A"' in half.text
    whole = {"exception_by": "Ông A", "exception_reason": "Vì", "exception_document": "1/QĐ"}
    done = organiser.post(url(congress, "new"), data=BARE | whole)
    assert done.status_code == 302
    assert "Ngoại lệ 1/QĐ" in organiser.get(url(congress)).text


def test_a_registrar_is_told_but_may_not_except(congress: Congress, as_role: Any) -> None:
    small(congress, 0)
    registrar = as_role("registrar", unit("D1"))
    answer = registrar.post(url(congress, "new"), data=BARE)
    assert answer.status_code == 422
    assert 'name="exception_document"' not in answer.text
    whole = {"exception_by": "A", "exception_reason": "B", "exception_document": "C"}
    refused = registrar.post(url(congress, "new"), data=BARE | whole)
    assert refused.status_code == 403
    assert 'value="NGUYỄN THỊ ÁNH"' in refused.text


def test_a_likely_duplicate_is_asked_and_answered(congress: Congress, as_role: Any) -> None:
    stored = builders.a_person("Nguyễn Thị Anh", unit("D1"), birth_month=7, birth_day=5)
    organiser = as_role("organiser")
    asked = organiser.post(url(congress, "new"), data=TYPED)
    assert asked.status_code == 409
    assert f'value="{stored.id}"' in asked.text
    assert "họ tên chỉ khác dấu" in asked.text
    same = organiser.post(url(congress, "new"), data=TYPED | {"same_as": str(stored.id)})
    assert same.status_code == 302
    assert [row.person_id for row in db.session.scalars(select(Delegate))] == [stored.id]


def test_a_number_nobody_was_asked_about_is_asked_anew(congress: Congress, as_role: Any) -> None:
    foreign = builders.a_person("Khuất Thu Huyền", unit("D1"), birth_year=1982)
    organiser = as_role("organiser")
    forged = organiser.post(url(congress, "new"), data=TYPED | {"same_as": str(foreign.id)})
    assert forged.status_code == 409
    assert "đã cũ: người bạn chọn không nằm trong những người đang được hỏi" in forged.text
    assert 'name="same_as"' not in forged.text
    alike = builders.a_person("Nguyễn Thị Anh", unit("D1"), birth_month=7, birth_day=5)
    stale = organiser.post(url(congress, "new"), data=TYPED | {"same_as": str(foreign.id)})
    assert (stale.status_code, f'id="same_as-{alike.id}"' in stale.text) == (409, True)
    db.session.rollback()
    stored = db.session.execute(select(Person.full_name, Person.birth_year)).all()
    assert (len(db.session.scalars(select(Delegate)).all()), [tuple(one) for one in stored]) == (
        0,
        [("Khuất Thu Huyền", 1982), ("Nguyễn Thị Anh", alike.birth_year)],
    )


def test_who_is_there_already_is_linked(congress: Congress, as_role: Any) -> None:
    organiser = as_role("organiser")
    organiser.post(url(congress, "new"), data=TYPED)
    again = organiser.post(url(congress, "new"), data=TYPED)
    (made,) = db.session.scalars(select(Delegate))
    assert again.status_code == 409
    assert f'href="{url(congress, made.id)}"' in again.text


def test_edit_keeps_what_the_form_does_not_show(congress: Congress, as_role: Any) -> None:
    organiser = as_role("organiser")
    organiser.post(url(congress, "new"), data=TYPED)
    (made,) = db.session.scalars(select(Delegate))
    page = organiser.get(url(congress, made.id, "edit"))
    assert '<option selected value="D1">' in page.text
    changed = TYPED | {"full_name": "Nguyễn Thị Ánh", "position": "Giám đốc", "version": "1"}
    assert organiser.post(url(congress, made.id, "edit"), data=changed).status_code == 302
    assert (made.person.position, made.person.ethnicity) == ("Giám đốc", "Tày")
    assert len(made.grounds) == 1


def test_a_stale_edit_shows_both_values(congress: Congress, as_role: Any) -> None:
    organiser = as_role("organiser")
    organiser.post(url(congress, "new"), data=TYPED)
    (made,) = db.session.scalars(select(Delegate))
    first = TYPED | {"position": "Giám đốc", "version": "1"}
    organiser.post(url(congress, made.id, "edit"), data=first)
    late = organiser.post(
        url(congress, made.id, "edit"), data=TYPED | {"position": "Trưởng phòng", "version": "1"}
    )
    assert late.status_code == 409
    assert "Giám đốc" in late.text
    assert 'value="Trưởng phòng"' in late.text
    assert 'name="version" type="hidden" value="2"' in late.text


def test_the_list_hides_sensitive_facts_until_asked_and_recorded(
    congress: Congress, as_role: Any
) -> None:
    person = builders.a_person("Lê An", unit("D1"), ethnicity="H’Mông", party_member=True)
    made = builders.a_delegate(congress, person)
    organiser = as_role("organiser")
    assert "H’Mông" not in organiser.get(url(congress)).text
    assert "H’Mông" not in organiser.get(url(congress, made.id)).text
    assert "H’Mông" in organiser.post(url(congress, "sensitive")).text
    assert "H’Mông" in organiser.post(url(congress, made.id, "sensitive")).text
    actions = select(Entry.action).where(Entry.action.startswith("delegate")).order_by(Entry.id)
    assert list(db.session.scalars(actions)) == ["delegate.read_sensitive"] * 2
    viewer = as_role("viewer")
    assert viewer.post(url(congress, "sensitive")).status_code == 403
    assert viewer.post(url(congress, made.id, "sensitive")).status_code == 403


def test_roles(congress: Congress, as_role: Any, client: Any) -> None:
    mine = builders.a_delegate(congress, builders.a_person("Lê An", unit("D1")))
    other = builders.a_delegate(congress, builders.a_person("Lê Bình", unit("D2")))
    registrar, viewer = as_role("registrar", unit("D1")), as_role("viewer")
    stranger = as_role("registrar", builders.a_unit(parent=builders.the_root()))
    page = registrar.get(url(congress)).text
    assert "Lê An" in page
    assert "Lê Bình" not in page
    assert registrar.get(url(congress, mine.id)).status_code == 200
    assert registrar.get(url(congress, other.id)).status_code == 404
    assert registrar.get(url(congress, other.id, "edit")).status_code == 404
    assert registrar.post(url(congress, "states")).status_code == 403
    assert viewer.get(url(congress)).status_code == 200
    assert viewer.get(url(congress, "new")).status_code == 403
    assert stranger.get(url(congress)).status_code == 404
    assert client.get(url(congress)).status_code == 302


def test_a_registrar_registers_only_for_the_own_units(congress: Congress, as_role: Any) -> None:
    registrar = as_role("registrar", unit("D1"))
    foreign = registrar.post(url(congress, "new"), data=TYPED | {"unit": "BHXH huyện B (D2)"})
    assert foreign.status_code == 422
    outside = TYPED | {"unit": "", "organisation": "UBND", "category": "guest"}
    assert registrar.post(url(congress, "new"), data=outside).status_code == 422
    assert registrar.post(url(congress, "new"), data=TYPED).status_code == 302


def test_the_list_page_takes_the_same_statements_for_one_and_three_rows(
    congress: Congress, as_role: Any, count_queries: Any
) -> None:
    organiser = as_role("organiser")

    def statements() -> int:
        with count_queries() as seen:
            assert organiser.get(url(congress)).status_code == 200
        return len(seen)

    builders.a_ground(builders.a_delegate(congress, builders.a_person(None, unit("D1"))))
    organiser.get(url(congress))
    one = statements()
    for _ in range(2):
        builders.a_ground(builders.a_delegate(congress, builders.a_person(None, unit("D2"))))
    assert statements() == one


def test_pages_of_fifty_keep_the_filters(congress: Congress, as_role: Any) -> None:
    for number in range(51):
        builders.a_delegate(congress, builders.a_person(None, unit("D1")), number=number)
    answer = as_role("viewer").get(url(congress) + "?category=official&sort=number")
    assert "1–50 trong 51" in answer.text
    assert f"{url(congress)}?category=official&amp;sort=number&amp;page=2" in answer.text


def test_a_closed_congress_shows_no_buttons(congress: Congress, as_role: Any) -> None:
    made = builders.a_delegate(congress, builders.a_person("Lê An", unit("D1")))
    congress.state = "closed"
    db.session.commit()
    organiser = as_role("organiser")
    assert "delegates/new" not in organiser.get(url(congress)).text
    assert "/replace" not in organiser.get(url(congress, made.id)).text
    assert organiser.post(url(congress, "new"), data=TYPED).status_code == 422
