"""Seats changed by hand: every act comes from the page of the plan and leads back to it."""

from __future__ import annotations

from collections.abc import Callable

from flask import flash, g, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from congress_app.congresses.scope import congress_blueprint
from congress_app.delegates import committee_queries
from congress_app.delegates.committees import delegate_meant
from congress_app.kernel.errors import DomainError, NotFound, RuleViolation
from congress_app.kernel.permissions import Permission
from congress_app.kernel.sentences import N_, Sentence
from congress_app.kernel.vietnamese import nfc
from congress_app.seating import move_services as moves
from congress_app.seating.move_services import Seen
from congress_app.web.addresses import is_row_number
from congress_app.web.guards import requires
from congress_app.web.texts import say

bp = congress_blueprint("seats", __name__)


@bp.post("/seating/seats/<int:seat_id>/swap")
@requires(Permission.PROGRAMME_EDIT)
def swap(seat_id: int) -> Response:
    """Let whoever sits here and whoever sits on the target change seats."""
    target = Seen(_number("target"), _number("target_version"))
    done = _("Đã chuyển chỗ và ghim lại.")
    shown = target.seat_id or seat_id
    return _back(shown, lambda: moves.swap(g.congress, _seen(seat_id), target, actor=g.actor), done)


@bp.post("/seating/seats/<int:seat_id>/put")
@requires(Permission.PROGRAMME_EDIT)
def put(seat_id: int) -> Response:
    """Seat the delegate whose name or number was typed."""
    return _back(
        seat_id,
        lambda: moves.put(g.congress, _seen(seat_id), _delegate_named(), actor=g.actor),
        _("Đã xếp chỗ."),
    )


def _delegate_named() -> int:
    typed = nfc(request.form.get("name", ""))
    meant = delegate_meant(typed, committee_queries.nominees(g.congress.id)) if typed else None
    if meant is None:
        raise RuleViolation(
            "no_such_delegate",
            Sentence(
                N_("Không có đại biểu “{name}” đang giữ chỗ. Hãy gõ tên hoặc số đại biểu."),
                name=typed,
            ),
        )
    return meant.delegate_id


@bp.post("/seating/seats/<int:seat_id>/take-away")
@requires(Permission.PROGRAMME_EDIT)
def take_away(seat_id: int) -> Response:
    """Leave the seat empty."""
    return _back(
        seat_id,
        lambda: moves.take_away(g.congress, _seen(seat_id), actor=g.actor),
        _("Đã để trống ghế."),
    )


@bp.post("/seating/seats/<int:seat_id>/pin")
@requires(Permission.PROGRAMME_EDIT)
def pin(seat_id: int) -> Response:
    """Keep who sits here through later proposals, or no longer."""
    wanted = request.form.get("wanted") == "yes"
    return _back(
        seat_id,
        lambda: moves.pin(g.congress, _seen(seat_id), wanted, actor=g.actor),
        _("Đã ghim.") if wanted else _("Đã bỏ ghim."),
    )


@bp.post("/seating/seats/<int:seat_id>/block")
@requires(Permission.PROGRAMME_EDIT)
def block(seat_id: int) -> Response:
    """Keep the seat out of use, or give it back."""
    wanted = request.form.get("wanted") == "yes"
    return _back(
        seat_id,
        lambda: moves.block(g.congress, _seen(seat_id), wanted, actor=g.actor),
        _("Đã khóa ghế.") if wanted else _("Đã bỏ khóa ghế."),
    )


def _seen(seat_id: int) -> Seen:
    return Seen(seat_id, _number("version"))


def _number(name: str) -> int:
    text = request.form.get(name, "")
    if not is_row_number(text):
        raise NotFound()
    return int(text)


def _back(seat_id: int, act: Callable[[], None], done: str) -> Response:
    """Do it, tell how it went, and show the plan with the seat in sight."""
    try:
        act()
        flash(done, "success")
    except NotFound:
        raise
    except DomainError as error:
        told = [say(one) for one in error.details if isinstance(one, (Sentence, str))]
        flash(" ".join([say(error.sentence), *told]), "error")
    return redirect(url_for("seating.index", seat=seat_id, _anchor=f"seat-{seat_id}"))
