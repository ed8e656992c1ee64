"""Rows of the register of speeches: reviews, files and runs of the selection."""

from __future__ import annotations

from typing import Any

from congress_app.congresses.models import Congress
from congress_app.kernel import clock
from congress_app.programme.models import Speech
from congress_app.programme.review import SHEET
from congress_app.programme.speech_models import SpeechFile, SpeechReview, SpeechRun
from tests.builders.ground import store


def a_speech_review(speech: Speech, reviewer_id: int, mark: int, **columns: Any) -> SpeechReview:
    """A review with the same mark for every criterion."""
    defaults = {
        "reviewer_name": f"Người chấm {reviewer_id}",
        "marks": {criterion.code: mark for criterion in SHEET.criteria},
        "saved_at": clock.now(),
    }
    return store(SpeechReview(speech_id=speech.id, reviewer_id=reviewer_id, **(defaults | columns)))


def a_speech_file(speech: Speech, slot: str = "text", data: bytes = b"%PDF-1.7") -> SpeechFile:
    """A little PDF."""
    return store(
        SpeechFile(
            speech_id=speech.id,
            slot=slot,
            kind="pdf",
            size=len(data),
            sha256="0" * 64,
            stored_at=clock.now(),
            stored_by="test",
            data=data,
        )
    )


def a_speech_run(congress: Congress, **columns: Any) -> SpeechRun:
    """A run of the selection over nothing, without an answer yet."""
    defaults = {
        "asked_at": clock.now(),
        "asked_by": "test",
        "engine": "test",
        "problem": {
            "budget_minutes": 20,
            "changeover_minutes": 0,
            "max_per_unit": 1,
            "min_share": {"women": 0, "individual": 0},
            "min": {},
            "max": {},
            "topic_penalty": 0,
            "locked_in": [],
            "locked_out": [],
            "speeches": [],
        },
    }
    return store(SpeechRun(congress_id=congress.id, **(defaults | columns)))
