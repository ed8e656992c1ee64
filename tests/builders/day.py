"""Rows of the day: sessions, items, badges, devices, scans."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from congress_app.badges.models import Badge, BadgePhoto
from congress_app.checkin.models import Presence, Scan
from congress_app.congresses.models import Congress
from congress_app.delegates.models import Delegate
from congress_app.kernel import clock
from congress_app.programme.models import Item, Session, Speech
from congress_app.scanners.models import Device
from tests.builders.ground import numbers, store
from tests.builders.people import a_delegate


def a_session(congress: Congress, starts_at: datetime | None = None, **columns: Any) -> Session:
    """A session whose door is open from an hour before its start to four hours after."""
    start = starts_at or clock.now()
    defaults = {
        "title": "Phiên chính thức",
        "hall": "Hội trường lớn",
        "starts_at": start,
        "doors_open_at": start - timedelta(hours=1),
        "doors_close_at": start + timedelta(hours=4),
    }
    return store(Session(congress_id=congress.id, **(defaults | columns)))


def an_item(session: Session, title: str = "Khai mạc", **columns: Any) -> Item:
    """An item at the end of the session."""
    defaults = {"position": len(session.items) + 1, "kind": "opening", "minutes": 10}
    return store(Item(session_id=session.id, title=title, **(defaults | columns)))


def a_speech(congress: Congress, title: str = "Tham luận", **columns: Any) -> Speech:
    """A speech offered, ten minutes long."""
    return store(Speech(congress_id=congress.id, title=title, **columns))


def a_badge(delegate: Delegate | None = None, code: str | None = None, **columns: Any) -> Badge:
    """An active badge; its code has 17 digits, but the check digit is right only if given so."""
    delegate = delegate or a_delegate()
    defaults = {"issued_at": clock.now(), "issued_by": "test"}
    return store(
        Badge(
            delegate_id=delegate.id,
            code=code or f"{next(numbers):017d}",
            **(defaults | columns),
        )
    )


def a_badge_photo(delegate: Delegate, data: bytes = b"a portrait") -> BadgePhoto:
    """A portrait for the badge; its bytes are no picture."""
    return store(
        BadgePhoto(delegate_id=delegate.id, data=data, updated_at=clock.now(), updated_by="test")
    )


def a_device(congress: Congress, **columns: Any) -> Device:
    """A paired device without a usable token; pair one by the service to get one."""
    defaults = {
        "name": f"Máy {next(numbers)}",
        "gate": "Cửa A",
        "state": "active",
        "paired_at": clock.now(),
        "created_at": clock.now(),
        "created_by": "test",
    }
    return store(Device(congress_id=congress.id, **(defaults | columns)))


def a_scan(session: Session, badge: Badge, direction: str = "in", **columns: Any) -> Scan:
    """An accepted scan of the badge at the session's door; presence is not touched."""
    number = next(numbers)
    at = columns.pop("at", clock.now())
    defaults = {
        "uuid": f"00000000-0000-4000-8000-{number:012d}",
        "body_hash": f"{number:064d}",
        "congress_id": session.congress_id,
        "device_name": "Máy 1",
        "source": "camera",
        "badge_id": badge.id,
        "delegate_id": badge.delegate_id,
        "raw_code": badge.code,
        "scanned_at": at,
        "corrected_at": at,
        "received_at": at,
        "verdict": "accepted",
    }
    return store(Scan(session_id=session.id, direction=direction, **(defaults | columns)))


def a_presence(session: Session, delegate: Delegate, **columns: Any) -> Presence:
    """The delegate is in the hall."""
    defaults = {"is_present": True, "first_in_at": clock.now(), "last_at": clock.now()}
    return store(Presence(session_id=session.id, delegate_id=delegate.id, **(defaults | columns)))
