"""A delegate with a released programme, and a speech of his own in it."""

from __future__ import annotations

import pytest
from flask import Flask

from congress_app.delegates.models import Delegate
from tests.builders import (
    a_congress,
    a_delegate,
    a_person,
    a_release,
    a_session,
    a_speech,
    an_item,
)
from tests.conftest import FrozenClock


@pytest.fixture
def delegate(app: Flask, frozen_clock: FrozenClock) -> Delegate:
    congress = a_congress()
    delegate = a_delegate(congress, a_person("Lê Ý", phone="0912345678"), state="convened")
    session = a_session(congress)
    an_item(session, "Chào cờ")
    speech = a_speech(congress, "Một cửa", delegate_id=delegate.id, state="selected")
    an_item(session, "Tham luận", kind="speech", speech_id=speech.id)
    a_release(congress)
    return delegate
