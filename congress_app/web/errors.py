"""Errors of the house and of HTTP, as a page for people or JSON for machines."""

from __future__ import annotations

import logging
from http import HTTPStatus

from flask import Flask, Response, g, jsonify, make_response, render_template, request
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import IntegrityError, InvalidRequestError, SQLAlchemyError
from sqlalchemy.orm.exc import ObjectDeletedError, StaleDataError
from werkzeug.exceptions import HTTPException, InternalServerError, SecurityError

from congress_app.database import db
from congress_app.kernel.errors import Conflict, DomainError, Stale, TooMany
from congress_app.kernel.sentences import N_, Sentence
from congress_app.web.logs import request_id
from congress_app.web.outages import outage_of
from congress_app.web.resending import resending
from congress_app.web.responses import safe_next
from congress_app.web.texts import say

log = logging.getLogger(__name__)

HTTP_SENTENCES = {
    400: ("bad_request", N_("Yêu cầu không đọc được. Hãy tải lại trang rồi thử lại.")),
    401: ("unauthorized", N_("Cần đăng nhập để tiếp tục.")),
    403: ("forbidden", N_("Bạn không được phép làm việc này.")),
    404: ("not_found", N_("Không tìm thấy trang này. Hãy kiểm tra lại địa chỉ.")),
    405: ("method_not_allowed", N_("Địa chỉ này không nhận cách gửi đó.")),
    413: ("too_large", N_("Tệp hoặc nội dung gửi lên quá lớn (tối đa 25 MB).")),
    429: ("too_many", N_("Bạn thao tác quá nhanh. Hãy đợi một lát rồi thử lại.")),
    500: ("internal", N_("Hệ thống gặp lỗi. Dữ liệu chưa bị thay đổi; hãy thử lại.")),
}

GONE = N_(
    "Mục này, hoặc mục mà nó nhắc đến, vừa bị người khác xóa nên chưa ghi được gì. "
    "Hãy quay lại danh sách, tải lại trang rồi chọn lại."
)


def init_app(app: Flask) -> None:
    """Register the handlers."""
    app.register_error_handler(DomainError, on_domain_error)
    app.register_error_handler(StaleDataError, on_stale)
    app.register_error_handler(InvalidRequestError, on_gone)
    app.register_error_handler(IntegrityError, on_gone)
    app.register_error_handler(CSRFError, on_csrf)
    app.register_error_handler(SecurityError, on_foreign_host)
    app.register_error_handler(HTTPException, on_http_error)
    app.register_error_handler(SQLAlchemyError, on_outage)
    app.register_error_handler(OSError, on_outage)


def on_domain_error(error: DomainError) -> Response:
    """A rule said no: its own status, code and sentence."""
    response = answer(error.status, error.code, say(error.sentence), _details(error))
    if isinstance(error, TooMany):
        response.headers["Retry-After"] = str(error.retry_after)
    return response


def on_stale(_error: StaleDataError) -> Response:
    """Two people saved one row at the same moment; the first one stands."""
    return on_domain_error(Stale())


def on_gone(error: InvalidRequestError | IntegrityError) -> Response:
    """Somebody deleted what the form is about after this request had read it; others go on."""
    if not _tells_of_gone(error):
        return on_outage(error)
    log.warning("deleted meanwhile, at %s", request.url_rule)
    db.session.rollback()
    # What the page stands in may be what is gone.
    for name in ("congress", "scope_path"):
        g.pop(name, None)
    return on_domain_error(Conflict("gone", Sentence(GONE)))


def _tells_of_gone(error: InvalidRequestError | IntegrityError) -> bool:
    """A row that is read again under its lock is not there, or a key points at none."""
    if isinstance(error, IntegrityError):
        state = getattr(error.orig, "sqlstate", None)
        return state == "23503" or "FOREIGN KEY constraint failed" in str(error.orig)
    return isinstance(error, ObjectDeletedError) or "Could not refresh instance" in str(error)


def on_csrf(_error: CSRFError) -> Response:
    """The form's protection did not match, mostly because the session ended."""
    sentence = N_("Phiên làm việc đã hết hạn. Hãy quay lại trang trước, tải lại rồi gửi lại.")
    return answer(400, "csrf", say(sentence))


def on_outage(error: SQLAlchemyError | OSError) -> Response:
    """The database or a disk is away: told with the time to come again; others go on up."""
    outage = outage_of(error)
    if outage is None:
        raise error
    log.error("outage %s at %s", outage.code, request.url_rule)
    # Nothing of the page may ask the database again: no actor, no congress, no session.
    db.session.remove()
    for name in ("actor", "congress", "scope_path"):
        g.pop(name, None)
    response = answer(HTTPStatus.SERVICE_UNAVAILABLE, outage.code, say(outage.sentence))
    response.headers["Retry-After"] = str(outage.retry_after)
    return response


def on_foreign_host(_error: SecurityError) -> Response:
    """Asked under a name that is not this server's; no page, because no address can be built."""
    sentence = N_("Máy chủ này không phục vụ tên miền trong địa chỉ. Hãy kiểm tra lại địa chỉ.")
    return Response(say(sentence) + "\n", 400, mimetype="text/plain")


def on_http_error(error: HTTPException) -> Response:
    """Werkzeug's own errors and everything unforeseen (logged by Flask before)."""
    status = error.code or HTTPStatus.INTERNAL_SERVER_ERROR
    if isinstance(error, InternalServerError) and error.original_exception is not None:
        log.error("unforeseen error at %s", request.url_rule, exc_info=error.original_exception)
    if error.response is not None:
        return make_response(error.response)
    code, sentence = HTTP_SENTENCES.get(status, ("error", N_("Không thực hiện được yêu cầu này.")))
    return answer(status, code, say(sentence))


def answer(status: int, code: str, message: str, details: list[object] | None = None) -> Response:
    """The error as JSON below /api/, else as a page."""
    if request.path.startswith("/api/"):
        error: dict[str, object] = {"code": code, "message": message}
        if details:
            error["details"] = details
        response = jsonify({"error": error})
    else:
        response = make_response(
            render_template(
                "errors/error.html",
                status=status,
                code=code,
                message=message,
                details=details or [],
                title=_title(status),
                request_id=request_id(),
                retry_url=safe_next(request.full_path.rstrip("?"), "/")
                if request.method == "GET"
                else "",
                resending=resending() if status == HTTPStatus.SERVICE_UNAVAILABLE else None,
            )
        )
    response.status_code = status
    return response


def _title(status: int) -> str:
    titles = {
        400: _("Yêu cầu không đọc được"),
        403: _("Không được phép"),
        404: _("Không tìm thấy"),
        409: _("Nội dung đã thay đổi"),
        413: _("Quá lớn"),
        422: _("Chưa thực hiện được"),
        429: _("Quá nhiều yêu cầu"),
        503: _("Hệ thống tạm gián đoạn"),
    }
    return str(titles.get(status, _("Có lỗi xảy ra")))


def _details(error: DomainError) -> list[object]:
    return [say(d) if isinstance(d, (Sentence, str)) else dict(d) for d in error.details]
