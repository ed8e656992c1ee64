"""The log page."""

from __future__ import annotations

from flask import Blueprint, g, render_template, request
from flask_babel import gettext as _

from congress_app.audit import queries, wording
from congress_app.audit.actions import ACTIONS
from congress_app.audit.forms import FilterForm
from congress_app.kernel.permissions import Permission
from congress_app.web.guards import requires
from congress_app.web.responses import PAGE_SIZE, Page, page_number
from congress_app.web.texts import say

bp = Blueprint("audit", __name__, url_prefix="/audit")


@bp.get("")
@requires(Permission.AUDIT_READ)
def index() -> str:
    """Who did what, newest first, filtered by actor, action and day."""
    form = _filters()
    number = page_number()
    rows, total = queries.entries(
        _wanted(form),
        within=g.reach,
        whole_house=g.actor.holds_at_root(Permission.AUDIT_READ),
        offset=(number - 1) * PAGE_SIZE,
        limit=PAGE_SIZE,
    )
    filtered = any(value for name, value in request.args.items() if name != "page")
    page = Page(rows, number, total)
    return render_template("audit/index.html", form=form, page=page, filtered=filtered)


# Filters, so that the macros of `templates/audit/_macros.html` work wherever imported.
bp.add_app_template_filter(wording.action_words, "audit_action")
bp.add_app_template_filter(wording.lines, "audit_lines")


def _filters() -> FilterForm:
    form = FilterForm(request.args)
    named = sorted(((code, say(text)) for code, text in ACTIONS.items()), key=lambda pair: pair[1])
    form.action.choices = [("", _("Mọi việc")), *named]
    form.validate()
    return form


def _wanted(form: FilterForm) -> queries.Wanted:
    subject_id = (form.subject_id.data or "")[:9]
    return queries.Wanted(
        actor=form.actor.data,
        action=form.action.data,
        first_day=form.first_day.data,
        last_day=form.last_day.data,
        subject_kind=form.subject_kind.data,
        subject_id=int(subject_id) if subject_id.isascii() and subject_id.isdigit() else None,
    )
