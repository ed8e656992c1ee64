"""From the organiser's options and the units' figures to the question put to the engine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from congress_app.kernel.sentences import N_
from congress_app.quota.explanation import DELEGATES, PEOPLE, Words
from congress_app.quota.options import TIE_KEYS, LineRule, Options
from congress_app.quota.problem import (
    Method,
    Number,
    Problem,
    StepRule,
    TieChain,
    TieKey,
    Unit,
)
from congress_app.quota.weights import WeightSource, mixed

POINTS = N_("điểm trọng số")


@dataclass(frozen=True)
class Claimant:
    """A unit that elects, with its weight.

    `values` are its figures by source (`options.WEIGHT_SOURCES`), of which the weight is
    mixed; `silent` base conferences have not reported, so their headcount stands in.
    """

    code: str
    name: str
    weight: Number
    values: Mapping[str, int] = field(default_factory=dict)
    silent: int = 0


def mix_of(
    options: Options, values: Mapping[str, Mapping[str, int]], codes: Sequence[str]
) -> dict[str, Number]:
    """The weight of every code by the chosen sources; `values` by source, then by code."""
    sources = [
        WeightSource(source, values.get(source, {}), coefficient)
        for source, coefficient in options.mix.items()
    ]
    return mixed(sources, codes)


def problem_of(options: Options, claimants: Sequence[Claimant]) -> Problem:
    """The question put to the engine."""
    pool = options.pool
    method = Method(options.method)
    step = StepRule(options.step, options.threshold) if options.step else None
    return Problem(
        units=tuple(_unit(one, options.lines.get(one.code, LineRule())) for one in claimants),
        seats=pool.seats if pool else options.seats,
        method=method,
        floor=options.floor,
        ceiling=options.ceiling,
        ties=_chain(options, claimants),
        step=step if method is Method.BASE_STEP else None,
    )


def _unit(claimant: Claimant, rule: LineRule) -> Unit:
    return Unit(
        code=claimant.code,
        weight=claimant.weight,
        name=claimant.name,
        base=rule.base,
        floor=rule.floor,
        ceiling=rule.ceiling,
        lock=rule.lock,
    )


def _chain(options: Options, claimants: Sequence[Claimant]) -> TieChain:
    keys: tuple[TieKey, ...] = ()
    if options.tie_key in TIE_KEYS:
        values = {one.code: one.values.get(str(options.tie_key), 0) for one in claimants}
        keys = (TieKey(TIE_KEYS[str(options.tie_key)], values),)
    return TieChain(keys=keys, seed=options.tie_seed or None, order=options.tie_order)


def words_for(options: Options) -> Words:
    """What the weights count: people of one source, or points of a mix."""
    source, coefficient = next(iter(options.mix.items()))
    if len(options.mix) > 1 or coefficient != Fraction(1) or source == "equal":
        return Words(POINTS, POINTS)
    return Words(PEOPLE, PEOPLE) if source == "headcount" else Words(DELEGATES, PEOPLE)
