"""Facts onto a row, with the keys that follow them: one way for the form and the sheet."""

from __future__ import annotations

from typing import Protocol

from congress_app.exemplars.facts import ExemplarFacts, Kind
from congress_app.kernel.vietnamese import fold, name_sort_key, text_sort_key


class Row(Protocol):
    """What the keys are written to."""

    search_key: str
    sort_key: str


def write_facts(row: Row, facts: ExemplarFacts) -> None:
    """Every column the facts fill, and what search and order read."""
    for name, value in facts.columns().items():
        setattr(row, name, value)
    row.search_key = fold(facts.name)[:250]
    sort = name_sort_key if facts.kind is Kind.INDIVIDUAL else text_sort_key
    row.sort_key = sort(facts.name)[:600]
