"""Elections of the demonstration as rows of the tables; the keys are column names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from congress_app.demo.rows import BY, Row
from congress_app.demo.votes import RoundFacts
from congress_app.elections import record, rules
from congress_app.elections.conduct import (
    CandidateState,
    ElectionState,
    Nomination,
    RoundKind,
    RoundState,
)
from congress_app.elections.rules import Rules
from congress_app.elections.upward import TransmissionState

_PRESIDIUM = "Đoàn Chủ tịch (minh họa)"


@dataclass(frozen=True, slots=True)
class Conference:
    """A congress that elects: for which one above, when, and how many are in its hall."""

    id: int
    target_id: int
    unit_id: int
    name: str
    at: datetime
    convened: int
    present: int
    paper: str
    by_hands: bool


def drawn_up(conference: Conference, chosen: Rules, seats: int) -> Row:
    """An election whose list is not adopted yet."""
    return {
        "congress_id": conference.id,
        "target_id": conference.target_id,
        "number": 1,
        "state": ElectionState.PREPARING.value,
        "seats": seats,
        "quota_version": 1,
        "reserve_seats": 0,
        "reserves_apart": True,
        "rules": rules.to_json(chosen),
        "created_at": conference.at - timedelta(days=3),
        "created_by": BY,
    }


def opened(conference: Conference, chosen: Rules, seats: int) -> Row:
    """An election whose list is adopted and whose rules are frozen."""
    return drawn_up(conference, chosen, seats) | {
        "state": ElectionState.OPEN.value,
        "rules_frozen_at": conference.at,
        "rules_frozen_by": BY,
        "list_for": conference.present,
        "list_against": 0,
        "list_other": 0,
        "list_adopted_at": conference.at - timedelta(minutes=10),
        "list_adopted_by": BY,
    }


def certified(conference: Conference, chosen: Rules, seats: int, reserves: int) -> Row:
    """An election that is over."""
    return opened(conference, chosen, seats) | {
        "state": ElectionState.CERTIFIED.value,
        "reserve_seats": reserves,
        "certified_at": conference.at + timedelta(hours=1),
        "certified_by": BY,
        "certified_for": _PRESIDIUM,
        "certified_paper": conference.paper,
    }


def candidates(
    election_id: int, conference: Conference, named: Sequence[tuple[int, int, str]]
) -> Iterator[Row]:
    """Candidates whom their units named; `named` are (key, person, unit's name)."""
    for key, person_id, unit in named:
        yield {
            "id": key,
            "election_id": election_id,
            "person_id": person_id,
            "how": Nomination.UNIT.value,
            "nominated_by": unit[:250] or None,
            "state": CandidateState.STANDING.value,
            "created_at": conference.at - timedelta(days=2),
            "created_by": BY,
        }


def running_round(conference: Conference, listed: Sequence[int], seats: int) -> Row:
    """The first round while hands are up."""
    return _round(conference, 1, RoundKind.FIRST, listed, seats) | {
        "state": RoundState.COUNTING.value
    }


def closed_round(conference: Conference, facts: RoundFacts) -> Row:
    """A round with its figures and what the tally said of them."""
    listed = [int(one.key) for one in facts.vote.listed]
    at = _opened(conference, facts.number)
    return _round(conference, facts.number, facts.kind, listed, facts.vote.seats) | {
        "reason": facts.reason,
        "needs_majority": facts.kind is not RoundKind.REVOTE,
        "state": RoundState.CLOSED.value,
        "outcome": facts.ended.value,
        "figures": record.to_json(facts.count) | {"cells": dict(facts.cells)},
        "result": record.result_of(facts.outcome),
        "closed_at": at + timedelta(minutes=12),
        "closed_by": BY,
        "released_at": at + timedelta(minutes=13),
    }


def sheets(
    round_id: int, conference: Conference, facts: RoundFacts, tellers: Sequence[str]
) -> Iterator[Row]:
    """The sheets of the tellers, who counted the same."""
    for slot, teller in enumerate(tellers, start=1):
        yield {
            "round_id": round_id,
            "slot": slot,
            "teller_key": f"demo:{slot}",
            "teller": teller,
            "cells": dict(facts.cells),
            "saved_at": _opened(conference, facts.number) + timedelta(minutes=10),
        }


def accepted(election_id: int, at: datetime) -> Row:
    """A list that was sent up and taken in there."""
    return {
        "election_id": election_id,
        "number": 1,
        "state": TransmissionState.ACCEPTED.value,
        "paper": "02/BC-BHXH",
        "sent_at": at,
        "sent_by": BY,
        "answered_at": at + timedelta(days=1),
        "answered_by": BY,
    }


def called(place_id: int, places: tuple[int, int], reason: str, at: datetime) -> Row:
    """A reserve who came for somebody: the place that was given up, and his own."""
    replaced_id, delegate_id = places
    return {
        "place_id": place_id,
        "state": "called",
        "reason": reason,
        "replaced_id": replaced_id,
        "delegate_id": delegate_id,
        "at": at,
        "by": BY,
    }


def _opened(conference: Conference, number: int) -> datetime:
    return conference.at + timedelta(minutes=15 * (number - 1))


def _round(
    conference: Conference, number: int, kind: RoundKind, listed: Sequence[int], seats: int
) -> dict[str, Any]:
    at = _opened(conference, number)
    return {
        "number": number,
        "kind": kind.value,
        "candidates": list(listed),
        "seats": seats,
        "presence_at": at,
        "presence_source": "typed",
        "convened": conference.convened,
        "present": conference.present,
        "excused": conference.convened - conference.present,
        "absent_throughout": conference.convened - conference.present,
        "opened_at": at,
        "opened_by": BY,
    }
