"""Rows of the bodies of a congress and of its credentials."""

from __future__ import annotations

from typing import Any

from congress_app.congresses.models import Congress
from congress_app.delegates.committee_models import CommitteeSeat
from congress_app.delegates.models import Delegate
from congress_app.kernel import clock
from tests.builders.ground import numbers, store


def a_seat(congress: Congress, delegate: Delegate | None = None, **columns: Any) -> CommitteeSeat:
    """A member of the credentials committee; without a delegate somebody else by name."""
    number = next(numbers)
    defaults: dict[str, Any] = {
        "body": "credentials",
        "position": number,
        "post": "member",
        "delegate_id": delegate.id if delegate else None,
        "full_name": None if delegate else f"Lê Thị Ban {number}",
        "added_at": clock.now(),
        "added_by": "test",
    }
    return store(CommitteeSeat(congress_id=congress.id, **(defaults | columns)))
