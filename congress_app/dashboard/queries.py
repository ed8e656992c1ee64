"""One congress at a glance: a fixed number of statements, whatever its size."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from congress_app.badges import queries as badge_queries
from congress_app.badges.queries import BadgeCounts
from congress_app.checkin import queries as checkin_queries
from congress_app.checkin.queries import Attendance
from congress_app.congresses import timing
from congress_app.congresses.models import Congress
from congress_app.congresses.rulebook import Duration, Level, LevelRules
from congress_app.dashboard import indicators
from congress_app.dashboard.indicators import CongressFacts, Light
from congress_app.delegates import credentials, delegation_queries
from congress_app.delegates.credentials import CapStatus
from congress_app.delegates.delegation_queries import Delegation
from congress_app.kernel import clock
from congress_app.kernel.permissions import Actor, Permission
from congress_app.programme import queries as programme_queries
from congress_app.programme import timetable, warnings
from congress_app.programme.models import Session
from congress_app.programme.queries import TimedItem, TimedSession

EVERYWHERE = ("/",)


@dataclass(frozen=True)
class Reach:
    """Which part of the congress the reader may see of each matter; empty: nothing."""

    delegates: tuple[str, ...]
    quotas: tuple[str, ...]
    checkin: tuple[str, ...]
    badges: tuple[str, ...]
    programme: tuple[str, ...]
    path: str

    def is_whole(self, part: Sequence[str]) -> bool:
        """True when the part is all of the congress."""
        return self.path in part


def reach_of(actor: Actor, congress: Congress) -> Reach:
    """What the actor may see of the congress."""
    path = congress.unit.path
    return Reach(
        delegates=actor.reach(Permission.DELEGATE_READ, path),
        quotas=actor.reach(Permission.QUOTA_READ, path),
        checkin=actor.reach(Permission.CHECKIN_READ, path),
        badges=actor.reach(Permission.BADGE_PRINT, path),
        programme=actor.reach(Permission.PROGRAMME_READ, path),
        path=path,
    )


@dataclass(frozen=True)
class Delegates:
    """Places held, of the whole congress or of the reader's part of it."""

    delegations: tuple[Delegation, ...]  # those with most still to elect first
    by_category: dict[str, int]
    confirmed: int

    @property
    def total(self) -> int:
        """All places held."""
        return sum(self.by_category.values())

    @property
    def waiting(self) -> int:
        """Places whose holders have not answered yet."""
        return self.total - self.confirmed

    @property
    def seats(self) -> int | None:
        """Seats to elect; None while no allocation is in force."""
        told = [one.seats for one in self.delegations if one.seats is not None]
        return sum(told) if told else None

    @property
    def elected(self) -> int:
        """Elected delegates."""
        return self.by_category.get("elected", 0)

    @property
    def missing(self) -> int:
        """Seats nobody holds yet, delegation by delegation."""
        return sum(max(0, one.left or 0) for one in self.delegations)

    @property
    def over(self) -> int:
        """Delegations that hold more elected places than seats."""
        return sum((one.left or 0) < 0 for one in self.delegations)


@dataclass(frozen=True)
class Programme:
    """The programme now: which item runs, which comes, what is wrong."""

    sessions: tuple[TimedSession, ...]
    shown: TimedSession | None
    running: TimedItem | None
    coming: TimedItem | None
    faults: tuple[warnings.Finding, ...]


@dataclass(frozen=True)
class Overview:
    """Everything the page shows; None: not for this reader, or not there."""

    is_whole: bool
    delegates: Delegates | None
    cap: CapStatus | None
    badges: BadgeCounts | None
    session: Session | None
    attendance: Attendance | None
    programme: Programme | None
    lights: tuple[Light, ...]


