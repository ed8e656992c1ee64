"""Who stands on the lists of an election: once certified, as the rounds were counted.

A person corrected later, or exchanged, changes no list of an election that is over.
"""

from __future__ import annotations

from collections.abc import Sequence

from congress_app.elections import candidate_queries, queries
from congress_app.elections.conduct import ElectionState
from congress_app.elections.count import Count
from congress_app.elections.models import Candidate, Election
from congress_app.elections.naming import Label, Named, labels


def shown(election: Election, listed: Sequence[Candidate]) -> dict[int, Named]:
    """Name, birth and unit of each, by candidate id.

    Of a certified election those frozen with the last round he stood in; who withdrew before
    any ballot is in no count, and is told as stored.
    """
    frozen = _counted(election) if election.state == ElectionState.CERTIFIED else {}
    return {one.id: frozen.get(one.id) or candidate_queries.named(one) for one in listed}


def names(election: Election, listed: Sequence[Candidate]) -> dict[int, Label]:
    """How each is shown among these, by candidate id."""
    people = list(shown(election, listed).values())
    return {int(key): label for key, label in labels(people).items()}


def renamed(election: Election, listed: Sequence[Candidate]) -> dict[int, str]:
    """Who is stored under another name today than the list says, by candidate id."""
    told = shown(election, listed)
    return {
        one.id: one.person.full_name for one in listed if one.person.full_name != told[one.id].name
    }


def as_counted(count: Count | None) -> dict[int, Named]:
    """Those whose votes were counted as they were called then, by candidate id."""
    listed = count.candidates if count is not None else ()
    return {int(one.id): Named(one.id, one.name, one.birth, one.unit) for one in listed if one.name}


def _counted(election: Election) -> dict[int, Named]:
    found: dict[int, Named] = {}
    for round_ in queries.rounds_of(election.id):
        found |= as_counted(queries.count_of(round_))
    return found
