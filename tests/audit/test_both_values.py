"""Whoever changes what is stored writes down what stood there and what stands there now."""

from __future__ import annotations

import ast
from datetime import timedelta
from functools import partial
from hashlib import sha256
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import select

from congress_app.audit.actions import ACTIONS
from congress_app.audit.models import Entry
from congress_app.badges import design_services
from congress_app.badges.design import Design
from congress_app.checkin import desk_services
from congress_app.database import db
from congress_app.documents import services as document_services
from congress_app.dossiers import request_services
from congress_app.exemplars import file_services
from congress_app.jobs import services as job_services
from congress_app.kernel import clock
from congress_app.kernel.permissions import system_actor
from congress_app.programme import speech_services
from congress_app.seating import services as seating_services
from tests import builders
from tests.architecture.shape import top_functions
from tests.architecture.sources import DOING, Source, called_name, package_sources
from tests.audit.test_every_service_remembers import targets, where
from tests.conftest import FrozenClock

ACTOR = system_actor()

# What an act is called that changes a row somebody may still want to know as it was.
CHANGING = {
    *("activate", "adopt", "assign", "call", "call_reserve", "cancel", "criteria", "deactivate"),
    *("decide", "design", "edit", "excuse", "hall_edit", "head", "honours", "later", "lessons"),
    *("logo", "logo_drop", "propose"),
    *("mark_ballot", "move", "photo", "photo_drop", "portrait", "post", "print_again", "publish"),
    *("reissue", "rename", "reorder", "reply", "report", "restrict", "review", "rules", "stage"),
    *("state", "text", "text_reset", "turnout"),
}
# Where nothing is compared: why.
QUIET = {
    "quota.publish": "a moment, set once",
    "speaking.call": "the next speaker's turn begins, set once",
}

SOURCES = {source.module: source for source in package_sources()}


def is_pair(node: ast.AST) -> bool:
    """Does the expression make [before, after], or ask the log's own comparison for it?"""
    if isinstance(node, ast.List):
        return len(node.elts) == 2
    if isinstance(node, ast.ListComp):
        over = node.generators[0].iter
        return isinstance(over, ast.Tuple) and len(over.elts) == 2
    return isinstance(node, ast.Call) and called_name(node).rpartition(".")[2] == "changed"


def makes_a_pair(source: Source, name: str, seen: set[tuple[str, str]]) -> bool:
    """The function itself, or one it calls."""
    seen.add((source.module, name))
    known = targets(source)
    for node in ast.walk(top_functions(source)[name]):
        if is_pair(node):
            return True
        if not isinstance(node, ast.Call):
            continue
        module, function = where(called_name(node), source, known)
        other = SOURCES.get(module)
        if (
            other is not None
            and not module.startswith("congress_app.audit")
            and function in top_functions(other)
            and (module, function) not in seen
            and makes_a_pair(other, function, seen)
        ):
            return True
    return False


def one_sided() -> set[str]:
    """The acts that change something and are named nowhere where anything is compared."""
    named: dict[str, bool] = {}
    for source in SOURCES.values():
        for name, function in top_functions(source).items() if source.floor == DOING else ():
            told = {node.value for node in ast.walk(function) if isinstance(node, ast.Constant)}
            acts = {act for act in ACTIONS if act in told and act.partition(".")[2] in CHANGING}
            if acts:
                compares = makes_a_pair(source, name, set())
                named |= {act: compares or named.get(act, False) for act in acts}
    return {act for act, compares in named.items() if not compares}


def test_every_act_that_changes_something_compares_or_has_its_reason() -> None:
    assert one_sided() == set(QUIET)


