"""Acts on one exemplar: stage, awards, consent, nomination, appraisal, vote."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, flash, g, render_template, request
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from congress_app.exemplars import coverage_queries, nomination_services, queries, services
from congress_app.exemplars.act_forms import (
    AppraisalForm,
    AwardForm,
    NominationForm,
    ReasonForm,
    ReviewForm,
    StageForm,
    VoteForm,
    YearForm,
)
from congress_app.exemplars.awards import AwardEntry
from congress_app.exemplars.coverage import WANTED_FIELDS
from congress_app.exemplars.fields import WORK_FIELDS
from congress_app.exemplars.models import Nomination
from congress_app.exemplars.routes import (
    LABELS,
    ROWS_SHOWN,
    Answer,
    acted,
    back_to,
    offer_councils,
    readable,
    writable,
)
from congress_app.kernel import clock
from congress_app.kernel.errors import NotFound
from congress_app.kernel.permissions import Permission
from congress_app.web.guards import requires
from congress_app.web.responses import Page, paged, place_of
from congress_app.web.submissions import accepted, form_page
from congress_app.web.texts import say

bp = Blueprint("exemplar_acts", __name__, url_prefix="/exemplars")

# Each unit lists all its fields.
UNITS_SHOWN = 15


@bp.post("/<int:exemplar_id>/stage")
@requires(Permission.EXEMPLAR_NOMINATE)
def stage(exemplar_id: int) -> Answer:
    """One step forward or back."""
    row, form = writable(exemplar_id), StageForm()
    return acted(
        row,
        form,
        "stage_form",
        lambda: services.move_stage(row, form.stage.data or "", form.note.data, actor=g.actor),
        _("Đã chuyển khâu."),
    )


@bp.post("/<int:exemplar_id>/awards")
@requires(Permission.EXEMPLAR_NOMINATE)
def add_award(exemplar_id: int) -> Answer:
    """Record an award."""
    row, form = writable(exemplar_id), AwardForm()
    return acted(
        row,
        form,
        "award_form",
        lambda: services.add_award(
            row,
            AwardEntry(
                form.name.data or "", form.number.data, form.decided.data, form.signatory.data
            ),
            actor=g.actor,
        ),
        _("Đã ghi danh hiệu, khen thưởng."),
    )


@bp.post("/<int:exemplar_id>/awards/<int:award_id>/remove")
@requires(Permission.EXEMPLAR_NOMINATE)
def remove_award(exemplar_id: int, award_id: int) -> Response:
    """Take an award off the record."""
    row = writable(exemplar_id)
    services.remove_award(row, award_id, actor=g.actor)
    flash(_("Đã bỏ danh hiệu, khen thưởng. Nhật ký vẫn giữ."), "success")
    return back_to(row)


@bp.post("/<int:exemplar_id>/review")
@requires(Permission.EXEMPLAR_NOMINATE)
def review(exemplar_id: int) -> Answer:
    """Looked at this quarter."""
    row, form = writable(exemplar_id), ReviewForm()
    return acted(
        row,
        form,
        "review_form",
        lambda: services.mark_reviewed(row, form.remark.data, actor=g.actor),
        _("Đã ghi việc rà soát quý này."),
    )


@bp.post("/<int:exemplar_id>/nominations")
@requires(Permission.EXEMPLAR_NOMINATE)
def nominate(exemplar_id: int) -> Answer:
    """Put an exemplar forward for a year."""
    row = writable(exemplar_id)
    form = offer_councils(NominationForm(), row)
    return acted(
        row,
        form,
        "nomination_form",
        lambda: nomination_services.nominate(
            row, form.year.data or 0, form.reason.data, form.council.data, actor=g.actor
        ),
        _("Đã đề cử lên hội đồng."),
    )


@bp.get("/nominations")
@requires(Permission.EXEMPLAR_READ)
def council() -> str:
    """What lies before the councils within reach for a year."""
    form, year = asked_year()
    page = _nominations(year)
    return render_template(
        "exemplars/council.html",
        form=form,
        year=year,
        page=page,
        findings=queries.own_findings([n.exemplar for n in page.rows]),
        **LABELS,
    )


@bp.get("/nominations/coverage")
@requires(Permission.EXEMPLAR_READ)
def coverage() -> str:
    """Which unit has selected what it is asked for in a year, and what it lacks."""
    form, year = asked_year()
    page = paged(coverage_queries.asked(g.reach, year), UNITS_SHOWN)
    return render_template(
        "exemplars/coverage.html",
        form=form,
        year=year,
        page=page,
        lines=coverage_queries.coverage(g.reach, year, page.rows),
        wanted_fields=WANTED_FIELDS,
        words={code: say(text) for code, text in WORK_FIELDS.items()},
    )


@bp.route("/nominations/<int:nomination_id>/appraise", methods=["GET", "POST"])
@requires(Permission.EXEMPLAR_DECIDE)
def appraise(nomination_id: int) -> Answer:
    """The council's opinion, with the criteria's answer frozen beside it."""
    nomination = _nomination(nomination_id)
    form = AppraisalForm(
        data={"version": nomination.version, "opinion": nomination.appraisal or ""}
    )
    return _council_act(
        nomination,
        form,
        "exemplars/appraise.html",
        lambda: nomination_services.appraise(
            nomination, form.opinion.data, version=form.opened_version(), actor=g.actor
        ),
        _("Đã ghi ý kiến thẩm định."),
    )


@bp.route("/nominations/<int:nomination_id>/vote", methods=["GET", "POST"])
@requires(Permission.EXEMPLAR_DECIDE)
def vote(nomination_id: int) -> Answer:
    """The council's vote."""
    nomination = _nomination(nomination_id)
    form = VoteForm(data={"version": nomination.version, "votes_other": 0})
    return _council_act(
        nomination,
        form,
        "exemplars/vote.html",
        lambda: nomination_services.decide(
            nomination,
            selected=form.outcome.data == "selected",
            vote=form.vote(),
            version=form.opened_version(),
            actor=g.actor,
        ),
        _("Đã ghi kết quả bình chọn."),
    )


