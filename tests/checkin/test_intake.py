"""What a door may send, and the corrected time."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congress_app.checkin.intake import corrected_time, read_scan
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


def test_a_live_scan_happens_now_even_when_the_clock_is_hours_off() -> None:
    late = read_scan(BODY | {"scanned_at": "2020-06-15T10:40:00+07:00"})
    early = read_scan(BODY | {"scanned_at": "2020-06-15T04:40:00+07:00"})
    assert [corrected_time(request, 0, NOW) for request in (late, early)] == [NOW, NOW]


def test_an_offline_scan_is_moved_by_the_measured_offset_and_never_into_the_future() -> None:
    request = read_scan(BODY, was_offline=True)
    received = NOW + timedelta(hours=1)
    assert corrected_time(request, 60_000, received) == NOW + timedelta(minutes=1)
    assert corrected_time(request, 3 * 3_600_000, received) == received


@given(st.dictionaries(st.sampled_from(list(BODY)), st.none() | st.integers() | st.text()))
def test_any_body_is_read_or_refused(changes: dict[str, object]) -> None:
    with suppress(Unreadable):
        request = read_scan(BODY | changes)
        assert request.scanned_at.tzinfo is not None
        assert request.raw_code.isprintable()
