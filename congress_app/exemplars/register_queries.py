"""The register by pages: the database filters, sorts and counts, also by what the criteria say
(`answer_queries`), and only who is shown is judged with a reason for every clause.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from congress_app.exemplars import queries
from congress_app.exemplars.criteria import Finding
from congress_app.exemplars.models import Exemplar
from congress_app.exemplars.wanted import Wanted


@dataclass(frozen=True)
class Shown:
    """One page of the register. `total` and `due` count all that fit, on every page.

    `number` is that of the page: the last one, where one behind it was asked for.
    """

    rows: Sequence[Exemplar]
    number: int
    total: int
    due: int
    findings: dict[int, Finding]


def shown(within: Sequence[str], wanted: Wanted, number: int, size: int) -> Shown:
    """The page with this number, from 1, of `size` exemplars."""
    total, due = queries.total_and_due(within, wanted)
    number = _existing(number, total, size)
    rows = queries.exemplars(within, wanted, offset=(number - 1) * size, limit=size)
    return Shown(rows, number, total, due, queries.own_findings(rows))


def judged(within: Sequence[str], wanted: Wanted) -> tuple[Sequence[Exemplar], dict[int, Finding]]:
    """All that fit, and every finding by exemplar."""
    rows = queries.exemplars(within, wanted)
    return rows, queries.own_findings(rows)


def _existing(number: int, total: int, size: int) -> int:
    return min(number, max(1, -(-total // size)))
