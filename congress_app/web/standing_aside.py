"""A process stands aside while the tables are not those its program was built for.

After an upgrade through another machine an old program would misread or spoil what the new
one wrote, and it need not even notice. The process looks at the tables every few seconds
beside its requests (`operations/services.py`), so a request asks nobody.
"""

from __future__ import annotations

import logging
from http import HTTPStatus

from flask import Flask, Response, current_app, request

from congress_app.database import WRONG_TABLES
from congress_app.kernel.sentences import N_
from congress_app.web.errors import answer
from congress_app.web.texts import say

log = logging.getLogger(__name__)

RETRY_SECONDS = 30
# What tells a balancer and a monitor of it, and what the page is drawn with.
STILL_ANSWERED = frozenset(
    {"web.healthz", "operations.readyz", "operations.show_metrics", "static"}
)
SENTENCE = N_(
    "Máy chủ đang được nâng cấp nên yêu cầu này chưa được thực hiện. Hãy đợi một phút rồi thử "
    "lại. Nếu vẫn vậy, hãy báo người quản trị: chương trình đang chạy không cùng phiên bản với "
    "dữ liệu, cần khởi động lại."
)


def init_app(app: Flask) -> None:
    """Ask before the gate; what reads a table earlier asks `stands_aside` itself."""
    app.before_request(refuse)


def stands_aside() -> bool:
    """True while the tables are another program's: what runs before `refuse` reads none then."""
    return bool(current_app.extensions.get(WRONG_TABLES))


def refuse() -> Response | None:
    """The answer of a process that stands aside; None while it serves."""
    if not stands_aside() or request.endpoint in STILL_ANSWERED:
        return None
    response = answer(HTTPStatus.SERVICE_UNAVAILABLE, "upgrading", say(SENTENCE))
    response.headers["Retry-After"] = str(RETRY_SECONDS)
    return response
