"""A sheet from choosing it to confirming what was seen: one way for every chapter.

A job reads the sheet and keeps what it would do; the page shows that; confirmed, another
job writes exactly that, or shows what has changed since. Small sheets are done within the
request, by the same job. The chapter gives its own import and its pages.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import g, redirect, render_template, url_for
from werkzeug.wrappers import Response

from congress_app.formats.fields import Field
from congress_app.jobs import (
    outcome,
    queries,
    registry,
    services,
    sheet_result,
    upload_queries,
    upload_services,
)
from congress_app.jobs.forms import ConfirmForm, SheetForm
from congress_app.jobs.models import Job
from congress_app.jobs.outcome import State
from congress_app.jobs.services import Progress
from congress_app.jobs.sheet_result import SheetResult
from congress_app.jobs.uploads import Upload
from congress_app.kernel.errors import Conflict, DomainError
from congress_app.kernel.permissions import Actor
from congress_app.kernel.sentences import Sentence
from congress_app.web.responses import paged
from congress_app.web.texts import say

# Faults or changes on one page.
SHOWN = 200

Answer = str | Response | tuple[str, int]


@dataclass(frozen=True)
class PreviewedImport:
    """One kind of sheet: how it is read and written, and its pages.

    `run` takes (data, filename, *, dry_run, actor, expected, tell, settle) and raises
    Conflict when the file would by now do something else than `expected`, the digest of
    the preview. `looking` and `writing` are the titles of its jobs, with {file}.
    """

    kind: str
    run: Callable[..., SheetResult]
    fields: Sequence[Field]
    upload_page: str
    preview_page: str
    result_endpoint: str
    looking: str
    writing: str

    def __post_init__(self) -> None:
        registry.durable(self.kind)(self.work)

    def choose(self) -> Answer:
        """Choose a sheet; a job looks at it."""
        form = SheetForm()
        if not form.validate_on_submit():
            return self._upload(form), 422 if form.is_submitted() else 200
        upload = Upload(form.sheet.data.read(), form.sheet.data.filename or "")
        return self._begin(upload_services.keep(upload, g.actor.id), None)

    def confirm(self) -> Answer:
        """Have written what was previewed."""
        form = ConfirmForm()
        form.validate()
        return self._begin(form.key.data or "", form.digest.data or "-")

    def result(self, job_id: int) -> Answer:
        """What the sheet would do, every fault in it, or what it did."""
        job = queries.own_result(job_id, g.actor)
        if job.kind != self.kind or not outcome.is_over(State(job.state)):
            return redirect(url_for("jobs.show", job_id=job.id))
        if job.state != State.DONE or "refused" in job.result:
            return self._refused(job)
        result = sheet_result.from_data(job.result)
        return self._faulty(job, result) if result.faults else self._preview(job, result)

    def work(
        self, progress: Progress, actor: Actor, *, key: str, expected: str | None
    ) -> Mapping[str, Any]:
        """Look at the kept sheet, or write it and forget it: in one transaction with the
        job's end, so that no second attempt finds it half done or does it again."""
        upload = upload_queries.fetch(key, actor.id)
        about = {"key": key, "filename": upload.filename, "written": False}

        def settle(result: SheetResult) -> None:
            told = about | {"written": True} | sheet_result.as_data(result)
            services.finish(progress, told)
            upload_services.forget(key, actor.id)

        def run(expected: str | None) -> SheetResult:
            return self.run(
                upload.data,
                upload.filename,
                dry_run=expected is None,
                actor=actor,
                expected=expected,
                tell=progress,
                settle=settle,
            )

        try:
            result = run(expected)
            told, is_of_use = about | sheet_result.as_data(result), not result.faults
        except Conflict as error:
            changed = {"changed": outcome.sentence_as_data(error.sentence)}
            return about | changed | sheet_result.as_data(run(None))
        except DomainError as error:
            told, is_of_use = about | {"refused": outcome.sentence_as_data(error.sentence)}, False
        if expected is None and not is_of_use:
            upload_services.finish_without(progress, told, key, actor.id)
        return told

    def _begin(self, key: str, expected: str | None) -> Response:
        template = self.looking if expected is None else self.writing
        job = services.begin_with_sheet(
            self.kind,
            lambda file: say(Sentence(template, file=file)),
            {"key": key, "expected": expected},
            back_to=lambda job_id: url_for(self.result_endpoint, job_id=job_id),
            actor=g.actor,
        )
        return redirect(url_for("jobs.show", job_id=job.id))

    def _upload(self, form: SheetForm, **told: object) -> str:
        return render_template(self.upload_page, form=form, fields=self.fields, **told)

    def _refused(self, job: Job) -> str:
        """Why the file could not be read or written, beside the field for the next one."""
        told = job.result.get("refused")
        why = outcome.sentence_from_data(told) if told else outcome.error_sentence(job.result)
        form = SheetForm(formdata=None)
        form.sheet.errors = [say(why)] if why else []
        return self._upload(form)

    def _faulty(self, job: Job, result: SheetResult) -> str:
        page = paged(result.faults, SHOWN)
        return self._upload(
            SheetForm(formdata=None),
            page=page,
            faults=[fault.as_dict(say) for fault in page.rows],
            count=len(result.faults) + result.left_out,
            left_out=result.left_out,
            filename=job.result["filename"],
            changed=_changed(job),
        )

    def _preview(self, job: Job, result: SheetResult) -> str:
        form = ConfirmForm(formdata=None, key=job.result["key"], digest=result.digest)
        form.form_errors = [words for words in [_changed(job)] if words]
        return render_template(
            self.preview_page,
            form=form,
            result=result,
            page=paged(result.changes, SHOWN),
            filename=job.result["filename"],
            written=job.result["written"],
        )


def _changed(job: Job) -> str | None:
    """Why what was confirmed is shown once more."""
    told = job.result.get("changed")
    return say(outcome.sentence_from_data(told)) if told else None
