"""The desk of conflicts: both doors, both times, settled by a named person."""

from __future__ import annotations

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from congress_app.checkin import conflict_queries, conflict_services
from congress_app.checkin.decision import REASON_LABELS, RESOLUTION_LABELS, Resolution
from congress_app.checkin.models import ScanConflict
from congress_app.congresses.scope import congress_blueprint
from congress_app.kernel.errors import NotFound
from congress_app.kernel.permissions import Permission
from congress_app.scanners import queries
from congress_app.scanners.conflict_forms import SettleForm
from congress_app.web.guards import requires
from congress_app.web.submissions import accepted, form_page

bp = congress_blueprint("conflicts", __name__)
STATES = ("open", "closed")


@bp.get("/conflicts")
@requires(Permission.CHECKIN_SUPERVISE)
def index() -> str:
    """What waits to be settled, or what was."""
    state = request.args.get("state", "open")
    state = state if state in STATES else "open"
    return render_template(
        "scanners/conflicts.html",
        state=state,
        conflicts=conflict_queries.conflicts_of(g.congress.id, state),
        open_count=conflict_queries.open_count(g.congress.id),
        quarantines=conflict_queries.quarantines(g.congress.id),
        reasons=REASON_LABELS,
        resolutions=RESOLUTION_LABELS,
    )


@bp.route("/conflicts/<int:conflict_id>", methods=["GET", "POST"])
@requires(Permission.CHECKIN_SUPERVISE, after_closing=True)
def settle(conflict_id: int) -> Response | tuple[str, int]:
    """One conflict with both scans, and the form that settles it."""
    conflict = _conflict(conflict_id)
    form = SettleForm().offer(conflict_queries.resolutions_for(conflict, g.congress.state))
    if accepted(form, lambda: _settle(conflict, form)):
        flash(_("Đã xử lý mâu thuẫn."), "success")
        return redirect(url_for("conflicts.index"))
    return form_page(
        "scanners/conflicts_settle.html",
        form,
        conflict=conflict,
        reasons=REASON_LABELS,
        resolutions=RESOLUTION_LABELS,
    )


def _settle(conflict: ScanConflict, form: SettleForm) -> None:
    resolution, note = Resolution(form.resolution.data), str(form.note.data)
    conflict_services.close(g.congress, conflict.id, resolution, note, actor=g.actor)


@bp.route("/conflicts/devices/<int:device_id>", methods=["GET", "POST"])
@requires(Permission.CHECKIN_SUPERVISE, after_closing=True)
def quarantine(device_id: int) -> Response | tuple[str, int]:
    """Everything of a device that waits in quarantine, settled at once."""
    device = queries.device_by_id(device_id)
    if device is None or device.congress_id != g.congress.id:
        raise NotFound
    form = SettleForm().offer((Resolution.ADMITTED, Resolution.REJECTED))
    if accepted(form, lambda: _settle_all(device_id, form)):
        return redirect(url_for("conflicts.index"))
    waiting = len(conflict_queries.waiting_of(g.congress.id, device_id))
    return form_page("scanners/conflicts_device.html", form, device=device, waiting=waiting)


def _settle_all(device_id: int, form: SettleForm) -> None:
    resolution, note = Resolution(form.resolution.data), str(form.note.data)
    settled = conflict_services.close_quarantine(
        g.congress, device_id, resolution, note, actor=g.actor
    )
    flash(_("Đã xử lý %(count)s lượt quét.", count=settled), "success")


def _conflict(conflict_id: int) -> ScanConflict:
    conflict = conflict_queries.conflict_by_id(g.congress.id, conflict_id)
    if conflict is None:
        raise NotFound
    return conflict
