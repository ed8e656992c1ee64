"""A delegate who is an exemplar too: his deletion takes of both, and waits for both."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from congress_app.audit import chain, chain_queries, sealed_queries
from congress_app.audit import services as audit
from congress_app.audit.models import Entry
from congress_app.audit.sealing import Sensitive
from congress_app.congresses.presets import GUIDANCE_2020
from congress_app.database import db
from congress_app.delegates import exemplar_services
from congress_app.dossiers import request_services, restriction_queries, restriction_services
from congress_app.dossiers.models import DataRequest
from congress_app.exemplars import consent_services
from congress_app.exemplars.models import Exemplar
from congress_app.exemplars.publishing import Purpose
from congress_app.kernel.errors import RuleViolation
from congress_app.kernel.permissions import Role, system_actor
from congress_app.units.models import Unit
from tests import builders
from tests.dossiers.closed import EVERYWHERE, LAN

SignIn = Callable[..., FlaskClient]
NAME = "Giàng A Páo"
PAPER = {"kind": "erase", "received_on": "02/11/2026", "paper": "Đơn số 9"}


def told(row: Exemplar, action: str, **changes: object) -> None:
    audit.record(action, row, changes, actor=LAN, unit_path=row.unit.path, name=row.name)


def entries(row: Exemplar) -> list[tuple[str, str, dict[str, object]]]:
    db.session.expire_all()
    wanted = select(Entry.action, Entry.subject_name, Entry.changes).where(
        Entry.subject_kind == "exemplar", Entry.subject_id == row.id
    )
    return [tuple(one) for one in db.session.execute(wanted.order_by(Entry.id))]


def linked(unit: Unit, **columns: object) -> tuple[Exemplar, DataRequest]:
    """An exemplar of the unit who is a person there, and his request of deletion."""
    person = builders.a_person(NAME, unit)
    row = builders.an_exemplar(NAME, unit, **columns)
    builders.a_link(row, person)
    return row, builders.a_data_request(person, kind="erase")


def stands(row: Exemplar) -> tuple[object, ...]:
    """What the record tells, and how the only request goes."""
    db.session.expire_all()
    told_of = row.birth_year, row.story, row.is_public
    return (*told_of, db.session.scalars(select(DataRequest.state)).one())


def test_the_log_gives_up_what_it_tells_of_the_exemplar(app: Flask) -> None:
    row, request = linked(builders.the_root(), is_minority=True)
    told(row, "exemplar.edit", is_minority=Sensitive(None, True), position=["Tổ viên", "Tổ trưởng"])
    told(row, "exemplar.edit", birth=[None, "03/02/1990"])
    request_services.forget(request, within=EVERYWHERE, actor=LAN)
    partly = {chain.PARTLY: True}
    assert entries(row) == [
        ("exemplar.edit", NAME, {"position": ["Tổ viên", "Tổ trưởng"]} | partly),
        ("exemplar.edit", NAME, partly),
    ]
    assert sealed_queries.sealed_with() == {}
    assert chain_queries.verify().fault is None


def test_who_recorded_an_award_or_a_vote_that_stays_is_told_for_ever(app: Flask) -> None:
    row, request = linked(builders.the_root())
    award = {"award": "Bằng khen", "decision_number": "12/QĐ", "decided": "2023", "signatory": "A"}
    vote = {"standing": ["appraised", "selected"], "year": 2026, "votes_for": 5, "votes_other": 1}
    vote |= {"votes_against": 0, "minutes_number": "3/BB", "minutes_on": "2026-05-02"}
    told(row, "exemplar.award", **award)
    told(row, "exemplar.decide", **vote)
    told(row, "exemplar.decide", standing=["selected", "appraised"], year=2026, reason="Ghi nhầm")
    told(row, "exemplar.nominate", year=2026, council="BHXH", reason="Có con ốm mà vẫn đi làm")
    request_services.forget(request, within=EVERYWHERE, actor=LAN)
    back = {"standing": ["selected", "appraised"], "year": 2026, "reason": "Ghi nhầm"}
    nominated = {"year": 2026, "council": "BHXH", chain.PARTLY: True}
    assert [one[2] for one in entries(row)] == [award, vote, back, nominated]


def test_an_exemplar_of_another_province_waits_for_the_administrator_above(
    as_role: SignIn, app: Flask
) -> None:
    here, there = (builders.a_unit(parent=builders.the_root()) for _ in range(2))
    person = builders.a_person(NAME, here)
    row = builders.an_exemplar(
        NAME, there, birth_year=1990, story="Mở lớp ở bản", story_consent="Phiếu 1", is_public=True
    )
    builders.a_link(row, person)
    local = as_role(Role.ADMIN, here)
    where = local.post(f"/data-requests/new/{person.id}", data=PAPER).location
    assert f"{there.name}: 1 mục" in local.get(where).text
    page = local.post(f"{where}/forget", data={"keeps_name": 1}, follow_redirects=True).text
    assert f"hồ sơ điển hình của: {there.name} (1 mục)" in page
    # Shown to nobody from now on; the facts wait.
    assert stands(row) == (1990, "Mở lớp ở bản", False, "open")
    assert (row.story_consent, entries(row)[-1][2]) == (
        None,
        {
            "story_consent": ["Phiếu 1", None],
            "is_public": [True, False],
            "reason": "Yêu cầu xóa dữ liệu số 1",
        },
    )
    with pytest.raises(RuleViolation, match=r"yêu cầu số 1 .*đang giải quyết"):
        consent_services.give(row, Purpose.STORY, "Phiếu 2", actor=system_actor())
    as_role(Role.ADMIN).post(f"{where}/forget", data={"keeps_name": 1})
    assert stands(row) == (None, None, False, "done")
    assert chain_queries.verify().fault is None


def test_an_exemplar_of_another_province_that_holds_nothing_any_more_keeps_nobody_waiting(
    app: Flask,
) -> None:
    here, there = (builders.a_unit(parent=builders.the_root()) for _ in range(2))
    person = builders.a_person(NAME, here)
    builders.a_link(builders.an_exemplar(NAME, there, birth_year=None), person)
    request = builders.a_data_request(person, kind="erase")
    request_services.forget(request, within=[here.path], actor=LAN)
    assert db.session.get_one(DataRequest, request.id).state == "done"


def test_a_restriction_of_the_person_ends_what_is_shown_of_the_exemplar(app: Flask) -> None:
    here, there = (builders.a_unit(parent=builders.the_root()) for _ in range(2))
    person = builders.a_person(NAME, here)
    row = builders.an_exemplar(
        NAME, there, story="Mở lớp ở bản", story_consent="Phiếu 1", is_public=True
    )
    builders.a_link(row, person)
    request = builders.a_data_request(person, kind="restrict")
    request_services.restrict(request, "Đang khiếu nại", actor=LAN)
    db.session.refresh(row)
    assert (row.is_public, row.story_consent, row.story) == (False, None, "Mở lớp ở bản")
    assert entries(row)[-1][2]["reason"] == f"Yêu cầu hạn chế xử lý dữ liệu số {request.id}"
    with pytest.raises(RuleViolation, match=f"yêu cầu số {request.id} "):
        consent_services.give(row, Purpose.STORY, "Phiếu 2", actor=system_actor())
    mark = restriction_queries.mark_of(request)
    restriction_services.release(request, "Đã xong", seen=mark, actor=LAN)
    consent_services.give(row, Purpose.STORY, "Phiếu 2", actor=system_actor())
    assert row.story_consent == "Phiếu 2"


@pytest.mark.parametrize(("kind", "asked"), [("restrict", "hạn chế"), ("erase", "xóa dữ liệu")])
def test_whoever_is_linked_after_he_asked_is_shown_no_more(
    app: Flask, kind: str, asked: str
) -> None:
    congress = builders.a_congress(rules=GUIDANCE_2020)
    person = builders.a_person(NAME, congress.unit, birth_year=1990, birth_month=2, birth_day=3)
    builders.a_delegate(congress, person, category="elected")
    request = builders.a_data_request(person, kind=kind)
    if kind == "restrict":
        request_services.restrict(request, "Đang khiếu nại", actor=LAN)
    born = {"birth_year": 1990, "birth_month": 2, "birth_day": 3}
    row = builders.an_exemplar(
        NAME, congress.unit, **born, story="Mở lớp", story_consent="Phiếu 1", is_public=True
    )
    builders.an_award(row, "Chiến sĩ thi đua cơ sở", "base_fighter", 2018)
    within = (congress.unit.path,)
    exemplar_services.register(congress, [row.id], answers={}, within=within, actor=LAN)
    db.session.refresh(row)
    assert (row.is_public, row.story_consent) == (False, None)
    (told,) = [one[2] for one in entries(row) if one[0] == "exemplar.consent_withdraw"]
    reason = str(told.pop("reason"))
    assert told == {"is_public": [True, False], "story_consent": ["Phiếu 1", None]}
    assert asked in reason
    assert f"số {request.id} " in reason
    # Free words of one administrator are not for the readers of another unit's log.
    assert "khiếu nại" not in reason
