"""What hangs on an exemplar, in whichever table."""

from __future__ import annotations

from sqlalchemy import func, select

from congress_app.audit.models import Entry
from congress_app.database import Model, db
from congress_app.exemplars import removal
from congress_app.exemplars.models import Exemplar
from congress_app.kernel.sentences import Sentence


def obstacles(row: Exemplar) -> list[Sentence]:
    """Why the exemplar may not be deleted; empty when it may."""
    own = {removal.CONSENT: _consents(row), removal.PUBLIC: int(row.is_public)}
    return removal.obstacles(own | counts(row))


def counts(row: Exemplar) -> dict[str, int]:
    """How many rows of each table point at the exemplar, but for those that go with it."""
    found: dict[str, int] = {}
    # Later chapters point here; their tables are found, not named.
    for table in Model.metadata.sorted_tables:
        if table.name in removal.OWN_TABLES:
            continue
        for key in table.foreign_keys:
            if key.column is Exemplar.__table__.c.id:
                wanted = select(func.count()).where(key.parent == row.id)
                found[table.name] = db.session.scalar(wanted) or 0
    return found


def _consents(row: Exemplar) -> int:
    logged = db.session.scalar(
        select(func.count(Entry.id)).where(
            Entry.subject_kind == Exemplar.__tablename__,
            Entry.subject_id == row.id,
            Entry.action.in_(["exemplar.consent", "exemplar.consent_withdraw"]),
        )
    )
    return max(logged or 0, sum(map(bool, (row.story_consent, row.photo_consent))))
