"""Exemplars by sheet: template, upload with a preview, confirming; the council's list."""

from __future__ import annotations

from flask import Blueprint, Response, g
from flask_babel import gettext as _

from congress_app.exemplars import coverage_queries, queries, sheet
from congress_app.exemplars.act_routes import asked_year
from congress_app.exemplars.columns import FIELDS
from congress_app.exemplars.import_services import import_exemplars
from congress_app.formats.xlsx.template import write_template
from congress_app.jobs.sheet_routes import Answer, PreviewedImport
from congress_app.kernel.permissions import Permission
from congress_app.kernel.sentences import N_
from congress_app.web.guards import requires
from congress_app.web.responses import download
from congress_app.web.sheets import sheet_response
from congress_app.web.texts import say

bp = Blueprint("exemplar_sheets", __name__, url_prefix="/exemplars/sheets")

SHEETS = PreviewedImport(
    kind="exemplar_import",
    run=import_exemplars,
    fields=FIELDS,
    upload_page="exemplars/import.html",
    preview_page="exemplars/preview.html",
    result_endpoint="exemplar_sheets.result",
    looking=N_("Kiểm tra điển hình trong tệp {file}"),
    writing=N_("Ghi điển hình từ tệp {file}"),
)


@bp.route("/import", methods=["GET", "POST"])
@requires(Permission.EXEMPLAR_NOMINATE)
def import_sheet() -> Answer:
    """Choose a sheet; a job finds every change it would make and every fault in it."""
    return SHEETS.choose()


@bp.get("/import/<int:job_id>")
@requires(Permission.EXEMPLAR_NOMINATE)
def result(job_id: int) -> Answer:
    """What the sheet would do, or did; every fault in it."""
    return SHEETS.result(job_id)


@bp.post("/confirm")
@requires(Permission.EXEMPLAR_NOMINATE)
def confirm() -> Answer:
    """Write what was previewed; when the register has changed since, it is shown again."""
    return SHEETS.confirm()


@bp.get("/template.xlsx")
@requires(Permission.EXEMPLAR_READ)
def template() -> Response:
    """An empty sheet with the headers, the allowed values and what each column means."""
    data = write_template(FIELDS, sheet_name=_("Điển hình"), translate=say)
    return download(data, _("Mẫu danh sách điển hình") + ".xlsx")


@bp.get("/nominations.xlsx")
@requires(Permission.EXEMPLAR_READ)
def nominations() -> Response:
    """What lies before the councils in a year: the page's rows in the page's order."""
    _form, year = asked_year()
    rows = coverage_queries.nominations(g.reach, year)
    found = queries.own_findings([row.exemplar for row in rows])
    cells = [sheet.nomination_cells(row, found[row.exemplar_id], say) for row in rows]
    return sheet_response(sheet.NOMINATIONS, sheet.NOMINATION_COLUMNS, cells, of=str(year))


@bp.get("/coverage.xlsx")
@requires(Permission.EXEMPLAR_READ)
def coverage() -> Response:
    """Which unit has selected what it is asked for in a year: all units, in the page's order."""
    _form, year = asked_year()
    units = coverage_queries.asked(g.reach, year)
    lines = coverage_queries.coverage(g.reach, year, units)
    cells = [sheet.coverage_cells(line, say) for line in lines]
    return sheet_response(sheet.COVERAGE, sheet.COVERAGE_COLUMNS, cells, of=str(year))
