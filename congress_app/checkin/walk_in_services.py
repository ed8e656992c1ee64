"""Somebody who came without being on the list: registered, badged and admitted in one act."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from congress_app.audit.services import record
from congress_app.badges import queries as badge_queries
from congress_app.badges import services as badges
from congress_app.checkin import desk_services
from congress_app.checkin.answer import Answer
from congress_app.checkin.decision import Direction, Outcome
from congress_app.checkin.intake import Door
from congress_app.congresses.models import Congress
from congress_app.congresses.rulebook import Category
from congress_app.database import transaction
from congress_app.delegates import services as delegates
from congress_app.delegates import state_services
from congress_app.delegates.credentials import State
from congress_app.delegates.models import Delegate
from congress_app.delegates.registration import Registration
from congress_app.kernel.errors import RuleViolation
from congress_app.kernel.permissions import Actor
from congress_app.kernel.sentences import N_, Sentence


@dataclass(frozen=True)
class WalkedIn:
    """The new delegate, the code on the new badge, and what the door said."""

    delegate: Delegate
    badge_code: str
    answer: Answer


def walk_in(
    congress: Congress,
    registration: Registration,
    reason: str,
    *,
    actor: Actor,
    door: Door | None = None,
    same_as: int | None = None,
    within: Sequence[str] | None = None,
) -> WalkedIn:
    """Register, confirm, badge and admit (at the device's `door`), all or nothing.

    `same_as` and `within` are as in `delegates.services.register`, whose refusals come
    through (`over_cap`, Conflict `duplicate_in_database`, …). Raises RuleViolation
    `not_for_walk_in` for an elected place or without ground or reason, `walk_in_refused`
    when no door would let the person in now.
    """
    _check(registration, reason)
    with transaction():
        delegate = delegates.register(
            congress, registration, actor=actor, same_as=same_as, within=within
        )
        code = _badge(congress, delegate, reason, actor)
        answer = desk_services.admit_by_hand(
            congress, delegate.id, Direction.IN, actor=actor, door=door
        )
        if answer.verdict is not Outcome.ACCEPTED:
            raise RuleViolation(
                "walk_in_refused",
                Sentence(N_("Chưa ghi danh ai, vì cửa chưa nhận được: {why}"), why=answer.sentence),
            )
        record(
            "checkin.walk_in",
            delegate,
            {"category": delegate.category, "reason": reason, "number": delegate.number},
            actor=actor,
            unit_path=congress.unit.path,
            name=delegate.person.full_name,
        )
        return WalkedIn(delegate, code, answer)


def _badge(congress: Congress, delegate: Delegate, reason: str, actor: Actor) -> str:
    """Confirm the place, since only who is confirmed is given a badge; its code."""
    for state in (State.CONVENED, State.CONFIRMED):
        state_services.move_state(congress, [delegate.id], state, actor=actor, reason=reason)
    badges.issue_missing(congress, actor=actor, only=delegate.id)
    badge = badge_queries.active_badge_of(delegate.id)
    if badge is None:
        raise AssertionError("a confirmed delegate was just given a badge")
    return badge.code


def _check(registration: Registration, reason: str) -> None:
    if registration.category is Category.ELECTED:
        raise RuleViolation(
            "not_for_walk_in",
            Sentence(
                N_(
                    "Tại cửa chỉ ghi danh được khách mời và đại biểu chính thức; "
                    "đại biểu bầu do hội nghị cấp dưới bầu."
                )
            ),
        )
    if not registration.grounds or not reason.strip():
        raise RuleViolation(
            "not_for_walk_in",
            Sentence(N_("Hãy ghi căn cứ tham dự và lý do ghi danh tại chỗ.")),
        )
