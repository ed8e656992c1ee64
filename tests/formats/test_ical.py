"""Calendars as phones read them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar
from hypothesis import given
from hypothesis import strategies as st

from congress_app.formats.ical import Event, calendar

START = datetime(2020, 6, 15, 1, 0, tzinfo=UTC)
SPEECH = Event(
    uid="u-1",
    sequence=3,
    starts=START,
    ends=START + timedelta(minutes=10),
    summary="Tham luận: một cửa; hồ sơ, trả kết quả",
    changed=START - timedelta(days=1),
    location="Hội trường A",
    description="Phiên chính thức\nLê Ý",
    alarm=timedelta(minutes=15),
)
GONE = Event("u-2", 4, START, START, "Bỏ", START, cancelled=True, alarm=timedelta(minutes=15))


def made(*events: Event, name: str = "Hội nghị") -> bytes:
    return calendar(name, events, refresh=timedelta(minutes=15))


def test_an_event_reads_back_as_it_was_written() -> None:
    read = icalendar.Calendar.from_ical(made(SPEECH))
    (event,) = read.walk("VEVENT")
    assert event["UID"] == "u-1"
    assert event["SEQUENCE"] == 3
    assert event["STATUS"] == "CONFIRMED"
    assert event["SUMMARY"] == SPEECH.summary
    assert event["DESCRIPTION"] == SPEECH.description
    assert event["LOCATION"] == "Hội trường A"
    begins, ends = event["DTSTART"].dt, event["DTEND"].dt
    assert (begins, ends) == (SPEECH.starts, SPEECH.ends)
    assert begins.tzinfo == ZoneInfo("Asia/Ho_Chi_Minh")
    assert event["DTSTAMP"].dt == SPEECH.changed
    (alarm,) = event.walk("VALARM")
    assert alarm["TRIGGER"].dt == timedelta(minutes=-15)


def test_what_was_taken_out_is_cancelled_and_rings_no_more() -> None:
    (event,) = icalendar.Calendar.from_ical(made(GONE)).walk("VEVENT")
    assert (event["STATUS"], event["SEQUENCE"]) == ("CANCELLED", 4)
    # No time of its own: an end equal to the start is not allowed.
    assert "DTEND" not in event
    assert event.walk("VALARM") == []


def test_the_zone_is_defined_in_the_file() -> None:
    read = icalendar.Calendar.from_ical(made(SPEECH))
    assert (read["NAME"], read["X-WR-CALNAME"]) == ("Hội nghị", "Hội nghị")
    assert read["REFRESH-INTERVAL"].dt == timedelta(minutes=15)
    (zone,) = read.walk("VTIMEZONE")
    assert isinstance(zone, icalendar.Timezone)
    assert zone.to_tz().utcoffset(datetime(2020, 6, 15, 8)) == timedelta(hours=7)  # noqa: DTZ001
    assert b"DTSTART;TZID=Asia/Ho_Chi_Minh:20200615T080000\r\n" in made(SPEECH)


TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=300)


@given(TEXT, TEXT)
def test_lines_are_folded_by_octets_and_unfold_to_the_text(summary: str, name: str) -> None:
    event = Event("u", 1, START, START + timedelta(minutes=5), summary, START)
    data = made(event, name=name)
    lines = data.split(b"\r\n")
    # RFC 5545, 3.1: no line longer than 75 octets, ended by CRLF, no bare LF or CR.
    assert lines[-1] == b""
    assert max(map(len, lines)) <= 75
    assert b"\n" not in data.replace(b"\r\n", b"")
    for line in lines:
        line.decode()  # no character is cut in two
    (read,) = icalendar.Calendar.from_ical(data).walk("VEVENT")
    assert str(read["SUMMARY"]) == summary
