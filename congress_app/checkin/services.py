"""Accept a scan: one transaction, one row in the log, one change of the projection.

What is answered as accepted is on disk before the answer leaves.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import insert, update
from sqlalchemy.exc import IntegrityError

from congress_app.badges import token
from congress_app.checkin import presence
from congress_app.checkin import scan_queries as queries
from congress_app.checkin.decision import (
    Direction,
    Facts,
    Outcome,
    PresenceFacts,
    Reason,
    Verdict,
    accepted_sentence,
    already_in_sentence,
    decide,
    refusal_sentence,
)
from congress_app.checkin.intake import Door, ScanRequest, corrected_time
from congress_app.checkin.models import Presence, Scan
from congress_app.checkin.presence import ScanLine
from congress_app.checkin.scan_queries import DelegateCard, KnownBadge
from congress_app.congresses.services import pulse
from congress_app.database import db, transaction
from congress_app.kernel import clock
from congress_app.kernel.errors import Conflict
from congress_app.kernel.sentences import N_, Sentence


@dataclass(frozen=True)
class FirstSeen:
    """When and where the delegate came in before."""

    at: datetime | None
    gate: str | None


@dataclass(frozen=True)
class Answer:
    """What the door is told."""

    uuid: str
    verdict: Outcome
    reason: Reason | None
    sentence: Sentence
    replayed: bool
    delegate: DelegateCard | None
    first_seen: FirstSeen | None


def scan(request: ScanRequest, door: Door, by_hand: int | None = None) -> Answer:
    """Decide on one scan and write it down; a known uuid gets its stored answer again.

    `by_hand` names the delegate of an admission without a code. Raises Conflict
    `uuid_reused` when the uuid came before with another body.
    """
    try:
        return _scan_once(request, door, by_hand)
    except IntegrityError:
        # The same uuid arrived twice at the same moment (PostgreSQL): the other one is
        # stored by now, so this one is its replay.
        return _scan_once(request, door, by_hand)


def _scan_once(request: ScanRequest, door: Door, by_hand: int | None) -> Answer:
    with transaction():
        stored = queries.scan_by_uuid(door.device_id, request.uuid)
        if stored is not None:
            return _replay(stored, request)
        return _decide_and_write(_decide(request, door, by_hand))


def _replay(stored: Scan, request: ScanRequest) -> Answer:
    if stored.body_hash != request.body_hash:
        raise Conflict(
            "uuid_reused",
            Sentence(N_("Mã lượt quét này đã dùng cho một lượt quét khác; không ghi gì thêm.")),
        )
    reason = Reason(stored.reason) if stored.reason else None
    earlier = db.session.get(Scan, stored.conflict_with_id) if stored.conflict_with_id else None
    seen = FirstSeen(earlier.corrected_at, earlier.gate) if earlier else None
    return Answer(
        uuid=stored.uuid,
        verdict=Outcome(stored.verdict),
        reason=reason,
        sentence=_stored_sentence(stored, reason, seen),
        replayed=True,
        delegate=queries.card_of(stored.badge_id) if stored.badge_id else None,
        first_seen=seen,
    )


def _stored_sentence(stored: Scan, reason: Reason | None, seen: FirstSeen | None) -> Sentence:
    direction = Direction(stored.direction)
    if reason is None:
        return accepted_sentence(direction)
    if reason is Reason.ALREADY_IN:
        return already_in_sentence(*(seen.at, seen.gate) if seen else (None, None))
    _, session = queries.session_for(stored.congress_id, stored.session_id, stored.corrected_at)
    facts = Facts(stored.congress_id, direction, stored.corrected_at, None, session)
    return refusal_sentence(reason, facts)


@dataclass(frozen=True)
class _Decided:
    """One scan with everything that was found out about it."""

    request: ScanRequest
    door: Door
    received: datetime
    corrected: datetime
    known: KnownBadge | None
    session_id: int | None
    presence: PresenceFacts
    verdict: Verdict
    outcome: Outcome

    @property
    def ours(self) -> KnownBadge | None:
        """The badge when it belongs to the door's congress; a foreign one tells nothing."""
        known = self.known
        return known if known and known.facts.congress_id == self.door.congress_id else None


