"""Who is behind the cookie: asked before every page and by every live board, so plain values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import cast

from sqlalchemy import Table, bindparam, exists, select

from congress_app.accounts.models import SecondFactor, SignInSession, User, UserGrant
from congress_app.database import db
from congress_app.kernel.permissions import Actor, Grant, Role
from congress_app.units.models import Unit


@dataclass(frozen=True)
class OpenSession:
    """An open session, its user as an actor, and what the shell must know of him.

    `demo_loaded`: the demonstration's accounts stand in this database.
    """

    id: int
    created_at: datetime
    last_seen_at: datetime | None
    actor: Actor
    must_change_password: bool
    second_factor_due_at: datetime | None
    is_demo: bool
    demo_loaded: bool
    has_factor: bool


_session = cast(Table, SignInSession.__table__)
_user = cast(Table, User.__table__)
_grant = cast(Table, UserGrant.__table__)
_unit = cast(Table, Unit.__table__)
_factor = cast(Table, SecondFactor.__table__)
# Any account at all, beside the one asked for.
_demo = _user.alias("demo")
# Put together once: building it costs more than the database does. A row for each grant.
_SIGNED_IN = (
    select(
        _session.c.id,
        _session.c.created_at,
        _session.c.last_seen_at,
        _user.c.id.label("user_id"),
        _user.c.username,
        _user.c.display_name,
        _user.c.must_change_password,
        _user.c.second_factor_due_at,
        _user.c.is_demo,
        exists().where(_demo.c.is_demo).label("demo_loaded"),
        exists()
        .where(_factor.c.user_id == _user.c.id, _factor.c.confirmed_at.is_not(None))
        .label("has_factor"),
        _grant.c.role,
        _unit.c.path,
    )
    .select_from(
        _session.join(_user, _session.c.user_id == _user.c.id)
        .outerjoin(_grant, _grant.c.user_id == _user.c.id)
        .outerjoin(_unit, _grant.c.unit_id == _unit.c.id)
    )
    .where(
        _session.c.token_hash == bindparam("hashed"),
        _session.c.ended_at.is_(None),
        _user.c.is_active,
    )
    .order_by(_grant.c.id)
)


def signed_in(token_hash: str, address: str | None = None) -> OpenSession | None:
    """The open session of a token, its actor calling from this address; one statement.

    None for an unknown token, an ended session and a deactivated user.
    """
    rows = db.session.connection().execute(_SIGNED_IN, {"hashed": token_hash}).all()
    if not rows:
        return None
    first = rows[0]
    actor = Actor(
        kind="user",
        id=first.user_id,
        name=first.username,
        display_name=first.display_name,
        grants=tuple(Grant(Role(row.role), row.path) for row in rows if row.role is not None),
        address=address,
    )
    return OpenSession(
        first.id,
        first.created_at,
        first.last_seen_at,
        actor,
        first.must_change_password,
        first.second_factor_due_at,
        first.is_demo,
        bool(first.demo_loaded),
        bool(first.has_factor),
    )
