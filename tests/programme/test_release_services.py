"""Releasing on a real database: what is out stays as it was."""

from __future__ import annotations

from threading import Barrier, Thread

import pytest
from flask import Flask

from congress_app.congresses.models import Congress
from congress_app.congresses.queries import congress_by_id
from congress_app.database import db, transaction
from congress_app.kernel.errors import Conflict, DomainError, RuleViolation
from congress_app.kernel.permissions import system_actor
from congress_app.programme import release_queries, release_services
from congress_app.programme.models import Item
from tests.builders import (
    a_congress,
    a_delegate,
    a_person,
    a_release,
    a_session,
    a_speech,
    an_item,
)
from tests.conftest import CountQueries, FrozenClock

ACTOR = system_actor()


@pytest.fixture
def congress(app: Flask, frozen_clock: FrozenClock) -> Congress:
    return a_congress()


def retitle(item: Item, **columns: object) -> None:
    with transaction():
        for name, value in columns.items():
            setattr(item, name, value)


def test_until_the_first_release_nothing_is_seen(congress: Congress) -> None:
    an_item(a_session(congress))
    assert release_queries.released(congress.id) is None
    assert release_queries.released_number(congress.id) == 0


def test_what_is_released_stays_while_the_draft_goes_on(congress: Congress) -> None:
    item = an_item(a_session(congress), "Khai mạc")
    a_release(congress, note="Bản đầu")
    retitle(item, title="Đang sửa")
    seen = release_queries.released(congress.id)
    assert seen is not None
    assert [each.title for each in seen.items().values()] == ["Khai mạc"]
    assert (seen.number, seen.note, seen.released_at) == (1, "Bản đầu", seen.released_at)
    a_release(congress)
    newer = release_queries.released(congress.id)
    assert newer is not None
    assert [(each.title, each.changed_in) for each in newer.items().values()] == [("Đang sửa", 2)]


def test_no_script_and_no_phone_number_is_in_a_release(congress: Congress) -> None:
    speaker = a_delegate(congress, person=a_person(phone="0912345678"))
    speech = a_speech(congress, delegate_id=speaker.id, state="selected")
    an_item(a_session(congress), script="Kính mời nguyên thủ", speech_id=speech.id)
    stored = str(a_release(congress).body)
    assert "Kính mời" not in stored
    assert "0912345678" not in stored


def test_the_cancelled_speaker_is_told(congress: Congress) -> None:
    session = a_session(congress)
    speaker = a_delegate(congress, person=a_person(full_name="Nguyễn Thị Hoa"))
    speech = a_speech(congress, "Một cửa", delegate_id=speaker.id, state="selected")
    an_item(session, "Khai mạc")
    item = an_item(session, kind="speech", speech_id=speech.id)
    a_release(congress)
    with transaction():
        db.session.delete(item)
    row = a_release(congress)
    assert [(notice.delegate_id, notice.name) for notice in row.notices] == [
        (speaker.id, "Nguyễn Thị Hoa")
    ]
    assert "“Một cửa” (08:10–08:20, 15/06/2020) không còn trong chương trình." in (
        row.notices[0].text
    )
    told = release_queries.notices_for(speaker.id)
    assert [notice.release.number for notice in told] == [2, 1]
    seen = release_queries.released(congress.id)
    assert seen is not None
    assert [(each.id, each.changed_in) for each in seen.removed] == [(item.id, 2)]


def test_nothing_new_is_not_released(congress: Congress) -> None:
    an_item(a_session(congress))
    a_release(congress)
    with pytest.raises(RuleViolation) as raised:
        a_release(congress)
    assert raised.value.code == "nothing_new"


def test_an_empty_programme_is_not_released(congress: Congress) -> None:
    a_session(congress)
    with pytest.raises(RuleViolation) as raised:
        a_release(congress)
    assert raised.value.code == "nothing_to_release"


def test_a_draft_that_went_on_is_looked_at_again(congress: Congress) -> None:
    item = an_item(a_session(congress))
    seen = release_queries.draft_of(congress.id).fingerprint
    retitle(item, minutes=25)
    with pytest.raises(Conflict) as raised:
        release_services.release(congress, actor=ACTOR, seen=seen)
    assert raised.value.code == "changed_meanwhile"
    assert release_queries.released(congress.id) is None


def test_the_first_to_tell_stays_on_record(congress: Congress) -> None:
    an_item(a_session(congress), presenter="Chủ tịch")
    [notice] = a_release(congress).notices
    release_services.tell(congress, notice, actor=ACTOR)
    first = notice.told_at
    release_services.tell(congress, notice, actor=ACTOR)
    assert first is not None
    assert notice.told_at == first


def test_two_who_release_at_once_make_one_release(app: Flask, congress: Congress) -> None:
    an_item(a_session(congress))
    congress_id, gate, codes = congress.id, Barrier(2), []
    seen = release_queries.draft_of(congress_id).fingerprint
    db.session.rollback()

    def press() -> None:
        with app.app_context():
            mine = congress_by_id(congress_id)
            assert mine is not None
            gate.wait()
            try:
                release_services.release(mine, seen=seen, actor=ACTOR)
                codes.append("released")
            except DomainError as error:
                codes.append(error.code)

    threads = [Thread(target=press) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(codes) == ["nothing_new", "released"]
    assert release_queries.released_number(congress_id) == 1


def test_reading_the_release_is_one_query(congress: Congress, count_queries: CountQueries) -> None:
    session = a_session(congress)
    for number in range(12):
        an_item(session, f"Mục {number}")
    a_release(congress)
    congress_id = congress.id
    with count_queries() as seen:
        release_queries.released(congress_id)
    assert len(seen) == 1
