"""Who may vote and who is in the hall at a minute, as an election freezes it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case, func, select

from congress_app.checkin import queries as checkin_queries
from congress_app.checkin.doors import Doors, opened_by
from congress_app.checkin.late_queries import Reported, tells_reported
from congress_app.congresses.models import Congress
from congress_app.congresses.rulebook import Category
from congress_app.database import db
from congress_app.delegates.models import Delegate
from congress_app.elections import credential_queries, hall_minutes
from congress_app.elections.conduct import ElectionState, RoundOutcome
from congress_app.elections.credential_doubts import Ruling
from congress_app.elections.credential_models import StoredReport
from congress_app.elections.models import Election, Round

# Guests are heard and do not vote.
VOTING = (Category.OFFICIAL, Category.ELECTED)


@dataclass(frozen=True)
class Hall:
    """Presence of the voters at an instant.

    `from_scans` False: nobody is written down as a voter here or no session is planned (a
    base conference of everybody keeps only its number), so the figures are typed; those
    given are then zeros. `voters` are the delegates present.
    """

    at: datetime
    from_scans: bool
    session_id: int | None = None
    session_title: str | None = None
    doors_open_at: datetime | None = None
    convened: int = 0
    present: int = 0
    excused: int = 0
    absent_throughout: int = 0
    voters: frozenset[int] = frozenset()


@tells_reported
def reported_until(congress_id: int) -> Reported:
    """The latest minute of each session a certified election or a numbered report rests on.

    Who was absent throughout a vote came to no session, so such a vote rests on all of them.
    In a report without a session nobody is known to be present: it rests on no scan.
    """
    everywhere = Round.absent_throughout > 0
    voted = (
        select(case((everywhere, None), else_=Round.session_id), Round.presence_at)
        .join(Election, Round.election_id == Election.id)
        .where(
            Election.congress_id == congress_id,
            Election.state == ElectionState.CERTIFIED,
            Round.presence_source == "scans",
            Round.outcome != RoundOutcome.INVALIDATED,
        )
    )
    kept = select(StoredReport.session_id, StoredReport.as_of).where(
        StoredReport.congress_id == congress_id, StoredReport.session_id.is_not(None)
    )
    found: dict[int | None, datetime] = {}
    for session_id, at in (*db.session.execute(voted), *db.session.execute(kept)):
        found[session_id] = max(at, found.get(session_id, at))
    return found


def hall(congress: Congress, at: datetime) -> Hall:
    """The hall of the session at the instant, official and elected delegates only.

    A delegate who was replaced is no longer convened and his reserve is, so nobody absent
    throughout is counted twice. Whom the credentials committee found not qualified is no
    voter; whoever it still examines is.
    """
    session = checkin_queries.session_now(congress.id, at)
    if session is None:
        return Hall(at, from_scans=False)
    seen = checkin_queries.presence_as_of(congress.id, session.id, at, categories=VOTING)
    refused = _refused(congress.id)
    convened, present = seen.convened - refused, seen.present - refused
    if not convened:
        return Hall(at, from_scans=False)
    return Hall(
        at=at,
        from_scans=True,
        session_id=session.id,
        session_title=session.title,
        doors_open_at=session.doors_open_at,
        convened=len(convened),
        present=len(present),
        excused=len(seen.excused - refused),
        absent_throughout=len(seen.absent_throughout - refused),
        voters=present,
    )


def before_the_vote(election: Election, now: datetime) -> dict[str, datetime | None]:
    """When that was what the hall of the election's next round comes after."""
    # One taken down is held again for the ballots already in hand: its end bars no minute.
    closed = select(func.max(Round.closed_at)).where(
        Round.election_id == election.id, Round.outcome != RoundOutcome.INVALIDATED
    )
    sessions = checkin_queries.sessions_of(election.congress_id)
    doors = [Doors(one.id, one.doors_open_at, one.doors_close_at) for one in sessions]
    return {
        hall_minutes.ROUND_ENDED: db.session.scalar(closed),
        hall_minutes.DOORS_OPENED: opened_by(doors, now),
    }


def voter_ids(congress_id: int) -> frozenset[int]:
    """The delegates who may vote, present or not."""
    wanted = select(Delegate.id).where(
        Delegate.congress_id == congress_id,
        Delegate.category.in_(VOTING),
        Delegate.state.in_(checkin_queries.ATTENDING),
    )
    return frozenset(db.session.scalars(wanted)) - _refused(congress_id)


def _refused(congress_id: int) -> frozenset[int]:
    """The delegates whose ruling that holds is "not qualified"."""
    rulings = credential_queries.latest_rulings(congress_id)
    return frozenset(key for key, one in rulings.items() if one.ruling == Ruling.NOT_QUALIFIED)
