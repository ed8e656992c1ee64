"""What becomes of an exemplar's record beside a request about the one it tells of."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask import Flask

from congress_app.database import db, transaction
from congress_app.dossiers import request_queries, request_services
from congress_app.exemplars import queries, services
from congress_app.exemplars.models import Exemplar
from congress_app.kernel.errors import RuleViolation, Stale
from congress_app.kernel.partial_date import PartialDate
from congress_app.kernel.permissions import Actor, Grant, Role
from tests import builders
from tests.dossiers.closed import EVERYWHERE

ADMIN = Actor("user", 1, "lan", "Lan", (Grant(Role.ADMIN, "/"),))
NAME = "Giàng A Páo"


def test_a_form_opened_before_the_deletion_brings_nothing_back(app: Flask) -> None:
    row = builders.an_exemplar(NAME, story="Mở lớp học ở bản", birth_year=1990)
    opened, version = queries.facts_of(row), row.version
    request = builders.a_data_request(row, kind="erase")
    request_services.forget(request, within=EVERYWHERE, actor=ADMIN)
    with pytest.raises(Stale):
        services.edit(row, opened, version=version, actor=ADMIN)
    db.session.rollback()
    left = db.session.get_one(Exemplar, row.id)
    assert (left.story, left.birth_year) == (None, None)


def test_a_record_that_was_asked_about_becomes_nobody_else_s(app: Flask) -> None:
    row = builders.an_exemplar(NAME)
    builders.a_data_request(row, kind="erase")
    another = replace(queries.facts_of(row), name="Lò Văn Khác")
    with pytest.raises(RuleViolation) as caught:
        services.edit(row, another, version=row.version, actor=ADMIN)
    assert caught.value.code == "asked_about"
    same = replace(queries.facts_of(row), name="Giàng A PÁO")
    assert services.edit(row, same, version=row.version, actor=ADMIN).name == "Giàng A PÁO"


def test_whoever_asks_for_it_is_put_right_and_stays_who_he_is(app: Flask) -> None:
    """The law gives ten days; the record may be no other's meanwhile."""
    shown = {"story": "Mở lớp", "story_consent": "Phiếu 1", "is_public": True}
    row = builders.an_exemplar("Giàng A Fao", birth_year=1990, **shown)
    builders.a_data_request(row, kind="correct")
    right = replace(queries.facts_of(row), name=NAME, birth=PartialDate(1991))
    services.edit(row, right, version=row.version, actor=ADMIN)
    assert (row.name, row.birth_year, row.story_consent) == (NAME, 1991, "Phiếu 1")


@pytest.mark.parametrize(("kind", "state"), [("view", "done"), ("erase", "refused")])
def test_a_request_that_is_settled_keeps_no_record_as_it_is(
    app: Flask, kind: str, state: str
) -> None:
    row = builders.an_exemplar("Giàng A Fao")
    builders.a_data_request(row, kind=kind, state=state)
    right = replace(queries.facts_of(row), name=NAME)
    assert services.edit(row, right, version=row.version, actor=ADMIN).name == NAME


def test_the_record_of_a_person_who_asked_becomes_nobody_else_s(app: Flask) -> None:
    person = builders.a_person(NAME)
    row = builders.an_exemplar(NAME)
    builders.a_link(row, person)
    builders.a_data_request(person, kind="erase")
    another = replace(queries.facts_of(row), name="Lò Văn Khác")
    with pytest.raises(RuleViolation, match=f"của “{NAME}”"):
        services.edit(row, another, version=row.version, actor=ADMIN)


def test_a_year_of_birth_is_not_exchanged_by_two_savings(app: Flask) -> None:
    shown = {"story": "Mở lớp", "story_consent": "Phiếu 1", "is_public": True}
    row = builders.an_exemplar(NAME, birth_year=1990, **shown)
    without = replace(queries.facts_of(row), birth=None)
    request = builders.a_data_request(row, kind="erase")
    with pytest.raises(RuleViolation):
        services.edit(row, without, version=row.version, actor=ADMIN)
    request_services.refuse(request, "not_proved", "Không có", actor=ADMIN)
    services.edit(row, without, version=row.version, actor=ADMIN)
    assert (row.birth_year, row.story_consent, row.is_public) == (None, "Phiếu 1", True)


def test_a_request_stays_in_the_register_whatever_the_record_became(app: Flask) -> None:
    row = builders.an_exemplar(NAME)
    request = builders.a_data_request(row, kind="erase")
    with transaction():
        db.session.get_one(Exemplar, row.id).kind = "collective"
    assert request_queries.request_by_id(request.id, (row.unit.path,)).id == request.id
