"""Seal anew what the log holds under seal; the chain holds as it is (`chain.py`)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import update

from congress_app.audit import sealed_queries
from congress_app.audit.models import Entry
from congress_app.database import transaction


class Part(NamedTuple):
    """Some entries that were looked at: the row of the last, how many were sealed anew."""

    last: int
    resealed: int


def reseal_part(keys: Sequence[str], after: int) -> Part | None:
    """Under the first of the keys what the others have sealed, of the next entries behind
    that row; None when there are none left.

    What no key opens stays as it is, for an old key may come back.
    """
    with transaction() as session:
        session.flush()
        last = sealed_queries.part_end(after)
        count = 0
        for row in sealed_queries.part_held(after, last):
            changes = sealed_queries.anew(row, keys)
            if changes is not None:
                session.execute(update(Entry).where(Entry.id == row.id).values(changes=changes))
                count += 1
        return Part(last, count) if last > after else None
