"""The register of exemplars, one exemplar, and entering them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from flask import Blueprint, current_app, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from congress_app.audit.queries import history
from congress_app.exemplars import (
    award_name_queries,
    consent_queries,
    place_queries,
    queries,
    register_queries,
    services,
    sheet,
)
from congress_app.exemplars.act_forms import (
    AttachmentForm,
    AwardForm,
    ConsentForm,
    NominationForm,
    PortraitForm,
    ReviewForm,
    StageForm,
    WithdrawForm,
)
from congress_app.exemplars.facts import KIND_LABELS, ExemplarFacts
from congress_app.exemplars.fields import WORK_FIELDS
from congress_app.exemplars.forms import ExemplarForm, FilterForm, form_data
from congress_app.exemplars.freezing import thawed
from congress_app.exemplars.lifecycle import STAGE_LABELS, STANDING_LABELS, Stage, stages_from
from congress_app.exemplars.models import Exemplar
from congress_app.exemplars.publishing import PURPOSE_LABELS, Purpose
from congress_app.exemplars.reviews import is_due
from congress_app.exemplars.rules import must_nominate
from congress_app.exemplars.wanted import Wanted
from congress_app.kernel import clock
from congress_app.kernel.errors import NotFound
from congress_app.kernel.permissions import Permission
from congress_app.kernel.sentences import N_
from congress_app.units import queries as unit_queries
from congress_app.units.chooser_routes import chooser
from congress_app.units.models import Unit
from congress_app.web.forms import BaseForm
from congress_app.web.guards import requires
from congress_app.web.responses import Page, download, page_number
from congress_app.web.submissions import accepted, form_page
from congress_app.web.texts import say

bp = Blueprint("exemplars", __name__, url_prefix="/exemplars")

Answer = Response | str | tuple[str, int]

_CONSENTS_ENDED = N_(
    "Bản ghi nay là của người khác: sự đồng ý công khai đã ghi trước đó hết hiệu lực. "
    "Hãy ghi văn bản đồng ý của người này trước khi công khai."
)
# The criteria are asked of each row of a list.
ROWS_SHOWN = 20
LABELS = {
    "kinds": KIND_LABELS,
    "fields": WORK_FIELDS,
    "stages": STAGE_LABELS,
    "standings": STANDING_LABELS,
}


@bp.get("")
@requires(Permission.EXEMPLAR_READ)
def index() -> str:
    """The register within reach, filtered, with what the criteria say of each."""
    form, wanted = _filter()
    shown = register_queries.shown(g.reach, wanted, page_number(), ROWS_SHOWN)
    return render_template(
        "exemplars/index.html",
        form=form,
        wanted=wanted,
        places=place_queries.suggested(g.reach),
        page=Page(shown.rows, shown.number, shown.total, ROWS_SHOWN),
        findings=shown.findings,
        due_count=shown.due,
        **LABELS,
    )


@bp.get("/answers")
@requires(Permission.EXEMPLAR_READ)
def answers() -> str:
    """How many of the filtered register meet the criteria, do not, or cannot be told."""
    form, wanted = _filter()
    del form.answer
    return render_template(
        "exemplars/answers.html",
        form=form,
        wanted=replace(wanted, answer=None),
        places=place_queries.suggested(g.reach),
        answers=queries.answers(g.reach, replace(wanted, answer=None)),
        arguments={**request.args.to_dict(), "answer": None, "page": None},
    )


@bp.get("/export.xlsx")
@requires(Permission.EXEMPLAR_READ)
def export() -> Response:
    """The filtered register as a sheet, in the page's order."""
    _form, wanted = _filter()
    rows, found = register_queries.judged(g.reach, wanted)
    return download(sheet.register(rows, found), _("Danh sách điển hình tiên tiến") + ".xlsx")


@bp.get("/<int:exemplar_id>")
@requires(Permission.EXEMPLAR_READ)
def show(exemplar_id: int) -> str:
    """One exemplar: facts, awards, what the criteria say and why, its way so far."""
    return page_of(readable(exemplar_id))


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.EXEMPLAR_NOMINATE)
def create() -> Answer:
    """Enter an exemplar."""
    # The set that holds at the top of the actor's reach, not that of the sector.
    years = _years(min(g.reach, key=len, default="/"))
    form = ExemplarForm.with_years(years)(data={"detected_year": clock.today().year})
    _offer(form)
    made: list[Exemplar] = []
    if accepted(form, lambda: made.append(services.create(form.facts(), actor=g.actor))):
        flash(_("Đã ghi điển hình “%(name)s”.", name=made[0].name), "success")
        return redirect(url_for("exemplars.show", exemplar_id=made[0].id))
    return form_page("exemplars/edit.html", form, exemplar=None)


@bp.route("/<int:exemplar_id>/edit", methods=["GET", "POST"])
@requires(Permission.EXEMPLAR_NOMINATE)
def edit(exemplar_id: int) -> Answer:
    """Change what is known of an exemplar."""
    row = writable(exemplar_id)
    years, facts = _years(row.unit.path), queries.facts_of(row)
    form = ExemplarForm.with_years(years)(data=form_data(facts, row.version, years))
    _offer(form, row)
    agreed = consent_queries.given(row)
    if accepted(form, lambda: _save(row, form, facts)):
        flash(_("Đã lưu “%(name)s”.", name=row.name), "success")
        if agreed and not consent_queries.given(row):
            flash(say(_CONSENTS_ENDED), "warning")
        return redirect(url_for("exemplars.show", exemplar_id=row.id))
    return form_page("exemplars/edit.html", form, exemplar=row)


