"""Small problems and their answer by trying every plan."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from itertools import chain, combinations, pairwise
from typing import Any

from hypothesis import strategies as st

# The example of the documented file; speeches 2 to 5 complete it.
EXAMPLE: dict[str, Any] = {
    "budget_minutes": 20,
    "changeover_minutes": 0,
    "max_per_unit": 1,
    "min_share": {"women": 0.3, "individual": 0.0},
    "min": {"field": {"VH": 1, "XD": 1}},
    "max": {"field": {"economy": 2}},
    "topic_penalty": 0,
    "locked_in": [],
    "locked_out": [],
    "speeches": [
        {"id": "1", "unit": "U1", "field": "economy", "sex": "M", "kind": "individual",
         "region": "N", "topic": "t1", "minutes": 7, "score": 90},
        {"id": "2", "unit": "U2", "field": "VH", "sex": "F", "minutes": 6, "score": 85},
        {"id": "3", "unit": "U3", "field": "XD", "sex": "M", "minutes": 7, "score": 80},
        {"id": "4", "unit": "U4", "field": "economy", "sex": "M", "minutes": 6, "score": 88},
        {"id": "5", "unit": "U5", "field": "XD", "sex": "F", "minutes": 7, "score": 73},
    ],
}  # fmt: skip


def _exact(number: Any) -> Fraction:
    return Fraction(str(number))


def lawful(body: dict[str, Any], plan: tuple[dict[str, Any], ...]) -> bool:
    """Does the plan keep the rules of the file? Written from the file's description alone."""
    ids = {speech["id"] for speech in plan}
    minutes = sum(_exact(speech["minutes"]) for speech in plan)
    minutes += _exact(body["changeover_minutes"]) * len(list(pairwise(plan)))
    units = Counter(speech["unit"] for speech in plan)
    women = sum(speech["sex"] == "F" for speech in plan)
    alone = sum(speech["kind"] == "individual" for speech in plan)
    share = body["min_share"]
    return (
        minutes <= _exact(body["budget_minutes"])
        and all(count <= body["max_per_unit"] for count in units.values())
        and women >= _exact(share["women"]) * len(plan)
        and alone >= _exact(share["individual"]) * len(plan)
        and all(
            sum(speech[key] == value for speech in plan) >= limit
            for key, limits in body["min"].items()
            for value, limit in limits.items()
        )
        and all(
            sum(speech[key] == value for speech in plan) <= limit
            for key, limits in body["max"].items()
            for value, limit in limits.items()
        )
        and set(body["locked_in"]) <= ids
        and not set(body["locked_out"]) & ids
    )


def value(body: dict[str, Any], plan: tuple[dict[str, Any], ...]) -> Fraction:
    """Scores less the penalty for every pair on one topic."""
    pairs = sum(one["topic"] == two["topic"] for one, two in combinations(plan, 2))
    scores = sum((_exact(speech["score"]) for speech in plan), Fraction(0))
    return scores - _exact(body["topic_penalty"]) * pairs


def every_plan(body: dict[str, Any]) -> list[tuple[Fraction, list[str]]]:
    """All lawful plans with their worth; the best first, the earlier ids first among equals."""
    speeches = body["speeches"]
    plans = chain.from_iterable(combinations(speeches, size) for size in range(len(speeches) + 1))
    found = [
        (value(body, plan), [speech["id"] for speech in plan])
        for plan in plans
        if lawful(body, plan)
    ]
    order = [speech["id"] for speech in speeches]
    return sorted(found, key=lambda each: (-each[0], [name not in each[1] for name in order]))


@st.composite
def bodies(draw: st.DrawFn) -> dict[str, Any]:
    """Files of up to eight speeches in which rules bite."""
    speeches = [
        {
            "id": str(number),
            "unit": draw(st.sampled_from(["U1", "U2", "U3", "U4"])),
            "field": draw(st.sampled_from(["VH", "XD", "KT"])),
            "region": draw(st.sampled_from(["N", "S"])),
            "topic": draw(st.sampled_from(["t1", "t2", "t3"])),
            "sex": draw(st.sampled_from(["F", "M"])),
            "kind": draw(st.sampled_from(["individual", "collective"])),
            "minutes": draw(st.integers(1, 12)),
            "score": draw(st.sampled_from([60, 70.5, 82.25, 90, 90.1, 0, -3, 99.999])),
        }
        for number in range(1, draw(st.integers(0, 8)) + 1)
    ]
    ids = [str(speech["id"]) for speech in speeches]
    locks = st.lists(st.sampled_from(ids), max_size=1) if ids else st.just([])
    return {
        "budget_minutes": draw(st.integers(0, 40)),
        "changeover_minutes": draw(st.sampled_from([0, 1, 2.5])),
        "max_per_unit": draw(st.integers(1, 2)),
        "min_share": {
            "women": draw(st.sampled_from([0, 0.3, 0.5])),
            "individual": draw(st.sampled_from([0, 0.25, 1])),
        },
        "min": {"field": {"VH": draw(st.integers(0, 1))}},
        "max": {"field": {"XD": draw(st.integers(0, 3))}, "region": {"N": 3}},
        "topic_penalty": draw(st.sampled_from([0, 2.5, 40])),
        "locked_in": draw(locks),
        "locked_out": draw(locks),
        "speeches": speeches,
    }
