"""The programme of a congress: sessions and items."""

from __future__ import annotations

from datetime import date

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from congress_app.congresses.rulebook import Duration
from congress_app.congresses.scope import congress_blueprint
from congress_app.kernel import clock
from congress_app.kernel.errors import NotFound
from congress_app.kernel.permissions import Permission
from congress_app.programme import outlines, queries, services, timetable, warnings
from congress_app.programme.forms import ItemForm, SessionForm
from congress_app.programme.models import Item, Session
from congress_app.web.guards import requires
from congress_app.web.responses import download
from congress_app.web.submissions import accepted, form_page

bp = congress_blueprint("programme", __name__)

Answer = Response | tuple[str, int]


@bp.get("/programme")
@requires(Permission.PROGRAMME_READ, partly=True)
def index() -> str:
    """Sessions and items with their times, and what is wrong with them."""
    sessions = queries.programme_of(g.congress.id)
    full_day = g.congress.duration == Duration.FULL_DAY
    return render_template(
        "programme/index.html",
        sessions=sessions,
        findings=warnings.findings(queries.outline_of(sessions), g.rules.mandatory_items, full_day),
        outlines=outlines.outlines_for(g.congress.level),
        item_kinds=timetable.ITEM_KINDS,
        session_kinds=timetable.SESSION_KINDS,
        presenter=queries.presenter_of,
        now=clock.now(),
    )


@bp.post("/programme/outline")
@requires(Permission.PROGRAMME_EDIT)
def start() -> Response:
    """Fill the empty programme from the chosen outline."""
    offered = {outline.key: outline for outline in outlines.outlines_for(g.congress.level)}
    outline = offered.get(request.form.get("outline", ""))
    if outline is None:
        raise NotFound()
    services.start_from_outline(g.congress, outline, actor=g.actor)
    flash(_("Đã tạo chương trình từ mẫu. Hãy sửa lại cho đúng với hội nghị."), "success")
    return redirect(url_for("programme.index"))


@bp.route("/programme/sessions/new", methods=["GET", "POST"])
@requires(Permission.PROGRAMME_EDIT)
def add_session() -> Answer:
    """A new session."""
    form = SessionForm(data={"day": g.congress.held_on, "kind": "official"})
    if accepted(
        form,
        lambda: services.add_session(g.congress, form.facts(), actor=g.actor),
    ):
        flash(_("Đã thêm phiên."), "success")
        return redirect(url_for("programme.index"))
    return form_page("programme/session.html", form, session=None)


@bp.route("/programme/sessions/<int:session_id>", methods=["GET", "POST"])
@requires(Permission.PROGRAMME_EDIT)
def edit_session(session_id: int) -> Answer:
    """Change a session."""
    session = _session(session_id)
    form = SessionForm(data=_session_data(session))
    if accepted(
        form,
        lambda: services.edit_session(
            g.congress,
            session,
            form.facts(),
            form.opened_version(),
            actor=g.actor,
        ),
    ):
        flash(_("Đã lưu phiên."), "success")
        return redirect(url_for("programme.index"))
    return form_page("programme/session.html", form, session=session)


@bp.post("/programme/sessions/<int:session_id>/remove")
@requires(Permission.PROGRAMME_EDIT)
def remove_session(session_id: int) -> Response:
    """Remove a session with its items."""
    services.remove_session(g.congress, _session(session_id), actor=g.actor)
    flash(_("Đã xóa phiên."), "success")
    return redirect(url_for("programme.index"))


@bp.route("/programme/sessions/<int:session_id>/items/new", methods=["GET", "POST"])
@requires(Permission.PROGRAMME_EDIT)
def add_item(session_id: int) -> Answer:
    """A new item at the end of a session."""
    session = _session(session_id)
    form = _item_form({"kind": "procedure", "minutes": 10})
    day = _day_of(session)
    if accepted(
        form,
        lambda: services.add_item(g.congress, session, form.facts(day), actor=g.actor),
    ):
        flash(_("Đã thêm nội dung."), "success")
        return redirect(url_for("programme.index", _anchor=f"session-{session.id}"))
    return form_page("programme/item.html", form, item=None, session=session)


@bp.route("/programme/items/<int:item_id>", methods=["GET", "POST"])
@requires(Permission.PROGRAMME_EDIT)
def edit_item(item_id: int) -> Answer:
    """Change an item."""
    item = _item(item_id)
    form = _item_form(_item_data(item))
    day = _day_of(item.session)
    if accepted(
        form,
        lambda: services.edit_item(
            g.congress, item, form.facts(day), form.opened_version(), actor=g.actor
        ),
    ):
        flash(_("Đã lưu nội dung."), "success")
        return redirect(url_for("programme.index", _anchor=f"item-{item.id}"))
    return form_page("programme/item.html", form, item=item, session=item.session)


@bp.post("/programme/items/<int:item_id>/move")
@requires(Permission.PROGRAMME_EDIT)
def move_item(item_id: int) -> Response:
    """Move an item one place up or down."""
    step = -1 if request.form.get("direction") == "up" else 1
    services.move_item(g.congress, _item(item_id), step, actor=g.actor)
    return redirect(url_for("programme.index", _anchor=f"item-{item_id}"))


@bp.post("/programme/items/<int:item_id>/remove")
@requires(Permission.PROGRAMME_EDIT)
def remove_item(item_id: int) -> Response:
    """Remove an item; what follows starts earlier."""
    services.remove_item(g.congress, _item(item_id), actor=g.actor)
    flash(_("Đã xóa nội dung."), "success")
    return redirect(url_for("programme.index"))


@bp.get("/programme/sheet.xlsx")
@requires(Permission.PROGRAMME_READ, partly=True)
def sheet() -> Response:
    """The programme as a sheet with the columns of the page."""
    data = queries.programme_sheet(g.congress, queries.programme_of(g.congress.id))
    return download(data, f"{_('Chương trình')} {g.congress.name}.xlsx")


def _session(session_id: int) -> Session:
    session = queries.session_by_id(g.congress.id, session_id)
    if session is None:
        raise NotFound()
    return session


def _item(item_id: int) -> Item:
    item = queries.item_by_id(g.congress.id, item_id)
    if item is None:
        raise NotFound()
    return item


def _session_data(session: Session) -> dict[str, object]:
    starts = clock.at_venue(session.starts_at)
    return {
        "version": session.version,
        "kind": session.kind,
        "title": session.title,
        "hall": session.hall,
        "day": starts.date(),
        "starts": starts.time(),
        "doors_open": clock.at_venue(session.doors_open_at).time(),
        "doors_close": clock.at_venue(session.doors_close_at).time(),
        "allows_reentry": session.allows_reentry,
        "categories": session.categories or [],
    }


def _item_data(item: Item) -> dict[str, object]:
    return {
        "version": item.version,
        "kind": item.kind,
        "title": item.title,
        "minutes": item.minutes,
        "pinned": clock.at_venue(item.pinned_at).time() if item.pinned_at else None,
        "presenter": item.presenter,
        "speech": item.speech_id or 0,
        "script": item.script,
    }


def _day_of(session: Session) -> date:
    return clock.at_venue(session.starts_at).date()


def _item_form(data: dict[str, object]) -> ItemForm:
    form = ItemForm(data=data)
    form.speech.choices = _speech_choices()
    return form


def _speech_choices() -> dict[int, str]:
    chosen = [s for s in queries.speeches_of(g.congress.id) if s.state == "selected"]
    return {0: _("Không gắn tham luận")} | {s.id: s.title for s in chosen}
