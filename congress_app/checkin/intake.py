"""What a door sends, read once: a `ScanRequest`, or a sentence saying what is wrong with it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from congress_app.badges import token
from congress_app.checkin.decision import Direction, Reason
from congress_app.kernel.errors import Unreadable
from congress_app.kernel.sentences import N_, Sentence

# How far into the future a corrected time may lie and still be taken for now.
BELIEVABLE = timedelta(minutes=2)
# What the column of a measured offset holds: about 24 days either way.
LARGEST_OFFSET_MS = 2**31 - 1
RAW_CODE_KEPT = 64
LONGEST_CODE = 4096
LARGEST_ID = 2**31 - 1


@dataclass(frozen=True)
class ScanRequest:
    """One scan as reported. `scanned_at` is the device's own clock, aware."""

    uuid: str
    code: str
    direction: Direction
    scanned_at: datetime
    session_id: int | None
    body_hash: str
    source: str = "camera"
    was_offline: bool = False
    # The device's clock when it sent the request; by it the offset is measured.
    sent_at: datetime | None = None
    # What an offline door showed, and why it refused.
    door_verdict: str | None = None
    door_reason: Reason | None = None
    # As whom the door scanned; another than reports it when it was paired anew meanwhile.
    device_id: int | None = None

    @property
    def raw_code(self) -> str:
        """The code as it may be stored: printable, no controls, at most 64 characters."""
        return "".join(c if c.isprintable() else "�" for c in self.code[:RAW_CODE_KEPT])


@dataclass(frozen=True)
class Door:
    """Who reports the scan: a device (0: a signed-in person's browser) at a gate.

    `clock_offset` is the server's clock less the device's: measured when this request
    arrived, else the last one known. `session_ids` are the sessions it serves; None all.
    A quarantined door belongs to a device that was taken out of service. `since` is when
    the device came into service; None for a person's browser.
    """

    congress_id: int
    device_id: int
    device_name: str
    gate: str | None = None
    operator: str | None = None
    clock_offset: timedelta = timedelta(0)
    is_clock_measured: bool = False
    session_ids: frozenset[int] | None = None
    address: str = ""
    is_quarantined: bool = False
    since: datetime | None = None


@dataclass(frozen=True)
class Asked:
    """One scan at its door; `by_hand` is the delegate who is let in without a code."""

    request: ScanRequest
    door: Door
    by_hand: int | None = None


DOOR_VERDICTS = frozenset({"accepted", "refused"})
SOURCES = frozenset({"camera", "reader", "typed", "manual", "paper"})


def read_scan(
    body: object, *, was_offline: bool = False, sent_at: datetime | None = None
) -> ScanRequest:
    """Read one scan of the API's JSON; raises Unreadable naming the field.

    A batch tells once for all its items when it was sent: `sent_at`.
    """
    if not isinstance(body, Mapping):
        raise Unreadable("bad_scan", Sentence(N_("Lượt quét phải là một đối tượng JSON.")))
    session_id = body.get("session_id")
    if session_id is not None and not _is_row_number(session_id):
        raise _bad("session_id")
    device_id = body.get("device_id") if was_offline else None
    if device_id is not None and not _is_row_number(device_id):
        raise _bad("device_id")
    return ScanRequest(
        uuid=_uuid(body.get("uuid")),
        code=_code(body.get("code")),
        direction=_direction(body.get("direction")),
        scanned_at=_instant(body.get("scanned_at"), "scanned_at"),
        session_id=session_id,
        body_hash=_hash(body),
        source=_one_of(body.get("source"), SOURCES) or "camera",
        was_offline=was_offline,
        sent_at=sent_at or read_sent_at(body),
        door_verdict=_one_of(body.get("door_verdict"), DOOR_VERDICTS) if was_offline else None,
        door_reason=_reason(body.get("door_reason")),
        device_id=device_id,
    )


def read_sent_at(body: Mapping[str, object]) -> datetime | None:
    """The device's clock at the moment of sending, when it tells it."""
    value = body.get("sent_at")
    return None if value is None else _instant(value, "sent_at")


def _one_of(value: object, known: frozenset[str]) -> str | None:
    return value if isinstance(value, str) and value in known else None


def _reason(value: object) -> Reason | None:
    known = _one_of(value, frozenset(reason.value for reason in Reason))
    return Reason(known) if known else None


def _bad(name: str) -> Unreadable:
    return Unreadable(
        "bad_scan",
        Sentence(N_("Lượt quét thiếu hoặc sai trường “{name}”."), name=name),
    )


def _is_row_number(value: object) -> bool:
    """True for a number a table can hold; a longer one would end a whole batch."""
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) <= LARGEST_ID


def _uuid(value: object) -> str:
    if not isinstance(value, str) or len(value) > 40:
        raise _bad("uuid")
    try:
        return str(UUID(value))
    except ValueError as error:
        raise _bad("uuid") from error


def _code(value: object) -> str:
    if not isinstance(value, str) or not value or len(value) > LONGEST_CODE:
        raise _bad("code")
    return value


def _direction(value: object) -> Direction:
    try:
        return Direction(value) if isinstance(value, str) else Direction("")
    except ValueError as error:
        raise _bad("direction") from error


def _instant(value: object, name: str) -> datetime:
    """RFC 3339 with an offset; a time without one could mean anything."""
    try:
        instant = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError as error:
        raise _bad(name) from error
    if instant is None or instant.tzinfo is None or not 2000 <= instant.year <= 2200:
        raise _bad(name)
    return instant


def _hash(body: Mapping[str, object]) -> str:
    """What makes two sendings of one uuid the same scan: every field that was decided on.

    A code counts as it is read, not as it is written: what was typed in groups of four comes
    back by its locator when the answer was lost.
    """
    decided = {key: body.get(key) for key in ("direction", "scanned_at", "session_id")}
    code = _code(body.get("code"))
    decided["code"] = token.read(code).code or code
    return hashlib.sha256(json.dumps(decided, sort_keys=True).encode()).hexdigest()


@dataclass(frozen=True)
class Timing:
    """When a scan happened, and how that is known.

    `at` is the corrected time; `offset_ms` the server's clock less the device's, as it was
    measured; `is_known` False when no clock can say when the scan happened: then `at` is
    the latest it can have been, the instant it was received.
    """

    at: datetime
    offset_ms: int
    is_known: bool = True


def offset_ms(offset: timedelta) -> int:
    """The offset as a table holds it: whole milliseconds, at most 24 days either way."""
    exact = round(offset / timedelta(milliseconds=1))
    return max(-LARGEST_OFFSET_MS, min(LARGEST_OFFSET_MS, exact))


def timing_of(
    request: ScanRequest,
    door: Door,
    received: datetime,
    first_opening: Callable[[], datetime | None],
) -> Timing:
    """When the scan happened, as far as it can be known.

    A live scan happens now, whatever the device's clock says. One reported later is moved
    by the door's offset. It is not believed when it then lies in the future, or when
    nothing was measured and it lies before the first door of the congress opened (asked
    for only then).
    """
    offset = offset_ms(door.clock_offset)
    if not request.was_offline:
        return Timing(received, offset)
    moved = request.scanned_at + door.clock_offset
    known = moved - received <= BELIEVABLE
    if known and not door.is_clock_measured:
        opening = first_opening()
        known = opening is None or moved >= opening
    return Timing(min(moved, received) if known else received, offset, known)
