"""How a job stands, and errors kept as data so that each reader gets his own language.

A job's `result` is JSON: what the work gave back, or `{"error": {...}}` with the error's
code, its sentence as template and parameters, and its details.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from congress_app.kernel.errors import DomainError
from congress_app.kernel.sentences import N_, Sentence

# A living job tells of itself every half second, save while it writes. The longest write
# of the house (10,000 delegates) is far below this.
SILENT_FOR = timedelta(seconds=60)


class State(StrEnum):
    """Stored: waiting, running, done, failed. Interrupted is only ever derived."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    INTERRUPTED = "interrupted"


STATE_LABELS: dict[str, str] = {
    State.WAITING: N_("Đang chờ"),
    State.RUNNING: N_("Đang chạy"),
    State.DONE: N_("Đã xong"),
    State.FAILED: N_("Không xong"),
    State.INTERRUPTED: N_("Bị ngắt giữa chừng"),
}

UNFORESEEN = Sentence(
    N_(
        "Hệ thống gặp lỗi khi thực hiện việc này nên đã dừng. "
        "Hãy thử lại; nếu vẫn lỗi, hãy báo người quản trị số của việc này."
    )
)


def state_now(stored: str, heartbeat_at: datetime, now: datetime) -> State:
    """The state to show: unfinished work that has been silent too long was interrupted.

    Its process died (a restart, a power cut); it can still be that a long write is under
    way, then it turns to done by itself.
    """
    state = State(stored)
    if state in (State.WAITING, State.RUNNING) and now - heartbeat_at > SILENT_FOR:
        return State.INTERRUPTED
    return state


def is_over(state: State) -> bool:
    """True when nothing more will happen."""
    return state in (State.DONE, State.FAILED, State.INTERRUPTED)


def error_as_data(error: DomainError) -> dict[str, Any]:
    """The error as JSON; `error_sentence` and `error_details` read it back."""
    details = [
        sentence_as_data(d) if isinstance(d, Sentence) else d if isinstance(d, str) else dict(d)
        for d in error.details
    ]
    return {
        "error": {
            "code": error.code,
            "sentence": sentence_as_data(error.sentence),
            "details": details,
        }
    }


def unforeseen_as_data() -> dict[str, Any]:
    """What is kept of an error that is no rule's; its trace stands in the server's log."""
    return {
        "error": {
            "code": "internal",
            "sentence": sentence_as_data(UNFORESEEN),
            "details": [],
        }
    }


def error_sentence(result: Mapping[str, Any]) -> Sentence | None:
    """The sentence of a failed job's result; None when it holds no error."""
    error = result.get("error")
    return sentence_from_data(error["sentence"]) if error else None


def error_details(result: Mapping[str, Any]) -> list[Sentence | str | dict[str, object]]:
    """The details of a failed job's result, sentences readable again."""
    details = (result.get("error") or {}).get("details", [])
    return [
        sentence_from_data(d) if isinstance(d, dict) and "template" in d else d for d in details
    ]


def sentence_as_data(sentence: Sentence) -> dict[str, Any]:
    """The sentence as JSON, for results that are read later and in another language."""
    params = {
        name: sentence_as_data(value)
        if isinstance(value, Sentence)
        else value
        if isinstance(value, (str, int, float, bool)) or value is None
        else str(value)
        for name, value in sentence.params.items()
    }
    return {"template": sentence.template, "params": params}


def sentence_from_data(data: Mapping[str, Any]) -> Sentence:
    """Read what `sentence_as_data` wrote."""
    params = {
        name: sentence_from_data(value) if isinstance(value, dict) else value
        for name, value in data["params"].items()
    }
    return Sentence(data["template"], **params)
