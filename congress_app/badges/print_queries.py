"""The log of printings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from congress_app.badges.models import Badge, BadgePrint, BadgePrintItem
from congress_app.badges.number_ranges import ranges
from congress_app.database import db
from congress_app.delegates.models import Delegate


@dataclass(frozen=True)
class PrintLine:
    """A printing with the delegates' numbers it was for, as "1–120, 125"."""

    run: BadgePrint
    numbers: str


def prints_of(congress_id: int) -> list[PrintLine]:
    """Every printing of a congress, the latest first; two queries."""
    runs = db.session.scalars(
        select(BadgePrint)
        .where(BadgePrint.congress_id == congress_id)
        .order_by(BadgePrint.id.desc())
    ).all()
    return _lines(runs)


def page_of_prints(congress_id: int, number: int, size: int) -> tuple[list[PrintLine], int]:
    """One page of them and how many there are."""
    mine = select(BadgePrint).where(BadgePrint.congress_id == congress_id)
    total = db.session.scalar(select(func.count()).select_from(mine.subquery()))
    runs = db.session.scalars(
        mine.order_by(BadgePrint.id.desc()).limit(size).offset((number - 1) * size)
    ).all()
    return _lines(runs), total or 0


def prints_of_delegate(delegate_id: int) -> Sequence[tuple[BadgePrint, int]]:
    """The printings a delegate's badges were in, with the badge's version; latest first."""
    rows = db.session.execute(
        select(BadgePrint, Badge.version)
        .join(BadgePrintItem, BadgePrintItem.print_id == BadgePrint.id)
        .join(Badge, Badge.id == BadgePrintItem.badge_id)
        .where(Badge.delegate_id == delegate_id)
        .order_by(BadgePrint.id.desc())
    )
    return [(run, version) for run, version in rows]


def _lines(runs: Iterable[BadgePrint]) -> list[PrintLine]:
    listed = list(runs)
    numbers: dict[int, list[int]] = {run.id: [] for run in listed}
    rows = db.session.execute(
        select(BadgePrintItem.print_id, Delegate.number)
        .join(Badge, Badge.id == BadgePrintItem.badge_id)
        .join(Delegate, Delegate.id == Badge.delegate_id)
        .where(BadgePrintItem.print_id.in_(numbers))
    )
    for print_id, number in rows:
        if number is not None:
            numbers[print_id].append(number)
    return [PrintLine(run, ranges(numbers[run.id])) for run in listed]
