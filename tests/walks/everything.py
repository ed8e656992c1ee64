"""Something of every kind an address may name, for whoever walks over all addresses."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import delete

from congress_app.audit.models import Entry
from congress_app.database import transaction
from congress_app.kernel.permissions import Role
from congress_app.units.models import Unit
from tests import builders


@pytest.fixture
def place(app: Flask) -> Unit:
    """The unit whose things are walked over; it has a brother, see `elsewhere`."""
    return builders.a_unit("79", builders.the_root())


@pytest.fixture
def elsewhere(place: Unit) -> Unit:
    """A unit beside it."""
    return builders.a_unit("01", builders.the_root())


@pytest.fixture
def arguments(place: Unit) -> dict[str, object]:
    """Something that exists for every kind of argument an address may have."""
    congress = builders.a_congress(place)
    delegate = builders.a_delegate(congress, builders.a_person(unit=place), link_token="t" * 32)
    session = builders.a_session(congress)
    election = builders.an_election(congress)
    candidate = builders.a_candidate(election, delegate.person)
    builders.a_round(election)
    seat = builders.an_elected_place(election, candidate)
    scan = builders.a_scan(session, builders.a_badge(delegate))
    builders.a_credential_report(congress)
    speech = builders.a_speech(congress)
    builders.a_speech_file(speech, "slides")
    item = builders.an_item(session)
    builders.a_release(congress)
    exemplar = builders.an_exemplar(unit=place, photo_consent="Bản đồng ý")
    builders.an_exemplar_file(exemplar, kind="jpg", data=b"a portrait", is_portrait=True)
    known = {
        "exemplar_id": exemplar.id,
        "award_code": "order",
        "criteria_id": builders.a_criteria_set(exemplar.unit).id,
        "file_id": builders.an_exemplar_file(exemplar).id,
        "purpose": "story",
        "movement_id": builders.a_movement(place).id,
        "quarter": "2020-1",
        "hall_id": builders.a_hall(congress).id,
        "nomination_id": builders.a_nomination(exemplar).id,
        "paper_id": builders.a_released_paper(congress).id,
        "batch": builders.a_paper_sheet(session, [delegate]).batch,
        "hall_token": builders.a_hall_link(congress).token,
        "conflict_id": builders.a_conflict(scan).id,
        "candidate_id": candidate.id,
        "congress_id": congress.id,
        "delegate_id": delegate.id,
        "election_id": election.id,
        "device_id": builders.a_device(congress).id,
        "document_id": builders.a_document(congress).id,
        "dossier_id": builders.a_dossier(congress).id,
        "person_id": delegate.person_id,
        "request_id": builders.a_data_request(delegate.person).id,
        "item_id": item.id,
        "number": builders.an_allocation(congress, {place: 3}).number,
        "place_id": seat.id,
        "scan_id": scan.id,
        "season_id": congress.season_id,
        "seat_id": builders.a_seat(congress).id,
        "session_id": session.id,
        "run_id": builders.a_speech_run(congress).id,
        "speech_id": speech.id,
        "token": delegate.link_token,
        "turn_id": builders.a_speaking_turn(session, delegate).id,
        "transmission_id": builders.a_transmission(election, {seat: delegate}).id,
        "unit_id": place.id,
        "user_id": builders.a_user(Role.VIEWER, place).id,
    }
    # What the walk itself writes is counted from here.
    with transaction() as writing:
        writing.execute(delete(Entry))
    return known
