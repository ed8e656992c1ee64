"""Whoever asks for his data gets all of it, but what is listed here with its reason."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from congress_app.audit import services as audit
from congress_app.delegates import state_services
from congress_app.delegates.models import Person
from congress_app.dossiers import (
    holdings,
    person_file,
    person_queries,
    request_services,
    row_queries,
)
from congress_app.elections import candidate_services
from tests import builders
from tests.dossiers.closed import LAN
from tests.dossiers.planting import (
    LOG,
    NAME,
    Place,
    a_person_everywhere,
    an_exemplar_of,
    in_every_record,
    planted,
    tables_about,
)

# It opens the door, the page or the card, and proves nothing once printed.
SECRET = {("badge", "code"), ("badge", "printed_digest"), ("delegate", "link_token"),
          ("scan", "body_hash"), ("scan", "raw_code")}  # fmt: skip
# The network address of whoever of the staff acted.
OF_OTHERS = {(LOG, "address")}
# Whole tables: a key derived from the badge, and the reviewers' opinion given in confidence.
UNTOLD = {"badge_key", "speech_review"}


def handed_over(person: Person) -> tuple[dict[str, list[dict[str, Any]]], str]:
    """The rows of the zip by table, and the rows and all files in one text."""
    packed = request_services.hand_over(builders.a_data_request(person), actor=LAN)
    with zipfile.ZipFile(io.BytesIO(packed)) as zipped:
        rows = zipped.read("du-lieu.json").decode()
        files = [zipped.read(name) for name in zipped.namelist() if name.startswith("tep/")]
    return json.loads(rows), rows + b"".join(files).decode()


def columns(tables: set[str]) -> set[Place]:
    return {(name, one.name) for name in tables for one in row_queries.table(name).columns}


def test_every_word_about_a_person_is_handed_over(app: Flask) -> None:
    delegate = a_person_everywhere(builders.an_electing_congress(2), "confirmed")
    in_every_record(delegate)
    an_exemplar_of(delegate)
    keys = person_queries.keys_about(delegate.person_id, praised=True)
    words = planted(keys)
    tables = set(tables_about(keys))
    rows, text = handed_over(delegate.person)
    assert set(rows) == (tables - UNTOLD) | {LOG}  # a new table: plant it
    assert [name for name in rows if person_file.name_of(name) == name] == []
    told = {(name, column) for name, held in rows.items() for column in held[0]}
    assert columns(set(rows)) - told == SECRET | OF_OTHERS
    kept_back = {where for word, where in words.items() if word not in text}
    of_the_one_before = {where for where in kept_back if "delegate.replaced_by_id" in where}
    assert of_the_one_before  # points at him, and tells of another
    left = kept_back - SECRET - of_the_one_before
    assert {where for where in left if where[0] not in UNTOLD} == set()
    assert {name for where, name in words.values() if where == LOG} >= {"excuse", "speaking_turn"}


def test_the_log_of_a_name_struck_off_a_list_is_its_bearer_s_alone(app: Flask) -> None:
    """Nothing of a namesake on the same list is told."""
    election = builders.an_election()
    one, other = (builders.a_person(NAME, election.congress.unit) for _ in range(2))
    for person, reason in ((one, "Ghi nhầm"), (other, "Nhầm người")):
        candidate = builders.a_candidate(election, person)
        candidate_services.strike(election, candidate, reason, actor=LAN)
    rows, text = handed_over(one)
    assert str(LAN.address) not in text
    assert ("Ghi nhầm" in text, "Nhầm người" in text) == (True, False)
    assert {entry["subject_kind"] for entry in rows[LOG]} >= {"candidate"}


def test_a_number_given_again_to_another_s_row_mixes_nobody_s_log(app: Flask) -> None:
    """SQLite gave the number of a struck candidate to the next one until revision 0030."""
    election = builders.an_election()
    words = {}
    for word in ("qz1", "qz2", "qz3"):
        words[word] = builders.a_person(word.replace("qz", "Người "), election.congress.unit)
        candidate = builders.a_candidate(election, words[word], id=77)
        audit.record("election.nominate", candidate, {"note": word}, actor=LAN, name="Lan")
        if word != "qz3":
            candidate_services.strike(election, candidate, "Ghi nhầm", actor=LAN)
    texts = [handed_over(person)[1] for person in words.values()]
    assert [[word in text for word in words] for text in texts] == [
        [True, False, False],
        [False, True, False],
        [False, False, True],
    ]


def test_what_the_log_keeps_and_what_is_not_handed_over_are_tables_of_persons(app: Flask) -> None:
    tables = {name for name, _column, _target in person_queries.edges_about_persons()}
    assert set(holdings.LOG_STAYS) | set(holdings.NOT_HANDED_OVER) <= tables


def test_where_one_answered_from_oneself_is_told(client: FlaskClient) -> None:
    delegate = builders.a_delegate(builders.a_congress(), state="convened")
    link = state_services.make_link(delegate, actor=LAN)
    client.post(f"/d/{link}/confirm")
    rows, _text = handed_over(delegate.person)
    told = [(entry["actor_name"], "127.0.0.1" in str(entry["changes"])) for entry in rows[LOG]]
    assert told[:2] == [(LAN.name, False), ("đại biểu", True)]
