"""Movements: the list, one with what units reported of it, launching and closing."""

from __future__ import annotations

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from congress_app.audit.queries import history
from congress_app.exemplars import (
    movement_queries,
    movement_services,
    movement_sheet,
    overview_queries,
)
from congress_app.exemplars.movement_facts import MovementEntry
from congress_app.exemplars.movement_forms import ClosingForm, MovementFilterForm, MovementForm
from congress_app.exemplars.movement_models import Movement
from congress_app.exemplars.movement_rules import concerns, must_launch
from congress_app.exemplars.movement_totals import SLOT_LABELS, Period, added, totals_by
from congress_app.exemplars.movements import (
    MOVEMENT_KIND_LABELS,
    REPORT_DAYS,
    REPORTERS_LABELS,
    days_late,
    quarters,
)
from congress_app.exemplars.overview_queries import Listing, Overview
from congress_app.kernel import clock
from congress_app.kernel.errors import NotFound
from congress_app.kernel.permissions import Permission
from congress_app.units.chooser_routes import chooser
from congress_app.web.guards import requires
from congress_app.web.responses import Page, page_number, place_of
from congress_app.web.sheets import sheet_response
from congress_app.web.submissions import accepted, form_page
from congress_app.web.texts import say

bp = Blueprint("movements", __name__, url_prefix="/movements")

Answer = Response | str | tuple[str, int]
# Each of these units stands with four quarters, or with a line for every movement.
UNITS_A_PAGE = 25
MOVEMENT_LABELS = {
    "kinds": MOVEMENT_KIND_LABELS,
    "reporters": REPORTERS_LABELS,
    "slot_words": SLOT_LABELS,
}


@bp.get("")
@requires(Permission.EXEMPLAR_READ)
def index() -> str:
    """The movements that concern the reach, with how many reports are there and missing."""
    form, overview = _listed()
    return render_template(
        "exemplars/movements.html",
        form=form,
        wanted=form.wanted(clock.today()),
        overview=overview,
        **MOVEMENT_LABELS,
    )


@bp.get("/export.xlsx")
@requires(Permission.EXEMPLAR_READ)
def export() -> Response:
    """The filtered list as a sheet."""
    _form, overview = _listed()
    sums = {row.id: part for row, part in overview.by_movement.items()}
    rows = movement_sheet.movement_rows(overview.movements, sums, say)
    return sheet_response(_("Danh sách phong trào thi đua"), movement_sheet.MOVEMENT_COLUMNS, rows)


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.EXEMPLAR_DECIDE)
def create() -> Answer:
    """Enter a movement."""
    form = MovementForm(data={"report_days": REPORT_DAYS})
    form.offer(chooser(Permission.EXEMPLAR_DECIDE))
    made: list[Movement] = []
    if accepted(
        form,
        lambda: made.append(
            movement_services.launch(form.entry(), form.unit.unit_id, actor=g.actor)
        ),
    ):
        flash(_("Đã ghi phong trào “%(name)s”.", name=made[0].name), "success")
        return redirect(url_for("movements.show", movement_id=made[0].id))
    return form_page("exemplars/movement_edit.html", form, movement=None)


@bp.get("/<int:movement_id>")
@requires(Permission.EXEMPLAR_READ)
def show(movement_id: int) -> str:
    """One movement: goals, criteria, and what each unit reported by quarter."""
    return _page(readable(movement_id))


@bp.get("/<int:movement_id>/export.xlsx")
@requires(Permission.EXEMPLAR_READ)
def export_reports(movement_id: int) -> Response:
    """All reports of a movement within reach as a sheet, with their words."""
    row = readable(movement_id)
    facts = movement_queries.facts_of(row)
    told = [
        (report, result.reported_on, days_late(facts, result))
        for report in movement_queries.reports(row.id, g.reach)
        for result in (movement_queries.result_of(report),)
    ]
    rows = movement_sheet.report_rows(told, say)
    return sheet_response(
        _("Kết quả phong trào thi đua"), movement_sheet.REPORT_COLUMNS, rows, subtitle=row.name
    )


