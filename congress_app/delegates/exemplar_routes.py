"""Exemplars proposed as official delegates by title, and where an exemplar is a delegate."""

from __future__ import annotations

from dataclasses import dataclass

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from markupsafe import Markup
from werkzeug.wrappers import Response

from congress_app.congresses.scope import congress_blueprint
from congress_app.delegates import exemplar_queries, exemplar_services, intake_queries, scope
from congress_app.delegates.exemplar_forms import ProposedForm, proposed_form, question
from congress_app.delegates.exemplar_queries import Likeness, Proposed
from congress_app.delegates.exemplar_services import Taken
from congress_app.delegates.exemplar_titles import Answer
from congress_app.exemplars.models import Exemplar
from congress_app.kernel.permissions import Permission
from congress_app.web.guards import requires
from congress_app.web.responses import Page, paged
from congress_app.web.submissions import accepted, form_page

bp = congress_blueprint("delegate_exemplars", __name__)

Answered = Response | tuple[str, int]
# The tab of those who are delegates already, beside the three answers.
DELEGATES = "delegates"


@dataclass(frozen=True)
class Listed:
    """One tab of the list, the page of it that is shown, and how many every tab holds."""

    tab: str
    text: str
    page: Page[Proposed]
    counts: dict[str, int]
    likenesses: dict[int, Likeness]


@bp.route("/delegates/exemplars", methods=["GET", "POST"])
@requires(Permission.DELEGATE_REGISTER, partly=True)
def proposals() -> Answered:
    """Who is proposed and by which ground, who is not, and why; the ticked are registered."""
    listed = _listed()
    form = _form(listed)
    taken: list[Taken] = []
    if accepted(form, lambda: taken.append(_register(form))):
        flash(_told(taken[0]), "success")
        return redirect(url_for("delegate_exemplars.proposals"))
    return form_page("delegates/exemplars.html", form, listed=listed, **_facts())


@bp.post("/delegates/exemplars/<int:exemplar_id>/unlink")
@requires(Permission.DELEGATE_REGISTER, partly=True)
def unlink(exemplar_id: int) -> Response:
    """The exemplar is another person after all."""
    exemplar_services.unlink(g.congress, exemplar_id, within=g.reach, actor=g.actor)
    flash(_("Đã bỏ liên kết. Đại biểu và căn cứ vẫn giữ nguyên."), "success")
    return redirect(url_for("delegate_exemplars.proposals", answer=DELEGATES))


def exemplar_panel(exemplar: Exemplar) -> Markup | None:
    """On the exemplar's page: the congresses at which the person is a delegate."""
    places = [
        place
        for place in exemplar_queries.delegates_everywhere(exemplar.id)
        if g.actor.reach(Permission.DELEGATE_READ, place.congress.unit.path)
    ]
    if not places:
        return None
    return Markup(render_template("delegates/exemplar_panel.html", places=places))  # noqa: S704


def _facts() -> dict[str, object]:
    """What stands around the list."""
    return {
        "cap": intake_queries.cap_status(g.congress),
        "award_years": scope.rulebook().award_years,
        "question": question,
        "rights": scope.rights(),
        "words": scope.words(),
    }


def _register(form: ProposedForm) -> Taken:
    return exemplar_services.register(
        g.congress, form.chosen.data or (), answers=form.answers(), within=g.reach, actor=g.actor
    )


def _listed() -> Listed:
    tab, text = request.args.get("answer", Answer.PROPOSED.value), request.args.get("text", "")
    tabs = _tabs(text.strip())
    tab = tab if tab in tabs else Answer.PROPOSED.value
    page = paged(tabs[tab])
    rows = exemplar_queries.proposals_of(g.congress, page.rows, within=g.reach)
    asked = rows if tab == Answer.PROPOSED else []
    return Listed(
        tab,
        text,
        Page(rows, page.number, page.total),
        {name: len(each) for name, each in tabs.items()},
        exemplar_queries.likenesses(g.congress, asked, within=g.reach) if asked else {},
    )


def _tabs(text: str) -> dict[str, list[int]]:
    """The keys of the exemplars under every tab, in the register's order."""
    linked = exemplar_queries.delegates_of(g.congress)
    tabs: dict[str, list[int]] = {name: [] for name in (DELEGATES, *Answer)}
    for key, answer in exemplar_queries.answers(g.congress, within=g.reach, text=text).items():
        tabs[DELEGATES if key in linked else answer.value].append(key)
    return tabs


def _form(listed: Listed) -> ProposedForm:
    rows = listed.page.rows if listed.tab == Answer.PROPOSED else ()
    doubts = {key: like.people for key, like in listed.likenesses.items() if like.people}
    return proposed_form([(each.exemplar.id, each.exemplar.name) for each in rows], doubts)


def _told(taken: Taken) -> str:
    if not taken.linked:
        return str(_("Đã ghi danh %(count)s đại biểu.", count=taken.registered))
    return str(
        _(
            "Đã ghi danh %(count)s đại biểu; %(linked)s người đã là đại biểu, chỉ liên kết và "
            "thêm căn cứ.",
            count=taken.registered,
            linked=taken.linked,
        )
    )
