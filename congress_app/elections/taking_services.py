"""One stored election or round taken for a change, and the change told.

Whoever changes anything of an election takes its row first, so two people never act on
the same state: on PostgreSQL the row is locked, on SQLite the writers stand in line.
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm.attributes import flag_modified

from congress_app.audit.services import record
from congress_app.congresses.services import pulse
from congress_app.database import transaction
from congress_app.elections import refusals, round_refusals
from congress_app.elections.conduct import BEFORE_THE_VOTE, ElectionState
from congress_app.elections.models import Candidate, Election, Round
from congress_app.kernel.errors import Stale
from congress_app.kernel.permissions import Actor
from congress_app.kernel.sentences import N_, Sentence
from congress_app.kernel.vietnamese import number


def taken(election: Election, *states: str, version: int | None = None) -> Election:
    """The election as stored now, locked; in one of the states, if any are named.

    Raises Conflict `election_moved_on` in another state, and Stale when `version` is not
    the stored one any more.
    """
    with transaction() as session:
        wanted = select(Election).where(Election.id == election.id)
        row = session.scalars(
            wanted.with_for_update(key_share=True, of=Election).execution_options(
                populate_existing=True
            )
        ).one()
        if states and row.state not in states:
            raise refusals.moved_on(row.state)
        if version is not None and row.version != version:
            raise Stale((), row.version)
        return row


def taken_before_the_vote(election: Election) -> Election:
    """As `taken`, where the list may still change.

    Raises Conflict `rules_frozen` once a round was opened, `list_adopted` while the list
    stands adopted.
    """
    with transaction():
        row = taken(election)
        if row.state not in BEFORE_THE_VOTE:
            raise refusals.frozen()
        if row.state == ElectionState.LIST_ADOPTED:
            raise refusals.list_is_adopted()
        return row


def taken_round(round_: Round, *states: str, version: int | None = None) -> Round:
    """The round as stored now, its election locked; checked as in `taken`."""
    with transaction() as session:
        taken(round_.election)
        wanted = select(Round).where(Round.id == round_.id)
        row = session.scalars(
            wanted.with_for_update(key_share=True, of=Round).execution_options(
                populate_existing=True
            )
        ).one()
        if states and row.state not in states:
            raise round_refusals.round_moved_on(row.state, row.outcome)
        if version is not None and row.version != version:
            raise Stale((), row.version, round_refusals.round_changed())
        return row


def touch(election: Election) -> None:
    """Raise the election's version: what belongs to it changed, its own columns did not.

    So a page opened before (to adopt the list, to certify) is refused as stale.
    """
    with transaction() as session:
        flag_modified(election, "state")
        session.flush()


def tell(
    election: Election,
    action: str,
    changes: Mapping[str, object],
    *,
    actor: Actor,
    subject: Election | Round | Candidate | None = None,
) -> None:
    """Write the change into the log and wake the live pages."""
    with transaction():
        record(
            action,
            subject or election,
            changes,
            actor=actor,
            unit_path=election.congress.unit.path,
            name=str(_name(election, subject)),
        )
        pulse(election.congress_id)


def _name(election: Election, subject: Election | Round | Candidate | None) -> Sentence | str:
    if isinstance(subject, Candidate):
        return subject.person.full_name
    words = Sentence(
        N_("Bầu cử {number} – {congress}"),
        number=number(election.number),
        congress=election.congress.name,
    )
    if isinstance(subject, Round):
        return Sentence(N_("Lượt {round}, {election}"), round=subject.number, election=words)
    return words
