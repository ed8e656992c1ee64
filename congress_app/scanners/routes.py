"""The devices of a congress, and the empty shell of the scanner."""

from __future__ import annotations

from pathlib import Path

from flask import (
    Blueprint,
    current_app,
    flash,
    g,
    make_response,
    redirect,
    render_template,
    url_for,
)
from flask_babel import gettext as _
from markupsafe import Markup
from werkzeug.wrappers import Response

from congress_app.checkin.queries import sessions_of
from congress_app.congresses.scope import congress_blueprint
from congress_app.formats import qr
from congress_app.kernel import clock
from congress_app.kernel.errors import NotFound
from congress_app.kernel.permissions import Permission
from congress_app.scanners import pairing, queries, services, supervisor_services
from congress_app.scanners import shell as kept_files
from congress_app.scanners.forms import DeviceForm
from congress_app.scanners.models import Device
from congress_app.web.guards import public, requires
from congress_app.web.responses import public_url
from congress_app.web.submissions import form_page
from congress_app.web.texts import say

bp = Blueprint("scanner", __name__)
scoped_bp = congress_blueprint("devices", __name__)


@bp.get("/scanner")
@public
def shell() -> str:
    """The scanner's page; it holds no data before the device is paired."""
    return render_template("scanners/scanner.html", version=_version())


@bp.get("/scanner/worker.js")
@public
def worker() -> Response:
    """The service worker, with the list of the files it keeps."""
    response = _script(kept_files.worker(*_shell_places()))
    response.headers["Service-Worker-Allowed"] = kept_files.PAGE
    return response


@bp.get("/scanner/decoder.js")
@public
def decoder() -> Response:
    """The thread that reads pictures, below the page so that it starts without network."""
    path = _shell_places()[0] / "scanners" / "decoder.js"
    return _script(path.read_text("utf-8"))


def _script(text: str) -> Response:
    response = make_response(text)
    response.mimetype = "text/javascript"
    response.headers["Cache-Control"] = "no-cache"
    return response


def _shell_places() -> tuple[Path, Path]:
    """The static folder, and the page's template."""
    folders = str(current_app.static_folder), str(current_app.template_folder)
    return Path(folders[0]), Path(folders[1]) / "scanners" / "scanner.html"


def _version() -> str:
    return kept_files.version(*_shell_places())


@scoped_bp.route("/devices", methods=["GET", "POST"])
@requires(Permission.DEVICE_MANAGE)
def index() -> str | tuple[str, int]:
    """The devices, and the form that invites one; its code is shown once, here."""
    sessions = {each.id: say(each.title) for each in sessions_of(g.congress.id)}
    form = DeviceForm(sessions)
    if form.validate_on_submit():
        return _invitation(_invited(form))
    devices = queries.devices_of(g.congress.id)
    now = clock.now()
    return form_page("scanners/devices.html", form, devices=devices, now=now, sessions=sessions)


def _invited(form: DeviceForm) -> supervisor_services.Invitation:
    return supervisor_services.invite(
        g.congress,
        str(form.name.data),
        form.gate.data,
        form.profile.data,
        form.session_ids.data or (),
        actor=g.actor,
    )


def _invitation(invited: supervisor_services.Invitation) -> str:
    link = public_url("scanner.shell", _anchor=invited.code)
    return render_template(
        "scanners/invitation.html",
        device=invited.device,
        code=pairing.grouped(invited.code),
        pin=invited.pin,
        link=link,
        symbol=Markup(qr.svg(link, label=_("Mã QR ghép máy quét"))),  # noqa: S704
        minutes=int(pairing.CODE_LIFE.total_seconds() // 60),
    )


@scoped_bp.post("/devices/<int:device_id>/revoke")
@requires(Permission.DEVICE_MANAGE, after_closing=True)
def revoke(device_id: int) -> Response:
    """Take a device out of service."""
    device = _device(device_id)
    services.revoke(device, actor=g.actor)
    flash(_("Đã thu hồi máy quét %(name)s.", name=device.name), "success")
    return redirect(url_for("devices.index"))


def _device(device_id: int) -> Device:
    device = queries.device_by_id(device_id)
    if device is None or device.congress_id != g.congress.id:
        raise NotFound()
    return device
