"""Portraits for the door."""

from __future__ import annotations

from sqlalchemy import select

from congress_app.badges.models import BadgePhoto
from congress_app.checkin.models import Scan
from congress_app.database import db


def photo_of_scan(device_id: int, uuid: str) -> bytes | None:
    """The portrait of whom this device scanned live under this uuid, as JPEG.

    A live scan needs the badge's own code. What came up later by locator shows nobody: the
    locators of a whole congress lie on every device.
    """
    return db.session.scalar(
        select(BadgePhoto.data)
        .join(Scan, Scan.delegate_id == BadgePhoto.delegate_id)
        .where(Scan.device_id == device_id, Scan.uuid == uuid, Scan.was_offline.is_(False))
    )
