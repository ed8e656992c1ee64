"""Every page that can be asked for by its address, read from the application itself.

So a page added later is measured without being named here. A number in an address is that
of a row which the database holds; a page for whose number there is no row is left out.
Files to download, and what devices, halls and strangers ask for, are no pages.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flask import Flask
from sqlalchemy import Select, func, select
from werkzeug.routing import Rule

from congress_app.accounts.models import User
from congress_app.checkin.models import Scan
from congress_app.database import Model, db
from congress_app.delegates.models import Delegate, Person
from congress_app.documents.models import Document
from congress_app.elections.credential_models import StoredReport
from congress_app.elections.models import Candidate, Election, Round
from congress_app.elections.upward_models import Transmission
from congress_app.exemplars.models import Exemplar
from congress_app.exemplars.movement_models import Movement
from congress_app.programme.models import Item, Session, Speech
from congress_app.programme.release_models import ProgrammeRelease
from congress_app.quota.models import Allocation
from congress_app.seating.models import Hall
from congress_app.units.models import Cluster
from congress_app.web.guards import access_of

FILES = (".pdf", ".xlsx", ".jpg", ".ics", ".js", ".crt")
SCOPE = "/congresses/<int:congress_id>/"
# What stands for a number in the address of a page outside every congress.
SEASON_KEYS: dict[str, type[Model]] = {
    "cluster_id": Cluster,
    "exemplar_id": Exemplar,
    "movement_id": Movement,
    "person_id": Person,
    "user_id": User,
}


def season_pages(app: Flask, unit_id: int) -> dict[str, str]:
    """The pages of no congress by their rule, those of a unit asked for this one."""
    keys: dict[str, Any] = {"unit_id": unit_id}
    for name, model in SEASON_KEYS.items():
        keys[name] = db.session.scalar(select(func.min(model.id)))  # type: ignore[attr-defined]
    rules = [rule for rule in _pages(app) if not rule.rule.startswith(SCOPE)]
    return _addresses(app, rules, keys)


def congress_pages(app: Flask, congress_id: int) -> dict[str, str]:
    """The pages of one congress by their rule, each with the first row it can show."""
    pages: dict[str, str] = {}
    for rule in _pages(app):
        if rule.rule.startswith(SCOPE):
            keys = {name: _first(name, rule, congress_id) for name in rule.arguments}
            pages |= _addresses(app, [rule], keys | {"congress_id": congress_id})
    return pages


def _pages(app: Flask) -> Iterator[Rule]:
    for rule in sorted(app.url_map.iter_rules(), key=lambda one: one.rule):
        access = access_of(app.view_functions[rule.endpoint])
        is_page = "GET" in (rule.methods or ()) and not rule.rule.endswith(FILES)
        if is_page and access is not None and access.kind not in ("public", "device"):
            yield rule


def _addresses(app: Flask, rules: list[Rule], keys: dict[str, Any]) -> dict[str, str]:
    adapter = app.url_map.bind("localhost")
    return {
        rule.rule: adapter.build(rule.endpoint, {name: keys[name] for name in rule.arguments})
        for rule in rules
        if all(keys.get(name) is not None for name in rule.arguments)
    }


def _first(name: str, rule: Rule, congress_id: int) -> int | None:
    """The first row of the congress for this part of the address; None without one."""
    chapter = rule.endpoint.partition(".")[0]
    rows = _rows(congress_id)
    wanted = rows.get(f"{chapter}.{name}", rows.get(name))
    found: int | None = None if wanted is None else db.session.scalar(wanted.limit(1))
    return found


def _rows(congress_id: int) -> dict[str, Select[Any]]:
    def of(model: Any, column: Any = None) -> Select[Any]:
        found = select(model.id if column is None else column)
        return found.where(model.congress_id == congress_id).order_by(model.id)

    election = of(Election)
    allocation = of(Allocation, Allocation.number)
    return {
        "delegate_id": of(Delegate),
        "unit_id": of(Delegate, Delegate.delegation_unit_id).where(
            Delegate.delegation_unit_id.is_not(None)
        ),
        "document_id": of(Document),
        "election_id": election,
        "candidate_id": select(Candidate.id).where(Candidate.election_id.in_(election)),
        "hall_id": of(Hall),
        "item_id": select(Item.id).join(Item.session).where(Session.congress_id == congress_id),
        "session_id": of(Session),
        "speech_id": of(Speech),
        "scan_id": select(Scan.id).where(Scan.congress_id == congress_id),
        "transmission_id": select(Transmission.id)
        .join(Election, Transmission.election_id == Election.id)
        .where(Election.target_id == congress_id),
        "quota.number": allocation,
        "cascade.number": allocation,
        "credentials.number": of(StoredReport, StoredReport.number),
        "releases.number": of(ProgrammeRelease, ProgrammeRelease.number),
        "rounds.number": select(Round.number).where(Round.election_id.in_(election)),
    }
