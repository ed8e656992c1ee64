"""Errors of the database that tell what somebody else has done meanwhile."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError, InvalidRequestError

from congress_app.database import transaction
from congress_app.exemplars.models import Award, Exemplar
from congress_app.web import errors
from tests import builders


def test_a_key_that_points_at_a_deleted_row_is_told_in_words(app: Flask) -> None:
    row = builders.an_exemplar()
    with pytest.raises(IntegrityError) as caught, transaction() as session:
        session.execute(
            insert(Award).values(exemplar_id=row.id + 1, name="Bằng khen", kind="other")
        )
    with app.test_request_context("/api/v1/x"):
        answer = errors.on_gone(caught.value)
    assert (answer.status_code, answer.get_json()["error"]["code"]) == (409, "gone")


def test_any_other_fault_stays_one(app: Flask) -> None:
    row = builders.an_exemplar()
    same = {"id": row.id, "unit_id": row.unit_id, "name": "An", "kind": row.kind}
    with pytest.raises(IntegrityError) as caught, transaction() as session:
        session.execute(insert(Exemplar).values(**same, stage="detect", detected_year=2020))
    for error in (caught.value, InvalidRequestError("a mistake of ours")):
        with app.test_request_context("/"), pytest.raises(type(error)):
            errors.on_gone(error)
