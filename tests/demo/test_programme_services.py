"""Delegates of the demonstration see a programme: every one of them is released."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from congress_app.database import db
from congress_app.kernel import clock
from congress_app.programme import queries, release_queries
from congress_app.programme.models import Session

pytestmark = pytest.mark.demonstration


def test_every_programme_is_released_as_it_stands(app: Flask) -> None:
    hosts = db.session.scalars(select(Session.congress_id).distinct()).all()
    assert hosts
    for congress_id in hosts:
        draft = release_queries.draft_of(congress_id)
        assert draft.last is not None
        assert (draft.last.number, draft.is_new, draft.changes) == (1, False, ())
        assert draft.last.released_at <= clock.now()


def test_every_election_of_the_demonstration_has_its_announcement(app: Flask) -> None:
    for congress_id in db.session.scalars(select(Session.congress_id).distinct()):
        told = {
            each.item.announces_id
            for timed in queries.programme_of(congress_id)
            for each in timed.items
        } - {None}
        assert told == {item.id for item in queries.elections_of(congress_id)}
