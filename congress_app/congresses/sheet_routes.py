"""The list of congresses and the plan board as sheets: the page's rows in its order."""

from __future__ import annotations

from flask import Blueprint, g, request
from werkzeug.wrappers import Response

from congress_app.congresses import list_queries
from congress_app.congresses.board_queries import Line
from congress_app.congresses.lifecycle import STATE_LABELS
from congress_app.congresses.list_queries import CongressRow
from congress_app.congresses.routes import asked_lines, season_or_404, wanted_by
from congress_app.congresses.rulebook import DURATION_LABELS, Level, LevelRules
from congress_app.congresses.timing import LIGHT_LABELS
from congress_app.congresses.wording import due_sentence
from congress_app.formats.xlsx.writing import Cell, Column
from congress_app.kernel.permissions import Permission
from congress_app.kernel.sentences import N_
from congress_app.web.guards import requires
from congress_app.web.sheets import sheet_response
from congress_app.web.texts import say

bp = Blueprint("congress_sheets", __name__, url_prefix="/congresses")

COLUMNS = (
    Column(N_("Hội nghị, đại hội"), 54),
    Column(N_("Đơn vị điểm"), 9, "centre"),
    Column(N_("Đơn vị cấp trên"), 34),
    Column(N_("Ngày tổ chức"), 14, "date"),
    Column(N_("Địa điểm"), 30),
    Column(N_("Tiến trình"), 18),
    Column(N_("Thời hạn"), 22),
    Column(N_("Số lượng tối đa"), 16, "number"),
)
PLAN_COLUMNS = (
    Column(N_("Đơn vị"), 40),
    Column(N_("Đơn vị điểm"), 9, "centre"),
    Column(N_("Thời hạn"), 22),
    Column(N_("Quy định"), 30),
    Column(N_("Ngày tổ chức"), 14, "date"),
    Column(N_("Thời lượng"), 14),
    Column(N_("Địa điểm"), 30),
    Column(N_("Tiến trình"), 18),
    Column(N_("Kế hoạch"), 24),
)
BASE_COLUMNS = (Column(N_("Kết hợp với"), 30), Column(N_("Số người dự"), 12, "number"))
UPPER_COLUMNS = (
    Column(N_("Cấp cơ sở đã tổ chức"), 14, "number"),
    Column(N_("Số đơn vị cấp cơ sở"), 14, "number"),
)


@bp.get("/list.xlsx")
@requires(Permission.CONGRESS_READ)
def congresses() -> Response:
    """The filtered list, all its pages."""
    season = season_or_404()
    found = list_queries.congress_rows(wanted_by(season), within=g.reach)
    rows = [_congress_cells(row) for row in found]
    return sheet_response(N_("Danh sách hội nghị"), COLUMNS, rows, subtitle=season.name)


@bp.get("/board.xlsx")
@requires(Permission.CONGRESS_READ)
def board() -> Response:
    """The plans of the upper-base units, or of the bases below one."""
    asked, only = asked_lines(), request.args.get("light", "")
    lines = [line for line in asked.lines if not only or line.light == only]
    rules = asked.book.levels[asked.level]
    last = [_base_cells(line, rules) if asked.above else _upper_cells(line) for line in lines]
    rows = [(*_plan_cells(line), *cells) for line, cells in zip(lines, last, strict=True)]
    columns = (*PLAN_COLUMNS, *(BASE_COLUMNS if asked.above else UPPER_COLUMNS))
    code = asked.above.place.code if asked.above else ""
    title = N_("Kế hoạch của từng đơn vị")
    return sheet_response(title, columns, rows, subtitle=asked.season.name, of=code)


def _congress_cells(row: CongressRow) -> tuple[Cell, ...]:
    return (
        row.name,
        row.is_pilot,
        row.upper_name if row.level == Level.BASE else None,
        row.held_on,
        row.place if row.held_on else None,
        say(STATE_LABELS[row.state]),
        say(LIGHT_LABELS[row.light]),
        say(N_("không hạn chế")) if row.cap is None else row.cap,
    )


def _plan_cells(line: Line) -> tuple[Cell, ...]:
    plan, due = line.planned, due_sentence(line.due)
    fixed = plan is not None and plan.held_on is not None
    return (
        line.place.name,
        line.is_pilot,
        say(LIGHT_LABELS[line.light]),
        say(due) if due else None,
        plan.held_on if plan else None,
        say(DURATION_LABELS[plan.duration]) if plan and fixed else None,
        plan.place if plan and fixed else None,
        say(STATE_LABELS[plan.state]) if plan else say(N_("chưa lập")),
        plan.plan_document if plan else None,
    )


def _base_cells(line: Line, rules: LevelRules) -> tuple[Cell, ...]:
    plan = line.planned
    if plan is None:
        return None, None
    titles = {choice.code: say(choice.title) for choice in rules.combinable}
    code = plan.combined_with
    return titles.get(code, code) if code else None, plan.attendance


def _upper_cells(line: Line) -> tuple[Cell, ...]:
    return sum(n for light, n in line.below.items() if light == "held"), line.below_total
