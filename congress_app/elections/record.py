"""A count as it is stored with its round: everything `tally.decide` was told, for ever.

Names, births and units are those of the day: a person corrected later changes no result.
`from_json(to_json(count)) == count`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from congress_app.elections.count import (
    Base,
    CandidateVotes,
    Count,
    Mode,
    Outcome,
    Revote,
    TieRule,
)
from congress_app.kernel.partial_date import PartialDate

_FIGURES = (
    "seats",
    "convened",
    "absent_throughout",
    "absent_replaced",
    "present",
    "issued",
    "collected",
    "valid",
    "invalid",
    "allow_empty",
)


def to_json(count: Count) -> dict[str, Any]:
    """The count as plain JSON values."""
    return {
        **{name: getattr(count, name) for name in _FIGURES},
        "base": count.base.value,
        "mode": count.mode.value,
        "tie_rule": count.tie_rule.value,
        "keeps": None
        if count.keeps is None
        else {str(names): ballots for names, ballots in count.keeps.items()},
        "revote": None
        if count.revote is None
        else {"of": list(count.revote.of), "needs_majority": count.revote.needs_majority},
        "chosen": list(count.chosen),
        "candidates": [_candidate(one) for one in count.candidates],
    }


def _candidate(one: CandidateVotes) -> dict[str, Any]:
    born = one.birth
    return {
        "id": one.id,
        "name": one.name,
        "birth": [born.year, born.month, born.day] if born else None,
        "unit": one.unit,
        "votes": one.votes,
        "against": one.against,
        "other": one.other,
    }


def from_json(body: Mapping[str, Any]) -> Count:
    """Read what `to_json` wrote."""
    keeps, revote = body["keeps"], body["revote"]
    return Count(
        **{name: body[name] for name in _FIGURES},
        base=Base(body["base"]),
        mode=Mode(body["mode"]),
        tie_rule=TieRule(body["tie_rule"]),
        keeps=None if keeps is None else {int(names): count for names, count in keeps.items()},
        revote=Revote(tuple(revote["of"]), revote["needs_majority"]) if revote else None,
        chosen=tuple(body["chosen"]),
        candidates=tuple(_read(one) for one in body["candidates"]),
    )


def _read(one: Mapping[str, Any]) -> CandidateVotes:
    return CandidateVotes(
        id=one["id"],
        name=one["name"],
        birth=PartialDate(*one["birth"]) if one["birth"] else None,
        unit=one["unit"],
        votes=one["votes"],
        against=one["against"],
        other=one["other"],
    )


def result_of(outcome: Outcome) -> dict[str, Any]:
    """What a round decided, for those who only read who was elected; ids are numbers."""
    tied = outcome.tied
    return {
        "threshold": outcome.threshold,
        "base_figure": outcome.base_figure,
        "elected": [int(code) for code in outcome.elected],
        "tied": [int(code) for code in tied.codes] if tied else [],
        "stake": tied.seats if tied else 0,
        "vacant": outcome.vacant,
        "state": outcome.state.value,
        "votes": {line.id: line.votes for line in outcome.ranking},
    }
