"""Seal anew what the log holds under seal; the chain holds as it is (`chain.py`)."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import update

from congress_app.audit import sealed_queries
from congress_app.audit.models import Entry
from congress_app.database import transaction


def reseal(keys: Sequence[str]) -> int:
    """Under the first of the keys what the others have sealed; how many entries.

    What no key opens stays as it is, for an old key may come back.
    """
    with transaction() as session:
        session.flush()
        count = 0
        for number, changes in sealed_queries.sealed_by_older(keys):
            session.execute(update(Entry).where(Entry.id == number).values(changes=changes))
            count += 1
        return count