@bp.route("/nominations/<int:nomination_id>/reopen", methods=["GET", "POST"])
@requires(Permission.EXEMPLAR_DECIDE)
def reopen(nomination_id: int) -> Answer:
    """Take a decision back to the council's table."""
    nomination = _nomination(nomination_id)
    form = ReasonForm(data={"version": nomination.version})
    return _council_act(
        nomination,
        form,
        "exemplars/reopen.html",
        lambda: nomination_services.reopen(
            nomination, form.reason.data or "", version=form.opened_version(), actor=g.actor
        ),
        _("Đã đưa đề cử trở lại hội đồng."),
    )


def _nominations(year: int) -> Page[Nomination]:
    total = coverage_queries.nominated(g.reach, year)
    start, number = place_of(total, ROWS_SHOWN)
    rows = coverage_queries.nominations(g.reach, year, offset=start, limit=ROWS_SHOWN)
    return Page(rows, number, total, ROWS_SHOWN)


def asked_year() -> tuple[YearForm, int]:
    """The year asked for; without one the last in which somebody was nominated."""
    form = YearForm(request.args)
    year = form.year.data if form.validate() else None
    if year is None:
        year = coverage_queries.last_year(g.reach) or clock.today().year
    if not form.year.errors:
        form.year.data = year
    return form, year


def _council_act(
    nomination: Nomination, form: FlaskForm, template: str, act: Callable[[], Any], told: str
) -> Answer:
    if accepted(form, act):
        flash(told, "success")
        return back_to(nomination.exemplar)
    finding = queries.own_findings([nomination.exemplar])[nomination.exemplar_id]
    return form_page(
        template,
        form,
        nomination=nomination,
        exemplar=nomination.exemplar,
        finding=finding,
        work_fields=WORK_FIELDS,
    )


def _nomination(nomination_id: int) -> Nomination:
    nomination = coverage_queries.nomination_by_id(nomination_id)
    if nomination is None:
        raise NotFound()
    readable(nomination.exemplar_id)
    return nomination
