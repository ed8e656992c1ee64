"""Devices and who they are."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select

from congress_app.checkin.intake import Door
from congress_app.database import db
from congress_app.scanners.models import Device, PairingFailure
from congress_app.scanners.pairing import digest


def device_by_token(token: str) -> Device | None:
    """The device that holds this secret, revoked ones included."""
    return db.session.scalar(select(Device).where(Device.token_hash == digest(token)))


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


def failures_since(address: str, moment: object) -> int:
    """How many wrong pairing codes came from an address since the moment."""
    return (
        db.session.scalar(
            select(func.count(PairingFailure.id)).where(
                PairingFailure.address == address, PairingFailure.at >= moment
            )
        )
        or 0
    )


def door_of(device: Device) -> Door:
    """The door a device stands at."""
    return Door(
        congress_id=device.congress_id,
        device_id=device.id,
        device_name=device.name,
        gate=device.gate,
        clock_offset_ms=device.clock_offset_ms,
    )
