"""Single acts on places through HTTP."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from congress_app.congresses.models import Congress
from congress_app.congresses.presets import GUIDANCE_2020
from congress_app.congresses.rulebook import Cap, Duration, LevelRules
from congress_app.database import db
from congress_app.delegates import queries
from congress_app.delegates.models import Delegate
from congress_app.units.models import Unit
from tests import builders


@pytest.fixture
def congress(app: Flask) -> Congress:
    """A provincial congress under the guidance of 2020 with a district."""
    builders.the_root()
    made = builders.a_congress(rules=GUIDANCE_2020)
    builders.a_unit("D1", made.unit, "huyen", name="BHXH huyện A")
    return made


def district() -> Unit:
    return db.session.scalars(select(Unit).where(Unit.code == "D1")).one()


def delegate(congress: Congress, state: str = "nominated", **columns: Any) -> Delegate:
    return builders.a_delegate(
        congress, builders.a_person(None, district()), state=state, **columns
    )


def url(congress: Congress, *parts: object) -> str:
    return "/".join(str(part) for part in (f"/congresses/{congress.id}/delegates", *parts))


def test_those_ticked_are_convened(congress: Congress, as_role: Any) -> None:
    first, second = delegate(congress), delegate(congress)
    organiser = as_role("organiser")
    data = {"to": "convened", "ids": [str(first.id)], "sort": "number"}
    answer = organiser.post(url(congress, "states"), data=data)
    assert answer.location == url(congress) + "?sort=number"
    assert (first.state, second.state) == ("convened", "nominated")
    assert "1 đại biểu: Đã triệu tập." in organiser.get(answer.location).text


def test_everybody_the_filters_find_is_convened(congress: Congress, as_role: Any) -> None:
    chosen = [delegate(congress, category="elected") for _ in range(3)]
    other = delegate(congress)
    data = {"to": "convened", "all": "1", "category": "elected"}
    as_role("organiser").post(url(congress, "states"), data=data)
    assert {row.state for row in chosen} == {"convened"}
    assert other.state == "nominated"


def test_nobody_ticked_and_rubbish(congress: Congress, as_role: Any) -> None:
    organiser = as_role("organiser")
    answer = organiser.post(url(congress, "states"), data={"to": "convened"})
    assert "Chưa chọn đại biểu nào." in organiser.get(answer.location).text
    assert organiser.post(url(congress, "states"), data={"to": "replaced"}).status_code == 404


def test_declining_asks_the_reason(congress: Congress, as_role: Any) -> None:
    row = delegate(congress, "convened")
    organiser = as_role("organiser")
    page = organiser.get(url(congress, row.id, "state?state=declined"))
    assert "Ghi không dự được" in page.text
    bare = organiser.post(url(congress, row.id, "state"), data={"state": "declined"})
    assert bare.status_code == 422
    assert "Cần ghi lý do." in bare.text
    data = {"state": "declined", "reason": "Bận công tác"}
    assert organiser.post(url(congress, row.id, "state"), data=data).status_code == 302
    assert (row.state, row.state_reason) == ("declined", "Bận công tác")


def test_coming_back_to_a_full_congress_needs_an_exception(
    congress: Congress, as_role: Any
) -> None:
    rules = LevelRules("Hội nghị", Cap(1), (Duration.HALF_DAY,))
    congress.rules = builders.a_season(rules=builders.a_rulebook(upper_base=rules)).rulebook.body
    db.session.commit()
    row = delegate(congress, "withdrawn")
    delegate(congress)
    organiser = as_role("organiser")
    refused = organiser.post(url(congress, row.id, "state"), data={"state": "nominated"})
    assert refused.status_code == 422
    assert 'name="exception_document"' in refused.text
    whole = {"exception_by": "A", "exception_reason": "B", "exception_document": "1/QĐ"}
    organiser.post(url(congress, row.id, "state"), data={"state": "nominated"} | whole)
    assert (row.state, row.exception_document) == ("nominated", "1/QĐ")


def test_a_move_that_is_no_longer_lawful_leads_back(congress: Congress, as_role: Any) -> None:
    row = delegate(congress, "withdrawn")
    organiser = as_role("organiser")
    answer = organiser.post(url(congress, row.id, "state"), data={"state": "confirmed"})
    assert (answer.status_code, answer.location) == (302, url(congress, row.id))
    assert row.state == "withdrawn"


def test_a_reserve_takes_the_place(congress: Congress, as_role: Any) -> None:
    row = delegate(congress, "confirmed", category="elected")
    organiser = as_role("organiser")
    data = {"full_name": "Trần Dự", "unit": "BHXH huyện A (D1)"}
    assert organiser.post(url(congress, row.id, "replace"), data=data).status_code == 422
    answer = organiser.post(url(congress, row.id, "replace"), data=data | {"reason": "Ốm"})
    assert answer.status_code == 302
    new = db.session.scalars(select(Delegate).order_by(Delegate.id.desc())).first()
    assert new is not None
    assert (new.category, new.state, row.replaced_by_id) == ("elected", "confirmed", new.id)
    assert "Trần Dự" in organiser.get(url(congress, row.id)).text
    assert row.person.full_name in organiser.get(url(congress, new.id)).text


def test_grounds(congress: Congress, as_role: Any) -> None:
    row = delegate(congress)
    registrar = as_role("registrar", district())
    path = url(congress, row.id, "grounds")
    assert registrar.get(path).status_code == 200
    assert registrar.post(path, data={"code": "", "text": ""}).status_code == 422
    registrar.post(path, data={"code": "fighter_sector", "year": "2012"})
    registrar.post(path, data={"code": "", "text": "Gương người tốt"})
    assert [(g.code, g.text, g.year) for g in row.grounds] == [
        ("fighter_sector", "Chiến sĩ thi đua ngành BHXH", 2012),
        (None, "Gương người tốt", None),
    ]
    page = registrar.get(url(congress, row.id)).text
    assert "năm 2012 nằm ngoài 2015–2019" in page
    registrar.post(f"{path}/{row.grounds[0].id}/remove")
    assert [ground.text for ground in row.grounds] == ["Gương người tốt"]
    assert registrar.post(f"{path}/999/remove").status_code == 404


def test_links(congress: Congress, as_role: Any) -> None:
    row = delegate(congress)
    organiser = as_role("organiser")
    organiser.post(url(congress, row.id, "link"))
    assert f"/d/{row.link_token}" in organiser.get(url(congress, row.id)).text
    viewer = as_role("viewer")
    assert str(row.link_token) not in viewer.get(url(congress, row.id)).text
    organiser.post(url(congress, row.id, "link", "revoke"))
    tokens = select(Delegate.link_token)
    assert list(db.session.scalars(tokens)) == [None]
    organiser.post(url(congress, "links"))
    assert None not in list(db.session.scalars(tokens))
    assert viewer.post(url(congress, row.id, "link")).status_code == 403


def test_the_head_of_a_delegation(congress: Congress, as_role: Any) -> None:
    row = delegate(congress)
    registrar = as_role("registrar", district())
    path = f"/congresses/{congress.id}/delegations"
    assert row.person.full_name in registrar.get(f"{path}/{district().id}").text
    registrar.post(f"{path}/{district().id}", data={"delegate": str(row.id)})
    assert queries.heads(congress.id)[district().id] is row
    assert row.person.full_name in registrar.get(path).text
    assert "Trưởng đoàn" in registrar.get(url(congress)).text
    registrar.post(f"{path}/{district().id}", data={"delegate": ""})
    assert queries.heads(congress.id) == {}
    assert registrar.get(f"{path}/{congress.unit_id}").status_code == 404
    assert registrar.get(f"{path}/9999").status_code == 404


def test_a_delegation_shows_its_quota(congress: Congress, as_role: Any) -> None:
    delegate(congress, category="elected")
    organiser = as_role("organiser")
    path = f"/congresses/{congress.id}/delegations"
    assert "Chưa có bản phân bổ được duyệt" in organiser.get(path).text
    builders.an_allocation(congress, {district(): 3})
    page = organiser.get(path).text
    assert "1 / 3" in page
    assert "còn 2" in page


@pytest.mark.parametrize("number", ["9" * 25, "²", "-1"])
def test_a_number_no_row_can_have_is_passed_over(
    congress: Congress, as_role: Any, number: str
) -> None:
    sent = {"to": "convened", "ids": number}
    assert as_role("organiser").post(url(congress, "states"), data=sent).status_code == 302
