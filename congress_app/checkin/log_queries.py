"""The scan log as it is handed out, and whether the projection still equals its fold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from congress_app.checkin import presence, scan_queries
from congress_app.checkin.models import Presence, Scan
from congress_app.checkin.presence import Standing
from congress_app.database import db
from congress_app.programme.models import Session

_COLUMNS = (
    "uuid",
    "verdict",
    "reason",
    "direction",
    "delegate_id",
    "session_id",
    "device_id",
    "gate",
    "scanned_at",
    "corrected_at",
    "received_at",
    "id",
    "source",
    "operator",
    "badge_version",
    "raw_code",
    "sent_at",
    "clock_offset_ms",
    "was_offline",
    "door_verdict",
    "conflict_with_id",
    "corrects_id",
    "stands_for_id",
)


def scan_log(congress_id: int) -> Iterator[dict[str, object]]:
    """Every scan of a congress in the order received; instants as RFC 3339."""
    wanted = select(*(getattr(Scan, name) for name in _COLUMNS))
    rows = db.session.execute(wanted.where(Scan.congress_id == congress_id).order_by(Scan.id))
    for row in rows:
        yield {
            name: value.isoformat() if isinstance(value, datetime) else value
            for name, value in zip(_COLUMNS, row, strict=True)
        }


@dataclass(frozen=True)
class Verification:
    """How many scans were folded, how many standings came out, and where they differ.

    `mismatches` are pairs of session and delegate.
    """

    scans: int
    presence: int
    mismatches: tuple[tuple[int, int], ...]


def verify(congress_id: int) -> Verification:
    """Fold the log anew and compare it with the stored projection, both ways."""
    folded = presence.fold(scan_queries.scan_lines(congress_id))
    stored = {
        (row.session_id, row.delegate_id): Standing(
            row.is_present, row.first_in_at, row.first_gate, row.last_at, row.last_scan_id
        )
        for row in db.session.scalars(
            select(Presence)
            .join(Session, Presence.session_id == Session.id)
            .where(Session.congress_id == congress_id)
        )
    }
    # A row of somebody who never came in, or was taken back, says the same as none.
    nobody = Standing()
    wrong = tuple(
        key
        for key in sorted({*folded, *stored})
        if folded.get(key, nobody) != stored.get(key, nobody)
    )
    total = select(func.count(Scan.id)).where(Scan.congress_id == congress_id)
    return Verification(db.session.scalar(total) or 0, len(folded), wrong)
