"""Whether a unit has at least one collective and one individual selected in every field.

Plan 1935/KH-BHXH of 05/07/2021, III.1, asks it for each year. A selection counts for the
unit whose council made it and for every unit between that council and the exemplar:

    council of the province ─▶ selects somebody of a district: counts for province and district
    council of the district ─▶ counts for the district alone

Which fields a unit works in is recorded nowhere, so all of the list are asked for but
"other", which only counts what lies there.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from congress_app.exemplars.facts import Kind
from congress_app.exemplars.fields import WORK_FIELDS

WANTED_FIELDS: tuple[str, ...] = tuple(code for code in WORK_FIELDS if code != "other")


@dataclass(frozen=True)
class Selection:
    """An exemplar a council selected: where it belongs to, and whose council it was."""

    kind: str
    field: str | None
    unit_path: str
    council_path: str

    def counts_for(self, path: str) -> bool:
        """True for the units from the council's down to the exemplar's own."""
        return self.unit_path.startswith(path) and path.startswith(self.council_path)


@dataclass(frozen=True)
class Coverage:
    """Selected exemplars of one unit, and by field what is there and what is missing.

    The fields are codes in the order of the list. `no_field` counts those whose field
    nobody recorded: they meet no field.
    """

    unit: str
    collectives: int
    individuals: int
    met: tuple[str, ...]
    no_collective: tuple[str, ...]
    no_individual: tuple[str, ...]
    neither: tuple[str, ...]
    no_field: int = 0

    @property
    def is_met(self) -> bool:
        """True when no field misses anything."""
        return not (self.no_collective or self.no_individual or self.neither)


def coverage_of(
    unit: str,
    path: str,
    selections: Iterable[Selection],
    fields: Sequence[str] = WANTED_FIELDS,
) -> Coverage:
    """What the unit at `path` has of what is asked for."""
    ours = [one for one in selections if one.counts_for(path)]
    collectives = [one for one in ours if one.kind == Kind.COLLECTIVE]
    there = (
        {one.field for one in collectives},
        {one.field for one in ours if one.kind == Kind.INDIVIDUAL},
    )

    def those(*, collective: bool, individual: bool) -> tuple[str, ...]:
        wanted = (collective, individual)
        return tuple(code for code in fields if (code in there[0], code in there[1]) == wanted)

    return Coverage(
        unit,
        len(collectives),
        len(ours) - len(collectives),
        met=those(collective=True, individual=True),
        no_collective=those(collective=False, individual=True),
        no_individual=those(collective=True, individual=False),
        neither=those(collective=False, individual=False),
        no_field=sum(one.field is None for one in ours),
    )
