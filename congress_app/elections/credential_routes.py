"""The credentials report: as of a minute, numbered, voted on, as a sheet; what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from congress_app.checkin import queries as checkin_queries
from congress_app.congresses.scope import congress_blueprint
from congress_app.delegates import privacy
from congress_app.delegates.committee_forms import OpenVoteForm
from congress_app.elections import (
    credential_listing,
    credential_queries,
    credential_report,
    credential_services,
    credential_sheet,
    gap_queries,
)
from congress_app.elections.credential_forms import MomentForm
from congress_app.elections.credential_listing import UnitGaps
from congress_app.elections.credential_models import StoredReport
from congress_app.elections.credential_report import CredentialReport
from congress_app.kernel import clock
from congress_app.kernel.errors import NotFound, Stale
from congress_app.kernel.permissions import Permission
from congress_app.programme.models import Session
from congress_app.web.filters import instant
from congress_app.web.guards import may, requires
from congress_app.web.responses import download
from congress_app.web.submissions import accepted, form_page
from congress_app.web.texts import say

bp = congress_blueprint("credentials", __name__)

Answer = Response | tuple[str, int]


@bp.get("/credentials")
@requires(Permission.CREDENTIAL_READ)
def index() -> str:
    """The report as of a minute, and the reports that were numbered."""
    return _report_page(sensitive=False)


@bp.post("/credentials/sensitive")
@requires(Permission.DELEGATE_READ_SENSITIVE, after_closing=True)
def show_sensitive() -> str:
    """The same report with ethnicity and party membership; the reading is recorded."""
    credential_services.note(g.congress, "credential.read_sensitive", {}, actor=g.actor)
    return _report_page(sensitive=True)


def _report_page(*, sensitive: bool, refused: Stale | None = None) -> str:
    form = _moment()
    valid = form.validate()
    session, at = _session(form), form.moment() if valid else clock.now()
    report = credential_queries.report_at(g.congress, session, at)
    return render_template(
        "elections/credentials.html",
        form=form,
        report=report,
        seen={"seen": credential_report.fingerprint(report)},
        refused=refused,
        at=at,
        session=session,
        arguments=form.as_arguments() if valid else {},
        kept=credential_queries.reports(g.congress.id),
        sensitive=sensitive,
        **words(),
    )


def _moment() -> MomentForm:
    """The minute asked for; now, in the session that sits, when the address says nothing."""
    sessions = checkin_queries.sessions_of(g.congress.id)
    now = clock.now()
    here = checkin_queries.session_now(g.congress.id, now)
    wall = clock.at_venue(now)
    first = {"session": str(here.id) if here else "", "day": wall.date(), "time": wall.time()}
    given = request.values if "time" in request.values else None
    form = MomentForm(given, data=first)
    form.offer([(one.id, one.title) for one in sessions])
    return form


def _session(form: MomentForm) -> Session | None:
    chosen = form.session.data or ""
    if not (chosen.isascii() and chosen.isdigit() and len(chosen) < 10):
        return None
    return credential_queries.session_of(g.congress.id, int(chosen))


def words() -> dict[str, Any]:
    """What every page of the chapter's credentials shows."""
    path = g.congress.unit.path
    return {
        "may_decide": may(Permission.CREDENTIAL_DECIDE),
        "may_read_sensitive": privacy.may_read_sensitive(g.actor, path),
        "share": credential_sheet.share,
        "average": credential_sheet.average,
        "somebody": partial(credential_sheet.somebody, translate=say),
        "rounding_note": credential_sheet.rounding_note,
    }


@bp.post("/credentials/reports")
@requires(Permission.CREDENTIAL_DECIDE)
def keep() -> Answer:
    """Number the report as of the minute asked for; figures not looked at are shown first."""
    form = _moment()
    if not form.validate():
        flash(_("Chưa lập được báo cáo: hãy xem lại ngày và giờ."), "error")
        return redirect(url_for("credentials.index"))
    session, seen = _session(form), request.form.get("seen", "")
    try:
        kept = credential_services.make_report(
            g.congress, session, form.moment(), seen=seen, actor=g.actor
        )
    except Stale as error:
        return _report_page(sensitive=False, refused=error), error.status
    flash(_("Đã lập báo cáo số %(number)s.", number=kept.number), "success")
    return redirect(url_for("credentials.show", number=kept.number))


@bp.get("/credentials/reports/<int:number>")
@requires(Permission.CREDENTIAL_READ)
def show(number: int) -> str:
    """A numbered report as it was."""
    return _kept_page(_kept(number), sensitive=False)


