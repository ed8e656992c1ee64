"""Release the programme, see what each release changed and whom it touches."""

from __future__ import annotations

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from congress_app.congresses.rulebook import Duration
from congress_app.congresses.scope import congress_blueprint
from congress_app.formats.xlsx.writing import Cell, Column
from congress_app.kernel import clock
from congress_app.kernel.errors import NotFound
from congress_app.kernel.permissions import Permission
from congress_app.kernel.sentences import N_
from congress_app.programme import (
    queries,
    release_changes,
    release_queries,
    release_services,
    timetable,
    warnings,
)
from congress_app.programme.forms import ReleaseForm
from congress_app.programme.release_models import ProgrammeRelease
from congress_app.programme.scope import present_now
from congress_app.web.guards import requires
from congress_app.web.sheets import sheet_response
from congress_app.web.submissions import accepted, form_page

bp = congress_blueprint("releases", __name__)

Answer = Response | tuple[str, int]

NOTICE_COLUMNS = (
    Column(N_("Họ và tên"), 28),
    Column(N_("Nội dung báo"), 70),
    Column(N_("Báo lúc"), 18, "date"),
    Column(N_("Người báo"), 24),
)

RELEASE_COLUMNS = (
    Column(N_("Bản"), 8, "number"),
    Column(N_("Lúc"), 18, "date"),
    Column(N_("Người công bố"), 26),
    Column(N_("Số mục thay đổi"), 12, "number"),
    Column(N_("Số người cần báo"), 12, "number"),
    Column(N_("Số người đã báo"), 12, "number"),
    Column(N_("Ghi chú"), 50),
)


@bp.get("/programme/releases")
@requires(Permission.PROGRAMME_READ, partly=True)
def index() -> str:
    """All releases, the last first."""
    return render_template(
        "programme/releases.html",
        releases=release_queries.releases_of(g.congress.id),
        draft=release_queries.draft_of(g.congress.id),
    )


@bp.get("/programme/releases.xlsx")
@requires(Permission.PROGRAMME_READ, partly=True)
def sheet() -> Response:
    """All releases as a sheet, in the page's order."""
    rows = [_cells(release) for release in release_queries.releases_of(g.congress.id)]
    title, unit = N_("Các bản công bố"), g.congress.unit.code
    return sheet_response(title, RELEASE_COLUMNS, rows, subtitle=g.congress.name, of=unit)


def _cells(release: ProgrammeRelease) -> tuple[Cell, ...]:
    return (
        release.number,
        clock.at_venue(release.released_at),
        release.released_by,
        len(release.changes),
        len(release.notices),
        sum(one.told_at is not None for one in release.notices),
        release.note,
    )


@bp.route("/programme/releases/new", methods=["GET", "POST"])
@requires(Permission.PROGRAMME_EDIT)
def new() -> Answer:
    """What a release would change and whom it would touch; then release exactly that."""
    draft = release_queries.draft_of(g.congress.id)
    form = ReleaseForm()
    if accepted(form, lambda: _release(form)):
        flash(_("Đã công bố chương trình. Đại biểu và màn hình thấy bản mới."), "success")
        return redirect(url_for("releases.show", number=draft.number))
    form.seen.data = draft.fingerprint
    return form_page(
        "programme/release_new.html",
        form,
        draft=draft,
        findings=_findings(),
        kinds=release_changes.CHANGE_KINDS,
        when=release_changes.when,
        text_for=release_changes.text_for,
    )


@bp.get("/programme/releases/<int:number>")
@requires(Permission.PROGRAMME_READ)
def show(number: int) -> str:
    """One release: what it changed, and the people it touches with a text for each."""
    row = _the_release(number)
    return render_template(
        "programme/release.html",
        release=row,
        changes=[release_changes.change_of(stored) for stored in row.changes],
        kinds=release_changes.CHANGE_KINDS,
        when=release_changes.when,
    )


@bp.get("/programme/releases/<int:number>/notices.xlsx")
@requires(Permission.PROGRAMME_READ)
def notices(number: int) -> Response:
    """Whom a release touches and who was told; phones stay on the page."""
    rows = [
        (one.name, one.text, clock.at_venue(one.told_at) if one.told_at else None, one.told_by)
        for one in _the_release(number).notices
    ]
    title, of = N_("Người cần được báo"), f"{g.congress.unit.code} {number}"
    return sheet_response(title, NOTICE_COLUMNS, rows, subtitle=g.congress.name, of=of)


@bp.post("/programme/releases/<int:number>/notices/<int:notice_id>/told")
@requires(Permission.PROGRAMME_EDIT)
def tell(number: int, notice_id: int) -> Response:
    """Note that a person has been told."""
    notices = {notice.id: notice for notice in _the_release(number).notices}
    if notice_id not in notices:
        raise NotFound()
    release_services.tell(g.congress, notices[notice_id], actor=g.actor)
    flash(_("Đã ghi nhận: %(name)s đã được báo.", name=notices[notice_id].name), "success")
    return redirect(url_for("releases.show", number=number, _anchor=f"notice-{notice_id}"))


@bp.get("/programme/paper")
@requires(Permission.PROGRAMME_READ, partly=True)
def paper() -> str:
    """The programme as a clean sheet of paper: the last release, or the draft, marked so."""
    draft = release_queries.draft_of(g.congress.id)
    return render_template(
        "programme/paper.html",
        sessions=draft.last.sessions if draft.last else draft.sessions,
        last=draft.last,
        words=timetable,
    )


def _release(form: ReleaseForm) -> None:
    release_services.release(
        g.congress, actor=g.actor, note=form.note.data, seen=form.seen.data or ""
    )


def _the_release(number: int) -> ProgrammeRelease:
    row = release_queries.release_by_number(g.congress.id, number)
    if row is None:
        raise NotFound()
    return row


def _findings() -> list[warnings.Finding]:
    outline = queries.outline_of(queries.programme_of(g.congress.id), present_now(), clock.now())
    full_day = g.congress.duration == Duration.FULL_DAY
    return warnings.findings(outline, g.rules.mandatory_items, full_day)
