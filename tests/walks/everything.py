"""Something of every kind an address may name, for whoever walks over all addresses.

The same things stand in two units: `arguments` names those of `place`, `foreign` those of
its brother. A name may stand for different things in different chapters; then the chapter's
blueprint, or the endpoint itself, goes before it ("seats.seat_id").
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, select

from congress_app.accounts.models import User, UserGrant
from congress_app.agenda import calendar_link
from congress_app.audit.models import Entry
from congress_app.congresses.models import Congress
from congress_app.database import db, transaction
from congress_app.delegates.models import Delegate, Person
from congress_app.jobs.outcome import sentence_as_data
from congress_app.kernel import clock
from congress_app.kernel.permissions import Role
from congress_app.kernel.sentences import Sentence
from congress_app.scanners.pairing import digest
from congress_app.seating.models import HallSeat
from congress_app.units.models import Unit
from tests import builders

Arguments = dict[str, object]
# Of the planted delegate, in both units.
NAMED = "Trần Thị Trồng"


def secret_of(unit: Unit) -> str:
    """The secret of the supervisor's device planted with the unit; also opens its calls."""
    return f"secret of the device of {unit.code}"


@pytest.fixture
def place(app: Flask) -> Unit:
    """The unit whose things are walked over; it has a brother, see `elsewhere`."""
    return builders.a_unit("79", builders.the_root())


@pytest.fixture
def elsewhere(place: Unit) -> Unit:
    """A unit beside it."""
    return builders.a_unit("01", builders.the_root())


@pytest.fixture
def arguments(place: Unit) -> Arguments:
    """Something that exists for every kind of argument an address may have."""
    return without_log(planted(place, builders.a_congress(place), 1))


@pytest.fixture
def foreign(arguments: Arguments, elsewhere: Unit) -> Arguments:
    """The same of the unit beside it; what is counted within a congress has number 7 there."""
    return without_log(planted(elsewhere, builders.a_congress(elsewhere), 7))


def without_log(known: Arguments) -> Arguments:
    """What the walk itself writes is counted from here."""
    with transaction() as writing:
        writing.execute(delete(Entry))
    return known


def planted(unit: Unit, congress: Congress, number: int) -> Arguments:
    """One row for every kind of id, all of the unit or its congress."""
    person = builders.a_person(NAMED, unit)
    delegate = builders.a_delegate(congress, person, link_token=unit.code.rjust(32, "t"))
    known: Arguments = {"unit_id": unit.id, "congress_id": congress.id, "number": number}
    known |= the_delegates(delegate) | the_programme(congress, delegate, number)
    known |= the_elections(congress, delegate, number) | the_papers(congress)
    user = builders.a_user(Role.VIEWER, unit)
    return known | the_units(unit, person) | the_accounts(user) | the_jobs(congress, user)


def the_delegates(delegate: Delegate) -> Arguments:
    """What hangs on a delegate and on the person behind it."""
    return {
        "delegate_id": delegate.id,
        "person_id": delegate.person_id,
        "calendar_token": calendar_link.secret_of(str(delegate.link_token)),
        "token": delegate.link_token,
        "ground_id": builders.a_ground(delegate).id,
        "request_id": builders.a_data_request(delegate.person).id,
        "seat_id": builders.a_seat(delegate.congress).id,
    }


def the_programme(congress: Congress, delegate: Delegate, number: int) -> Arguments:
    """The day, its door and its speeches."""
    session = builders.a_session(congress)
    item = builders.an_item(session)
    # Chosen: until then its files want a second right.
    speech = builders.a_speech(congress, state="selected")
    builders.a_speech_file(speech, "slides")
    release = builders.a_release(congress)
    hall = builders.a_hall(congress)
    with transaction():
        release.number = number
    device = a_supervisor_s_device(congress)
    scan = builders.a_scan(session, builders.a_badge(delegate), device_id=device.id)
    builders.a_badge_photo(delegate)
    return {
        "session_id": session.id,
        "item_id": item.id,
        "speech_id": speech.id,
        "run_id": builders.a_speech_run(congress).id,
        "notice_id": builders.a_notice(release).id,
        "turn_id": builders.a_speaking_turn(session, delegate).id,
        "hall_id": hall.id,
        "seats.seat_id": db.session.scalar(select(HallSeat.id).where(HallSeat.hall_id == hall.id)),
        "hall_token": builders.a_hall_link(congress).token,
        "device_id": device.id,
        "scan_id": scan.id,
        "uuid": scan.uuid,
        "conflict_id": builders.a_conflict(scan).id,
        "batch": builders.a_paper_sheet(session, [delegate], batch=number).batch,
    }


