"""Badges of a congress and who still needs one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import aliased, contains_eager

from congress_app.badges import face_queries
from congress_app.badges.models import Badge, BadgePrintItem
from congress_app.database import db
from congress_app.delegates.models import Delegate, Person
from congress_app.units.models import Unit

# Who gets a badge: everybody whose place at the congress stands.
ENTITLED = ("nominated", "convened", "confirmed")


@dataclass(frozen=True)
class BadgeFilter:
    """Which badges: of one delegation or category, only some states of printing, of one run.

    `printing`: all, new (never printed), printed, changed (something on it is other now).
    """

    delegation_id: int | None = None
    printing: str = "all"
    text: str = ""
    category: str = ""
    print_id: int | None = None
    within: tuple[str, ...] = ("/",)


@dataclass(frozen=True)
class BadgeCounts:
    """How far the badges of a congress are."""

    entitled: int
    issued: int
    printed: int
    revoked: int = 0

    @property
    def missing(self) -> int:
        """Delegates who still get a badge; one that was taken away is not missing."""
        return self.entitled - self.issued - self.revoked


def counts(congress_id: int) -> BadgeCounts:
    """Entitled delegates, active badges, badges printed at least once."""
    row = db.session.execute(
        select(
            func.count(Delegate.id),
            func.count(Badge.id),
            func.count(Badge.printed_at),
        )
        .outerjoin(Badge, (Badge.delegate_id == Delegate.id) & (Badge.state == "active"))
        .where(Delegate.congress_id == congress_id, Delegate.state.in_(ENTITLED))
    ).one()
    return BadgeCounts(*row, revoked=len(revoked(congress_id)))


def _holders(state: str) -> Select[int]:
    return select(Badge.delegate_id).where(Badge.state == state)


def revoked(congress_id: int) -> Sequence[Delegate]:
    """Entitled delegates whose badge was taken away and who got no new one since."""
    return db.session.scalars(
        select(Delegate)
        .join(Delegate.person)
        .where(
            Delegate.congress_id == congress_id,
            Delegate.state.in_(ENTITLED),
            Delegate.id.in_(_holders("revoked")),
            Delegate.id.not_in(_holders("active")),
        )
        .options(contains_eager(Delegate.person))
        .order_by(Person.sort_key, Delegate.id)
    ).all()


def badge_statement(congress_id: int, wanted: BadgeFilter) -> Select[Badge]:
    """Active badges of entitled delegates in the order they are handed out: by delegation."""
    delegation = aliased(Unit)
    statement = (
        select(Badge)
        .join(Badge.delegate)
        .join(Delegate.person)
        .outerjoin(delegation, Delegate.delegation_unit_id == delegation.id)
        .where(
            Delegate.congress_id == congress_id,
            Delegate.state.in_(ENTITLED),
            Badge.state == "active",
        )
        .options(
            contains_eager(Badge.delegate).contains_eager(Delegate.person).joinedload(Person.unit),
            contains_eager(Badge.delegate).joinedload(Delegate.delegation_unit),
        )
        .order_by(delegation.precedence, delegation.code, Person.sort_key, Badge.id)
    )
    if wanted.delegation_id:
        statement = statement.where(Delegate.delegation_unit_id == wanted.delegation_id)
    if wanted.printing == "new":
        statement = statement.where(Badge.printed_at.is_(None))
    elif wanted.printing == "printed":
        statement = statement.where(Badge.printed_at.is_not(None))
    elif wanted.printing == "changed":
        statement = statement.where(Badge.id.in_(face_queries.changed_badges(congress_id)))
    if wanted.category:
        statement = statement.where(Delegate.category == wanted.category)
    if wanted.print_id:
        run = select(BadgePrintItem.badge_id).where(BadgePrintItem.print_id == wanted.print_id)
        statement = statement.where(Badge.id.in_(run))
    if wanted.text:
        statement = statement.where(Person.search_key.contains(wanted.text, autoescape=True))
    if wanted.within != ("/",):
        statement = statement.where(or_(*(delegation.path.startswith(p) for p in wanted.within)))
    return statement


def badges(congress_id: int, wanted: BadgeFilter) -> Sequence[Badge]:
    """All badges the filter finds."""
    return db.session.scalars(badge_statement(congress_id, wanted)).all()


def page_of_badges(
    congress_id: int, wanted: BadgeFilter, number: int, size: int
) -> tuple[Sequence[Badge], int]:
    """One page of them and how many there are."""
    statement = badge_statement(congress_id, wanted).limit(size).offset((number - 1) * size)
    return db.session.scalars(statement).all(), how_many(congress_id, wanted)


def how_many(congress_id: int, wanted: BadgeFilter) -> int:
    """How many badges the filter finds."""
    found = badge_statement(congress_id, wanted).with_only_columns(Badge.id).order_by(None)
    return db.session.scalar(select(func.count()).select_from(found.subquery())) or 0


def without_badge(congress_id: int) -> Sequence[Delegate]:
    """Entitled delegates who still get a badge, in protocol order of their delegations.

    Whose badge was taken away gets none in passing: somebody must say so (`reissue`).
    """
    delegation = aliased(Unit)
    return db.session.scalars(
        select(Delegate)
        .join(Delegate.person)
        .outerjoin(delegation, Delegate.delegation_unit_id == delegation.id)
        .where(
            Delegate.congress_id == congress_id,
            Delegate.state.in_(ENTITLED),
            Delegate.id.not_in(_holders("active")),
            Delegate.id.not_in(_holders("revoked")),
        )
        .order_by(delegation.precedence, delegation.code, Person.sort_key, Delegate.id)
    ).all()


def active_badge_of(delegate_id: int) -> Badge | None:
    """The badge that opens the door for a delegate."""
    return db.session.scalar(
        select(Badge).where(Badge.delegate_id == delegate_id, Badge.state == "active")
    )


def latest_badge_of(delegate_id: int) -> Badge | None:
    """The newest badge of a delegate, whatever became of it."""
    newest = select(Badge).where(Badge.delegate_id == delegate_id).order_by(Badge.version.desc())
    return db.session.scalar(newest.limit(1))


def standing_of(delegate_id: int) -> int:
    """What a form about the delegate's badge was opened at: it grows with every badge given
    and every one taken away; 0 before the first.
    """
    badge = latest_badge_of(delegate_id)
    return 0 if badge is None else 2 * badge.version + (badge.state == "revoked")


def history_of(delegate_id: int) -> Sequence[Badge]:
    """Every badge a delegate ever had, the newest first."""
    return db.session.scalars(
        select(Badge).where(Badge.delegate_id == delegate_id).order_by(Badge.version.desc())
    ).all()


def highest_number(congress_id: int) -> int:
    """The highest delegate number given out so far; 0 when none was."""
    return (
        db.session.scalar(
            select(func.max(Delegate.number)).where(Delegate.congress_id == congress_id)
        )
        or 0
    )


def badge_codes(congress_id: int) -> list[dict[str, object]]:
    """The active badges as the command prints them."""
    rows = db.session.execute(
        select(Badge.delegate_id, Delegate.number, Badge.version, Badge.code)
        .join(Badge.delegate)
        .where(
            Delegate.congress_id == congress_id,
            Badge.state == "active",
            Delegate.state.in_(ENTITLED),
        )
        .order_by(Delegate.number)
    ).all()
    return [
        dict(zip(("delegate_id", "number", "version", "code"), row, strict=True)) for row in rows
    ]


def delegations_with_badges(congress_id: int) -> list[tuple[int, str]]:
    """Units whose delegations have delegates, in protocol order: choices of the filter."""
    rows = db.session.execute(
        select(Unit.id, Unit.name)
        .join(Delegate, Delegate.delegation_unit_id == Unit.id)
        .where(Delegate.congress_id == congress_id, Delegate.state.in_(ENTITLED))
        .group_by(Unit.id, Unit.name, Unit.precedence, Unit.code)
        .order_by(Unit.precedence, Unit.code)
    )
    return [(unit_id, name) for unit_id, name in rows]


def delegate_by_id(congress_id: int, delegate_id: int) -> Delegate | None:
    """A delegate, if of this congress."""
    delegate = db.session.get(Delegate, delegate_id)
    return delegate if delegate is not None and delegate.congress_id == congress_id else None
