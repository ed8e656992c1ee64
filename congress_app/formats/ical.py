"""A calendar that phones subscribe to (RFC 5545, RFC 7986). Pure.

Times carry the venue's zone with its definition; lines are folded at 75 octets.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import icalendar

from congress_app.kernel.clock import VENUE_ZONE, at_venue

PRODUCT = "-//BHXH Viet Nam//Dai hoi thi dua//VI"


@dataclass(frozen=True)
class Event:
    """One event. The same `uid` is the same event for ever; `sequence` rises as it changes.

    `changed` is when it was last told; `alarm` is how long before it the phone rings.
    """

    uid: str
    sequence: int
    starts: datetime
    ends: datetime
    summary: str
    changed: datetime
    location: str | None = None
    description: str | None = None
    cancelled: bool = False
    alarm: timedelta | None = None


def calendar(name: str, events: Sequence[Event], *, refresh: timedelta) -> bytes:
    """The calendar as text/calendar in UTF-8; `refresh` is how often to ask for it again."""
    made = icalendar.Calendar()
    made.add("prodid", PRODUCT)
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("method", "PUBLISH")
    made.add("name", name)
    # What Apple, Google and Outlook read in place of the standard's NAME and interval.
    made.add("x-wr-calname", name)
    made.add("x-wr-timezone", str(VENUE_ZONE))
    made.add("refresh-interval", refresh, parameters={"VALUE": "DURATION"})
    made.add("x-published-ttl", icalendar.vDuration(refresh))
    made.add_component(_zone())
    for event in events:
        made.add_component(_event(event))
    data: bytes = made.to_ical()
    return data


def _zone() -> icalendar.Timezone:
    """Viet Nam keeps one time all year, since the last change of 1975."""
    standard = icalendar.TimezoneStandard()
    standard.add("dtstart", datetime(1975, 6, 13))  # noqa: DTZ001 - local time by definition
    standard.add("tzoffsetfrom", timedelta(hours=8))
    standard.add("tzoffsetto", timedelta(hours=7))
    standard.add("tzname", "+07")
    zone = icalendar.Timezone()
    zone.add("tzid", str(VENUE_ZONE))
    zone.add_component(standard)
    return zone


def _event(event: Event) -> icalendar.Event:
    made = icalendar.Event()
    made.add("uid", event.uid)
    made.add("sequence", event.sequence)
    made.add("dtstamp", event.changed)
    made.add("last-modified", event.changed)
    made.add("dtstart", at_venue(event.starts))
    if event.ends > event.starts:  # an end that is no later than the start is not allowed
        made.add("dtend", at_venue(event.ends))
    made.add("summary", event.summary)
    for part, text in (("location", event.location), ("description", event.description)):
        if text:
            made.add(part, text)
    made.add("status", "CANCELLED" if event.cancelled else "CONFIRMED")
    # A programme is no meeting: the day must not look taken in the phone's free/busy view.
    made.add("transp", "TRANSPARENT")
    if event.alarm is not None and not event.cancelled:
        made.add_component(_alarm(event.summary, event.alarm))
    return made


def _alarm(summary: str, before: timedelta) -> icalendar.Alarm:
    made = icalendar.Alarm()
    made.add("action", "DISPLAY")
    made.add("description", summary)
    made.add("trigger", -before)
    return made
