"""The plan page of one congress, its edit forms, its rules and the steps of its life."""

from __future__ import annotations

from typing import Any

from flask import current_app, flash, g, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from congress_app.congresses import (
    board_queries,
    closing_queries,
    lifecycle,
    queries,
    rulebook_queries,
    services,
    step_queries,
    timing,
    wording,
)
from congress_app.congresses.forms import (
    AdoptForm,
    LessonsForm,
    MoveForm,
    PlanForm,
    TurnoutForm,
    labelled,
)
from congress_app.congresses.lifecycle import STATE_LABELS, Finding, Move, State
from congress_app.congresses.rulebook import (
    CATEGORY_LABELS,
    DURATION_LABELS,
    ELECTION_FORM_LABELS,
    ITEM_LABELS,
    LEVEL_LABELS,
    QUORUM_LABELS,
    Level,
)
from congress_app.congresses.scope import congress_blueprint
from congress_app.kernel import clock
from congress_app.kernel.errors import Conflict, Stale
from congress_app.kernel.permissions import Permission
from congress_app.units.tree import KIND_LABELS
from congress_app.web.guards import requires
from congress_app.web.submissions import accepted, form_page
from congress_app.web.texts import say

Answer = Response | tuple[str, int]

scoped_bp = congress_blueprint("congress", __name__)

# Words and looks for the templates of every page below a congress.
WORDS: dict[str, Any] = {
    "category": CATEGORY_LABELS,
    "duration": DURATION_LABELS,
    "election_form": ELECTION_FORM_LABELS,
    "item": ITEM_LABELS,
    "kind": KIND_LABELS,
    "level": LEVEL_LABELS,
    "quorum": QUORUM_LABELS,
    "light": timing.LIGHT_LABELS,
    "light_look": timing.LIGHT_LOOKS,
    "rule": wording.RULE_LABELS,
    "state": STATE_LABELS,
    "state_look": lifecycle.STATE_LOOKS,
}


# Stands for a congress's number in an address that is made for all of them.
_ANY = 2_147_483_647


@scoped_bp.app_context_processor
def words() -> dict[str, object]:
    """Labels of this chapter, and the address of a congress's first page."""
    return {
        "congress_words": WORDS,
        "congress_url": congress_url,
        "cap_sentence": wording.cap_sentence,
        "due_sentence": wording.due_sentence,
    }


def congress_url(congress_id: int) -> str:
    """Where a congress opens: on its dashboard, which is a later chapter, or on its plan.

    Made once a request: a list of the whole sector links to many.
    """
    if "congress_url" not in g:
        has_overview = "overview.show" in current_app.view_functions
        endpoint = "overview.show" if has_overview else "congress.plan"
        g.congress_url = url_for(endpoint, congress_id=_ANY).split(str(_ANY))
    return str(congress_id).join(g.congress_url)


@scoped_bp.get("/plan")
@requires(Permission.CONGRESS_READ, partly=True)
def plan() -> str:
    """When, where, by which rules; how far it has come and who led it there."""
    congress = g.congress
    combined = {choice.code: choice.title for choice in g.rules.combinable}
    return render_template(
        "congresses/plan.html",
        rules=g.rules,
        book=queries.rulebook_of(congress),
        findings=_date_findings(),
        moves=lifecycle.moves_from(congress.state),
        states=_steps_of_life(),
        combined=combined.get(congress.combined_with, congress.combined_with),
        below=queries.states_below(congress),
        lessons=_lessons_of_others(),
        unit_names=rulebook_queries.unit_names(g.rules.cap.exceptions),
    )


@scoped_bp.route("/edit", methods=["GET", "POST"])
@requires(Permission.CONGRESS_PLAN)
def edit() -> Answer:
    """Change the plan."""
    form = PlanForm(obj=g.congress)
    form.offer(g.rules.combinable)
    if accepted(
        form,
        lambda: services.edit(
            g.congress, form.plan(), version=form.opened_version(), actor=g.actor
        ),
    ):
        flash(_("Đã lưu kế hoạch."), "success")
        _warn(_date_findings())
        return redirect(url_for("congress.plan"))
    return form_page("congresses/edit.html", form, rules=g.rules)


@scoped_bp.route("/adopt", methods=["GET", "POST"])
@requires(Permission.CONGRESS_PLAN)
def adopt() -> Answer:
    """Choose the rulebook to freeze."""
    cards = rulebook_queries.adoptable(g.congress.unit.path)
    form = AdoptForm(data={"rulebook": g.congress.season.rulebook.key})
    form.rulebook.choices = labelled({card.key: card.book.name for card in cards})
    if accepted(form, lambda: services.adopt(g.congress, form.rulebook.data, actor=g.actor)):
        flash(_("Đã áp dụng quy định; các con số của hội nghị này từ nay cố định."), "success")
        return redirect(url_for("congress.plan"))
    return form_page("congresses/adopt.html", form, cards=cards)


