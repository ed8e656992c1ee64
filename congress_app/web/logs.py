"""What the server writes down of a request: enough to find it, nothing about a person.

Every request has a number, taken over from the proxy or made here and sent back as
X-Request-ID. A line tells the rule of the route and not the path, because paths hold the
links of delegates; never an address, a form's content, or the words of a database's error.
With LOG_FORMAT=json everything the process logs becomes one JSON object a line.
"""

from __future__ import annotations

import json
import linecache
import logging
import re
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from secrets import token_hex
from types import TracebackType

from flask import Flask, Response, current_app, g, has_request_context, request

HEADER = "X-Request-ID"
HOUSE = "congress_app"
# Long enough to be no telephone number, plain enough to stand in any log.
_REQUEST_ID = re.compile(r"[0-9A-Za-z-]{16,64}")
# So far the words of a message may stand behind the line where its call begins.
_CALL_LINES = 5
_QUOTING = re.compile(r"""["'\\\s]+""")

log = logging.getLogger("congress_app.requests")


@dataclass(frozen=True)
class Served:
    """One request that was answered."""

    endpoint: str
    method: str
    status: int
    seconds: float


def init_app(app: Flask) -> None:
    """Number and time every request; call it before anything else looks at one."""
    app.extensions["served"] = []
    app.before_request(_begin)
    app.after_request(_end)
    # Flask would log the path of a request that failed; `web/errors.py` logs its rule.
    app.log_exception = _nothing  # type: ignore[method-assign, assignment]
    if app.config["LOG_FORMAT"] == "json":
        write_json()


def on_served(app: Flask, tell: Callable[[Served], None]) -> None:
    """Have `tell` called after every request."""
    app.extensions["served"].append(tell)


def write_json() -> None:
    """Let everything this process logs be JSON lines on stderr."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    logging.root.handlers = [handler]
    logging.root.setLevel(logging.INFO)
    for name, level in (("gunicorn.error", logging.INFO), ("gunicorn.access", logging.CRITICAL)):
        logger = logging.getLogger(name)
        logger.handlers, logger.propagate = [], True
        logger.setLevel(level)


def request_id() -> str:
    """The number of the request under way; "" outside of one."""
    return str(g.get("request_id", "")) if has_request_context() else ""


def _nothing(_error: object) -> None:
    """In the place of Flask's own line."""


def _begin() -> None:
    sent = request.headers.get(HEADER, "")
    g.request_id = sent if _REQUEST_ID.fullmatch(sent) else token_hex(16)
    g.request_began = time.perf_counter()


def seconds_so_far() -> float:
    """How long the request under way has been computed."""
    now = time.perf_counter()
    return now - float(g.get("request_began", now))


def _end(response: Response) -> Response:
    response.headers[HEADER] = request_id()
    endpoint = request.endpoint or "unknown"
    served = Served(endpoint, request.method, response.status_code, seconds_so_far())
    for tell in current_app.extensions["served"]:
        tell(served)
    log.info("request", extra={"facts": _facts(served, response)})
    return response


def _facts(served: Served, response: Response) -> dict[str, object]:
    actor = g.get("actor")
    return {
        "method": served.method,
        "route": request.url_rule.rule if request.url_rule else None,
        "endpoint": served.endpoint,
        "status": served.status,
        "ms": round(served.seconds * 1000, 1),
        "bytes": response.content_length,
        "actor": f"{actor.kind}:{actor.id}" if actor is not None else None,
    }


class JsonLines(logging.Formatter):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        """The record without whatever might hold data of a person."""
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": _message(record),
        }
        if number := request_id():
            line["request_id"] = number
        line |= getattr(record, "facts", {})
        if record.exc_info and record.exc_info[1] is not None:
            line["error"] = _error(record.exc_info[1], record.exc_info[2])
        return json.dumps(line, ensure_ascii=False, default=str)


def _message(record: logging.LogRecord) -> str:
    # Others fill in whole addresses: of theirs only words are kept that stand in the program.
    # What was put together before it came here is replaced by its place.
    if record.name == HOUSE or record.name.startswith(f"{HOUSE}."):
        return record.getMessage()
    words = str(record.msg)
    lines = (linecache.getline(record.pathname, record.lineno + n) for n in range(_CALL_LINES))
    if _bare(words) in _bare("".join(lines)):
        return words
    return f"({record.pathname}:{record.lineno} {record.funcName})"


def _bare(text: str) -> str:
    """Text that goes over several lines of a program reads like the text itself."""
    return _QUOTING.sub("", text)


def _error(error: BaseException, trace: TracebackType | None) -> dict[str, object]:
    """Kind and place; its words may quote a row, so only the database's codes are kept."""
    origin = getattr(error, "orig", None)
    diagnosis = getattr(origin, "diag", None)
    told = {
        "type": type(error).__qualname__,
        "origin": type(origin).__qualname__ if origin is not None else None,
        "sqlstate": getattr(origin, "sqlstate", None),
        "constraint": getattr(diagnosis, "constraint_name", None),
        "at": [f"{f.filename}:{f.lineno} {f.name}" for f in traceback.extract_tb(trace)[-12:]],
    }
    return {key: value for key, value in told.items() if value}
