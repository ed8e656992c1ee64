"""Rows of the day as it runs: acts on items, requests for the floor."""

from __future__ import annotations

from typing import Any

from congress_app.checkin.speaking_models import SpeakingTurn
from congress_app.delegates.models import Delegate
from congress_app.kernel import clock
from congress_app.programme.day_models import DayAct
from congress_app.programme.models import Item, Session
from tests.builders.ground import store


def a_day_act(item: Item, kind: str = "start", **columns: Any) -> DayAct:
    """An act on an item, done now."""
    defaults = {
        "congress_id": item.session.congress_id,
        "title": item.title,
        "at": clock.now(),
        "by": "test",
    }
    return store(DayAct(item_id=item.id, kind=kind, **(defaults | columns)))


def a_speaking_turn(session: Session, delegate: Delegate, **columns: Any) -> SpeakingTurn:
    """The delegate waits for the floor."""
    defaults = {"queue": 1, "asked_at": clock.now(), "entered_by": "test"}
    return store(
        SpeakingTurn(session_id=session.id, delegate_id=delegate.id, **(defaults | columns))
    )
