"""Rulebooks: read them, copy one, edit the copy part by part."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from congress_app.congresses import rulebook_queries, rulebook_services
from congress_app.congresses.congress_routes import Answer
from congress_app.congresses.forms import labelled
from congress_app.congresses.line_forms import add_line
from congress_app.congresses.rulebook import Rulebook
from congress_app.congresses.rulebook_forms import CompositionForm, CopyForm, LevelForm, WholeForm
from congress_app.congresses.rulebook_queries import Card
from congress_app.kernel.errors import Forbidden, NotFound
from congress_app.kernel.permissions import Permission
from congress_app.kernel.sentences import N_, Sentence
from congress_app.units.models import Unit
from congress_app.units.queries import unit_by_id
from congress_app.web.forms import VersionedForm
from congress_app.web.guards import requires
from congress_app.web.submissions import accepted, form_page
from congress_app.web.texts import say

bp = Blueprint("rulebooks", __name__, url_prefix="/rulebooks")

LEVEL = "<any(base, upper_base, national):level>"


@bp.get("/")
@requires(Permission.RULEBOOK_EDIT)
def index() -> str:
    """The presets and the copies within the reader's reach."""
    return render_template(
        "congresses/rulebooks/index.html",
        cards=rulebook_queries.cards(within=g.reach),
        may_edit=_may_edit,
    )


@bp.get("/<key>")
@requires(Permission.RULEBOOK_EDIT)
def show(key: str) -> str:
    """One rulebook in full, and which congresses have frozen it."""
    card = _card(key)
    codes = {code for rules in card.book.levels.values() for code in rules.cap.exceptions}
    return render_template(
        "congresses/rulebooks/show.html",
        card=card,
        adopters=rulebook_queries.adopters(key, within=g.reach),
        unit_names=rulebook_queries.unit_names(codes),
        may_edit=_may_edit(card),
    )


@bp.route("/<key>/copy", methods=["GET", "POST"])
@requires(Permission.RULEBOOK_EDIT)
def copy(key: str) -> Answer:
    """Make a copy that may be edited."""
    card, owners = _card(key), _owners()
    form = _copy_form(card, owners)
    made: list[str] = []

    def act() -> None:
        unit = dict(owners)[form.owner.data]
        row = rulebook_services.copy(key, form.name.data or "", unit=unit, actor=g.actor)
        made.append(row.key)

    if accepted(form, act):
        flash(_("Đã sao chép. Bản sao này sửa được."), "success")
        return redirect(url_for("rulebooks.show", key=made[0]))
    return form_page("congresses/rulebooks/copy.html", form, card=card)


@bp.route("/<key>/edit", methods=["GET", "POST"])
@requires(Permission.RULEBOOK_EDIT)
def edit(key: str) -> Answer:
    """Name, years, priorities and fields of work."""
    card = _editable(key)
    form = WholeForm.opened(card.book, card.version)
    return _edited(card, form, form.applied, "congresses/rulebooks/edit.html")


@bp.route(f"/<key>/{LEVEL}", methods=["GET", "POST"])
@requires(Permission.RULEBOOK_EDIT)
def edit_level(key: str, level: str) -> Answer:
    """Caps, days, lengths and the rest of one level."""
    card = _editable(key)
    form = LevelForm.opened(card.book.level(level), card.version)

    def applied(book: Rulebook) -> Rulebook:
        return book.with_level(level, form.applied(book.level(level)))

    return _edited(card, form, applied, "congresses/rulebooks/level.html", level=level)


@bp.route(f"/<key>/{LEVEL}/composition", methods=["GET", "POST"])
@requires(Permission.RULEBOOK_EDIT)
def edit_composition(key: str, level: str) -> Answer:
    """The sub-categories of one level."""
    card = _editable(key)
    form = CompositionForm.opened(card.book.level(level), card.version)

    def applied(book: Rulebook) -> Rulebook:
        return book.with_level(level, form.applied(book.level(level)))

    return _edited(card, form, applied, "congresses/rulebooks/composition.html", level=level)


def _copy_form(card: Card, owners: list[tuple[str, Unit | None]]) -> CopyForm:
    form = CopyForm(data={"name": _("Bản sao: %(name)s", name=say(card.book.name))})
    form.owner.choices = labelled(
        {code: unit.name if unit else N_("Toàn ngành") for code, unit in owners}
    )
    return form


def _edited(
    card: Card,
    form: VersionedForm,
    applied: Callable[[Rulebook], Rulebook],
    template: str,
    **context: Any,
) -> Answer:
    if add_line(form, request.form.get("add")):
        return render_template(template, form=form, card=card, **context), 200
    if accepted(
        form,
        lambda: rulebook_services.edit(
            card.key, applied(card.book), version=form.opened_version(), actor=g.actor
        ),
    ):
        flash(_("Đã lưu quy định. Hội nghị đã áp dụng trước đó không thay đổi."), "success")
        return redirect(url_for("rulebooks.show", key=card.key))
    return form_page(template, form, card=card, **context)


def _card(key: str) -> Card:
    """The rulebook, if it is one the reader may see."""
    card = rulebook_queries.card_by_key(key)
    if card is None or not _is_visible(card):
        raise NotFound
    return card


def _is_visible(card: Card) -> bool:
    path = card.owner_path
    if path is None:
        return True
    return any(path.startswith(prefix) or prefix.startswith(path) for prefix in g.reach)


def _may_edit(card: Card) -> bool:
    if card.is_preset:
        return False
    if card.owner_path is None:
        return bool(g.actor.holds_at_root(Permission.RULEBOOK_EDIT))
    return bool(g.actor.can(Permission.RULEBOOK_EDIT, card.owner_path))


def _editable(key: str) -> Card:
    card = _card(key)
    if not _may_edit(card):
        sentence = N_("Quy định này chỉ để xem. Hãy sao chép rồi sửa bản sao.")
        raise Forbidden("read_only", Sentence(sentence))
    return card


def _owners() -> list[tuple[str, Unit | None]]:
    """For whom the reader may keep a rulebook: the whole sector, or the units of his reach."""
    if g.actor.holds_at_root(Permission.RULEBOOK_EDIT):
        return [("", None)]
    units = [unit_by_id(int(path.rstrip("/").rsplit("/", 1)[-1])) for path in g.reach]
    return [(unit.code, unit) for unit in units if unit is not None]
