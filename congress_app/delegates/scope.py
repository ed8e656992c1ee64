"""What every page of delegates loads: the delegate asked for, the rulebook, the reader's part."""

from __future__ import annotations

from dataclasses import dataclass

from flask import g

from congress_app.congresses import queries as congress_queries
from congress_app.congresses.rulebook import CATEGORY_LABELS, Rulebook
from congress_app.delegates import census, credentials, listing, privacy, queries
from congress_app.delegates.models import Delegate
from congress_app.delegates.registration import SEX_LABELS
from congress_app.kernel.errors import NotFound
from congress_app.kernel.permissions import Permission
from congress_app.kernel.sentences import N_
from congress_app.web.guards import may
from congress_app.web.texts import say

UNKNOWN_LABEL = N_("Không rõ")


def delegate_or_404(delegate_id: int) -> Delegate:
    """The delegate of this congress within the reach the gate found."""
    found = queries.delegate_by_id(g.congress, delegate_id, within=g.reach)
    if found is None:
        raise NotFound
    return found


def rulebook() -> Rulebook:
    """The congress's rulebook, read once a request."""
    if "delegates_rulebook" not in g:
        g.delegates_rulebook = congress_queries.rulebook_of(g.congress)
    book: Rulebook = g.delegates_rulebook
    return book


def reach_of(permission: Permission) -> tuple[str, ...]:
    """The part of the congress the reader may do this for."""
    reach: tuple[str, ...] = g.actor.reach(permission, g.congress.unit.path)
    return reach


@dataclass(frozen=True)
class Rights:
    """What the reader may do here; False also where the congress is closed."""

    register: bool
    decide: bool
    take_in: bool
    export: bool
    sensitive: bool
    whole: bool


def rights() -> Rights:
    """The buttons a page shows."""
    return Rights(
        register=may(Permission.DELEGATE_REGISTER, partly=True),
        decide=may(Permission.DELEGATE_DECIDE),
        take_in=may(Permission.DELEGATE_IMPORT, partly=True),
        export=may(Permission.DELEGATE_READ, partly=True),
        sensitive=may(Permission.DELEGATE_READ_SENSITIVE, partly=True),
        whole=may(Permission.DELEGATE_READ),
    )


def words() -> dict[str, object]:
    """Labels for the templates of the chapter."""
    book = rulebook()
    return {
        "category": CATEGORY_LABELS,
        "state": credentials.STATE_LABELS,
        "state_kind": credentials.STATE_KINDS,
        "active": credentials.ACTIVE,
        "sex": SEX_LABELS,
        "field": {choice.code: choice.title for choice in book.fields},
        "priority": {choice.code: choice.title for choice in book.priorities},
        "gap": listing.GAP_LABELS,
        "sort": listing.SORT_LABELS,
        "sensitive_gaps": listing.SENSITIVE_GAPS,
        "sensitive_priorities": [one.code for one in book.priorities if not one.is_open],
        "unknown": UNKNOWN_LABEL,
    }


def marks_of(delegate: Delegate, *, sensitive: bool) -> list[str]:
    """The priorities shown beside a name, in words: those marked and those facts tell."""
    book = rulebook()
    titles = {choice.code: choice.title for choice in book.priorities}
    row = census.CensusRow(
        delegate.category,
        delegate.person.sex,
        delegate.person.ethnicity if sensitive else None,
        tuple(delegate.priorities),
    )
    met = census.priorities_of(row)
    shown = privacy.visible_priorities(sorted(met), book.open_priorities, sensitive=sensitive)
    return [say(titles.get(code, code)) for code in shown]
