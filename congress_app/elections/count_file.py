"""The counting file: one round as JSON, read for the command and written for the record.

    {"seats": 3, "base": "valid", "mode": "secret", "convened": 300, "issued": 300,
     "collected": 298, "valid": 295, "invalid": 3, "keeps": {"1": 20, "2": 40, "3": 235},
     "candidates": [{"id": "A", "name": "…", "birth_year": 1980, "votes": 260}]}

What cannot be understood is `Unreadable`; totals that cannot be true are a RuleViolation
whose details hold every fault with its code.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from congress_app.elections import counting
from congress_app.elections.count import Count, Outcome
from congress_app.elections.count_fields import Reader
from congress_app.elections.figures import Fault
from congress_app.kernel.errors import RuleViolation, Unreadable
from congress_app.kernel.sentences import N_, Sentence

Say = Callable[[Sentence], str]


def load(data: bytes, file: str) -> Count:
    """Read a counting file; raises Unreadable, or RuleViolation with the faults' codes."""
    body = _parsed(data, file)
    try:
        return read(body, file)
    except RuleViolation as error:
        said = Sentence("{file}: {why}", file=file, why=error.sentence)
        raise RuleViolation(error.code, said, error.details) from error


def read(body: Mapping[str, Any], file: str = "") -> Count:
    """The count of a parsed file, checked; raises as `load`."""
    reader = Reader(body, file)
    count = reader.count()
    refuse(reader.faults)
    refuse((*reader.contradictions(count), *counting.faults(reader.figures(count))))
    return count


def refuse(faults: Sequence[Fault]) -> None:
    """Raise RuleViolation for the first fault, with all of them as details; () passes."""
    if faults:
        details = [
            {"code": one.code, "message": one.sentence, "cells": list(one.cells)} for one in faults
        ]
        raise RuleViolation(faults[0].code, faults[0].sentence, details)


def to_json(count: Count) -> dict[str, Any]:
    """The count as a counting file that `read` understands."""
    body: dict[str, Any] = {
        name: getattr(count, name)
        for name in (
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
    }
    body |= {"base": count.base.value, "mode": count.mode.value, "tie_rule": count.tie_rule.value}
    if count.keeps is not None:
        body["keeps"] = {str(many): ballots for many, ballots in count.keeps.items()}
    if count.revote is not None:
        body["revote"] = {
            "of": list(count.revote.of),
            "needs_majority": count.revote.needs_majority,
        }
    if count.chosen:
        body["chosen"] = list(count.chosen)
    body["candidates"] = [
        {
            "id": one.id,
            "name": one.name,
            "birth_date": str(one.birth) if one.birth else None,
            "unit": one.unit,
            "votes": one.votes,
        }
        | ({} if one.against is None else {"against": one.against})
        | ({} if one.other is None else {"other": one.other})
        for one in count.candidates
    ]
    return body


def answer(outcome: Outcome, say: Say = str) -> dict[str, Any]:
    """The result as JSON; `say` gives the lines in the reader's language."""
    tied = outcome.tied
    return {
        "threshold": outcome.threshold,
        "elected": list(outcome.elected),
        "tied": {"codes": list(tied.codes), "seats": tied.seats} if tied else None,
        "vacant": outcome.vacant,
        "ranking": [
            {
                "id": line.id,
                "votes": line.votes,
                "percent": line.percent,
                "rank": line.rank,
                "elected": line.elected,
            }
            for line in outcome.ranking
        ],
        "state": outcome.state.value,
        "explanation": [say(line) for line in outcome.explanation],
    }


def _parsed(data: bytes, file: str) -> Mapping[str, Any]:
    try:
        body = json.loads(data.decode("utf-8-sig"), object_pairs_hook=_without_doubles)
    except (ValueError, RecursionError) as error:
        raise Unreadable(
            "unreadable_file",
            Sentence(
                N_("{file}: không đọc được JSON (UTF-8): {why}."), file=file, why=str(error)[:200]
            ),
        ) from error
    if not isinstance(body, dict):
        raise Unreadable(
            "unreadable_file",
            Sentence(N_("{file}: tệp phải là một đối tượng JSON {{…}}."), file=file),
        )
    return body


def _without_doubles(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    body = dict(pairs)
    if len(body) != len(pairs):
        names = [name for name, _ in pairs]
        double = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"{double!r} twice")
    return body
