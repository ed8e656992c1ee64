"""How a job stands, and errors kept as data so that each reader gets his own language.

A job's `result` is JSON: what the work gave back, or `{"error": {...}}` with the error's
code, its sentence as template and parameters, and its details.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from os.path import splitext
from typing import Any

from congress_app.kernel.errors import DomainError
from congress_app.kernel.sentences import N_, Sentence

# A living job tells of itself every ten seconds. Only a write on SQLite holds that up, and
# the longest one of the house (10,000 delegates) is far below this.
SILENT_FOR = timedelta(seconds=60)
# A job that took its process down this often is not begun again: it is the cause.
MOST_ATTEMPTS = 3
# As wide as the column.
LONGEST_NAME = 300


class State(StrEnum):
    """Stored: waiting, running, done, failed, cancelled. Interrupted is only derived."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"
    INTERRUPTED = "interrupted"


STATE_LABELS: dict[str, str] = {
    State.WAITING: N_("Đang chờ"),
    State.RUNNING: N_("Đang chạy"),
    State.DONE: N_("Đã xong"),
    State.FAILED: N_("Không xong"),
    State.CANCELLED: N_("Đã dừng theo yêu cầu"),
    State.INTERRUPTED: N_("Bị ngắt giữa chừng"),
}

UNFORESEEN = Sentence(
    N_(
        "Hệ thống gặp lỗi khi thực hiện việc này nên đã dừng. "
        "Hãy thử lại; nếu vẫn lỗi, hãy báo người quản trị số của việc này."
    )
)

LOST = Sentence(
    N_(
        "Việc này đã bị ngắt giữa chừng {times} lần nên hệ thống không tự làm lại nữa. "
        "Hãy bấm “Làm lại”; nếu vẫn vậy, hãy báo người quản trị số của việc này."
    ),
    times=MOST_ATTEMPTS,
)

RIGHTS_LOST = Sentence(
    N_(
        "Tài khoản giao việc này đã bị khóa hoặc không còn đủ quyền nên việc không được làm. "
        "Ai có quyền hãy bắt đầu lại từ trang của nó."
    )
)

RIGHTS_LOST_SINCE = Sentence(
    N_(
        "Việc này đã bắt đầu nhưng chưa xong; từ đó tài khoản giao việc đã bị khóa hoặc không "
        "còn đủ quyền nên việc không được làm tiếp. Ai có quyền hãy mở trang của nó, xem phần "
        "đã có rồi bắt đầu lại nếu cần."
    )
)


def is_silent(heartbeat_at: datetime, now: datetime) -> bool:
    """True when whoever worked on it is gone.

    A heartbeat from the future is no sign of life either: the clock was set back since.
    """
    return abs(now - heartbeat_at) > SILENT_FOR


def state_now(
    stored: str, heartbeat_at: datetime, now: datetime, *, durable: bool = False
) -> State:
    """The state to show: unfinished work that has been silent too long was interrupted.

    Its process died (a restart, a power cut). Durable work only waits then: another process
    takes it up by itself.
    """
    state = State(stored)
    if state in (State.WAITING, State.RUNNING) and is_silent(heartbeat_at, now):
        return State.WAITING if durable else State.INTERRUPTED
    return state


def is_over(state: State) -> bool:
    """True when nothing more will happen."""
    return state in (State.DONE, State.FAILED, State.CANCELLED, State.INTERRUPTED)


def may_be_repeated(state: State, *, durable: bool) -> bool:
    """True when a person may have it done again."""
    return durable and state in (State.FAILED, State.CANCELLED)


def file_name(name: str) -> str:
    """As much of a file's name as is kept; its ending tells of what kind it is, and stays."""
    stem, ending = splitext(name)
    return stem[: LONGEST_NAME - len(ending)] + ending


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


def lost_as_data() -> dict[str, Any]:
    """What is kept of a job whose processes died again and again."""
    return {"error": {"code": "lost", "sentence": sentence_as_data(LOST), "details": []}}


def rights_lost_as_data(*, was_begun: bool) -> dict[str, Any]:
    """What is kept of a job whose owner may no longer do what he asked for."""
    sentence = sentence_as_data(RIGHTS_LOST_SINCE if was_begun else RIGHTS_LOST)
    return {"error": {"code": "rights_changed", "sentence": sentence, "details": []}}


def unforeseen_as_data() -> dict[str, Any]:
    """What is kept of an error that is no rule's; its trace stands in the server's log."""
    return {
        "error": {
            "code": "internal",
            "sentence": sentence_as_data(UNFORESEEN),
            "details": [],
        }
    }


def is_unforeseen(result: Mapping[str, Any]) -> bool:
    """True when the error is no rule's but the program's."""
    return _code(result) in ("internal", "lost")


def is_unclear(result: Mapping[str, Any]) -> bool:
    """True when the error's sentence does not know what was done before it."""
    return is_unforeseen(result) or _code(result) == "rights_changed"


def _code(result: Mapping[str, Any]) -> str | None:
    code: str | None = (result.get("error") or {}).get("code")
    return code


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
