"""Bring the feed of a congress up to date: derived when a device asks, never notified.

What changed is found by comparing digests outside any lock; only the difference is written,
under the row of the feed's state, so that devices asking at once make one sequence.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from random import shuffle
from typing import Any

from sqlalchemy import bindparam, insert, update
from sqlalchemy.dialects import postgresql, sqlite

from congress_app.congresses.rulebook import CATEGORY_LABELS
from congress_app.database import db, transaction
from congress_app.kernel import clock
from congress_app.scanners import feed, feed_queries, sealing
from congress_app.scanners.feed import Wanted
from congress_app.scanners.feed_models import BadgeKey, FeedEntry, FeedState
from congress_app.scanners.feed_queries import Stand
from congress_app.scanners.models import Device
from congress_app.scanners.services import SEEN_STEP

# How long one call may spend on deriving locks before it answers with what there is.
DERIVING_SECONDS = 1.5
# A roster is compared again only after this many times what comparing it took: on a quiet
# machine some seconds, while all doors of the sector ask at once longer, a minute at most.
REST_FACTOR = 100
LONGEST_REST = timedelta(minutes=1)
# Changes that raise no counter (a unit renamed) reach devices after this long.
LONGEST_TRUST = timedelta(minutes=2)

_deriving = threading.Lock()


@dataclass(frozen=True)
class _Difference:
    """What the tables say otherwise than the feed; `since` is the number it was found after."""

    since: int
    stand: Stand
    is_of_all: bool
    changed: list[dict[str, object]]
    gone: list[tuple[str, str]]
    known: frozenset[tuple[str, str]]
    took_ms: int


def bring_up_to_date(congress_id: int) -> FeedState:
    """Write what changed since the feed was last asked for; give its state.

    The first calls for a new roster derive the locks of its badges for a while each;
    until all are there the state is not whole, and devices keep the roster they have.
    """
    state = feed_queries.state(congress_id) or _begin(congress_id)
    stand = feed_queries.stand(congress_id)
    if not _is_due(state, stand):
        return state
    sequence, salt, index_key = state.sequence, state.salt, state.index_key
    if _only_scans_since(state, stand):
        found = _compare(congress_id, sequence, stand)
    elif not _derive(congress_id, salt):
        return _unfinished(congress_id)
    else:
        found = _compare(congress_id, sequence, stand, index_key)
    with transaction():
        now = feed_queries.state(congress_id, lock=True)
        if now is None:
            raise AssertionError("the feed's state was begun above")
        # Another device got here first: what it wrote is as good, and ours was found
        # against what is no longer there.
        if now.sequence == found.since:
            _write(now, found)
            now.pulse, now.is_whole = found.stand.counter, True
            now.made_at, now.took_ms = clock.now(), found.took_ms
            if found.is_of_all:
                now.roster, now.compared_at = found.stand.roster, now.made_at
        return now


def _unfinished(congress_id: int) -> FeedState:
    with transaction():
        now = feed_queries.state(congress_id, lock=True)
        if now is None:
            raise AssertionError("the feed's state was begun before")
        now.is_whole = False
        return now


def index_key(congress_id: int) -> str:
    """The key of the lines for finding names; only for who gave a supervisor's PIN."""
    return (feed_queries.state(congress_id) or _begin(congress_id)).index_key


def _begin(congress_id: int) -> FeedState:
    """The first device of a congress: its salt and keys are made, once."""
    with transaction() as session:
        dialect: Any = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
        row = {
            "congress_id": congress_id,
            "salt": sealing.new_salt(),
            "index_key": sealing.new_key(),
            "sequence": 0,
            "pulse": -1,
            "took_ms": 0,
            "is_whole": False,
        }
        session.execute(dialect.insert(FeedState).values(row).on_conflict_do_nothing())
        state = feed_queries.state(congress_id, lock=True)
        if state is None:
            raise AssertionError("the row was written or was there")
        return state


def _is_due(state: FeedState, stand: Stand) -> bool:
    if state.made_at is None or not state.is_whole:
        return True
    since = clock.now() - state.made_at
    if since < min(timedelta(milliseconds=state.took_ms * REST_FACTOR), LONGEST_REST):
        return False
    return stand.counter != state.pulse or not _is_trusted(state)


def _is_trusted(state: FeedState) -> bool:
    return state.compared_at is not None and clock.now() - state.compared_at <= LONGEST_TRUST


def _only_scans_since(state: FeedState, stand: Stand) -> bool:
    """While delegates come in, cards and verdicts stand: some hundred need no look each time."""
    return state.is_whole and state.roster == stand.roster and _is_trusted(state)


