"""The register by pages: the database filters, sorts and counts, and only who is shown is
judged by the criteria.

What the criteria say stands in no column. Who asks for one answer of theirs, or for how
many have each, has every exemplar that fits judged, in statements that grow by one for
every five hundred.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from congress_app.exemplars import queries
from congress_app.exemplars.clauses import Answer
from congress_app.exemplars.criteria import Finding
from congress_app.exemplars.models import Exemplar
from congress_app.exemplars.reviews import is_due
from congress_app.exemplars.wanted import Wanted
from congress_app.kernel import clock


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
    if wanted.answer:
        return _of_judged(within, wanted, number, size)
    total = queries.total(within, wanted)
    number = _existing(number, total, size)
    rows = queries.exemplars(within, wanted, offset=(number - 1) * size, limit=size)
    due = queries.total(within, replace(wanted, due=True))
    return Shown(rows, number, total, due, queries.own_findings(rows))


def _of_judged(within: Sequence[str], wanted: Wanted, number: int, size: int) -> Shown:
    """The page of those with the one answer that is asked for."""
    rows, found = judged(within, wanted)
    number = _existing(number, len(rows), size)
    today = clock.today()
    due = sum(is_due(row.reviewed_at, row.created_at, today) for row in rows)
    part = rows[(number - 1) * size : number * size]
    return Shown(part, number, len(rows), due, found)


def judged(within: Sequence[str], wanted: Wanted) -> tuple[Sequence[Exemplar], dict[int, Finding]]:
    """All that fit, the answer of the criteria included, and every finding by exemplar."""
    rows = queries.exemplars(within, wanted)
    found = queries.own_findings(rows)
    return queries.fitting(rows, found, wanted.answer), found


def answers(within: Sequence[str], wanted: Wanted) -> dict[Answer, int]:
    """How many of all that fit qualify, do not, or cannot be told."""
    rows, found = judged(within, wanted)
    return queries.answers({row.id: found[row.id] for row in rows})


def _existing(number: int, total: int, size: int) -> int:
    return min(number, max(1, -(-total // size)))
