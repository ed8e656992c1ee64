"""What one delegate may see of the congress: own badge, programme, own speech."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from congress_app.agenda.personal import Day, Line, Part, day_at
from congress_app.badges.models import Badge
from congress_app.database import db
from congress_app.delegates.models import Delegate, Person
from congress_app.programme import queries as programme
from congress_app.programme.queries import TimedSession


@dataclass(frozen=True)
class Pass:
    """The page's whole content, with nothing sensitive in it."""

    delegate: Delegate
    badge_code: str | None
    day: Day


def delegate_by_token(token: str) -> Delegate | None:
    """The delegate whose link carries this secret; None when unknown or revoked."""
    if not token or len(token) > 64 or not (token.isascii() and token.isprintable()):
        return None
    return db.session.scalar(
        select(Delegate)
        .where(Delegate.link_token == token)
        .options(
            joinedload(Delegate.person).joinedload(Person.unit),
            joinedload(Delegate.congress),
            joinedload(Delegate.delegation_unit),
            joinedload(Delegate.replaced_by).joinedload(Delegate.person),
        )
    )


def pass_of(delegate: Delegate, at: datetime) -> Pass:
    """Everything the page shows at the instant."""
    code = db.session.scalar(
        select(Badge.code).where(Badge.delegate_id == delegate.id, Badge.state == "active")
    )
    parts = [
        _part(session, delegate.id) for session in programme.programme_of(delegate.congress_id)
    ]
    return Pass(delegate, code, day_at(parts, at))


def _part(timed: TimedSession, delegate_id: int) -> Part:
    session = timed.session
    lines = tuple(
        Line(
            starts=each.slot.starts,
            ends=each.slot.ends,
            title=each.item.speech.title if each.item.speech else each.item.title,
            presenter=programme.presenter_of(each.item),
            is_mine=each.item.speech is not None and each.item.speech.delegate_id == delegate_id,
        )
        for each in timed.items
    )
    return Part(session.title, session.hall, session.starts_at, session.doors_open_at, lines)
