"""A closed congress can be read; written is only what honestly comes after it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from html import unescape
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.exceptions import HTTPException
from werkzeug.routing import MapAdapter

from congress_app.audit.models import Entry
from congress_app.congresses.models import Congress
from congress_app.database import db, transaction
from congress_app.units.models import Unit
from tests.walks.doors import Door, doors
from tests.walks.everything import Arguments, arguments, place, secret_of

__all__ = ["arguments", "place"]

# What comes after a congress, and what only reads but by POST.
AFTER_CLOSING = {
    "arrival of what was sent up": {"upward.decline", "upward.restore", "upward.send"},
    "papers": {
        "documents.create",
        "documents.discard",
        "documents.edit",
        "documents.issue",
        "documents.release",
        "documents.replace",
        "documents.void",
        "documents.withdraw",
        "paper_texts.edit",
        "paper_texts.reset",
        "papers.make_print",
        "papers.make_zip",
    },
    "archive": {"dossiers.check", "dossiers.file", "dossiers.make", "dossiers.purge"},
    "result that was counted before": {"elections.certify"},
    "the way back from a closing by mistake": {"congress.move"},
    "lessons, and a number nobody wrote down": {"congress.lessons", "congress.turnout"},
    "scans made before": {"conflicts.quarantine", "conflicts.settle", "scanners_api.batch"},
    "taking keys and portraits away": {
        "badge_people.drop_photo",
        "board.revoke_link",
        "devices.revoke",
        "places.revoke_link",
    },
    "reading": {
        "badge_prints.badges",
        "credentials.export",
        "credentials.show_kept_sensitive",
        "credentials.show_sensitive",
        "delegate_sheets.export",
        "delegates.show_sensitive",
        "documents.sensitive_file",
        "paper.make_sheets",
        "places.reveal",
        "seating.make_plan",
    },
}

# Pages that show what there is and hold the form for it as well.
SHOWING = {"badge_designs.show", "badge_people.show", "devices.index", "rounds.ballots"}
# Offered by the state of the thing alone, which the walk's is not in.
BY_STATE = {
    "documents.release",
    "documents.replace",
    "documents.sensitive_file",
    "documents.withdraw",
    "paper_texts.reset",
    "upward.restore",
    "upward.send",
}
# Long papers go this way; devices have no pages.
NOT_FROM_PAGES = {"papers.make_zip", "scanners_api.batch"}


@pytest.fixture
def writing(app: Flask, arguments: Arguments) -> list[Door]:
    """Every address that writes, of the congress or of its devices; the congress is over."""
    found = [
        door
        for door in doors(app, arguments)
        if door.method != "GET"
        and (door.access.kind == "device" or "congress_id" in door.rule.arguments)
    ]
    assert len(found) > 150
    with transaction():
        db.session.get_one(Congress, arguments["congress_id"]).state = "closed"
    return found


def test_what_may_still_be_written_is_this_list_and_nothing_else(writing: list[Door]) -> None:
    declared = {door.rule.endpoint for door in writing if door.access.after_closing}
    assert declared == set().union(*AFTER_CLOSING.values())
    assert {door.access.kind for door in writing} == {"permission", "device"}


def test_everything_else_is_refused_and_leaves_no_trace(
    writing: list[Door], as_role: Any, place: Unit
) -> None:
    client: FlaskClient = as_role("admin")
    with transaction():
        entries = set(db.session.scalars(select(Entry.id)))
    headers = {"Authorization": f"Bearer {secret_of(place)}"}
    told = {}
    for door in writing:
        if door.access.after_closing:
            continue
        if door.access.kind == "device":
            answer = client.post(door.path, json={}, headers=headers)
            code = answer.get_json()["error"]["code"]
        else:
            answer = client.post(door.path, data=door.form)
            code = "congress_closed" if "đã bế mạc nên việc này" in answer.text else None
        if (answer.status_code, code) != (422, "congress_closed"):
            told[str(door)] = (answer.status_code, code)
    assert told == {}
    db.session.rollback()
    assert set(db.session.scalars(select(Entry.id))) == entries


def test_who_has_no_right_there_does_not_learn_that_it_is_over(
    writing: list[Door], as_role: Any, client: FlaskClient
) -> None:
    visitor: FlaskClient = as_role("viewer")
    (move,) = (door for door in writing if door.rule.endpoint == "congress.move")
    (edit,) = (door for door in writing if door.rule.endpoint == "delegates.edit")
    assert [visitor.post(door.path).status_code for door in (move, edit)] == [403, 403]


def test_pages_of_what_is_over_lead_to_nothing_that_is_refused(
    app: Flask, arguments: Arguments, writing: list[Door], as_role: Any
) -> None:
    """Neither a form nor a link; a form's own page, known by its address, is not looked at."""
    refused = {door.rule.endpoint for door in writing if not door.access.after_closing}
    told = {}
    for page, (posts, links) in _offered(app, arguments, refused, as_role("admin")).items():
        if forbidden := (posts & refused) | (links & (refused - SHOWING)):
            told[page] = forbidden
    assert told == {}


def test_what_may_be_done_or_seen_after_the_closing_is_led_to(
    app: Flask, arguments: Arguments, writing: list[Door], as_role: Any
) -> None:
    refused = {door.rule.endpoint for door in writing if not door.access.after_closing}
    allowed = {door.rule.endpoint for door in writing} - refused
    offered = _offered(app, arguments, refused, as_role("admin")).values()
    led_to = set().union(*(posts | links for posts, links in offered))
    assert allowed - led_to == BY_STATE | NOT_FROM_PAGES
    assert (SHOWING | {"paper.index"}) - led_to == set()


def _offered(
    app: Flask, arguments: Arguments, refused: set[str], client: FlaskClient
) -> dict[str, tuple[set[str], set[str]]]:
    """By page the endpoints its forms send to, and those its links lead to."""
    pages = [
        door
        for door in doors(app, arguments)
        if door.method == "GET"
        and door.known
        and "congress_id" in door.rule.arguments
        and door.rule.endpoint not in refused - SHOWING
    ]
    assert len(pages) > 50
    where = app.url_map.bind("localhost")
    found = {}
    for door in pages:
        answer = client.get(door.path)
        if answer.mimetype == "text/html":
            posts = _posts(where, door.path, answer.text)
            found[str(door)] = posts, _links(where, door.path, answer.text)
    return found


def _posts(where: MapAdapter, page: str, text: str) -> set[str]:
    found = re.findall(r'formaction="([^"]*)"', text)
    for form in re.findall(r"<form [^>]*>", text):
        if 'method="post"' in form:
            action = re.search(r'action="([^"]*)"', form)
            found.append(action[1] if action else page)
    return set(_endpoints(where, page, "POST", found))


def _links(where: MapAdapter, page: str, text: str) -> set[str]:
    return set(_endpoints(where, page, "GET", re.findall(r'<a [^>]*?href="([^"]*)"', text)))


def _endpoints(
    where: MapAdapter, page: str, method: str, addresses: Iterable[str]
) -> Iterator[str]:
    for address in addresses:
        with suppress(HTTPException):
            yield where.match(urlsplit(urljoin(page, unescape(address))).path, method=method)[0]
