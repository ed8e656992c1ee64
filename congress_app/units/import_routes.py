"""Units by sheet: template, export, upload with a preview of every change, confirming."""

from __future__ import annotations

from flask import Blueprint, Response, flash, g, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from congress_app.formats.xlsx.template import write_template
from congress_app.formats.xlsx.writing import Column, write_sheet
from congress_app.jobs import upload_queries, upload_services
from congress_app.jobs.uploads import Upload
from congress_app.kernel import clock
from congress_app.kernel.errors import Conflict, DomainError
from congress_app.kernel.permissions import Permission
from congress_app.units import queries
from congress_app.units.columns import FIELDS, export_row
from congress_app.units.forms import ConfirmForm, SheetForm
from congress_app.units.import_services import ImportResult, import_units
from congress_app.web.guards import requires
from congress_app.web.responses import download
from congress_app.web.texts import say

bp = Blueprint("unit_sheets", __name__, url_prefix="/units/sheets")

WIDTHS = {"code": 14, "name": 44, "kind": 20, "parent": 18, "cluster": 24, "headcount_source": 28}

Answer = str | AnyResponse | tuple[str, int]


@bp.route("/import", methods=["GET", "POST"])
@requires(Permission.UNIT_EDIT)
def import_sheet() -> Answer:
    """Choose a sheet, then see every change it would make and every fault in it."""
    form = SheetForm()
    if not form.validate_on_submit():
        return _upload_page(form, 422 if form.is_submitted() else 200)
    upload = Upload(form.sheet.data.read(), form.sheet.data.filename or "")
    try:
        result = import_units(upload.data, upload.filename, dry_run=True, actor=g.actor)
    except DomainError as error:
        form.sheet.errors = [say(error.sentence)]
        return _upload_page(form, error.status)
    if result.faults:
        return _upload_page(form, 422, result, upload.filename)
    key = upload_services.keep(upload, g.actor.id)
    confirm = ConfirmForm(formdata=None, key=key, digest=result.digest)
    return _preview_page(confirm, result, upload.filename, 200)


@bp.post("/confirm")
@requires(Permission.UNIT_EDIT)
def confirm() -> Answer:
    """Write what was previewed; when the tree has changed since, preview again."""
    form = ConfirmForm()
    form.validate()
    key = form.key.data or ""
    upload = upload_queries.fetch(key, g.actor.id)
    try:
        expected = form.digest.data or "-"
        result = import_units(
            upload.data, upload.filename, dry_run=False, actor=g.actor, expected=expected
        )
    except Conflict as error:
        return _preview_again(upload, key, error)
    upload_services.forget(key, g.actor.id)
    created, updated = result.created, result.updated
    flash(_("Đã thêm %(new)s đơn vị, sửa %(old)s đơn vị.", new=created, old=updated), "success")
    return redirect(url_for("units.index"))


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


def _upload_page(
    form: SheetForm, status: int, result: ImportResult | None = None, filename: str = ""
) -> tuple[str, int]:
    page = render_template(
        "units/import.html",
        form=form,
        fields=FIELDS,
        result=result,
        faults=[fault.as_dict(say) for fault in result.faults] if result else [],
        filename=filename,
    )
    return page, status


def _preview_page(
    form: ConfirmForm, result: ImportResult, filename: str, status: int
) -> tuple[str, int]:
    page = render_template("units/preview.html", form=form, result=result, filename=filename)
    return page, status


def _preview_again(upload: Upload, key: str, error: DomainError) -> tuple[str, int]:
    """The preview of the same file against the tree as it is now."""
    form = ConfirmForm(formdata=None, key=key)
    result = import_units(upload.data, upload.filename, dry_run=True, actor=g.actor)
    form.digest.data = result.digest
    form.form_errors = [say(error.sentence)]
    if result.faults:
        return _upload_page(SheetForm(formdata=None), error.status, result, upload.filename)
    return _preview_page(form, result, upload.filename, error.status)
