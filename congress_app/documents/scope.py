"""What pages of papers show beside them: the placeholders, and where facts are mended."""

from __future__ import annotations

from flask import current_app, g, url_for

from congress_app.documents import numbering_queries, placeholders, queries, tables, whole_queries
from congress_app.documents.forms import IssueForm
from congress_app.documents.models import Document
from congress_app.documents.papers.base import Kind
from congress_app.formats.blocks import Paper
from congress_app.kernel import clock
from congress_app.kernel.errors import RuleViolation, Stale


def looked_at(document: Document, form: IssueForm) -> Paper | None:
    """The paper the page of issuing shows; None while it cannot be put together."""
    try:
        look = queries.look_at(document)
    except RuleViolation:
        return None
    # A form sent back for another reason still speaks of the paper seen before.
    if not form.is_submitted() or g.get("refused_status") == Stale.status:
        form.show(look.seen)
    return look.paper


def places_of(kind: Kind) -> list[tuple[str, str]]:
    """Every placeholder a text of the kind may use, with its words; tables last."""
    known = placeholders.known(per_recipient=kind.per_recipient)
    listed = [(name, str(label)) for name, label in known.items()]
    return listed + [(name, place.label) for name, place in tables.TABLES.items()]


_WHERE = {
    "congress": "congress.plan",
    "units": "units.index",
    "exemplars": "exemplars.index",
    "quota": "quota.index",
    "delegates": "delegates.index",
    "programme": "programme.index",
    "speeches": "speeches.index",
    "seating": "seating.index",
    "checkin": "checkin.index",
    "credentials": "credentials.index",
    "elections": "elections.index",
}


def where_urls() -> dict[str, str]:
    """The page on which each kind of fact is written down."""
    return {
        where: url_for(endpoint)
        for where, endpoint in _WHERE.items()
        if endpoint in current_app.view_functions
    }


def standing_of(document: Document) -> dict[str, object]:
    """What took its place, whether it is what was issued, and may be shown to the delegates."""
    return {
        "replaced_by": queries.replaced_by(document.id),
        "for_delegates": queries.is_for_everybody(document),
        "is_whole": whole_queries.is_whole(document),
    }


def numbers_of(document: Document, symbol: str, year: int) -> dict[str, object]:
    """The number the body gives next, and the day before which it may not be given."""
    unit_id = g.congress.unit_id
    latest = numbering_queries.latest_day(unit_id, symbol, year, document.replaces_id)
    return {
        "coming": numbering_queries.coming_number(unit_id, symbol, year),
        "latest": min(latest, clock.today()) if latest else None,
    }
