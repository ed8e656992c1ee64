"""Figures of exemplars for the summary report: page, charts, annex."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, g, render_template, request
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from congress_app.exemplars import (
    place_queries,
    queries,
    summary_queries,
    summary_services,
    summary_sheet,
)
from congress_app.exemplars.summary_forms import SummaryForm
from congress_app.exemplars.summary_queries import Summary
from congress_app.exemplars.summary_table import Table
from congress_app.kernel.errors import NotFound
from congress_app.kernel.permissions import Permission
from congress_app.web.guards import requires
from congress_app.web.sheets import sheet_response
from congress_app.web.texts import say

bp = Blueprint("exemplar_summary", __name__, url_prefix="/exemplars/summary")


@bp.get("")
@requires(Permission.EXEMPLAR_READ)
def index() -> str:
    """The figures of a unit and everything below, without what is sensitive."""
    form, told = _asked()
    return _page(form, told, told.public)


@bp.post("/sensitive")
@requires(Permission.DELEGATE_READ_SENSITIVE)
def show_sensitive() -> str:
    """The same with the ethnic minority; the reading is recorded."""
    form, told = _asked()
    _note(told)
    return _page(form, told, told.tables)


@bp.get("/annex.xlsx")
@requires(Permission.EXEMPLAR_READ)
def export() -> Response:
    """The figures as an annex, without what is sensitive."""
    _form, told = _asked()
    return _annex(told, told.public)


@bp.post("/sensitive.xlsx")
@requires(Permission.DELEGATE_READ_SENSITIVE)
def export_sensitive() -> Response:
    """The annex with the ethnic minority; taking it away is recorded."""
    _form, told = _asked()
    _note(told, file="xlsx")
    return _annex(told, told.tables)


def _asked() -> tuple[SummaryForm, Summary]:
    sets = summary_queries.criteria_choices(g.reach)
    asked = MultiDict(request.values.items())
    # Out of reach or not said at all: the first unit the actor has.
    unit = place_queries.unit_chosen(_key(asked.get("unit", "")), g.reach)
    if unit is None:
        raise NotFound()
    asked["unit"] = str(unit.id)
    form = SummaryForm(asked)
    form.offer(place_queries.near(unit, g.reach), sets)
    form.validate()
    rules = sets.get(form.criteria_set.data or "") or queries.rules_for(unit.path)
    return form, summary_queries.summary_of(unit, rules, form.window(rules))


def _key(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def _page(form: SummaryForm, told: Summary, tables: Sequence[Table]) -> str:
    path = told.unit.path
    return render_template(
        "exemplars/summary.html",
        form=form,
        told=told,
        tables=tables,
        asked={
            "unit": told.unit.id,
            "criteria_set": form.criteria_set.data or "",
            "from_year": told.window.first,
            "to_year": told.window.last,
        },
        may_read_sensitive=g.actor.can(Permission.DELEGATE_READ_SENSITIVE, path),
        is_sensitive=any(table.is_sensitive for table in tables),
    )


def _annex(told: Summary, tables: Sequence[Table]) -> Response:
    return sheet_response(
        _("Phụ lục số liệu điển hình"),
        summary_sheet.COLUMNS,
        summary_sheet.rows(tables, say),
        subtitle=f"{told.unit.name}, {say(told.window.words)}",
        of=told.unit.code,
    )


def _note(told: Summary, **more: str) -> None:
    facts = {
        "criteria_set": told.rules.name,
        "from_year": told.window.first,
        "to_year": told.window.last,
        **more,
    }
    summary_services.note_reading(told.unit, facts, actor=g.actor)
