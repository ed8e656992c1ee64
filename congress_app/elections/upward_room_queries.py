"""How much room cap and quota leave a list that waits for its answer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import func, select

from congress_app.congresses.models import Congress
from congress_app.congresses.rulebook import Category
from congress_app.database import db
from congress_app.delegates import intake_queries
from congress_app.delegates.credentials import ACTIVE
from congress_app.delegates.models import Delegate
from congress_app.elections import upward_queries
from congress_app.elections.upward_models import Transmission
from congress_app.elections.upward_room import Room
from congress_app.quota import queries as quota_queries

# Places held by an exception, by category and delegation.
Excepted = dict[tuple[str, int | None], int]


def rooms(sent: Transmission) -> list[Room]:
    """The congress's cap and the quota of every delegation the list fills, with what is held."""
    target = sent.election.target
    listed = [one for one in upward_queries.holders(sent).values() if one.state in ACTIVE]
    excepted = _excepted(target.id)
    return [*_quotas(target, listed, excepted), *_cap(target, listed, excepted)]


def _quotas(target: Congress, listed: Sequence[Delegate], excepted: Excepted) -> list[Room]:
    seats = quota_queries.seats_of(target.id)
    if seats is None:
        return []
    elected = [one for one in listed if one.category == Category.ELECTED]
    unit_ids = list(dict.fromkeys(one.delegation_unit_id for one in elected))
    held = intake_queries.elected_by_delegation(target.id)
    names = intake_queries.unit_names(unit_ids)
    return [
        Room(
            "over_quota",
            names.get(unit_id or 0, "–"),
            held[unit_id],
            seats.get(unit_id or 0, 0),
            excepted.get((Category.ELECTED, unit_id), 0),
            _bare(one for one in elected if one.delegation_unit_id == unit_id),
        )
        for unit_id in unit_ids
    ]


def _cap(target: Congress, listed: Sequence[Delegate], excepted: Excepted) -> list[Room]:
    cap = intake_queries.cap_status(target)
    if cap.limit is None:
        return []
    counted = [number for (kind, _), number in excepted.items() if kind in cap.counted]
    mine = _bare(one for one in listed if one.category in cap.counted)
    return [Room("over_cap", target.name, cap.used, cap.limit, sum(counted), mine)]


def _bare(delegates: Iterable[Delegate]) -> tuple[int, ...]:
    return tuple(one.id for one in delegates if one.exception_by is None)


def _excepted(congress_id: int) -> Excepted:
    counted = (
        select(Delegate.category, Delegate.delegation_unit_id, func.count())
        .where(
            Delegate.congress_id == congress_id,
            Delegate.state.in_(ACTIVE),
            Delegate.exception_by.is_not(None),
        )
        .group_by(Delegate.category, Delegate.delegation_unit_id)
    )
    rows = db.session.execute(counted)
    return {(category, unit_id): number for category, unit_id, number in rows}
