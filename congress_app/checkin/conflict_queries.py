"""Conflicts before the person who settles them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, func, select
from sqlalchemy.orm import joinedload

from congress_app.checkin.decision import Reason, Resolution
from congress_app.checkin.models import Scan, ScanConflict
from congress_app.checkin.presence import COLLISIONS
from congress_app.congresses.lifecycle import State
from congress_app.database import db
from congress_app.delegates.models import Delegate, Person

SHOWN = 200
# Scans that count for nobody until a person decides, on all of a device's at once if need be.
WAITING = (
    Reason.DEVICE_REVOKED.value,
    Reason.CONGRESS_CLOSED.value,
    Reason.BEFORE_PAIRING.value,
    Reason.ALREADY_REPORTED.value,
)


def open_count(congress_id: int) -> int:
    """How many conflicts of a congress nobody has settled yet."""
    statement = select(func.count(ScanConflict.id)).where(
        ScanConflict.congress_id == congress_id, ScanConflict.state == "open"
    )
    return db.session.scalar(statement) or 0


def conflicts_of(congress_id: int, state: str, limit: int | None = SHOWN) -> Sequence[ScanConflict]:
    """Conflicts of a congress in a state (open, closed) with both scans and the person.

    Open ones in the order they came, closed ones the latest first.
    """
    by = ScanConflict.id if state == "open" else ScanConflict.id.desc()
    person = joinedload(ScanConflict.delegate).joinedload(Delegate.person)
    return db.session.scalars(
        select(ScanConflict)
        .where(ScanConflict.congress_id == congress_id, ScanConflict.state == state)
        .order_by(by)
        .limit(limit)
        .options(
            joinedload(ScanConflict.first),
            joinedload(ScanConflict.second),
            person.joinedload(Person.unit),
        )
    ).all()


def conflict_by_id(
    congress_id: int, conflict_id: int, *, lock: bool = False
) -> ScanConflict | None:
    """A conflict, if it is of this congress; `lock` reads it anew and holds it."""
    statement = select(ScanConflict).where(
        ScanConflict.id == conflict_id, ScanConflict.congress_id == congress_id
    )
    if lock:
        statement = statement.with_for_update(of=ScanConflict)
        statement = statement.execution_options(populate_existing=True)
    return db.session.scalar(statement)


def delegates_in(conflict_ids: Collection[int]) -> set[int]:
    """Whom these conflicts are about, as far as that is known."""
    wanted = select(ScanConflict.delegate_id).where(ScanConflict.id.in_(conflict_ids))
    return {one for one in db.session.scalars(wanted) if one is not None}


@dataclass(frozen=True)
class Quarantine:
    """What a device handed in too late to count by itself, and nobody has decided on."""

    device_id: int
    device_name: str
    gate: str | None
    scans: int


def quarantines(congress_id: int) -> list[Quarantine]:
    """Devices with scans that wait, by name."""
    statement = (
        select(Scan.device_id, Scan.device_name, Scan.gate, func.count(ScanConflict.id))
        .join(ScanConflict, ScanConflict.second_scan_id == Scan.id)
        .where(
            ScanConflict.congress_id == congress_id,
            ScanConflict.state == "open",
            ScanConflict.kind.in_(WAITING),
        )
        .group_by(Scan.device_id, Scan.device_name, Scan.gate)
        .order_by(Scan.device_name, Scan.device_id)
    )
    rows: Sequence[Row[*tuple[Any, ...]]] = db.session.execute(statement).all()
    return [Quarantine(*row) for row in rows]


def waiting_of(congress_id: int, device_id: int) -> list[int]:
    """The numbers of the open conflicts a device's scans wait in, oldest first."""
    statement = (
        select(ScanConflict.id)
        .join(Scan, ScanConflict.second_scan_id == Scan.id)
        .where(
            ScanConflict.congress_id == congress_id,
            ScanConflict.state == "open",
            ScanConflict.kind.in_(WAITING),
            Scan.device_id == device_id,
        )
        .order_by(ScanConflict.id)
    )
    return list(db.session.scalars(statement))


def resolutions_for(conflict: ScanConflict, state: str) -> tuple[Resolution, ...]:
    """How this conflict can be settled while its congress is in this state.

    Two scans that collide: leave them, or take one of them back, which nobody does any more
    once the congress is over. A scan that does not count: let it count (when it is known who
    went through which session's door) or not.
    """
    if conflict.kind in COLLISIONS and state == State.CLOSED:
        return (Resolution.KEPT,)
    if conflict.kind in COLLISIONS:
        both = (Resolution.FIRST_TAKEN_BACK,) if conflict.first_scan_id is not None else ()
        return (Resolution.KEPT, *both, Resolution.SECOND_TAKEN_BACK)
    if conflict.second.session_id is None or conflict.second.delegate_id is None:
        return (Resolution.REJECTED,)
    return (Resolution.ADMITTED, Resolution.REJECTED)


def quarantined(device_id: int) -> int:
    """How many scans a device that was revoked has left in quarantine."""
    return (
        db.session.scalar(
            select(func.count(Scan.id)).where(
                Scan.device_id == device_id, Scan.reason == "device_revoked"
            )
        )
        or 0
    )
