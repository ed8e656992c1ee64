"""Delegates by sheet: template, upload, preview with every fault, decisions, export."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from flask import g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from congress_app.congresses import queries as congress_queries
from congress_app.congresses.scope import congress_blueprint
from congress_app.delegates import (
    export_queries,
    export_services,
    headings,
    listing,
    privacy,
    sheet_result,
)
from congress_app.delegates.act_forms import UploadForm
from congress_app.delegates.book import STALE_ANSWER
from congress_app.delegates.import_services import import_delegates
from congress_app.formats.xlsx.template import write_template
from congress_app.jobs import outcome, upload_queries, upload_services
from congress_app.jobs.models import Job
from congress_app.jobs.outcome import State
from congress_app.jobs.queries import own_result
from congress_app.jobs.registry import durable
from congress_app.jobs.services import Progress, begin, begin_with_sheet, finish
from congress_app.jobs.uploads import Upload
from congress_app.kernel.errors import DomainError, NotFound
from congress_app.kernel.permissions import Actor, Permission
from congress_app.web.addresses import is_row_number
from congress_app.web.forms import BaseForm
from congress_app.web.guards import requires
from congress_app.web.responses import Page, download, paged
from congress_app.web.texts import say

bp = congress_blueprint("delegate_sheets", __name__)

KIND = "delegate_import"
SHOWN_FAULTS = 200

Answer = Response | tuple[str, int]


@bp.route("/delegates/import", methods=["GET", "POST"])
@requires(Permission.DELEGATE_IMPORT, partly=True)
def import_sheet() -> Answer:
    """Choose a sheet; it is checked in the background."""
    form = UploadForm()
    if not form.validate_on_submit():
        return _upload_page(form), 422 if form.is_submitted() else 200
    upload = Upload(form.file.data.read(), form.file.data.filename or "")
    key = upload_services.keep(upload, g.actor.id)
    return _start(key, {}, dry_run=True)


@bp.get("/delegates/import/<int:job_id>")
@requires(Permission.DELEGATE_IMPORT, partly=True)
def result(job_id: int) -> Answer:
    """What the sheet would do, every fault and every question; or what it did."""
    job = own_result(job_id, g.actor)
    if job.kind == KIND:
        _must_be_here(job)
    if job.kind != KIND or not outcome.is_over(State(job.state)):
        return redirect(url_for("jobs.show", job_id=job.id))
    if job.state != State.DONE or "refused" in job.result:
        return _refused_page(job), 200
    return _result_page(job), 200


@bp.post("/delegates/import/<int:job_id>")
@requires(Permission.DELEGATE_IMPORT, partly=True)
def decide(job_id: int) -> Answer:
    """Write the sheet with the decisions taken; nothing is written if one is missing."""
    job = own_result(job_id, g.actor)
    _must_be_here(job)
    if not BaseForm().validate_on_submit() or "key" not in job.result:
        raise NotFound
    return _start(job.result["key"], _answers(), dry_run=False)


@bp.get("/delegates/template.xlsx")
@requires(Permission.DELEGATE_READ, partly=True)
def template() -> Response:
    """An empty sheet with the headers, allowed values and what each column means."""
    data = write_template(headings.FIELDS, sheet_name=_("Đại biểu"), translate=say)
    return download(data, _("Mẫu danh sách đại biểu") + ".xlsx")


@bp.post("/delegates/export.xlsx")
@requires(Permission.DELEGATE_READ, partly=True, after_closing=True)
def export() -> Response:
    """The list as the page shows it, as a sheet; a long one is made by a job."""
    listed = listing.Listed(
        listing.read(request.form).as_arguments(),
        tuple(g.reach),
        request.form.get("sensitive") == "1" and privacy.may_read_all(g.actor, g.reach),
        _("DANH SÁCH ĐẠI BIỂU"),
    )
    name = f"{_('Danh sách đại biểu')} {g.congress.unit.code}.xlsx"
    if export_queries.how_many(g.congress, listed) > export_services.MANY:
        return _begin_export(listed, name)
    return download(export_services.export(g.congress, listed, say, actor=g.actor), name)


def _begin_export(listed: listing.Listed, name: str) -> Response:
    title = _("Ghi danh sách đại biểu: %(congress)s", congress=g.congress.name)
    arguments = {"congress_id": g.congress.id, "listed": asdict(listed), "filename": name}
    back = url_for("delegates.index")
    job = begin(export_services.KIND, title, arguments, back_to=back, actor=g.actor)
    return redirect(url_for("jobs.show", job_id=job.id))


def _start(key: str, accepted: Mapping[int, int], *, dry_run: bool) -> Response:
    congress_id = g.congress.id

    def title(file: str) -> str:
        if dry_run:
            return str(_("Kiểm tra danh sách đại biểu trong tệp %(file)s", file=file))
        return str(_("Ghi danh sách đại biểu trong tệp %(file)s", file=file))

    arguments = {
        "congress_id": congress_id,
        "key": key,
        "accepted": [list(pair) for pair in accepted.items()],
        "dry_run": dry_run,
    }
    job = begin_with_sheet(
        KIND,
        title,
        arguments,
        back_to=lambda job_id: url_for(
            "delegate_sheets.result", congress_id=congress_id, job_id=job_id
        ),
        actor=g.actor,
    )
    return redirect(url_for("jobs.show", job_id=job.id))


@durable(KIND)
def read_sheet(
    progress: Progress,
    actor: Actor,
    *,
    congress_id: int,
    key: str,
    accepted: list[list[int]],
    dry_run: bool,
) -> Mapping[str, Any]:
    """Check the kept sheet; or write it and forget it, in one transaction with the job's end."""
    congress = congress_queries.congress_by_id(congress_id)
    if congress is None:
        raise NotFound
    upload = upload_queries.fetch(key, actor.id)
    about = {"key": key, "filename": upload.filename, "accepted": accepted}

    def settle(result: sheet_result.ImportResult) -> None:
        finish(progress, about | sheet_result.as_data(result))
        upload_services.forget(key, actor.id)

    try:
        done = import_delegates(
            congress,
            upload.data,
            upload.filename,
            actor=actor,
            dry_run=dry_run,
            accept={row: person for row, person in accepted},  # noqa: C416 - pairs out of JSON
            progress=progress,
            settle=settle,
        )
    except DomainError as error:
        told, of_use = about | {"refused": outcome.sentence_as_data(error.sentence)}, False
    else:
        told, of_use = about | sheet_result.as_data(done), done.may_be_written
    if dry_run and not of_use:
        upload_services.finish_without(progress, told, key, actor.id)
    return told


