"""The list of candidates: find or enter somebody, ask to withdraw, decide, strike a mistake."""

from __future__ import annotations

from flask import flash, g, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from congress_app.congresses.scope import congress_blueprint
from congress_app.delegates.book import STALE_ANSWER
from congress_app.elections import candidate_queries, candidate_services, scope
from congress_app.elections.acts import NominatedBy
from congress_app.elections.conduct import Nomination
from congress_app.elections.forms import NewCandidateForm, NominationForm, ReasonForm
from congress_app.elections.models import Candidate, Election
from congress_app.kernel.errors import DomainError, NotFound
from congress_app.kernel.permissions import Permission
from congress_app.kernel.vietnamese import fold
from congress_app.units.chooser_routes import chooser
from congress_app.web.guards import requires
from congress_app.web.submissions import accepted, form_page

bp = congress_blueprint("candidates", __name__)

Answer = Response | tuple[str, int]


@bp.route("/elections/<int:election_id>/candidates/add", methods=["GET", "POST"])
@requires(Permission.ELECTION_MANAGE)
def add(election_id: int) -> Answer:
    """Put a stored person on the list: a delegate, or somebody found by name."""
    election = scope.election_or_404(election_id)
    form = NominationForm()
    made: list[Candidate] = []
    if accepted(form, lambda: made.append(_nominate(election, form))):
        flash(_("Đã thêm %(name)s vào danh sách.", name=made[0].person.full_name), "success")
        return redirect(url_for("candidates.add", election_id=election_id))
    return _add_page(election, form, request.args.get("q", "")[:100])


def _add_page(election: Election, form: NominationForm, text: str) -> Answer:
    return form_page(
        "elections/candidate_add.html",
        form,
        election=election,
        text=text,
        people=candidate_queries.nominable(g.congress, election.id, fold(text)),
        listed=candidate_queries.candidates(election.id),
        words=scope.words(),
    )


def _nominate(election: Election, form: NominationForm) -> Candidate:
    text = form.person_id.data or ""
    chosen = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
    person = candidate_queries.nominable_person(g.congress, chosen)
    if person is None:
        raise NotFound
    return candidate_services.nominate(election, person, _how(form), actor=g.actor)


def _how(form: NominationForm) -> NominatedBy:
    return NominatedBy(Nomination(form.how.data), form.nominated_by.data)


@bp.route("/elections/<int:election_id>/candidates/new", methods=["GET", "POST"])
@requires(Permission.ELECTION_MANAGE)
def create(election_id: int) -> Answer:
    """Enter somebody who is not stored yet; namesakes are asked about."""
    election = scope.election_or_404(election_id)
    form = NewCandidateForm(data={"unit": g.congress.unit_id})
    form.offer(chooser(Permission.ELECTION_MANAGE, under=g.congress.unit))
    made: list[Candidate] = []
    alike: list[object] = []
    if accepted(form, lambda: made.append(_enter(election, form, alike))):
        flash(_("Đã thêm %(name)s vào danh sách.", name=made[0].person.full_name), "success")
        return redirect(url_for("candidates.add", election_id=election_id))
    return form_page("elections/candidate_new.html", form, election=election, alike=alike)


def _enter(election: Election, form: NewCandidateForm, alike: list[object]) -> Candidate:
    """The act; the people a name may mean are kept for the page."""
    try:
        return candidate_services.nominate_new(
            election, form.person(), _how(form), actor=g.actor, same_as=form.answer()
        )
    except DomainError as refusal:
        alike.extend(refusal.details)
        if refusal.code == STALE_ANSWER:
            form.same_as.data = ""
        raise


@bp.route(
    "/elections/<int:election_id>/candidates/<int:candidate_id>/withdraw",
    methods=["GET", "POST"],
)
@requires(Permission.ELECTION_MANAGE)
def withdraw(election_id: int, candidate_id: int) -> Answer:
    """Write down that a candidate asks to be let go."""
    election = scope.election_or_404(election_id)
    candidate = scope.candidate_or_404(election, candidate_id)
    form = ReasonForm()

    def act() -> None:
        reason = str(form.reason.data)
        candidate_services.ask_to_withdraw(election, candidate, reason, actor=g.actor)

    if accepted(form, act):
        flash(_("Đã ghi nhận việc xin rút; hội nghị quyết định."), "success")
        return redirect(url_for("elections.show", election_id=election_id))
    return form_page("elections/withdraw.html", form, election=election, candidate=candidate)


@bp.post("/elections/<int:election_id>/candidates/<int:candidate_id>/decide")
@requires(Permission.ELECTION_MANAGE)
def decide(election_id: int, candidate_id: int) -> Response:
    """The congress lets the candidate go, or does not."""
    election = scope.election_or_404(election_id)
    candidate = scope.candidate_or_404(election, candidate_id)
    accept = request.form.get("decision") == "accept"
    candidate_services.decide_withdrawal(election, candidate, accept=accept, actor=g.actor)
    flash(_("Đã cho rút.") if accept else _("Không cho rút, tên vẫn trong danh sách."), "success")
    return redirect(url_for("elections.show", election_id=election_id))


@bp.route(
    "/elections/<int:election_id>/candidates/<int:candidate_id>/strike",
    methods=["GET", "POST"],
)
@requires(Permission.ELECTION_MANAGE)
def strike(election_id: int, candidate_id: int) -> Answer:
    """Take off a name that was put on by mistake."""
    election = scope.election_or_404(election_id)
    candidate = scope.candidate_or_404(election, candidate_id)
    form = ReasonForm()

    def act() -> None:
        candidate_services.strike(election, candidate, str(form.reason.data), actor=g.actor)

    if accepted(form, act):
        flash(_("Đã bỏ tên ghi nhầm."), "success")
        return redirect(url_for("elections.show", election_id=election_id))
    return form_page("elections/strike.html", form, election=election, candidate=candidate)
