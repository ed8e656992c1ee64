"""The programme asks who is in the hall, and warns of a speaker who is not."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask

from congress_app.checkin.hall_presence_queries import present_delegates
from congress_app.kernel import clock
from congress_app.kernel.permissions import Role
from tests.builders import (
    a_congress,
    a_delegate,
    a_person,
    a_presence,
    a_session,
    a_speech,
    an_item,
)
from tests.conftest import AsRole, FrozenClock

WARNING = "Nguyễn Thị Hoa sắp trình bày “Một cửa” nhưng chưa có mặt trong hội trường."


def test_only_those_in_a_hall_of_this_congress(app: Flask, frozen_clock: FrozenClock) -> None:
    congress, other = a_congress(), a_congress()
    session = a_session(congress)
    here, left, elsewhere = a_delegate(congress), a_delegate(congress), a_delegate(other)
    a_presence(session, here)
    a_presence(session, left, is_present=False)
    a_presence(a_session(other), elsewhere)
    assert present_delegates(congress.id) == {here.id}


def test_a_speaker_who_is_not_in_the_hall_is_told_only_during_the_day(
    app: Flask, as_role: AsRole, frozen_clock: FrozenClock
) -> None:
    congress = a_congress()
    person = a_person("Nguyễn Thị Hoa", congress.unit)
    speaker = a_delegate(congress, person, state="confirmed")
    session = a_session(congress, clock.now() + timedelta(hours=2))
    speech = a_speech(congress, "Một cửa", delegate_id=speaker.id, state="selected")
    an_item(session, kind="speech", speech_id=speech.id)
    reader = as_role(Role.SECRETARY, congress.unit)
    address = f"/congresses/{congress.id}/programme"
    assert WARNING not in reader.get(address).text
    frozen_clock.advance(hours=1, minutes=5)
    assert WARNING in reader.get(address).text
    a_presence(session, speaker)
    assert WARNING not in reader.get(address).text
