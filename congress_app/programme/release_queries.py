"""What delegates and screens see: the last release, never the draft."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from congress_app.database import db
from congress_app.delegates.models import Delegate
from congress_app.programme import release_values
from congress_app.programme.release_models import ProgrammeNotice, ProgrammeRelease
from congress_app.programme.release_values import Release


def released(congress_id: int) -> Release | None:
    """The last release as a plain value; None until the first one. One query."""
    row = db.session.scalar(
        select(ProgrammeRelease)
        .where(ProgrammeRelease.congress_id == congress_id)
        .order_by(ProgrammeRelease.number.desc())
        .limit(1)
    )
    return None if row is None else value_of(row)


def released_number(congress_id: int) -> int:
    """The number of the last release, 0 without one; reads only an index."""
    return (
        db.session.scalar(
            select(func.max(ProgrammeRelease.number)).where(
                ProgrammeRelease.congress_id == congress_id
            )
        )
        or 0
    )


def release_by_number(congress_id: int, number: int) -> ProgrammeRelease | None:
    """One release with whom it touches."""
    return db.session.scalar(
        select(ProgrammeRelease)
        .where(ProgrammeRelease.congress_id == congress_id, ProgrammeRelease.number == number)
        .options(
            selectinload(ProgrammeRelease.notices)
            .joinedload(ProgrammeNotice.delegate)
            .joinedload(Delegate.person)
        )
    )


def releases_of(congress_id: int) -> Sequence[ProgrammeRelease]:
    """All releases, the last first."""
    return db.session.scalars(
        select(ProgrammeRelease)
        .where(ProgrammeRelease.congress_id == congress_id)
        .order_by(ProgrammeRelease.number.desc())
        .options(selectinload(ProgrammeRelease.notices))
    ).all()


def notices_for(delegate_id: int) -> Sequence[ProgrammeNotice]:
    """What a delegate was told by releases, the last first; `.release` gives number and time."""
    return db.session.scalars(
        select(ProgrammeNotice)
        .where(ProgrammeNotice.delegate_id == delegate_id)
        .order_by(ProgrammeNotice.id.desc())
        .options(joinedload(ProgrammeNotice.release))
    ).all()


def value_of(row: ProgrammeRelease) -> Release:
    """A stored release as a plain value."""
    return Release(
        congress_id=row.congress_id,
        number=row.number,
        released_at=row.released_at,
        released_by=row.released_by,
        note=row.note,
        sessions=release_values.sessions_of(row.body),
        removed=release_values.removed_of(row.body),
    )
