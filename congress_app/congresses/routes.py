"""Congresses by season and level, the plan board, and planning new ones."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from wtforms.fields.choices import SelectChoice

from congress_app.congresses import (
    board_queries,
    list_queries,
    queries,
    rulebook,
    rulebook_queries,
    services,
    timing,
)
from congress_app.congresses.board_queries import Line
from congress_app.congresses.congress_routes import Answer, scoped_bp
from congress_app.congresses.forms import ManyForm, NewPlanForm, SeasonForm, labelled
from congress_app.congresses.lifecycle import STATE_LABELS
from congress_app.congresses.list_queries import CongressRow, ListFilter
from congress_app.congresses.models import Season
from congress_app.congresses.placing import Place
from congress_app.congresses.rulebook import LEVEL_LABELS, Level, Rulebook
from congress_app.kernel.errors import Forbidden, NotFound
from congress_app.kernel.permissions import Permission
from congress_app.kernel.sentences import N_, Sentence
from congress_app.units.queries import unit_by_id
from congress_app.web.addresses import row_number
from congress_app.web.guards import requires
from congress_app.web.responses import PAGE_SIZE, Page, place_of
from congress_app.web.submissions import accepted, form_page
from congress_app.web.texts import say

__all__ = ["bp", "scoped_bp"]

bp = Blueprint("congresses", __name__, url_prefix="/congresses")


@dataclass(frozen=True)
class Tab:
    """A level above the list, with how many congresses the other filters leave in it."""

    label: str
    url: str
    active: bool
    count: int


@dataclass(frozen=True)
class Asked:
    """What the address asks of the board: the upper-base units, or the bases below one."""

    season: Season
    book: Rulebook
    above: Line | None
    national: Sequence[Line]
    lines: Sequence[Line]

    @property
    def level(self) -> Level:
        """The level of the lines."""
        return Level.BASE if self.above else Level.UPPER_BASE


@bp.get("/")
@requires(Permission.CONGRESS_READ)
def index() -> str:
    """The congresses the reader has a part in, by season and level."""
    seasons = queries.seasons()
    season = chosen_season(seasons)
    wanted = wanted_by(season)
    counts = list_queries.count_by_level(wanted, within=g.reach)
    return render_template(
        "congresses/index.html",
        season=season,
        seasons=seasons,
        wanted=wanted,
        tabs=_level_tabs(wanted, counts),
        page=_page(wanted, counts),
        may_start=g.actor.holds_at_root(Permission.CONGRESS_PLAN),
    )


@bp.get("/board")
@requires(Permission.CONGRESS_READ)
def board() -> str:
    """Every unit's plan against its deadline: upper-base units, or the bases below one."""
    asked, only = asked_lines(), request.args.get("light", "")
    return render_template(
        "congresses/board.html",
        asked=asked,
        lines=[line for line in asked.lines if not only or line.light == only],
        only=only,
        counts=board_queries.count_lights(asked.lines),
        months=_months(asked.lines) if request.args.get("view") == "months" else None,
        lessons=() if asked.above else board_queries.lessons(asked.season),
    )


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.CONGRESS_PLAN)
def create() -> Answer:
    """Plan the congress of one unit."""
    season = season_or_404()
    book = rulebook.from_json(season.rulebook.body)
    form = NewPlanForm(data={"unit": request.args.get("unit", type=int), "duration": "half_day"})
    form.unit.choices = _unit_choices(queries.unplanned(season, within=g.reach))
    form.offer([choice for rules in book.levels.values() for choice in rules.combinable])
    made = []
    if accepted(form, lambda: made.append(_plan(season, form))):
        flash(_("Đã lập kế hoạch. Bước tiếp theo: áp dụng quy định rồi triệu tập."), "success")
        return redirect(url_for("congress.plan", congress_id=made[0]))
    return form_page("congresses/create.html", form, season=season, book=book)


@bp.route("/new/all", methods=["GET", "POST"])
@requires(Permission.CONGRESS_PLAN)
def create_many() -> Answer:
    """Plan all missing congresses of a level in one go."""
    season, form = season_or_404(), ManyForm()
    made: list[int] = []

    def act() -> None:
        level = Level(form.level.data)
        made.append(services.plan_many(season, level, within=g.reach, actor=g.actor))

    if accepted(form, act):
        flash(ngettext("Đã lập %(num)s kế hoạch.", "Đã lập %(num)s kế hoạch.", made[0]), "success")
        return redirect(url_for("congresses.index", season=season.key, level=form.level.data))
    missing = queries.unplanned(season, within=g.reach)
    counts = list_queries.count_by_level(ListFilter(season.id), within=g.reach)
    return form_page(
        "congresses/create_many.html", form, season=season, missing=missing, counts=counts
    )


