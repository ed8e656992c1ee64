"""Reports on movements: writing one, what a unit still owes, who has not reported, sums."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

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
from congress_app.exemplars.movement_forms import DueForm, PeriodForm, ReportForm
from congress_app.exemplars.movement_models import Movement
from congress_app.exemplars.movement_routes import (
    MOVEMENT_LABELS,
    UNITS_A_PAGE,
    page_of,
    readable,
)
from congress_app.exemplars.movement_totals import Period, Totals, totals_by
from congress_app.exemplars.movements import Due, Lack, Quarter, deadline, quarters
from congress_app.exemplars.overview_queries import Listing, Overview
from congress_app.formats.xlsx.writing import Cell
from congress_app.kernel import clock
from congress_app.kernel.errors import NotFound
from congress_app.kernel.permissions import Permission
from congress_app.units import queries as unit_queries
from congress_app.units.models import Unit
from congress_app.web.guards import requires
from congress_app.web.responses import Page, page_number, paged, place_of
from congress_app.web.sheets import sheet_response
from congress_app.web.submissions import accepted
from congress_app.web.texts import say

bp = Blueprint("movement_reports", __name__, url_prefix="/movements")

Answer = Response | str | tuple[str, int]
_QUARTER = re.compile(r"(20\d\d)-([1-4])", re.ASCII)
# A line tells the units by name while they are few, and leads to their list when they are more.
FEW, QUARTERS_SHOWN, WAITING_SHOWN = 3, 20, 20


@bp.get("/<int:movement_id>/reports/<int:unit_id>/<quarter>")
@requires(Permission.EXEMPLAR_READ)
def show(movement_id: int, unit_id: int, quarter: str) -> str:
    """What a unit reported of a quarter; whoever reports for it gets the form."""
    row, unit, told = _place(movement_id, unit_id, quarter)
    return _page(row, unit, told, None)


@bp.post("/<int:movement_id>/reports/<int:unit_id>/<quarter>")
@requires(Permission.EXEMPLAR_NOMINATE)
def write(movement_id: int, unit_id: int, quarter: str) -> Answer:
    """Write or correct a report."""
    row, unit, told = _place(movement_id, unit_id, quarter)
    form = ReportForm()
    if accepted(form, lambda: _send(row, unit, told, form)):
        flash(_("Đã lưu báo cáo %(quarter)s.", quarter=say(told.words)), "success")
        return redirect(url_for("movements.show", movement_id=row.id, year=told.year))
    return _page(row, unit, told, form), g.get("refused_status", 422)


@bp.get("/to-report")
@requires(Permission.EXEMPLAR_NOMINATE)
def to_report() -> str:
    """What the units one reports for still owe, the longest waiting first."""
    form, overview, found = _due()
    names, page = _waiting(overview, found)
    return render_template(
        "exemplars/movement_to_report.html",
        form=form,
        by_id={row.id: row for row in overview.movements},
        names=names,
        page=page,
    )


@bp.get("/to-report.xlsx")
@requires(Permission.EXEMPLAR_NOMINATE)
def export_to_report() -> Response:
    """The same as a sheet."""
    return _due_sheet(_("Báo cáo phong trào cần gửi"))


@bp.get("/missing")
@requires(Permission.EXEMPLAR_READ)
def missing() -> str:
    """Who has not reported, by movement and quarter."""
    form, overview, found = _due()
    page = paged(found, QUARTERS_SHOWN)
    few = overview_queries.waiting(overview, [one for one in page.rows if one.count <= FEW])
    names: dict[tuple[int, Quarter], list[str]] = {}
    for one in few.due:
        names.setdefault((one.movement_id, one.quarter), []).append(few.names[one.unit_id])
    return render_template(
        "exemplars/movement_missing.html",
        form=form,
        by_id={row.id: row for row in overview.movements},
        asked=overview.parts,
        total=sum(one.count for one in found),
        names=names,
        page=page,
    )


@bp.get("/<int:movement_id>/missing/<quarter>")
@requires(Permission.EXEMPLAR_READ)
def missing_units(movement_id: int, quarter: str) -> str:
    """The units that have not reported of one quarter, by pages."""
    row, told = readable(movement_id), _quarter(quarter)
    overview = overview_queries.overview(g.reach, [row])
    found = [one for one in overview.lacks if one.quarter == told]
    names, page = _waiting(overview, found)
    return render_template(
        "exemplars/movement_missing_units.html",
        movement=row,
        quarter=told,
        lack=found[0] if found else None,
        names=names,
        page=page,
    )


@bp.get("/missing.xlsx")
@requires(Permission.EXEMPLAR_READ)
def export_missing() -> Response:
    """The same as a sheet, a line for each missing report."""
    return _due_sheet(_("Đơn vị chưa báo cáo phong trào"))


@bp.get("/summary")
@requires(Permission.EXEMPLAR_READ)
def summary() -> str:
    """A half year or a year: reports and what was reached, by movement and by unit."""
    form, period, overview = _summed()
    listing = overview_queries.listing(overview, period, page_number(), UNITS_A_PAGE)
    return render_template(
        "exemplars/movement_summary.html",
        form=form,
        period=period,
        overview=overview,
        by_kind=_by_kind(overview),
        page=page_of(listing),
        by_unit=_by_unit(listing),
        **MOVEMENT_LABELS,
    )


@bp.get("/summary.xlsx")
@requires(Permission.EXEMPLAR_READ)
def export_summary() -> Response:
    """The same as a sheet: the whole, by movement, by unit."""
    _form, period, overview = _summed()
    rows: list[list[Cell]] = [
        movement_sheet.total_row(_("Tổng hợp"), _("Tất cả phong trào"), overview.whole)
    ]
    for row, part in overview.by_movement.items():
        rows.append(movement_sheet.total_row(_("Theo phong trào"), row.name, part))
    for unit_name, part in _by_unit(overview_queries.listing(overview, period)):
        rows.append(movement_sheet.total_row(_("Theo đơn vị"), unit_name, part))
    return sheet_response(
        _("Tổng hợp phong trào thi đua"),
        movement_sheet.TOTAL_COLUMNS,
        rows,
        subtitle=say(period.words),
    )


def _send(row: Movement, unit: Unit, quarter: Quarter, form: ReportForm) -> None:
    movement_services.report(
        row,
        unit,
        quarter,
        reached=form.reached.data,
        text=form.text.data or "",
        version=form.opened_version(),
        actor=g.actor,
    )


def _place(movement_id: int, unit_id: int, text: str) -> tuple[Movement, Unit, Quarter]:
    """What the address names, if the actor may see it."""
    row = readable(movement_id)
    unit = unit_queries.unit_by_id(unit_id)
    quarter = _quarter(text)
    if unit is None or not g.actor.can(Permission.EXEMPLAR_READ, unit.path):
        raise NotFound()
    facts = movement_queries.facts_of(row)
    if quarter not in quarters(facts) or not unit.path.startswith(facts.unit_path):
        raise NotFound()
    return row, unit, quarter


def _quarter(text: str) -> Quarter:
    read = _QUARTER.fullmatch(text)
    if read is None:
        raise NotFound()
    return Quarter(int(read[1]), int(read[2]))


def _page(row: Movement, unit: Unit, quarter: Quarter, sent: ReportForm | None) -> str:
    stored = movement_queries.report_of(row.id, unit.id, quarter)
    data = {
        "version": stored.version if stored else 0,
        "reached": stored.reached if stored else None,
        "text": stored.text if stored else None,
    }
    return render_template(
        "exemplars/movement_report.html",
        movement=row,
        unit=unit,
        quarter=quarter,
        stored=stored,
        deadline=deadline(movement_queries.facts_of(row), quarter),
        has_begun=quarter.first_day <= clock.today(),
        form=sent or ReportForm(formdata=None, data=data),
        entries=history("movement_result", stored.id) if stored else [],
    )


def _due() -> tuple[DueForm, Overview, list[Lack]]:
    rows = movement_queries.movements(g.reach)
    form = DueForm(request.args)
    form.offer([(row.id, row.name) for row in rows])
    form.validate()
    chosen = form.movement.data if not form.movement.errors else 0
    overview = overview_queries.overview(g.reach, [row for row in rows if chosen in (0, row.id)])
    found = [one for one in overview.lacks if one.is_overdue or form.overdue.data != "yes"]
    return form, overview, found


def _waiting(overview: Overview, found: Sequence[Lack]) -> tuple[Mapping[int, str], Page[Due]]:
    """The reports that are missing, by pages, and the names of the units on this one."""
    total = sum(one.count for one in found)
    start, number = place_of(total, WAITING_SHOWN)
    waiting = overview_queries.waiting(overview, found, start, start + WAITING_SHOWN)
    return waiting.names, Page(waiting.due, number, total, WAITING_SHOWN)


def _due_sheet(title: str) -> Response:
    _form, overview, found = _due()
    waiting = overview_queries.waiting(overview, found)
    by_id = {row.id: row for row in overview.movements}
    rows = movement_sheet.due_rows(waiting.due, by_id, waiting.names, say)
    return sheet_response(title, movement_sheet.DUE_COLUMNS, rows)


def _summed() -> tuple[PeriodForm, Period, Overview]:
    this_year = clock.today().year
    form = PeriodForm(request.args or None, data={"year": this_year})
    form.offer()
    period = form.period(this_year)
    rows = movement_queries.movements(g.reach)
    return form, period, overview_queries.overview(g.reach, rows, period)


def _by_kind(overview: Overview) -> dict[str, Totals]:
    found: dict[str, Totals] = {}
    for row, part in overview.by_movement.items():
        found[row.kind] = found.get(row.kind, Totals()) + part
    return found


def _by_unit(listing: Listing) -> list[tuple[str, Totals]]:
    """The name of each unit of the page with its totals."""
    parts = totals_by(listing.slots(), lambda slot: slot.unit_id)
    return [(listing.names[key], parts[key]) for key in listing.units]
