"""A proposal as an organiser puts it, the problem it becomes, and the run as it is kept.

What is kept (options, weights, outcome) is plain JSON, so that a version can be read and
recomputed years later.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from congress_app.kernel.sentences import N_
from congress_app.quota.apportionment import Apportionment, Line
from congress_app.quota.explanation import DELEGATES, PEOPLE, Words, explain, explain_tie
from congress_app.quota.fairness import compare, fairness, paradox
from congress_app.quota.pool import Pool, Taken
from congress_app.quota.problem import Method, Number, Problem, StepRule, TieChain, Unit
from congress_app.quota.sensitivity import Margin, sensitivity
from congress_app.quota.weights import weight_warnings

WEIGHT_SOURCES: dict[str, str] = {
    "attendance": N_("Đại biểu dự hội nghị cấp cơ sở"),
    "headcount": N_("Số công chức, viên chức, người lao động"),
    "equal": N_("Bằng nhau"),
}
# Methods shown beside the chosen one: same seats, same bounds.
COMPARED = tuple(method for method in Method if method is not Method.BASE_STEP)


@dataclass(frozen=True)
class Options:
    """What the organiser chose. Seats taken beforehand make the pool from the cap.

    `cap` None: the congress has no cap and `seats` is typed. `tie_order` holds unit codes
    as drawn, first one first.
    """

    method: str = Method.WEBSTER.value
    source: str = "attendance"
    cap: int | None = None
    officials: int = 0
    guests: int = 0
    reserve: int = 0
    seats: int | None = None
    floor: int = 1
    ceiling: int | None = None
    step: int | None = None
    threshold: int | None = None
    tie_seed: str | None = None
    tie_order: tuple[str, ...] = ()
    note: str | None = None

    def as_json(self) -> dict[str, Any]:
        """Plain values for the stored version."""
        return asdict(self) | {"tie_order": list(self.tie_order)}


def options_from(body: Mapping[str, Any]) -> Options:
    """Read what `as_json` wrote."""
    return Options(**{**body, "tie_order": tuple(body.get("tie_order", ()))})


@dataclass(frozen=True)
class Claimant:
    """A unit that elects, with its weight."""

    code: str
    name: str
    weight: Number


def pool_of(options: Options) -> Pool | None:
    """The cap less what is taken beforehand; None where the seats are typed."""
    if options.cap is None:
        return None
    parts = (
        Taken(N_("đại biểu chính thức"), options.officials),
        Taken(N_("khách mời"), options.guests),
        Taken(N_("dự phòng"), options.reserve),
    )
    return Pool(options.cap, tuple(part for part in parts if part.seats))


def problem_of(options: Options, claimants: Sequence[Claimant]) -> Problem:
    """The question put to the engine."""
    pool = pool_of(options)
    method = Method(options.method)
    step = StepRule(options.step, options.threshold) if options.step else None
    return Problem(
        units=tuple(Unit(code=c.code, weight=c.weight, name=c.name) for c in claimants),
        seats=pool.seats if pool else options.seats,
        method=method,
        floor=options.floor,
        ceiling=options.ceiling,
        ties=TieChain(seed=options.tie_seed or None, order=options.tie_order),
        step=step if method is Method.BASE_STEP else None,
    )


def facts_of(result: Apportionment, words: Words | None = None) -> dict[str, dict[str, Any]]:
    """For every unit what its line tells: share, binding, margins, the sentence."""
    margins = sensitivity(result)
    said = explain(result, margins, words)
    representation = fairness(result).representation
    return {
        line.code: _line_facts(line, margins.get(line.code, Margin()))
        | {
            "explanation": str(said[line.code]),
            "representation": _decimal(representation[line.code]),
        }
        for line in result.lines
    }


def _line_facts(line: Line, margin: Margin) -> dict[str, Any]:
    return {
        "share": round(float(line.share), 6),
        "binding": line.binding.value if line.binding else None,
        "gain_at": None if margin.gain_at is None else str(margin.gain_at),
        "lose_at": None if margin.lose_at is None else str(margin.lose_at),
    }


def _decimal(value: object) -> float | None:
    return None if value is None else round(float(value), 4)  # type: ignore[arg-type]


def outcome_of(result: Apportionment, options: Options) -> dict[str, Any]:
    """What a run tells beside its lines: ties, fairness, paradox, the other methods."""
    names = {line.code: line.unit.label for line in result.lines}
    figures = fairness(result)
    box = paradox(result)
    pool = pool_of(options)
    weights = {line.code: line.unit.weight for line in result.lines}
    return {
        "seats": result.seats,
        "pool": str(pool.explain()) if pool else None,
        "ties": [str(explain_tie(tie, names)) for tie in result.ties],
        "warnings": [str(warning) for warning in weight_warnings(weights, None)],
        "fairness": {
            "max_min_ratio": _decimal(figures.max_min_ratio),
            "gini": _decimal(figures.gini),
            "gallagher": round(figures.gallagher, 4),
            "outside_quota": [names[code] for code in figures.outside_quota],
            "floors_cost": figures.floors_cost,
        },
        "paradox": None
        if box is None
        else {"seats": box.seats, "losers": [names[change.code] for change in box.losers]},
        "others": _others(result),
    }


def _others(result: Apportionment) -> dict[str, dict[str, int] | None]:
    """Seats by unit under every other method; None where it cannot answer (a tie left open)."""
    methods = tuple(method for method in COMPARED if method is not result.problem.method)
    return {
        method.value: found.by_code if isinstance(found, Apportionment) else None
        for method, found in compare(result.problem, methods).items()
    }


def words_for(source: str) -> Words:
    """What the weights of a source count."""
    return Words(DELEGATES, PEOPLE) if source == "attendance" else Words(PEOPLE, PEOPLE)
