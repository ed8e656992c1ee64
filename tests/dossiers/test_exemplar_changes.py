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


def test_a_request_stays_in_the_register_whatever_the_record_became(app: Flask) -> None:
    row = builders.an_exemplar(NAME)
    request = builders.a_data_request(row, kind="erase")
    with transaction():
        db.session.get_one(Exemplar, row.id).kind = "collective"
    assert request_queries.request_by_id(request.id, (row.unit.path,)).id == request.id
