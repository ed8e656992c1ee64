"""The page of those whom an award item honours."""

from __future__ import annotations

from collections.abc import Sequence

from flask import flash, g, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from congress_app.congresses.scope import congress_blueprint
from congress_app.kernel.permissions import Permission
from congress_app.programme import honour_queries, honour_services
from congress_app.programme.conflict_queries import title_of
from congress_app.programme.honour_forms import HonoursForm, honours_form
from congress_app.programme.honours import HonourLine, honours_of, in_order
from congress_app.programme.models import Item
from congress_app.programme.scope import the_item
from congress_app.web.addresses import is_row_number
from congress_app.web.guards import requires
from congress_app.web.submissions import accepted, form_page

bp = congress_blueprint("honours", __name__)

Answer = Response | tuple[str, int]
# Of those who may be added so many are shown; the rest is found by name.
SHOWN = 40


@bp.route("/programme/items/<int:item_id>/honours", methods=["GET", "POST"])
@requires(Permission.PROGRAMME_EDIT)
def edit(item_id: int) -> Answer:
    """Whom the item honours, in the order they are read out; a search keeps what is typed."""
    item = the_item(item_id)
    form = _form(item)
    searching = request.form.get("act") == "search"
    if not searching and accepted(form, lambda: _save(item, form)):
        flash(_("Đã lưu danh sách tôn vinh."), "success")
        return redirect(url_for("honours.edit", item_id=item.id))
    page, status = form_page(
        "programme/honours.html",
        form,
        item=item,
        title=title_of(item),
        **_offered(form),
    )
    return page, 200 if searching else status


def _save(item: Item, form: HonoursForm) -> None:
    rows = honour_queries.candidates_among(g.congress, form.add.data or ())
    added = [(0, honour_queries.usual_honour(row)) for row in rows]
    honour_services.set_honours(
        g.congress,
        item,
        in_order([*form.kept(), *added]),
        form.opened_version(),
        actor=g.actor,
    )


def _form(item: Item) -> HonoursForm:
    lines = _lines(item)
    rows = honour_queries.candidates_among(g.congress, _ticked(lines))
    return honours_form(lines, [(row.id, row.name) for row in rows], item.version)


def _ticked(lines: Sequence[HonourLine]) -> set[int]:
    """The exemplars the form that was sent wants added, those it lists already left out."""
    sent = {int(key) for key in request.form.getlist("add") if is_row_number(key)}
    return sent - {line.exemplar_id for line in lines}


def _lines(item: Item) -> tuple[HonourLine, ...]:
    """The stored list; of a form that was sent the one it was opened with."""
    if request.method != "POST":
        return honour_queries.lines_for(honours_of(item.honours))
    sent = dict.fromkeys(int(key) for key in request.form.getlist("line") if is_row_number(key))
    return honour_queries.lines_sent(g.congress, item, list(sent))


def _offered(form: HonoursForm) -> dict[str, object]:
    """Those whose name was searched, and in any case those that are ticked."""
    ticked = _ticked(form.lines)
    listed = {line.exemplar_id for line in form.lines}
    others, unlisted = honour_queries.candidates(
        g.congress, without=listed | ticked, text=form.text.data or "", limit=SHOWN
    )
    return {
        "offered": [*honour_queries.candidates_among(g.congress, ticked), *others],
        "ticked": ticked,
        "unlisted": unlisted,
    }
