"""Numbers of papers: one series a body and year, without gaps, never given twice.

A void paper keeps its number, so the register shows what became of every one.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from congress_app.kernel.sentences import N_


class State(StrEnum):
    """Where a paper stands."""

    DRAFT = "draft"
    ISSUED = "issued"
    REPLACED = "replaced"
    VOID = "void"


STATE_LABELS: dict[str, str] = {
    State.DRAFT: N_("Dự thảo"),
    State.ISSUED: N_("Đã ban hành"),
    State.REPLACED: N_("Đã được thay"),
    State.VOID: N_("Đã hủy"),
}
STATE_LOOKS: dict[str, tuple[str, str]] = {
    State.DRAFT: ("neutral", "edit"),
    State.ISSUED: ("success", "check"),
    State.REPLACED: ("info", "swap"),
    State.VOID: ("danger", "cross"),
}


def next_number(last: int | None, first: int = 1) -> int:
    """The number after the last one given; `first` where the series begins."""
    return first if last is None else last + 1


def gaps(numbers: Iterable[int], first: int = 1) -> list[int]:
    """Numbers of a series nobody has; empty while it is whole."""
    given = set(numbers)
    return [number for number in range(first, max(given, default=first - 1)) if number not in given]


def year_of(signed_on: date) -> int:
    """Series begin anew on 1 January."""
    return signed_on.year
