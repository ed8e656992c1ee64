"""A sheet from choosing it to confirming what was seen: one way for every chapter.

The chapter gives its own import and its two pages; nothing is written before the preview
was confirmed, and what has changed since is shown again first.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from flask import g, render_template
from werkzeug.wrappers import Response

from congress_app.formats.faults import Fault
from congress_app.formats.fields import Field
from congress_app.jobs import upload_queries, upload_services
from congress_app.jobs.forms import ConfirmForm, SheetForm
from congress_app.jobs.uploads import Upload
from congress_app.kernel.errors import Conflict, DomainError
from congress_app.web.texts import say

Answer = str | Response | tuple[str, int]


class Result(Protocol):
    """What every import tells: its faults, and a digest of what it would do."""

    @property
    def faults(self) -> tuple[Fault, ...]: ...  # noqa: D102

    @property
    def digest(self) -> str: ...  # noqa: D102


Done = TypeVar("Done", bound=Result)


@dataclass(frozen=True)
class PreviewedImport(Generic[Done]):
    """One kind of sheet: how it is read and written, and its pages.

    `run` takes (data, filename, *, dry_run, actor, expected) and raises Conflict when the
    file would by now do something else than `expected`, the digest of the preview.
    """

    run: Callable[..., Done]
    fields: Sequence[Field]
    upload_page: str
    preview_page: str

    def choose(self) -> Answer:
        """Choose a sheet, then see every change it would make and every fault in it."""
        form = SheetForm()
        if not form.validate_on_submit():
            return self._upload(form, 422 if form.is_submitted() else 200)
        upload = Upload(form.sheet.data.read(), form.sheet.data.filename or "")
        try:
            result = self.run(upload.data, upload.filename, dry_run=True, actor=g.actor)
        except DomainError as error:
            form.sheet.errors = [say(error.sentence)]
            return self._upload(form, error.status)
        if result.faults:
            return self._upload(form, 422, result, upload.filename)
        key = upload_services.keep(upload, g.actor.id)
        confirm = ConfirmForm(formdata=None, key=key, digest=result.digest)
        return self._preview(confirm, result, upload.filename, 200)

    def confirm(self, done: Callable[[Done], Response]) -> Answer:
        """Write what was previewed and go on to `done`; preview again if it has changed."""
        form = ConfirmForm()
        form.validate()
        key = form.key.data or ""
        upload = upload_queries.fetch(key, g.actor.id)
        expected = form.digest.data or "-"
        try:
            result = self.run(
                upload.data, upload.filename, dry_run=False, actor=g.actor, expected=expected
            )
        except Conflict as error:
            return self._preview_again(upload, key, error)
        upload_services.forget(key, g.actor.id)
        return done(result)

    def _upload(
        self, form: SheetForm, status: int, result: Done | None = None, filename: str = ""
    ) -> tuple[str, int]:
        page = render_template(
            self.upload_page,
            form=form,
            fields=self.fields,
            result=result,
            faults=[fault.as_dict(say) for fault in result.faults] if result else [],
            filename=filename,
        )
        return page, status

    def _preview(
        self, form: ConfirmForm, result: Done, filename: str, status: int
    ) -> tuple[str, int]:
        page = render_template(self.preview_page, form=form, result=result, filename=filename)
        return page, status

    def _preview_again(self, upload: Upload, key: str, error: DomainError) -> tuple[str, int]:
        """The preview of the same file against what is stored now."""
        form = ConfirmForm(formdata=None, key=key)
        result = self.run(upload.data, upload.filename, dry_run=True, actor=g.actor)
        form.digest.data = result.digest
        form.form_errors = [say(error.sentence)]
        if result.faults:
            return self._upload(SheetForm(formdata=None), error.status, result, upload.filename)
        return self._preview(form, result, upload.filename, error.status)
