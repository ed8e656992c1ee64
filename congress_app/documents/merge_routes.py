"""A paper for many: single files in a zip, and words to paste into Zalo or a mail."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any

from flask import g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from congress_app.congresses.scope import congress_blueprint
from congress_app.documents import merge_services, queries
from congress_app.documents.kinds import kind_of
from congress_app.documents.messages import messages
from congress_app.documents.models import Document
from congress_app.jobs.registry import durable
from congress_app.jobs.services import Progress, begin
from congress_app.kernel.errors import NotFound
from congress_app.kernel.permissions import Actor, Permission
from congress_app.web.guards import requires
from congress_app.web.responses import PAGE_SIZE, Page, download, page_number

bp = congress_blueprint("papers", __name__)


@bp.post("/documents/<int:document_id>/zip")
@requires(Permission.DOCUMENT_READ, after_closing=True)
def make_zip(document_id: int) -> Response:
    """Begin writing one file a recipient; the page of the job tells how far it is."""
    document = queries.document_by_id(g.congress.id, document_id)
    if not kind_of(document.kind).per_recipient:
        raise NotFound
    form = "pdf" if request.form.get("file_format") == "pdf" else "docx"
    key = secrets.token_hex(16)
    arguments = {
        "congress_id": g.congress.id,
        "document_id": document_id,
        "form": form,
        "key": key,
    }
    title = _("Ghi từng văn bản: %(subject)s", subject=document.subject)
    back = url_for("documents.show", document_id=document_id, file=key)
    job = begin("document_zip", title, arguments, back_to=back, actor=g.actor)
    return redirect(url_for("jobs.show", job_id=job.id))


@durable("document_zip", forgets=merge_services.forget_files)
def write_zip(
    progress: Progress, actor: Actor, *, congress_id: int, document_id: int, form: str, key: str
) -> Mapping[str, Any]:
    """Write the zip under the key, which the second attempt finds written."""
    count = merge_services.write_zip(congress_id, document_id, form, key, progress, actor=actor)
    return {"count": count}


@bp.get("/documents/<int:document_id>/print")
@requires(Permission.DOCUMENT_READ)
def ask_print(document_id: int) -> str:
    """A long paper is not set while somebody waits: begin it here."""
    document = queries.document_by_id(g.congress.id, document_id)
    return render_template("documents/print.html", document=document)


@bp.post("/documents/<int:document_id>/print")
@requires(Permission.DOCUMENT_READ, after_closing=True)
def make_print(document_id: int) -> Response:
    """Begin to set the whole paper as one PDF."""
    document = queries.document_by_id(g.congress.id, document_id)
    if document.is_sensitive and document.body is not None:
        raise NotFound  # only by the recorded way
    return begin_print(document, sensitive=False)


def begin_print(document: Document, *, sensitive: bool) -> Response:
    """Begin the job, and go to where its file will be."""
    arguments = {
        "congress_id": g.congress.id,
        "document_id": document.id,
        "sensitive": sensitive,
    }
    title = _("Ghi bản in: %(subject)s", subject=document.subject)
    back = url_for("documents.show", document_id=document.id)
    job = begin(merge_services.PRINT, title, arguments, back_to=back, actor=g.actor)
    return redirect(url_for("jobs.show", job_id=job.id))


@bp.get("/documents/files/<file_key>")
@requires(Permission.DOCUMENT_READ)
def made_file(file_key: str) -> Response:
    """A zip that a job made, for who asked for it."""
    made = queries.file_by_key(g.congress.id, file_key, g.actor.id)
    return download(made.data, made.name)


@bp.get("/documents/<int:document_id>/messages")
@requires(Permission.DOCUMENT_READ)
def show_messages(document_id: int) -> str:
    """A short text for each recipient, without sensitive or contact facts."""
    document = queries.document_by_id(g.congress.id, document_id)
    kind = kind_of(document.kind)
    people = queries.recipients_of(document, kind)
    first = (page_number() - 1) * PAGE_SIZE
    told = messages(kind, queries.facts_for(document), people[first : first + PAGE_SIZE])
    page = Page(told.texts, page_number(), len(people))
    return render_template(
        "documents/messages.html", document=document, kind=kind, page=page, lacks=told.lacks
    )
