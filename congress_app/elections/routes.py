"""Elections of a congress: begin, look, choose the rule, adopt the list, certify."""

from __future__ import annotations

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from congress_app.congresses.scope import congress_blueprint
from congress_app.elections import (
    candidate_queries,
    candidate_services,
    certify_services,
    lining_up,
    queries,
    reserve_queries,
    round_queries,
    scope,
    setup_services,
)
from congress_app.elections.acts import Wanted
from congress_app.elections.ballot import surplus_warning
from congress_app.elections.forms import ListVoteForm, ReasonForm, RulesForm, preset_of, rules_data
from congress_app.elections.models import Election
from congress_app.elections.rules import PRESETS
from congress_app.elections.vote_forms import CertifyForm
from congress_app.kernel.errors import DomainError
from congress_app.kernel.permissions import Permission
from congress_app.quota import queries as quota_queries
from congress_app.web.guards import requires
from congress_app.web.submissions import accepted, form_page
from congress_app.web.texts import say

bp = congress_blueprint("elections", __name__)

Answer = Response | str | tuple[str, int]


@bp.get("/elections")
@requires(Permission.ELECTION_READ, partly=True)
def index() -> str:
    """All elections of the congress, and the way to the next one."""
    return render_template(
        "elections/index.html",
        elections=queries.elections_of(g.congress.id),
        under_way=queries.under_way(g.congress.id),
        filled=queries.places_filled(g.congress.id),
        from_above=quota_queries.seats_from_above(g.congress),
        words=scope.words(),
    )


@bp.post("/elections")
@requires(Permission.ELECTION_MANAGE)
def create() -> Response:
    """Begin an election; a refusal is told on the list."""
    try:
        election = setup_services.create(g.congress, actor=g.actor)
    except DomainError as refusal:
        flash(say(refusal.sentence), "error")
        return redirect(url_for("elections.index"))
    flash(_("Đã lập cuộc bầu cử. Hãy chọn quy tắc và thêm người ứng cử, đề cử."), "success")
    return redirect(url_for("elections.show", election_id=election.id))


@bp.get("/elections/<int:election_id>")
@requires(Permission.ELECTION_READ, partly=True)
def show(election_id: int) -> str:
    """One election: list, rule, rounds, what comes next."""
    election = scope.election_or_404(election_id)
    return render_template("elections/show.html", **scope.election_page(election))


@bp.route("/elections/<int:election_id>/rules", methods=["GET", "POST"])
@requires(Permission.ELECTION_MANAGE)
def rules(election_id: int) -> Answer:
    """Choose the rule; until the first ballot is out."""
    election = scope.election_or_404(election_id)
    form = RulesForm(data=_rules_data(election))

    def act() -> None:
        version = form.opened_version()
        setup_services.choose_rules(election, _wanted(form), version=version, actor=g.actor)

    if accepted(form, act):
        flash(_("Đã lưu quy tắc bầu cử."), "success")
        return redirect(url_for("elections.show", election_id=election_id))
    context = {"election": election, "presets": PRESETS, "words": scope.words()}
    return form_page("elections/rules.html", form, **context)


def _wanted(form: RulesForm) -> Wanted:
    return Wanted(form.chosen(), form.reserve_seats.data or 0, bool(form.reserves_apart.data))


def _rules_data(election: Election) -> dict[str, object]:
    wanted = preset_of(request.args.get("preset"))
    chosen = wanted or round_queries.rules_of(election)
    shown = rules_data(chosen, election.reserve_seats, apart=election.reserves_apart)
    return shown | {"version": election.version}


@bp.route("/elections/<int:election_id>/list", methods=["GET", "POST"])
@requires(Permission.ELECTION_MANAGE)
def adopt(election_id: int) -> Answer:
    """Write down the vote that adopts the list."""
    election = scope.election_or_404(election_id)
    present = scope.hall_now().present or None
    form = ListVoteForm(data={"version": election.version, "voting": present})

    def act() -> None:
        version = form.opened_version()
        candidate_services.adopt_list(election, form.vote(), version=version, actor=g.actor)

    if accepted(form, act):
        flash(_("Danh sách bầu cử đã được thông qua."), "success")
        return redirect(url_for("elections.show", election_id=election_id))
    return form_page("elections/adopt.html", form, **_list_page(election))


def _list_page(election: Election) -> dict[str, object]:
    standing = candidate_queries.on_the_ballot(election.id)
    rules_ = round_queries.rules_of(election)
    return {
        "election": election,
        "standing": standing,
        "names": candidate_queries.names(standing),
        "surplus": surplus_warning(rules_, len(standing), election.seats),
    }


@bp.route("/elections/<int:election_id>/reopen", methods=["GET", "POST"])
@requires(Permission.ELECTION_MANAGE)
def reopen(election_id: int) -> Answer:
    """Take the adoption of the list back, with the reason."""
    election = scope.election_or_404(election_id)
    form = ReasonForm()

    def act() -> None:
        candidate_services.reopen_list(election, str(form.reason.data), actor=g.actor)

    if accepted(form, act):
        flash(_("Đã mở lại danh sách; sửa xong phải biểu quyết lại."), "success")
        return redirect(url_for("elections.show", election_id=election_id))
    return form_page("elections/reopen.html", form, election=election)


@bp.route("/elections/<int:election_id>/certify", methods=["GET", "POST"])
@requires(Permission.ELECTION_CERTIFY, after_closing=True)
def certify(election_id: int) -> Answer:
    """Make the result final in the name of the presidium."""
    election = scope.election_or_404(election_id)
    form = CertifyForm(data={"version": election.version})
    context = _certify_page(election, form)

    def act() -> None:
        version = form.opened_version()
        certify_services.certify(election, form.certifying(), version=version, actor=g.actor)

    if accepted(form, act):
        flash(_("Kết quả bầu cử đã được công nhận."), "success")
        return redirect(url_for("elections.show", election_id=election_id))
    return form_page("elections/certify.html", form, **context)


def _certify_page(election: Election, form: CertifyForm) -> dict[str, object]:
    """What the page shows; the form learns who has equal votes and how many seats are empty."""
    course = round_queries.course_of(election)
    pools = reserve_queries.pools(election, course)
    form.equals = [int(code) for group in lining_up.equals(list(pools.values())) for code in group]
    form.vacant = course.vacant
    listed = candidate_queries.on_the_ballot(election.id)
    return {
        "election": election,
        "course": course,
        "equals": form.equals,
        "names": candidate_queries.names(listed),
        "words": scope.words(),
    }
