"""Scans folded into who is in the hall. The stored projection must always equal this.

What counts is what happened at the doors, in the order it happened there, not in the order
it was reported: an accepted scan, and a scan of an offline door that collides with another
(`already_in`, `not_in`), because that door did let the person through. The fold itself
settles collisions: whoever is inside cannot come in again. So two offline doors that admit
one badge give one presence, counted from the earlier entry, whichever uploads first.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

COLLISIONS = frozenset({"already_in", "not_in"})


@dataclass(frozen=True)
class ScanLine:
    """What the fold needs of one scan; `at` is its corrected time."""

    scan_id: int
    session_id: int
    delegate_id: int
    direction: str
    verdict: str
    at: datetime
    gate: str | None
    corrects_id: int | None = None
    reason: str | None = None

    @property
    def counts(self) -> bool:
        """True for what moved a person through a door; a correction itself moves nobody."""
        passed = self.verdict == "accepted" or (
            self.verdict == "conflict" and self.reason in COLLISIONS
        )
        return passed and self.corrects_id is None


@dataclass(frozen=True)
class Standing:
    """Where one delegate stands in one session."""

    is_present: bool = False
    first_in_at: datetime | None = None
    first_gate: str | None = None
    last_at: datetime | None = None
    last_scan_id: int | None = None


def after(standing: Standing, scan: ScanLine) -> Standing:
    """The standing after one more scan; one that does not count, or collides, changes nothing."""
    comes_in = scan.direction == "in"
    if not scan.counts or comes_in == standing.is_present:
        return standing
    first = standing.first_in_at, standing.first_gate
    if comes_in and standing.first_in_at is None:
        first = scan.at, scan.gate
    return Standing(comes_in, *first, scan.at, scan.scan_id)


def in_order(scans: Iterable[ScanLine]) -> list[ScanLine]:
    """The scans that count, as they happened; at the same instant the one received first."""
    lines = list(scans)
    taken_back = {scan.corrects_id for scan in lines if scan.corrects_id is not None}
    counting = (scan for scan in lines if scan.counts and scan.scan_id not in taken_back)
    return sorted(counting, key=lambda scan: (scan.at, scan.scan_id))


def fold(scans: Iterable[ScanLine]) -> dict[tuple[int, int], Standing]:
    """Standings by (session, delegate) after all scans, whatever the order they come in.

    A scan that a later row corrects never happened.
    """
    standings: dict[tuple[int, int], Standing] = {}
    for scan in in_order(scans):
        key = (scan.session_id, scan.delegate_id)
        standings[key] = after(standings.get(key, Standing()), scan)
    return standings


@dataclass(frozen=True)
class Place:
    """Where a scan reported late falls among those of the same delegate and session.

    `standing` is that of the moment before it; `entered` the entry by which the delegate
    last came in before; `collides` the next later one, when both go the same way and the
    delegate would thus come in (or leave) twice.
    """

    standing: Standing
    entered: ScanLine | None
    collides: ScanLine | None


def place_of(at: datetime, direction: str, scans: Sequence[ScanLine]) -> Place:
    """Find the place of a scan at the instant `at` among the other scans."""
    standing, entered, collides = Standing(), None, None
    for scan in in_order(scans):
        moved = after(standing, scan)
        if moved == standing:
            continue
        if scan.at > at:
            collides = scan if scan.direction == direction else None
            break
        standing = moved
        entered = scan if scan.direction == "in" else entered
    return Place(standing, entered, collides)
