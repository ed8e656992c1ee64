"""At the desk: admit by hand, take a wrong scan back, accept an absence."""

from __future__ import annotations

from uuid import uuid4

from congress_app.audit.services import record
from congress_app.checkin import queries, scan_queries, services
from congress_app.checkin.answer import Answer
from congress_app.checkin.decision import Direction, Outcome
from congress_app.checkin.intake import Door, ScanRequest
from congress_app.checkin.models import Excuse, Scan
from congress_app.congresses.models import Congress
from congress_app.congresses.services import pulse
from congress_app.database import transaction
from congress_app.kernel import clock
from congress_app.kernel.errors import NotFound, RuleViolation
from congress_app.kernel.permissions import Actor
from congress_app.kernel.sentences import N_, Sentence
from congress_app.programme.models import Session

# Whom and what place a row is about that a person adds to the log.
COPIED = (
    "congress_id",
    "session_id",
    "direction",
    "badge_id",
    "badge_version",
    "delegate_id",
    "raw_code",
)


def admit_by_hand(
    congress: Congress,
    delegate_id: int,
    direction: Direction,
    *,
    actor: Actor,
    door: Door | None = None,
) -> Answer:
    """Admit (or let out) a delegate found by name; the same rules, a scan of source "manual".

    `door` names the device at which it is done; without one, the person's own browser.
    """
    now = clock.now()
    request = ScanRequest(
        uuid=str(uuid4()),
        code=f"delegate {delegate_id}",
        direction=direction,
        scanned_at=now,
        session_id=None,
        body_hash="",
        source="manual",
    )
    here = Door(
        congress_id=congress.id,
        device_id=0,
        device_name=actor.display_name,
        operator=actor.display_name,
    )
    return services.scan(request, door or here, by_hand=delegate_id)


def take_back(congress: Congress, wrong: Scan, reason: str, *, actor: Actor) -> None:
    """Undo a scan that counts by a new row of a named person; the log keeps both.

    Raises RuleViolation `not_correctable` for anything but a scan that let somebody
    through and that nobody took back yet.
    """
    with transaction() as session:
        if wrong.delegate_id is not None:
            scan_queries.delegate_by_hand(wrong.delegate_id, lock=True)
        if not scan_queries.is_standing(wrong):
            raise RuleViolation(
                "not_correctable",
                Sentence(N_("Chỉ hủy được lượt quét đã nhận và chưa bị hủy.")),
            )
        session.add(_correction(wrong, reason, actor))
        session.flush()
        if wrong.session_id is None or wrong.delegate_id is None:
            raise AssertionError("a scan that counts has a session and a delegate")
        services.refold(wrong.session_id, wrong.delegate_id)
        record(
            "checkin.take_back",
            wrong,
            {"reason": reason},
            actor=actor,
            unit_path=congress.unit.path,
        )
        pulse(congress.id)


def _correction(wrong: Scan, reason: str, actor: Actor) -> Scan:
    """The row that takes a scan back: where and whom it was about, and who says so."""
    now = clock.now()
    return Scan(
        **{name: getattr(wrong, name) for name in COPIED},
        uuid=str(uuid4()),
        body_hash="",
        device_id=0,
        device_name=actor.display_name,
        operator=actor.display_name,
        source="correction",
        scanned_at=now,
        corrected_at=now,
        received_at=now,
        verdict=Outcome.ACCEPTED.value,
        note=reason,
        corrects_id=wrong.id,
    )


def excuse(
    congress: Congress, session_id: int, delegate_id: int, reason: str, *, actor: Actor
) -> None:
    """Accept an absence from a session; said again, the newer reason stands."""
    with transaction() as session:
        known = scan_queries.delegate_by_hand(delegate_id, lock=True)
        sitting = session.get(Session, session_id)
        if known is None or known.facts.congress_id != congress.id:
            raise NotFound
        if sitting is None or sitting.congress_id != congress.id:
            raise NotFound
        row = queries.excuse_of(session_id, delegate_id)
        if row is None:
            row = Excuse(session_id=session_id, delegate_id=delegate_id)
            session.add(row)
        told = {"reason": [row.reason, reason]}
        row.reason, row.accepted_by, row.at = reason, actor.display_name, clock.now()
        record("checkin.excuse", row, told, actor=actor, unit_path=congress.unit.path)
        pulse(congress.id)
