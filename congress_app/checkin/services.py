"""Accept a scan: one transaction, one row in the log, one change of the projection.

What is answered as accepted is on disk before the answer leaves.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, cast
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, Table, bindparam, delete, insert, update
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from congress_app.checkin import conflict_queries, presence
from congress_app.checkin import scan_queries as queries
from congress_app.checkin.answer import Answer, FirstSeen
from congress_app.checkin.decision import Outcome, Reason
from congress_app.checkin.intake import Asked, Door, ScanRequest
from congress_app.checkin.judging_queries import TURNED_AWAY, Judged, hold, judge, replay
from congress_app.checkin.late_queries import Measures
from congress_app.checkin.models import Presence, Scan, ScanConflict, WrongCode
from congress_app.checkin.presence import ScanLine, Standing
from congress_app.congresses.models import Pulse
from congress_app.congresses.services import pulse
from congress_app.database import db, transaction
from congress_app.kernel import clock
from congress_app.kernel.errors import DomainError, TooMany
from congress_app.kernel.sentences import N_, Sentence
from congress_app.kernel.turns import Together

GUESS_WINDOW = timedelta(minutes=5)
# Live codes that no table knows, within the window. Codes have 10^16 forms, so what this
# spares is the log and the server; doors behind one address share the higher number.
GUESSES_OF_DEVICE = 30
GUESSES_OF_ADDRESS = 120
# A door without network brings all its rubbish at once: two batches of nothing else.
GUESSES_UPLOADED = 1000
# What a device may leave behind after it was taken out of service.
QUARANTINE_LIMIT = 5000
# Built once, from tables instead of mapped classes, and sent past the session's mapping:
# every scan sends them.
_presence, _pulse = cast(Table, Presence.__table__), cast(Table, Pulse.__table__)
_ADD_SCAN = insert(cast(Table, Scan.__table__))
_ADD_PRESENCE = insert(_presence)
_MOVE_PRESENCE = update(_presence).where(_presence.c.id == bindparam("presence_id"))
# One for each database: tests serve several in one process.
_together: WeakKeyDictionary[Engine, Together[Asked, Answer | DomainError]] = WeakKeyDictionary()
_RAISE_PULSE = (
    update(_pulse)
    .where(_pulse.c.congress_id == bindparam("congress"))
    .values(counter=_pulse.c.counter + 1, scans=_pulse.c.scans + 1)
)


def scan(request: ScanRequest, door: Door, by_hand: int | None = None) -> Answer:
    """Decide on one scan and write it down; a known uuid gets its stored answer again.

    `by_hand` names the delegate of an admission without a code. Raises Conflict
    `uuid_reused` when the uuid came before with another body, TooMany `code_throttled`
    for an unknown code after too many others.

    Scans that arrive while another is being put on disk share the next commit.
    """
    asked = Asked(request, door, by_hand)
    if db.session().info.get("writing"):
        return _answered(_alone(asked))
    return _answered(_gathered(db.engine).submit(asked))


def scan_all(asked: Sequence[Asked]) -> list[Answer | DomainError]:
    """Decide on some scans in one transaction, in order; what would be raised is given."""
    try:
        with transaction():
            if len(asked) > 1:
                by_hand = [one.by_hand for one in asked if one.by_hand is not None]
                hold([one.request.code for one in asked], by_hand)
            return _tried(asked)
    except SQLAlchemyError:
        # Whatever it was, it may have been about one of them only.
        return [_alone(one) for one in asked]


def _answered(outcome: Answer | DomainError) -> Answer:
    if isinstance(outcome, DomainError):
        raise outcome
    return outcome


def _alone(asked: Asked) -> Answer | DomainError:
    try:
        with transaction():
            return _tried([asked])[0]
    except IntegrityError:
        # The same uuid arrived twice at the same moment (PostgreSQL): the other one is
        # stored by now, so this one is its replay.
        with transaction():
            return _tried([asked])[0]


def _tried(asked: Sequence[Asked]) -> list[Answer | DomainError]:
    """Some scans within the transaction around them, and last what wakes the live pages.

    All doors of a congress raise one row: the shorter it is held, the less they wait.
    """
    measures = Measures()
    outcomes = [_tried_one(one, measures) for one in asked]
    written = (isinstance(outcome, Answer) and not outcome.replayed for outcome in outcomes)
    congresses = {one.door.congress_id for one, new in zip(asked, written, strict=True) if new}
    for congress_id in sorted(congresses):
        _raise_pulse(congress_id)
    return outcomes


def _tried_one(asked: Asked, measures: Measures) -> Answer | DomainError:
    """One scan. Refusals come before anything is written."""
    request, door = asked.request, asked.door
    try:
        stored = queries.scan_by_uuid(door.device_id, request.uuid)
        if stored is not None:
            return replay(stored, request, door)
        judged = judge(request, door, asked.by_hand, measures)
        if judged.known is None:
            _slow_down(judged)
    except DomainError as error:
        return error
    return _write(judged)


def _gathered(engine: Engine) -> Together[Asked, Answer | DomainError]:
    found = _together.get(engine)
    return found or _together.setdefault(engine, Together(scan_all))


def check_upload(door: Door) -> None:
    """Refuse a whole batch where rubbish pours in; the device keeps what it has.

    Raises TooMany `code_throttled` after a thousand unknown codes in five minutes, or when
    a revoked device already left five thousand scans in quarantine.
    """
    with transaction():
        of_device, _ = queries.wrong_codes(door.device_id, "", clock.now(), GUESS_WINDOW)
        held = conflict_queries.quarantined(door.device_id) if door.is_quarantined else 0
        if of_device >= GUESSES_UPLOADED or held >= QUARANTINE_LIMIT:
            raise _throttled()


def _slow_down(judged: Judged) -> None:
    """Count an unknown code, and refuse to write down more when there were too many."""
    door, now = judged.door, judged.received
    of_device, of_address = queries.wrong_codes(door.device_id, door.address, now, GUESS_WINDOW)
    too_many = of_device >= GUESSES_OF_DEVICE or of_address >= GUESSES_OF_ADDRESS
    if too_many and not judged.request.was_offline:
        raise _throttled()
    old = WrongCode.at <= now - GUESS_WINDOW
    db.session.execute(delete(WrongCode).where(WrongCode.device_id == door.device_id, old))
    row = {"device_id": door.device_id, "address": door.address, "at": now}
    db.session.execute(insert(WrongCode), row)


def _throttled() -> TooMany:
    return TooMany(
        "code_throttled",
        Sentence(N_("Quá nhiều mã lạ từ máy này. Hãy đợi 5 phút, hoặc gọi Ban tổ chức.")),
        retry_after=int(GUESS_WINDOW.total_seconds()),
    )


def _write(judged: Judged) -> Answer:
    earlier_id = _earlier_scan_id(judged)
    scan_id = _write_scan(judged, earlier_id)
    line = judged.line(scan_id)
    if line is not None and line.counts:
        _move(judged, line)
    if judged.outcome is Outcome.CONFLICT:
        _open_conflict(judged, scan_id)
    where, other = judged.standing, judged.other
    seen = FirstSeen(where.first_in_at, where.first_gate) if earlier_id else None
    tells = judged.ours is not None and not judged.door.is_quarantined
    return Answer(
        uuid=judged.request.uuid,
        verdict=judged.outcome,
        reason=judged.verdict.reason,
        sentence=judged.verdict.sentence,
        replayed=False,
        delegate=judged.ours.card if judged.ours and tells else None,
        first_seen=FirstSeen(other.at, other.gate) if other else seen,
    )


def _earlier_scan_id(judged: Judged) -> int | None:
    if judged.verdict.reason is not Reason.ALREADY_IN or judged.known is None:
        return None
    if judged.other is not None:
        return judged.other.scan_id
    return queries.first_entry(judged.session_id, judged.known.card.delegate_id)


def _write_scan(judged: Judged, earlier_id: int | None) -> int:
    request, door, ours = judged.request, judged.door, judged.ours
    turned_away = judged.verdict.sentence.template == TURNED_AWAY
    added = db.session.connection().execute(
        _ADD_SCAN,
        {
            "uuid": request.uuid,
            "body_hash": request.body_hash,
            "congress_id": door.congress_id,
            "device_id": door.device_id,
            "device_name": door.device_name,
            "gate": door.gate,
            "operator": door.operator,
            "source": request.source,
            "session_id": judged.session_id,
            "direction": request.direction.value,
            "badge_id": ours.badge_id if ours else None,
            "badge_version": ours.badge_version if ours else None,
            "delegate_id": ours.card.delegate_id if ours else None,
            "raw_code": request.raw_code,
            "scanned_at": request.scanned_at,
            "sent_at": request.sent_at,
            "clock_offset_ms": judged.timing.offset_ms,
            "corrected_at": judged.timing.at,
            "received_at": judged.received,
            "was_offline": request.was_offline,
            "door_verdict": request.door_verdict,
            "verdict": judged.outcome.value,
            "reason": judged.verdict.reason.value if judged.verdict.reason else None,
            "note": TURNED_AWAY if turned_away else None,
            "conflict_with_id": earlier_id,
        },
    )
    key: Any = added.inserted_primary_key
    return int(key[0])


def _move(judged: Judged, line: ScanLine) -> None:
    """Carry the projection over one scan, by the same fold that verifies it."""
    if judged.request.was_offline:
        # It may come before others, and then change which of those count.
        refold(line.session_id, line.delegate_id)
        return
    before = judged.standing
    moved = presence.after(before, line)
    if moved != before:
        _store(judged.presence_id, line.session_id, line.delegate_id, moved)


def _store(row_id: int | None, session_id: int, delegate_id: int, standing: Standing) -> None:
    # Not `asdict`: it copies deeply, for every scan.
    values = dict(vars(standing))
    key = {"session_id": session_id, "delegate_id": delegate_id}
    connection = db.session.connection()
    if row_id is None:
        connection.execute(_ADD_PRESENCE, {**key, **values})
    else:
        connection.execute(_MOVE_PRESENCE, {"presence_id": row_id, **values})


def refold(session_id: int, delegate_id: int) -> None:
    """Set the projection of one delegate in one session to what the log now says."""
    with transaction():
        lines = queries.lines_of(session_id, delegate_id)
        standing = presence.fold(lines).get((session_id, delegate_id), Standing())
        row = queries.presence_row(session_id, delegate_id)
        if row is not None or standing != Standing():
            _store(None if row is None else int(row.id), session_id, delegate_id, standing)


def _open_conflict(judged: Judged, scan_id: int) -> None:
    """Put what cannot be true before a person; of two scans the earlier one stands first.

    Which of them was reported first changes nothing: one that comes later but happened
    earlier takes the first place, also in conflicts that named the other as the first.
    """
    other, ours, at = judged.other, judged.ours, judged.received
    pair = (other.scan_id if other else None, scan_id)
    if other is not None and other.at > judged.timing.at:
        pair = (scan_id, other.scan_id)
        named = (ScanConflict.first_scan_id == other.scan_id, ScanConflict.state == "open")
        db.session.execute(update(ScanConflict).where(*named).values(first_scan_id=scan_id))
    row = {
        "congress_id": judged.door.congress_id,
        "kind": judged.verdict.reason.value if judged.verdict.reason else "",
        "delegate_id": ours.card.delegate_id if ours else None,
        "first_scan_id": pair[0],
        "second_scan_id": pair[1],
        "state": "open",
        "opened_at": at,
    }
    db.session.execute(insert(ScanConflict), row)


def _raise_pulse(congress_id: int) -> None:
    raised = db.session.connection().execute(_RAISE_PULSE, {"congress": congress_id})
    if raised.rowcount == 0:
        pulse(congress_id)
