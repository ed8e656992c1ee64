"""What a door sends, read once: a `ScanRequest`, or a sentence saying what is wrong with it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from congress_app.checkin.decision import Direction
from congress_app.kernel.errors import Unreadable
from congress_app.kernel.sentences import N_, Sentence

# A live scan is decided on the server's clock when the device's differs by more than this.
LIVE_TOLERANCE = timedelta(seconds=120)
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

    @property
    def raw_code(self) -> str:
        """The code as it may be stored: printable, no controls, at most 64 characters."""
        return "".join(c if c.isprintable() else "�" for c in self.code[:RAW_CODE_KEPT])


@dataclass(frozen=True)
class Door:
    """Who reports the scan: a device (0: a signed-in person's browser) at a gate."""

    congress_id: int
    device_id: int
    device_name: str
    gate: str | None = None
    operator: str | None = None
    clock_offset_ms: int = 0


SOURCES = frozenset({"camera", "reader", "typed", "manual", "paper"})


def read_scan(body: object, *, was_offline: bool = False) -> ScanRequest:
    """Read one scan of the API's JSON; raises Unreadable naming the field."""
    if not isinstance(body, Mapping):
        raise Unreadable("bad_scan", Sentence(N_("Lượt quét phải là một đối tượng JSON.")))
    session_id = body.get("session_id")
    if session_id is not None and not _is_row_number(session_id):
        raise _bad("session_id")
    source = body.get("source")
    return ScanRequest(
        uuid=_uuid(body.get("uuid")),
        code=_code(body.get("code")),
        direction=_direction(body.get("direction")),
        scanned_at=_instant(body.get("scanned_at")),
        session_id=session_id,
        body_hash=_hash(body),
        source=source if isinstance(source, str) and source in SOURCES else "camera",
        was_offline=was_offline,
    )


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


def _instant(value: object) -> datetime:
    """RFC 3339 with an offset; a time without one could mean anything."""
    try:
        instant = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError as error:
        raise _bad("scanned_at") from error
    if instant is None or instant.tzinfo is None or not 2000 <= instant.year <= 2200:
        raise _bad("scanned_at")
    return instant


def _hash(body: Mapping[str, object]) -> str:
    """What makes two sendings of one uuid the same scan: every field that was decided on."""
    decided = {key: body.get(key) for key in ("code", "direction", "scanned_at", "session_id")}
    return hashlib.sha256(json.dumps(decided, sort_keys=True).encode()).hexdigest()


def corrected_time(request: ScanRequest, clock_offset_ms: int, received: datetime) -> datetime:
    """The instant the scan happened, as far as it can be known.

    A live scan happened now, whatever the device's clock says; one reported later is
    moved by the offset measured when the device last spoke to the server, and never lies
    in the future.
    """
    moved = request.scanned_at + timedelta(milliseconds=clock_offset_ms)
    if not request.was_offline:
        return received if abs(received - moved) > LIVE_TOLERANCE else min(moved, received)
    return min(moved, received)