def overview(congress: Congress, rules: LevelRules, reach: Reach) -> Overview:
    """One congress for one reader."""
    delegates = _delegates(congress, reach.delegates) if reach.delegates else None
    whole = reach.is_whole(reach.delegates)
    cap = (
        credentials.cap_status(rules.cap, congress.unit.code, delegates.by_category)
        if delegates and whole
        else None
    )
    badges = badge_queries.counts(congress.id) if reach.is_whole(reach.badges) else None
    session, attendance = _attendance(congress, reach)
    programme = _programme(congress, rules) if reach.programme else None
    facts = _facts(congress, rules, delegates, cap, badges, programme)
    lights = indicators.congress_lights(facts, clock.today()) if whole else []
    return Overview(whole, delegates, cap, badges, session, attendance, programme, tuple(lights))


def _delegates(congress: Congress, within: Sequence[str]) -> Delegates:
    found = delegation_queries.delegations(congress, within=within)
    by_category: dict[str, int] = {}
    for one in found:
        for category, number in one.by_category.items():
            by_category[category] = by_category.get(category, 0) + number
    ordered = sorted(found, key=lambda one: -(one.left or 0))
    return Delegates(tuple(ordered), by_category, sum(one.confirmed for one in found))


def _attendance(congress: Congress, reach: Reach) -> tuple[Session | None, Attendance | None]:
    if not reach.checkin:
        return None, None
    session = checkin_queries.session_now(congress.id, clock.now())
    if session is None:
        return None, None
    # Guests belong to no delegation, so only the whole house counts them.
    within = EVERYWHERE if reach.is_whole(reach.checkin) else reach.checkin
    return session, checkin_queries.attendance(congress.id, session, within)


def _programme(congress: Congress, rules: LevelRules) -> Programme:
    sessions = programme_queries.programme_of(congress.id)
    now = clock.now()
    shown = next(
        (one for one in reversed(sessions) if one.session.starts_at <= now < one.ends),
        next((one for one in sessions if one.session.starts_at > now), None),
    )
    items = {each.item.id: each for each in shown.items} if shown else {}
    slots = [each.slot for each in shown.items] if shown else []
    running, coming = timetable.now_and_next(slots, now)
    faults = warnings.findings(
        programme_queries.outline_of(sessions),
        rules.mandatory_items,
        congress.duration == Duration.FULL_DAY,
    )
    return Programme(
        tuple(sessions),
        shown,
        items[running.key] if running else None,
        items[coming.key] if coming else None,
        tuple(faults),
    )


def _facts(
    congress: Congress,
    rules: LevelRules,
    delegates: Delegates | None,
    cap: CapStatus | None,
    badges: BadgeCounts | None,
    programme: Programme | None,
) -> CongressFacts:
    due = timing.due_of(rules)
    today = clock.today()
    return CongressFacts(
        state=congress.state,
        held_on=congress.held_on,
        plan_light=timing.light(due, congress.state, congress.held_on, today),
        cap_limit=cap.limit if cap else None,
        cap_used=cap.used if cap else None,
        elects=congress.level != Level.BASE,
        seats=delegates.seats if delegates else None,
        missing=delegates.missing if delegates else 0,
        over=delegates.over if delegates else 0,
        delegates=delegates.total if delegates else 0,
        waiting=delegates.waiting if delegates else 0,
        badges_missing=badges.missing if badges else None,
        has_programme=bool(programme and programme.sessions),
        programme_faults=len(programme.faults) if programme else 0,
    )


def figures(seen: Overview) -> dict[str, object]:
    """The numbers of the page as plain JSON values."""
    delegates, attendance, badges = seen.delegates, seen.attendance, seen.badges
    return {
        "cap": {"used": seen.cap.used, "limit": seen.cap.limit} if seen.cap else None,
        "delegates": {
            "total": delegates.total,
            "confirmed": delegates.confirmed,
            "by_category": delegates.by_category,
            "seats": delegates.seats,
            "elected": delegates.elected,
            "missing": delegates.missing,
        }
        if delegates
        else None,
        "badges": {"entitled": badges.entitled, "issued": badges.issued, "printed": badges.printed}
        if badges
        else None,
        "presence": {
            "session_id": attendance.session_id,
            "convened": attendance.convened,
            "present": attendance.present,
            "excused": attendance.excused,
        }
        if attendance
        else None,
        "running": seen.programme.running.item.id
        if seen.programme and seen.programme.running
        else None,
    }
