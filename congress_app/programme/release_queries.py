"""What delegates and screens see: the last release, never the draft."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import joinedload, selectinload

from congress_app.database import db
from congress_app.delegates.models import Delegate, Person
from congress_app.programme import honour_queries, queries, release_changes, release_values
from congress_app.programme.honours import HonourLine
from congress_app.programme.queries import TimedSession
from congress_app.programme.release_changes import Change, Touched
from congress_app.programme.release_models import ProgrammeNotice, ProgrammeRelease
from congress_app.programme.release_values import Release, ReleasedItem, ReleasedSession


@dataclass(frozen=True)
class Draft:
    """The programme as it is being edited, against the last release."""

    last: Release | None
    sessions: tuple[ReleasedSession, ...]
    changes: tuple[Change, ...]
    touched: tuple[Touched, ...]
    fingerprint: str

    @property
    def number(self) -> int:
        """The number the next release will have."""
        return 1 if self.last is None else self.last.number + 1

    @property
    def is_new(self) -> bool:
        """True when a release would change what is seen."""
        made, _gone = release_values.numbered(self.last, self.sessions, 0)
        return self.last is None or tuple(made) != self.last.sessions


def draft_of(congress_id: int) -> Draft:
    """The draft with what its release would change and whom it would touch."""
    last = released(congress_id)
    before = last.sessions if last else ()
    honoured = honour_queries.lines_of(congress_id)
    after = tuple(_as_released(timed, honoured) for timed in queries.programme_of(congress_id))
    names = _names([item.delegate_id for part in (*before, *after) for item in part.items])
    return Draft(
        last=last,
        sessions=after,
        changes=tuple(release_changes.compare(before, after)),
        touched=tuple(release_changes.touched(before, after, names)),
        fingerprint=release_values.fingerprint(after),
    )


def _as_released(
    timed: TimedSession, honoured: Mapping[int, Sequence[HonourLine]]
) -> ReleasedSession:
    session = timed.session
    return ReleasedSession(
        id=session.id,
        kind=session.kind,
        title=session.title,
        hall=session.hall,
        starts=session.starts_at,
        ends=timed.ends,
        doors_open=session.doors_open_at,
        doors_close=session.doors_close_at,
        items=tuple(
            ReleasedItem(
                id=each.item.id,
                session_id=session.id,
                kind=each.item.kind,
                title=each.item.speech.title if each.item.speech else each.item.title,
                presenter=queries.presenter_of(each.item),
                starts=each.slot.starts,
                ends=each.slot.ends,
                parallel=each.item.parallel,
                speech_id=each.item.speech_id,
                delegate_id=each.item.speech.delegate_id if each.item.speech else None,
                honours=tuple(line.name for line in honoured.get(each.item.id, ())),
            )
            for each in timed.items
        ),
    )


def _names(delegates: Sequence[int | None]) -> dict[int, str]:
    rows = db.session.execute(
        select(Delegate.id, Person.full_name)
        .join(Person, Delegate.person_id == Person.id)
        .where(Delegate.id.in_({each for each in delegates if each is not None}))
    )
    return {row[0]: row[1] for row in rows}


# Put together once: phones and the hall's screen ask it again and again.
_RELEASED = (
    select(ProgrammeRelease)
    .where(ProgrammeRelease.congress_id == bindparam("congress"))
    .order_by(ProgrammeRelease.number.desc())
    .limit(1)
)


def released(congress_id: int) -> Release | None:
    """The last release as a plain value; None until the first one. One query."""
    row = db.session.scalar(_RELEASED, {"congress": congress_id})
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
