"""Refuse what cannot be divided, naming the numbers; hand the rest over in whole numbers.

Nothing is relaxed here: a bound that clashes is said, with what to change.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from congress_app.kernel.errors import RuleViolation
from congress_app.kernel.sentences import Sentence
from congress_app.kernel.vietnamese import number
from congress_app.quota.problem import Method, Problem, Unit

Fault = tuple[str, Sentence]


@dataclass(frozen=True, slots=True)
class Field:
    """The units still in play and the seats they share, all in whole numbers.

    `places` are positions in `problem.units`; `weights` are weights times `grid`; `lows`
    and `highs` bound the seats above base; `pool` is the sum of those seats.
    """

    places: list[int]
    weights: list[int]
    lows: list[int]
    highs: list[int]
    pool: int
    grid: int


def check(problem: Problem) -> None:
    """Raise RuleViolation when no allocation can obey the problem; all faults at once."""
    faults = _figures(problem) + _units(problem.units) + _bounds(problem)
    if not faults and problem.method is not Method.BASE_STEP:
        faults = _totals(problem)
    if faults:
        code, sentence = faults[0]
        raise RuleViolation(code, sentence, [said for _, said in faults])


def field_of(problem: Problem) -> Field:
    """Take out locked and weightless units with their seats; the problem was checked."""
    seats = problem.seats or 0
    grid = problem.grid
    taken = 0
    places: list[int] = []
    for place, unit in enumerate(problem.units):
        if unit.lock is None and unit.weight > 0:
            places.append(place)
            taken += unit.fixed
        else:
            taken += problem.low(unit)
    pool = seats - taken
    # One seat beyond the pool: a unit that holds it all still has a next claim that is refused.
    beyond = pool + 1
    lows: list[int] = []
    highs: list[int] = []
    weights: list[int] = []
    for place in places:
        unit = problem.units[place]
        fixed = unit.fixed
        high = problem.high(unit)
        weights.append(int(unit.weight * grid))
        lows.append(problem.low(unit) - fixed)
        highs.append(beyond if high is None else min(beyond, high - fixed))
    return Field(places, weights, lows, highs, pool, grid)


def _figures(problem: Problem) -> list[Fault]:
    faults: list[Fault] = []
    if problem.method is Method.BASE_STEP:
        faults += _step_rule(problem)
    elif problem.seats is None:
        said = Sentence("Chưa cho tổng số suất cần phân bổ. Hãy nhập tổng số suất.")
        faults.append(("no_seats", said))
    if problem.seats is not None and problem.seats < 0:
        said = Sentence(
            "Tổng số suất là {seats}, nhỏ hơn 0. Hãy nhập số từ 0 trở lên.",
            seats=number(problem.seats),
        )
        faults.append(("negative_seats", said))
    return faults


def _step_rule(problem: Problem) -> list[Fault]:
    rule = problem.step
    if rule is None:
        said = Sentence("Cách chia bậc thang cần biết cứ bao nhiêu người thì thêm một suất.")
        return [("no_step", said)]
    if rule.step <= 0 or not 0 < rule.limit <= rule.step:
        said = Sentence(
            "Bậc thang {step} người, số dư từ {limit}: bậc phải lớn hơn 0 và "
            "mức số dư phải từ trên 0 đến bằng bậc.",
            step=number(rule.step),
            limit=number(rule.limit),
        )
        return [("bad_step", said)]
    return []


def _units(units: tuple[Unit, ...]) -> list[Fault]:
    faults: list[Fault] = []
    for code, times in Counter(unit.code for unit in units).items():
        if times > 1:
            said = Sentence(
                "Mã đơn vị {code} xuất hiện {times} lần. Mỗi đơn vị chỉ được có một dòng.",
                code=code,
                times=times,
            )
            faults.append(("duplicate_unit", said))
    for unit in units:
        if unit.weight < 0:
            said = Sentence(
                "{unit} có trọng số {weight}, nhỏ hơn 0. Hãy sửa trọng số của đơn vị này.",
                unit=unit.label,
                weight=unit.written or str(unit.weight),
            )
            faults.append(("negative_weight", said))
    return faults


def _bounds(problem: Problem) -> list[Fault]:
    faults: list[Fault] = []
    for unit in problem.units:
        if min(unit.fixed, unit.floor or 0, unit.ceiling or 0, unit.lock or 0) < 0:
            said = Sentence(
                "{unit} có số cố định, sàn, trần hoặc số khóa nhỏ hơn 0. Hãy sửa dòng này.",
                unit=unit.label,
            )
            faults.append(("negative_bound", said))
        elif unit.lock is not None:
            faults += _lock(unit)
        else:
            faults += _floor_and_ceiling(problem, unit)
    return faults


def _lock(unit: Unit) -> list[Fault]:
    lock = unit.lock or 0
    floor = max(unit.floor or 0, unit.fixed)
    if floor <= lock and (unit.ceiling is None or lock <= unit.ceiling):
        return []
    said = Sentence(
        "{unit} bị khóa ở {lock} suất nhưng sàn (hoặc số cố định) là {floor} và trần là {ceiling}. "
        "Hãy sửa số khóa hoặc các giới hạn.",
        unit=unit.label,
        lock=number(lock),
        floor=number(floor),
        ceiling="–" if unit.ceiling is None else number(unit.ceiling),
    )
    return [("lock_out_of_bounds", said)]


def _floor_and_ceiling(problem: Problem, unit: Unit) -> list[Fault]:
    ceiling = problem.ceiling if unit.ceiling is None else unit.ceiling
    floor = problem.floor if unit.floor is None else unit.floor
    if ceiling is None or max(floor, unit.fixed) <= ceiling:
        return []
    if floor > ceiling:
        said = Sentence(
            "{unit} có sàn {floor} lớn hơn trần {ceiling}. Hãy giảm sàn hoặc nâng trần.",
            unit=unit.label,
            floor=number(floor),
            ceiling=number(ceiling),
        )
        return [("floor_over_ceiling", said)]
    said = Sentence(
        "{unit} có {base} suất cố định, nhiều hơn trần {ceiling}. "
        "Hãy giảm số cố định hoặc nâng trần.",
        unit=unit.label,
        base=number(unit.fixed),
        ceiling=number(ceiling),
    )
    return [("base_over_ceiling", said)]


def _totals(problem: Problem) -> list[Fault]:
    seats = problem.seats or 0
    least = sum(problem.low(unit) for unit in problem.units)
    if least > seats:
        said = Sentence(
            "Các mức sàn, số cố định và số khóa cộng lại là {least} suất, "
            "nhưng chỉ có {seats} suất: thiếu {missing}. Hãy giảm sàn hoặc tăng tổng số suất.",
            least=number(least),
            seats=number(seats),
            missing=number(least - seats),
        )
        return [("floors_over_total", said)]
    most = _most(problem, weightless=True)
    if most is not None and most < seats:
        said = Sentence(
            "Các mức trần và số khóa cộng lại là {most} suất, nhưng phải chia {seats} suất: "
            "thừa {left}. Hãy nâng trần hoặc giảm tổng số suất.",
            most=number(most),
            seats=number(seats),
            left=number(seats - most),
        )
        return [("ceilings_under_total", said)]
    most = _most(problem, weightless=False)
    if most is not None and most < seats:
        said = Sentence(
            "Còn {left} suất nhưng chỉ còn đơn vị có trọng số 0, mà đơn vị như vậy chỉ nhận "
            "đúng mức sàn. Hãy nhập trọng số, nâng trần của đơn vị khác hoặc giảm tổng số suất.",
            left=number(seats - most),
        )
        return [("only_weightless_units", said)]
    return []


def _most(problem: Problem, *, weightless: bool) -> int | None:
    # What could be seated at most; None when some unit has no limit.
    total = 0
    for unit in problem.units:
        high = problem.high(unit)
        if weightless and unit.weight == 0 and unit.lock is None:
            high = problem.ceiling if unit.ceiling is None else unit.ceiling
        if high is None:
            return None
        total += high
    return total
