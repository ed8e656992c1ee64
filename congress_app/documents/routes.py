"""The register of papers of a congress; one paper from draft to print."""

from __future__ import annotations

from typing import cast

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from congress_app.congresses.scope import congress_blueprint
from congress_app.delegates import delegation_queries, privacy
from congress_app.documents import freezing, letterhead, queries, release_services, services
from congress_app.documents.composing import symbol_of
from congress_app.documents.forms import DraftForm, IssueForm, ReasonForm, typed_of
from congress_app.documents.kinds import KINDS, kind_of
from congress_app.documents.merge_routes import begin_print
from congress_app.documents.models import Document
from congress_app.documents.numbering import STATE_LABELS, STATE_LOOKS
from congress_app.documents.papers.base import BODY_LABELS
from congress_app.documents.scope import looked_at, numbers_of, places_of, standing_of, where_urls
from congress_app.documents.services import DraftFacts
from congress_app.formats.blocks import words_of
from congress_app.formats.xlsx.writing import Cell, Column
from congress_app.kernel import clock
from congress_app.kernel.errors import Forbidden
from congress_app.kernel.permissions import Permission
from congress_app.kernel.sentences import N_, Sentence
from congress_app.web.addresses import row_number
from congress_app.web.guards import requires
from congress_app.web.responses import download
from congress_app.web.sheets import sheet_response
from congress_app.web.submissions import accepted, form_page
from congress_app.web.texts import say

bp = congress_blueprint("documents", __name__)

REGISTER_COLUMNS = (
    Column(N_("Số, ký hiệu"), 20),
    Column(N_("Trích yếu"), 60),
    Column(N_("Loại"), 24),
    Column(N_("Ngày"), 13, "date"),
    Column(N_("Người ký"), 26),
    Column(N_("Trạng thái"), 16),
)

Answer = Response | tuple[str, int]


@bp.get("/documents")
@requires(Permission.DOCUMENT_READ)
def index() -> str:
    """The register: every paper with its number, state and day."""
    return render_template(
        "documents/index.html",
        documents=queries.documents_of(g.congress.id),
        kinds=KINDS,
        states=STATE_LABELS,
        looks=STATE_LOOKS,
        number_words=letterhead.number_words,
    )


@bp.get("/documents.xlsx")
@requires(Permission.DOCUMENT_READ)
def sheet() -> Response:
    """The register as a sheet: the page's columns in the page's order."""
    rows = [_cells(document) for document in queries.documents_of(g.congress.id)]
    title, unit = N_("Sổ văn bản"), g.congress.unit.code
    return sheet_response(title, REGISTER_COLUMNS, rows, subtitle=g.congress.name, of=unit)


def _cells(document: Document) -> tuple[Cell, ...]:
    number = document.number
    return (
        f"{letterhead.number_words(number)}/{document.symbol}" if number else None,
        document.subject,
        say(KINDS[document.kind].title),
        document.signed_on,
        document.signer,
        say(STATE_LABELS[document.state]),
    )


@bp.get("/documents/new")
@requires(Permission.DOCUMENT_EDIT)
def new() -> str:
    """Which kind of paper to begin."""
    changed = queries.changed_kinds(g.congress.unit_id)
    return render_template(
        "documents/new.html", kinds=KINDS.values(), changed=changed, bodies=BODY_LABELS
    )


@bp.post("/documents")
@requires(Permission.DOCUMENT_EDIT, after_closing=True)
def create() -> Response:
    """Begin a draft of the kind."""
    document = services.draft(g.congress, request.form.get("kind", ""), actor=g.actor)
    return redirect(url_for("documents.show", document_id=document.id))


