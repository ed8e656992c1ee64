"""Rounds: open, hand out ballots, close the box, look, release, take down, end a tie."""

from __future__ import annotations

from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from congress_app.congresses.scope import congress_blueprint
from congress_app.elections import (
    ballot_queries,
    certify_services,
    count_sheet,
    presence_queries,
    round_queries,
    round_services,
    scope,
)
from congress_app.elections.conduct import RoundKind, RoundState
from congress_app.elections.models import Election, Round
from congress_app.elections.vote_forms import InvalidForm, OpeningForm, TieForm
from congress_app.kernel import clock
from congress_app.kernel.permissions import Permission
from congress_app.web.addresses import row_number
from congress_app.web.guards import may, requires
from congress_app.web.responses import download
from congress_app.web.submissions import accepted, form_page
from congress_app.web.texts import say

bp = congress_blueprint("rounds", __name__)

Answer = Response | str | tuple[str, int]
_BASE = "/elections/<int:election_id>/rounds/<int:number>"


@bp.route("/elections/<int:election_id>/rounds/open", methods=["GET", "POST"])
@requires(Permission.ELECTION_MANAGE)
def open_round(election_id: int) -> Answer:
    """Freeze the hall and open the next round; shows everything that will be frozen."""
    election = scope.election_or_404(election_id)
    form = OpeningForm(data={"kind": request.args.get("kind", RoundKind.FIRST.value)})
    kind = next((one for one in RoundKind if one == form.kind.data), RoundKind.FIRST)
    made: list[Round] = []

    def act() -> None:
        made.append(round_services.open_round(election, form.opening(kind), actor=g.actor))

    if accepted(form, act):
        flash(_("Đã mở lượt bầu %(number)s.", number=made[0].number), "success")
        return redirect(_address(made[0]))
    return form_page("elections/open.html", form, **_opening_page(election, form, kind))


def _opening_page(election: Election, form: OpeningForm, kind: RoundKind) -> dict[str, Any]:
    page = scope.election_page(election)
    offer = next((one for one in page["course"].may_follow if one.kind is kind), None)
    return page | {"offer": offer, "kind": kind, "hall": _hall_at(form)}


def _hall_at(form: OpeningForm) -> presence_queries.Hall:
    minute = None if form.at.errors else form.minute()
    return presence_queries.hall(g.congress, minute or clock.now())


def _address(round_: Round, endpoint: str = "rounds.show") -> str:
    return url_for(endpoint, election_id=round_.election_id, number=round_.number)


@bp.get(_BASE)
@requires(Permission.ELECTION_READ, partly=True)
def show(election_id: int, number: int) -> str:
    """One round: its rule, its hall, its result with every line of it explained."""
    round_ = scope.round_or_404(election_id, number)
    return render_template("elections/round.html", **scope.round_page(round_))


@bp.get(f"{_BASE}/minutes")
@requires(Permission.ELECTION_READ)
def minutes(election_id: int, number: int) -> str:
    """The tellers' minutes, for printing."""
    round_ = scope.round_or_404(election_id, number)
    return render_template("elections/minutes.html", **scope.minutes_page(round_))


@bp.get(f"{_BASE}/screen")
@requires(Permission.ELECTION_READ)
def screen(election_id: int, number: int) -> str:
    """The result for the projector; before the release only that the count goes on."""
    round_ = scope.round_or_404(election_id, number)
    return render_template("elections/screen.html", **scope.round_page(round_))


@bp.get(f"{_BASE}/result.xlsx")
@requires(Permission.ELECTION_READ)
def result_sheet(election_id: int, number: int) -> Response:
    """The result as a sheet."""
    page = scope.round_page(scope.round_or_404(election_id, number))
    if page["outcome"] is None:
        flash(_("Lượt bầu này chưa có kết quả để tải."), "warning")
        return redirect(_address(page["round"]))
    data = count_sheet.result_sheet(
        count_sheet.SheetFacts(
            g.congress.name, number, say(page["words"]["printed"](page["rules"]))
        ),
        page["count"],
        page["outcome"],
        [say(line) for line in page["outcome"].explanation],
    )
    return download(data, f"{_('Kết quả bầu cử')} {number} {g.congress.name}.xlsx")


