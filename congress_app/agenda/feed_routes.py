"""What a delegate's phone asks for in the background: the agenda, the worker."""

from __future__ import annotations

import gzip
from datetime import datetime
from pathlib import Path
from typing import Any

from flask import (
    Blueprint,
    Response,
    current_app,
    make_response,
    render_template,
    request,
    url_for,
)
from flask_babel import get_locale
from markupsafe import Markup

from congress_app.agenda import personal, queries, shell
from congress_app.agenda.queries import Mark, Pass
from congress_app.checkin import live
from congress_app.checkin.latest import Latest
from congress_app.delegates.models import Delegate
from congress_app.kernel import clock
from congress_app.kernel.errors import NotFound
from congress_app.programme.release_changes import CHANGE_KINDS
from congress_app.web.guards import public
from congress_app.web.responses import ask_again

# Higher levels take longer and save next to nothing on a page of 20 kB.
GZIP_LEVEL = 6
# A phone asks again after so long, and in a crowd after no longer than that.
PHONE_SECONDS = (15.0, 60.0)

bp = Blueprint("agenda_feeds", __name__, url_prefix="/d/<token>")


@bp.get("/agenda.json")
@public
def agenda(token: str) -> Response:
    """The part of the page that changes; 304 while it says the same."""
    mark = _mark(token)
    etag = agenda_etag(mark)
    if request.if_none_match.contains_weak(etag):
        return ask_again(for_holder_alone(make_response(b"", 304), etag), *PHONE_SECONDS)
    delegate = _delegate(token)
    own = queries.pass_of(delegate, clock.now())
    html = render_template("agenda/_live.html", token=token, **live_values(own))
    told = {"release": own.release, "state": delegate.state, "html": html}
    return ask_again(for_holder_alone(packed(make_response(told)), etag), *PHONE_SECONDS)


@bp.get("/worker.js")
@public
def worker(token: str) -> Response:
    """The service worker of this link's page alone."""
    _mark(token)
    page = url_for("agenda.show", token=token)
    response = make_response(shell.worker(Path(str(current_app.static_folder)), page))
    response.mimetype = "text/javascript"
    response.headers["Service-Worker-Allowed"] = page
    response.headers["Cache-Control"] = "no-cache"
    return response


def agenda_etag(mark: Mark) -> str:
    """What the page and its agenda in this reader's language go by."""
    return f"{mark.etag}-{get_locale()}"


def live_values(own: Pass) -> dict[str, Any]:
    """What `agenda/_live.html` needs, in the page and alone."""
    now = clock.now()
    return {
        "own": own,
        "until": lambda starts: personal.until(starts, now),
        "now": now,
        "change_kinds": CHANGE_KINDS,
        "programme": Markup(_programme(own, now)),  # noqa: S704 - our own template's
    }


def _programme(own: Pass, now: datetime) -> str:
    """The programme as HTML; made once each half minute for all who read the same."""

    def make() -> str:
        return render_template("agenda/_programme.html", day=own.day, release=own.release, now=now)

    if own.day.has_own_part:
        return make()
    store: Latest[str] = current_app.extensions.setdefault("agenda_programmes", Latest())
    # The release is part of the question: its mark goes with the answer, so nobody may be
    # handed the programme of the release before while this one is being made.
    question = (own.congress_id, own.release, str(get_locale()))
    return store.answer(question, live.beat(now), make)


def packed(response: Response) -> Response:
    """The answer compressed for whoever understands it: a full hall shares one weak network.

    Nothing a stranger can send is repeated in it, so its length tells no secret.
    """
    response.vary.add("Accept-Encoding")
    if request.accept_encodings["gzip"]:
        response.set_data(gzip.compress(response.get_data(), GZIP_LEVEL, mtime=0))
        response.content_encoding = "gzip"
    return response


def _mark(token: str) -> Mark:
    mark = queries.mark_of(token)
    if mark is None:
        raise NotFound()
    return mark


def _delegate(token: str) -> Delegate:
    delegate = queries.delegate_by_token(token)
    if delegate is None:
        raise NotFound()
    return delegate


def for_holder_alone(response: Response, etag: str) -> Response:
    """For whoever holds the link alone; with the server's time, the page's only clock."""
    response.set_etag(etag)
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Server-Time"] = clock.now().isoformat()
    return response