@bp.get("/documents/<int:document_id>")
@requires(Permission.DOCUMENT_READ)
def show(document_id: int) -> str:
    """One paper: what it still needs, its files, what became of it."""
    document = queries.document_by_id(g.congress.id, document_id)
    kind = kind_of(document.kind)
    lacks = queries.lacks_of(document) if queries.is_open(document) else []
    return render_template(
        "documents/show.html",
        document=document,
        kind=kind,
        lacks=lacks,
        where=where_urls(),
        people=len(queries.recipients_of(document, kind)) if queries.is_open(document) else None,
        **standing_of(document),
        states=(STATE_LABELS, STATE_LOOKS),
        number_words=letterhead.number_words,
        file_key=request.args.get("file"),
    )


@bp.route("/documents/<int:document_id>/edit", methods=["GET", "POST"])
@requires(Permission.DOCUMENT_EDIT, after_closing=True)
def edit(document_id: int) -> Answer:
    """The details and the text of a draft."""
    document = queries.document_by_id(g.congress.id, document_id)
    form = _draft_form(document)
    if accepted(form, lambda: _save(document, form)):
        flash(_("Đã lưu dự thảo."), "success")
        return redirect(url_for("documents.show", document_id=document.id))
    kind = kind_of(document.kind)
    return form_page(
        "documents/edit.html", form, document=document, kind=kind, places=places_of(kind)
    )


def _draft_form(document: Document) -> DraftForm:
    typed = typed_of(queries.head_of(document)) | document.selection
    form = DraftForm(
        data=typed
        | {
            "text": document.text,
            "version": str(document.version),
            "is_sensitive": document.is_sensitive,
        }
    )
    form.offer(delegation_queries.choices(g.congress, within=(g.congress.unit.path,)))
    return form


def _save(document: Document, form: DraftForm) -> None:
    # Who may not see these facts is not asked whether the paper has them.
    sensitive = form.is_sensitive.data if _may_read_sensitive() else document.is_sensitive
    typed = DraftFacts(form.head(), form.text.data or "", form.selection(), bool(sensitive))
    services.save(g.congress, document, typed, form.opened_version(), actor=g.actor)


@bp.get("/documents/<int:document_id>/file/<any(docx, pdf):file_format>")
@requires(Permission.DOCUMENT_READ)
def file(document_id: int, file_format: str) -> Response:
    """The paper as a file; one with sensitive columns only by the recorded way."""
    document = queries.document_by_id(g.congress.id, document_id)
    if document.is_sensitive and document.body is not None:
        told = N_("Văn bản có dữ liệu nhạy cảm. Hãy dùng nút tải ở trang của văn bản.")
        raise Forbidden("sensitive", Sentence(told))
    paper = queries.paper_of(document)
    if freezing.takes_long(paper, file_format):
        return redirect(url_for("papers.ask_print", document_id=document.id))
    data = freezing.WRITERS[file_format](paper)
    inline = file_format == "pdf" and request.args.get("download") is None
    return download(data, queries.file_name(document, file_format), inline=inline)


@bp.post("/documents/<int:document_id>/sensitive")
@requires(Permission.DOCUMENT_READ, after_closing=True)
def sensitive_file(document_id: int) -> Response:
    """The file with ethnic origin and party membership, written into the log."""
    document = queries.document_by_id(g.congress.id, document_id)
    if not _may_read_sensitive():
        raise Forbidden("forbidden", Sentence(N_("Bạn không được xem dữ liệu nhạy cảm.")))
    file_format = "pdf" if request.form.get("file_format") == "pdf" else "docx"
    paper = queries.paper_of(document, sensitive=True)
    if freezing.takes_long(paper, file_format):
        return begin_print(document, sensitive=True)
    data = freezing.WRITERS[file_format](paper)
    services.note_reading(g.congress, document, file_format, actor=g.actor)
    return download(data, queries.file_name(document, file_format))


def _may_read_sensitive() -> bool:
    return privacy.may_read_sensitive(g.actor, g.congress.unit.path)


