"""Keep the sums of the tree beside it; called by whoever changes the tree, in its transaction.

The caller has locked the tree (`queries.lock_tree`), so nobody else adds up meanwhile.
"""

from __future__ import annotations

from sqlalchemy import case, delete, func, insert, select
from sqlalchemy.orm import Session

from congress_app.database import transaction
from congress_app.units import queries
from congress_app.units.models import Unit, UnitSum
from congress_app.units.tree import ids_of


def follow(*paths: str) -> None:
    """Add up anew the units at these paths and all above them."""
    with transaction() as session:
        session.flush()
        depths = {key: place for path in paths for place, key in enumerate(ids_of(path))}
        for unit_id in sorted(depths, key=lambda key: depths[key], reverse=True):
            _add_up(session, unit_id)


def rebuild() -> None:
    """Add up the whole tree anew, after many of its units were written at once."""
    with transaction() as session:
        session.flush()
        session.execute(delete(UnitSum))
        rows = [
            {
                "unit_id": unit_id,
                "units": total.units,
                "people": total.headcount.total,
                "unknown": total.headcount.unknown,
            }
            for unit_id, total in queries.subtree_totals(queries.EVERYTHING).items()
        ]
        if rows:
            session.execute(insert(UnitSum), rows)


def _add_up(session: Session, unit_id: int) -> None:
    unknown = case((Unit.headcount.is_(None), 1), else_=0)
    counted = (
        select(
            func.sum(func.coalesce(UnitSum.units, 1)),
            func.sum(func.coalesce(UnitSum.people, Unit.headcount, 0)),
            func.sum(func.coalesce(UnitSum.unknown, unknown)),
        )
        .select_from(Unit)
        .outerjoin(UnitSum, UnitSum.unit_id == Unit.id)
        .where(Unit.parent_id == unit_id, Unit.merged_into_id.is_(None))
    )
    units, people, silent = session.execute(counted).one()
    own = select(Unit.headcount).where(Unit.id == unit_id, Unit.merged_into_id.is_(None))
    session.execute(delete(UnitSum).where(UnitSum.unit_id == unit_id))
    if units is not None:
        values = {"units": units + 1, "people": people + (session.scalar(own) or 0)}
        session.execute(insert(UnitSum).values(unit_id=unit_id, unknown=silent, **values))
