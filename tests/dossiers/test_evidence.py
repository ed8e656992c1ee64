"""A deletion takes away no evidence: of what the data keep, the log still tells who changed it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from congress_app.audit import chain, chain_queries
from congress_app.audit import services as audit
from congress_app.audit.models import Entry
from congress_app.database import db, transaction
from congress_app.delegates.models import Delegate, Person
from congress_app.dossiers import request_services
from congress_app.dossiers.models import DataRequest
from congress_app.dossiers.rights import Kind
from congress_app.kernel.errors import RuleViolation
from congress_app.kernel.permissions import Role
from congress_app.units.models import Unit
from tests import builders
from tests.dossiers.closed import EVERYWHERE, LAN

SignIn = Callable[..., FlaskClient]
FALSE = "Kẻ Mạo Danh"
PARTLY = {chain.PARTLY: True}


def changed(delegate: Delegate, action: str, changes: dict[str, object]) -> None:
    path = delegate.congress.unit.path
    name = delegate.person.full_name
    audit.record(action, delegate, changes, actor=LAN, unit_path=path, name=name)


def told(action: str) -> list[tuple[str, dict[str, object]]]:
    db.session.expire_all()
    wanted = select(Entry.subject_name, Entry.changes).where(Entry.action == action)
    return [tuple(row) for row in db.session.execute(wanted.order_by(Entry.id))]


def asked_for(person: Person, unit: str = "Đơn số 5") -> DataRequest:
    return request_services.receive(
        person, Kind.ERASE, builders.a_data_request(person).received_on, unit, actor=LAN
    )


def over(*delegates: Delegate) -> None:
    with transaction():
        for one in delegates:
            one.congress.state = "closed"


def test_the_change_of_a_name_that_stays_is_not_erased(app: Flask) -> None:
    delegate = builders.a_delegate(person=builders.a_person(FALSE), state="confirmed")
    kept = {"full_name": ["Lê Thị Phương", FALSE], "category": ["guest", "official"]}
    gone = {"phone": ["0911222333", "0900000000"], "note": [None, "ốm"]}
    changed(delegate, "delegate.edit", kept | gone | {"birth": ["13/12/1967", "01/02/1990"]})
    changed(delegate, "delegate.state", {"state": ["convened", "confirmed"], "reason": "Đã báo"})
    changed(delegate, "delegate.identity", {"sex": ["nam", "nữ"], "reason": "Ghi nhầm"})
    changed(delegate, "credential.decide", {"ruling": [None, "valid"], "decided_by": "Trần Lành"})
    over(delegate)
    assert not request_services.forget(asked_for(delegate.person), within=EVERYWHERE, actor=LAN)
    edited = kept | {"birth_year": [1967, 1990]} | PARTLY
    assert told("delegate.edit") == [(FALSE, edited)]
    assert told("delegate.state") == [(FALSE, {"state": ["convened", "confirmed"]} | PARTLY)]
    assert told("delegate.identity") == [(FALSE, {"sex": ["nam", "nữ"], "reason": "Ghi nhầm"})]
    ruled = {"ruling": [None, "valid"], "decided_by": "Trần Lành"}
    assert told("credential.decide") == [(FALSE, ruled)]
    found = chain_queries.verify()
    assert (found.fault, found.erased, found.reduced) == (None, 0, 2)


def test_the_request_stays_in_the_log_with_its_number(app: Flask) -> None:
    for state in ("confirmed", "declined"):
        delegate = builders.a_delegate(state=state)
        over(delegate)
        request = asked_for(delegate.person, "Phiếu số 7/PYC")
        request_services.forget(request, within=EVERYWHERE, actor=LAN)
    day = request.finish_by.isoformat()
    facts = {"kind": "erase", "finish_by": day, "paper": "Phiếu số 7/PYC"}
    (_name, kept), forgotten = told("person.request")
    assert (kept, forgotten) == (facts, ("", facts | PARTLY))
    assert [(one["whole"], one["paper"]) for _name, one in told("person.erase")] == [
        (False, "Phiếu số 7/PYC"),
        (True, "Phiếu số 7/PYC"),
    ]
    assert chain_queries.verify().fault is None


def test_of_who_is_forgotten_the_log_keeps_what_the_count_keeps(app: Flask) -> None:
    delegate = builders.a_delegate(state="declined")
    state = {"state": ["convened", "declined"]}
    changed(delegate, "delegate.state", state | {"reason": "Ốm"})
    over(delegate)
    assert request_services.forget(asked_for(delegate.person), within=EVERYWHERE, actor=LAN)
    assert told("delegate.state") == [("", state | PARTLY)]


def test_deleting_again_takes_nothing_more_and_leaves_the_chain_whole(app: Flask) -> None:
    delegate = builders.a_delegate(state="confirmed")
    changed(delegate, "delegate.edit", {"sex": ["nam", "nữ"], "phone": [None, "0911222333"]})
    over(delegate)
    for _ in range(2):
        request_services.forget(asked_for(delegate.person), within=EVERYWHERE, actor=LAN)
    reduced = [chain.REDUCED in one for _name, one in told("person.erase")]
    assert (reduced, chain_queries.verify().fault) == ([True, False], None)


@pytest.mark.parametrize("paper", [None, "", "theo lời bà Lan"])
def test_without_a_document_number_nothing_is_deleted(app: Flask, paper: str | None) -> None:
    person = builders.a_person(phone="0911222333")
    with pytest.raises(RuleViolation, match="phải có số văn bản"):
        request_services.receive(
            person, Kind.ERASE, builders.a_data_request(person).received_on, paper, actor=LAN
        )
    older = builders.a_data_request(person, kind="erase", paper=paper)
    with pytest.raises(RuleViolation, match="phải có số văn bản"):
        request_services.forget(older, within=EVERYWHERE, actor=LAN)
    assert db.session.get_one(Person, person.id).phone == "0911222333"


def test_the_form_says_that_a_number_is_needed(as_role: SignIn, app: Flask) -> None:
    person = builders.a_person(unit=builders.the_root())
    admin = as_role(Role.ADMIN)
    where = f"/data-requests/new/{person.id}"
    for kind, status in (("erase", 422), ("view", 302)):
        answer = admin.post(where, data={"kind": kind, "received_on": "02/11/2026", "paper": ""})
        assert (answer.status_code, "phải có số văn bản" in answer.text) == (status, status == 422)


def two_levels(state: str) -> tuple[Unit, Delegate, Delegate]:
    """A delegate of a province's congress who is one of the national congress, too."""
    root = builders.the_root()
    province = builders.a_unit(parent=root)
    person = builders.a_person("Lò Thị Vui", province, phone="0911222333")
    here = builders.a_delegate(builders.a_congress(province), person, state=state)
    above = builders.a_delegate(builders.a_congress(root), person, state=state)
    for one in (here, above):
        changed(one, "delegate.edit", {"note": [None, "ốm"]})
    over(here, above)
    return province, here, above


