"""Everything found out about one scan before a row is written; it only reads and locks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select

from congress_app.badges import token
from congress_app.badges.models import Badge
from congress_app.checkin import late, presence
from congress_app.checkin import scan_queries as queries
from congress_app.checkin.answer import Answer, FirstSeen, KnownBadge
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
    outcome_of,
    refusal_sentence,
)
from congress_app.checkin.intake import Door, ScanRequest, Timing, timing_of
from congress_app.checkin.late_queries import Measures
from congress_app.checkin.models import Scan
from congress_app.checkin.presence import Place, ScanLine, Standing
from congress_app.database import db
from congress_app.delegates.models import Delegate
from congress_app.kernel import clock
from congress_app.kernel.errors import Conflict
from congress_app.kernel.sentences import N_, Sentence

TURNED_AWAY = N_("Cửa đã từ chối lượt này khi mất mạng; người này không được tính có mặt.")


@dataclass(frozen=True)
class Judged:
    """One scan with everything that was found out about it.

    `presence_id` and `standing` are the projection's row; `place` is where a scan reported
    late falls among the others, None for a live one.
    """

    request: ScanRequest
    door: Door
    received: datetime
    timing: Timing
    known: KnownBadge | None
    session_id: int | None
    presence_id: int | None
    standing: Standing
    place: Place | None
    verdict: Verdict
    outcome: Outcome

    @property
    def ours(self) -> KnownBadge | None:
        """The badge when it belongs to the door's congress; a foreign one tells nothing."""
        known = self.known
        return known if known and known.facts.congress_id == self.door.congress_id else None

    @property
    def other(self) -> ScanLine | None:
        """The scan that one reported late collides with."""
        if self.place is None or self.verdict.reason is not Reason.ALREADY_IN:
            return None
        return self.place.collides or self.place.entered

    def line(self, scan_id: int) -> ScanLine | None:
        """The scan as the fold will read it; None when it is of no session or nobody."""
        if self.session_id is None or self.ours is None:
            return None
        return ScanLine(
            scan_id=scan_id,
            session_id=self.session_id,
            delegate_id=self.ours.card.delegate_id,
            direction=self.request.direction.value,
            verdict=self.outcome.value,
            at=self.timing.at,
            gate=self.door.gate,
            reason=self.verdict.reason.value if self.verdict.reason else None,
        )


def hold(codes: Iterable[str] = (), delegate_ids: Iterable[int] = ()) -> None:
    """Lock everybody several scans in one transaction are about, always in the same order.

    Locked one by one in the order reported, two doors would hold each whom the other wants
    next, and PostgreSQL would end one of them. SQLite has one writer anyway.
    """
    if db.engine.dialect.name == "sqlite":
        return
    read = {reading.code for reading in map(token.read, codes)} - {None}
    of_badges = select(Badge.delegate_id).where(Badge.code.in_(read))
    everybody = Delegate.id.in_(of_badges) | Delegate.id.in_(set(delegate_ids))
    wanted = select(Delegate.id).where(everybody).order_by(Delegate.id)
    db.session.execute(wanted.with_for_update(key_share=True)).all()


def judge(request: ScanRequest, door: Door, by_hand: int | None, measures: Measures) -> Judged:
    """Find the badge, the session and the presence of a scan, and decide; locks the delegate.

    `measures` are those of the transaction it is written in.
    """
    reading = token.read(request.code)
    known = _known(reading.code, by_hand)
    # After the delegate's row is locked: the times of one delegate then follow each other.
    received = clock.now()
    timing = timing_of(request, door, received, lambda: queries.first_opening(door.congress_id))
    session_id, session = queries.session_for(
        door.congress_id, request.session_id, timing.at, door.session_ids
    )
    row = queries.presence_row(session_id, known.card.delegate_id) if session_id and known else None
    standing = queries.standing_of(row)
    if not request.was_offline and standing.last_at is not None:
        # The server's clock was put back: what happens now still comes after what was.
        timing = replace(timing, at=max(timing.at, standing.last_at))
    place = _place(request, session_id, known, timing, standing)
    facts = Facts(
        congress_id=door.congress_id,
        direction=request.direction,
        at=timing.at,
        badge=known.facts if known else None,
        session=session,
        presence=_presence_facts(standing, place),
        misread=by_hand is None and reading.fault == "wrong_check_digit",
        is_time_known=timing.is_known,
        late_fault=_late_fault(request, door, timing, session_id, measures),
    )
    verdict, outcome = _verdict(facts, request, door, place)
    presence_id = None if row is None else int(row.id)
    found = (known, session_id, presence_id, standing, place, verdict, outcome)
    return Judged(request, door, received, timing, *found)


