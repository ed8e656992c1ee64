"""Models of exemplars to be proposed as speeches, and what the programme knows of an exemplar."""

from __future__ import annotations

from flask import g, render_template, request
from markupsafe import Markup

from congress_app.congresses.models import Congress
from congress_app.congresses.scope import congress_blueprint
from congress_app.exemplars import queries as exemplar_register
from congress_app.exemplars.facts import KIND_LABELS
from congress_app.exemplars.models import Exemplar
from congress_app.exemplars.wanted import Wanted
from congress_app.kernel.permissions import Permission
from congress_app.programme import exemplar_queries, speech_states
from congress_app.programme.exemplar_queries import Told
from congress_app.web.guards import requires
from congress_app.web.responses import PAGE_SIZE, Page, place_of

bp = congress_blueprint("speech_exemplars", __name__)


@bp.get("/speeches/exemplars")
@requires(Permission.SPEECH_SUBMIT, partly=True)
def index() -> str:
    """Exemplars whose model is written down; each becomes a speech once."""
    text, selected = request.args.get("text", "").strip(), bool(request.args.get("selected"))
    return render_template(
        "programme/exemplars.html",
        page=_models(Wanted(text=text or None, model=True, selected=selected)),
        text=text,
        selected=selected,
        kinds=KIND_LABELS,
        states=speech_states.SPEECH_STATES,
    )


def _models(wanted: Wanted) -> Page[Told]:
    total = exemplar_register.total(g.reach, wanted)
    start, number = place_of(total)
    rows = exemplar_queries.models(g.congress, g.reach, wanted, offset=start, limit=PAGE_SIZE)
    return Page(rows, number, total)


def exemplar_panel(exemplar: Exemplar) -> Markup | None:
    """On the exemplar's page: its speeches, where it is honoured, and where to propose it."""
    told = [
        (congress, speech)
        for congress, speech in exemplar_queries.speeches_of(exemplar.id)
        if g.actor.reach(Permission.PROGRAMME_READ, congress.unit.path)
    ]
    honoured = [
        (congress, item)
        for congress, item in exemplar_queries.honouring(exemplar)
        if g.actor.reach(Permission.PROGRAMME_READ, congress.unit.path)
    ]
    offered = _offered(exemplar, {congress.id for congress, _speech in told})
    if not (told or honoured or offered):
        return None
    html = render_template(
        "programme/exemplar_panel.html",
        told=told,
        honoured=honoured,
        offered=offered,
        exemplar=exemplar,
        states=speech_states.SPEECH_STATES,
    )
    return Markup(html)  # noqa: S704 - our template's


def _offered(exemplar: Exemplar, told: set[int]) -> list[Congress]:
    """Congresses to which the reader may submit it and that do not hear it yet."""
    if not exemplar.solution:
        return []
    return [
        congress
        for congress in exemplar_queries.congresses_for(exemplar)
        if congress.id not in told
        and any(
            exemplar.unit.path.startswith(path)
            for path in g.actor.reach(Permission.SPEECH_SUBMIT, congress.unit.path)
        )
    ]
