"""The allocation of a congress, as the engine gives it, in the form of stored rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from congress_app.demo.structure import UnitFacts
from congress_app.quota.answer import written_weight
from congress_app.quota.apportionment import apportion
from congress_app.quota.options import Options
from congress_app.quota.outcome import facts_of, outcome_of
from congress_app.quota.proposal import Claimant, problem_of, words_for


@dataclass(frozen=True, slots=True)
class Share:
    """An approved version: its row, its lines, and the seats by unit."""

    row: dict[str, Any]
    lines: list[dict[str, Any]]
    seats: dict[int, int]


def share(
    units: Sequence[UnitFacts], weights: Mapping[int, int], options: Options, at: datetime, by: str
) -> Share:
    """Divide by the number at the base conferences; ties are drawn by the season's name."""
    claimants = [Claimant(unit.code, unit.name, weights[unit.id]) for unit in units]
    result = apportion(problem_of(options, claimants))
    facts = facts_of(result, words_for(options))
    row = {
        "number": 1,
        "state": "published",
        "method": options.method,
        "seats": result.seats,
        "options": options.as_json(),
        "outcome": outcome_of(result, options) | {"silent": 0, "unknown": 0},
        "input_hash": result.problem.fingerprint(),
        "created_at": at,
        "created_by": by,
        "approved_at": at,
        "approved_by": by,
        "approval_document": "215/QĐ-BHXH",
        "published_at": at,
        "version": 3,
    }
    lines = [
        {
            "unit_id": unit.id,
            "position": place,
            "weight": str(written_weight(line.unit)),
            "base": line.unit.fixed,
            "floor": result.problem.low(line.unit),
            "ceiling": result.problem.high(line.unit),
            "lock": line.unit.lock,
            "computed": line.seats,
            "seats": line.seats,
            "facts": facts[line.code] | {"values": {options.source: weights[unit.id]}},
        }
        for place, (unit, line) in enumerate(zip(units, result.lines, strict=True))
    ]
    seats = {unit.id: line.seats for unit, line in zip(units, result.lines, strict=True)}
    return Share(row, lines, seats)
