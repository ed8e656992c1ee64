"""Issue badges, issue one anew, revoke one, have a spoiled one printed again."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import insert, select

from congress_app.audit.services import record
from congress_app.badges import queries, token
from congress_app.badges.models import Badge
from congress_app.congresses import lifecycle
from congress_app.congresses.models import Congress
from congress_app.congresses.services import pulse
from congress_app.database import db, transaction
from congress_app.delegates.models import Delegate
from congress_app.kernel import clock
from congress_app.kernel.errors import RuleViolation, Stale
from congress_app.kernel.permissions import Actor
from congress_app.kernel.sentences import N_, Sentence

CHANGED_MEANWHILE = N_(
    "Thẻ của đại biểu này đã được người khác cấp lại hoặc thu hồi từ lúc bạn mở trang, nên chưa "
    "ghi được gì. Hãy xem các thẻ đã cấp bên dưới; nếu vẫn cần thì bấm nút lần nữa."
)


def issue_missing(congress: Congress, *, actor: Actor, only: int | None = None) -> int:
    """Give every entitled delegate without a badge one (or `only` this); how many were given.

    Numbers go on from the highest one, by delegation in protocol order: a number once
    printed never moves to somebody else.
    """
    with transaction() as session:
        take(congress)
        waiting = [
            delegate
            for delegate in queries.without_badge(congress.id)
            if only is None or delegate.id == only
        ]
        number = queries.highest_number(congress.id)
        for delegate in waiting:
            if delegate.number is None:
                number += 1
                delegate.number = number
        session.flush()
        _add_badges(waiting, actor)
        if waiting:
            record(
                "badge.issue",
                congress,
                {"count": len(waiting)},
                actor=actor,
                unit_path=congress.unit.path,
            )
            pulse(congress.id)
        return len(waiting)


def take(congress: Congress) -> None:
    """Two organisers issuing at once would give one number, or one delegate, two badges.

    The mode lets scans of the congress be written meanwhile (their foreign key reads it).
    Raises RuleViolation `congress_closed` once the congress is over, however the work came
    here: a job may begin, or end, after the closing.
    """
    row = select(Congress.state).where(Congress.id == congress.id)
    with transaction() as session:
        state = session.scalars(row.with_for_update(key_share=True)).one()
        over = lifecycle.over(state, congress.name)
        if over is not None:
            raise RuleViolation("congress_closed", over)


def _add_badges(delegates: Sequence[Delegate], actor: Actor) -> None:
    versions = dict(
        db.session.execute(
            select(Badge.delegate_id, Badge.version)
            .where(Badge.delegate_id.in_([delegate.id for delegate in delegates]))
            .order_by(Badge.version)
        ).all()
    )
    rows = [
        {
            "delegate_id": delegate.id,
            "code": token.new_code(),
            "version": versions.get(delegate.id, 0) + 1,
            "state": "active",
            "issued_at": clock.now(),
            "issued_by": actor.name,
            "print_count": 0,
        }
        for delegate in delegates
    ]
    if rows:
        db.session.execute(insert(Badge), rows)


def reissue(
    congress: Congress, delegate: Delegate, reason: str, *, seen: int, actor: Actor
) -> Badge:
    """A new code for a lost or damaged badge; the old one answers `superseded` at once.

    Whose badge was taken away gets a new one only here, with a reason. `seen` is what the
    actor looked at (`queries.standing_of`); raises Stale when it is no more.
    """
    with transaction() as session:
        _take_seen(congress, delegate, seen)
        old = queries.latest_badge_of(delegate.id)
        if old is None or delegate.state not in queries.ENTITLED:
            raise RuleViolation(
                "no_badge",
                Sentence(N_("Đại biểu này không có thẻ đang dùng nên không thể cấp lại.")),
            )
        if old.state == "active":
            old.state = "superseded"
            old.reason = reason
            session.flush()
        _add_badges([delegate], actor)
        fresh = queries.active_badge_of(delegate.id)
        if fresh is None:
            raise AssertionError("the badge was just added")
        told: dict[str, object] = {"reason": reason, "version": [old.version, fresh.version]}
        _tell("badge.reissue", fresh, congress, told, actor)
        pulse(congress.id)
        return fresh


def print_again(
    congress: Congress, delegate: Delegate, reason: str, *, seen: int, actor: Actor
) -> None:
    """A badge that is torn or misprinted, but not lost, is printed again with the same code.

    It stands among those not printed yet, until it is printed. Raises RuleViolation `no_badge`,
    and Stale as `reissue`.
    """
    with transaction():
        _take_seen(congress, delegate, seen)
        badge = queries.active_badge_of(delegate.id)
        if badge is None:
            raise RuleViolation(
                "no_badge", Sentence(N_("Đại biểu này không có thẻ đang dùng để in lại."))
            )
        told: dict[str, object] = {"reason": reason, "printed_at": [badge.printed_at, None]}
        badge.printed_at = badge.printed_digest = None
        _tell("badge.print_again", badge, congress, told, actor)


def revoke(congress: Congress, delegate: Delegate, reason: str, *, seen: int, actor: Actor) -> None:
    """Take the badge away; the door answers `revoked`. Raises as `print_again`."""
    with transaction():
        _take_seen(congress, delegate, seen)
        badge = queries.active_badge_of(delegate.id)
        if badge is None:
            raise RuleViolation(
                "no_badge", Sentence(N_("Đại biểu này không có thẻ đang dùng để thu hồi."))
            )
        badge.state = "revoked"
        badge.reason = reason
        _tell("badge.revoke", badge, congress, {"reason": reason}, actor)
        pulse(congress.id)


def _take_seen(congress: Congress, delegate: Delegate, seen: int) -> None:
    take(congress)
    stands = queries.standing_of(delegate.id)
    if stands != seen:
        raise Stale(version=stands, sentence=Sentence(CHANGED_MEANWHILE))


def _tell(
    action: str, badge: Badge, congress: Congress, facts: dict[str, object], actor: Actor
) -> None:
    """By the name of whose badge it is: its code opens the door and stands in no log."""
    name = badge.delegate.person.full_name
    record(action, badge, facts, actor=actor, unit_path=congress.unit.path, name=name)
