"""Seats that come free are handed on: nobody else loses one.

Everyone's present seats become floors and the freed seats are topped up by the method of the
problem: first within the cluster of the unit that gave them back, then among all, or they
are kept in reserve. The unit that gave seats back stands at what it kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from congress_app.kernel.errors import RuleViolation
from congress_app.kernel.sentences import N_, Sentence
from congress_app.kernel.vietnamese import number
from congress_app.quota.apportionment import apportion
from congress_app.quota.problem import Method, Problem, Unit
from congress_app.quota.ties import Tie


class Handing(StrEnum):
    """Where freed seats may go."""

    CLUSTER = "cluster"
    CLUSTER_THEN_ALL = "cluster_then_all"
    ALL = "all"
    RESERVE = "reserve"


HANDING_LABELS: dict[Handing, str] = {
    Handing.CLUSTER: N_("Chỉ trong cùng cụm thi đua, còn lại để dự phòng"),
    Handing.CLUSTER_THEN_ALL: N_("Trong cùng cụm thi đua trước, sau đó mọi đơn vị"),
    Handing.ALL: N_("Mọi đơn vị"),
    Handing.RESERVE: N_("Để dự phòng"),
}


@dataclass(frozen=True, slots=True)
class Release:
    """Seats by code after the hand-over, what stays in reserve, and ties that were broken."""

    seats: dict[str, int]
    reserve: int
    ties: tuple[Tie, ...]


def hand_on(
    problem: Problem,
    current: Mapping[str, int],
    freed: Mapping[str, int],
    clusters: Mapping[str, str],
    handing: Handing = Handing.CLUSTER_THEN_ALL,
) -> Release:
    """Hand on the seats in `freed` (by code) of a division standing at `current` (by code).

    `clusters` names the cluster of a unit; a unit without one has nobody beside it. Base + step
    knows no proportion, so its freed seats are topped up by Webster. Units that gave seats back
    and locked units receive none. Raises RuleViolation `freed_over_seats` or `negative_freed`
    for impossible figures, and what `apportion` raises.
    """
    for code, count in freed.items():
        _check(problem, code, count, current.get(code, 0))
    seats = {code: had - freed.get(code, 0) for code, had in current.items()}
    left = {code: count for code, count in freed.items() if count}
    ties: list[Tie] = []
    if handing in (Handing.CLUSTER, Handing.CLUSTER_THEN_ALL):
        for cluster in sorted({clusters[code] for code in left if code in clusters}):
            givers = [code for code in left if clusters.get(code) == cluster]
            count = sum(left.pop(code) for code in givers)
            eligible = {code for code, name in clusters.items() if name == cluster}
            rest, tie = _top_up(problem, seats, count, eligible - set(freed))
            ties += tie
            if rest:
                left[givers[0]] = rest
    if handing in (Handing.ALL, Handing.CLUSTER_THEN_ALL):
        rest, tie = _top_up(problem, seats, sum(left.values()), set(current) - set(freed))
        ties += tie
        return Release(seats, rest, tuple(ties))
    return Release(seats, sum(left.values()), tuple(ties))


def _check(problem: Problem, code: str, count: int, had: int) -> None:
    if 0 <= count <= had:
        return
    labels = {unit.code: unit.label for unit in problem.units}
    figures: dict[str, object] = {
        "unit": labels.get(code, code),
        "count": number(count),
        "had": number(had),
    }
    if count < 0:
        said = Sentence("{unit} trả lại {count} suất: số suất trả lại không thể âm.", **figures)
        raise RuleViolation("negative_freed", said)
    said = Sentence(
        "{unit} trả lại {count} suất nhưng chỉ đang có {had}. Hãy nhập lại số suất trả lại.",
        **figures,
    )
    raise RuleViolation("freed_over_seats", said)


def _top_up(
    problem: Problem, seats: dict[str, int], count: int, eligible: set[str]
) -> tuple[int, tuple[Tie, ...]]:
    # Changes `seats`; gives what could not be placed below the ceilings.
    units = [_standing_at(problem, unit, seats, eligible) for unit in problem.units]
    room = 0
    for unit in units:
        if unit.lock is None and unit.weight:
            room += count if unit.ceiling is None else max(unit.ceiling - (unit.floor or 0), 0)
    placed = min(room, count)
    if not placed:
        return count, ()
    method = Method.WEBSTER if problem.method is Method.BASE_STEP else problem.method
    total = sum(seats[unit.code] for unit in units) + placed
    topped = apportion(
        replace(problem, units=tuple(units), seats=total, method=method, floor=0, ceiling=None)
    )
    seats.update(topped.by_code)
    return count - placed, topped.ties


def _standing_at(
    problem: Problem, unit: Unit, seats: Mapping[str, int], eligible: set[str]
) -> Unit:
    has = seats[unit.code]
    base = min(unit.fixed, has)
    if unit.lock is not None or unit.code not in eligible:
        return replace(unit, base=base, bonuses=(), floor=None, ceiling=None, lock=has)
    ceiling = problem.ceiling if unit.ceiling is None else unit.ceiling
    if ceiling is not None:
        # A unit may have been raised above its ceiling by hand; it keeps that.
        ceiling = max(ceiling, has)
    return replace(unit, base=base, bonuses=(), floor=has, ceiling=ceiling, lock=None)
