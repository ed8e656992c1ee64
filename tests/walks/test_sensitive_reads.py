"""Whoever sees ethnic origin or party membership, even as a sum, leaves one entry in the log.

Every address is asked twice, and in between everybody's sensitive facts change. Where the two
answers differ, something was told. New addresses fall under it by themselves.
"""

from __future__ import annotations

import io
import re
import subprocess
import zipfile
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete, select, update
from werkzeug.test import TestResponse

from congress_app.audit.models import Entry
from congress_app.congresses.models import Congress
from congress_app.database import db, transaction
from congress_app.delegates.models import Person
from congress_app.exemplars.models import Exemplar
from congress_app.kernel.permissions import Role
from congress_app.scanners.pairing import digest
from tests import builders
from tests.walks.doors import Door, doors

ETHNICITY = "Xơ Đăng"
# Acts that show or hand out sensitive facts, what is sent with them, and their one entry.
READINGS: dict[str, tuple[dict[str, str], str]] = {
    "credentials.export": ({"sensitive": "1"}, "credential.export"),
    "credentials.show_kept_sensitive": ({}, "credential.read_sensitive"),
    "credentials.show_sensitive": ({}, "credential.read_sensitive"),
    "data_requests.hand_over": ({}, "person.export"),
    "delegate_sheets.export": ({"sensitive": "1"}, "delegate.export"),
    "delegates.show_sensitive": ({}, "delegate.read_sensitive"),
    "documents.sensitive_file": ({"file_format": "pdf"}, "document.read_sensitive"),
    "dossiers.file": ({}, "dossier.export"),
    "exemplar_sensitive.reveal": ({}, "exemplar.read_sensitive"),
    "exemplar_summary.export_sensitive": ({}, "exemplar.read_sensitive"),
    "exemplar_summary.show_sensitive": ({}, "exemplar.read_sensitive"),
    # Refused, it comes back with what is stored beside what was typed.
    "places.edit_sensitive": ({}, "delegate.read_sensitive"),
    "places.reveal": ({}, "delegate.read_sensitive"),
}
# Their file was written before and does not follow the rows.
FROZEN = frozenset({"dossiers.file", "credentials.show_kept_sensitive"})
# The token of a form: it holds the second it was made in.
SIGNED = re.compile(r"[\w-]{40,}\.[\w-]{6}\.[\w-]{20,}")
# Figures of the machine and clocks that run: only the word itself is looked for.
MOVING = frozenset(
    {
        "board.show",
        "day.show",
        "day.live",
        "day_screen.speaker",
        "day_screen.speaker_live",
        "hall.show",
        "operations.show_metrics",
        "operations.show",
    }
)
# What a test cannot knock at: it would end the walk.
LEFT_OUT = frozenset({"accounts.sign_out"})


def change(*, minority: bool) -> None:
    """Give everybody the one or the other sensitive facts."""
    ethnicity = ETHNICITY if minority else "Kinh"
    with transaction() as session:
        # Past the rows' versions, which pages show.
        session.execute(update(Person).values(ethnicity=ethnicity, party_member=minority))
        session.execute(update(Exemplar).values(is_minority=minority))


def told(data: bytes, name: str = "") -> str:
    """What a person can read in the answer, files and files in files included."""
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = [one for one in archive.namelist() if not one.startswith("docProps/")]
            return "".join(f"{one}\n{told(archive.read(one), one)}\n" for one in names)
    if data.startswith(b"%PDF"):
        done = subprocess.run(
            ["pdftotext", "-", "-"], input=data, capture_output=True, check=False, timeout=60
        )
        data = data if done.returncode else done.stdout
    text = SIGNED.sub("signed", data.decode("utf-8", "replace"))
    # A hash in a list of files follows the files.
    return re.sub(r"[0-9a-f]{64}", "hash", text) if name.endswith(".json") else text


@pytest.fixture
def walk(app: Flask, arguments: dict[str, Any], frozen_clock: Any) -> list[Door]:
    congress = db.session.get_one(Congress, arguments["congress_id"])
    builders.a_device(congress, token_hash=digest("secret of a device"))
    # A paper that may show the sensitive columns.
    arguments["document_id"] = builders.a_document(congress, "delegate_list", is_sensitive=True).id
    forget_log()
    return list(doors(app, arguments))


def forget_log() -> None:
    with transaction() as session:
        session.execute(delete(Entry))


def written() -> list[str]:
    """What the log holds of reading and taking out; it is empty afterwards."""
    found = [
        action
        for action in db.session.scalars(select(Entry.action).order_by(Entry.id))
        if action.endswith((".read_sensitive", ".export"))
    ]
    forget_log()
    return found


def knock(door: Door, client: FlaskClient) -> TestResponse:
    form, _action = READINGS.get(door.rule.endpoint, ({}, ""))
    secret = "Bearer secret of a device" if door.access.kind == "device" else ""
    headers = {"Authorization": secret} if secret else {}
    return client.open(door.path, method=door.method, data=form or None, headers=headers)


def looks(walk: list[Door], client: FlaskClient) -> Iterator[tuple[Door, bool, list[str]]]:
    """Each page and each known reading: did it tell anything, and what did it write down?"""
    asked = [door for door in walk if door.method == "GET" or door.rule.endpoint in READINGS]
    before = {}
    change(minority=False)
    forget_log()
    for door in asked:
        before[str(door)] = told(knock(door, client).data)
    change(minority=True)
    forget_log()
    for door in asked:
        answer = told(knock(door, client).data)
        differs = answer != before[str(door)] and door.rule.endpoint not in MOVING
        yield door, differs or ETHNICITY in answer, written()


def test_every_look_at_a_sensitive_fact_is_written_down_once(
    walk: list[Door], as_role: Any
) -> None:
    faults = []
    seen = set()
    for door, tells, entries in looks(walk, as_role(Role.ADMIN)):
        endpoint = door.rule.endpoint
        expected = [READINGS[endpoint][1]] if endpoint in READINGS else []
        if entries != expected:
            faults.append(f"{door} writes {entries}")
        if tells and endpoint not in READINGS:
            faults.append(f"{door} tells something sensitive")
        if endpoint in READINGS and not tells and endpoint not in FROZEN:
            faults.append(f"{door} tells nothing: the test is blind")
        seen.add(endpoint)
    assert faults == []
    assert READINGS.keys() - seen == set()


def test_no_other_act_answers_with_the_ethnic_origin(walk: list[Door], as_role: Any) -> None:
    """Forms that are refused come back with what was typed, never with what is stored."""
    change(minority=True)
    client = as_role(Role.ADMIN)
    leaks = []
    for door in walk:
        if door.method == "GET" or door.rule.endpoint in READINGS.keys() | LEFT_OUT:
            continue
        if ETHNICITY in told(knock(door, client).data):
            leaks.append(str(door))
    assert leaks == []


def test_without_the_right_nothing_is_told(walk: list[Door], as_role: Any) -> None:
    """A role that reads delegates but nothing sensitive: the same answer, whatever is stored."""
    some = [door for door in walk if door.rule.endpoint in READINGS]
    pages = list(looks(some, as_role(Role.SECRETARY)))
    assert {door.rule.endpoint for door, tells, _entries in pages if tells} == set()
    noted = {entry for _door, _tells, entries in pages for entry in entries}
    assert noted == {"credential.export", "delegate.export"}  # without the columns
