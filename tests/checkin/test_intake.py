"""What a door may send, and the corrected time."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congress_app.checkin.decision import Reason
from congress_app.checkin.intake import (
    LARGEST_OFFSET_MS,
    Door,
    Timing,
    read_scan,
    timing_of,
)
from congress_app.kernel.errors import Unreadable

UUID = "0f8fad5b-d9cb-469f-a165-70867728950e"
BODY = {
    "uuid": UUID,
    "code": "40719238846150277",
    "direction": "in",
    "scanned_at": "2020-06-15T07:40:00+07:00",
}
NOW = datetime(2020, 6, 15, 0, 40, tzinfo=UTC)


def test_a_whole_scan_is_read() -> None:
    request = read_scan(BODY)
    assert (request.uuid, request.code, request.direction, request.session_id) == (
        UUID,
        "40719238846150277",
        "in",
        None,
    )
    assert request.scanned_at == NOW


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("uuid", "not-a-uuid"),
        ("uuid", None),
        ("uuid", 7),
        ("code", ""),
        ("code", 40719238846150277),
        ("code", "9" * 5000),
        ("direction", "through"),
        ("direction", None),
        ("scanned_at", "2020-06-15T07:40:00"),
        ("scanned_at", "yesterday"),
        ("scanned_at", "0001-01-01T00:00:00+00:00"),
        ("session_id", "1"),
        ("session_id", True),
        ("session_id", 10**30),
        ("session_id", -(10**30)),
    ],
)
def test_a_wrong_field_is_named(field: str, value: object) -> None:
    with pytest.raises(Unreadable) as raised:
        read_scan(BODY | {field: value})
    assert str(raised.value) == f"Lượt quét thiếu hoặc sai trường “{field}”."


@pytest.mark.parametrize("source", [["camera"], {}, None, 7, "elsewhere"])
def test_an_unknown_source_is_the_camera(source: object) -> None:
    assert read_scan(BODY | {"source": source}).source == "camera"


def test_ten_kilobytes_of_rubbish_are_refused_and_little_is_kept() -> None:
    with pytest.raises(Unreadable):
        read_scan(BODY | {"code": "\x00\x1b[2J" * 2000})
    kept = read_scan(BODY | {"code": "\x00\x1b[2J" * 500}).raw_code
    assert len(kept) == 64
    assert kept.isprintable()


def test_the_hash_follows_what_was_decided_on() -> None:
    same = read_scan(BODY | {"source": "reader"}).body_hash
    assert read_scan(BODY).body_hash == same
    assert read_scan(BODY | {"direction": "out"}).body_hash != same
    assert read_scan(BODY | {"session_id": 4}).body_hash != same


def timed(received: datetime, off: timedelta | None = None, **changes: Any) -> Timing:
    """The timing of a scan whose congress opened its first door at 07:00.

    `off`: how far the device's clock is behind, as measured with this request.
    """
    offline = changes.pop("was_offline", True)
    known = changes.pop("known", timedelta(0))
    door = Door(1, 1, "Máy", clock_offset=known if off is None else off)
    door = replace(door, is_clock_measured=off is not None)
    request = read_scan(BODY | changes, was_offline=offline)
    return timing_of(request, door, received, lambda: NOW - timedelta(minutes=40))


def test_a_live_scan_happens_now_even_when_the_clock_is_hours_off() -> None:
    for told in ("2020-06-15T10:40:00+07:00", "2020-06-15T04:40:00+07:00"):
        assert timed(NOW, scanned_at=told, was_offline=False) == Timing(NOW, 0)


def test_the_measured_offset_corrects_a_clock_three_hours_fast() -> None:
    received, fast = NOW + timedelta(hours=1), timedelta(hours=-3)
    found = timed(received, fast, scanned_at="2020-06-15T10:40:00+07:00")
    assert found == Timing(NOW, -3 * 3_600_000)


def test_without_a_measurement_the_last_one_is_taken() -> None:
    found = timed(NOW + timedelta(hours=1), known=timedelta(minutes=1))
    assert found == Timing(NOW + timedelta(minutes=1), 60_000)


def test_a_time_in_the_future_is_now_for_two_minutes_and_then_not_believed() -> None:
    assert timed(NOW - timedelta(minutes=2)) == Timing(NOW - timedelta(minutes=2), 0)
    early = NOW - timedelta(minutes=2, milliseconds=1)
    assert timed(early) == Timing(early, 0, is_known=False)


def test_a_time_before_the_first_door_is_believed_only_when_measured() -> None:
    received, told = NOW + timedelta(hours=1), "2020-06-15T06:59:59+07:00"
    assert timed(received, scanned_at=told) == Timing(received, 0, is_known=False)
    measured = timed(received, timedelta(0), scanned_at=told)
    assert measured == Timing(NOW - timedelta(minutes=40, seconds=1), 0)


def test_a_clock_decades_off_is_corrected_all_the_same() -> None:
    off = NOW - datetime(2000, 1, 1, 0, 30, tzinfo=UTC)
    found = timed(NOW, off, scanned_at="2000-01-01T00:00:00+00:00")
    assert found == Timing(NOW - timedelta(minutes=30), LARGEST_OFFSET_MS)


@pytest.mark.parametrize("value", ["yesterday", 7, "2020-06-15T07:40:00"])
def test_an_unreadable_time_of_sending_is_named(value: object) -> None:
    with pytest.raises(Unreadable) as raised:
        read_scan(BODY | {"sent_at": value})
    assert str(raised.value) == "Lượt quét thiếu hoặc sai trường “sent_at”."


def test_what_the_door_showed_belongs_to_scans_reported_late() -> None:
    told = BODY | {"door_verdict": "refused", "door_reason": "superseded"}
    late = read_scan(told, was_offline=True)
    assert (late.door_verdict, late.door_reason) == ("refused", Reason.SUPERSEDED)
    assert read_scan(told).door_verdict is None
    odd = read_scan(BODY | {"door_verdict": ["x"], "door_reason": 7}, was_offline=True)
    assert (odd.door_verdict, odd.door_reason) == (None, None)


@given(st.dictionaries(st.sampled_from(list(BODY)), st.none() | st.integers() | st.text()))
def test_any_body_is_read_or_refused(changes: dict[str, object]) -> None:
    with suppress(Unreadable):
        request = read_scan(BODY | changes)
        assert request.scanned_at.tzinfo is not None
        assert request.raw_code.isprintable()