@scoped_bp.route("/move/<any(draft, convened, open, closed):target>", methods=["GET", "POST"])
@requires(Permission.CONGRESS_PLAN, after_closing=True)
def move(target: str) -> Answer:
    """Take a step of the life, after seeing what is missing and what is unusual.

    A closed congress has one step, the one back: the moves themselves refuse any other.
    """
    step = _lawful_step(target)
    form = MoveForm(obj=g.congress)
    if accepted(form, lambda: _move(target, form)):
        flash(_("Hội nghị đã chuyển sang: %(state)s.", state=say(STATE_LABELS[target])), "success")
        return redirect(url_for("congress.plan"))
    # A form sent back for another reason still speaks of the step seen before.
    if not form.is_submitted() or g.get("refused_status") == Stale.status:
        form.seen.data = str(step_queries.last_id(g.congress.id))
    return form_page(
        "congresses/move.html", form, step=step, missing=_missing(step), warnings=_warnings(step)
    )


def _move(target: str, form: MoveForm) -> None:
    services.move(
        g.congress,
        target,
        seen=form.looked_at(),
        note=form.note.data,
        turnout=form.turnout(),
        actor=g.actor,
    )


@scoped_bp.route("/turnout", methods=["GET", "POST"])
@requires(Permission.CONGRESS_PLAN, after_closing=True)
def turnout() -> Answer:
    """Write down how many took part."""
    form = TurnoutForm(obj=g.congress)
    if accepted(form, lambda: services.report_turnout(g.congress, form.counted(), actor=g.actor)):
        flash(_("Đã ghi số người dự."), "success")
        return redirect(url_for("congress.plan"))
    return form_page("congresses/turnout.html", form)


@scoped_bp.route("/lessons", methods=["GET", "POST"])
@requires(Permission.CONGRESS_PLAN, after_closing=True)
def lessons() -> Answer:
    """Write down what this congress taught the others."""
    form = LessonsForm(obj=g.congress)
    if accepted(
        form,
        lambda: services.note_lessons(
            g.congress, form.lessons.data, version=form.opened_version(), actor=g.actor
        ),
    ):
        flash(_("Đã lưu phần rút kinh nghiệm."), "success")
        return redirect(url_for("congress.plan"))
    return form_page("congresses/lessons.html", form)


def _date_findings() -> list[Finding]:
    congress = g.congress
    return lifecycle.dates(g.rules, congress.held_on, congress.duration, congress.combined_with)


def _warn(findings: list[Finding]) -> None:
    for finding in findings:
        flash(say(finding.sentence), "warning")


def _lawful_step(target: str) -> Move:
    step = lifecycle.move_between(g.congress.state, target)
    if step is None:
        (finding,) = lifecycle.missing(queries.facts_of(g.congress), target, g.rules)
        raise Conflict(finding.code, finding.sentence)
    return step


def _missing(step: Move) -> list[Finding]:
    """What blocks the step beside what its own form asks for."""
    asked = {"no_note", "no_attendance"}
    found = lifecycle.missing(queries.facts_of(g.congress), step.target, g.rules)
    return [finding for finding in found if finding.code not in asked]


def _warnings(step: Move) -> list[Finding]:
    if step.origin is State.CLOSED:
        return lifecycle.reopening()
    if step.needs_note:
        return []
    if step.target is State.OPEN:
        return lifecycle.opening(g.congress.held_on, clock.today())
    if step.target is State.CLOSED:
        return lifecycle.closing(closing_queries.left_to_do(g.congress.id))
    return _date_findings() if step.target is State.CONVENED else []


def _steps_of_life() -> list[tuple[str, str]]:
    order = list(State)
    now = order.index(State(g.congress.state))
    marks = ["done" if place < now else "now" if place == now else "todo" for place in range(4)]
    if g.congress.state == State.CLOSED:
        marks[-1] = "done"
    return [(say(STATE_LABELS[state]), mark) for state, mark in zip(order, marks, strict=True)]


def _lessons_of_others() -> list[board_queries.Lesson]:
    if g.congress.level == Level.BASE or g.congress.state == State.CLOSED:
        return []
    told = board_queries.lessons(g.congress.season)
    return [lesson for lesson in told if lesson.congress_id != g.congress.id]