@pytest.mark.parametrize("state", ["confirmed", "declined"])
def test_what_the_congress_above_wrote_is_deleted_by_the_administrator_above(
    as_role: SignIn, app: Flask, state: str
) -> None:
    province, here, _above = two_levels(state)
    local = as_role(Role.ADMIN, province)
    data = {"kind": "erase", "received_on": "02/11/2026", "paper": "Đơn số 9"}
    where = local.post(f"/data-requests/new/{here.person_id}", data=data).location
    note, root = {"note": [None, "ốm"]}, builders.the_root().name
    assert f"{root}: 1 mục" in local.get(where).text
    page = local.post(f"{where}/forget", follow_redirects=True).text
    assert ("Yêu cầu còn mở" in page, f"{root} (1 mục)" in page) == (True, True)
    row = db.session.scalars(select(DataRequest)).one()
    assert (row.state, row.person.full_name, row.person.phone) == ("open", "Lò Thị Vui", None)
    assert told("delegate.edit") == [("Lò Thị Vui", PARTLY), ("Lò Thị Vui", note)]
    assert told("person.erase")[0][1]["left_above"] == 1
    as_role(Role.ADMIN).post(f"{where}/forget")
    forgotten = state == "declined"
    left = [("", {})] * 2 if forgotten else [("Lò Thị Vui", PARTLY)] * 2
    assert told("delegate.edit") == left
    row = db.session.scalars(select(DataRequest)).one()
    assert (row.state, "Lò Thị Vui" in row.person.full_name) == ("done", not forgotten)
    assert chain_queries.verify().fault is None


def test_a_falsified_rest_is_found(app: Flask) -> None:
    delegate = builders.a_delegate(state="confirmed")
    changed(delegate, "delegate.edit", {"sex": ["nam", "nữ"], "phone": [None, "0911222333"]})
    over(delegate)
    request_services.forget(asked_for(delegate.person), within=EVERYWHERE, actor=LAN)
    entry = db.session.scalars(select(Entry).where(Entry.action == "delegate.edit")).one()
    with transaction():
        entry.changes = {"sex": ["nữ", "nam"]} | PARTLY
    found = chain_queries.verify()
    assert (found.fault, found.number) == ("altered", entry.number)