def _save(row: Exemplar, form: ExemplarForm, facts: ExemplarFacts) -> None:
    services.edit(
        row,
        form.facts(facts),
        version=form.opened_version(),
        actor=g.actor,
        tells_minority=form.tells_minority,
    )


def page_of(row: Exemplar, **forms: Any) -> str:
    """The page of one exemplar; a form that was refused stands in its place with its faults."""
    rules = queries.rules_for(row.unit.path)
    back, forward = _steps(row.stage)
    return render_template(
        "exemplars/show.html",
        exemplar=row,
        rules=rules,
        finding=queries.own_findings([row])[row.id],
        back=back,
        forward=forward,
        entries=history("exemplar", row.id) if _may_see_log(row) else None,
        files=[file for file in queries.files_of(row.id) if not file.is_portrait],
        portrait=queries.portrait_of(row.id) if may_see_portrait(row) else None,
        appraised={n.id: thawed(n.finding) for n in row.nominations if n.finding},
        purposes=PURPOSE_LABELS,
        held_back=consent_queries.held_back(row),
        is_due=is_due(row.reviewed_at, row.created_at, clock.today()),
        offered=award_name_queries.offered(),
        award_date=queries.award_date,
        # What later chapters know of the exemplar; the roof names them.
        panels=[panel(row) for panel in current_app.extensions["exemplar_panels"]],
        **LABELS,
        **(_forms(row) | forms),
    )


def _forms(row: Exemplar) -> dict[str, Any]:
    """Every form of the page, not yet sent."""
    empty = {"formdata": None}
    # The base nominates, the council above looks at it; the sector has none above.
    council = row.unit.parent_id or row.unit_id
    nomination = NominationForm(
        formdata=None, data={"year": clock.today().year, "council": council}
    )
    consents = {
        f"{purpose}_{name}": form(formdata=None, prefix=f"{purpose}-{name}")
        for purpose in Purpose
        for name, form in (("consent", ConsentForm), ("withdraw", WithdrawForm))
    }
    return consents | {
        "award_form": AwardForm(**empty),
        "stage_form": StageForm(**empty),
        "review_form": ReviewForm(**empty),
        "attachment_form": AttachmentForm(**empty),
        "portrait_form": PortraitForm(**empty),
        "publish_form": BaseForm(**empty),
        "nomination_form": offer_councils(nomination, row),
    }


def acted(row: Exemplar, form: FlaskForm, place: str, act: Callable[[], Any], told: str) -> Answer:
    """One form of the exemplar's page: done and back, or the page again with what is wrong."""
    if accepted(form, act):
        flash(told, "success")
        return back_to(row)
    return page_of(row, **{place: form}), g.get("refused_status", 422)


def back_to(row: Exemplar) -> Response:
    """On to the exemplar's page."""
    return redirect(url_for("exemplars.show", exemplar_id=row.id))


def may_see_portrait(row: Exemplar) -> bool:
    """Whoever keeps the record sees it; others where its publishing was agreed to."""
    return bool(row.photo_consent) or g.actor.can(Permission.EXEMPLAR_NOMINATE, row.unit.path)


def _may_see_log(row: Exemplar) -> bool:
    return any(
        g.actor.can(right, row.unit.path)
        for right in (Permission.EXEMPLAR_NOMINATE, Permission.AUDIT_READ)
    )


def offer_councils(form: NominationForm, row: Exemplar) -> NominationForm:
    """The councils an exemplar may be put to: of its unit and of those above."""
    above: list[Unit] = [*unit_queries.ancestors(row.unit.path), row.unit]
    form.council.choices = {unit.id: unit.name for unit in reversed(above)}
    return form


def readable(exemplar_id: int) -> Exemplar:
    """The exemplar, if the actor may see it; else it does not exist for him."""
    row = queries.exemplar_by_id(exemplar_id)
    if row is None or not g.actor.can(Permission.EXEMPLAR_READ, row.unit.path):
        raise NotFound()
    return row


def writable(exemplar_id: int) -> Exemplar:
    """The exemplar, if the actor may change it."""
    row = readable(exemplar_id)
    must_nominate(g.actor, row.unit.path)
    return row


def _filter() -> tuple[FilterForm, Wanted]:
    form = FilterForm(request.args)
    form.offer(lambda text, most: place_queries.paths_meant(text, g.reach, most))
    return form, form.wanted()


def _offer(form: ExemplarForm, row: Exemplar | None = None) -> None:
    sensitive, led = Permission.DELEGATE_READ_SENSITIVE, dict(queries.collectives(g.reach))
    if row is not None and row.leads is not None:
        # One out of reach stays on record; without it here it would be lost in silence.
        led.setdefault(row.leads.id, row.leads.name)
    may_see = g.actor.can(sensitive, row.unit.path) if row else g.actor.can_somewhere(sensitive)
    is_stored = row is not None
    units = chooser(Permission.EXEMPLAR_NOMINATE)
    form.offer(units, list(led.items()), sensitive=may_see, stored=is_stored)


def _years(unit_path: str) -> range:
    first, last = queries.rules_for(unit_path).window
    return range(first, last + 1)


def _steps(stage: str) -> tuple[Stage | None, Stage | None]:
    order = list(Stage)
    near = stages_from(stage)
    place = order.index(Stage(stage))
    back = next((one for one in near if order.index(one) < place), None)
    forward = next((one for one in near if order.index(one) > place), None)
    return back, forward
