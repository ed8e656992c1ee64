"""An exemplar entered by mistake is deleted while nothing hangs on it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, event, select

from congress_app.audit.models import Entry
from congress_app.audit.queries import history
from congress_app.database import Model, db, transaction
from congress_app.exemplars import removal, removal_queries, services
from congress_app.exemplars.models import Exemplar, ExemplarStep
from congress_app.kernel.permissions import system_actor
from tests import builders

REASON = {"reason": "Ghi nhầm đơn vị"}


def left() -> list[str]:
    db.session.rollback()
    return list(db.session.scalars(select(Exemplar.name).order_by(Exemplar.id)))


def test_with_a_reason_it_goes_and_the_log_keeps_that_it_was_there(as_role: Any) -> None:
    organiser = as_role("organiser")
    row = builders.an_exemplar(name="Lê Nhầm")
    stays = builders.an_exemplar(name="Lê Đúng")
    services.move_stage(row, "nurture", None, actor=system_actor())
    address = f"/exemplars/{row.id}/remove"
    assert f'href="{address}"' in organiser.get(f"/exemplars/{row.id}").text
    assert organiser.get(address).status_code == 200
    assert (organiser.post(address).status_code, left()) == (422, ["Lê Nhầm", "Lê Đúng"])
    answer = organiser.post(address, data=REASON)
    assert (answer.location, left()) == ("/exemplars", ["Lê Đúng"])
    assert db.session.scalars(select(ExemplarStep)).all() == []
    entry = db.session.scalars(select(Entry).where(Entry.action == "exemplar.delete")).one()
    assert (entry.subject_name, entry.changes["reason"]) == ("Lê Nhầm", "Ghi nhầm đơn vị")
    assert organiser.get(address).status_code == 404
    assert as_role("viewer").post(f"/exemplars/{stays.id}/remove", data=REASON).status_code == 403
    assert left() == ["Lê Đúng"]


def test_who_got_its_number_from_an_older_version_has_no_part_in_its_history(as_role: Any) -> None:
    organiser = as_role("organiser")
    row = builders.an_exemplar(name="Lê Nhầm")
    number = row.id
    organiser.post(f"/exemplars/{number}/remove", data=REASON)
    db.session.expunge_all()
    builders.an_exemplar(name="Lê Đúng", id=number)
    organiser.post(f"/exemplars/{number}/review")
    assert [entry.action for entry in history("exemplar", number)] == ["exemplar.review"]


HANGING: dict[str, Callable[[Exemplar], object]] = {
    "award": lambda row: builders.an_award(row, "Bằng khen", None, 2022),
    "nomination": builders.a_nomination,
    "exemplar_file": builders.an_exemplar_file,
    "is_public": lambda row: setattr(row, "is_public", True),
    "consent": lambda row: setattr(row, "photo_consent", "Giấy 1"),
    "exemplar": lambda row: builders.an_exemplar(name="Trưởng", leads_id=row.id),
    "data_request": builders.a_data_request,
    "speech": lambda row: builders.a_speech(builders.a_congress(), exemplar_id=row.id),
}


@pytest.mark.parametrize("what", HANGING)
def test_what_hangs_on_it_keeps_it_and_is_told(as_role: Any, what: str) -> None:
    organiser = as_role("organiser")
    row = builders.an_exemplar(name="Lê An")
    with transaction():
        HANGING[what](row)
    (told,) = removal.obstacles({what: 1})
    page = organiser.get(f"/exemplars/{row.id}/remove").text
    assert (str(told) in page, "Xóa điển hình</button>" in page) == (True, False)
    answer = organiser.post(f"/exemplars/{row.id}/remove", data=REASON)
    assert (answer.status_code, str(told) in answer.text, "Lê An" in left()) == (422, True, True)


def test_a_consent_taken_back_keeps_it_too(as_role: Any) -> None:
    organiser = as_role("organiser")
    row = builders.an_exemplar()
    address = f"/exemplars/{row.id}/consents/story"
    given = {"story-consent-paper": "Giấy 1"}
    assert organiser.post(address, data=given).status_code == 302
    taken = {"story-withdraw-reason": "Rút"}
    assert organiser.post(f"{address}/withdraw", data=taken).status_code == 302
    assert removal_queries.obstacles(row) == removal.obstacles({removal.CONSENT: 2})


@pytest.mark.parametrize(
    ("act", "data"),
    [
        ("remove", REASON),
        ("review", {"remark": "Tốt"}),
        ("stage", {"stage": "nurture"}),
        ("awards", {"name": "Bằng khen"}),
    ],
)
def test_who_acts_on_what_was_deleted_a_moment_ago_is_told_so(
    as_role: Any, act: str, data: dict[str, str]
) -> None:
    organiser = as_role("organiser")
    row = builders.an_exemplar(name="Lê An")
    exemplar_id = row.id
    db.session.remove()

    def deleted(_row: Exemplar, _context: object) -> None:
        with db.engine.connect().execution_options(write=True) as other, other.begin():
            other.execute(delete(ExemplarStep).where(ExemplarStep.exemplar_id == exemplar_id))
            other.execute(delete(Exemplar).where(Exemplar.id == exemplar_id))

    event.listen(Exemplar, "load", deleted)
    try:
        answer = organiser.post(f"/exemplars/{exemplar_id}/{act}", data=data)
    finally:
        event.remove(Exemplar, "load", deleted)
    assert (answer.status_code, "vừa bị người khác xóa" in answer.text) == (409, True)


def test_every_table_that_points_at_an_exemplar_is_asked(app: Flask) -> None:
    """Those of later chapters are found by their keys."""
    column = Exemplar.__table__.c.id
    pointing = {
        table.name
        for table in Model.metadata.sorted_tables
        if any(key.column is column for key in table.foreign_keys)
    }
    assert pointing == {
        "award", "data_request", "exemplar", "exemplar_file", "exemplar_person", "exemplar_step",
        "nomination", "speech",
    }  # fmt: skip


def test_an_old_page_acts_on_nothing_that_came_later(app: Flask, as_role: Any) -> None:
    """Each time the newest row goes and another one comes."""
    organiser = as_role("organiser")
    holder = builders.an_exemplar(name="Lê Đúng")
    unit = builders.a_unit(parent=holder.unit)
    makes: dict[str, Callable[[], Any]] = {
        "/exemplars/{}/remove": lambda: builders.an_exemplar(name="Lê Sau"),
        f"/exemplars/{holder.id}/awards/{{}}/remove": partial(
            builders.an_award, holder, "Bằng khen", None, 2020
        ),
        f"/exemplars/{holder.id}/files/{{}}/remove": lambda: builders.an_exemplar_file(holder),
        "/exemplars/criteria/{}/remove": lambda: builders.a_criteria_set(unit),
    }
    data = REASON | {"version": "1"}
    for address, make in makes.items():
        old = address.format(make().id)
        assert organiser.post(old, data=data).status_code == 302, old
        later = make()
        assert organiser.post(old, data=data).status_code == 404, old
        assert organiser.post(address.format(later.id), data=data).status_code == 302, old
    assert left() == ["Lê Đúng"]
