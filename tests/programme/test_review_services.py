"""What the log keeps of marks, and what of them is refused."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from congress_app.audit.models import Entry
from congress_app.congresses.models import Congress
from congress_app.database import db
from congress_app.kernel.errors import RuleViolation
from congress_app.kernel.permissions import Actor, Grant, Role
from congress_app.programme import review_services, speech_queries, speech_services
from congress_app.programme.models import Speech
from congress_app.programme.review import SHEET
from tests.builders import a_congress, a_speech
from tests.conftest import FrozenClock

ALL = {each.code: 8 for each in SHEET.criteria}
HALF = {"typical": 8}


@pytest.fixture
def congress(app: Flask, frozen_clock: FrozenClock) -> Congress:
    return a_congress()


def save(congress: Congress, speech: Speech, marks: dict[str, int]) -> None:
    """Mark the speech as it stands now, as reviewer 5."""
    reviewer = Actor("user", 5, "lan", "Lan", (Grant(Role.SECRETARY, congress.unit.path),))
    stored = speech_queries.review_by(speech, 5)
    version = stored.version if stored else 0
    review_services.mark(congress, speech, marks, None, version, actor=reviewer)


def log(action: str = "speech.review") -> list[dict[str, object]]:
    entries = select(Entry.changes).where(Entry.action == action).order_by(Entry.id)
    return list(db.session.scalars(entries))


def words(typical: int | str, others: int | str) -> str:
    titles = [each.title for each in SHEET.criteria]
    return "; ".join(
        f"{title}: {mark}" for title, mark in zip(titles, [typical, *[others] * 3], strict=True)
    )


def test_a_review_without_a_mark_is_refused(congress: Congress) -> None:
    speech = a_speech(congress)
    with pytest.raises(RuleViolation) as caught:
        save(congress, speech, {})
    assert (caught.value.code, speech.state, log()) == ("no_marks", "submitted", [])


def test_marks_stay_out_of_the_log_until_others_are_open_to_the_reviewer(
    congress: Congress,
) -> None:
    speech = a_speech(congress)
    for marks in (HALF, {"typical": 2}, ALL, ALL):
        save(congress, speech, marks)
    assert log() == [{"count": 1}, {"count": 1}, {"count": 4}, {"count": 4}]
    assert speech_queries.changed_after_seeing(congress.id) == set()
    # One mark taken back shuts the overview again, but he has seen it.
    save(congress, speech, HALF)
    save(congress, speech, ALL | {"typical": 1})
    assert log()[4:] == [
        {"count": 1, "marks": [words(8, 8), words(8, "–")]},
        {"count": 4, "marks": [words(8, "–"), words(1, 8)]},
    ]
    assert speech_queries.changed_after_seeing(congress.id) == {(speech.id, 5)}
    assert speech_queries.changed_after_seeing(a_congress().id) == set()


def test_a_decision_taken_back_has_shown_the_marks(congress: Congress) -> None:
    speech = a_speech(congress)
    save(congress, speech, HALF)
    above = Actor("user", 9, "ha", "Hà", (Grant(Role.SECRETARY, congress.unit.path),))
    for state in ("declined", "in_review"):
        speech_services.decide(congress, speech, state, seen=speech.version, actor=above)
    assert log("speech.decide") == [
        {"state": ["in_review", "declined"]},
        {"state": ["declined", "in_review"]},
    ]
    save(congress, speech, {"typical": 3})
    assert log()[-1] == {"count": 1, "marks": [words(8, "–"), words(3, "–")]}
