"""Addresses that belong to no chapter: the front door, language, health."""

from __future__ import annotations

from flask import Blueprint, current_app, g, jsonify, redirect, request, session, url_for
from werkzeug.wrappers import Response

from congress_app.web import navigation
from congress_app.web.guards import public, signed_in
from congress_app.web.responses import safe_next

bp = Blueprint("web", __name__)
home_bp = Blueprint("home", __name__)


@home_bp.get("/")
@signed_in
def index() -> Response:
    """Go on to the first page of the reader's menu; to his own account when it is empty."""
    links = navigation.links(current_app.extensions["menu"], g.actor)
    return redirect(links[0].url if links else url_for("accounts.me"))


def select_language() -> str:
    """The language chosen on this browser; Vietnamese when none was."""
    languages: tuple[str, ...] = current_app.config["LANGUAGES"]
    chosen = str(session.get("language"))
    return chosen if chosen in languages else languages[0]


@bp.post("/language")
@public
def set_language() -> Response:
    """Remember the language in the cookie and go back."""
    if request.form.get("language") in current_app.config["LANGUAGES"]:
        session["language"] = request.form["language"]
    return redirect(safe_next(request.form.get("next"), "/"))


@bp.get("/healthz")
@public
def healthz() -> Response:
    """The process answers."""
    return jsonify({"status": "ok"})
