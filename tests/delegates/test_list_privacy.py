"""The list of delegates: sensitive facts and restricted persons."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from congress_app.accounts.models import User, UserGrant
from congress_app.audit.models import Entry
from congress_app.congresses.models import Congress
from congress_app.congresses.presets import GUIDANCE_2020
from congress_app.congresses.rulebook import Priority
from congress_app.database import db, transaction
from congress_app.formats.sheet_files import read_sheet
from congress_app.kernel import clock
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


def url(congress: Congress, *parts: object) -> str:
    return "/".join(str(part) for part in (f"/congresses/{congress.id}/delegates", *parts))


def test_no_filter_tells_a_sensitive_fact_beyond_one_s_right(
    congress: Congress, as_role: Any
) -> None:
    person = builders.a_person("Giàng A Páo", unit("D2"), ethnicity="H’Mông")
    builders.a_delegate(congress, person)
    builders.a_delegate(congress, builders.a_person("Lê Văn Kinh", unit("D2"), ethnicity="Kinh"))
    organiser, filters = as_role("organiser"), {"priority": "ethnic_minority"}
    # Only looked at, the list is not narrowed: an address that is read leaves no entry.
    looked = organiser.get(url(congress), query_string=filters).text
    assert ("Lê Văn Kinh" in looked, "Lọc và ghi nhật ký" in looked) == (True, True)
    narrowed = organiser.post(url(congress, "sensitive"), data=filters).text
    assert ("Giàng A Páo" in narrowed, "Lê Văn Kinh" in narrowed) == (True, False)
    entry = db.session.scalars(select(Entry).where(Entry.action == "delegate.read_sensitive")).one()
    assert entry.changes == {"filters": filters}
    both = as_role("viewer")
    user = db.session.scalars(select(User).order_by(User.id.desc())).first()
    user.grants.append(UserGrant(role="registrar", unit_id=unit("D1").id))
    db.session.commit()
    assert "Giàng A Páo" in both.get(url(congress)).text
    assert "Giàng A Páo" not in both.post(url(congress, "sensitive"), data=filters).text


def test_a_restricted_person_is_in_no_list(congress: Congress, as_role: Any) -> None:
    person = builders.a_person("Ma Thị Kín", unit("D1"), restricted_at=clock.now())
    builders.a_delegate(congress, person)
    organiser = as_role("organiser")
    assert "Ma Thị Kín" not in organiser.get(url(congress)).text
    sheet = read_sheet(organiser.post(url(congress, "export.xlsx")).data, "dai-bieu.xlsx")
    assert "Ma Thị Kín" not in {cell for row in sheet.rows for cell in row.cells}


@pytest.mark.parametrize(
    "spelling", ["ETHNIC_MINORITY", "Ethnic_Minority", 'young", "ethnic_minority', "ethnic_minor%"]
)
def test_no_other_spelling_of_a_priority_tells_it_either(
    congress: Congress, as_role: Any, spelling: str
) -> None:
    marked = builders.a_person("Giàng A Páo", unit("D2"))
    builders.a_delegate(congress, marked, priorities=["young", "ethnic_minority"])
    builders.a_delegate(congress, builders.a_person("Lê Văn Kinh", unit("D2")))
    viewer, filters = as_role("viewer"), {"priority": spelling}
    listed = viewer.get(url(congress), query_string=filters).text
    sheet = read_sheet(viewer.post(url(congress, "export.xlsx"), data=filters).data, "x.xlsx")
    cells = {cell for row in sheet.rows for cell in row.cells}
    # Both or neither: the filter parts nobody from the others.
    assert ("Giàng A Páo" in listed) == ("Lê Văn Kinh" in listed)
    assert ("Giàng A Páo" in cells) == ("Lê Văn Kinh" in cells)


def test_a_sum_tells_it_only_by_the_right_and_where_the_look_is_recorded(
    congress: Congress, as_role: Any
) -> None:
    person = builders.a_person("Giàng A Páo", unit("D2"), ethnicity="H’Mông")
    builders.a_delegate(congress, person)

    def told(role: str) -> tuple[bool, bool]:
        client = as_role(role, unit("D2"))
        pages = client.get(url(congress)), client.post(url(congress, "sensitive"))
        sums = [
            page.text.partition("Cơ cấu, ưu tiên và trạng thái")[2].partition("</details>")[0]
            for page in pages
        ]
        return "người dân tộc thiểu số" in sums[0], "người dân tộc thiểu số" in sums[1]

    def noted() -> int:
        read = select(Entry.id).where(Entry.action == "delegate.read_sensitive")
        return len(db.session.scalars(read).all())

    assert (told("registrar"), noted()) == ((False, True), 1)
    assert (told("viewer"), noted()) == ((False, False), 1)


def test_a_priority_of_the_organisers_own_is_sensitive_until_said_otherwise(
    app: Flask, as_role: Any
) -> None:
    own = (Priority("co_dao", "Người có đạo"), Priority("tre", "Người trẻ", sensitive=False))
    builders.the_root()
    rules = replace(GUIDANCE_2020, priorities=(*GUIDANCE_2020.priorities, *own))
    congress = builders.a_congress(rules=rules)
    made = builders.a_delegate(congress, builders.a_person("Lê An", congress.unit))
    other = builders.a_delegate(congress, builders.a_person("Vũ Bình", congress.unit))
    with transaction():
        made.priorities = ["co_dao", "tre", "tự ghi"]
    organiser, viewer = as_role("organiser"), as_role("viewer")
    page = organiser.get(url(congress, made.id)).text
    assert ("Người trẻ" in page, "Người có đạo" in page, "tự ghi" in page) == (True, False, False)
    assert "co_dao" not in viewer.get(url(congress)).text
    assert "Vũ Bình" in viewer.get(url(congress) + "?priority=co_dao").text
    assert "Vũ Bình" not in viewer.get(url(congress) + "?priority=tre").text
    assert (
        "Vũ Bình"
        not in organiser.post(url(congress, "sensitive"), data={"priority": "co_dao"}).text
    )
    for asked, seen in ({}, False), ({"sensitive": "1"}, True):
        sheet = organiser.post(url(congress, "export.xlsx"), data=asked).data
        assert ("Người có đạo; Người trẻ" in str(read_sheet(sheet, "a.xlsx").rows)) is seen
    form = organiser.get(url(congress, made.id, "edit")).text
    assert ("Người trẻ" in form, "Người có đạo" in form) == (True, False)
    typed = {"full_name": "Lê An", "category": made.category, "version": made.version}
    typed |= {"unit": f"{congress.unit.name} ({congress.unit.code})", "sex": "M"}
    typed["birth"] = "07/05/1980"
    assert organiser.post(url(congress, made.id, "edit"), data=typed).status_code == 302
    assert (made.priorities, other.priorities) == (["co_dao", "tự ghi"], [])
    shown = organiser.post(url(congress, made.id, "sensitive")).text
    assert ("Người có đạo" in shown, "tự ghi" in shown) == (True, True)
    data = {"ethnicity": "", "party_member": "", "priorities": "tự ghi"}
    data |= {"version": str(made.version)}
    organiser.post(url(congress, made.id, "sensitive", "edit"), data=data)
    assert made.priorities == ["tự ghi"]
    edits = select(Entry.changes).where(Entry.action == "delegate.edit").order_by(Entry.id)
    names = ("priorities", "sensitive_priorities")
    told = [[one.get(name) for name in names] for one in db.session.scalars(edits)]
    assert told == [[[["tre"], []], None], [None, "changed"]]
