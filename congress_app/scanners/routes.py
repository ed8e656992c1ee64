"""The devices of a congress, and the empty shell of the scanner."""

from __future__ import annotations

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask_babel import gettext as _
from markupsafe import Markup
from werkzeug.wrappers import Response

from congress_app.congresses.scope import congress_blueprint
from congress_app.formats import qr
from congress_app.kernel import clock
from congress_app.kernel.errors import NotFound
from congress_app.kernel.permissions import Permission
from congress_app.scanners import pairing, queries, services
from congress_app.scanners.forms import DeviceForm
from congress_app.scanners.models import Device
from congress_app.web.guards import public, requires
from congress_app.web.responses import public_url
from congress_app.web.submissions import form_page

bp = Blueprint("scanner", __name__)
scoped_bp = congress_blueprint("devices", __name__)


@bp.get("/scanner")
@public
def shell() -> str:
    """The scanner's page; it holds no data before the device is paired."""
    return render_template("scanners/scanner.html")


@scoped_bp.route("/devices", methods=["GET", "POST"])
@requires(Permission.DEVICE_MANAGE)
def index() -> str | tuple[str, int]:
    """The devices, and the form that invites one; its code is shown once, here."""
    form = DeviceForm()
    if form.validate_on_submit():
        invited = services.invite(
            g.congress, str(form.name.data), form.gate.data, "steward", actor=g.actor
        )
        return _invitation(invited)
    return form_page(
        "scanners/devices.html", form, devices=queries.devices_of(g.congress.id), now=clock.now()
    )


def _invitation(invited: services.Pairing) -> str:
    link = public_url("scanner.shell", _anchor=invited.code)
    return render_template(
        "scanners/invitation.html",
        device=invited.device,
        code=pairing.grouped(invited.code),
        link=link,
        symbol=Markup(qr.svg(link, label=_("Mã QR ghép máy quét"))),  # noqa: S704
        minutes=int(pairing.CODE_LIFE.total_seconds() // 60),
    )


@scoped_bp.post("/devices/<int:device_id>/revoke")
@requires(Permission.DEVICE_MANAGE)
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
