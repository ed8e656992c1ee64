"""Does the database hold anything that is not of a demonstration?"""

from __future__ import annotations

from sqlalchemy import ColumnElement, exists, or_, select

from congress_app.accounts.models import User
from congress_app.congresses.models import Congress, StoredRulebook
from congress_app.database import db
from congress_app.demo.rows import SOURCE
from congress_app.units.models import Unit


def holds_real_data() -> bool:
    """True for any unit, user, congress or copied rulebook that a demonstration did not make."""
    real: tuple[ColumnElement[bool], ...] = (
        exists().where(or_(Unit.headcount_source.is_(None), Unit.headcount_source != SOURCE)),
        exists().where(User.is_demo.is_(False)),
        exists().where(Congress.is_demo.is_(False)),
        exists().where(StoredRulebook.is_preset.is_(False)),
    )
    return bool(db.session.scalar(select(or_(*real))))


def demo_congresses() -> list[dict[str, object]]:
    """What the command names of every congress, from above."""
    rank = {"national": 0, "upper_base": 1, "base": 2}
    rows = db.session.execute(
        select(Congress.id, Congress.level, Unit.code, Congress.name).join(
            Unit, Congress.unit_id == Unit.id
        )
    )
    listed = sorted(rows, key=lambda row: (rank[row.level], row.id))
    return [
        {"id": key, "level": level, "unit_code": code, "name": name}
        for key, level, code, name in listed
    ]
