"""A unit's own texts of the kinds, tried on real data before they are kept."""

from __future__ import annotations

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from congress_app.congresses.scope import congress_blueprint
from congress_app.documents import freezing, queries, text_services
from congress_app.documents.forms import TextForm
from congress_app.documents.kinds import KINDS, kind_of
from congress_app.documents.scope import places_of
from congress_app.kernel.permissions import Permission
from congress_app.web.guards import requires
from congress_app.web.responses import download
from congress_app.web.submissions import accepted, form_page

bp = congress_blueprint("paper_texts", __name__)


@bp.get("/documents/texts")
@requires(Permission.DOCUMENT_EDIT)
def index() -> str:
    """Every kind that has a text, and which of them the unit changed."""
    kinds = [kind for kind in KINDS.values() if kind.text]
    changed = queries.changed_kinds(g.congress.unit_id)
    return render_template("documents/texts.html", kinds=kinds, changed=changed)


@bp.route("/documents/texts/<paper_kind>", methods=["GET", "POST"])
@requires(Permission.DOCUMENT_EDIT, after_closing=True)
def edit(paper_kind: str) -> Response | tuple[str, int]:
    """The text of a kind; the second button prints it with what is known now."""
    kind = kind_of(paper_kind)
    stored = queries.own_text(g.congress.unit_id, kind.code)
    text = queries.text_for(g.congress.unit, kind)
    form = TextForm(data={"text": text, "version": str(stored.version if stored else 0)})
    if request.form.get("try") and form.validate_on_submit():
        return _tried(kind.code, form)
    if accepted(form, lambda: _save(kind.code, form)):
        flash(_("Đã lưu mẫu nội dung."), "success")
        return redirect(url_for("paper_texts.index"))
    return form_page(
        "documents/text.html", form, kind=kind, places=places_of(kind), is_own=stored is not None
    )


def _save(code: str, form: TextForm) -> None:
    text_services.save_text(
        g.congress, code, str(form.text.data), form.opened_version(), actor=g.actor
    )


def _tried(code: str, form: TextForm) -> Response:
    kind = kind_of(code)
    paper = queries.fresh_paper(g.congress, kind, text=str(form.text.data), at_most=3)
    return download(freezing.WRITERS["pdf"](paper), f"{kind.title}.pdf", inline=True)


@bp.post("/documents/texts/<paper_kind>/reset")
@requires(Permission.DOCUMENT_EDIT, after_closing=True)
def reset(paper_kind: str) -> Response:
    """Go back to the text that comes from above."""
    text_services.reset_text(g.congress, paper_kind, actor=g.actor)
    flash(_("Đã dùng lại mẫu ban đầu."), "success")
    return redirect(url_for("paper_texts.index"))
