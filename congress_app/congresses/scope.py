"""Everything below /congresses/<id>/: loads the congress before the gate asks.

A blueprint made by `congress_blueprint` finds the congress in `g.congress`, its rules in
`g.rules`, and after the gate the part the actor may see in `g.reach`.
"""

from __future__ import annotations

from typing import Any

from flask import Blueprint, g

from congress_app.congresses import lifecycle, queries
from congress_app.web.standing_aside import stands_aside


def congress_blueprint(name: str, import_name: str) -> Blueprint:
    """A blueprint whose addresses all start with /congresses/<congress_id>."""
    bp = Blueprint(name, import_name, url_prefix="/congresses/<int:congress_id>")
    bp.url_value_preprocessor(load_congress)
    bp.url_defaults(fill_congress)
    return bp


def load_congress(_endpoint: str | None, values: dict[str, Any] | None) -> None:
    """Put the congress of the address into `g`; the gate answers 404 for an unknown one.

    Not here: whoever is not signed in must learn nothing of which congresses exist. Flask
    calls this before any gate, so a process that stands aside reads nothing here either.
    """
    congress_id = (values or {}).pop("congress_id")
    congress = None if stands_aside() else queries.congress_by_id(congress_id)
    g.scope_missing = congress is None
    if congress is None:
        return
    g.congress = congress
    g.scope_over = lifecycle.over(congress.state, congress.name)
    g.rules = queries.rules_of(congress)
    g.scope_path = congress.unit.path


def fill_congress(_endpoint: str, values: dict[str, Any]) -> None:
    """Addresses built inside a congress stay in it."""
    if "congress_id" not in values and "congress" in g:
        values["congress_id"] = g.congress.id
