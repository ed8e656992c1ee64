"""The problem as a mixed-integer programme for HiGHS.

One choice (0 or 1) for each speech. Repeated topics cost p, 2p, 3p… for the second, third,
fourth speech on a topic: those rising steps add up to p for every pair, need no variable
for each pair and may stay continuous, since a rising cost fills its cheap steps first.
One thread and a fixed seed give the same plan on every run.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

import highspy

from congress_app.programme.selection.problem import Problem
from congress_app.programme.selection.rules import Row, Rule

_OPTIONS: dict[str, int | float | bool] = {
    "threads": 1,
    "random_seed": 1,
    "mip_rel_gap": 0.0,
    # All figures are whole, so less than one point apart is the same.
    "mip_abs_gap": 0.5,
    # Measured on 200 speeches: its own searches for good plans cost half of the time.
    "mip_heuristic_effort": 0.0,
    "mip_heuristic_run_feasibility_jump": False,
    "mip_heuristic_run_rins": False,
    "mip_heuristic_run_rens": False,
    "mip_heuristic_run_root_reduced_cost": False,
}

_FEASIBLE = highspy.SolutionStatus.kSolutionStatusFeasible
# Every column has bounds or a cost against it, so nothing is ever unbounded.
_IMPOSSIBLE = (
    highspy.HighsModelStatus.kInfeasible,
    highspy.HighsModelStatus.kUnboundedOrInfeasible,
)


class End(StrEnum):
    """How a search ended."""

    BEST = "best"
    GOOD = "good"
    IMPOSSIBLE = "impossible"
    UNDECIDED = "undecided"


@dataclass(frozen=True)
class Found:
    """A plan (places of the chosen), its value and the bound no plan exceeds."""

    end: End
    plan: frozenset[int] = frozenset()
    value: int = 0
    bound: float = 0.0


class Model:
    """A programme that can be asked again with speeches forced, plans forbidden."""

    def __init__(
        self, problem: Problem, rules: Iterable[Rule], rewards: Sequence[int] | None = None
    ) -> None:
        """`rewards` replaces scores and topic costs by one whole figure for each speech."""
        self._size = len(problem.offers)
        self._highs = highspy.Highs()  # type: ignore[no-untyped-call]
        self._highs.silent()
        for name, value in _OPTIONS.items():
            self._highs.setOptionValue(name, value)
        scale = problem.score_scale
        scores = rewards or [int(offer.score * scale) for offer in problem.offers]
        for score in scores:
            self._highs.addCol(float(score), 0.0, 1.0, 0, [], [])
        for place in range(self._size):
            self._highs.changeColIntegrality(place, highspy.HighsVarType.kInteger)
        self._highs.changeObjectiveSense(highspy.ObjSense.kMaximize)
        self._costs = [float(score) for score in scores]
        self._limits: list[int] = []
        for rule in rules:
            for row in rule.rows:
                self.add(row)
        if rewards is None and problem.topic_penalty:
            self._topics(problem, int(problem.topic_penalty * scale))

    def _topics(self, problem: Problem, penalty: int) -> None:
        for places in problem.members("topic").values():
            steps: dict[int, float] = dict.fromkeys(places, 1.0)
            for step in range(len(places)):
                self._highs.addCol(-float(penalty * step), 0.0, 1.0, 0, [], [])
                self._costs.append(-float(penalty * step))
                steps[len(self._costs) - 1] = -1.0
            self._highs.addRow(0.0, 0.0, len(steps), list(steps), list(steps.values()))

    def add(self, row: Row) -> None:
        """One more inequality."""
        self._limits.append(row.limit)
        columns = [place for place, _ in row.terms]
        figures = [float(figure) for _, figure in row.terms]
        self._highs.addRow(-highspy.kHighsInf, float(row.limit), len(columns), columns, figures)

    def loosen(self, rows: Iterable[Row]) -> int:
        """Add rows that may be broken together by a whole slack; the slack's column."""
        self._highs.addCol(0.0, 0.0, highspy.kHighsInf, 0, [], [])
        self._costs.append(0.0)
        column = len(self._costs) - 1
        self._highs.changeColIntegrality(column, highspy.HighsVarType.kInteger)
        for row in rows:
            self.add(Row((*row.terms, (column, -1)), row.limit))
        return column

    def switch(self, rows: Iterable[Row]) -> int:
        """Add rows that a switch (0 or 1) turns off together; the switch's column."""
        self._highs.addCol(0.0, 0.0, 1.0, 0, [], [])
        self._costs.append(0.0)
        column = len(self._costs) - 1
        self._highs.changeColIntegrality(column, highspy.HighsVarType.kInteger)
        for row in rows:
            # No plan exceeds the sum of the positive coefficients.
            most = sum(figure for _, figure in row.terms if figure > 0) - row.limit
            if most > 0:
                self.add(Row((*row.terms, (column, -most)), row.limit))
        return column

    @property
    def costs(self) -> dict[int, float]:
        """The objective as `aim` takes it."""
        return dict(enumerate(self._costs))

    def aim(self, costs: dict[int, float]) -> None:
        """Replace the objective: maximise these columns, all others count nothing."""
        self._costs = [costs.get(column, 0.0) for column in range(len(self._costs))]
        size = len(self._costs)
        self._highs.changeColsCost(size, list(range(size)), self._costs)

    def at_least(self, value: int) -> None:
        """Only plans whose value, as aimed at now, is no less."""
        figures = {column: -cost for column, cost in enumerate(self._costs) if cost}
        self._highs.addRow(
            -highspy.kHighsInf, 0.5 - value, len(figures), list(figures), list(figures.values())
        )

    def forbid(self, plan: frozenset[int]) -> None:
        """Never exactly this plan again."""
        terms = tuple((place, 1 if place in plan else -1) for place in range(self._size))
        self.add(Row(terms, len(plan) - 1))

    def fix(self, place: int, low: int, high: int) -> None:
        """Force a speech in (1, 1) or out (0, 0), or let it go (0, 1)."""
        self._highs.changeColBounds(place, float(low), float(high))

    def relax(self) -> None:
        """Let the choices be broken numbers from now on; `prices` then tells the bound."""
        for place in range(self._size):
            self._highs.changeColIntegrality(place, highspy.HighsVarType.kContinuous)
        # Asked again and again with one bound changed: the last basis is the best start.
        self._highs.setOptionValue("presolve", "off")

    def prices(self) -> tuple[float, list[float]] | None:
        """The bound of a relaxed model and what each column off its bound costs at least.

        None when even broken choices keep no plan.
        """
        self._highs.run()
        if self._highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        value = self._highs.getInfo().objective_function_value
        return value, list(self._highs.getSolution().col_dual)

    def narrow(self, low: list[float], high: list[float]) -> None:
        """Bounds of all columns at once."""
        self._highs.changeColsBounds(len(low), list(range(len(low))), low, high)

    def solve(self, seconds: float) -> Found:
        """Search at most so long."""
        if not self._costs:  # nothing offered: HiGHS has no answer to an empty model
            return Found(End.BEST if min(self._limits, default=0) >= 0 else End.IMPOSSIBLE)
        # HiGHS's clock runs on over several runs of one model.
        until = self._highs.getRunTime() + max(seconds, 0.0)
        self._highs.setOptionValue("time_limit", until)
        self._highs.run()
        status = self._highs.getModelStatus()
        info = self._highs.getInfo()
        if status in _IMPOSSIBLE:
            return Found(End.IMPOSSIBLE)
        best = status == highspy.HighsModelStatus.kOptimal
        if not best and info.primal_solution_status != _FEASIBLE:
            return Found(End.UNDECIDED)
        values = self._highs.getSolution().col_value
        plan = frozenset(place for place in range(self._size) if values[place] > 0.5)
        return Found(
            End.BEST if best else End.GOOD,
            plan,
            round(info.objective_function_value),
            info.mip_dual_bound,
        )
