"""The plan of the halls: look, download, propose."""

from __future__ import annotations

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from congress_app.congresses.scope import congress_blueprint
from congress_app.delegates.credentials import ACTIVE, State
from congress_app.jobs.services import begin
from congress_app.kernel.errors import DomainError, NotFound
from congress_app.kernel.permissions import Permission
from congress_app.seating import drawing, plan_services, queries, services
from congress_app.seating.blocks import BLOCK_LABELS
from congress_app.seating.drawing import SeatWords
from congress_app.seating.forms import HallForm
from congress_app.seating.models import Hall
from congress_app.seating.plan import HallPlan, PlanSeat
from congress_app.seating.plan_pdf import PAPERS, plan_pdf
from congress_app.seating.sheet import seating_sheet
from congress_app.web.guards import may, requires
from congress_app.web.responses import download
from congress_app.web.submissions import accepted, form_page
from congress_app.web.texts import say

bp = congress_blueprint("seating", __name__)

Answer = Response | tuple[str, int]
# Who is seated: whoever confirmed, or everybody who holds a place.
SEATED: dict[str, tuple[State, ...]] = {"confirmed": (State.CONFIRMED,), "holding": ACTIVE}


@bp.get("/seating")
@requires(Permission.CHECKIN_READ)
def index() -> str:
    """One hall with its seats, the seat looked at, and what is still to be done."""
    found, words = queries.overview(g.congress.id), _seat_words()
    shown = _shown(found.plans)
    return render_template(
        "seating/index.html",
        plan=shown,
        draw=drawing,
        words=words,
        chosen=_chosen(shown, "seat"),
        target=_chosen(shown, "target") or _typed(shown),
        blocks=words.blocks,
        may_edit=may(Permission.PROGRAMME_EDIT),
        **vars(found),
    )


def _seat_words() -> SeatWords:
    return SeatWords(
        seat=_("Ghế %(seat)s"),
        blocked=_("đang khóa"),
        locked_seat=_("ghế khóa"),
        free=_("trống"),
        left=_("không còn dự"),
        left_now=_("Không còn dự"),
        pinned=_("đã ghim"),
        blocks={block: say(words) for block, words in BLOCK_LABELS.items()},
    )


def _shown(plans: list[HallPlan]) -> HallPlan | None:
    """The hall asked for, the one with the seat asked for, or the first."""
    hall, seat = request.args.get("hall", ""), request.args.get("seat", "")
    for one in plans:
        if str(one.id) == hall or any(str(each.id) == seat for each in one.seats):
            return one
    return plans[0] if plans else None


def _chosen(shown: HallPlan | None, name: str) -> PlanSeat | None:
    wanted = request.args.get(name, "")
    return next((one for one in shown.seats if str(one.id) == wanted), None) if shown else None


def _typed(shown: HallPlan | None) -> PlanSeat | None:
    """The seat named in the address by its words, as the form without script sends it."""
    text = request.args.get("to", "").strip()
    if not text or shown is None:
        return None
    found = shown.seat_named(text)
    if found is None:
        flash(_("Hội trường này không có ghế “%(seat)s”.", seat=text), "error")
    return found


@bp.route("/seating/halls/new", methods=["GET", "POST"])
@requires(Permission.PROGRAMME_EDIT)
def add_hall() -> Answer:
    """A new hall."""
    form = HallForm(data={"name": g.congress.place})
    if accepted(
        form,
        lambda: services.add_hall(
            g.congress, form.name.data or "", form.description.data or "", actor=g.actor
        ),
    ):
        flash(_("Đã thêm hội trường. Bây giờ có thể lập phương án xếp chỗ."), "success")
        return redirect(url_for("seating.index"))
    return form_page("seating/hall.html", form, hall=None)


@bp.route("/seating/halls/<int:hall_id>", methods=["GET", "POST"])
@requires(Permission.PROGRAMME_EDIT)
def edit_hall(hall_id: int) -> Answer:
    """Change a hall; seats that stay keep their people."""
    hall = _hall(hall_id)
    stored = {"name": hall.name, "description": hall.description, "version": hall.version}
    form = HallForm(data=stored)
    if accepted(form, lambda: _edit(hall, form)):
        return redirect(url_for("seating.index", hall=hall_id))
    return form_page("seating/hall.html", form, hall=hall)


