"""The life of a speech."""

from __future__ import annotations

import pytest

from congress_app.programme.speech_states import (
    CHOSEN,
    OPEN,
    SPEECH_STATES,
    UNITS_OWN,
    decisions,
    may_become,
)


def test_every_state_of_a_step_has_words() -> None:
    reached = {each for state in SPEECH_STATES for each in SPEECH_STATES if may_become(state, each)}
    assert reached == set(SPEECH_STATES)
    assert {*CHOSEN, *OPEN, *UNITS_OWN} <= set(SPEECH_STATES)


@pytest.mark.parametrize(
    ("state", "following", "lawful"),
    [
        ("submitted", "in_review", True),
        ("in_review", "selected", True),
        ("selected", "scheduled", True),
        ("scheduled", "delivered", True),
        ("submitted", "delivered", False),
        ("delivered", "withdrawn", False),
        ("withdrawn", "selected", False),
        ("selected", "selected", False),
        ("nothing", "selected", False),
    ],
)
def test_steps(state: str, following: str, lawful: bool) -> None:
    assert may_become(state, following) is lawful


def test_nobody_schedules_by_hand() -> None:
    assert all("scheduled" not in decisions(state) for state in SPEECH_STATES)
