"""Structure of the delegates: one attribute spread over units, or a matrix of labels.

The guidance emphasises (women, ethnic minorities, people in direct service), it does not
decree: a target is soft unless the organiser makes it hard. One attribute is a largest
remainder within each unit's seats; labels that exclude each other (fields, levels) fill a
matrix in proportion with both margins exact.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from congress_app.kernel.errors import RuleViolation
from congress_app.kernel.sentences import Sentence
from congress_app.kernel.vietnamese import number
from congress_app.quota.apportionment import Apportionment, apportion
from congress_app.quota.biproportion import fill
from congress_app.quota.cuts import cut_sentence
from congress_app.quota.flow import violated_cut
from congress_app.quota.matrix import Matrix, check
from congress_app.quota.problem import Method, Number, Problem, TieChain, Unit
from congress_app.quota.relaxation import Relaxation, relaxations
from congress_app.quota.ties import lot


@dataclass(frozen=True, slots=True)
class Composition:
    """A filled matrix: `seats[row][col]`; `equivalent` when another one is exactly as good."""

    matrix: Matrix
    seats: tuple[tuple[int, ...], ...]
    equivalent: bool


class Unfillable(RuleViolation):
    """No filling obeys the matrix; `proposals` are relaxations a person may accept."""

    def __init__(self, sentence: Sentence, proposals: tuple[Relaxation, ...]) -> None:
        details = [
            Sentence(
                "Có thể: {changes}.",
                changes=_joined([change.sentence() for change in proposal.changes]),
            )
            for proposal in proposals
        ]
        super().__init__("composition_infeasible", sentence, details)
        self.proposals = proposals


def compose(matrix: Matrix) -> Composition:
    """Fill the matrix in proportion to its weights.

    Rows and columns are worked through in the order of a public lot of their names, so the
    order of the input decides nothing, not even among equivalent matrices. Raises
    RuleViolation (codes of `matrix.check`) or Unfillable with the violated cut in words.
    """
    check(matrix)
    cut = violated_cut(matrix)
    if cut is not None:
        raise Unfillable(cut_sentence(matrix, cut), relaxations(matrix, cut))
    rows = sorted(range(len(matrix.rows)), key=lambda i: lot("row", matrix.rows[i]))
    cols = sorted(range(len(matrix.cols)), key=lambda j: lot("col", matrix.cols[j]))
    filled = fill(matrix.permuted(rows, cols))
    row_at = {i: at for at, i in enumerate(rows)}
    col_at = {j: at for at, j in enumerate(cols)}
    seats = tuple(
        tuple(filled.seats[row_at[i]][col_at[j]] for j in range(len(cols)))
        for i in range(len(rows))
    )
    return Composition(matrix, seats, filled.equivalent)


@dataclass(frozen=True, slots=True)
class Spread:
    """One attribute spread over units; `missing` is what a soft target had to give up.

    Positive: more was asked than the units can seat; negative: the floors ask for more.
    """

    result: Apportionment
    target: int
    missing: int


def spread(
    target: int,
    units: Sequence[Unit],
    seats: Mapping[str, int],
    *,
    hard: bool = False,
    ties: TieChain | None = None,
) -> Spread:
    """Spread `target` seats of one attribute over units by its weight there.

    A unit's ceiling is the number of seats it has (`seats` by code) or its own, the smaller;
    its floor says at least how many ("3 suất, trong đó ít nhất 1 nữ"). A soft target is moved
    to the nearest one that can be met, a hard one raises what `apportion` raises.
    """
    bounded = tuple(_within(unit, seats[unit.code]) for unit in units)
    problem = Problem(bounded, target, Method.LARGEST_REMAINDER, ties=ties or TieChain())
    met = target
    if not hard:
        least = sum(problem.low(unit) for unit in bounded)
        most = sum(problem.high(unit) or 0 for unit in bounded)
        met = max(min(target, most), least)
    return Spread(apportion(replace(problem, seats=met)), target, target - met)


def _within(unit: Unit, seats: int) -> Unit:
    return replace(unit, ceiling=seats if unit.ceiling is None else min(seats, unit.ceiling))


NO_LABEL = "–"


def one_label_each(
    seats: Mapping[str, int],
    targets: Mapping[str, int],
    weights: Mapping[tuple[str, str], Number],
    floors: Mapping[tuple[str, str], int] | None = None,
    method: Method = Method.WEBSTER,
) -> Matrix:
    """The matrix in which each seat carries at most one label.

    `seats` by unit, `targets` by label, `weights` and `floors` by (unit, label). Seats beyond
    all targets go to the column `NO_LABEL`, weighted by the unit's seats. Raises RuleViolation
    `labels_over_seats` when the targets together ask for more seats than there are.
    """
    floors = floors or {}
    spare = sum(seats.values()) - sum(targets.values())
    if spare < 0:
        raise RuleViolation(
            "labels_over_seats",
            Sentence(
                "Các chỉ tiêu cơ cấu cộng lại là {targets}, nhưng chỉ có {seats} suất và mỗi suất "
                "chỉ mang một nhãn. Hãy giảm chỉ tiêu hoặc cho phép một suất mang nhiều nhãn.",
                targets=number(sum(targets.values())),
                seats=number(sum(seats.values())),
            ),
        )
    rows = tuple(seats)
    labels = tuple(targets)
    return Matrix(
        rows=rows,
        cols=(*labels, NO_LABEL),
        row_seats=tuple(seats.values()),
        col_seats=(*targets.values(), spare),
        weights=tuple(
            (*(weights.get((row, label), 0) for label in labels), seats[row]) for row in rows
        ),
        floors=tuple((*(floors.get((row, label), 0) for label in labels), 0) for row in rows),
        method=method,
    )


def _joined(sentences: list[Sentence]) -> Sentence:
    joined = sentences[0]
    for sentence in sentences[1:]:
        joined = Sentence("{first}; {then}", first=joined, then=sentence)
    return joined