def _edit(hall: Hall, form: HallForm) -> None:
    name, text = form.name.data or "", form.description.data or ""
    lost = services.edit_hall(hall, name, text, form.opened_version(), actor=g.actor)
    flash(_("Đã lưu hội trường."), "success")
    if lost:
        told = _("%(count)s người mất chỗ vì ghế không còn; hãy xếp lại.", count=lost)
        flash(told, "warning")


@bp.post("/seating/halls/<int:hall_id>/remove")
@requires(Permission.PROGRAMME_EDIT)
def remove_hall(hall_id: int) -> Response:
    """Take a hall away."""
    services.remove_hall(_hall(hall_id), actor=g.actor)
    flash(_("Đã bỏ hội trường."), "success")
    return redirect(url_for("seating.index"))


@bp.post("/seating/propose")
@requires(Permission.PROGRAMME_EDIT)
def propose() -> Response:
    """Let the proposal seat everybody anew."""
    try:
        seated = services.seat_all(g.congress, _states(), actor=g.actor)
        flash(_("Đã xếp chỗ cho %(count)s người.", count=seated), "success")
    except DomainError as error:
        flash(say(error.sentence), "error")
    return redirect(url_for("seating.index"))


@bp.post("/seating/later")
@requires(Permission.PROGRAMME_EDIT)
def seat_later() -> Response:
    """Seat who has no seat yet; nobody else moves."""
    try:
        seated = services.seat_later(g.congress, _states(), actor=g.actor)
        flash(_("Đã xếp thêm %(count)s người.", count=seated), "success")
    except DomainError as error:
        flash(say(error.sentence), "error")
    return redirect(url_for("seating.index"))


def _states() -> tuple[State, ...]:
    return SEATED.get(request.form.get("who", ""), SEATED["confirmed"])


@bp.get("/seating/plan.pdf")
@requires(Permission.CHECKIN_READ)
def plan_file() -> Response:
    """All halls on paper, A4 or A3; large ones are drawn by a job."""
    paper, plans = _asked_paper(), queries.plans(g.congress.id)
    if sum(len(plan.seats) for plan in plans) > plan_services.AT_ONCE:
        return redirect(url_for("seating.ask_plan", paper=paper))
    data = plan_pdf(g.congress.name, plans, paper)
    return download(data, _plan_name(), inline=True)


@bp.get("/seating/plan/print")
@requires(Permission.CHECKIN_READ)
def ask_plan() -> str:
    """A large plan is not drawn while somebody waits: begin it here."""
    paper = _asked_paper()
    return render_template(
        "congresses/ask_print.html",
        what=f"{_('Sơ đồ chỗ ngồi')} {paper.upper()}",
        make_url=url_for("seating.make_plan", paper=paper),
        back_url=url_for("seating.index"),
    )


@bp.post("/seating/plan/print")
@requires(Permission.CHECKIN_READ, after_closing=True)
def make_plan() -> Response:
    """Begin to draw it, and go to where the file will be."""
    paper = _asked_paper()
    job = begin(
        plan_services.KIND,
        f"{_('Sơ đồ chỗ ngồi')} {g.congress.name}",
        {"congress_id": g.congress.id, "paper": paper, "filename": _plan_name()},
        back_to=url_for("seating.index"),
        actor=g.actor,
    )
    return redirect(url_for("jobs.show", job_id=job.id))


def _asked_paper() -> str:
    """The size of paper asked for, of a congress that has a hall to draw."""
    paper = request.args.get("paper", "a4")
    if paper not in PAPERS or not queries.halls(g.congress.id):
        raise NotFound()
    return paper


def _plan_name() -> str:
    return f"{_('Sơ đồ chỗ ngồi')} {g.congress.name}.pdf"


@bp.get("/seating/sheet.xlsx")
@requires(Permission.CHECKIN_READ)
def sheet() -> Response:
    """All seats as a sheet."""
    data = seating_sheet(g.congress.name, queries.plans(g.congress.id))
    return download(data, f"{_('Chỗ ngồi')} {g.congress.name}.xlsx")


def _hall(hall_id: int) -> Hall:
    found = queries.hall_by_id(g.congress.id, hall_id)
    if found is None:
        raise NotFound()
    return found
