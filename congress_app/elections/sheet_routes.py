"""Elections and the lists from below as sheets: the pages' rows in their order."""

from __future__ import annotations

from flask import g
from werkzeug.wrappers import Response

from congress_app.congresses.scope import congress_blueprint
from congress_app.elections import (
    candidate_queries,
    conduct,
    list_queries,
    queries,
    scope,
    upward_queries,
)
from congress_app.elections.models import Candidate, ElectedPlace
from congress_app.elections.naming import Named
from congress_app.elections.upward_queries import Arrival
from congress_app.elections.upward_routes import words
from congress_app.formats.xlsx.writing import Cell, Column
from congress_app.kernel import clock
from congress_app.kernel.permissions import Permission
from congress_app.kernel.sentences import N_
from congress_app.web.guards import requires
from congress_app.web.sheets import sheet_response
from congress_app.web.texts import say

bp = congress_blueprint("election_lists", __name__)

ELECTION_COLUMNS = (
    Column(N_("Bầu cử lần"), 10, "number"),
    Column(N_("Đi dự"), 54),
    Column(N_("Số suất"), 10, "number"),
    Column(N_("Tình trạng"), 24),
)
CANDIDATE_COLUMNS = (
    Column(N_("Họ và tên"), 28),
    Column(N_("Ngày sinh"), 14, "date"),
    Column(N_("Chức vụ"), 28),
    Column(N_("Đơn vị"), 32),
    Column(N_("Cách giới thiệu"), 28),
    Column(N_("Người giới thiệu"), 28),
    Column(N_("Tình trạng"), 22),
    Column(N_("Lý do"), 30),
)
ELECTED_COLUMNS = (
    Column(N_("Họ và tên"), 28),
    Column(N_("Ngày sinh"), 14, "date"),
    Column(N_("Chức vụ"), 28),
    Column(N_("Đơn vị"), 32),
    Column(N_("Tư cách"), 18),
    Column(N_("Thứ tự dự khuyết"), 10, "number"),
    Column(N_("Lượt"), 8, "number"),
    Column(N_("Số phiếu"), 10, "number"),
)
ARRIVAL_COLUMNS = (
    Column(N_("Hội nghị"), 54),
    Column(N_("Bầu cử lần"), 10, "number"),
    Column(N_("Tình trạng"), 24),
    Column(N_("Số người"), 10, "number"),
    Column(N_("Gửi lúc"), 18, "date"),
)


@bp.get("/elections.xlsx")
@requires(Permission.ELECTION_READ, partly=True)
def elections() -> Response:
    """All elections of the congress."""
    rows = [
        (one.number, one.target.name, one.seats, say(conduct.ELECTION_STATE_LABELS[one.state]))
        for one in queries.elections_of(g.congress.id)
    ]
    title, unit = N_("Các cuộc bầu cử"), g.congress.unit.code
    return sheet_response(title, ELECTION_COLUMNS, rows, subtitle=g.congress.name, of=unit)


@bp.get("/elections/<int:election_id>/candidates.xlsx")
@requires(Permission.ELECTION_READ, partly=True)
def candidates(election_id: int) -> Response:
    """Everybody on the list of one election, with those who withdrew."""
    election = scope.election_or_404(election_id)
    listed = candidate_queries.candidates(election.id)
    shown = list_queries.shown(election, listed)
    rows = [_candidate_cells(one, shown[one.id]) for one in listed]
    title, of = N_("Danh sách bầu cử"), f"{g.congress.unit.code} {election.number}"
    return sheet_response(title, CANDIDATE_COLUMNS, rows, subtitle=g.congress.name, of=of)


@bp.get("/elections/<int:election_id>/elected.xlsx")
@requires(Permission.ELECTION_READ, partly=True)
def elected(election_id: int) -> Response:
    """Who was elected, and the reserves in the order in which they are called."""
    election = scope.election_or_404(election_id)
    places = queries.places_of(election.id)
    shown = list_queries.shown(election, [place.candidate for place in places])
    rows = [_elected_cells(place, shown[place.candidate_id]) for place in places]
    title, of = N_("Những người trúng cử"), f"{g.congress.unit.code} {election.number}"
    return sheet_response(title, ELECTED_COLUMNS, rows, subtitle=g.congress.name, of=of)


@bp.get("/arrivals.xlsx")
@requires(Permission.DELEGATE_READ)
def arrivals() -> Response:
    """Every certified election below, those waiting for an answer first."""
    found = upward_queries.arrivals(g.congress.id)
    people = upward_queries.elected_of(found)
    rows = [_arrival_cells(one, people.get(one.election_id, 0)) for one in found]
    title, unit = N_("Danh sách bầu từ cấp dưới"), g.congress.unit.code
    return sheet_response(title, ARRIVAL_COLUMNS, rows, subtitle=g.congress.name, of=unit)


def _candidate_cells(one: Candidate, told: Named) -> tuple[Cell, ...]:
    person = one.person
    return (
        told.name,
        scope.birth_of(person, told.birth),
        person.position,
        told.unit or None,
        say(conduct.NOMINATION_LABELS[one.how]),
        one.nominated_by,
        say(conduct.CANDIDATE_STATE_LABELS[one.state]),
        one.reason if scope.sees(person) else None,
    )


def _elected_cells(place: ElectedPlace, told: Named) -> tuple[Cell, ...]:
    person, is_reserve = place.candidate.person, place.role == conduct.PlaceRole.RESERVE
    return (
        told.name,
        scope.birth_of(person, told.birth),
        person.position,
        told.unit or None,
        say(conduct.ROLE_LABELS[place.role]),
        place.position if is_reserve else None,
        place.round.number,
        place.votes,
    )


def _arrival_cells(arrival: Arrival, people: int) -> tuple[Cell, ...]:
    state, sent_at = arrival.state, arrival.sent_at
    return (
        arrival.congress,
        arrival.number,
        say(words()["sending"][state] if state else N_("Đã bầu, chưa gửi")),
        people,
        clock.at_venue(sent_at) if sent_at else None,
    )