@bp.post("/credentials/reports/<int:number>/sensitive")
@requires(Permission.DELEGATE_READ_SENSITIVE, after_closing=True)
def show_kept_sensitive(number: int) -> str:
    """The same with ethnicity and party membership; the reading is recorded."""
    kept = _kept(number)
    facts: dict[str, object] = {"number": number}
    credential_services.note(g.congress, "credential.read_sensitive", facts, actor=g.actor)
    return _kept_page(kept, sensitive=True)


def _kept(number: int) -> StoredReport:
    found = credential_queries.report_by_number(g.congress.id, number)
    if found is None:
        raise NotFound
    return found


def _kept_page(kept: StoredReport, *, sensitive: bool) -> str:
    latest = credential_queries.reports(g.congress.id)[0]
    return render_template(
        "elections/credential_report.html",
        kept=kept,
        report=credential_report.from_json(kept.body),
        intact=credential_report.digest(kept.body) == kept.sha256,
        is_latest=latest.number == kept.number,
        latest=latest.number,
        sensitive=sensitive,
        **words(),
    )


@bp.route("/credentials/reports/<int:number>/vote", methods=["GET", "POST"])
@requires(Permission.CREDENTIAL_DECIDE)
def vote(number: int) -> Answer:
    """The congress's vote that recognises the delegates."""
    kept, form = _kept(number), OpenVoteForm()
    if accepted(form, lambda: _recognise(kept, form)):
        flash(_("Đã ghi kết quả biểu quyết công nhận tư cách đại biểu."), "success")
        return redirect(url_for("credentials.show", number=number))
    report = credential_report.from_json(kept.body)
    return form_page("elections/credential_vote.html", form, kept=kept, report=report)


def _recognise(kept: StoredReport, form: OpenVoteForm) -> None:
    cast = form.vote()
    if cast is not None:
        credential_services.recognise(kept, cast, actor=g.actor)


@bp.post("/credentials/export")
@requires(Permission.CREDENTIAL_READ, after_closing=True)
def export() -> Response:
    """The report of the minute, or a numbered one, as a sheet; taking it out is recorded."""
    text = request.form.get("number", "")
    kept = _kept(int(text)) if text.isascii() and text.isdigit() and len(text) < 7 else None
    sensitive = request.form.get("sensitive") == "1"
    sensitive = sensitive and privacy.may_read_sensitive(g.actor, g.congress.unit.path)
    report = credential_report.from_json(kept.body) if kept else _now()
    facts: dict[str, object] = {"sensitive": sensitive}
    if kept:
        facts["number"] = kept.number
    credential_services.note(g.congress, "credential.export", facts, actor=g.actor)
    return _sheet(report, kept, sensitive=sensitive)


def _now() -> CredentialReport:
    form = _moment()
    at = form.moment() if form.validate() else clock.now()
    return credential_queries.report_at(g.congress, _session(form), at)


def _sheet(report: CredentialReport, kept: StoredReport | None, *, sensitive: bool) -> Response:
    title = _("Báo cáo thẩm tra tư cách đại biểu")
    if kept:
        title = _("Báo cáo số %(number)s thẩm tra tư cách đại biểu", number=kept.number)
    minute = instant(report.setting.moment)
    subtitle = _("%(congress)s; tính đến %(at)s", congress=g.congress.name, at=minute)
    data = credential_sheet.report_sheet(
        report, title=title, subtitle=subtitle, sensitive=sensitive, translate=say
    )
    return download(data, f"{title} {g.congress.unit.code}.xlsx")


@bp.get("/credentials/missing")
@requires(Permission.CREDENTIAL_READ)
def missing() -> str:
    """What the report cannot count, by unit, with the way to mend it."""
    sensitive = privacy.may_read_sensitive(g.actor, g.congress.unit.path)
    labels = credential_listing.GAP_LABELS.items()
    gaps = {key: text for key, text in labels if sensitive or key not in privacy.SENSITIVE}
    sums = gap_queries.sums(g.congress, list(gaps))
    lacking = [unit for unit in sums if unit.counts]
    return render_template(
        "elections/credentials_missing.html",
        units=lacking,
        total=len(sums),
        opened=_opened(lacking, sensitive=sensitive),
        gaps=gaps,
        may_mend=may(Permission.DELEGATE_REGISTER),
        **words(),
    )


def _opened(units: Sequence[UnitGaps], *, sensitive: bool) -> list[UnitGaps]:
    """The delegation whose people are shown: the one asked for, or the only one there is."""
    chosen = request.args.get("unit")
    shown = [unit for unit in units if len(units) == 1 or chosen == str(unit.unit_id or 0)]
    return [
        one
        for unit in shown[:1]
        for one in gap_queries.of_unit(g.congress, unit.unit_id, sensitive=sensitive)
    ]
