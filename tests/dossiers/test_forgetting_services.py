"""Nothing about a person who asked to be deleted is left in any table, but what is listed here."""

from __future__ import annotations

from itertools import count
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import LargeBinary, String, func, select, update

from congress_app.audit import chain_queries
from congress_app.audit import services as audit
from congress_app.audit.models import Entry
from congress_app.badges.models import BadgePhoto, BadgePrint, BadgePrintItem
from congress_app.checkin.models import Excuse
from congress_app.congresses.models import Congress
from congress_app.database import Model, db, transaction
from congress_app.delegates.models import Delegate, DelegationHead, Person
from congress_app.dossiers import holdings, request_services, row_queries
from congress_app.elections.upward_models import ReserveCall
from congress_app.kernel import clock
from congress_app.programme.release_models import ProgrammeNotice, ProgrammeRelease
from congress_app.scanners.feed_models import BadgeKey
from tests import builders
from tests.builders.ground import store
from tests.dossiers.closed import LAN

NAME = "Người Muốn Được Quên"
# Codes of the program, fingerprints and places: no words about anybody.
CODES = frozenset(
    {
        "body", "body_hash", "category", "device_name", "direction", "door_verdict", "field",
        "first_gate", "gate", "how", "key", "kind", "locator", "post", "printed_digest", "region",
        "resolution", "role", "row", "ruling", "sex", "sha256", "slot", "source", "state", "uuid",
        "verdict",
    }
)  # fmt: skip
# Names of the staff and of members who are no delegates, words of a list.
ASIDE = frozenset(
    {
        ("committee_seat", "about"), ("committee_seat", "full_name"), ("data_request", "ground"),
        ("scan", "operator"), ("scan", "reason"), ("speech_review", "reviewer_name"),
    }
)  # fmt: skip
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
    ("programme_notice", "name"),
    ("programme_notice", "text"),
    ("scan", "raw_code"),
    ("speech", "title"),
    ("speech", "topic"),
    ("speech_file", "data"),
    ("speech_review", "note"),
}
Keys = dict[str, set[int]]


def tables_about(keys: Keys) -> list[str]:
    """The person's own tables, and every one that points at them."""
    pointing = {
        table.name
        for table in Model.metadata.sorted_tables
        for key in table.foreign_keys
        if key.column.table.name in keys
    }
    return sorted(pointing | set(keys))


def worded(table: str) -> list[Any]:
    """The columns of a table that can tell something of a person in words."""
    return [
        column
        for column in row_queries.table(table).columns
        if isinstance(column.type, String | LargeBinary)
        and column.name not in CODES
        and (table, column.name) not in ASIDE
        and column.name != "by"
        and (column.name == "nominated_by" or not column.name.endswith("_by"))
    ]


def planted(person: Person) -> dict[str, tuple[str, str]]:
    """A word of its own in every such column of every row about the person, and in the log."""
    keys = row_queries.keys_about({"person": {person.id}})
    words: dict[str, tuple[str, str]] = {}
    numbers = count(10000)
    with transaction() as session:
        for name in tables_about(keys):
            table = row_queries.table(name)
            mine = row_queries.owned_by(name, keys)
            if name in keys:
                mine = row_queries.key_of(name).in_(keys[name])
            for column in worded(name):
                word = f"qz{next(numbers)}"
                value: Any = word.encode() if isinstance(column.type, LargeBinary) else word
                done = session.execute(update(table).where(mine).values({column.name: value}))
                if done.rowcount:  # type: ignore[attr-defined]
                    words[word] = (name, column.name)
        session.expire_all()
    return words


def told(subject: Model, word: str) -> None:
    """The log says the word about the row, and calls the row by it."""
    audit.record("delegate.edit", subject, {"note": [None, word]}, actor=LAN, name=word)


def found(words: dict[str, tuple[str, str]]) -> set[tuple[str, str]]:
    """Which of the words stand anywhere in the database."""
    db.session.expire_all()
    stored = [
        str(value)
        for table in Model.metadata.sorted_tables
        for row in db.session.execute(select(table))
        for value in row
    ]
    text = "\n".join(stored)
    return {where for word, where in words.items() if word in text}


def a_person_everywhere(congress: Congress, state: str) -> Delegate:
    """With a row in every table that a person in no record can stand in."""
    person = builders.a_person(NAME, congress.unit)
    delegate = builders.a_delegate(congress, person, state=state, number=9)
    now = clock.now()
    session = builders.a_session(congress)
    badge = builders.a_badge(delegate)
    scan = builders.a_scan(session, badge)
    speech = builders.a_speech(congress, delegate_id=delegate.id)
    builders.a_ground(delegate)
    builders.a_presence(session, delegate, last_scan_id=scan.id)
    builders.a_conflict(builders.a_scan(session, badge), scan)
    builders.a_speech_file(speech)
    builders.a_speech_review(speech, 1, 5)
    builders.a_data_request(person)
    builders.a_paper_sheet(session, [delegate])
    builders.seated(builders.a_hall(congress), "A1", delegate)
    release = store(
        ProgrammeRelease(
            congress_id=congress.id, number=1, released_at=now, released_by="Lan", body={},
            changes=[],
        )
    )  # fmt: skip
    notice = ProgrammeNotice(release_id=release.id, delegate_id=delegate.id, name="x", text="x")
    run = store(
        BadgePrint(
            congress_id=congress.id, printed_at=now, printed_by="Lan", imposition="single",
            size="a6", filters={}, count=1,
        )
    )  # fmt: skip
    subjects = [
        person,
        delegate,
        badge,
        scan,
        speech,
        store(notice),
        store(Excuse(session_id=session.id, delegate_id=delegate.id, reason="ốm",
                     accepted_by="Lan", at=now)),
        builders.a_speaking_turn(session, delegate),
    ]  # fmt: skip
    store(BadgePhoto(delegate_id=delegate.id, data=b"x", updated_at=now, updated_by="Lan"))
    store(BadgePrintItem(print_id=run.id, badge_id=badge.id))
    store(BadgeKey(badge_id=badge.id, locator="l" * 32, key="k" * 64))
    store(
        DelegationHead(congress_id=congress.id, unit_id=congress.unit_id, delegate_id=delegate.id)
    )
    for subject in subjects:
        told(subject, LOGGED)
    return delegate


def in_every_record(delegate: Delegate) -> None:
    """He stood, was elected as a reserve and called, sat in a body and was ruled on."""
    congress = delegate.congress
    election = builders.a_certified_election(congress=congress)
    candidate = builders.a_candidate(election, delegate.person)
    place = builders.an_elected_place(election, candidate, position=9)
    builders.a_transmission(election, {place: delegate})
    builders.a_ruling(delegate, "invalid")
    builders.a_seat(congress, delegate)
    call = {"place_id": place.id, "state": "declined", "reason": "ốm", "at": clock.now()}
    store(ReserveCall(by="Lan", **call))
    told(candidate, LOGGED)
    told(place, LOGGED)


LOGGED = "qz-nhat-ky"


def forgotten(delegate: Delegate) -> tuple[bool, set[tuple[str, str]]]:
    """Plant, check that everything was planted, delete; whether all went, and what is left."""
    words = planted(delegate.person) | {LOGGED: ("audit_entry", "changes")}
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
    person_id = delegate.person_id
    keys = row_queries.keys_about({"person": {person_id}})
    without = RECORDED | NUMBERS | {"exemplar_person", "exemplar"}
    asked = set(tables_about({name: keys[name] for name in keys})) - without
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
