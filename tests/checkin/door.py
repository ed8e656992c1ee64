"""A congress with an open door, and scans as a device would report them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from congress_app.badges import token
from congress_app.badges.models import Badge
from congress_app.checkin import services
from congress_app.checkin.answer import Answer
from congress_app.checkin.intake import Door, ScanRequest, read_scan
from congress_app.congresses.models import Congress
from congress_app.delegates.models import Delegate
from congress_app.kernel import clock
from congress_app.programme.models import Session
from tests.builders import a_badge, a_congress, a_delegate, a_person, a_session


@dataclass
class Scene:
    """One congress, one session whose door is open, one confirmed delegate with a badge."""

    congress: Congress
    session: Session
    delegate: Delegate
    badge: Badge
    door: Door

    def ask(self, code: str | None = None, **changes: object) -> Answer:
        """Scan the badge (or another code) at the door."""
        return services.scan(self.request(code, **changes), self.door)

    def request(self, code: str | None = None, **changes: object) -> ScanRequest:
        """What the device sends; a fresh uuid unless one is given."""
        was_offline = bool(changes.pop("was_offline", False))
        at = changes.pop("at", clock.now())
        body = {
            "uuid": str(uuid4()),
            "code": code or self.badge.code,
            "direction": "in",
            "scanned_at": at.isoformat() if isinstance(at, datetime) else at,
        }
        return read_scan(body | changes, was_offline=was_offline)


def a_scene(**session: object) -> Scene:
    """Set the scene; `session` changes the session's columns."""
    congress = a_congress()
    delegate = confirmed(congress)
    return Scene(
        congress=congress,
        session=a_session(congress, **session),
        delegate=delegate,
        badge=a_badge(delegate, token.new_code()),
        door=Door(congress.id, 1, "Điện thoại 1", gate="Cửa A"),
    )


def confirmed(congress: Congress, **columns: object) -> Delegate:
    """Another confirmed delegate of the congress."""
    return a_delegate(congress, a_person(), state="confirmed", **columns)