@bp.get(f"{_BASE}/ballots")
@requires(Permission.ELECTION_COUNT)
def ballots(election_id: int, number: int) -> str:
    """Who was handed a ballot and who gave one back; nothing of what is on it."""
    round_ = scope.round_or_404(election_id, number)
    return render_template(
        "elections/ballots.html",
        election=round_.election,
        round=round_,
        rows=ballot_queries.issue_list(round_),
        is_open=round_.state == RoundState.OPEN and may(Permission.ELECTION_COUNT),
        words=scope.words(),
    )


@bp.post(f"{_BASE}/ballots")
@requires(Permission.ELECTION_COUNT)
def hand_out(election_id: int, number: int) -> Response:
    """Mark ballots as handed to all delegates in the hall now."""
    round_ = scope.round_or_404(election_id, number)
    handed = round_services.hand_out(round_, scope.hall_now().voters, actor=g.actor)
    flash(_("Đã ghi phát phiếu cho thêm %(count)s đại biểu có mặt.", count=handed), "success")
    return redirect(_address(round_, "rounds.ballots"))


@bp.post(f"{_BASE}/ballots/<int:delegate_id>")
@requires(Permission.ELECTION_COUNT)
def mark_ballot(election_id: int, number: int, delegate_id: int) -> Response:
    """Correct one line of the issue list."""
    round_ = scope.round_or_404(election_id, number)
    round_services.mark(round_, delegate_id, request.form.get("standing", ""), actor=g.actor)
    return redirect(f"{_address(round_, 'rounds.ballots')}#delegate-{delegate_id}")


@bp.post(f"{_BASE}/start-count")
@requires(Permission.ELECTION_MANAGE)
def start_count(election_id: int, number: int) -> Response:
    """Close the box."""
    round_ = round_services.start_count(scope.round_or_404(election_id, number), actor=g.actor)
    flash(_("Đã kết thúc bỏ phiếu. Hai người kiểm phiếu nhập số liệu riêng."), "success")
    return redirect(_address(round_))


@bp.post(f"{_BASE}/release")
@requires(Permission.ELECTION_MANAGE)
def release(election_id: int, number: int) -> Response:
    """Let the screens show the result."""
    round_ = scope.round_or_404(election_id, number)
    seen = row_number(request.form.get("version"))
    round_services.release(round_, version=seen, actor=g.actor)
    flash(_("Kết quả đã được công bố trên màn hình hội trường."), "success")
    return redirect(_address(round_))


@bp.route(f"{_BASE}/invalidate", methods=["GET", "POST"])
@requires(Permission.ELECTION_MANAGE)
def invalidate(election_id: int, number: int) -> Answer:
    """Take the last round down, with the reason and who decided it."""
    round_ = scope.round_or_404(election_id, number)
    form = InvalidForm(data={"version": round_.version})
    if round_.outcome:
        form.ask_decider()

    def act() -> None:
        seen = form.opened_version()
        round_services.invalidate(round_, form.taking_down(), version=seen, actor=g.actor)

    if accepted(form, act):
        flash(_("Lượt bầu đã bị hủy; số liệu vẫn được giữ để xem lại."), "success")
        return redirect(url_for("elections.show", election_id=election_id))
    return form_page("elections/invalidate.html", form, election=round_.election, round=round_)


@bp.route(f"{_BASE}/tie", methods=["GET", "POST"])
@requires(Permission.ELECTION_MANAGE)
def tie(election_id: int, number: int) -> Answer:
    """Record whom the congress chose among the tied."""
    round_ = scope.round_or_404(election_id, number)
    page = scope.round_page(round_)
    form = TieForm(data={"version": round_.election.version})
    tied = round_queries.course_of(round_.election).open_tie if page["is_open_tie"] else None
    codes = tied.tied if tied else ()
    form.chosen.choices = [(one, say(page["names"][one])) for one in codes]

    def act() -> None:
        seen = form.opened_version()
        certify_services.decide_tie(round_, form.decision(), version=seen, actor=g.actor)

    if accepted(form, act):
        flash(_("Đã ghi quyết định của hội nghị."), "success")
        return redirect(_address(round_))
    return form_page("elections/tie.html", form, tied=tied, **page)
