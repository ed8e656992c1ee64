"""The issue list of a round: issued and returned, never what a ballot says."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from congress_app.database import db
from congress_app.delegates.models import Delegate, Person
from congress_app.elections import presence_queries, queries
from congress_app.elections.models import Round
from congress_app.units.models import Unit


@dataclass(frozen=True)
class IssueLine:
    """One voter; `standing`: none, issued, returned."""

    delegate_id: int
    number: int | None
    name: str
    unit: str | None
    standing: str


def issue_list(round_: Round) -> list[IssueLine]:
    """Every voter of the congress by given name, with what is known of the ballot."""
    known = queries.ballots_of(round_.id)
    voters = presence_queries.voter_ids(round_.election.congress_id)
    wanted = (
        select(Delegate.id, Delegate.number, Person.full_name, Unit.name)
        .join(Person, Delegate.person_id == Person.id)
        .outerjoin(Unit, Person.unit_id == Unit.id)
        .where(Delegate.id.in_(voters | known.keys()))
        .order_by(Person.sort_key, Delegate.id)
    )
    standings = {None: "none", False: "issued", True: "returned"}
    return [
        IssueLine(*row, standing=standings[known.get(row[0])]) for row in db.session.execute(wanted)
    ]
