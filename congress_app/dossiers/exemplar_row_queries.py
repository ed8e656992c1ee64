"""What an exemplar's record still holds of what a deletion takes."""

from __future__ import annotations

from sqlalchemy import select

from congress_app.database import db
from congress_app.dossiers import holdings, person_queries, row_queries


def holds(exemplar_id: int) -> bool:
    """Is there anything left in the tables that the exemplar's deletion would take?"""
    keys = {"exemplar": {exemplar_id}}
    file = row_queries.table("exemplar_file")
    files = select(file.c.id).where(person_queries.is_of("exemplar_file", keys))
    if db.session.scalar(files.limit(1)) is not None:
        return True
    for name, emptied in holdings.ERASED_OF_EXEMPLARS.items():
        table = row_queries.table(name)
        columns = (table.c[column] for column in emptied)
        rows = db.session.execute(select(*columns).where(person_queries.is_of(name, keys)))
        if any(tuple(row) != tuple(emptied.values()) for row in rows):
            return True
    return False
