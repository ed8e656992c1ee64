"""Nobody exchanges the human being in a place others rely on, but who decides there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from congress_app.audit.models import Entry
from congress_app.congresses.models import Congress
from congress_app.congresses.rulebook import Category
from congress_app.database import db
from congress_app.delegates import identity, refusals, services
from congress_app.delegates.book import Entry as Row
from congress_app.delegates.identity import Bond, Change, Fact, Hold
from congress_app.delegates.models import Delegate
from congress_app.delegates.registration import PersonFacts, Registration
from congress_app.kernel.errors import Forbidden
from congress_app.kernel.partial_date import PartialDate
from congress_app.kernel.permissions import system_actor
from tests import builders

ACTOR = system_actor("test")
NAME = "Lê Thị Phương"


@pytest.fixture
def congress(app: Flask) -> Congress:
    """The congress of a province."""
    builders.the_root()
    return builders.a_congress()


@pytest.fixture
def delegate(congress: Congress) -> Delegate:
    """Confirmed, born 07/05/1980, a woman."""
    return builders.a_delegate(congress, builders.a_person(NAME, congress.unit, sex="F"))


def edit(client: Any, delegate: Delegate, **typed: str) -> Any:
    db.session.refresh(delegate)
    unit = delegate.congress.unit
    facts = {
        "full_name": NAME,
        "birth": "07/05/1980",
        "sex": "F",
        "unit": f"{unit.name} ({unit.code})",
        "category": delegate.category,
        "version": str(delegate.version),
    }
    address = f"/congresses/{delegate.congress_id}/delegates/{delegate.id}/edit"
    return client.post(address, data=facts | typed)


def who(delegate: Delegate) -> tuple[str, str, str | None, str]:
    db.session.refresh(delegate)
    db.session.refresh(delegate.person)
    person = delegate.person
    born = f"{person.birth_day}/{person.birth_month}/{person.birth_year}"
    return person.full_name, born, person.sex, delegate.category


OLD = (NAME, "7/5/1980", "F", "official")


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"full_name": "Kẻ Mạo Danh"}, "họ tên"),
        ({"birth": "01/02/1990"}, "ngày sinh"),
        ({"birth": "1980"}, "ngày sinh"),
        ({"birth": ""}, "ngày sinh"),
        ({"sex": "M"}, "giới tính"),
        ({"category": "guest"}, "thành phần"),
        ({"full_name": "Kẻ Mạo Danh", "birth": "1990", "identity_reason": "Sửa"}, "họ tên, ngày"),
    ],
)
def test_the_registrar_is_refused_with_the_way(
    congress: Congress, delegate: Delegate, as_role: Any, typed: dict[str, str], told: str
) -> None:
    registrar = as_role("registrar", congress.unit)
    answer = edit(registrar, delegate, **typed)
    assert answer.status_code == 403
    assert f"không đổi được {told}" in answer.text
    assert "Thay bằng người khác" in answer.text
    assert who(delegate) == OLD


def test_the_registrar_corrects_spelling_and_the_rest(
    congress: Congress, delegate: Delegate, as_role: Any
) -> None:
    registrar = as_role("registrar", congress.unit)
    answer = edit(
        registrar, delegate, full_name="Lê thị Phương", phone="0912345678", honours="CSTĐ"
    )
    assert answer.status_code == 302
    assert who(delegate)[0] == "Lê thị Phương"
    assert (delegate.person.phone, delegate.person.honours) == ("0912345678", "CSTĐ")


def test_a_nominated_place_is_free(congress: Congress, as_role: Any) -> None:
    person = builders.a_person(NAME, congress.unit, sex="F")
    delegate = builders.a_delegate(congress, person, state="nominated")
    registrar = as_role("registrar", congress.unit)
    assert edit(registrar, delegate, full_name="Trần Văn Bốn", sex="M").status_code == 302
    assert who(delegate) == ("Trần Văn Bốn", "7/5/1980", "M", "official")


@pytest.mark.parametrize("state", ["nominated", "withdrawn"])
def test_a_candidate_or_somebody_ruled_on_is_bound_too(
    congress: Congress, as_role: Any, state: str
) -> None:
    registrar = as_role("registrar", congress.unit)
    binds: tuple[Callable[[Delegate], object], ...] = (_stands, builders.a_ruling)
    for number, bind in enumerate(binds):
        person = builders.a_person(f"{NAME} {'AB'[number]}", congress.unit, sex="F")
        other = builders.a_congress(congress.unit)
        bind(builders.a_delegate(other, person, state=state))
        delegate = builders.a_delegate(congress, person, state="nominated")
        answer = edit(registrar, delegate, full_name="Kẻ Mạo Danh")
        assert answer.status_code == 403
        assert other.name in answer.text
        told = ("rồi đề cử người kia" in answer.text, "Thay bằng người khác" in answer.text)
        assert told == (number == 0, number == 1)


def _stands(delegate: Delegate) -> None:
    builders.a_candidate(builders.an_election(delegate.congress), delegate.person)


def test_a_place_at_a_higher_congress_binds_below(congress: Congress, as_role: Any) -> None:
    nation = builders.a_congress(builders.the_root())
    person = builders.a_person(NAME, congress.unit, sex="F")
    builders.a_delegate(nation, person)
    delegate = builders.a_delegate(congress, person, state="nominated")
    for role in ("registrar", "organiser"):
        answer = edit(as_role(role, congress.unit), delegate, sex="M", identity_reason="Ghi sai")
        assert answer.status_code == 403
        assert nation.name in answer.text
    # The category is the province's own.
    assert edit(as_role("registrar", congress.unit), delegate, category="guest").status_code == 302


def test_who_decides_says_why_and_every_place_is_told(
    congress: Congress, delegate: Delegate, as_role: Any
) -> None:
    nation = builders.a_congress(builders.the_root())
    above = builders.a_delegate(nation, delegate.person)
    organiser = as_role("organiser")
    asked = edit(organiser, delegate, full_name="Nguyễn Thị Phương", category="guest")
    assert asked.status_code == 422
    assert 'name="identity_reason"' in asked.text
    assert who(delegate) == OLD
    done = edit(
        organiser,
        delegate,
        full_name="Nguyễn Thị Phương",
        category="guest",
        identity_reason="Ghi sai họ",
    )
    assert done.status_code == 302
    assert who(delegate) == ("Nguyễn Thị Phương", "7/5/1980", "F", "guest")
    page = organiser.get(done.location).text
    assert ("phải kết luận lại" in page, "Thẻ đã in hiện “Đã đổi”" in page) == (True, True)
    found = select(Entry).where(Entry.action == "delegate.identity").order_by(Entry.id)
    named = {"full_name": [NAME, "Nguyễn Thị Phương"], "reason": "Ghi sai họ"}
    assert [(one.subject_id, one.unit_path, one.changes) for one in db.session.scalars(found)] == [
        (delegate.id, congress.unit.path, {"category": ["official", "guest"], **named}),
        (above.id, nation.unit.path, named),
    ]


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"sex": "M"}, (True, False, False)),
        ({"full_name": NAME.upper()}, (False, False, True)),
        ({}, (False, False, True)),
    ],
)
def test_nobody_is_sent_to_work_for_what_nobody_relies_on(
    congress: Congress, delegate: Delegate, as_role: Any, typed: dict[str, str], told: Any
) -> None:
    organiser = as_role("organiser")
    done = edit(organiser, delegate, **typed, identity_reason="Ghi sai")
    page = organiser.get(done.location).text
    words = ("phải kết luận lại", "hãy in lại", "Lý do đã nhập không được ghi lại")
    assert tuple(one in page for one in words) == told


@pytest.mark.parametrize(
    ("hold", "is_over", "told"),
    [
        (Hold.PLACE, False, "Ban tổ chức hội nghị đó: nếu là người khác, dùng “Thay bằng"),
        (Hold.RULING, False, "Ban tổ chức hội nghị đó: nếu là người khác, dùng “Thay bằng"),
        (Hold.CANDIDATE, False, "Ban tổ chức hội nghị đó: nếu là người khác, bỏ tên này khỏi"),
        (Hold.LIST, False, "Ban tổ chức hội nghị đó: nếu là người khác, dùng “Gọi dự khuyết"),
        (Hold.CANDIDATE, True, "Ban tổ chức hội nghị này: nếu là người khác, dùng “Thay bằng"),
    ],
)
def test_the_way_is_one_that_is_there(hold: Hold, is_over: bool, told: str) -> None:
    bond = Bond(1, "/1/", "Hội nghị tỉnh", hold, is_over)
    refused = refusals.identity_settled(identity.told(Change(NAME, (Fact.SEX,), 1), bond))
    assert told in str(refused.sentence)


def test_a_sheet_or_form_of_registration_makes_nobody_another_one(
    congress: Congress, delegate: Delegate
) -> None:
    facts = PersonFacts(NAME, PartialDate(1980, 5, 7), "M", unit_id=congress.unit_id)
    asked = Registration(facts, Category.GUEST)
    decided = services.register_many(congress, [Row(asked, 5)], actor=ACTOR)
    assert [(one.index, one.code) for one in decided.problems] == [(0, "identity_settled")]
    assert "không đổi được giới tính, thành phần" in str(decided.problems[0].sentence)
    below = builders.a_congress(congress.unit)
    with pytest.raises(Forbidden) as refused:
        services.register(below, asked, actor=ACTOR)
    assert refused.value.code == "identity_settled"
    assert who(delegate) == OLD