@bp.route("/documents/<int:document_id>/issue", methods=["GET", "POST"])
@requires(Permission.DOCUMENT_ISSUE, after_closing=True)
def issue(document_id: int) -> Answer:
    """Give the number and freeze."""
    document = queries.document_by_id(g.congress.id, document_id)
    signer = queries.head_of(document).signer
    form = IssueForm(data={"signed_on": clock.today(), "signer": signer, "first_number": 1})
    if accepted(form, lambda: _issue(document, form)):
        flash(_("Đã ban hành văn bản."), "success")
        return redirect(url_for("documents.show", document_id=document.id))
    return _issue_page(document, form)


def _issue_page(document: Document, form: IssueForm) -> Answer:
    """The form with the number to come, and the paper that is decided upon."""
    kind, head = kind_of(document.kind), queries.head_of(document)
    year = (form.signed_on.data or clock.today()).year
    return form_page(
        "documents/issue.html",
        form,
        document=document,
        kind=kind,
        **numbers_of(document, head.symbol, year),
        symbol=symbol_of(kind, head),
        paper=looked_at(document, form),
        words=words_of,
    )


def _issue(document: Document, form: IssueForm) -> None:
    services.issue(
        g.congress,
        document,
        form.signed_on.data,
        cast(str, form.signer.data),
        seen=form.seen(),
        actor=g.actor,
        first_number=form.first_number.data or 1,
        sensitive=_may_read_sensitive(),
    )


@bp.route("/documents/<int:document_id>/void", methods=["GET", "POST"])
@requires(Permission.DOCUMENT_ISSUE, after_closing=True)
def void(document_id: int) -> Answer:
    """Take an issued paper back."""
    document = queries.document_by_id(g.congress.id, document_id)
    form = ReasonForm()
    if accepted(
        form, lambda: services.void(g.congress, document, str(form.reason.data), actor=g.actor)
    ):
        flash(_("Đã hủy văn bản; số của văn bản được giữ lại."), "success")
        return redirect(url_for("documents.show", document_id=document.id))
    return form_page("documents/void.html", form, document=document, kind=kind_of(document.kind))


@bp.post("/documents/<int:document_id>/replace")
@requires(Permission.DOCUMENT_ISSUE, after_closing=True)
def replace(document_id: int) -> Response:
    """Begin the draft that will take the paper's place."""
    document = queries.document_by_id(g.congress.id, document_id)
    if queries.open_replacement(document.id) is not None:
        flash(_("Văn bản này đã có dự thảo thay thế; đây là dự thảo đó."), "info")
    fresh = services.begin_replacement(g.congress, document, actor=g.actor)
    return redirect(url_for("documents.edit", document_id=fresh.id))


@bp.post("/documents/<int:document_id>/release")
@requires(Permission.DOCUMENT_ISSUE, after_closing=True)
def release(document_id: int) -> Response:
    """Show the paper on the delegates' phones."""
    document = queries.document_by_id(g.congress.id, document_id)
    release_services.release(g.congress, document, actor=g.actor)
    flash(_("Đại biểu xem được văn bản trên điện thoại."), "success")
    return redirect(url_for("documents.show", document_id=document.id))


@bp.post("/documents/<int:document_id>/withdraw")
@requires(Permission.DOCUMENT_ISSUE, after_closing=True)
def withdraw(document_id: int) -> Response:
    """Take the paper off the delegates' phones."""
    document = queries.document_by_id(g.congress.id, document_id)
    release_services.withdraw(g.congress, document, actor=g.actor)
    flash(_("Đã thu lại văn bản từ điện thoại của đại biểu."), "success")
    return redirect(url_for("documents.show", document_id=document.id))


@bp.post("/documents/<int:document_id>/discard")
@requires(Permission.DOCUMENT_EDIT, after_closing=True)
def discard(document_id: int) -> Response:
    """Throw a draft away."""
    document = queries.document_by_id(g.congress.id, document_id)
    seen = row_number(request.form.get("version"))
    services.discard(g.congress, document, version=seen, actor=g.actor)
    flash(_("Đã bỏ dự thảo."), "success")
    return redirect(url_for("documents.index"))
