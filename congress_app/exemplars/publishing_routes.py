"""Consents of an exemplar, and whether its story is shown to everybody."""

from __future__ import annotations

from flask import Blueprint, g, request
from flask_babel import gettext as _

from congress_app.exemplars import consent_services
from congress_app.exemplars.act_forms import ConsentForm, WithdrawForm
from congress_app.exemplars.publishing import Purpose
from congress_app.exemplars.routes import Answer, acted, writable
from congress_app.kernel.permissions import Permission
from congress_app.web.forms import BaseForm
from congress_app.web.guards import requires

bp = Blueprint("exemplar_publishing", __name__, url_prefix="/exemplars/<int:exemplar_id>")

PURPOSE = "<any(story, photo):purpose>"


@bp.post(f"/consents/{PURPOSE}")
@requires(Permission.EXEMPLAR_NOMINATE)
def consent(exemplar_id: int, purpose: str) -> Answer:
    """Record on which paper the person agreed."""
    row, place = writable(exemplar_id), f"{purpose}_consent"
    form = ConsentForm(prefix=f"{purpose}-consent")
    return acted(
        row,
        form,
        place,
        lambda: consent_services.give(row, Purpose(purpose), form.paper.data or "", actor=g.actor),
        _("Đã ghi sự đồng ý công khai."),
    )


@bp.post(f"/consents/{PURPOSE}/withdraw")
@requires(Permission.EXEMPLAR_NOMINATE)
def withdraw(exemplar_id: int, purpose: str) -> Answer:
    """The person takes the consent back."""
    row, place = writable(exemplar_id), f"{purpose}_withdraw"
    form = WithdrawForm(prefix=f"{purpose}-withdraw")
    return acted(
        row,
        form,
        place,
        lambda: consent_services.withdraw(
            row, Purpose(purpose), form.reason.data or "", actor=g.actor
        ),
        _("Đã ghi việc rút sự đồng ý. Điều đã công khai theo đó không còn hiện."),
    )


@bp.post("/publish")
@requires(Permission.EXEMPLAR_NOMINATE)
def publish(exemplar_id: int) -> Answer:
    """Show the story to everybody of the sector, or no longer."""
    row, form = writable(exemplar_id), BaseForm()
    public = request.form.get("public") == "1"
    return acted(
        row,
        form,
        "publish_form",
        lambda: consent_services.publish(row, public=public, actor=g.actor),
        _("Câu chuyện đã được nêu gương công khai.") if public else _("Câu chuyện không còn hiện."),
    )
