"""A speech that comes into the programme or leaves it is told of in the log."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import select

from congress_app.audit.models import Entry
from congress_app.database import db
from congress_app.kernel.permissions import system_actor
from congress_app.programme import act_services
from congress_app.programme.act_services import act
from congress_app.programme.models import Speech
from tests.builders import a_congress, a_session, a_speech, an_item

ACTOR = system_actor()


def told() -> list[tuple[str, int | None, str, object, str | None]]:
    """The entries about speeches: act, whose, what it is called, what changed, whose unit's."""
    entries = select(Entry).where(Entry.subject_kind == "speech").order_by(Entry.id)
    return [
        (e.action, e.subject_id, e.subject_name, e.changes, e.unit_path)
        for e in db.session.scalars(entries)
    ]


def test_in_and_out_of_the_programme(app: Flask) -> None:
    congress = a_congress()
    item = an_item(a_session(congress), kind="speech")
    others = [a_speech(congress, f"Bài {state}", state=state) for state in ("selected", "reserve")]
    placed = a_speech(congress, "Một cửa", state="selected")
    path = congress.unit.path
    with act(congress, "programme.edit_item", "Một cửa", actor=ACTOR):
        item.speech_id = placed.id
    coming = ("speech.place", placed.id, "Một cửa", {"state": ["selected", "scheduled"]}, path)
    assert told() == [coming]
    with act(congress, "programme.arrange", "Một cửa", actor=ACTOR):
        item.minutes += 5
    assert told() == [coming]
    act_services.undo(congress, 2, actor=ACTOR)
    act_services.undo(congress, 1, actor=ACTOR)
    leaving = ("speech.place", placed.id, "Một cửa", {"state": ["scheduled", "selected"]}, path)
    assert told() == [coming, leaving]
    db.session.expire_all()
    states = [db.session.get_one(Speech, one.id).state for one in (*others, placed)]
    assert states == ["selected", "reserve", "selected"]