def _decide_and_write(decided: _Decided) -> Answer:
    earlier_id = _earlier_scan_id(decided)
    scan_id = _write_scan(decided, earlier_id)
    if decided.outcome is Outcome.ACCEPTED:
        _move(decided, scan_id)
    pulse(decided.door.congress_id)
    where = decided.presence
    return Answer(
        uuid=decided.request.uuid,
        verdict=decided.outcome,
        reason=decided.verdict.reason,
        sentence=decided.verdict.sentence,
        replayed=False,
        delegate=decided.ours.card if decided.ours else None,
        first_seen=FirstSeen(where.first_in_at, where.first_gate) if earlier_id else None,
    )


def _decide(request: ScanRequest, door: Door, by_hand: int | None) -> _Decided:
    received = clock.now()
    corrected = corrected_time(request, door.clock_offset_ms, received)
    reading = token.read(request.code)
    known = _known(reading.code, by_hand)
    session_id, session = queries.session_for(door.congress_id, request.session_id, corrected)
    where = queries.presence_facts(session_id, known.card.delegate_id if known else 0)
    facts = Facts(
        congress_id=door.congress_id,
        direction=request.direction,
        at=corrected,
        badge=known.facts if known else None,
        session=session,
        presence=where,
        misread=by_hand is None and reading.fault == "wrong_check_digit",
    )
    verdict = decide(facts)
    outcome = _outcome(verdict, was_offline=request.was_offline)
    return _Decided(request, door, received, corrected, known, session_id, where, verdict, outcome)


def _known(code: str | None, by_hand: int | None) -> KnownBadge | None:
    if by_hand is not None:
        return queries.delegate_by_hand(by_hand, lock=True)
    return queries.badge_by_code(code, lock=True) if code else None


def _outcome(verdict: Verdict, *, was_offline: bool) -> Outcome:
    if verdict.accepted:
        return Outcome.ACCEPTED
    return Outcome.CONFLICT if was_offline else Outcome.REFUSED


def _earlier_scan_id(decided: _Decided) -> int | None:
    if decided.verdict.reason is not Reason.ALREADY_IN or decided.known is None:
        return None
    return queries.first_entry(decided.session_id, decided.known.card.delegate_id)


def _write_scan(decided: _Decided, earlier_id: int | None) -> int:
    request, door, ours = decided.request, decided.door, decided.ours
    result = db.session.execute(
        insert(Scan).returning(Scan.id),
        {
            "uuid": request.uuid,
            "body_hash": request.body_hash,
            "congress_id": door.congress_id,
            "device_id": door.device_id,
            "device_name": door.device_name,
            "gate": door.gate,
            "operator": door.operator,
            "source": request.source,
            "session_id": decided.session_id,
            "direction": request.direction.value,
            "badge_id": ours.badge_id if ours else None,
            "delegate_id": ours.card.delegate_id if ours else None,
            "raw_code": request.raw_code,
            "scanned_at": request.scanned_at,
            "clock_offset_ms": door.clock_offset_ms,
            "corrected_at": decided.corrected,
            "received_at": decided.received,
            "was_offline": request.was_offline,
            "verdict": decided.outcome.value,
            "reason": decided.verdict.reason.value if decided.verdict.reason else None,
            "conflict_with_id": earlier_id,
        },
    )
    return int(result.scalar_one())


def _move(decided: _Decided, scan_id: int) -> None:
    """Carry the projection over one accepted scan, by the same fold that verifies it."""
    if decided.session_id is None or decided.known is None:
        raise AssertionError("an accepted scan has a session and a delegate")
    key = {"session_id": decided.session_id, "delegate_id": decided.known.card.delegate_id}
    row = queries.presence_row(**key)
    before = queries.standing_of(row) if row else presence.Standing()
    after = presence.after(
        before,
        ScanLine(
            scan_id=scan_id,
            direction=decided.request.direction.value,
            verdict=decided.outcome.value,
            at=decided.corrected,
            gate=decided.door.gate,
            **key,
        ),
    )
    if row is None:
        db.session.execute(insert(Presence), {**key, **asdict(after)})
    else:
        db.session.execute(update(Presence).where(Presence.id == row.id).values(**asdict(after)))
