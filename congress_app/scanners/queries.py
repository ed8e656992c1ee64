"""Devices and who they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, bindparam, func, select

from congress_app.checkin.intake import Door
from congress_app.congresses.models import Congress
from congress_app.database import db
from congress_app.kernel import clock
from congress_app.scanners.models import Device, PairingFailure
from congress_app.scanners.pairing import digest
from congress_app.units.models import Unit


@dataclass(frozen=True)
class Caller:
    """The device behind a call, as plain values: scans come for everybody, and a mapped row
    would be loaded anew after each commit."""

    id: int
    congress_id: int
    name: str
    gate: str | None
    profile: str
    state: str
    clock_offset_ms: int
    last_seen_at: datetime | None
    session_ids: list[int] | None
    paired_at: datetime | None
    unit_path: str
    congress: str
    congress_state: str


_CALLER = (
    select(
        *(Device.__table__.c[name] for name in list(Caller.__annotations__)[:-3]),
        Unit.__table__.c.path,
        Congress.__table__.c.name,
        Congress.__table__.c.state,
    )
    .join_from(Device.__table__, Congress.__table__)
    .join(Unit.__table__, Congress.__table__.c.unit_id == Unit.__table__.c.id)
    .where(Device.__table__.c.token_hash == bindparam("hashed"))
)


def caller_by_token(token: str) -> Caller | None:
    """The device that holds this secret, revoked ones included."""
    answered = db.session.connection().execute(_CALLER, {"hashed": digest(token)})
    found: Row[*tuple[Any, ...]] | None = answered.one_or_none()
    return None if found is None else Caller(*found)


def device_by_code(code: str, *, lock: bool = False) -> Device | None:
    """The device waiting under this pairing code; `lock` keeps a second phone from it."""
    statement = select(Device).where(Device.pairing_hash == digest(code))
    if lock:
        statement = statement.with_for_update(of=Device)
    return db.session.scalar(statement)


def devices_of(congress_id: int) -> Sequence[Device]:
    """All devices of a congress, the newest first."""
    return db.session.scalars(
        select(Device).where(Device.congress_id == congress_id).order_by(Device.id.desc())
    ).all()


def device_by_id(device_id: int, *, lock: bool = False) -> Device | None:
    """One device; `lock` reads it anew and holds it."""
    if not lock:
        return db.session.get(Device, device_id)
    statement = select(Device).where(Device.id == device_id).with_for_update(of=Device)
    return db.session.scalar(statement.execution_options(populate_existing=True))


def failures_since(place: str, moment: object) -> int:
    """How many wrong pairing codes came from a place (`pairing.place`) since the moment."""
    return (
        db.session.scalar(
            select(func.count(PairingFailure.id)).where(
                PairingFailure.address == place, PairingFailure.at >= moment
            )
        )
        or 0
    )


def door_of(device: Device | Caller, sent_at: datetime | None = None, address: str = "") -> Door:
    """The door a device stands at.

    `sent_at` is the device's clock when it sent the request under way; against the
    server's of this instant it measures how far the device's clock is off.
    """
    known = timedelta(milliseconds=device.clock_offset_ms)
    return Door(
        congress_id=device.congress_id,
        device_id=device.id,
        device_name=device.name,
        gate=device.gate,
        clock_offset=known if sent_at is None else clock.now() - sent_at,
        is_clock_measured=sent_at is not None,
        session_ids=None if device.session_ids is None else frozenset(device.session_ids),
        address=address,
        is_quarantined=device.state == "revoked",
        since=device.paired_at,
    )
