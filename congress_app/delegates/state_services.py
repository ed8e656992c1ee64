"""Move places through their states, name heads of delegations, note grounds, make links."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Sequence

from sqlalchemy import delete, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from congress_app.audit.services import RowHappening, record_rows
from congress_app.congresses import services as congress_services
from congress_app.congresses.models import Congress
from congress_app.database import transaction
from congress_app.delegates import intake, intake_queries, place_services, refusals, storing
from congress_app.delegates.book import Problem
from congress_app.delegates.credentials import (
    ACTIVE,
    NEEDS_REASON,
    Place,
    State,
    may_move,
    takes_a_seat,
)
from congress_app.delegates.models import Delegate, DelegationHead, Ground
from congress_app.delegates.registration import CapException, GroundFacts
from congress_app.kernel.errors import NotFound
from congress_app.kernel.permissions import Actor


def move_state(
    congress: Congress,
    delegate_ids: Collection[int],
    state: str,
    *,
    actor: Actor,
    reason: str | None = None,
    exception: CapException | None = None,
) -> list[Delegate]:
    """Bring delegates into a state, all or none.

    Declining and withdrawing need a reason. Coming back takes a seat again, so caps and
    quotas are asked. Raises NotFound for a number of another congress, RuleViolation
    `not_movable` (naming who cannot), `reason_needed`, `over_cap`, `over_quota`.
    """
    with transaction() as session:
        place_services.take(congress)
        rows = _rows(session, congress, delegate_ids)
        after = State(state)
        stuck = [row.person.full_name for row in rows if not may_move(row.state, after)]
        if stuck:
            raise refusals.not_movable(stuck, after)
        if after in NEEDS_REASON and not (reason or "").strip():
            raise refusals.reason_needed()
        back = [row for row in rows if takes_a_seat(row.state, after)]
        needed = _room(congress, back, exception, actor)
        happenings = _moved(rows, after, reason, congress.unit.path)
        for row in back:
            for name, text in storing.exception_columns(needed).items():
                setattr(row, name, text)
        for row in rows:
            row.state, row.state_reason = after.value, reason
        if after not in ACTIVE:
            place_services.drop_heads([row.id for row in rows])
        record_rows("delegate.state", Delegate.__tablename__, happenings, actor=actor)
        congress_services.pulse(congress.id)
        return rows


def _moved(
    rows: Sequence[Delegate], after: State, reason: str | None, path: str
) -> list[RowHappening]:
    told = {"reason": reason} if reason else {}
    return [
        RowHappening(
            row.id, row.person.full_name, {"state": [row.state, after.value], **told}, path
        )
        for row in rows
    ]


def _rows(session: Session, congress: Congress, ids: Collection[int]) -> list[Delegate]:
    wanted = select(Delegate).where(Delegate.id.in_(ids), Delegate.congress_id == congress.id)
    rows = list(session.scalars(wanted.order_by(Delegate.number)))
    if len(rows) != len(set(ids)):
        raise NotFound
    return rows


def _room(
    congress: Congress, back: Sequence[Delegate], exception: CapException | None, actor: Actor
) -> CapException | None:
    if not back:
        return None
    places = [Place(row.category, row.delegation_unit_id) for row in back]
    findings = intake.room(places, intake_queries.book(congress, []))
    problems = [Problem(0, finding.code, finding.sentence) for finding in findings]
    return place_services.granted(problems, congress, exception, actor=actor)


def set_head(congress: Congress, unit_id: int, delegate_id: int | None, *, actor: Actor) -> None:
    """Name who leads the delegation of the unit; None leaves it without a head.

    Raises NotFound for a delegate of another congress, RuleViolation `not_of_delegation`
    for one who holds no place in this delegation.
    """
    with transaction() as session:
        place_services.take(congress)
        name = intake_queries.unit_names([unit_id])[unit_id]
        of_unit = (DelegationHead.congress_id == congress.id, DelegationHead.unit_id == unit_id)
        former = session.scalar(select(DelegationHead).where(*of_unit))
        if former is not None:
            left = {"delegation": [name, None]}
            place_services.tell(former.delegate, "delegate.head", left, actor=actor)
            session.execute(delete(DelegationHead).where(*of_unit))
        if delegate_id is None:
            return
        (row,) = _rows(session, congress, [delegate_id])
        if row.state not in ACTIVE or row.delegation_unit_id != unit_id:
            raise refusals.not_of_delegation(row.person.full_name)
        session.add(
            DelegationHead(congress_id=congress.id, unit_id=unit_id, delegate_id=delegate_id)
        )
        place_services.tell(row, "delegate.head", {"delegation": name}, actor=actor)


def add_ground(delegate: Delegate, ground: GroundFacts, *, actor: Actor) -> Ground:
    """Note a further right to come; the delegate still counts once."""
    with transaction() as session:
        row = place_services.taken(delegate)
        stored = Ground(
            delegate_id=row.id,
            text=ground.text,
            code=ground.code,
            year=ground.year,
            document=ground.document,
        )
        session.add(stored)
        flag_modified(row, "category")
        place_services.tell(row, "delegate.ground_add", {"ground": ground.text}, actor=actor)
        return stored


def remove_ground(ground: Ground, *, actor: Actor) -> None:
    """Take a ground away that was noted by mistake."""
    with transaction() as session:
        row = place_services.taken(ground.delegate)
        session.delete(session.get_one(Ground, ground.id))
        flag_modified(row, "category")
        place_services.tell(row, "delegate.ground_remove", {"ground": ground.text}, actor=actor)


def make_link(delegate: Delegate, *, actor: Actor) -> str:
    """The secret of the delegate's own page; a new one ends the old one's life."""
    with transaction():
        row = place_services.taken(delegate)
        row.link_token = secrets.token_urlsafe(24)
        # The secret itself is never written into the log.
        place_services.tell(row, "delegate.link_make", {}, actor=actor)
        return row.link_token


def make_links(congress: Congress, *, actor: Actor) -> int:
    """Give every delegate who holds a place a link where there is none; how many were made."""
    with transaction() as session:
        place_services.take(congress)
        bare = select(Delegate).where(
            Delegate.congress_id == congress.id,
            Delegate.state.in_(ACTIVE),
            Delegate.link_token.is_(None),
        )
        rows = list(session.scalars(bare))
        for row in rows:
            row.link_token = secrets.token_urlsafe(24)
        happenings = [
            RowHappening(row.id, row.person.full_name, {}, congress.unit.path) for row in rows
        ]
        record_rows("delegate.link_make", Delegate.__tablename__, happenings, actor=actor)
        return len(rows)


def revoke_link(delegate: Delegate, *, actor: Actor) -> None:
    """Close the delegate's own page."""
    with transaction():
        row = place_services.taken(delegate)
        row.link_token = None
        place_services.tell(row, "delegate.link_revoke", {}, actor=actor)


def note_reading(
    congress: Congress, action: str, facts: dict[str, object], *, actor: Actor, of: Delegate | None
) -> None:
    """Remember that sensitive facts were read or the list was taken out of the house.

    `action` is `delegate.read_sensitive` or `delegate.export`; `of` is the one delegate
    read, None for the list.
    """
    with transaction():
        if of is not None:
            place_services.tell(of, action, facts, actor=actor)
            return
        happening = RowHappening(congress.id, congress.name, facts, congress.unit.path)
        record_rows(action, Congress.__tablename__, [happening], actor=actor)
