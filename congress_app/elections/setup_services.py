"""Make an election, choose its rules and how many reserves it elects."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select

from congress_app.congresses import queries as congress_queries
from congress_app.congresses.models import Congress
from congress_app.database import transaction
from congress_app.elections import queries, refusals, rules
from congress_app.elections.acts import Wanted
from congress_app.elections.conduct import BEFORE_THE_VOTE, ElectionState
from congress_app.elections.models import Election
from congress_app.elections.taking_services import taken, tell
from congress_app.kernel import clock
from congress_app.kernel.permissions import Actor
from congress_app.quota import queries as quota_queries


@dataclass(frozen=True)
class SeatsToFill:
    """The seats the congress above gives, less those earlier elections filled."""

    seats: int
    quota_version: int


def create(congress: Congress, *, actor: Actor) -> Election:
    """Begin an election to the congress above, with the rules its level starts with.

    Raises RuleViolation `no_target`, `no_quota`, `no_seats`, Conflict `election_under_way`.
    """
    with transaction() as session:
        row = select(Congress.id).where(Congress.id == congress.id)
        session.execute(row.with_for_update(key_share=True))
        running = queries.under_way(congress.id)
        if running is not None:
            raise refusals.under_way(running.number)
        given = seats_to_fill(congress)
        highest = select(func.max(Election.number)).where(Election.congress_id == congress.id)
        first = rules.initial(congress_queries.rules_of(congress).election_form)
        election = Election(
            congress_id=congress.id,
            target_id=congress.parent_id,
            number=(session.scalar(highest) or 0) + 1,
            seats=given.seats,
            quota_version=given.quota_version,
            rules=rules.to_json(first),
            created_at=clock.now(),
            created_by=actor.display_name,
        )
        session.add(election)
        session.flush()
        changes = {"seats": given.seats, "from_version": given.quota_version}
        tell(election, "election.create", changes, actor=actor)
        return election


def seats_to_fill(congress: Congress) -> SeatsToFill:
    """How many are still to be elected, by the allocation in force above.

    Raises RuleViolation `no_target`, `no_quota`, `no_seats`.
    """
    with transaction():
        above = quota_queries.seats_from_above(congress)
        if above is None:
            raise refusals.no_target()
        if above.seats is None or above.version is None:
            raise refusals.no_quota(above.congress_name)
        filled = queries.places_filled(congress.id)
        if above.seats <= filled:
            raise refusals.no_seats(above.congress_name, above.seats, filled)
        return SeatsToFill(above.seats - filled, above.version)


def choose_rules(election: Election, wanted: Wanted, *, version: int, actor: Actor) -> Election:
    """Write down the rules; until the first ballot is out.

    Raises Conflict `rules_frozen` afterwards, Stale when somebody saved meanwhile.
    """
    with transaction():
        row = taken(election)
        if row.state not in BEFORE_THE_VOTE:
            raise refusals.frozen()
        taken(row, version=version)
        before = rules.from_json(row.rules)
        row.rules = rules.to_json(wanted.rules)
        row.reserve_seats = wanted.reserve_seats
        row.reserves_apart = wanted.reserves_apart
        changes: dict[str, object] = {
            "election_rules": [str(rules.printed(before)), str(rules.printed(wanted.rules))],
            "reserve_seats": wanted.reserve_seats,
        }
        tell(row, "election.rules", changes, actor=actor)
        return row


def freeze(election: Election, *, actor: Actor) -> Election:
    """Hold the rules and the seats from the first ballot on; nothing changes them afterwards.

    Called when the first round is opened. Raises Conflict `election_moved_on`, and what
    `seats_to_fill` raises.
    """
    with transaction():
        row = taken(election, ElectionState.LIST_ADOPTED)
        given = seats_to_fill(row.congress)
        row.seats, row.quota_version = given.seats, given.quota_version
        row.state = ElectionState.OPEN.value
        row.rules_frozen_at, row.rules_frozen_by = clock.now(), actor.display_name
        changes = {
            "state": ["list_adopted", "open"],
            "seats": given.seats,
            "election_rules": str(rules.printed(rules.from_json(row.rules))),
        }
        tell(row, "election.freeze", changes, actor=actor)
        return row