def a_supervisor_s_device(congress: Congress) -> Any:
    """A device whose PIN was just given."""
    hashed = digest(secret_of(congress.unit))
    return builders.a_device(
        congress,
        profile="supervisor",
        token_hash=hashed,
        supervisor_hash=hashed,
        supervisor_name="Trần Văn Giám",
        supervisor_until=clock.now() + timedelta(days=1),
    )


def the_elections(congress: Congress, delegate: Delegate, number: int) -> Arguments:
    """An election with its round, its list on the way up; the credentials; the quota."""
    election = builders.an_election(congress)
    candidate = builders.a_candidate(election, delegate.person)
    round_ = builders.a_round(election, number=number)
    seat = builders.an_elected_place(election, candidate)
    builders.a_credential_report(congress, number=number)
    builders.an_allocation(congress, {congress.unit: 3}, number=number)
    return {
        "election_id": election.id,
        "candidate_id": candidate.id,
        "place_id": seat.id,
        "sheet_id": builders.a_count_sheet(round_).id,
        "transmission_id": builders.a_transmission(election, {seat: delegate}).id,
    }


def the_papers(congress: Congress) -> Arguments:
    """Papers, files made of them, the archive."""
    return {
        "paper_id": builders.a_released_paper(congress).id,
        "document_id": builders.a_document(congress).id,
        "papers.make_zip.document_id": builders.a_document(congress, "invitation").id,
        "paper_kind": "working_regulations",
        "file_key": builders.a_document_file(congress).key,
        "dossier_id": builders.a_dossier(congress).id,
    }


def the_units(unit: Unit, person: Person) -> Arguments:
    """What belongs to the unit itself: its exemplars, movements, rules."""
    exemplar = builders.an_exemplar(unit=unit, photo_consent="Bản đồng ý")
    builders.an_exemplar_file(exemplar, kind="jpg", data=b"a portrait", is_portrait=True)
    builders.a_link(exemplar, person)
    cluster = builders.a_cluster()
    with transaction():
        unit.cluster_id = cluster.id
    return {
        "exemplar_id": exemplar.id,
        "award_id": builders.an_award(exemplar, "Bằng khen", None, 2022).id,
        "award_code": "order",
        "purpose": "story",
        "file_id": builders.an_exemplar_file(exemplar).id,
        "nomination_id": builders.a_nomination(exemplar).id,
        "criteria_id": builders.a_criteria_set(unit).id,
        "movement_id": builders.a_movement(unit).id,
        "quarter": "2020-1",
        "cluster_id": cluster.id,
        "key": builders.a_stored_rulebook(unit).key,
    }


def the_accounts(user: User) -> Arguments:
    """An account and the machines it is signed in on."""
    grant = db.session.scalar(select(UserGrant.id).where(UserGrant.user_id == user.id))
    return {
        "user_id": user.id,
        "grant_id": grant,
        "accounts.session_id": builders.a_sign_in_session(user).id,
        "accounts.end_session.session_id": builders.a_sign_in_session(user).id,
    }


def the_jobs(congress: Congress, owner: User) -> Arguments:
    """Work done for somebody: a file made, and three sheets that were refused."""
    why = sentence_as_data(Sentence("Tệp trống."))
    key = builders.an_upload(owner.id).key
    read = {"result": {"key": key, "filename": "a.xlsx", "refused": why}}
    imported = builders.a_job("delegate_import", owner.id, **read)
    with transaction():
        imported.back_to = f"/congresses/{congress.id}/delegates/import/{imported.id}"
    return {
        "job_id": builders.a_job("test", owner.id, b"%PDF-1.4").id,
        "delegate_sheets.job_id": imported.id,
        "exemplar_sheets.job_id": builders.a_job("exemplar_import", owner.id, **read).id,
        "unit_sheets.job_id": builders.a_job("unit_import", owner.id, **read).id,
    }
