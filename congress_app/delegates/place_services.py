"""One stored place taken for a change: locked, room asked for, the change told.

The other services of the chapter are written with these.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import delete, select, update

from congress_app.audit.services import record
from congress_app.congresses import services as congress_services
from congress_app.congresses.lifecycle import State as CongressState
from congress_app.congresses.models import Congress
from congress_app.database import transaction
from congress_app.delegates import intake, refusals, storing
from congress_app.delegates.book import Book, Plan, Problem
from congress_app.delegates.credentials import Place
from congress_app.delegates.models import Delegate, DelegationHead
from congress_app.delegates.registration import CapException
from congress_app.kernel.permissions import Actor, Permission

OVER = ("over_cap", "over_quota")


def take(congress: Congress) -> None:
    """Take the congress for this transaction: whoever fills its places waits in line.

    On PostgreSQL the row is locked (in a mode that lets foreign keys to it be checked);
    on SQLite the write transaction itself is the queue. Raises RuleViolation
    `congress_closed` once the congress is over.
    """
    with transaction() as session:
        row = select(Congress.state).where(Congress.id == congress.id)
        if session.scalar(row.with_for_update(key_share=True)) == CongressState.CLOSED:
            raise refusals.closed()


def taken(delegate: Delegate) -> Delegate:
    """The delegate as stored now, its congress taken."""
    with transaction() as session:
        take(delegate.congress)
        row = select(Delegate).where(Delegate.id == delegate.id)
        return session.scalars(row.execution_options(populate_existing=True)).one()


def tell(delegate: Delegate, action: str, changes: Mapping[str, object], *, actor: Actor) -> None:
    """Write the change into the log and wake the live pages."""
    with transaction():
        record(
            action,
            delegate,
            changes,
            actor=actor,
            unit_path=delegate.congress.unit.path,
            name=delegate.person.full_name,
        )
        congress_services.pulse(delegate.congress_id)


def allowed(
    decided: Plan,
    congress: Congress,
    exception: CapException | None,
    *,
    inherited: CapException | None = None,
    actor: Actor,
) -> CapException | None:
    """The exception if the plan needs it, None if it needs none; refuse what nothing allows.

    `inherited` is the exception of a place that is only handed on: it stays with it.
    """
    with transaction():
        over = [problem for problem in decided.problems if problem.code in OVER]
        for problem in decided.problems:
            if problem.code not in OVER:
                raise refusals.doubtful(problem)
        if not over or inherited is not None:
            return inherited
        return granted(over, congress, exception, actor=actor)


def room_for(
    delegate: Delegate,
    place: Place,
    book: Book,
    exception: CapException | None,
    *,
    actor: Actor,
) -> CapException | None:
    """The exception the place needs, if any; refuse when there is no room without one.

    The delegate holds its present place, which becomes free by the change.
    """
    with transaction():
        before = Place(delegate.category, delegate.delegation_unit_id)
        if before == place:
            return storing.exception_of_row(delegate)
        findings = intake.room([place], book.vacated(before))
        over = [Problem(0, finding.code, finding.sentence) for finding in findings]
        if not over and book.cap.left is not None and book.cap.left < 0:
            # Still over by exceptions: whoever came by one keeps it.
            return storing.exception_of_row(delegate)
        return granted(over, delegate.congress, exception, actor=actor)


def granted(
    over: Sequence[Problem], congress: Congress, exception: CapException | None, *, actor: Actor
) -> CapException | None:
    """The exception when something is exceeded; refused without one, or without the right."""
    with transaction():
        if not over:
            return None
        if exception is None:
            raise refusals.room(over)
        if not actor.can(Permission.DELEGATE_EXCEPT, congress.unit.path):
            raise refusals.may_not_except()
        return exception


def drop_heads(delegate_ids: Collection[int]) -> None:
    """Who gives up the place, or moves to another delegation, no longer leads the old one."""
    with transaction() as session:
        session.execute(delete(DelegationHead).where(DelegationHead.delegate_id.in_(delegate_ids)))


def raise_elsewhere(delegate: Delegate) -> None:
    """Wherever else the person is a delegate, a form opened before must notice too."""
    with transaction() as session:
        others = update(Delegate).where(
            Delegate.person_id == delegate.person_id, Delegate.id != delegate.id
        )
        session.execute(others.values(version=Delegate.version + 1))
