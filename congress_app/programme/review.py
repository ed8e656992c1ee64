"""Marks of reviewers to one score for each speech.

A reviewer marks each criterion of the congress's sheet from 0 to its highest mark. His figure
for a speech is the weighted mean of the criteria he marked, as hundredths of the highest
mark: a 0 counts, a criterion left empty does not.

Harsh and lenient reviewers are levelled by an additive model: figure = worth of the speech +
leaning of the reviewer + noise. Leanings are found by least squares with a penalty of one
mark's weight on their squares, so that a reviewer of one or two speeches is believed little.
The score of a speech is the mean of its figures less their reviewers' leanings, between 0
and 100. All arithmetic is exact; the order of the marks changes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType

from congress_app.kernel.sentences import N_

ENOUGH_REVIEWERS = 2
# Figures further apart than this, after levelling, are talked about before they count.
SPREAD = 20
_SHRINK = 1


@dataclass(frozen=True)
class Criterion:
    """What is marked, and how much it weighs."""

    code: str
    title: str
    weight: int


@dataclass(frozen=True)
class Sheet:
    """What reviewers of a congress mark, and the highest mark of each criterion."""

    criteria: tuple[Criterion, ...]
    highest: int


# A proposal, by what the guidance asks of a speech: truly typical, new and creative, well
# made. The organiser makes it the congress's own.
SHEET = Sheet(
    (
        Criterion("typical", N_("Điển hình, có nét mới, sáng tạo"), 4),
        Criterion("effect", N_("Kết quả cụ thể, có số liệu"), 3),
        Criterion("spread", N_("Khả năng nhân rộng"), 2),
        Criterion("form", N_("Bố cục rõ, đúng thời gian"), 1),
    ),
    10,
)


@dataclass(frozen=True)
class Review:
    """One reviewer's marks of one speech by criterion; what he left empty is not there."""

    reviewer: int
    speech: int
    marks: Mapping[str, int]


@dataclass(frozen=True)
class Score:
    """What the reviews of one speech come to.

    `score` is None without any figure; `raw` is the plain mean. `figures` are the levelled
    ones by reviewer, `spread` the distance of the highest from the lowest of them.
    """

    score: Fraction | None
    raw: Fraction | None
    figures: Mapping[int, Fraction]
    spread: Fraction

    @property
    def is_complete(self) -> bool:
        """Did enough reviewers mark it?"""
        return len(self.figures) >= ENOUGH_REVIEWERS

    def is_disputed(self, limit: int = SPREAD) -> bool:
        """Do the reviewers differ by more than the limit?"""
        return self.spread > limit


NO_SCORE = Score(None, None, MappingProxyType({}), Fraction(0))


def is_whole(marks: Mapping[str, int], sheet: Sheet = SHEET) -> bool:
    """Is every criterion marked?"""
    return all(each.code in marks for each in sheet.criteria)


def figure_of(marks: Mapping[str, int], sheet: Sheet = SHEET) -> Fraction | None:
    """0 to 100 from the marks there are; None without any."""
    marked = [each for each in sheet.criteria if each.code in marks]
    weight = sum(each.weight for each in marked)
    if not weight:
        return None
    total = sum(each.weight * marks[each.code] for each in marked)
    return Fraction(total * 100, weight * sheet.highest)


def levelled(
    reviews: Sequence[Review], sheet: Sheet = SHEET
) -> tuple[dict[int, Score], dict[int, Fraction]]:
    """Scores by speech and leanings by reviewer (positive: lenient)."""
    figures: dict[int, dict[int, Fraction]] = {}
    for review in reviews:
        figure = figure_of(review.marks, sheet)
        if figure is not None:
            figures.setdefault(review.speech, {})[review.reviewer] = figure
    leanings = _leanings(figures)
    return {speech: _score(each, leanings) for speech, each in sorted(figures.items())}, leanings


def _score(figures: Mapping[int, Fraction], leanings: Mapping[int, Fraction]) -> Score:
    level = {reviewer: figure - leanings[reviewer] for reviewer, figure in sorted(figures.items())}
    mean = sum(level.values(), Fraction(0)) / len(level)
    raw = sum(figures.values(), Fraction(0)) / len(figures)
    spread = max(level.values()) - min(level.values())
    return Score(min(max(mean, Fraction(0)), Fraction(100)), raw, level, spread)


def _leanings(figures: Mapping[int, Mapping[int, Fraction]]) -> dict[int, Fraction]:
    """The normal equations with the speeches eliminated: each is the mean of what is left."""
    reviewers = sorted({reviewer for each in figures.values() for reviewer in each})
    place = {reviewer: number for number, reviewer in enumerate(reviewers)}
    size = len(reviewers)
    matrix = [[Fraction(_SHRINK * (row == col)) for col in range(size)] for row in range(size)]
    right = [Fraction(0)] * size
    for each in figures.values():
        mean = sum(each.values(), Fraction(0)) / len(each)
        for one, figure in each.items():
            right[place[one]] += figure - mean
            matrix[place[one]][place[one]] += 1
            for other in each:
                matrix[place[one]][place[other]] -= Fraction(1, len(each))
    return dict(zip(reviewers, _solve(matrix, right), strict=True))


def _solve(matrix: list[list[Fraction]], right: list[Fraction]) -> list[Fraction]:
    """Gauss and Jordan; the matrix is positive definite, so no pivot is zero."""
    size = len(right)
    rows = [[*row, value] for row, value in zip(matrix, right, strict=True)]
    for pivot in range(size):
        lead = rows[pivot][pivot]
        rows[pivot] = [cell / lead for cell in rows[pivot]]
        for other in range(size):
            factor = rows[other][pivot]
            if other != pivot and factor:
                rows[other] = [
                    cell - factor * base
                    for cell, base in zip(rows[other], rows[pivot], strict=True)
                ]
    return [row[size] for row in rows]
