"""The one clock of the house.

Instants are stored as aware UTC datetimes; people read them in the venue's zone.
Tests freeze the clock with `frozen(...)`; nothing else calls `datetime.now`.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

VENUE_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")

_frozen_at: ContextVar[datetime | None] = ContextVar("frozen_at", default=None)


def now() -> datetime:
    """The present instant, aware, in UTC."""
    return _frozen_at.get() or datetime.now(UTC)


def _lead() -> float:
    # Counts on through sleep and is never set, unlike what people read.
    return time.time() - time.clock_gettime(time.CLOCK_BOOTTIME)


_LEAD_AT_START = _lead()


def set_since_start() -> timedelta:
    """How far the machine's clock was set ahead, or back when negative, since the start."""
    return timedelta(seconds=_lead() - _LEAD_AT_START)


def today() -> date:
    """The present day at the venue."""
    return now().astimezone(VENUE_ZONE).date()


def at_venue(instant: datetime) -> datetime:
    """The same instant on the venue's wall clock; a naive value is taken as UTC."""
    if instant.tzinfo is None:
        instant = instant.replace(tzinfo=UTC)
    return instant.astimezone(VENUE_ZONE)


def from_venue(wall: datetime) -> datetime:
    """The UTC instant of a naive wall-clock time at the venue."""
    return wall.replace(tzinfo=VENUE_ZONE).astimezone(UTC)


@contextmanager
def frozen(instant: datetime) -> Iterator[datetime]:
    """Hold the clock at an aware instant while the block runs (this thread only)."""
    token = _frozen_at.set(instant.astimezone(UTC))
    try:
        yield instant
    finally:
        _frozen_at.reset(token)
