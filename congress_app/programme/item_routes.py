"""The items of the programme: typed, arranged, taken out; every effect shown first."""

from __future__ import annotations

from datetime import date

from flask import flash, g, redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from congress_app.congresses.scope import congress_blueprint
from congress_app.kernel import clock
from congress_app.kernel.permissions import Permission
from congress_app.programme import arranging_services, queries, services
from congress_app.programme.conflict_queries import title_of
from congress_app.programme.forms import ArrangeForm, ItemForm, PreviewedForm
from congress_app.programme.models import Item, Session
from congress_app.programme.scope import settled, the_item, the_session
from congress_app.programme.speech_states import CHOSEN
from congress_app.web.guards import requires
from congress_app.web.submissions import form_page

bp = congress_blueprint("items", __name__)

Answer = Response | tuple[str, int]


@bp.route("/programme/sessions/<int:session_id>/items/new", methods=["GET", "POST"])
@requires(Permission.PROGRAMME_EDIT)
def add(session_id: int) -> Answer:
    """A new item at the end of a session."""
    session = the_session(session_id)
    form = _item_form({"kind": "procedure", "minutes": 10}, None)
    day = _day_of(session)
    if settled(
        form,
        lambda: services.add_item(
            g.congress, session, form.facts(day), actor=g.actor, seen=form.looked_at()
        ),
    ):
        flash(_("Đã thêm nội dung."), "success")
        return redirect(url_for("programme.index", _anchor=f"session-{session_id}"))
    return _page(form, None, session)


@bp.route("/programme/items/<int:item_id>", methods=["GET", "POST"])
@requires(Permission.PROGRAMME_EDIT)
def edit(item_id: int) -> Answer:
    """Change an item."""
    item = the_item(item_id)
    form = _item_form(_item_data(item), item)
    if settled(form, lambda: _edit(item, form)):
        flash(_("Đã lưu nội dung."), "success")
        return redirect(url_for("programme.index", _anchor=f"item-{item_id}"))
    return _page(form, item, item.session)


@bp.post("/programme/items/<int:item_id>/arrange")
@requires(Permission.PROGRAMME_EDIT)
def arrange(item_id: int) -> Answer:
    """Another place, session or length; first shows what that moves."""
    item, form = the_item(item_id), ArrangeForm()
    session = the_session(form.session.data) if form.session.data else None
    if settled(form, lambda: _arrange(item, session, form)):
        flash(_("Đã sắp xếp lại chương trình."), "success")
        return redirect(url_for("programme.index", _anchor=f"item-{item_id}"))
    return _preview(form, item, "items.arrange")


@bp.post("/programme/items/<int:item_id>/remove")
@requires(Permission.PROGRAMME_EDIT)
def remove(item_id: int) -> Answer:
    """Take an item out; first shows what starts earlier."""
    item, form = the_item(item_id), PreviewedForm()
    if settled(
        form,
        lambda: services.remove_item(g.congress, item, actor=g.actor, seen=form.looked_at()),
    ):
        flash(_("Đã xóa nội dung. Bấm Hoàn tác nếu xóa nhầm."), "success")
        return redirect(url_for("programme.index"))
    return _preview(form, item, "items.remove")


def _edit(item: Item, form: ItemForm) -> None:
    services.edit_item(
        g.congress,
        item,
        form.facts(_day_of(item.session)),
        form.opened_version(),
        actor=g.actor,
        seen=form.looked_at(),
    )


def _arrange(item: Item, session: Session | None, form: ArrangeForm) -> None:
    arranging_services.arrange(
        g.congress,
        item,
        session=session,
        place=form.place.data,
        minutes=form.minutes.data,
        version=form.opened_version(),
        actor=g.actor,
        seen=form.looked_at(),
    )


def _preview(form: PreviewedForm, item: Item, endpoint: str) -> Answer:
    """What follows from the act, with the button that applies it."""
    return form_page(
        "programme/preview.html",
        form,
        item=item,
        title=title_of(item),
        endpoint=endpoint,
        ripple=g.get("ripple"),
    )


def _page(form: ItemForm, item: Item | None, session: Session) -> Answer:
    return form_page(
        "programme/item.html",
        form,
        item=item,
        session=session,
        sessions=queries.programme_of(g.congress.id) if item else (),
        ripple=g.get("ripple"),
    )


def _item_data(item: Item) -> dict[str, object]:
    return {
        "version": item.version,
        "kind": item.kind,
        "title": item.title,
        "minutes": item.minutes,
        "pinned": clock.at_venue(item.pinned_at).time() if item.pinned_at else None,
        "presenter": item.presenter,
        "speech": item.speech_id or 0,
        "announces": item.announces_id or 0,
        "parallel": item.parallel,
        "script": item.script,
    }


def _day_of(session: Session) -> date:
    return clock.at_venue(session.starts_at).date()


def _item_form(data: dict[str, object], item: Item | None) -> ItemForm:
    form = ItemForm(data=data)
    form.speech.choices = {0: _("Không gắn tham luận")} | {
        speech.id: speech.title
        for speech in queries.speeches_of(g.congress.id)
        if speech.state in CHOSEN or (item is not None and speech.id == item.speech_id)
    }
    form.announces.choices = {0: _("Không công bố kết quả bầu cử")} | {
        each.id: each.title for each in queries.elections_of(g.congress.id) if each is not item
    }
    return form
