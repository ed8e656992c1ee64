"""Single acts on places: states, replacement, grounds, sensitive facts, links."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import flash, g, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from congress_app.audit import sealed_queries
from congress_app.congresses.rulebook import Category
from congress_app.congresses.scope import congress_blueprint
from congress_app.delegates import (
    listing,
    privacy,
    queries,
    scope,
    sensitive_services,
    services,
    state_services,
)
from congress_app.delegates.act_forms import GroundForm, SensitiveForm, StateForm, member
from congress_app.delegates.credentials import (
    NEEDS_REASON,
    STATE_LABELS,
    State,
    may_move,
    move_words,
)
from congress_app.delegates.forms import ReplaceForm
from congress_app.delegates.models import Delegate, Ground
from congress_app.delegates.routes import (
    Answer,
    delegate_form_page,
    delegate_page,
    noted,
    offer,
)
from congress_app.kernel.errors import DomainError, NotFound
from congress_app.kernel.permissions import Permission
from congress_app.web.addresses import is_row_number
from congress_app.web.guards import requires
from congress_app.web.submissions import accepted, form_page
from congress_app.web.texts import say

bp = congress_blueprint("places", __name__)


@bp.post("/delegates/states")
@requires(Permission.DELEGATE_DECIDE)
def move_many() -> Response:
    """Convene or confirm the delegates ticked, or everybody the filters find."""
    wanted = listing.read(request.form)
    state = request.form.get("to", "")
    if state not in (State.CONVENED, State.CONFIRMED):
        raise NotFound
    before = State.NOMINATED if state == State.CONVENED else State.CONVENED
    ids = [int(text) for text in request.form.getlist("ids") if is_row_number(text)]
    if request.form.get("all") == "1":
        ids = queries.ids_in_state(g.congress, wanted, before, within=g.reach)
    _told(lambda: _move_all(ids, state))
    return redirect(url_for("delegates.index", **wanted.as_arguments()))


def _move_all(ids: list[int], state: str) -> None:
    if not ids:
        flash(_("Chưa chọn đại biểu nào."), "warning")
        return
    moved = state_services.move_state(g.congress, ids, state, actor=g.actor)
    words = say(STATE_LABELS[state])
    flash(_("%(count)s đại biểu: %(state)s.", count=len(moved), state=words), "success")


@bp.route("/delegates/<int:delegate_id>/state", methods=["GET", "POST"])
@requires(Permission.DELEGATE_DECIDE)
def move(delegate_id: int) -> Answer:
    """Bring one delegate into another state, with the reason where one is needed."""
    delegate = scope.delegate_or_404(delegate_id)
    form = StateForm(data={"state": request.args.get("state")})
    state = form.wanted()
    if state is None or not may_move(delegate.state, state):
        flash(_("Trạng thái của đại biểu đã thay đổi; không làm được việc này nữa."), "warning")
        return redirect(url_for("delegates.show", delegate_id=delegate_id))
    if accepted(form, noted(lambda: _move_one(delegate, form, state))):
        words = say(STATE_LABELS[state])
        flash(_("%(name)s: %(state)s.", name=delegate.person.full_name, state=words), "success")
        return redirect(url_for("delegates.show", delegate_id=delegate_id))
    return _state_page(form, delegate, state)


def _state_page(form: StateForm, delegate: Delegate, state: State) -> tuple[str, int]:
    return delegate_form_page(
        "delegates/state.html",
        form,
        delegate=delegate,
        state=state,
        move_words=move_words(delegate.state, state),
        needs_reason=state in NEEDS_REASON,
    )


def _move_one(delegate: Delegate, form: StateForm, state: State) -> None:
    state_services.move_state(
        g.congress,
        [delegate.id],
        state,
        actor=g.actor,
        reason=form.reason.data,
        exception=form.exception(),
    )


@bp.route("/delegates/<int:delegate_id>/replace", methods=["GET", "POST"])
@requires(Permission.DELEGATE_DECIDE)
def replace(delegate_id: int) -> Answer:
    """Let a reserve take the place."""
    delegate = scope.delegate_or_404(delegate_id)
    form = ReplaceForm()
    form.category_kept = Category(delegate.category)
    offer(form, Permission.DELEGATE_DECIDE)
    made: list[Delegate] = []
    if accepted(form, noted(lambda: made.append(_replace(delegate, form)))):
        flash(_("%(name)s đã nhận chỗ.", name=made[0].person.full_name), "success")
        return redirect(url_for("delegates.show", delegate_id=made[0].id))
    return delegate_form_page("delegates/replace.html", form, delegate=delegate)


def _replace(delegate: Delegate, form: ReplaceForm) -> Delegate:
    return services.replace(
        delegate,
        form.registration(),
        reason=form.reason.data or "",
        actor=g.actor,
        exception=form.exception(),
        same_as=form.answer(),
    )


@bp.route("/delegates/<int:delegate_id>/grounds", methods=["GET", "POST"])
@requires(Permission.DELEGATE_REGISTER, partly=True)
def add_ground(delegate_id: int) -> Answer:
    """Note a further right to come."""
    delegate = scope.delegate_or_404(delegate_id)
    form = GroundForm()
    form.offer(g.rules)
    if accepted(form, lambda: state_services.add_ground(delegate, form.ground(), actor=g.actor)):
        flash(_("Đã ghi thêm căn cứ."), "success")
        return redirect(url_for("delegates.show", delegate_id=delegate_id))
    return form_page("delegates/ground.html", form, delegate=delegate)


@bp.post("/delegates/<int:delegate_id>/grounds/<int:ground_id>/remove")
@requires(Permission.DELEGATE_REGISTER, partly=True)
def remove_ground(delegate_id: int, ground_id: int) -> Response:
    """Take a ground away."""
    delegate = scope.delegate_or_404(delegate_id)
    ground = _ground(delegate, ground_id)
    _told(lambda: state_services.remove_ground(ground, actor=g.actor))
    return redirect(url_for("delegates.show", delegate_id=delegate_id))


def _ground(delegate: Delegate, ground_id: int) -> Ground:
    for ground in delegate.grounds:
        if ground.id == ground_id:
            return ground
    raise NotFound


@bp.post("/delegates/<int:delegate_id>/sensitive")
@requires(Permission.DELEGATE_READ_SENSITIVE, partly=True, after_closing=True)
def reveal(delegate_id: int) -> str:
    """Ethnic origin and party membership of one delegate; the reading is recorded."""
    delegate = scope.delegate_or_404(delegate_id)
    state_services.note_reading(
        g.congress, "delegate.read_sensitive", {}, actor=g.actor, of=delegate
    )
    delegate = scope.delegate_or_404(delegate_id)
    past = sealed_queries.past("delegate", delegate_id)
    return delegate_page(delegate, sensitive_form=_sensitive_form(delegate), past=past)


def _sensitive_form(delegate: Delegate) -> SensitiveForm:
    """The form with what is stored."""
    stored = {True: "1", False: "0", None: ""}[delegate.person.party_member]
    form = SensitiveForm(
        formdata=None,
        data={
            "ethnicity": delegate.person.ethnicity,
            "party_member": stored,
            "version": delegate.version,
            "priorities": privacy.hidden_marks(
                delegate.priorities, scope.rulebook().open_priorities
            ),
        },
    )
    form.offer(scope.rulebook(), delegate.priorities)
    return form


@bp.post("/delegates/<int:delegate_id>/sensitive/edit")
@requires(Permission.DELEGATE_REGISTER, partly=True)
def edit_sensitive(delegate_id: int) -> Answer:
    """Correct them; only who may read them may."""
    delegate = scope.delegate_or_404(delegate_id)
    _must_read_sensitive(delegate)
    form = SensitiveForm()
    form.offer(scope.rulebook(), delegate.priorities)
    if accepted(form, lambda: _save_sensitive(delegate, form)):
        flash(_("Đã lưu thay đổi."), "success")
        return redirect(url_for("delegates.show", delegate_id=delegate_id))
    # What is stored now stands beside what was typed.
    delegate = scope.delegate_or_404(delegate_id)
    state_services.note_reading(
        g.congress, "delegate.read_sensitive", {}, actor=g.actor, of=delegate
    )
    page = delegate_page(delegate, sensitive_form=form, stored_form=_sensitive_form(delegate))
    return page, g.get("refused_status", 422)


def _must_read_sensitive(delegate: Delegate) -> None:
    within = scope.reach_of(Permission.DELEGATE_READ_SENSITIVE)
    if queries.delegate_by_id(g.congress, delegate.id, within=within) is None:
        raise NotFound


def _save_sensitive(delegate: Delegate, form: SensitiveForm) -> None:
    answer = sensitive_services.SensitiveAnswer(
        ethnicity=form.ethnicity.data,
        drops_ethnicity=form.drops_ethnicity.data,
        party_member=member(form.party_member),
        marks=set(form.priorities.data or ()),
        knows_the_rest=form.knows_the_rest,
    )
    sensitive_services.edit(delegate, answer, version=form.opened_version(), actor=g.actor)


@bp.post("/delegates/<int:delegate_id>/link")
@requires(Permission.DELEGATE_DECIDE)
def make_link(delegate_id: int) -> Response:
    """Open the delegate's own page, under a new secret."""
    delegate = scope.delegate_or_404(delegate_id)
    _told(lambda: state_services.make_link(delegate, actor=g.actor))
    return redirect(url_for("delegates.show", delegate_id=delegate_id, _anchor="link"))


@bp.post("/delegates/<int:delegate_id>/link/revoke")
@requires(Permission.DELEGATE_DECIDE, after_closing=True)
def revoke_link(delegate_id: int) -> Response:
    """Close the delegate's own page."""
    delegate = scope.delegate_or_404(delegate_id)
    _told(lambda: state_services.revoke_link(delegate, actor=g.actor))
    return redirect(url_for("delegates.show", delegate_id=delegate_id, _anchor="link"))


@bp.post("/delegates/links")
@requires(Permission.DELEGATE_DECIDE)
def make_links() -> Response:
    """Open a page for every delegate who has none."""
    made = state_services.make_links(g.congress, actor=g.actor)
    flash(_("Đã tạo %(count)s đường dẫn.", count=made), "success")
    return redirect(url_for("delegates.index"))


def _told(act: Callable[[], Any]) -> None:
    """Do it; a refusal becomes a message on the page that follows."""
    try:
        act()
    except DomainError as error:
        flash(say(error.sentence), "error")
