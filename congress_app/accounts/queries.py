"""Who exists, and who is locked out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import selectinload

from congress_app.accounts import sessions, throttle
from congress_app.accounts.authority import covers, is_root
from congress_app.accounts.models import (
    RecoveryCode,
    SecondFactor,
    SignInFailures,
    SignInSession,
    User,
    UserGrant,
)
from congress_app.accounts.sessions import LONGEST
from congress_app.database import db
from congress_app.kernel import clock
from congress_app.kernel.errors import NotFound
from congress_app.kernel.networks import network_of
from congress_app.kernel.permissions import PRIVILEGED_ROLES, Actor, Grant, Role
from congress_app.kernel.vietnamese import fold
from congress_app.units.models import Unit

SORTS = {"name": User.sort_key, "username": User.username, "last": User.last_sign_in_at}


def grants_of(user: User) -> tuple[Grant, ...]:
    """The user's grants as the permission rules read them."""
    return tuple(Grant(Role(held.role), held.unit.path) for held in user.grants)


def actor_of(user: User, address: str | None) -> Actor:
    """The user as an actor, from this address."""
    return Actor(
        kind="user",
        id=user.id,
        name=user.username,
        display_name=user.display_name,
        grants=grants_of(user),
        address=address,
    )


def active_actor(user_id: int) -> Actor | None:
    """The user with the rights he holds now; None when the account is closed or there is none.

    What was begun in his name asks here before it goes on.
    """
    user = db.session.get(User, user_id, populate_existing=True)
    return actor_of(user, None) if user is not None and user.is_active else None


def home_path(user: User) -> str | None:
    """Where the log files what concerns the user: the unit of his first grant, if any."""
    return user.grants[0].unit.path if user.grants else None


def words_about(user: User) -> tuple[str, ...]:
    """What everybody knows of the user, and would try as a password."""
    units = [word for held in user.grants for word in (held.unit.name, held.unit.code)]
    return (user.username, user.display_name, *units)


def user_by_name(username: str) -> User | None:
    """The user of a normalised name, signed out, deactivated or not."""
    return db.session.scalar(select(User).where(User.username == username))


def user_by_id(user_id: int) -> User | None:
    """The user of an id."""
    return db.session.get(User, user_id)


def own(actor: Actor) -> User:
    """The account of a signed-in actor; NotFound for any other actor."""
    user = user_by_id(actor.id) if actor.kind == "user" and actor.id else None
    if user is None:
        raise NotFound
    return user


def is_managed_by_another(user: User) -> bool:
    """Is there an open account, another one, that may manage this user's?"""
    grants = grants_of(user)
    is_administrator = User.grants.any(UserGrant.role == Role.ADMIN)
    others = _with_grants().where(User.id != user.id, User.is_active, is_administrator)
    return any(covers(actor_of(other, None), grants) for other in db.session.scalars(others))


def has_demo_accounts() -> bool:
    """True where the demonstration is loaded."""
    return bool(db.session.scalar(select(exists().where(User.is_demo))))


def demo_accounts() -> Sequence[User]:
    """The demonstration's accounts that can sign in, in the order they were made."""
    wanted = select(User).where(User.is_demo, User.is_active).order_by(User.id)
    return db.session.scalars(wanted).all()


def factor_of(user_id: int) -> SecondFactor | None:
    """The user's second factor, confirmed or still being set up."""
    return db.session.get(SecondFactor, user_id)


def has_factor(user_id: int) -> bool:
    """True when signing in asks this user for a code."""
    found = factor_of(user_id)
    return found is not None and found.confirmed_at is not None


def unused_codes(user_id: int) -> Sequence[RecoveryCode]:
    """The recovery codes that still open the account once each."""
    wanted = select(RecoveryCode).where(
        RecoveryCode.user_id == user_id, RecoveryCode.used_at.is_(None)
    )
    return db.session.scalars(wanted.order_by(RecoveryCode.id)).all()


def rested_users(before: datetime) -> Sequence[User]:
    """Open accounts, the demonstration's apart, that nobody has used since `before`."""
    wanted = select(User).where(
        User.is_active,
        User.is_demo.is_(False),
        User.created_at < before,
        or_(User.last_sign_in_at.is_(None), User.last_sign_in_at < before),
        or_(User.reopened_at.is_(None), User.reopened_at < before),
    )
    return db.session.scalars(wanted.order_by(User.id)).all()


