"""The filter of the register as conditions of the database."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, func, select

from congress_app.exemplars import answer_queries
from congress_app.exemplars.clauses import Answer
from congress_app.exemplars.lifecycle import Standing
from congress_app.exemplars.models import Exemplar, Nomination
from congress_app.exemplars.reviews import due_since
from congress_app.exemplars.wanted import Wanted
from congress_app.kernel import clock
from congress_app.kernel.vietnamese import fold
from congress_app.units.models import Unit
from congress_app.units.queries import below


def conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    """What an `Exemplar` must meet to be shown; the statement joins its `Unit`."""
    told: list[tuple[object, ColumnElement[bool]]] = [
        (wanted.text, Exemplar.search_key.contains(fold(wanted.text or ""), autoescape=True)),
        (wanted.unit_paths is not None, _stands_below(wanted.unit_paths or ())),
        (wanted.kind, Exemplar.kind == wanted.kind),
        (wanted.field, Exemplar.field == wanted.field),
        (wanted.stage, Exemplar.stage == wanted.stage),
        (wanted.hard_area, Exemplar.is_hard_area.is_(True)),
        (wanted.direct, Exemplar.is_direct.is_(True)),
        (wanted.leader, Exemplar.is_leader.is_(True)),
        (wanted.due, is_due()),
        (
            wanted.year,
            Exemplar.nominations.any(Nomination.year == wanted.year)
            | (Exemplar.detected_year == wanted.year),
        ),
        (wanted.ids is not None, Exemplar.id.in_(wanted.ids or ())),
        (wanted.model, func.coalesce(Exemplar.solution, "") != ""),
        (
            wanted.selected,
            Exemplar.nominations.any(Nomination.standing == Standing.SELECTED.value),
        ),
    ]
    found = [condition for value, condition in told if value]
    if wanted.answer:
        own = answer_queries.own_answer(answer_queries.copies())
        found.append(answer_queries.says(own, Answer(wanted.answer)))
    return found


def is_due() -> ColumnElement[bool]:
    """True for an `Exemplar` nobody has looked at this quarter."""
    return func.coalesce(Exemplar.reviewed_at, Exemplar.created_at) < due_since(clock.today())


def _stands_below(paths: Sequence[str]) -> ColumnElement[bool]:
    # Found first, by the index of paths: PostgreSQL would walk through a quarter of all units.
    meant = select(Unit.id).where(below(paths)).cte("meant")
    return Exemplar.unit_id.in_(
        select(meant.prefix_with("MATERIALIZED", dialect="postgresql").c.id)
    )