def _derive(congress_id: int, salt: str) -> bool:
    """Derive missing locks for a while; True when none is missing.

    One thread of this process derives; the others answer with what there is. Processes
    take the badges in different orders, so that they seldom do the same work twice.
    """
    missing = feed_queries.underived(congress_id)
    if not missing:
        return True
    if not _deriving.acquire(blocking=False):
        return False
    try:
        shuffle(missing)
        rows = _derived(missing, salt)
    finally:
        _deriving.release()
    with transaction() as session:
        dialect: Any = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
        session.execute(dialect.insert(BadgeKey).on_conflict_do_nothing(), rows)
    return len(rows) == len(missing)


def _derived(missing: list[tuple[int, str]], salt: str) -> list[dict[str, object]]:
    until = time.monotonic() + DERIVING_SECONDS
    rows: list[dict[str, object]] = []
    for badge_id, code in missing:
        lock = sealing.lock_of(code, salt)
        key = sealing.written(lock.key)
        rows.append({"badge_id": badge_id, "locator": lock.locator, "key": key})
        if time.monotonic() > until:
            break
    return rows


def _wanted(congress_id: int, index_key: str | None) -> Iterator[Wanted]:
    """Who is where; with the key all the rest, too."""
    if index_key is not None:
        yield from feed.wanted(
            congress_id,
            feed_queries.sessions(congress_id),
            feed_queries.badges(congress_id),
            sealing.read(index_key),
            CATEGORY_LABELS,
        )
    presences, locators = feed_queries.presences(congress_id), feed_queries.locators(congress_id)
    yield from feed.standing(presences, locators)


def _compare(
    congress_id: int, since: int, stand: Stand, index_key: str | None = None
) -> _Difference:
    """Entries that are new or different, already locked, and the names of those gone.

    Of everything with the key of the index, else only of who is where.
    """
    started = time.perf_counter()
    known = feed_queries.known(congress_id, () if index_key else ("presence",))
    changed, present = [], set()
    for each in _wanted(congress_id, index_key):
        present.add((each.kind, each.key))
        digest = each.digest
        if known.get((each.kind, each.key)) != digest:
            changed.append(_row(each, digest))
    gone = [name for name, digest in known.items() if digest is not None and name not in present]
    took_ms = int((time.perf_counter() - started) * 1000)
    is_of_all = index_key is not None
    return _Difference(since, stand, is_of_all, changed, gone, frozenset(known), took_ms)


def _row(each: Wanted, digest: str) -> dict[str, object]:
    return {"kind": each.kind, "key": each.key, "body": each.body(), "digest": digest}


def _write(state: FeedState, found: _Difference) -> None:
    """Give every change the next number: a device that saw all before it goes on from there."""
    new: list[dict[str, object]] = []
    old: list[dict[str, object]] = []
    tombs: list[dict[str, object]] = [
        {"kind": kind, "key": key, "body": None, "digest": None} for kind, key in found.gone
    ]
    for row in (*found.changed, *tombs):
        state.sequence += 1
        numbered = row | {"congress_id": state.congress_id, "seq": state.sequence}
        (old if (row["kind"], row["key"]) in found.known else new).append(numbered)
    if new:
        db.session.execute(insert(FeedEntry), new)
    if old:
        _overwrite(old)


def _overwrite(rows: list[dict[str, object]]) -> None:
    table = FeedEntry.__table__
    statement = (
        update(table)  # type: ignore[arg-type]
        .where(
            table.c.congress_id == bindparam("of_congress"),
            table.c.kind == bindparam("of_kind"),
            table.c.key == bindparam("of_key"),
        )
        .values(seq=bindparam("to_seq"), body=bindparam("to_body"), digest=bindparam("to_digest"))
    )
    names: Mapping[str, str] = {
        "congress_id": "of_congress",
        "kind": "of_kind",
        "key": "of_key",
        "seq": "to_seq",
        "body": "to_body",
        "digest": "to_digest",
    }
    parameters = [{names[name]: value for name, value in row.items()} for row in rows]
    db.session.connection().execute(statement, parameters)


def note(device: Device, queue_length: int | None, app_version: str | None) -> None:
    """Remember what the device tells of itself, when it says something new or is due."""
    now = clock.now()
    told = {"queue_length": queue_length, "app_version": app_version}
    is_new = (device.queue_length, device.app_version) != (queue_length, app_version)
    if is_new or device.last_seen_at is None or now - device.last_seen_at > SEEN_STEP:
        with transaction() as session:
            session.execute(
                update(Device).where(Device.id == device.id).values(last_seen_at=now, **told)
            )
