"""Settle conflicts: by a named person, with a note, once."""

from __future__ import annotations

from uuid import uuid4

from congress_app.audit.services import record
from congress_app.checkin import conflict_queries, desk_services, scan_queries, services
from congress_app.checkin.decision import Outcome, Resolution
from congress_app.checkin.judging_queries import hold
from congress_app.checkin.models import Scan, ScanConflict
from congress_app.congresses.models import Congress
from congress_app.congresses.services import pulse
from congress_app.database import db, transaction
from congress_app.kernel import clock
from congress_app.kernel.errors import Conflict, NotFound, RuleViolation
from congress_app.kernel.permissions import Actor
from congress_app.kernel.sentences import N_, Sentence


def close(
    congress: Congress, conflict_id: int, resolution: Resolution, note: str, *, actor: Actor
) -> None:
    """Settle one conflict; what it takes back or lets count becomes a new row of the log.

    Raises Conflict `conflict_closed` when somebody settled it before, RuleViolation
    `resolution_unfit` for a way out that this kind does not have, `not_correctable` when
    the scan to take back was taken back already.
    """
    with transaction():
        # Whom it is about first, as at a door: a scan then waits, and neither waits in vain.
        hold(delegate_ids=conflict_queries.delegates_in([conflict_id]))
        conflict = conflict_queries.conflict_by_id(congress.id, conflict_id, lock=True)
        if conflict is None:
            raise NotFound
        if conflict.state != "open":
            raise Conflict(
                "conflict_closed",
                Sentence(
                    N_("Mâu thuẫn này đã được {name} xử lý. Hãy tải lại trang."),
                    name=conflict.closed_by or "",
                ),
            )
        if resolution not in conflict_queries.resolutions_for(conflict, congress.state):
            raise RuleViolation(
                "resolution_unfit",
                Sentence(N_("Không xử lý được mâu thuẫn này theo cách đó. Hãy chọn cách khác.")),
            )
        _act(congress, conflict, resolution, note, actor)
        _close(conflict, resolution, note, actor)
        record(
            "checkin.conflict_close",
            conflict,
            {"resolution": resolution.value, "note": note},
            actor=actor,
            unit_path=congress.unit.path,
            name=conflict.second.raw_code,
        )
        pulse(congress.id)


def close_quarantine(
    congress: Congress, device_id: int, resolution: Resolution, note: str, *, actor: Actor
) -> int:
    """Settle everything of a device that waits in quarantine; gives how many scans that were.

    Admitting passes over scans of which nobody knows who it was or which session: they
    stay open. Raises RuleViolation `resolution_unfit` for anything but admit or reject.
    """
    with transaction():
        settled = 0
        waiting = conflict_queries.waiting_of(congress.id, device_id)
        hold(delegate_ids=conflict_queries.delegates_in(waiting))
        for number in waiting:
            conflict = conflict_queries.conflict_by_id(congress.id, number)
            if conflict is None:
                continue
            unknown = Resolution.ADMITTED not in conflict_queries.resolutions_for(
                conflict, congress.state
            )
            if resolution is Resolution.ADMITTED and unknown:
                continue
            close(congress, number, resolution, note, actor=actor)
            settled += 1
        return settled


def _act(
    congress: Congress, conflict: ScanConflict, resolution: Resolution, note: str, actor: Actor
) -> None:
    if resolution is Resolution.FIRST_TAKEN_BACK and conflict.first is not None:
        desk_services.take_back(congress, conflict.first, note, actor=actor)
    elif resolution is Resolution.SECOND_TAKEN_BACK:
        desk_services.take_back(congress, conflict.second, note, actor=actor)
    elif resolution is Resolution.ADMITTED:
        _admit(congress, conflict.second, note, actor)


def _close(conflict: ScanConflict, resolution: Resolution, note: str, actor: Actor) -> None:
    conflict.state = "closed"
    conflict.resolution = resolution.value
    conflict.note = note
    conflict.closed_by = actor.display_name
    conflict.closed_at = clock.now()


def _admit(congress: Congress, waiting: Scan, note: str, actor: Actor) -> None:
    """Let a scan count by a row of its own, at the time and the gate it happened."""
    if waiting.session_id is None or waiting.delegate_id is None:
        raise AssertionError("only a scan of a known person in a known session is admitted")
    scan_queries.delegate_by_hand(waiting.delegate_id, lock=True)
    copied = (*desk_services.COPIED, "gate", "scanned_at", "corrected_at", "clock_offset_ms")
    db.session.add(
        Scan(
            **{name: getattr(waiting, name) for name in copied},
            uuid=str(uuid4()),
            body_hash="",
            device_id=0,
            device_name=actor.display_name,
            operator=actor.display_name,
            source="desk",
            received_at=clock.now(),
            verdict=Outcome.ACCEPTED.value,
            note=note,
            stands_for_id=waiting.id,
        )
    )
    db.session.flush()
    services.refold(waiting.session_id, waiting.delegate_id)
