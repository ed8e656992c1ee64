"""Nothing about a person who asked to be deleted is left in any table, but what is listed here."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from congress_app.audit import chain_queries
from congress_app.audit import services as audit
from congress_app.audit.models import Entry
from congress_app.database import Model, db, transaction
from congress_app.delegates import state_services
from congress_app.delegates.models import Delegate
from congress_app.dossiers import holdings, person_queries, request_services, row_queries
from congress_app.elections import candidate_services
from tests import builders
from tests.dossiers.closed import LAN
from tests.dossiers.planting import (
    LOG,
    NAME,
    Place,
    a_person_everywhere,
    in_every_record,
    planted,
    tables_about,
)

# Tables of persons whom a record names, and lines that hold nothing but numbers.
RECORDED = frozenset(
    {"candidate", "committee_seat", "credential_ruling", "elected_place", "programme_item",
     "reserve_call", "transmission_line"}
)  # fmt: skip
NUMBERS = frozenset({"ballot_issue", "hall_seat", "paper_line"})
# What is left of who is in no record: the mark of the letter proves that he asked (Luật
# 91/2025/QH15: whoever processes data must be able to show it).
KEPT = {("data_request", "paper")}
# Of who is in one, besides: by the law on archives the papers, elections and rulings of the
# congress, with the name, post, badge, presence and speech that stand in them.
KEPT_OF_RECORDS = KEPT | {
    (LOG, "programme_item"),
    ("badge", "code"),
    ("candidate", "nominated_by"),
    ("credential_ruling", "reason"),
    ("data_request", "outcome"),
    ("data_request", "person_name"),
    ("delegate", "exception_document"),
    ("delegate", "exception_reason"),
    ("person", "full_name"),
    ("person", "organisation"),
    ("person", "position"),
    ("person", "restriction"),
    ("person", "search_key"),
    ("person", "sort_key"),
    ("programme_item", "presenter"),
    ("programme_item", "script"),
    ("programme_item", "title"),
    ("programme_notice", "name"),
    ("programme_notice", "text"),
    ("scan", "raw_code"),
    ("speech", "title"),
    ("speech", "topic"),
    ("speech_file", "data"),
    ("speech_review", "note"),
}


def found(words: dict[str, Place]) -> set[Place]:
    """Which of the words stand anywhere in the database."""
    text = everything()
    return {where for word, where in words.items() if word in text}


def everything() -> str:
    db.session.expire_all()
    return "\n".join(
        str(value)
        for table in Model.metadata.sorted_tables
        for row in db.session.execute(select(table))
        for value in row
    )


def forgotten(delegate: Delegate) -> tuple[bool, set[Place]]:
    """Plant, check that everything was planted, delete; whether all went, and what is left."""
    words = planted(person_queries.keys_about(delegate.person_id))
    assert found(words) == set(words.values())
    with transaction():
        delegate.congress.state = "closed"
    request = builders.a_data_request(delegate.person, kind="erase")
    whole = request_services.forget(request, actor=LAN)
    return whole, found(words)


def rows_of(name: str) -> int:
    return db.session.scalar(select(func.count()).select_from(row_queries.table(name))) or 0


def test_of_who_is_in_no_record_no_word_is_left(app: Flask) -> None:
    delegate = a_person_everywhere(builders.a_congress(), "withdrawn")
    without = RECORDED | NUMBERS | {"exemplar_person"}
    asked = set(tables_about(person_queries.keys_about(delegate.person_id))) - without
    assert {name for name in asked if not rows_of(name)} == set()  # a new table: plant it
    builders.a_dossier(delegate.congress)
    assert forgotten(delegate) == (True, KEPT)
    gone = {*holdings.ERASED_ROWS, *holdings.FORGOTTEN_ROWS, "badge", "dossier_file"}
    assert {name: rows_of(name) for name in gone} == dict.fromkeys(gone, 0)
    assert (rows_of("presence"), rows_of("scan"), rows_of("excuse")) == (1, 2, 1)
    assert chain_queries.verify().fault is None


def test_of_who_is_in_a_record_only_the_record_is_left(app: Flask) -> None:
    delegate = a_person_everywhere(builders.an_electing_congress(2), "confirmed")
    in_every_record(delegate)
    assert forgotten(delegate) == (False, KEPT_OF_RECORDS)
    assert (rows_of("ground"), rows_of("badge_photo"), rows_of("badge")) == (0, 0, 1)
    assert chain_queries.verify().fault is None


@pytest.mark.parametrize("kind", ["congress", "hall", "delegate"])
def test_entries_about_other_things_that_name_him_are_emptied_and_no_others(
    app: Flask, kind: str
) -> None:
    congress = builders.a_congress()
    gone = builders.a_delegate(congress, builders.a_person(NAME, congress.unit), state="declined")
    left = builders.a_delegate(congress, state="replaced", replaced_by_id=gone.id)
    subject = {"congress": congress, "hall": builders.a_hall(congress), "delegate": left}[kind]
    for name in (NAME, f"X{NAME}"):
        audit.record("delegate.export", subject, {"note": [None, name]}, actor=LAN, name="Lan")
    with transaction():
        congress.state = "closed"
    request = builders.a_data_request(gone.person, kind="erase")
    assert request_services.forget(request, actor=LAN)
    kept = select(Entry.changes).where(Entry.action == "delegate.export")
    assert list(db.session.scalars(kept.order_by(Entry.id))) == [{}, {"note": [None, f"X{NAME}"]}]


def test_who_speaks_in_the_programme_is_in_a_record(app: Flask) -> None:
    congress = builders.a_congress(state="closed")
    delegate = builders.a_delegate(congress, state="withdrawn")
    speech = builders.a_speech(congress, delegate_id=delegate.id)
    builders.an_item(builders.a_session(congress), speech_id=speech.id)
    request = builders.a_data_request(delegate.person, kind="erase")
    assert not request_services.forget(request, actor=LAN)


def test_who_declined_by_his_own_link_or_was_struck_off_a_list_is_not_named_either(
    client: FlaskClient,
) -> None:
    election = builders.an_election()
    congress = election.congress
    gone = builders.a_delegate(congress, builders.a_person(NAME, congress.unit), state="convened")
    link = state_services.make_link(gone, actor=LAN)
    assert client.post(f"/d/{link}/decline", data={"reason": "Bận"}).status_code == 302
    candidate = builders.a_candidate(election, gone.person)
    candidate_services.strike(election, candidate, "Ghi nhầm", actor=LAN)
    with transaction():
        congress.state = "closed"
    request = builders.a_data_request(gone.person, kind="erase")
    assert NAME in everything()
    assert request_services.forget(request, actor=LAN)
    assert NAME not in everything()
