"""Look at a plan again, from the problem's own words and without the model.

Written apart from `rules` and `model` on purpose: a mistake there must not excuse itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction

from congress_app.programme.selection.problem import Problem


def faults_of(problem: Problem, chosen: Sequence[str]) -> list[str]:
    """The keys of the rules a plan breaks; empty when it keeps all of them."""
    by_id = {offer.id: offer for offer in problem.offers}
    if len(set(chosen)) != len(chosen) or not by_id.keys() >= set(chosen):
        return ["chosen"]
    picked = [by_id[name] for name in chosen]
    broken = []
    time = Fraction(0)
    for number, offer in enumerate(picked):
        time += offer.minutes if number == 0 else offer.minutes + problem.changeover
    if time > problem.budget:
        broken.append("budget_minutes")
    units = Counter(offer.marks["unit"] for offer in picked if "unit" in offer.marks)
    if problem.max_per_unit is not None and any(n > problem.max_per_unit for n in units.values()):
        broken.append("max_per_unit")
    women = sum(offer.marks.get("sex") == "F" for offer in picked)
    alone = sum(offer.marks.get("kind") == "individual" for offer in picked)
    for name, number in (("women", women), ("individual", alone)):
        if picked and Fraction(number, len(picked)) < problem.shares.get(name, Fraction(0)):
            broken.append(f"min_share.{name}")
    broken += _counted(problem, chosen)
    broken += [f"locked_in.{name}" for name in sorted(problem.locked_in - set(chosen))]
    broken += [f"locked_out.{name}" for name in sorted(problem.locked_out & set(chosen))]
    return broken


def _counted(problem: Problem, chosen: Sequence[str]) -> list[str]:
    wanted = set(chosen)
    counts = Counter(
        (attribute, value)
        for offer in problem.offers
        if offer.id in wanted
        for attribute, value in offer.marks.items()
    )
    low = [
        f"min.{attribute}.{value}"
        for attribute, limits in problem.least.items()
        for value, limit in limits.items()
        if counts[attribute, value] < limit
    ]
    high = [
        f"max.{attribute}.{value}"
        for attribute, limits in problem.most.items()
        for value, limit in limits.items()
        if counts[attribute, value] > limit
    ]
    return low + high


def worth(problem: Problem, chosen: Sequence[str]) -> Fraction:
    """The score of a plan, counted speech by speech: each pays for the ones before it."""
    by_id = {offer.id: offer for offer in problem.offers}
    heard: Counter[str] = Counter()
    total = Fraction(0)
    for name in chosen:
        offer = by_id[name]
        topic = offer.marks.get("topic", "")
        total += offer.score - (problem.topic_penalty * heard[topic] if topic else 0)
        heard[topic] += 1
    return total
