"""Units by sheet: template, export, upload with a preview of every change, confirming."""

from __future__ import annotations

from flask import Blueprint, Response, g
from flask_babel import gettext as _

from congress_app.formats.xlsx.template import write_template
from congress_app.formats.xlsx.writing import Column, write_sheet
from congress_app.jobs.sheet_routes import Answer, PreviewedImport
from congress_app.kernel import clock
from congress_app.kernel.permissions import Permission
from congress_app.kernel.sentences import N_
from congress_app.units import queries
from congress_app.units.columns import FIELDS, export_row
from congress_app.units.import_services import import_units
from congress_app.web.guards import requires
from congress_app.web.responses import download
from congress_app.web.texts import say

bp = Blueprint("unit_sheets", __name__, url_prefix="/units/sheets")

WIDTHS = {"code": 14, "name": 44, "kind": 20, "parent": 18, "cluster": 24, "headcount_source": 28}
SHEETS = PreviewedImport(
    kind="unit_import",
    run=import_units,
    fields=FIELDS,
    upload_page="units/import.html",
    preview_page="units/preview.html",
    result_endpoint="unit_sheets.result",
    looking=N_("Kiểm tra đơn vị trong tệp {file}"),
    writing=N_("Ghi đơn vị từ tệp {file}"),
)


@bp.route("/import", methods=["GET", "POST"])
@requires(Permission.UNIT_EDIT)
def import_sheet() -> Answer:
    """Choose a sheet; a job finds every change it would make and every fault in it."""
    return SHEETS.choose()


@bp.get("/import/<int:job_id>")
@requires(Permission.UNIT_EDIT)
def result(job_id: int) -> Answer:
    """What the sheet would do, or did; every fault in it."""
    return SHEETS.result(job_id)


@bp.post("/confirm")
@requires(Permission.UNIT_EDIT)
def confirm() -> Answer:
    """Write what was previewed; when the tree has changed since, it is shown again."""
    return SHEETS.confirm()


@bp.get("/template.xlsx")
@requires(Permission.UNIT_READ)
def template() -> Response:
    """An empty sheet with the headers, the allowed values and what each column means."""
    data = write_template(FIELDS, sheet_name=_("Đơn vị"), translate=say)
    return download(data, _("Mẫu danh sách đơn vị") + ".xlsx")


@bp.get("/export.xlsx")
@requires(Permission.UNIT_READ)
def export() -> Response:
    """All units within reach in protocol order; reading it back changes nothing."""
    columns = [Column(field.header, WIDTHS.get(field.key, 14), field.kind) for field in FIELDS]
    rows = [export_row(*unit) for unit in queries.units_to_export(g.reach)]
    subtitle = _("Ngày %(day)s", day=clock.today().strftime("%d/%m/%Y"))
    data = write_sheet(
        columns, rows, title=_("DANH SÁCH ĐƠN VỊ"), subtitle=subtitle, sheet_name=_("Đơn vị")
    )
    return download(data, _("Danh sách đơn vị") + ".xlsx")