def _known(code: str | None, by_hand: int | None) -> KnownBadge | None:
    if by_hand is not None:
        return queries.delegate_by_hand(by_hand, lock=True)
    return queries.badge_by_code(code, lock=True) if code else None


def _late_fault(
    request: ScanRequest,
    door: Door,
    timing: Timing,
    session_id: int | None,
    measures: Measures,
) -> Reason | None:
    """What makes a scan reported late a matter for a person; a named one needs no second."""
    if not request.was_offline or door.since is None:
        return None
    limits = measures.limits(door.congress_id, session_id, door.since)
    # Scanned under a pairing that ended: for another door, or another congress.
    is_anothers = request.device_id not in {None, door.device_id}
    return late.fault(limits, timing.at) or (Reason.BEFORE_PAIRING if is_anothers else None)


def _place(
    request: ScanRequest,
    session_id: int | None,
    known: KnownBadge | None,
    timing: Timing,
    standing: Standing,
) -> Place | None:
    if not request.was_offline or session_id is None or known is None:
        return None
    if standing.last_at is None:
        return Place(standing, None, None)
    lines = queries.lines_of(session_id, known.card.delegate_id)
    return presence.place_of(timing.at, request.direction.value, lines)


def _presence_facts(standing: Standing, place: Place | None) -> PresenceFacts:
    if place is None:
        return PresenceFacts(standing.is_present, standing.first_in_at, standing.first_gate)
    entry = place.entered
    return PresenceFacts(
        place.standing.is_present, entry.at if entry else None, entry.gate if entry else None
    )


def _verdict(
    facts: Facts, request: ScanRequest, door: Door, place: Place | None
) -> tuple[Verdict, Outcome]:
    if door.is_quarantined:
        reason = Reason.DEVICE_REVOKED
        return Verdict(False, reason, refusal_sentence(reason, facts)), Outcome.CONFLICT
    verdict = decide(facts)
    if request.door_verdict == "refused":
        if verdict.accepted:
            verdict = Verdict(False, request.door_reason, Sentence(TURNED_AWAY))
        return verdict, outcome_of(verdict, was_offline=True, door_refused=True)
    later = place.collides if place else None
    if verdict.accepted and later is not None and facts.direction is Direction.IN:
        # It fits what was before, but the badge was let in once more afterwards.
        sentence = already_in_sentence(later.at, later.gate)
        verdict = Verdict(False, Reason.ALREADY_IN, sentence)
    return verdict, outcome_of(verdict, was_offline=request.was_offline)


def replay(stored: Scan, request: ScanRequest, door: Door) -> Answer:
    """The stored answer again; Conflict `uuid_reused` when another body came under its uuid."""
    if stored.body_hash != request.body_hash:
        raise Conflict(
            "uuid_reused",
            Sentence(N_("Mã lượt quét này đã dùng cho một lượt quét khác; không ghi gì thêm.")),
        )
    reason = Reason(stored.reason) if stored.reason else None
    earlier = db.session.get(Scan, stored.conflict_with_id) if stored.conflict_with_id else None
    seen = FirstSeen(earlier.corrected_at, earlier.gate) if earlier else None
    hidden = door.is_quarantined or reason is Reason.DEVICE_REVOKED or stored.badge_id is None
    return Answer(
        uuid=stored.uuid,
        verdict=Outcome(stored.verdict),
        reason=reason,
        sentence=_stored_sentence(stored, reason, seen),
        replayed=True,
        delegate=None if hidden else queries.card_of(stored.badge_id or 0),
        first_seen=None if hidden else seen,
    )


def _stored_sentence(stored: Scan, reason: Reason | None, seen: FirstSeen | None) -> Sentence:
    direction = Direction(stored.direction)
    if stored.door_verdict == "refused" and stored.note == TURNED_AWAY:
        return Sentence(TURNED_AWAY)
    if reason is None:
        return accepted_sentence(direction)
    if reason is Reason.ALREADY_IN:
        return already_in_sentence(*(seen.at, seen.gate) if seen else (None, None))
    _, session = queries.session_for(stored.congress_id, stored.session_id, stored.corrected_at)
    misread = token.read(stored.raw_code).fault == "wrong_check_digit"
    at, number = stored.corrected_at, stored.congress_id
    return refusal_sentence(reason, Facts(number, direction, at, None, session, misread=misread))
