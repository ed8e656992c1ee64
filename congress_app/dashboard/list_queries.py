"""Every congress with its figures, for the command line."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select

from congress_app.checkin.models import Presence
from congress_app.checkin.queries import ATTENDING
from congress_app.congresses import rulebook
from congress_app.congresses.models import Congress, Season
from congress_app.congresses.rulebook import Level
from congress_app.database import db
from congress_app.delegates.models import Delegate
from congress_app.kernel import clock
from congress_app.programme.models import Session
from congress_app.units.models import Unit


def congress_list() -> list[dict[str, Any]]:
    """All congresses from above; six statements whatever their number.

    `cap` None: no cap. `convened` counts delegates called or confirmed, `present` those
    in the hall of the session whose door is open now (else of the last one). At base
    level everybody attends and only the number is kept, so it stands for both.
    """
    limits, own = _limits()
    convened, present = _convened(), _present()
    columns = (
        Congress.id,
        Congress.level,
        Unit.code,
        Congress.name,
        Congress.held_on,
        Congress.state,
        Congress.season_id,
        Congress.attendance,
    )
    order = {level: place for place, level in enumerate(reversed(Level))}
    rows = db.session.execute(select(*columns).join(Unit, Congress.unit_id == Unit.id)).all()
    listed = []
    for row in sorted(rows, key=lambda row: (order[Level(row.level)], row.id)):
        cap = own.get(row.id) or limits[row.season_id, row.level]
        everyone = row.level == Level.BASE and row.id not in convened
        listed.append(
            {
                "id": row.id,
                "level": row.level,
                "unit_code": row.code,
                "name": row.name,
                "date": row.held_on.isoformat() if row.held_on else None,
                "state": row.state,
                "cap": cap.limit(row.code),
                "convened": row.attendance or 0 if everyone else convened.get(row.id, 0),
                "present": row.attendance or 0 if everyone else present.get(row.id, 0),
            }
        )
    return listed


def _limits() -> tuple[dict[tuple[int, str], rulebook.Cap], dict[int, rulebook.Cap]]:
    """Caps by season and level, and those of upper congresses that froze rules of their own."""
    seasons = db.session.scalars(select(Season)).all()
    by_season = {
        (season.id, level.value): rules.cap
        for season in seasons
        for level, rules in rulebook.from_json(season.rulebook.body).levels.items()
    }
    frozen = select(Congress.id, Congress.level, Congress.rules).where(
        Congress.level != Level.BASE, Congress.rules.is_not(None)
    )
    own = {
        key: rulebook.from_json(body).level(level).cap
        for key, level, body in db.session.execute(frozen)
    }
    return by_season, own


def _convened() -> dict[int, int]:
    counted = (
        select(Delegate.congress_id, func.count())
        .where(Delegate.state.in_(ATTENDING))
        .group_by(Delegate.congress_id)
    )
    return dict(db.session.execute(counted).all())


def _present() -> dict[int, int]:
    """How many stand in the hall of the session shown now, by congress."""
    sessions = db.session.execute(
        select(
            Session.congress_id, Session.id, Session.doors_open_at, Session.doors_close_at
        ).order_by(Session.starts_at)
    ).all()
    now = clock.now()
    shown: dict[int, int] = {}
    opened: set[int] = set()
    for row in sessions:
        is_open = row.doors_open_at <= now < row.doors_close_at
        if is_open or (row.congress_id not in opened and row.doors_open_at <= now):
            shown[row.congress_id] = row.id
        if is_open:
            opened.add(row.congress_id)
    counted = (
        select(Presence.session_id, func.count())
        .where(Presence.is_present)
        .group_by(Presence.session_id)
    )
    inside = dict(db.session.execute(counted).all())
    return {congress_id: inside.get(key, 0) for congress_id, key in shown.items()}
