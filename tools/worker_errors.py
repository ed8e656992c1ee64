"""What the server answers and writes down where no request reaches the application.

gunicorn's own words quote what came, and with it the secret of a link and the caller's
address; here the log gets the kind of the fault and its place, the caller a sentence under
the headers that every answer has.
"""

from __future__ import annotations

import logging
import ssl
import traceback

from gunicorn.http import errors

from congress_app.web.headers import headers_for

log = logging.getLogger("congress_app.server")

UNREADABLE = "Máy chủ không đọc được yêu cầu này; chưa có gì được ghi. "
UNREADABLE += "Hãy mở lại trang từ đầu rồi thử lại."
TOO_LONG = "Địa chỉ hoặc phần đầu của yêu cầu quá dài; chưa có gì được ghi. "
TOO_LONG += "Hãy mở lại trang bằng đường dẫn đã nhận rồi thử lại."
BROKEN = "Máy chủ gặp lỗi khi trả lời. Hãy thử lại; nếu vẫn lỗi, hãy báo người quản trị."

# First found; what is the client's fault and stands in none of them is a 400.
_KINDS: tuple[tuple[type[Exception], tuple[int, str, str]], ...] = (
    (errors.InvalidResponseHeader, (500, "Internal Server Error", BROKEN)),
    (errors.InvalidResponseHeaderName, (500, "Internal Server Error", BROKEN)),
    (errors.ConfigurationProblem, (500, "Internal Server Error", BROKEN)),
    (errors.LimitRequestLine, (414, "URI Too Long", TOO_LONG)),
    (errors.LimitRequestHeaders, (431, "Request Header Fields Too Large", TOO_LONG)),
    (errors.ExpectationFailed, (417, "Expectation Failed", UNREADABLE)),
    (errors.UnsupportedTransferCoding, (501, "Not Implemented", UNREADABLE)),
    (errors.ForbiddenProxyRequest, (403, "Forbidden", UNREADABLE)),
    (errors.ParseException, (400, "Bad Request", UNREADABLE)),
    (ssl.SSLError, (400, "Bad Request", UNREADABLE)),
    (Exception, (500, "Internal Server Error", BROKEN)),
)


def answer(status: int, reason: str, told: str) -> bytes:
    """The bytes of an answer that closes the connection: a sentence and the usual headers."""
    body = told.encode() + b"\n"
    head = {
        "Connection": "close",
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Length": str(len(body)),
        "Cache-Control": "no-store",
        **headers_for(""),
    }
    lines = [f"HTTP/1.1 {status} {reason}", *(f"{name}: {value}" for name, value in head.items())]
    return "\r\n".join([*lines, "", ""]).encode("ascii") + body


def refused(error: Exception) -> bytes:
    """Write down what went wrong; the bytes of the answer."""
    status, reason, told = next(found for kind, found in _KINDS if isinstance(error, kind))
    level = logging.ERROR if status == 500 else logging.WARNING
    log.log(level, "answered %s: %s at %s", status, type(error).__qualname__, _place_of(error))
    return answer(status, reason, told)


def _place_of(error: Exception) -> str:
    """Where it was raised; never its words, which quote what was sent."""
    frames = traceback.extract_tb(error.__traceback__)
    return f"{frames[-1].filename}:{frames[-1].lineno}" if frames else "?"
