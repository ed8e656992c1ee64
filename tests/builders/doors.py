"""Rows of what went wrong at the doors."""

from __future__ import annotations

from typing import Any

from congress_app.checkin.models import Scan, ScanConflict
from congress_app.kernel import clock
from tests.builders.ground import store


def a_conflict(second: Scan, first: Scan | None = None, **columns: Any) -> ScanConflict:
    """An open conflict about a scan, or between two of them."""
    defaults = {"kind": "already_in", "state": "open", "opened_at": clock.now()}
    return store(
        ScanConflict(
            congress_id=second.congress_id,
            delegate_id=second.delegate_id,
            first_scan_id=first.id if first else None,
            second_scan_id=second.id,
            **(defaults | columns),
        )
    )
