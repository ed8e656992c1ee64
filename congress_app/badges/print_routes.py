"""Print badges; the log of printings, on the page and as a sheet."""

from __future__ import annotations

from flask import g, render_template
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from congress_app.badges import print_queries, print_services, queries, token
from congress_app.badges.design import CATEGORY_LABELS, SIZE_LABELS
from congress_app.badges.models import Badge, BadgePrint
from congress_app.badges.print_queries import PrintLine
from congress_app.badges.scope import filter_form, wanted_by
from congress_app.congresses.scope import congress_blueprint
from congress_app.formats.xlsx.writing import Cell, Column
from congress_app.kernel import clock
from congress_app.kernel.permissions import Permission
from congress_app.kernel.sentences import N_
from congress_app.web.guards import requires
from congress_app.web.responses import PAGE_SIZE, Page, page_number
from congress_app.web.sheets import sheet_response
from congress_app.web.texts import say

COLUMNS = (
    Column(N_("Lúc"), 18, "date"),
    Column(N_("Người in"), 26),
    Column(N_("Số thẻ"), 9, "number"),
    Column(N_("Khổ in"), 30),
    Column(N_("Lọc theo"), 36),
    Column(N_("Số đại biểu"), 44),
)

BADGE_COLUMNS = (
    Column(N_("Số"), 8, "number"),
    Column(N_("Họ và tên"), 30),
    Column(N_("Đoàn"), 34),
    Column(N_("Thành phần"), 22),
    Column(N_("Mã"), 26),
    Column(N_("Bản"), 7, "number"),
    Column(N_("In lúc"), 18, "date"),
    Column(N_("Số lần in"), 9, "number"),
)

bp = congress_blueprint("badge_prints", __name__)


@bp.get("/badges/prints")
@requires(Permission.BADGE_PRINT)
def index() -> str:
    """Every printing, the latest first."""
    rows, total = print_queries.page_of_prints(g.congress.id, page_number(), PAGE_SIZE)
    return render_template(
        "badges/prints.html",
        page=Page(rows, page_number(), total),
        form_words=_form_words,
        filter_words=_filter_words,
    )


@bp.get("/badges/prints.xlsx")
@requires(Permission.BADGE_PRINT)
def sheet() -> Response:
    """The log as a sheet: same columns, same order."""
    rows = [_cells(line) for line in print_queries.prints_of(g.congress.id)]
    return sheet_response(
        N_("Nhật ký in thẻ"), COLUMNS, rows, subtitle=g.congress.name, of=g.congress.unit.code
    )


@bp.post("/badges.xlsx")
@requires(Permission.BADGE_PRINT, after_closing=True)
def badges() -> Response:
    """The filtered list as a sheet, in the page's order; taking it is recorded."""
    rows = queries.badges(g.congress.id, wanted_by(filter_form()))
    print_services.note_export(g.congress, len(rows), actor=g.actor)
    cells = [_badge_cells(badge) for badge in rows]
    title, unit = N_("Danh sách thẻ"), g.congress.unit.code
    return sheet_response(title, BADGE_COLUMNS, cells, subtitle=g.congress.name, of=unit)


def _badge_cells(badge: Badge) -> tuple[Cell, ...]:
    delegate, person = badge.delegate, badge.delegate.person
    unit = delegate.delegation_unit
    return (
        delegate.number,
        person.full_name,
        unit.name if unit else person.organisation,
        say(CATEGORY_LABELS[delegate.category]),
        token.grouped(badge.code),
        badge.version,
        clock.at_venue(badge.printed_at) if badge.printed_at else None,
        badge.print_count,
    )


def _cells(line: PrintLine) -> tuple[Cell, ...]:
    run = line.run
    printed_at = clock.at_venue(run.printed_at)
    words = (_form_words(run), _filter_words(run), line.numbers)
    return (printed_at, run.printed_by, run.count, *words)


def _form_words(run: BadgePrint) -> str:
    """Size and arrangement of a printing in words."""
    words = {"a6": _("mỗi trang một thẻ"), "a4": _("nhiều thẻ một tờ A4"), "bleed": _("có xén")}
    parts = [say(SIZE_LABELS.get(run.size, run.size)), words.get(run.imposition, run.imposition)]
    return ", ".join([*parts, _("hai mặt")] if run.two_sided else parts)


def _filter_words(run: BadgePrint) -> str:
    """By what the badges of a printing were chosen."""
    told = run.filters
    printing = {"new": _("chưa in"), "changed": _("đổi từ lần in trước"), "printed": _("đã in")}
    parts = [
        told.get("delegation"),
        say(CATEGORY_LABELS[told["category"]]) if told.get("category") in CATEGORY_LABELS else "",
        printing.get(told.get("printing", "")),
        f"“{told['text']}”" if told.get("text") else "",
        _("in lại lần in %(id)s", id=told["print"]) if told.get("print") else "",
    ]
    return "; ".join(part for part in parts if part) or _("tất cả")
