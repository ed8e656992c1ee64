"""Rows of elections: an election, its candidates, its rounds."""

from __future__ import annotations

from typing import Any

from congress_app.congresses.models import Congress
from congress_app.delegates.models import Person
from congress_app.elections import rules
from congress_app.elections.models import Candidate, CountSheet, Election, Round
from congress_app.kernel import clock
from tests.builders.ground import a_congress, numbers, store, the_root
from tests.builders.people import a_person, an_allocation


def an_electing_congress(seats: int = 3, **columns: Any) -> Congress:
    """A congress whose unit has `seats` in the allocation of the congress above it."""
    above = a_congress(the_root(), level="national", name="Đại hội toàn ngành")
    congress = a_congress(season=above.season, parent_id=above.id, **columns)
    an_allocation(above, {congress.unit: seats})
    return congress


def an_election(congress: Congress | None = None, **columns: Any) -> Election:
    """An election in preparation with three seats, more than half of those convened."""
    congress = congress or an_electing_congress()
    defaults = {
        "target_id": congress.parent_id or congress.id,
        "number": next(numbers),
        "seats": 3,
        "quota_version": 1,
        "rules": rules.to_json(rules.preset("convened")),
        "created_at": clock.now(),
        "created_by": "test",
    }
    return store(Election(congress_id=congress.id, **(defaults | columns)))


def a_candidate(election: Election, person: Person | None = None, **columns: Any) -> Candidate:
    """A candidate of the congress's unit, named by it."""
    person = person or a_person(unit=election.congress.unit)
    defaults = {"how": "unit", "created_at": clock.now(), "created_by": "test"}
    return store(Candidate(election_id=election.id, person_id=person.id, **(defaults | columns)))


def a_round(election: Election, **columns: Any) -> Round:
    """The first round, voting, a hundred convened and all of them present."""
    defaults = {
        "number": 1,
        "kind": "first",
        "candidates": [one.id for one in election.candidates],
        "seats": election.seats,
        "presence_at": clock.now(),
        "presence_source": "typed",
        "convened": 100,
        "present": 100,
        "excused": 0,
        "absent_throughout": 0,
        "opened_at": clock.now(),
        "opened_by": "test",
    }
    return store(Round(election_id=election.id, **(defaults | columns)))


def a_count_sheet(round_: Round, **columns: Any) -> CountSheet:
    """The first teller's sheet, with one cell filled in."""
    defaults = {
        "slot": 1,
        "teller_key": "user:1",
        "teller": "Lê Văn Một",
        "cells": {"issued": 100},
        "saved_at": clock.now(),
    }
    return store(CountSheet(round_id=round_.id, **(defaults | columns)))
