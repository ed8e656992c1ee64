"""The list of awards as its page and its forms need it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select

from congress_app.database import db
from congress_app.exemplars.awards import STANDARD_KINDS
from congress_app.exemplars.models import Award, AwardName


@dataclass(frozen=True)
class AwardLine:
    """One line of the list; `version` is 1 until somebody has edited the list."""

    code: str
    name: str
    aliases: tuple[str, ...]
    is_offered: bool
    version: int
    recorded: int


def lines() -> list[AwardLine]:
    """Every line in its order, with how many awards of the kind are on record."""
    query = select(Award.kind, func.count().label("number")).group_by(Award.kind)
    counted = {row.kind: row.number for row in db.session.execute(query)}
    rows = db.session.scalars(select(AwardName).order_by(AwardName.position, AwardName.id)).all()
    found = [
        AwardLine(
            row.code,
            row.name,
            tuple(row.aliases),
            row.is_offered,
            row.version,
            counted.get(row.code, 0),
        )
        for row in rows
    ]
    return found or [
        AwardLine(kind.code, kind.name, kind.aliases, True, 1, counted.get(kind.code, 0))
        for kind in STANDARD_KINDS
    ]


def offered() -> list[AwardLine]:
    """The lines that are still offered."""
    return [line for line in lines() if line.is_offered]