@bp.route("/seasons/new", methods=["GET", "POST"])
@requires(Permission.CONGRESS_PLAN)
def create_season() -> Answer:
    """Open a new round of congresses."""
    _must_lead_the_sector()
    cards = [card for card in rulebook_queries.cards() if card.owner_path is None]
    form = SeasonForm()
    form.rulebook.choices = labelled({card.key: card.book.name for card in cards})
    made: list[str] = []

    def act() -> None:
        season = services.create_season(form.name.data or "", form.rulebook.data, actor=g.actor)
        made.append(season.key)

    if accepted(form, act):
        flash(_("Đã mở mùa đại hội. Bước tiếp theo: lập kế hoạch cho các đơn vị."), "success")
        return redirect(url_for("congresses.create_many", season=made[0]))
    return form_page("congresses/create_season.html", form, cards=cards)


def chosen_season(seasons: Sequence[Season]) -> Season | None:
    """The season the reader asked for, the newest when he did not; None in an empty house."""
    key = request.args.get("season")
    if not key or not seasons:
        return seasons[0] if seasons else None
    found = next((season for season in seasons if season.key == key), None)
    if found is None:
        raise NotFound
    return found


def season_or_404() -> Season:
    """The season named in the address, the newest when none is; 404 in an empty house."""
    season = queries.season_by_key(request.values.get("season"))
    if season is None:
        raise NotFound(
            "no_season",
            Sentence(N_("Chưa có mùa đại hội nào. Hãy mở mùa đại hội ở trang Hội nghị, Đại hội.")),
        )
    return season


def wanted_by(season: Season | None) -> ListFilter:
    """The filter in the address; what it does not know narrows nothing."""
    level, state = request.args.get("level"), request.args.get("state")
    sort = request.args.get("sort", "unit")
    return ListFilter(
        season_id=season.id if season else None,
        level=level if level in list(Level) else None,
        state=state if state in STATE_LABELS else None,
        text=request.args.get("text", "").strip(),
        sort=sort if sort in list_queries.SORTS else "unit",
    )


def _page(wanted: ListFilter, counts: dict[Level, int]) -> Page[CongressRow]:
    total = counts[Level(wanted.level)] if wanted.level else sum(counts.values())
    start, number = place_of(total)
    part = slice(start, start + PAGE_SIZE)
    rows = list_queries.some_rows(wanted, counts, part, within=g.reach)
    return Page(rows, number, total)


def _level_tabs(wanted: ListFilter, counts: dict[Level, int]) -> list[Tab]:
    arguments: dict[str, Any] = request.args.to_dict()
    for name in ("level", "page"):
        arguments.pop(name, None)
    levels: list[tuple[str | None, str, int]] = [(None, N_("Tất cả"), sum(counts.values()))]
    levels += [(level, LEVEL_LABELS[level], counts[level]) for level in reversed(Level)]
    return [
        Tab(
            label=say(text),
            url=url_for("congresses.index", **arguments, level=level),
            active=wanted.level == level,
            count=count,
        )
        for level, text, count in levels
    ]


def asked_lines() -> Asked:
    """The lines the address asks for; 404 for an upper-base unit that is not on the board."""
    season, typed = season_or_404(), request.args.get("unit")
    if not typed:
        whole = board_queries.board(season, within=g.reach)
        lines = whole.lines[Level.UPPER_BASE]
        return Asked(season, whole.book, None, whole.lines[Level.NATIONAL], lines)
    part = board_queries.part(season, row_number(typed), within=g.reach)
    if part is None:
        raise NotFound
    return Asked(season, part.book, part.above, (), part.lines)


def _months(lines: Iterable[Line]) -> list[date]:
    days: list[date] = []
    for line in lines:
        if line.planned is not None and line.planned.held_on is not None:
            days.append(line.planned.held_on)
        days += [day for day in (line.due.deadline, *(line.due.window or ())) if day is not None]
    return timing.months(days)


def _unit_choices(missing: dict[Level, list[Place]]) -> list[SelectChoice]:
    """The units to choose from, the bases grouped under the name of the unit above them."""
    wanted = {key for places in missing.values() for place in places for key in place.ancestor_ids}
    names = {place.id: place.name for place in queries.places(ids=wanted)} if wanted else {}
    choices = []
    for level in reversed(Level):
        for place in missing[level]:
            above = next((names[key] for key in place.ancestor_ids if key in names), "")
            group = above if level is Level.BASE else say(LEVEL_LABELS[level])
            choices.append(SelectChoice(str(place.id), place.name, optgroup=group))
    return choices


def _plan(season: Season, form: NewPlanForm) -> int:
    unit = unit_by_id(form.unit.data)
    if unit is None:
        raise NotFound
    return services.plan(season, unit, form.plan(), actor=g.actor).id


def _must_lead_the_sector() -> None:
    if not g.actor.holds_at_root(Permission.CONGRESS_PLAN):
        raise Forbidden(
            "sector_only",
            Sentence(N_("Chỉ Ban tổ chức toàn ngành mở được mùa đại hội mới.")),
        )
