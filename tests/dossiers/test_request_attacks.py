"""What a request must not open: other people's data, a deletion nobody asked for, a broken log."""

from __future__ import annotations

import io
import json
import zipfile

from sqlalchemy import select

from congress_app.audit import chain_queries
from congress_app.audit.models import Entry
from congress_app.database import db
from congress_app.delegates.models import Person
from congress_app.dossiers.models import DataRequest
from congress_app.exemplars.models import Exemplar
from congress_app.kernel.permissions import Role
from tests import builders
from tests.dossiers.closed import a_closed_congress


def asked(admin, person, kind: str) -> str:
    """The address of a request that was just written down."""
    data = {"kind": kind, "received_on": "02/11/2026", "paper": "Thư ngày 02/11"}
    return admin.post(f"/data-requests/new/{person.id}", data=data).location


def a_praised_person() -> tuple[Person, Exemplar]:
    """A person who agreed that the story and the portrait are shown."""
    person = builders.a_person("Lò Thị Vui", builders.the_root())
    exemplar = builders.an_exemplar(
        "Lò Thị Vui",
        builders.the_root(),
        story="Chuyện của chị Vui",
        story_consent="Bản đồng ý số 1",
        photo_consent="Bản đồng ý số 1",
        is_public=True,
    )
    builders.a_link(exemplar, person)
    return person, exemplar


def consents(exemplar: Exemplar) -> tuple[object, ...]:
    db.session.expire_all()
    row = db.session.get_one(Exemplar, exemplar.id)
    return row.story_consent, row.photo_consent, row.is_public


def test_a_delegate_of_another_unit_is_not_reached_by_having_come(as_role, app):
    here, there = (builders.a_unit(parent=builders.the_root()) for _ in range(2))
    stranger = builders.a_person("Người Nơi Khác", there)
    guest = builders.a_person("Khách Ngoài Ngành", None)
    for person in (stranger, guest):
        builders.a_delegate(builders.a_congress(here), person)
    admin = as_role(Role.ADMIN, here)
    statuses = [admin.get(f"/data-requests/new/{one.id}").status_code for one in (stranger, guest)]
    assert statuses == [404, 200]


def test_withdrawing_ends_every_consent_at_once(as_role, app):
    person, exemplar = a_praised_person()
    admin = as_role(Role.ADMIN)
    where = asked(admin, person, "withdraw")
    admin.post(f"{where}/finish", data={"done-outcome": "Theo đơn ngày 02/11"})
    assert consents(exemplar) == (None, None, False)
    row = db.session.scalars(select(DataRequest)).one()
    assert (row.state, row.outcome) == ("done", "Theo đơn ngày 02/11")
    taken = db.session.scalars(
        select(Entry.changes).where(Entry.action == "exemplar.consent_withdraw")
    ).all()
    assert [one["reason"] for one in taken] == ["Theo đơn ngày 02/11"] * 2


def test_correcting_leaves_consents_alone(as_role, app):
    person, exemplar = a_praised_person()
    admin = as_role(Role.ADMIN)
    admin.post(f"{asked(admin, person, 'correct')}/finish", data={"done-outcome": "Đã sửa"})
    assert consents(exemplar) == ("Bản đồng ý số 1", "Bản đồng ý số 1", True)


def test_an_exemplar_of_another_unit_is_not_half_withdrawn(as_role, app):
    here, there = (builders.a_unit(parent=builders.the_root()) for _ in range(2))
    person = builders.a_person(unit=here)
    exemplar = builders.an_exemplar(unit=there, story_consent="Bản số 2")
    builders.a_link(exemplar, person)
    admin = as_role(Role.ADMIN, here)
    where = asked(admin, person, "withdraw")
    answer = admin.post(f"{where}/finish", data={"done-outcome": "Theo đơn"})
    assert (answer.status_code, consents(exemplar)) == (422, ("Bản số 2", None, False))
    assert db.session.scalars(select(DataRequest.state)).all() == ["open"]


def test_an_exemplar_keeps_the_name_and_is_shown_no_more(as_role, app):
    person, exemplar = a_praised_person()
    admin = as_role(Role.ADMIN)
    admin.post(f"{asked(admin, person, 'erase')}/forget")
    assert consents(exemplar) == (None, None, False)
    assert db.session.get_one(Person, person.id).full_name == "Lò Thị Vui"


def test_what_is_kept_of_the_exemplar_is_handed_over(as_role, app):
    person, exemplar = a_praised_person()
    builders.an_award(exemplar, "Huân chương Lao động", "order", 2020)
    builders.an_exemplar_file(exemplar, data=b"a file")
    admin = as_role(Role.ADMIN)
    answer = admin.post(f"{asked(admin, person, 'view')}/data.zip")
    with zipfile.ZipFile(io.BytesIO(answer.data)) as zipped:
        data = json.loads(zipped.read("du-lieu.json"))
        (file,) = (zipped.read(name) for name in zipped.namelist() if name.startswith("tep/"))
    assert file == b"a file"
    assert [row["story"] for row in data["exemplar"]] == ["Chuyện của chị Vui"]
    assert [row["name"] for row in data["award"]] == ["Huân chương Lao động"]
    assert len(data["exemplar_file"]) == len(data["exemplar_person"]) == 1


def test_nothing_is_deleted_that_nobody_asked_to_delete(as_role, app):
    person = builders.a_person("Lò Thị Vui", builders.the_root(), phone="0911222333")
    admin = as_role(Role.ADMIN)
    refused = admin.post(f"{asked(admin, person, 'view')}/forget")
    assert (refused.status_code, db.session.get_one(Person, person.id).phone) == (409, "0911222333")


def test_deleting_twice_leaves_the_chain_whole(as_role, app):
    closed = a_closed_congress()
    admin = as_role(Role.ADMIN)
    for _ in range(2):
        admin.post(f"{asked(admin, closed.delegate.person, 'erase')}/forget")
    done = db.session.scalars(select(DataRequest.state)).all()
    assert (done, chain_queries.verify().fault) == (["done", "done"], None)


def test_a_deletion_is_not_done_by_a_sentence(as_role, app):
    person = builders.a_person("Lò Thị Vui", builders.the_root(), phone="0911222333")
    admin = as_role(Role.ADMIN)
    where = asked(admin, person, "erase")
    assert f"{where}/finish" not in admin.get(where).text
    refused = admin.post(f"{where}/finish", data={"done-outcome": "Đã xóa"})
    states = db.session.scalars(select(DataRequest.state)).all()
    assert (refused.status_code, "chỉ kết thúc khi" in refused.text, states) == (
        422,
        True,
        ["open"],
    )
