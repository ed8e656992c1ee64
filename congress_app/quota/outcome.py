"""What a run tells beside its seats, as plain values that are kept with the version."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

from congress_app.kernel.errors import RuleViolation
from congress_app.quota.apportionment import Apportionment, Line, apportion
from congress_app.quota.explanation import Words, explain, explain_tie
from congress_app.quota.fairness import compare, fairness, paradox
from congress_app.quota.kept import kept
from congress_app.quota.options import Options
from congress_app.quota.problem import Method, StepRule
from congress_app.quota.sensitivity import Margin, sensitivity
from congress_app.quota.ties import Tie, lot
from congress_app.quota.weights import weight_warnings

# Methods shown beside the chosen one: same seats, same bounds.
COMPARED = tuple(method for method in Method if method is not Method.BASE_STEP)


def facts_of(result: Apportionment, words: Words | None = None) -> dict[str, dict[str, Any]]:
    """For every unit what its line tells: share, binding, margins, the sentence."""
    margins = sensitivity(result)
    said = explain(result, margins, words)
    return {
        line.code: _line_facts(line, margins.get(line.code, Margin()))
        | {"explanation": kept(said[line.code])}
        for line in result.lines
    }


def _line_facts(line: Line, margin: Margin) -> dict[str, Any]:
    return {
        "share": round(float(line.share), 6),
        "binding": line.binding.value if line.binding else None,
        "gain_at": None if margin.gain_at is None else str(margin.gain_at),
        "lose_at": None if margin.lose_at is None else str(margin.lose_at),
    }


def _decimal(value: Fraction | None) -> float | None:
    return None if value is None else round(float(value), 4)


def outcome_of(
    result: Apportionment, options: Options, *, weight_cap: int | None = None
) -> dict[str, Any]:
    """What a run tells beside its lines: ties, fairness, paradox, the other methods.

    `weight_cap` is the most a weight can be, where attendance is capped (see
    `weights.weight_warnings`).
    """
    names = {line.code: line.unit.label for line in result.lines}
    box = paradox(result)
    weights = {line.code: line.unit.weight for line in result.lines}
    alone = list(options.mix) != ["equal"]
    warnings = weight_warnings(weights, weight_cap) if alone else ()
    return {
        "seats": result.seats,
        "ties": [tie_facts(tie, names, options) for tie in result.ties],
        "warnings": [kept(warning) for warning in warnings],
        "fairness": fairness_figures(result),
        "paradox": None
        if box is None
        else {"seats": box.seats, "losers": [names[change.code] for change in box.losers]},
        "others": _others(result) | _by_steps(result, options),
        "step_beside": None if result.problem.step else _step_beside(result, options).step,
    }


def fairness_figures(result: Apportionment) -> dict[str, Any]:
    """The fairness figures as plain values; units outside their share rounded, by name."""
    figures = fairness(result)
    names = {line.code: line.unit.label for line in result.lines}
    return {
        "max_min_ratio": _decimal(figures.max_min_ratio),
        "gini": _decimal(figures.gini),
        "gallagher": round(figures.gallagher, 4),
        "outside_quota": [names[code] for code in figures.outside_quota],
        "floors_cost": figures.floors_cost,
    }


def tie_facts(tie: Tie, names: Mapping[str, str], options: Options) -> dict[str, Any]:
    """Who tied, for how many seats, what decided, and the public lots anybody can check."""
    drawn = tie.decided_by == "lot" and options.tie_seed
    return {
        "sentence": kept(explain_tie(tie, names)),
        "codes": list(tie.codes),
        "seats": tie.seats,
        "decided_by": tie.decided_by,
        # What anybody can recompute: SHA-256 of seed, "|" and code, smallest first.
        "lots": {code: lot(str(options.tie_seed), code) for code in tie.codes} if drawn else {},
    }


def _others(result: Apportionment) -> dict[str, dict[str, int] | None]:
    """Seats by unit under every other method; None where it cannot answer (a tie left open)."""
    methods = tuple(method for method in COMPARED if method is not result.problem.method)
    asked = replace(result.problem, seats=result.seats, step=None)
    return {
        method.value: found.by_code if isinstance(found, Apportionment) else None
        for method, found in compare(asked, methods).items()
    }


def _by_steps(result: Apportionment, options: Options) -> dict[str, dict[str, int] | None]:
    """Base + step beside the chosen method; its total is its own outcome."""
    if result.problem.method is Method.BASE_STEP:
        return {}
    rule = _step_beside(result, options)
    try:
        asked = replace(result.problem, method=Method.BASE_STEP, step=rule)
        return {Method.BASE_STEP.value: apportion(asked).by_code}
    except RuleViolation:
        return {Method.BASE_STEP.value: None}


def _step_beside(result: Apportionment, options: Options) -> StepRule:
    """The organiser's step, else the one that comes near the same total."""
    if options.step:
        return StepRule(options.step, options.threshold)
    whole = sum((Fraction(line.unit.weight) for line in result.lines), Fraction(0))
    fixed = sum(line.unit.fixed for line in result.lines)
    return StepRule(max(round(whole / max(result.seats - fixed, 1)), 1))