def open_sessions(user: User) -> Sequence[SignInSession]:
    """The user's sessions that were not ended and may still be in use."""
    wanted = (
        select(SignInSession)
        .where(
            SignInSession.user_id == user.id,
            SignInSession.ended_at.is_(None),
            SignInSession.created_at > clock.now() - LONGEST,
        )
        .order_by(SignInSession.id.desc())
    )
    now = clock.now()
    privileged = any(grant.role in PRIVILEGED_ROLES for grant in grants_of(user))
    return [
        row
        for row in db.session.scalars(wanted)
        if sessions.is_open(row.created_at, row.last_seen_at, now, privileged=privileged)
    ]


@dataclass(frozen=True)
class UserFilter:
    """What the list of users is narrowed to and sorted by; empty values narrow nothing."""

    text: str = ""
    role: str = ""
    state: str = ""  # "active", "inactive", "idle", "waiting" (for its own password)
    sort: str = ""  # a key of SORTS; by name when it is none


def users(
    wanted: UserFilter, *, within: tuple[str, ...], offset: int, limit: int | None
) -> tuple[Sequence[User], int]:
    """One page of the users who hold a grant below `within` (`limit` None: all), and how many.

    Users without any grant are shown to those who reach the whole tree.
    """
    conditions = [_visible(within), *_narrowed(wanted)]
    total = db.session.scalar(select(func.count(User.id)).where(*conditions)) or 0
    column = SORTS.get(wanted.sort, User.sort_key)
    order = column.desc().nulls_last() if wanted.sort == "last" else column.asc()
    rows = _with_grants().where(*conditions).order_by(order, User.id).offset(offset).limit(limit)
    return db.session.scalars(rows).all(), total


def visible_user(user_id: int, *, within: tuple[str, ...]) -> User | None:
    """The user, if he holds a grant below `within` (or none at all, for the whole tree)."""
    return db.session.scalar(_with_grants().where(User.id == user_id, _visible(within)))


def _with_grants() -> Select[User]:
    return select(User).options(selectinload(User.grants).joinedload(UserGrant.unit))


def _visible(within: tuple[str, ...]) -> ColumnElement[bool]:
    if any(is_root(path) for path in within):
        return User.id.is_not(None)
    return User.grants.any(UserGrant.unit.has(_below(within)))


def _below(within: tuple[str, ...]) -> ColumnElement[bool]:
    return or_(False, *(Unit.path.startswith(prefix) for prefix in within))


def _narrowed(wanted: UserFilter) -> Iterable[ColumnElement[bool]]:
    if text := fold(wanted.text):
        yield or_(
            User.search_key.contains(text, autoescape=True),
            User.username.contains(text, autoescape=True),
            User.grants.any(UserGrant.unit.has(Unit.search_key.contains(text, autoescape=True))),
        )
    if wanted.role in [role.value for role in Role]:
        yield User.grants.any(UserGrant.role == wanted.role)
    if wanted.state == "inactive":
        yield User.is_active.is_(False)
    elif wanted.state == "idle":
        yield User.idle_locked_at.is_not(None)
    elif wanted.state == "active":
        yield User.is_active.is_(True)
    elif wanted.state == "waiting":
        yield and_(User.is_active.is_(True), User.must_change_password.is_(True))


def locks(usernames: Iterable[str]) -> dict[str, datetime]:
    """Which of the names are locked now, and until when."""
    keys = {throttle.name_key(name): name for name in usernames}
    wanted = select(SignInFailures.key, SignInFailures.locked_until).where(
        SignInFailures.key.in_(keys), SignInFailures.locked_until > clock.now()
    )
    return {keys[key]: until for key, until in db.session.execute(wanted) if until}


def is_of_the_house(address: str) -> bool:
    """Did anybody sign in from the address lately, of IPv6 from the network around it?

    Ended sessions are kept for 90 days.
    """
    return _was_used(address)


def has_signed_in_from(user_id: int, address: str) -> bool:
    """The same of one user."""
    return _was_used(address, SignInSession.user_id == user_id)


def _was_used(address: str, *wanted: ColumnElement[bool]) -> bool:
    network, column = network_of(address), SignInSession.address
    same = column == address if network == address else column.contains(":")
    seen = db.session.scalars(select(column).where(same, *wanted).distinct())
    return any(one and network_of(one) == network for one in seen)


def locked_until(key: str) -> datetime | None:
    """Until when a key of the throttle waits; None when it never had to."""
    return db.session.scalar(select(SignInFailures.locked_until).where(SignInFailures.key == key))
