"""The log page, and the same as a sheet."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from flask import Blueprint, Response, current_app, g, render_template, request, url_for
from flask_babel import gettext as _

from congress_app.audit import chain_queries, queries, services, wording
from congress_app.audit.actions import ACTIONS
from congress_app.audit.forms import FilterForm
from congress_app.audit.kinds import KINDS
from congress_app.audit.models import Entry
from congress_app.formats.xlsx.writing import Cell, Column
from congress_app.kernel import clock
from congress_app.kernel.permissions import Permission
from congress_app.kernel.sentences import N_
from congress_app.web.guards import requires
from congress_app.web.responses import PAGE_SIZE, Page, page_number
from congress_app.web.sheets import sheet_response
from congress_app.web.texts import say

bp = Blueprint("audit", __name__, url_prefix="/audit")

# More rows than this are no list to read; narrower days give them in parts.
MOST_ROWS = 50_000
COLUMNS = (
    Column(N_("Số"), 9, "number"),
    Column(N_("Lúc"), 20, "date"),
    Column(N_("Người thực hiện"), 24),
    Column(N_("Địa chỉ"), 18),
    Column(N_("Việc"), 34),
    Column(N_("Loại đối tượng"), 24),
    Column(N_("Đối tượng"), 34),
    Column(N_("Nội dung"), 80),
    Column(N_("Mã băm"), 66),
)
# Finds units by code or name: (paths of the units) of a text. Units stand in a later
# chapter, so the roof hands the search in.
FindUnits = Callable[[str], tuple[str, ...]]


@bp.get("")
@requires(Permission.AUDIT_READ)
def index() -> str:
    """Who did what, newest first, by actor, action, thing, unit and day."""
    form = _filters(request.args)
    number = page_number()
    rows, total = _found(form, offset=(number - 1) * PAGE_SIZE, limit=PAGE_SIZE)
    return render_template(
        "audit/index.html",
        form=form,
        page=Page(rows, number, total),
        filtered=any(value for name, value in request.args.items() if name != "page"),
        typed=_typed(request.args),
        tabs=_tabs(),
        kinds=KINDS,
        chain_end=chain_queries.head(),
    )


@bp.post("/export.xlsx")
@requires(Permission.AUDIT_READ)
def export() -> Response:
    """The filtered log as a sheet; taking it out is itself an entry."""
    form = _filters(request.form)
    rows, _total = _found(form, offset=0, limit=MOST_ROWS)
    services.note_export(len(rows), _typed(request.form), actor=g.actor)
    return sheet_response(N_("Nhật ký"), COLUMNS, [_cells(entry) for entry in rows])


# Filters, so that the macros of `templates/audit/_macros.html` work wherever imported.
bp.add_app_template_filter(wording.action_words, "audit_action")
bp.add_app_template_filter(wording.lines, "audit_lines")


def _found(form: FilterForm, *, offset: int, limit: int) -> tuple[list[Entry], int]:
    return queries.entries(
        _wanted(form),
        within=g.reach,
        whole_house=g.actor.holds_at_root(Permission.AUDIT_READ),
        offset=offset,
        limit=limit,
    )


def _filters(typed: Mapping[str, str]) -> FilterForm:
    form = FilterForm(typed)
    form.action.choices = [("", _("Mọi việc")), *_named(ACTIONS)]
    form.kind.choices = [("", _("Mọi loại")), *_named(KINDS)]
    form.validate()
    return form


def _named(words: Mapping[str, str]) -> list[tuple[str, str]]:
    return sorted(((code, say(text)) for code, text in words.items()), key=lambda pair: pair[1])


def _wanted(form: FilterForm) -> queries.Wanted:
    subject_id = (form.subject_id.data or "")[:9]
    find: FindUnits = current_app.extensions["find_units"]
    return queries.Wanted(
        actor=form.actor.data,
        action=form.action.data,
        first_day=form.first_day.data,
        last_day=form.last_day.data,
        subject_kind=form.subject_kind.data or form.kind.data,
        subject_id=int(subject_id) if subject_id.isascii() and subject_id.isdigit() else None,
        subject=form.subject.data,
        unit_paths=find(form.unit.data) if form.unit.data else None,
    )


def _typed(values: Mapping[str, str]) -> dict[str, str]:
    names = set(FilterForm().data)
    return {name: value for name, value in values.items() if value and name in names}


def _tabs() -> list[dict[str, object]]:
    """What an inspector asks for first."""
    chosen = request.args.get("action", "")
    offered = (
        ("", _("Tất cả")),
        ("sign_in.refused", _("Đăng nhập bị từ chối")),
        ("delegate.read_sensitive", _("Xem dữ liệu nhạy cảm")),
        ("delegate.export", _("Tải danh sách đại biểu")),
    )
    return [
        {
            "label": label,
            "url": url_for("audit.index", action=code or None),
            "active": code == chosen,
        }
        for code, label in offered
    ]


def _cells(entry: Entry) -> tuple[Cell, ...]:
    return (
        entry.number,
        clock.at_venue(entry.at),
        entry.actor_name,
        entry.address,
        say(wording.action_words(entry.action)),
        say(KINDS.get(entry.subject_kind, entry.subject_kind)),
        entry.subject_name,
        "; ".join(_line(line) for line in wording.lines(entry.changes)),
        entry.hash,
    )


def _line(line: wording.Line) -> str:
    before = f"{say(line.before)} → " if line.before is not None else ""
    return f"{say(line.label)}: {before}{say(line.after)}"
