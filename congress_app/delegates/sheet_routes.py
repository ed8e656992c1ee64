"""Delegations and bodies of a congress as sheets: the pages' rows in their order."""

from __future__ import annotations

from flask import g, request
from werkzeug.wrappers import Response

from congress_app.congresses.scope import congress_blueprint
from congress_app.delegates import committee_queries, delegation_queries
from congress_app.delegates.committee_forms import body_of
from congress_app.delegates.committees import BODY_LABELS
from congress_app.delegates.delegation_queries import Delegation
from congress_app.formats.xlsx.writing import Cell, Column
from congress_app.kernel.permissions import Permission
from congress_app.kernel.sentences import N_
from congress_app.web.guards import requires
from congress_app.web.sheets import sheet_response
from congress_app.web.texts import say

bp = congress_blueprint("delegate_lists", __name__)

DELEGATION_COLUMNS = (
    Column(N_("Đoàn"), 40),
    Column(N_("Trưởng đoàn"), 28),
    Column(N_("Bầu"), 9, "number"),
    Column(N_("Chỉ tiêu"), 9, "number"),
    Column(N_("Chính thức"), 10, "number"),
    Column(N_("Khách mời"), 10, "number"),
    Column(N_("Cộng"), 9, "number"),
    Column(N_("Xác nhận dự"), 10, "number"),
)
BODY_COLUMNS = (
    Column(N_("TT"), 6, "number"),
    Column(N_("Họ và tên"), 30),
    Column(N_("Chức vụ, đơn vị"), 60),
    Column(N_("Chức trách"), 24),
)


@bp.get("/delegations.xlsx")
@requires(Permission.DELEGATE_READ, partly=True)
def delegations() -> Response:
    """Every delegation within the reach."""
    found = delegation_queries.delegations(g.congress, within=g.reach)
    rows = [_delegation_cells(row) for row in found]
    title, unit = N_("Đoàn đại biểu"), g.congress.unit.code
    return sheet_response(title, DELEGATION_COLUMNS, rows, subtitle=g.congress.name, of=unit)


@bp.get("/committees.xlsx")
@requires(Permission.DELEGATE_READ)
def committees() -> Response:
    """The members of one body."""
    body = body_of(request.args)
    members = enumerate(committee_queries.members(g.congress.id, body), 1)
    rows = [(number, one.name, one.about, say(one.words)) for number, one in members]
    title, unit = BODY_LABELS[body], g.congress.unit.code
    return sheet_response(title, BODY_COLUMNS, rows, subtitle=g.congress.name, of=unit)


def _delegation_cells(row: Delegation) -> tuple[Cell, ...]:
    return (
        row.name or say(N_("Ngoài ngành")),
        row.head.name if row.head else None,
        row.elected,
        row.seats,
        row.by_category.get("official", 0),
        row.by_category.get("guest", 0),
        row.total,
        row.confirmed,
    )
