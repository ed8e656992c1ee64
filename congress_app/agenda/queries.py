"""What one delegate may see of the congress: own badge, released programme, own speech."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, bindparam, exists, func, or_, select
from sqlalchemy.orm import joinedload

from congress_app.agenda.personal import Day, Told, day_at, parts_of
from congress_app.badges.models import Badge
from congress_app.checkin.models import Presence
from congress_app.congresses.models import Congress
from congress_app.database import db
from congress_app.delegates.credentials import ACTIVE
from congress_app.delegates.models import Delegate, DelegationHead, Person
from congress_app.documents.models import Document
from congress_app.documents.numbering import State as PaperState
from congress_app.documents.queries import ReleasedPaper, released_papers
from congress_app.programme.models import Session
from congress_app.programme.release_changes import change_of
from congress_app.programme.release_models import ProgrammeNotice, ProgrammeRelease
from congress_app.programme.release_queries import released
from congress_app.seating.models import HallSeat
from congress_app.seating.naming import SeatName
from congress_app.seating.queries import seat_of

# A page for a phone: what older releases changed is told no more.
MOST_TOLD = 5


@dataclass(frozen=True)
class Mark:
    """What the page's content rests on: it says the same while this says the same."""

    delegate_id: int
    delegate_version: int
    congress_version: int
    release: int
    seat_id: int | None
    seat_version: int | None
    papers: int
    last_paper: datetime | None

    @property
    def etag(self) -> str:
        """The same as text."""
        seat = f"{self.seat_id}.{self.seat_version}" if self.seat_id else "0"
        # Fewer papers, or one handed out later: together they tell every change.
        since = int(self.last_paper.timestamp() * 1_000_000) if self.last_paper else 0
        papers = f"{self.papers}.{since}"
        return f"{self.delegate_version}-{self.congress_version}-{self.release}-{seat}-{papers}"


@dataclass(frozen=True)
class Pass:
    """What changes while the page is open, with nothing sensitive in it."""

    congress_id: int
    release: int
    day: Day
    told: tuple[Told, ...]
    seat: SeatName | None
    papers: tuple[ReleasedPaper, ...]


_PAPERS = and_(
    Document.congress_id == Delegate.congress_id,
    Document.state == PaperState.ISSUED,
    Document.released_at.is_not(None),
)
# Put together once: building the statement costs more than the database does.
_MARK = (
    select(
        Delegate.id,
        Delegate.version,
        Congress.version,
        func.coalesce(
            select(func.max(ProgrammeRelease.number))
            .where(ProgrammeRelease.congress_id == Delegate.congress_id)
            .correlate(Delegate)
            .scalar_subquery(),
            0,
        ),
        HallSeat.id,
        HallSeat.version,
        select(func.count(Document.id)).where(_PAPERS).correlate(Delegate).scalar_subquery(),
        select(func.max(Document.released_at)).where(_PAPERS).correlate(Delegate).scalar_subquery(),
    )
    .join(Congress, Congress.id == Delegate.congress_id)
    .outerjoin(HallSeat, HallSeat.delegate_id == Delegate.id)
    .where(Delegate.link_token == bindparam("token"))
)


def mark_of(token: str) -> Mark | None:
    """The mark behind a link; None when unknown or revoked. One row, found by indexes alone.

    It is what five hundred phones ask for every fifteen seconds.
    """
    if not _may_be_token(token):
        return None
    row = db.session.connection().execute(_MARK, {"token": token}).one_or_none()
    return None if row is None else Mark(*row)


def delegate_by_token(token: str) -> Delegate | None:
    """The delegate whose link carries this secret; None when unknown or revoked."""
    if not _may_be_token(token):
        return None
    return db.session.scalar(
        select(Delegate)
        .where(Delegate.link_token == token)
        .options(
            joinedload(Delegate.person).joinedload(Person.unit),
            joinedload(Delegate.congress),
            joinedload(Delegate.delegation_unit),
            joinedload(Delegate.replaced_by).joinedload(Delegate.person),
        )
    )


def delegate_by_number(delegate_id: int) -> Delegate | None:
    """The delegate and the congress; whether the asker may know them is his secret's matter."""
    return db.session.get(Delegate, delegate_id, options=[joinedload(Delegate.congress)])


def _may_be_token(token: str) -> bool:
    return bool(token) and len(token) <= 64 and token.isascii() and token.isprintable()


def pass_of(delegate: Delegate, at: datetime) -> Pass:
    """The programme at the instant, own speech, seat, papers, what changed; four queries."""
    release = released(delegate.congress_id)
    comes = delegate.state in ACTIVE
    # Who does not come presents nothing, and is handed nothing.
    day = day_at(parts_of(release, delegate.id if comes else None), at)
    seat = seat_of([delegate.id]).get(delegate.id)
    number = release.number if release else 0
    papers = released_papers(delegate.congress_id) if comes else ()
    return Pass(delegate.congress_id, number, day, _told(delegate), seat, papers)


def has_begun(delegate: Delegate, at: datetime) -> bool:
    """True once a door of the congress has opened, or the delegate is in one of its halls."""
    opened = Session.congress_id == delegate.congress_id, Session.doors_open_at <= at
    inside = Presence.delegate_id == delegate.id, Presence.is_present
    found = or_(exists().where(*opened), exists().where(*inside))
    return bool(db.session.scalar(select(found)))


def badge_code(delegate_id: int) -> str | None:
    """The code of the badge in force."""
    return db.session.scalar(
        select(Badge.code).where(Badge.delegate_id == delegate_id, Badge.state == "active")
    )


def head_name(delegate: Delegate) -> str | None:
    """Who leads the delegate's delegation; None without one, or when it is nobody yet."""
    if delegate.delegation_unit_id is None:
        return None
    return db.session.scalar(
        select(Person.full_name)
        .join(Delegate, Delegate.person_id == Person.id)
        .join(DelegationHead, DelegationHead.delegate_id == Delegate.id)
        .where(
            DelegationHead.congress_id == delegate.congress_id,
            DelegationHead.unit_id == delegate.delegation_unit_id,
        )
    )


def _told(delegate: Delegate) -> tuple[Told, ...]:
    """What the last releases changed, the newest first; the first release changed nothing."""
    rows: Sequence[tuple[ProgrammeRelease, str | None]] = [
        (row[0], row[1])
        for row in db.session.execute(
            select(ProgrammeRelease, ProgrammeNotice.text)
            .outerjoin(
                ProgrammeNotice,
                (ProgrammeNotice.release_id == ProgrammeRelease.id)
                & (ProgrammeNotice.delegate_id == delegate.id),
            )
            .where(ProgrammeRelease.congress_id == delegate.congress_id)
            .where(ProgrammeRelease.number > 1)
            .order_by(ProgrammeRelease.number.desc())
            .limit(MOST_TOLD)
        )
    ]
    return tuple(
        Told(row.number, row.released_at, tuple(map(change_of, row.changes)), own)
        for row, own in rows
    )
