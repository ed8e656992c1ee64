"""Paper sheets: print them, type them back with a look beforehand."""

from __future__ import annotations

from collections.abc import Sequence

from flask import flash, g, redirect, render_template, request
from flask import url_for as url
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Answer

from congress_app.checkin import (
    board_queries,
    paper_print_services,
    paper_queries,
    paper_services,
    queries,
)
from congress_app.checkin.decision import REASON_LABELS
from congress_app.checkin.doors import prepared_at
from congress_app.checkin.paper_forms import PrintForm, TypedForm
from congress_app.checkin.paper_pdf import PrintedSheet, paper_sheets
from congress_app.checkin.paper_services import Typed
from congress_app.congresses.scope import congress_blueprint
from congress_app.jobs.services import begin
from congress_app.kernel import clock
from congress_app.kernel.errors import NotFound
from congress_app.kernel.permissions import Permission
from congress_app.web.guards import requires
from congress_app.web.responses import download
from congress_app.web.submissions import accepted
from congress_app.web.texts import say

bp = congress_blueprint("paper", __name__)


@bp.get("/checkin/paper")
@requires(Permission.CHECKIN_SUPERVISE)
def index() -> str:
    """What was printed, the form to print more, the form to type back."""
    return _page(_print_form(), TypedForm(formdata=None))


@bp.post("/checkin/paper")
@requires(Permission.CHECKIN_SUPERVISE)
def print_sheets() -> Answer | tuple[str, int]:
    """Fix new sheets; their PDF is then one press away, as often as wanted."""
    form = _print_form()
    if accepted(
        form,
        lambda: paper_services.print_sheets(
            g.congress, form.session.data, str(form.gate.data), form.order.data, actor=g.actor
        ),
    ):
        flash(_("Đã lập các tờ mới. Hãy tải tệp để in."), "success")
        return redirect(url("paper.index"))
    return _page(form, TypedForm(formdata=None)), g.get("refused_status", 422)


@bp.get("/checkin/paper/<int:batch>.pdf")
@requires(Permission.CHECKIN_SUPERVISE)
def sheets(batch: int) -> Answer:
    """The sheets of one printing; many are drawn by a job."""
    found = _printed(batch)
    if len(found) > paper_print_services.AT_ONCE:
        return redirect(url("paper.ask_sheets", batch=batch))
    return download(paper_sheets(g.congress.name, found), f"{_name(found)}.pdf")


@bp.get("/checkin/paper/<int:batch>/print")
@requires(Permission.CHECKIN_SUPERVISE)
def ask_sheets(batch: int) -> str:
    """Many sheets are not drawn while somebody waits: begin it here."""
    return render_template(
        "congresses/ask_print.html",
        what=_name(_printed(batch)),
        make_url=url("paper.make_sheets", batch=batch),
        back_url=url("paper.index"),
    )


@bp.post("/checkin/paper/<int:batch>/print")
@requires(Permission.CHECKIN_SUPERVISE, after_closing=True)
def make_sheets(batch: int) -> Answer:
    """Begin to draw them, and go to where the file will be."""
    name = _name(_printed(batch))
    job = begin(
        paper_print_services.KIND,
        name,
        {"congress_id": g.congress.id, "batch": batch, "filename": f"{name}.pdf"},
        back_to=url("paper.index"),
        actor=g.actor,
    )
    return redirect(url("jobs.show", job_id=job.id))


def _printed(batch: int) -> Sequence[PrintedSheet]:
    found = paper_queries.printed(g.congress.id, batch)
    if not found:
        raise NotFound
    return found


def _name(found: Sequence[PrintedSheet]) -> str:
    first, last = found[0].number, found[-1].number
    return str(_("Điểm danh giấy tờ %(first)s-%(last)s", first=first, last=last))


@bp.post("/checkin/paper/typed")
@requires(Permission.CHECKIN_SUPERVISE)
def type_in() -> Answer | tuple[str, int]:
    """Show what the typed rows come to; written only from there, and only without a fault."""
    form, write = TypedForm(), request.form.get("act") == "write"
    if not form.validate_on_submit():
        return _page(_print_form(empty=True), form), 422
    typed = paper_services.type_in(
        g.congress, str(form.text.data), form.at.data, actor=g.actor, write=write
    )
    if write and not typed.faults:
        flash(_("Đã ghi %(count)s lượt từ giấy.", count=typed.fresh), "success")
        return redirect(url("paper.index"))
    return _page(_print_form(empty=True), form, typed), 422 if typed.faults else 200


def _print_form(*, empty: bool = False) -> PrintForm:
    form = PrintForm(formdata=None) if empty else PrintForm()
    sessions = queries.sessions_of(g.congress.id)
    form.session.choices = {each.id: say(each.title) for each in sessions}
    if not form.is_submitted() or empty:
        doors = board_queries.doors_of(g.congress.id)
        form.session.data = prepared_at(doors, clock.now())
    return form


def _page(form: PrintForm, typed_form: TypedForm, typed: Typed | None = None) -> str:
    return render_template(
        "checkin/paper.html",
        form=form,
        typed_form=typed_form,
        typed=typed,
        batches=paper_queries.batches(g.congress.id),
        sessions=form.session.choices,
        reasons=REASON_LABELS,
    )
