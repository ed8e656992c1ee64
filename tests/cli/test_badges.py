"""`badges codes` as a list taken away: its codes open the door."""

from __future__ import annotations

import json

from flask import Flask
from flask.testing import FlaskCliRunner
from sqlalchemy import select

from congress_app.audit.models import Entry
from congress_app.database import db
from tests import builders


def test_a_list_of_codes_is_remembered_as_on_the_page(app: Flask, runner: FlaskCliRunner) -> None:
    congress = builders.a_congress()
    builders.a_badge(builders.a_delegate(congress))
    assert runner.invoke(args=["badges", "codes", str(congress.id)]).exit_code == 0
    entry = db.session.scalars(select(Entry).where(Entry.action == "badge.export")).one()
    assert (entry.subject_id, entry.changes) == (congress.id, {"count": 1})


def test_of_a_closed_congress_the_codes_are_listed_and_nobody_gets_one(
    app: Flask, runner: FlaskCliRunner
) -> None:
    congress = builders.a_congress(state="closed")
    badge = builders.a_badge(builders.a_delegate(congress))
    builders.a_delegate(congress, state="convened")
    told = runner.invoke(args=["badges", "codes", str(congress.id), "--format", "json"])
    assert [row["code"] for row in json.loads(told.stdout)["badges"]] == [badge.code]
