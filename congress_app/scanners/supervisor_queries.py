"""What a supervisor's device may look up."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from congress_app.checkin.models import Presence
from congress_app.database import db
from congress_app.kernel import clock
from congress_app.scanners.models import Device
from congress_app.scanners.pairing import digest


def is_open(device: Device, secret: str) -> bool:
    """Whether the PIN was given on this device, with this secret, not too long ago."""
    until = device.supervisor_until
    return (
        device.supervisor_hash is not None
        and device.supervisor_hash == digest(secret)
        and until is not None
        and clock.now() < until
    )


def last_scans(session_id: int, delegate_ids: Sequence[int]) -> dict[int, int | None]:
    """The scan that moved each delegate last in the session."""
    rows = db.session.execute(
        select(Presence.delegate_id, Presence.last_scan_id).where(
            Presence.session_id == session_id, Presence.delegate_id.in_(delegate_ids)
        )
    )
    return {row[0]: row[1] for row in rows}