def test_an_act_that_compares_nothing_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: were nothing a pair, all of them would be on the list."""
    monkeypatch.setattr("tests.audit.test_both_values.is_pair", lambda _node: False)
    assert {"badge.design", "speech.call", "checkin.excuse", "unit.edit"} <= one_sided()


def told(action: str) -> list[dict[str, Any]]:
    query = select(Entry.changes).where(Entry.action == action).order_by(Entry.id)
    return list(db.session.scalars(query))


def a_picture(colour: str) -> bytes:
    out = BytesIO()
    Image.new("RGB", (60, 80), colour).save(out, "PNG")
    return out.getvalue()


def test_a_design_and_its_pictures(app: Flask) -> None:
    congress = builders.a_congress()
    save = partial(design_services.save_design, congress, actor=ACTOR)
    save(Design(title="Một"), version=0)
    save(Design(title="Hai"), version=1)
    assert told("badge.design")[1] == {"design": [{"Tên hội nghị": "Một"}, {"Tên hội nghị": "Hai"}]}
    delegate = builders.a_delegate(congress)
    for colour in ("red", "blue"):
        design_services.save_logo(congress, a_picture(colour), actor=ACTOR)
        design_services.save_photo(congress, delegate, a_picture(colour), actor=ACTOR)
    design_services.drop_logo(congress, actor=ACTOR)
    design_services.drop_photo(congress, delegate, actor=ACTOR)
    for kept, dropped in (("badge.logo", "badge.logo_drop"), ("badge.photo", "badge.photo_drop")):
        (none, first), (before, second) = (one["hash"] for one in told(kept))
        assert (none, before) == (None, first)
        assert len({first, second}) == 2
        assert told(dropped) == [{"hash": [second, None]}]


def test_a_call_for_speeches_and_a_file_in_the_place_of_another(app: Flask) -> None:
    congress = builders.a_congress()
    until = clock.now() + timedelta(days=2)
    speech_services.set_call(congress, None, 15, 0, actor=ACTOR)
    speech_services.set_call(congress, until, 30, 1, actor=ACTOR)
    assert told("speech.call") == [
        {"spread": [None, 15]},
        {"closes_at": [None, until.isoformat()], "spread": [15, 30]},
    ]
    speech = builders.a_speech(congress)
    files = (b"%PDF-1.4 first", b"%PDF-1.7 second")
    for data in files:
        speech_services.store_file(congress, speech, "text", data, within=("/",), actor=ACTOR)
    first, second = (sha256(data).hexdigest() for data in files)
    assert told("speech.file") == [
        {"file": "text.pdf", "hash": [None, first]},
        {"file": "text.pdf", "hash": [first, second]},
    ]


def test_a_reason_given_anew(app: Flask) -> None:
    congress = builders.a_congress()
    who = builders.a_session(congress).id, builders.a_delegate(congress).id
    for reason in ("ốm", "đi công tác"):
        desk_services.excuse(congress, *who, reason, actor=ACTOR)
    assert [one["reason"] for one in told("checkin.excuse")] == [
        [None, "ốm"],
        ["ốm", "đi công tác"],
    ]
    person = builders.a_person()
    for reason in ("đơn 1", "đơn 2"):
        request_services.restrict(
            builders.a_data_request(person, kind="restrict"), reason, actor=ACTOR
        )
    assert [one["restriction"] for one in told("person.restrict")] == [
        [None, "đơn 1"],
        ["đơn 1", "đơn 2"],
    ]


def test_a_draft_thrown_away_a_hall_and_a_portrait(app: Flask) -> None:
    congress = builders.a_congress()
    document = builders.a_document(congress, text="Điều 1. Giờ họp")
    document_services.discard(congress, document, version=document.version, actor=ACTOR)
    (thrown,) = told("document.discard")
    assert (thrown["congress_id"], thrown["text"]) == (congress.id, ["Điều 1. Giờ họp", None])
    hall = builders.a_hall(congress, "A: 4", name="Lớn")
    seating_services.edit_hall(hall, "Nhỏ", "A: 4", hall.version, actor=ACTOR)
    assert told("seating.hall_edit")[0]["name"] == ["Lớn", "Nhỏ"]
    row = builders.an_exemplar()
    for colour in ("red", "blue"):
        file_services.set_portrait(row, a_picture(colour), actor=ACTOR)
    (none, first), (before, second) = (one["hash"] for one in told("exemplar.portrait"))
    assert (none, before, second == first) == (None, first, False)


def test_a_job_that_somebody_else_stopped(app: Flask) -> None:
    owner = {"name": "lan", "kind": "user"}
    job = builders.a_job("badge_print", 7, state="waiting", finished_at=None, actor=owner)
    job_services.cancel(job, actor=ACTOR)
    entry = db.session.scalars(select(Entry)).one()
    assert (entry.action, entry.subject_kind, entry.subject_id) == ("job.cancel", "job", job.id)
    assert (entry.subject_name, entry.actor_name) == ("badge_print", ACTOR.name)
    assert entry.changes == {"state": ["waiting", "cancelled"], "owner": "lan"}


def test_a_job_under_way_is_asked_to_stop_and_not_yet_stopped(
    app: Flask, frozen_clock: FrozenClock
) -> None:
    owner = {"name": "lan", "kind": "user"}
    job = builders.a_job("badge_print", 7, state="running", finished_at=None, actor=owner)
    job_services.cancel(job, actor=ACTOR)
    job_services.cancel(job, actor=ACTOR)
    frozen_clock.advance(seconds=61)
    job_services.cancel(job, actor=ACTOR)
    assert told("job.cancel") == [
        {"cancel_asked": [False, True], "owner": "lan"},
        {"state": ["running", "cancelled"], "owner": "lan"},
    ]
