"""Scans folded into who is in the hall. The stored projection must always equal this."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime


@dataclass(frozen=True)
class ScanLine:
    """What the fold needs of one scan."""

    scan_id: int
    session_id: int
    delegate_id: int
    direction: str
    verdict: str
    at: datetime
    gate: str | None
    corrects_id: int | None = None


@dataclass(frozen=True)
class Standing:
    """Where one delegate stands in one session."""

    is_present: bool = False
    first_in_at: datetime | None = None
    first_gate: str | None = None
    last_at: datetime | None = None
    last_scan_id: int | None = None


def after(standing: Standing, scan: ScanLine) -> Standing:
    """The standing after one accepted scan; any other scan changes nothing."""
    if scan.verdict != "accepted":
        return standing
    moved = replace(
        standing,
        is_present=scan.direction == "in",
        last_at=scan.at,
        last_scan_id=scan.scan_id,
    )
    if scan.direction == "in" and standing.first_in_at is None:
        moved = replace(moved, first_in_at=scan.at, first_gate=scan.gate)
    return moved


def fold(scans: Iterable[ScanLine]) -> dict[tuple[int, int], Standing]:
    """Standings by (session, delegate) after all scans, in the order they were received.

    A scan that a later row corrects never happened, and a correction moves nobody.
    """
    lines = list(scans)
    taken_back = {scan.corrects_id for scan in lines if scan.corrects_id is not None}
    standings: dict[tuple[int, int], Standing] = {}
    for scan in lines:
        if (
            scan.verdict == "accepted"
            and scan.corrects_id is None
            and scan.scan_id not in taken_back
        ):
            key = (scan.session_id, scan.delegate_id)
            standings[key] = after(standings.get(key, Standing()), scan)
    return standings
