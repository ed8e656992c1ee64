"""Which scans reported late a person must look at, because something rests on that time. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from congress_app.checkin.decision import Reason
from congress_app.checkin.intake import BELIEVABLE


@dataclass(frozen=True)
class Limits:
    """Between what a device's late scans count by themselves.

    `since` is when the device came into service: it can have seen nobody before.
    `reported_until` is the latest minute whose presence a certified election or a numbered
    report rests on.
    """

    since: datetime
    is_over: bool = False
    reported_until: datetime | None = None


def fault(limits: Limits, at: datetime) -> Reason | None:
    """Why a scan of this time may not count by itself; its clock may be off by a little."""
    if limits.is_over:
        return Reason.CONGRESS_CLOSED
    if at < limits.since - BELIEVABLE:
        return Reason.BEFORE_PAIRING
    if limits.reported_until is not None and at <= limits.reported_until:
        return Reason.ALREADY_REPORTED
    return None