@bp.route("/<int:movement_id>/edit", methods=["GET", "POST"])
@requires(Permission.EXEMPLAR_DECIDE)
def edit(movement_id: int) -> Answer:
    """Change a movement."""
    row = _ruled(movement_id)
    fields = [*MovementEntry.__dataclass_fields__, "version"]
    form = MovementForm(data={name: getattr(row, name) for name in fields})
    form.offer(None)
    if accepted(
        form,
        lambda: movement_services.edit(
            row, form.entry(), version=form.opened_version(), actor=g.actor
        ),
    ):
        flash(_("Đã lưu phong trào “%(name)s”.", name=row.name), "success")
        return redirect(url_for("movements.show", movement_id=row.id))
    return form_page("exemplars/movement_edit.html", form, movement=row)


@bp.post("/<int:movement_id>/close")
@requires(Permission.EXEMPLAR_DECIDE)
def close(movement_id: int) -> Answer:
    """Declare a movement over."""
    row, form = _ruled(movement_id), ClosingForm()
    if accepted(
        form,
        lambda: movement_services.close(
            row,
            form.day.data,
            form.reason.data,
            version=form.opened_version(),
            actor=g.actor,
        ),
    ):
        flash(_("Đã kết thúc phong trào."), "success")
        return redirect(url_for("movements.show", movement_id=row.id))
    return _page(row, form), g.get("refused_status", 422)


@bp.post("/<int:movement_id>/reopen")
@requires(Permission.EXEMPLAR_DECIDE)
def reopen(movement_id: int) -> Answer:
    """Take the closing back."""
    row, form = _ruled(movement_id), ClosingForm()
    movement_services.reopen(row, version=form.opened_version(), actor=g.actor)
    flash(_("Phong trào tiếp tục đến ngày đã định."), "success")
    return redirect(url_for("movements.show", movement_id=row.id))


def readable(movement_id: int) -> Movement:
    """The movement, if it concerns the actor; else it does not exist for him."""
    row = movement_queries.movement_by_id(movement_id)
    within = g.actor.reach(Permission.EXEMPLAR_READ, "/")
    if row is None or not concerns(row.unit.path, within):
        raise NotFound()
    return row


def _ruled(movement_id: int) -> Movement:
    row = readable(movement_id)
    must_launch(g.actor, row.unit.path)
    return row


def _page(row: Movement, closing: ClosingForm | None = None) -> str:
    within = g.actor.reach(Permission.EXEMPLAR_READ, "/")
    overview = overview_queries.overview(within, [row])
    parts = overview.parts[row.id]
    years = sorted({quarter.year for quarter in parts} | {row.starts_on.year})
    year = _year(years)
    listing = overview_queries.listing(overview, Period(year), page_number(), UNITS_A_PAGE)
    slots = listing.slots()
    by_quarter = {quarter: part for quarter, part in parts.items() if quarter.year == year}
    day = max(row.starts_on, min(clock.today(), row.ends_on))
    fresh = ClosingForm(formdata=None, data={"day": day, "version": row.version})
    return render_template(
        "exemplars/movement.html",
        movement=row,
        names=listing.names,
        page=page_of(listing),
        today=overview.today,
        years=years,
        year=year,
        quarters={
            one: say(one.words)
            for one in quarters(movement_queries.facts_of(row))
            if one.year == year
        },
        cells={(slot.unit_id, slot.quarter): slot for slot in slots},
        by_unit=totals_by(slots, lambda slot: slot.unit_id),
        by_quarter=by_quarter,
        whole=added(by_quarter.values()),
        closing=closing or fresh,
        entries=history("movement", row.id),
        **MOVEMENT_LABELS,
    )


def _year(years: list[int]) -> int:
    asked = request.args.get("year", "")
    wanted = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 5 else None
    return (
        wanted
        if wanted in years
        else max((year for year in years if year <= clock.today().year), default=years[0])
    )


def _listed() -> tuple[MovementFilterForm, Overview]:
    form = MovementFilterForm(request.args)
    form.offer()
    rows = movement_queries.movements(g.reach, form.wanted(clock.today()))
    return form, overview_queries.overview(g.reach, rows)


def page_of(listing: Listing) -> Page[int]:
    """The page the units of a listing stand on."""
    number = place_of(listing.total, UNITS_A_PAGE)[1]
    return Page(listing.units, number, listing.total, UNITS_A_PAGE)
