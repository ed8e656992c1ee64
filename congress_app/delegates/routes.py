"""The delegates of a congress: the list, one delegate, registering and correcting."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from congress_app.audit.queries import history
from congress_app.congresses.scope import congress_blueprint
from congress_app.delegates import (
    census,
    credentials,
    delegation_queries,
    exemplar_queries,
    intake_queries,
    listing,
    privacy,
    queries,
    scope,
    services,
    state_services,
    storing,
)
from congress_app.delegates.book import STALE_ANSWER
from congress_app.delegates.forms import DelegateForm, NewDelegateForm
from congress_app.delegates.identity import Fact
from congress_app.delegates.listing import Wanted
from congress_app.delegates.models import Delegate
from congress_app.delegates.registration import GroundFacts
from congress_app.exemplars.models import Exemplar
from congress_app.kernel.errors import DomainError
from congress_app.kernel.permissions import Permission
from congress_app.units.chooser_routes import chooser
from congress_app.web.guards import requires
from congress_app.web.responses import Page, place_of
from congress_app.web.submissions import accepted, form_page

bp = congress_blueprint("delegates", __name__)

# Refusals whose details are the persons to choose from.
ASKS_WHO = ("duplicate_in_database", STALE_ANSWER)

Answer = Response | tuple[str, int]


class ListPage(Page[Delegate]):
    """A page of the list; the others are reached by address also from a page that was sent."""

    def url_for(self, number: int) -> str:
        """The same filters, another page."""
        return self.url(page=number)

    def url(self, **changes: Any) -> str:
        """The list with other filters or another order; None leaves one out."""
        return url_for("delegates.index", **{**self.arguments, **changes})


@bp.get("/delegates")
@requires(Permission.DELEGATE_READ, partly=True)
def index() -> str:
    """Who comes, how full it is, and what is still missing."""
    return list_page(listing.read(request.args), sensitive=False)


@bp.post("/delegates/sensitive")
@requires(Permission.DELEGATE_READ_SENSITIVE, partly=True, after_closing=True)
def show_sensitive() -> str:
    """The same list with ethnic origin and party membership; the reading is recorded."""
    wanted = listing.read(request.form)
    facts: dict[str, object] = {"filters": wanted.as_arguments()}
    state_services.note_reading(
        g.congress, "delegate.read_sensitive", facts, actor=g.actor, of=None
    )
    return list_page(wanted, sensitive=True)


def list_page(wanted: Wanted, *, sensitive: bool) -> str:
    """The list page; sensitive columns only where the caller asked and recorded it."""
    rights = scope.rights()
    # Filtering by a sensitive fact tells it of everybody found: the right must cover them all.
    # A page that is only looked at writes nothing down, so it never filters by one.
    may_count = privacy.may_read_all(g.actor, g.reach)
    filters = sensitive and may_count
    book = scope.rulebook()
    used = wanted if sensitive else wanted.open_part(book.open_priorities)
    asked: dict[str, Any] = {"within": g.reach, "sensitive": filters, "shown": True}
    total = queries.count(g.congress, used, **asked)
    _start, number = place_of(total)
    rows = queries.delegates(g.congress, used, page=number, **asked)
    cap = intake_queries.cap_status(g.congress)
    priorities = [choice.code for choice in book.priorities]
    return render_template(
        "delegates/index.html",
        page=ListPage(rows, number, total, arguments=wanted.as_arguments()),
        wanted=wanted,
        cap=cap,
        quota=delegation_queries.quota_filled(g.congress, within=g.reach),
        states=queries.counts_by_state(g.congress, within=g.reach),
        census=census.census(queries.census_rows(g.congress, within=g.reach), priorities),
        # Of three delegates a sum tells as much as a name: it is looked at where that is recorded.
        counts_sensitive=filters,
        may_count=may_count,
        delegations=delegation_queries.choices(g.congress, within=g.reach),
        heads=queries.heads(g.congress.id),
        marks_of=scope.marks_of,
        rights=rights,
        sensitive=sensitive,
        held_back=wanted.asks_sensitive(book.open_priorities) and not sensitive,
        words=scope.words(),
    )


@bp.route("/delegates/new", methods=["GET", "POST"])
@requires(Permission.DELEGATE_REGISTER, partly=True)
def create() -> Answer:
    """Register a delegate."""
    form = NewDelegateForm()
    sensitive = scope.rights().sensitive
    offer(form, Permission.DELEGATE_REGISTER, sensitive=sensitive)
    form.offer_grounds(g.rules)
    made: list[Delegate] = []
    if accepted(form, noted(lambda: made.append(_register(form, sensitive=sensitive)))):
        flash(_("Đã ghi danh %(name)s.", name=made[0].person.full_name), "success")
        return redirect(url_for("delegates.show", delegate_id=made[0].id))
    return delegate_form_page("delegates/create.html", form, sensitive=sensitive)


def _register(form: NewDelegateForm, *, sensitive: bool) -> Delegate:
    return services.register(
        g.congress,
        form.whole(sensitive=sensitive),
        actor=g.actor,
        exception=form.exception(),
        same_as=form.answer(),
        within=g.reach,
    )


@bp.get("/delegates/<int:delegate_id>")
@requires(Permission.DELEGATE_READ, partly=True)
def show(delegate_id: int) -> str:
    """One delegate: facts, grounds, state, exception, link, history."""
    return delegate_page(scope.delegate_or_404(delegate_id))


def delegate_page(delegate: Delegate, **context: Any) -> str:
    """The page of one delegate."""
    rights = scope.rights()
    grounds = [GroundFacts(row.text, row.code, row.year, row.document) for row in delegate.grounds]
    told = rights.decide or g.actor.can(Permission.AUDIT_READ, g.congress.unit.path)
    return render_template(
        "delegates/show.html",
        delegate=delegate,
        takes_over=queries.replaced_by(delegate.id),
        exemplars=_exemplars_of(delegate),
        warnings=credentials.ground_warnings(
            grounds, g.rules.subcategories, scope.rulebook().award_years
        ),
        moves=_moves(delegate),
        needs_reason=credentials.NEEDS_REASON,
        replaceable=delegate.state in credentials.REPLACEABLE,
        is_head=queries.heads(g.congress.id).get(delegate.delegation_unit_id or 0) is delegate,
        exception=storing.exception_of_row(delegate),
        birth=storing.facts_of_row(delegate.person).birth,
        marks=scope.marks_of(delegate, sensitive=False),
        entries=history("delegate", delegate.id) if told else None,
        rights=rights,
        words=scope.words(),
        **context,
    )


def _exemplars_of(delegate: Delegate) -> list[Exemplar]:
    return [
        row
        for row in exemplar_queries.exemplars_of(delegate.person_id)
        if g.actor.can(Permission.EXEMPLAR_READ, row.unit.path)
    ]


def _moves(delegate: Delegate) -> list[tuple[str, str, bool]]:
    """The buttons: the state, the words, and whether a page must ask before."""
    before = credentials.State(delegate.state)
    return [
        (
            after.value,
            credentials.move_words(before, after),
            after in credentials.NEEDS_REASON or credentials.takes_a_seat(before, after),
        )
        for after in credentials.MOVES[before]
    ]


@bp.route("/delegates/<int:delegate_id>/edit", methods=["GET", "POST"])
@requires(Permission.DELEGATE_REGISTER, partly=True)
def edit(delegate_id: int) -> Answer:
    """Correct the person and the place."""
    delegate = scope.delegate_or_404(delegate_id)
    form = DelegateForm(data=_typed(delegate))
    offer(form, Permission.DELEGATE_REGISTER, kept=delegate.person.unit_id)
    if accepted(form, noted(lambda: _save(delegate, form))):
        flash(_("Đã lưu thay đổi."), "success")
        return redirect(url_for("delegates.show", delegate_id=delegate_id))
    return delegate_form_page("delegates/edit.html", form, delegate=delegate)


def _save(delegate: Delegate, form: DelegateForm) -> None:
    settled = services.edit(
        delegate,
        form.registration(kept=delegate.priorities),
        version=form.opened_version(),
        actor=g.actor,
        exception=form.exception(),
        reason=form.identity_reason.data,
    )
    if settled:
        flash(_what_follows(settled), "warning")
    elif form.identity_reason.data:
        told = _("Lý do đã nhập không được ghi lại vì lần sửa này không đổi điều gì cần lý do.")
        flash(told, "info")


def _what_follows(settled: Sequence[Fact]) -> str:
    """Whom a change of who it is gives work: the committee, and who prints the badges."""
    told = [_("Ban thẩm tra phải kết luận lại nếu đã kết luận.")]
    if {Fact.NAME, Fact.CATEGORY} & set(settled):
        told.append(_("Thẻ đã in hiện “Đã đổi” ở trang Thẻ, hãy in lại."))
    return " ".join(told)


def _typed(delegate: Delegate) -> dict[str, object]:
    person = delegate.person
    facts = storing.facts_of_row(person)
    plain = ("full_name", "position", "organisation", "education", "political_theory", "honours")
    return {
        **{name: getattr(facts, name) for name in (*plain, "phone", "email", "birth")},
        "sex": facts.sex or "",
        "unit": person.unit_id,
        "category": delegate.category,
        "field_of_work": delegate.field or "",
        "priorities": delegate.priorities,
        "note": delegate.note,
        "version": delegate.version,
    }


def offer(
    form: Any, right: Permission, *, kept: int | None = None, sensitive: bool = False
) -> None:
    """Give the form the choices of this congress within the writer's reach for the right;
    `kept` is the unit stored already."""
    form.offer(
        scope.rulebook(),
        chooser(right, under=g.congress.unit, kept=kept),
        outsiders=g.congress.unit.path in g.reach,
        sensitive=sensitive,
    )


def noted(act: Callable[[], Any]) -> Callable[[], Any]:
    """The act, keeping its refusal for the page: both values, or the persons to choose from."""

    def acting() -> Any:
        try:
            return act()
        except DomainError as error:
            g.refusal = error
            raise

    return acting


def delegate_form_page(template: str, form: Any, **context: Any) -> tuple[str, int]:
    """A form about a delegate with what its refusal calls for."""
    refusal = g.get("refusal")
    code = refusal.code if refusal else None
    if code == STALE_ANSWER:
        form.same_as.data = ""
    return form_page(
        template,
        form,
        refusal=refusal,
        alike=refusal.details if refusal and code in ASKS_WHO else (),
        stored=refusal.details if refusal and code == "stale" else (),
        known=refusal.details if refusal and code == "already_delegate" else (),
        over=code in ("over_cap", "over_quota", "incomplete_exception"),
        may_except=g.actor.can(Permission.DELEGATE_EXCEPT, g.congress.unit.path),
        words=scope.words(),
        **context,
    )
