"""The presidium's live board, and the link of the hall's screen."""

from __future__ import annotations

from flask import Response, flash, g, redirect, render_template, request
from flask import url_for as url
from flask_babel import gettext as _
from markupsafe import Markup
from werkzeug.wrappers import Response as Answer

from congress_app.checkin import board_queries, hall_queries, hall_services, live, queries
from congress_app.checkin.board_queries import Board
from congress_app.checkin.doors import held_at
from congress_app.checkin.live import Told
from congress_app.checkin.live_routes import counted, once, sent
from congress_app.congresses.rulebook import CATEGORY_LABELS
from congress_app.congresses.scope import congress_blueprint
from congress_app.formats import qr
from congress_app.kernel import clock
from congress_app.kernel.permissions import Permission
from congress_app.web.fragments import fragment
from congress_app.web.guards import requires
from congress_app.web.responses import public_url

bp = congress_blueprint("board", __name__)


@bp.get("/checkin/board")
@requires(Permission.CHECKIN_READ)
def show() -> str:
    """The board; it renews itself."""
    session_id, counter = _session_id(), queries.pulse(g.congress.id)
    board = counted(g.congress.id, session_id, counter)
    return render_template(
        "checkin/board.html",
        board=board,
        sessions=queries.sessions_of(g.congress.id),
        session_id=session_id,
        etag=_told(board, counter).etag,
        categories=CATEGORY_LABELS,
    )


@bp.get("/checkin/board.json")
@requires(Permission.CHECKIN_READ)
def panels() -> Response:
    """The board for a page that asks every two seconds; 304 while it says the same."""
    congress_id, session_id = g.congress.id, _session_id()
    counter = queries.pulse(congress_id)

    def make() -> Told:
        return _told(counted(congress_id, session_id, counter), counter)

    return sent(once(("board", congress_id, session_id), counter, make), counter)


@bp.get("/checkin/hall")
@requires(Permission.DEVICE_MANAGE)
def link() -> str:
    """The link of the hall's screen with its QR code, and how to close it."""
    standing = hall_queries.standing_link(g.congress.id)
    address = public_url("hall.show", hall_token=standing.token) if standing else None
    symbol = qr.svg(address, label=_("Mã QR của màn hình hội trường")) if address else ""
    return render_template(
        "checkin/hall_link.html",
        standing=standing,
        address=address,
        symbol=Markup(symbol),  # noqa: S704 - drawn by us
        revoked=hall_queries.revoked_links(g.congress.id),
    )


@bp.post("/checkin/hall")
@requires(Permission.DEVICE_MANAGE)
def make_link() -> Answer:
    """Make the link."""
    hall_services.make_link(g.congress, actor=g.actor)
    flash(_("Đã tạo đường dẫn cho màn hình hội trường."), "success")
    return redirect(url("board.link"))


@bp.post("/checkin/hall/revoke")
@requires(Permission.DEVICE_MANAGE, after_closing=True)
def revoke_link() -> Answer:
    """Close the link on every screen."""
    if hall_services.revoke_link(g.congress, actor=g.actor):
        flash(_("Đã thu hồi đường dẫn; màn hình đang mở sẽ ngừng hiện số liệu."), "success")
    return redirect(url("board.link"))


def _told(board: Board, counter: int) -> Told:
    html = fragment("checkin/_board.html", board=board, categories=CATEGORY_LABELS)
    now = board.attendance
    figures: dict[str, object] = {
        "convened": now.convened,
        "present": now.present,
        "excused": now.excused,
        "session_id": now.session_id,
        "quorum": board.quorum.is_reached if board.quorum else None,
        "html": html,
    }
    return live.told(figures, counter)


def _session_id() -> int | None:
    """The session asked for in the address, else the one to show now."""
    doors = board_queries.doors_of(g.congress.id)
    wanted = request.args.get("session", "")
    named = next((each.session_id for each in doors if str(each.session_id) == wanted), None)
    return named or held_at(doors, clock.now())
