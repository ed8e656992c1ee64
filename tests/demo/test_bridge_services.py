"""The demonstration's exemplars as delegates by title, speakers and honoured."""

from __future__ import annotations

import pytest
from flask import Flask

from congress_app.congresses.models import Congress
from congress_app.database import db
from congress_app.delegates import exemplar_queries
from congress_app.delegates.exemplar_titles import Answer
from congress_app.programme import honour_queries, release_queries
from congress_app.programme.models import Speech

pytestmark = pytest.mark.demonstration


def test_titles_speeches_and_honours_are_there_to_look_at(app: Flask) -> None:
    congresses = db.session.scalars(db.select(Congress)).all()
    answers = [
        answer
        for congress in congresses
        for answer in exemplar_queries.answers(congress, within=(congress.unit.path,)).values()
    ]
    assert {Answer.PROPOSED, Answer.NOT_PROPOSED} <= set(answers)
    honoured = [c for c in congresses if honour_queries.lines_of(c.id)]
    assert honoured
    assert not any(release_queries.draft_of(c.id).is_new for c in honoured)
    told = db.session.scalars(db.select(Speech).where(Speech.exemplar_id.is_not(None))).all()
    assert told
    assert all(each.exemplar and each.exemplar.unit_id == each.unit_id for each in told)
