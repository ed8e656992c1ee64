"""The register of speeches on a real database."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask

from congress_app.congresses.models import Congress
from congress_app.database import db
from congress_app.kernel import clock
from congress_app.kernel.errors import Forbidden, RuleViolation, Stale
from congress_app.kernel.permissions import Actor, Grant, Role, system_actor
from congress_app.programme import review_services, speech_queries
from congress_app.programme import speech_services as services
from congress_app.programme.facts import SpeechFacts
from congress_app.programme.models import Item, Speech
from congress_app.programme.speech_models import SpeechFile
from congress_app.units.models import Unit
from tests.builders import (
    a_congress,
    a_delegate,
    a_session,
    a_speech,
    a_speech_review,
    a_unit,
    an_item,
)
from tests.conftest import FrozenClock

ACTOR = system_actor()


@pytest.fixture
def congress(app: Flask, frozen_clock: FrozenClock) -> Congress:
    return a_congress()


@pytest.fixture
def district(congress: Congress) -> Unit:
    return a_unit("7901", congress.unit)


def actor(role: Role, unit: Unit, number: int = 7) -> Actor:
    return Actor("user", number, "u", "Người dùng", (Grant(role, unit.path),))


def facts(unit: Unit | None, delegate_id: int | None = None, title: str = "Một cửa") -> SpeechFacts:
    return SpeechFacts(title, unit.id if unit else None, delegate_id, "individual", None, 10)


def submit(congress: Congress, unit: Unit, who: Actor, title: str = "Một cửa") -> Speech:
    return services.submit(congress, facts(unit, title=title), within=(unit.path,), actor=who)


def code_of(raised: pytest.ExceptionInfo[RuleViolation]) -> str:
    return raised.value.code


def test_a_registrar_offers_for_his_own_unit_only(congress: Congress, district: Unit) -> None:
    registrar = actor(Role.REGISTRAR, district)
    speech = submit(congress, district, registrar)
    assert (speech.state, speech.submitted_by) == ("submitted", "Người dùng")
    other = a_unit("7902", congress.unit)
    for unit in (other, None):
        with pytest.raises(Forbidden) as raised:
            services.submit(congress, facts(unit), within=(district.path,), actor=registrar)
        assert raised.value.code == "foreign_unit"


def test_the_deadline_binds_units_and_not_the_secretary(congress: Congress, district: Unit) -> None:
    registrar = actor(Role.REGISTRAR, district)
    speech = submit(congress, district, registrar)
    services.set_call(congress, clock.now() - timedelta(minutes=1), 20, 0, actor=ACTOR)
    with pytest.raises(RuleViolation) as raised:
        submit(congress, district, registrar)
    assert code_of(raised) == "call_closed"
    with pytest.raises(RuleViolation) as raised:
        services.edit(
            congress,
            speech,
            facts(district),
            speech.version,
            within=(district.path,),
            actor=registrar,
        )
    assert code_of(raised) == "call_closed"
    assert submit(congress, district, actor(Role.SECRETARY, congress.unit)).id > speech.id


def test_once_under_review_the_unit_no_longer_edits(congress: Congress, district: Unit) -> None:
    registrar = actor(Role.REGISTRAR, district)
    speech = a_speech(congress, unit_id=district.id, state="in_review")
    with pytest.raises(RuleViolation) as raised:
        services.check_may_change(congress, speech, within=(district.path,), actor=registrar)
    assert code_of(raised) == "speech_not_open"


def test_the_call_is_set_by_one_at_a_time(congress: Congress) -> None:
    services.set_call(congress, None, 15, 0, actor=ACTOR)
    with pytest.raises(Stale):
        services.set_call(congress, None, 30, 0, actor=ACTOR)
    assert speech_queries.spread_of(congress.id) == 15


def test_two_who_edit_one_speech_see_both_values(congress: Congress) -> None:
    speech = a_speech(congress, "Cũ")
    version = speech.version
    within = (congress.unit.path,)
    services.edit(congress, speech, facts(None, title="Mới"), version, within=within, actor=ACTOR)
    with pytest.raises(Stale) as raised:
        services.edit(
            congress, speech, facts(None, title="Khác"), version, within=within, actor=ACTOR
        )
    assert [str(each) for each in raised.value.details] == [
        "Tên tham luận: đang lưu “Mới”, bạn nhập “Khác”."
    ]


def test_a_speaker_must_be_of_the_congress(congress: Congress) -> None:
    stranger = a_delegate()
    with pytest.raises(RuleViolation) as raised:
        services.submit(congress, facts(None, stranger.id), within=(), actor=ACTOR)
    assert code_of(raised) == "foreign_speaker"


def test_a_speech_no_longer_chosen_leaves_the_programme(congress: Congress) -> None:
    speech = a_speech(congress, state="selected")
    item = an_item(a_session(congress), kind="speech", speech_id=speech.id)
    services.decide(congress, speech, "declined", seen=speech.version, actor=ACTOR)
    db.session.expire_all()
    assert db.session.get(Item, item.id).speech_id is None


def test_a_step_that_is_none_is_refused(congress: Congress) -> None:
    speech = a_speech(congress, state="withdrawn")
    with pytest.raises(RuleViolation) as raised:
        services.decide(congress, speech, "selected", seen=speech.version, actor=ACTOR)
    assert code_of(raised) == "speech_state"
    assert speech.state == "withdrawn"


def test_a_newer_file_takes_the_place_of_the_older(congress: Congress) -> None:
    speech = a_speech(congress)
    for data in (b"%PDF-1.4 first", b"%PDF-1.7 second"):
        services.store_file(
            congress, speech, "text", data, within=(congress.unit.path,), actor=ACTOR
        )
    [file] = db.session.query(SpeechFile).all()
    assert (file.kind, file.data, file.size) == ("pdf", b"%PDF-1.7 second", 15)


def test_the_register_shows_what_is_within(congress: Congress, district: Unit) -> None:
    mine = a_speech(congress, unit_id=district.id)
    a_speech(congress, unit_id=congress.unit_id)
    assert [each.id for each in speech_queries.register(congress, (district.path,))] == [mine.id]
    assert len(speech_queries.register(congress, (congress.unit.path,))) == 2
    assert speech_queries.speech_within(congress, mine.id, (district.path,)) == mine
    assert speech_queries.speech_within(a_congress(), mine.id, (district.path,)) is None


def test_a_review_is_saved_once_and_brings_the_speech_under_review(
    congress: Congress, district: Unit
) -> None:
    speech = a_speech(congress, unit_id=district.id)
    reviewer = actor(Role.SECRETARY, congress.unit)
    review = review_services.mark(congress, speech, {"typical": 0}, None, 0, actor=reviewer)
    assert (review.marks, speech.state) == ({"typical": 0}, "in_review")
    with pytest.raises(Stale):
        review_services.mark(congress, speech, {"typical": 9}, None, 0, actor=reviewer)
    again = review_services.mark(
        congress, speech, {"typical": 9}, "Tốt", review.version, actor=reviewer
    )
    assert (again.id, again.marks) == (review.id, {"typical": 9})


def test_nobody_marks_his_own_unit_or_what_is_decided(congress: Congress, district: Unit) -> None:
    own = a_speech(congress, unit_id=district.id)
    with pytest.raises(Forbidden) as raised:
        review_services.mark(
            congress, own, {"typical": 9}, None, 0, actor=actor(Role.SECRETARY, district)
        )
    assert raised.value.code == "own_unit"
    chosen = a_speech(congress, state="selected")
    with pytest.raises(RuleViolation) as refused:
        review_services.mark(
            congress, chosen, {"typical": 9}, None, 0, actor=actor(Role.SECRETARY, congress.unit)
        )
    assert code_of(refused) == "not_in_review"


def test_whose_unit_is_own(congress: Congress, district: Unit) -> None:
    office = a_unit("790101", district, kind="phong")
    below = a_speech(congress, unit_id=office.id)
    top = a_speech(congress, unit_id=congress.unit_id)
    of_district, of_congress = (
        actor(Role.SECRETARY, district),
        actor(Role.SECRETARY, congress.unit),
    )
    assert speech_queries.is_own(congress, of_district, below)
    assert not speech_queries.is_own(congress, of_congress, below)
    assert speech_queries.is_own(congress, of_congress, top)
    assert not speech_queries.is_own(congress, of_district, a_speech(congress))


def test_scores_come_from_all_reviews_of_the_congress(congress: Congress) -> None:
    one, two = a_speech(congress), a_speech(congress)
    for speech, reviewer, mark in ((one, 1, 6), (one, 2, 8), (two, 1, 5), (two, 2, 7)):
        a_speech_review(speech, reviewer, mark)
    a_speech_review(a_speech(a_congress()), 1, 10)
    sheet = speech_queries.sheet_of(congress.id)
    scores = speech_queries.scores_of(speech_queries.reviews_of(congress.id), sheet)
    assert {key: score.score for key, score in scores.items()} == {one.id: 70, two.id: 60}
