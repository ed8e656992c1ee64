"""What the allocation commands print, as plain data ready for JSON.

Weights come out as they were written, so that the answer can be fed back in: a whole number
as a number, a decimal as its text ("12.50"), a fraction as "p/q"; `gain_at` and `lose_at` in
the same manner. Shares and fairness figures are decimal numbers for reading, rounded by the
nature of floats; everything that decided was exact before.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from fractions import Fraction

from congress_app.kernel.sentences import Translator
from congress_app.quota.apportionment import Apportionment, apportion
from congress_app.quota.composition import Composition
from congress_app.quota.explanation import explain
from congress_app.quota.fairness import fairness, paradox
from congress_app.quota.problem import REMAINDER_METHODS, Number, Problem, Unit
from congress_app.quota.sensitivity import Margin, sensitivity

# Largest remainder tries every unit against all others: beyond this it would take minutes.
MOST_UNITS_WITH_MARGINS = 1500
# A sentence for each unit is for people to read.
MOST_UNITS_EXPLAINED = 5000


def allocate(problem: Problem, translate: Translator = str) -> dict[str, object]:
    """Divide and describe: the whole answer of `quota allocate`.

    Raises what `apportion` raises.
    """
    result = apportion(problem)
    slow = problem.method in REMAINDER_METHODS and len(problem.units) > MOST_UNITS_WITH_MARGINS
    margins = {} if slow else sensitivity(result)
    return answer(result, margins, translate)


def answer(
    result: Apportionment, margins: Mapping[str, Margin], translate: Translator = str
) -> dict[str, object]:
    """The answer of a finished division in the shape of the command."""
    return {
        "method": result.problem.method.value,
        "seats": result.seats,
        "allocations": [
            {
                "code": line.code,
                "weight": written_weight(line.unit),
                "share": float(line.share),
                "seats": line.seats,
                "binding": None if line.binding is None else line.binding.value,
                "gain_at": written(margins.get(line.code, Margin()).gain_at),
                "lose_at": written(margins.get(line.code, Margin()).lose_at),
            }
            for line in result.lines
        ],
        "ties": [
            {"codes": list(tie.codes), "seats": tie.seats, "decided_by": tie.decided_by}
            for tie in result.ties
        ],
        "diagnostics": diagnostics(result, margins, translate),
    }


def diagnostics(
    result: Apportionment, margins: Mapping[str, Margin], translate: Translator = str
) -> dict[str, object]:
    """Figures beside a division.

    `divisor` (low, high, chosen; null without one), `max_min_ratio` (null when a unit has no
    seat), `gini`, `gallagher` (percentage points), `outside_quota` (codes), `representation`
    (by code), `floors_cost` and `floors_moved`, `paradox` (largest remainder only),
    `seats_asked`, `margins_computed`, `explanations` (by code), `input_hash`.
    """
    figures = fairness(result)
    box = paradox(result)
    explained = len(result.lines) <= MOST_UNITS_EXPLAINED
    said = explain(result, margins) if explained else {}
    return {
        "divisor": _divisor(result),
        "max_min_ratio": None if figures.max_min_ratio is None else float(figures.max_min_ratio),
        "gini": float(figures.gini),
        "gallagher": figures.gallagher,
        "outside_quota": list(figures.outside_quota),
        "representation": {
            code: None if ratio is None else float(ratio)
            for code, ratio in figures.representation.items()
        },
        "floors_cost": figures.floors_cost,
        "floors_moved": None
        if figures.floors_moved is None
        else [asdict(change) for change in figures.floors_moved],
        "paradox": None
        if box is None
        else {"seats": box.seats, "losers": [asdict(change) for change in box.losers]},
        "seats_asked": result.problem.seats,
        "margins_computed": bool(margins) or not result.lines,
        "explanations": {code: sentence.render(translate) for code, sentence in said.items()},
        "input_hash": result.problem.fingerprint(),
    }


def compose_answer(composition: Composition) -> dict[str, object]:
    """The answer of `quota compose`: every pair of row and column, row by row."""
    matrix = composition.matrix
    return {
        "cells": [
            {"row": row, "col": col, "seats": composition.seats[i][j]}
            for i, row in enumerate(matrix.rows)
            for j, col in enumerate(matrix.cols)
        ],
        "equivalent": composition.equivalent,
    }


def written_weight(unit: Unit) -> int | str:
    """A unit's weight as it was written; see the module's text."""
    if unit.written and not unit.written.lstrip("+-").isdigit():
        return unit.written
    return written(unit.weight) or 0


def written(number: Number | None) -> int | str | None:
    """A number that this program reads back exactly: 12, "12.5" or "7/3"."""
    if number is None or number.denominator == 1:
        return None if number is None else int(number)
    for places in range(1, 19):
        if 10**places % number.denominator == 0:
            whole, rest = divmod(abs(number) * 10**places, 10**places)
            sign = "-" if number < 0 else ""
            return f"{sign}{int(whole)}.{int(rest):0{places}d}"
    return str(number)


def _divisor(result: Apportionment) -> dict[str, float | str | None] | None:
    if result.divisor is None:
        return None
    low, high = result.divisor.ends
    chosen = written(Fraction(result.divisor.chosen))
    return {"low": low, "high": high, "chosen": None if chosen is None else str(chosen)}