def _upload_page(form: UploadForm) -> str:
    return render_template("delegates/import.html", form=form, fields=headings.FIELDS)


def _refused_page(job: Job) -> str:
    """Why the file could not be read or written, beside the field for the next one."""
    told = job.result.get("refused")
    why = outcome.sentence_from_data(told) if told else outcome.error_sentence(job.result)
    form = UploadForm(formdata=None)
    form.file.errors = [say(why)] if why else []
    return _upload_page(form)


def _result_page(job: Job) -> str:
    done = sheet_result.from_data(job.result)
    faults = [fault for fault in done.faults if not _is_asked(fault.row, fault.code, done)]
    page = paged(faults, SHOWN_FAULTS)
    shown = [fault.as_dict(say) for fault in page.rows]
    return render_template(
        "delegates/import_result.html",
        job=job,
        result=done,
        filename=job.result["filename"],
        accepted=dict(job.result["accepted"]),
        page=Page(shown, page.number, page.total, page.size),
        left_out=done.fault_count - len(done.faults),
    )


def _is_asked(row: int, code: str, done: sheet_result.ImportResult) -> bool:
    """True for the fault that stands among the questions."""
    asks = code == STALE_ANSWER or code.startswith("duplicate_")
    return asks and any(question.row == row for question in done.questions)


def _answers() -> dict[int, int]:
    """The decisions sent: row to person, or to `NEW_PERSON`."""
    found = {}
    for name, value in request.form.items():
        row = name.removeprefix("answer_")
        if name != row and is_row_number(row) and is_row_number(value):
            found[int(row)] = int(value)
    return found


def _must_be_here(job: Job) -> None:
    """The import of this congress, not of another one."""
    if job.kind != KIND or job.back_to != url_for("delegate_sheets.result", job_id=job.id):
        raise NotFound
