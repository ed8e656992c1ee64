"""The order of the chosen speeches in the programme: by rule, then by hand; effects first."""

from __future__ import annotations

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from congress_app.congresses.scope import congress_blueprint
from congress_app.kernel.permissions import Permission
from congress_app.programme import ordering, placing_queries, placing_services, speech_states
from congress_app.programme.forms import MoveSpeechForm, PreviewedForm
from congress_app.programme.models import Item
from congress_app.programme.scope import settled, the_item
from congress_app.programme.speech_routes import fields
from congress_app.web.guards import requires
from congress_app.web.submissions import form_page

bp = congress_blueprint("speech_order", __name__)

Answer = Response | tuple[str, int]


@bp.get("/speeches/order")
@requires(Permission.PROGRAMME_EDIT)
def show() -> str:
    """The blocks of speeches as they stand, and what could not be helped."""
    return render_template(
        "programme/speech_order.html",
        placing=placing_queries.placing_of(g.congress),
        fields=fields(),
        words=speech_states,
        alike_words=ordering.WORDS,
    )


@bp.post("/speeches/order")
@requires(Permission.PROGRAMME_EDIT)
def fill() -> Answer:
    """Give every chosen speech its place; first shows what that moves."""
    form, count = PreviewedForm(), list[int]()
    if settled(form, lambda: count.append(_fill(form))):
        flash(_("Đã xếp %(count)s tham luận vào chương trình.", count=count[0]), "success")
        return redirect(url_for("speech_order.show"))
    return _preview(form, _("Xếp tham luận vào chương trình"), url_for("speech_order.fill"))


@bp.post("/speeches/order/<int:item_id>/move")
@requires(Permission.PROGRAMME_EDIT)
def move(item_id: int) -> Answer:
    """Exchange a speech with the one before or after it."""
    item, form = the_item(item_id), MoveSpeechForm()
    if settled(form, lambda: _move(item, form)):
        flash(_("Đã đổi chỗ. Có thể hoàn tác ở trang Chương trình."), "success")
        return redirect(url_for("speech_order.show", _anchor=f"item-{item_id}"))
    title = item.speech.title if item.speech else item.title
    return _preview(form, title, url_for("speech_order.move", item_id=item_id))


def _fill(form: PreviewedForm) -> int:
    return placing_services.schedule(g.congress, actor=g.actor, seen=form.looked_at())


def _move(item: Item, form: MoveSpeechForm) -> None:
    step = int(form.step.data)
    placing_services.move(g.congress, item, step, actor=g.actor, seen=form.looked_at())


def _preview(form: PreviewedForm, title: str, address: str) -> Answer:
    return form_page(
        "programme/speech_order_preview.html",
        form,
        title=title,
        address=address,
        ripple=g.get("ripple"),
    )
