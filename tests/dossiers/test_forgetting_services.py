"""Nothing about a person who asked to be deleted is left in any table, but what is listed here."""

from __future__ import annotations

from collections.abc import Set
from contextlib import suppress

import pytest
from cryptography.exceptions import InvalidTag
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from congress_app.audit import chain, chain_queries
from congress_app.audit import services as audit
from congress_app.audit.models import Entry
from congress_app.badges.models import Badge, BadgePrint
from congress_app.database import Model, db, transaction
from congress_app.delegates import state_services
from congress_app.delegates.models import Delegate
from congress_app.dossiers import holdings, person_queries, request_services, row_queries
from congress_app.elections import (
    candidate_services,
    reserve_services,
    upward_queries,
    upward_services,
)
from congress_app.scanners import feed_services, sealing
from congress_app.scanners.feed_models import BadgeKey, FeedEntry, FeedState
from tests import builders
from tests.checkin.door import a_scene
from tests.dossiers.closed import EVERYWHERE, LAN
from tests.dossiers.planting import (
    CALLED,
    LOG,
    NAME,
    Place,
    a_badge_print,
    a_person_everywhere,
    in_every_record,
    planted,
    tables_about,
)
from tests.scanners.following import Follower

# Tables of persons whom a record names, and lines that hold nothing but numbers.
RECORDED = frozenset(
    {"candidate", "committee_seat", "credential_ruling", "elected_place", "programme_item",
     "reserve_call", "transmission_line"}
)  # fmt: skip
NUMBERS = frozenset({"ballot_issue", "hall_seat", "paper_line"})
# What is left of who is in no record: the mark of the letter proves that he asked (Luật
# 91/2025/QH15: whoever processes data must be able to show it).
KEPT = {("data_request", "paper")}
# What the row of the one before him tells of that one.
OF_THE_ONE_BEFORE = ("exception_document", "exception_reason", "link_token", "note", "state_reason")
# Of who is in one, besides: by the law on archives the papers, elections and rulings of the
# congress, with the name, post, badge, presence and speech that stand in them.
KEPT_OF_RECORDS = KEPT | {
    (LOG, "delegate.replaced_by_id"),
    (LOG, "programme_item"),
    # By the name that stays: who changed it must be told.
    *(
        (CALLED, kind)
        for kind in (
            "badge",
            "candidate",
            "data_request",
            "delegate",
            "elected_place",
            "person",
            "programme_item",
            "speech",
            "delegate.replaced_by_id",
        )
    ),
    ("badge", "code"),
    ("candidate", "nominated_by"),
    ("credential_ruling", "reason"),
    ("data_request", "outcome"),
    ("data_request", "person_name"),
    ("delegate", "exception_document"),
    ("delegate", "exception_reason"),
    *(("delegate.replaced_by_id", column) for column in OF_THE_ONE_BEFORE),
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


Locks = Set[bytes]


def found(words: dict[str, Place], locks: Locks) -> set[Place]:
    """Which of the words stand anywhere in the database, or under a lock that a key opens."""
    text = everything(locks)
    return {where for word, where in words.items() if word in text}


def everything(locks: Locks = frozenset()) -> str:
    db.session.expire_all()
    stored = [
        str(value)
        for table in Model.metadata.sorted_tables
        for row in db.session.execute(select(table))
        for value in row
    ]
    return "\n".join([*stored, *(opened(one, locks | keys()) or "" for one in sealed())])


def keys() -> Locks:
    """Every key that lies in the database, or is made of what does."""
    kept = {
        *db.session.scalars(select(FeedState.index_key)),
        *db.session.scalars(select(BadgeKey.key)),
    }
    codes, salts = db.session.scalars(select(Badge.code)).all(), select(FeedState.salt)
    made = {sealing.lock_of(code, salt).key for salt in db.session.scalars(salts) for code in codes}
    return made | {sealing.read(key) for key in kept}


def sealed() -> list[FeedEntry]:
    rows = db.session.scalars(select(FeedEntry))
    return [one for one in rows if one.body and "sealed" in one.body]


def opened(entry: FeedEntry, locks: Locks) -> str | None:
    """What is written under the entry's lock; None when no key opens it."""
    for key in locks:
        with suppress(InvalidTag):
            return sealing.unseal(key, entry.key, (entry.body or {})["sealed"])
    return None


def forgotten(delegate: Delegate) -> tuple[bool, set[Place]]:
    """Plant, check that everything was planted, delete; whether all went, and what is left.

    A card under its badge's lock counts as left: whoever holds the printed badge has its key.
    """
    words = planted(person_queries.keys_about(delegate.person_id))
    feed_services.bring_up_to_date(delegate.congress_id)
    locks = keys()
    assert {one.kind for one in sealed() if opened(one, locks)} == {"badge", "index"}
    assert found(words, locks) == set(words.values())
    with transaction():
        delegate.congress.state = "closed"
    request = builders.a_data_request(delegate.person, kind="erase")
    whole = request_services.forget(request, within=EVERYWHERE, actor=LAN)
    return whole, found(words, locks)


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


def test_a_congress_opened_again_tells_devices_that_he_is_gone_and_of_all_others(
    client: FlaskClient,
) -> None:
    scene = a_scene()
    gone = builders.a_delegate(scene.congress, state="withdrawn")
    code = builders.a_badge(gone).code
    asleep = Follower(client, scene)
    asleep.follow()
    assert asleep.card(code) is not None
    with transaction():
        scene.congress.state = "closed"
    request_services.forget(
        builders.a_data_request(gone.person, kind="erase"), within=EVERYWHERE, actor=LAN
    )
    assert {one.body for one in db.session.scalars(select(FeedEntry))} == {None}
    with transaction():
        scene.congress.state = "open"
    anew = Follower(client, scene)
    anew.follow()
    asleep.follow()
    assert (asleep.card(code), asleep.roster) == (None, anew.roster)
    assert asleep.card(scene.badge.code) is not None


@pytest.mark.parametrize("kind", ["congress", "hall", "delegate"])
def test_entries_about_other_things_that_name_him_are_emptied_and_no_others(
    app: Flask, kind: str
) -> None:
    congress = builders.a_congress()
    gone = builders.a_delegate(congress, builders.a_person(NAME, congress.unit), state="declined")
    left = builders.a_delegate(congress, state="replaced", replaced_by_id=gone.id)
    subject = {"congress": congress, "hall": builders.a_hall(congress), "delegate": left}[kind]
    spared = f"X{NAME}"
    for name in (NAME, "nguoi muon duoc quen", f"Bà\n{NAME}", spared):
        audit.record("delegate.export", subject, {"note": [None, name]}, actor=LAN, name="Lan")
    typed = [{"text": "nguoi muon duoc  quen", "printing": "new"}, {"text": spared}]
    for filters in typed:
        a_badge_print(congress, filters)
    with transaction():
        congress.state = "closed"
    request = builders.a_data_request(gone.person, kind="erase")
    assert request_services.forget(request, within=EVERYWHERE, actor=LAN)
    kept = select(Entry.changes).where(Entry.action == "delegate.export")
    told = [*[{chain.PARTLY: True}] * 3, {"note": [None, spared]}]
    assert list(db.session.scalars(kept.order_by(Entry.id))) == told
    printed = select(BadgePrint.filters).order_by(BadgePrint.id)
    assert list(db.session.scalars(printed)) == [{"printing": "new"}, {"text": spared}]


def test_why_another_was_called_in_his_stead_is_told_to_him_and_goes_with_the_rest(
    app: Flask,
) -> None:
    election = builders.a_certified_election()
    sent = upward_services.send(election, actor=LAN)
    upward_services.accept(sent, convene=True, version=sent.version, actor=LAN)
    gone = db.session.scalars(select(Delegate).where(Delegate.congress_id == election.target_id))
    delegate, place = gone.all()[0], upward_queries.reserve_line(election)[0].place
    new = reserve_services.call(delegate, expected=place.id, reason="Ốm qz nặng", actor=LAN)
    with transaction():
        election.congress.state = new.congress.state = "closed"
    told = person_queries.person_rows(delegate.person_id)
    assert [row["reason"] for row in told["reserve_call"]] == ["Ốm qz nặng"]
    acts = {row["action"] for row in told[LOG] if "Ốm qz nặng" in str(row["changes"])}
    assert acts == {"delegate.replace", "election.call_reserve"}
    request_services.forget(
        builders.a_data_request(delegate.person, kind="erase"), within=EVERYWHERE, actor=LAN
    )
    assert "Ốm qz nặng" not in everything()
    kept = {row["action"] for row in person_queries.person_rows(new.person_id)[LOG]}
    assert "election.call_reserve" in kept


def test_who_speaks_in_the_programme_is_in_a_record(app: Flask) -> None:
    congress = builders.a_congress(state="closed")
    delegate = builders.a_delegate(congress, state="withdrawn")
    speech = builders.a_speech(congress, delegate_id=delegate.id)
    builders.an_item(builders.a_session(congress), speech_id=speech.id)
    request = builders.a_data_request(delegate.person, kind="erase")
    assert not request_services.forget(request, within=EVERYWHERE, actor=LAN)


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
    assert request_services.forget(request, within=EVERYWHERE, actor=LAN)
    assert NAME not in everything()
