"""The link of a hall's screen, and what a screen asks every two seconds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from sqlalchemy import Table, bindparam, func, select
from sqlalchemy.orm import joinedload

from congress_app.checkin.hall_models import HallLink
from congress_app.congresses.models import Congress, Pulse
from congress_app.database import db

LONGEST_TOKEN = 64
# Built once and from tables: two hundred screens send it every two seconds.
_link, _pulse = cast(Table, HallLink.__table__), cast(Table, Pulse.__table__)
_WATCHED = (
    select(_link.c.congress_id, func.coalesce(_pulse.c.counter, 0))
    .outerjoin(_pulse, _pulse.c.congress_id == _link.c.congress_id)
    .where(_link.c.token == bindparam("wanted"), _link.c.revoked_at.is_(None))
)


@dataclass(frozen=True)
class Watched:
    """The congress behind a link and its counter: one indexed row."""

    congress_id: int
    counter: int


def watched(token: str) -> Watched | None:
    """What the link opens; None for one that is unknown or was revoked."""
    if not _is_plausible(token):
        return None
    row = db.session.connection().execute(_WATCHED, {"wanted": token}).one_or_none()
    return None if row is None else Watched(*row)


def congress_behind(token: str) -> Congress | None:
    """The congress the link opens."""
    found = watched(token)
    return db.session.get(Congress, found.congress_id) if found else None


def standing_link(congress_id: int) -> HallLink | None:
    """The link that may be used now."""
    return db.session.scalar(
        select(HallLink)
        .where(HallLink.congress_id == congress_id, HallLink.revoked_at.is_(None))
        .options(joinedload(HallLink.congress))
    )


def revoked_links(congress_id: int) -> Sequence[HallLink]:
    """Links of before, newest first."""
    return db.session.scalars(
        select(HallLink)
        .where(HallLink.congress_id == congress_id, HallLink.revoked_at.is_not(None))
        .order_by(HallLink.id.desc())
    ).all()


def _is_plausible(token: str) -> bool:
    return 0 < len(token) <= LONGEST_TOKEN and token.isascii() and token.isprintable()
