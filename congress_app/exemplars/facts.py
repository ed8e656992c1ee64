"""What is known of an exemplar, as one value: from a form, from a sheet, for the criteria."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from congress_app.exemplars.awards import AwardFacts
from congress_app.exemplars.clauses import Answer, Discipline
from congress_app.exemplars.criteria import (
    Collective,
    CriteriaSet,
    Finding,
    Individual,
    judge_collective,
    judge_individual,
)
from congress_app.kernel.partial_date import PartialDate
from congress_app.kernel.sentences import N_
from congress_app.kernel.vietnamese import fold


class Kind(StrEnum):
    """Who can be an exemplar (plan 1935/KH-BHXH, II.1)."""

    COLLECTIVE = "collective"
    INDIVIDUAL = "individual"


KIND_LABELS: dict[str, str] = {
    Kind.COLLECTIVE: N_("Tập thể"),
    Kind.INDIVIDUAL: N_("Cá nhân"),
}


@dataclass(frozen=True)
class ExemplarFacts:
    """Everything that is entered about an exemplar; None is not recorded.

    What belongs to the other kind stays None: a collective has no birth date, a person no
    discipline of his staff.
    """

    kind: Kind
    name: str
    unit_id: int
    detected_year: int
    field: str | None = None
    position: str | None = None
    birth: PartialDate | None = None
    sex: str | None = None
    is_minority: bool | None = None
    is_direct: bool | None = None
    is_leader: bool | None = None
    leads_id: int | None = None
    is_hard_area: bool = False
    solution: str | None = None
    story: str | None = None
    conduct: bool | None = None
    exceeds_targets: bool | None = None
    runs_movements: bool | None = None
    discipline: Discipline | None = None
    initiatives: bool | None = None
    takes_part: bool | None = None
    ratings: Mapping[int, bool] = dataclasses.field(default_factory=dict)

    def is_same_one(self, other: ExemplarFacts) -> bool:
        """True when both can be of one: the name but for accents, the year of birth if known."""
        if (self.kind, fold(self.name)) != (other.kind, fold(other.name)):
            return False
        return not (self.birth and other.birth) or self.birth.year == other.birth.year

    def columns(self) -> dict[str, object]:
        """The values as the table's columns; those of the other kind are emptied."""
        birth = self.birth if self.kind is Kind.INDIVIDUAL else None
        values = {name: getattr(self, name) for name in _PLAIN}
        for name in _OF_COLLECTIVES if self.kind is Kind.INDIVIDUAL else _OF_INDIVIDUALS:
            values[name] = None
        ratings = self.ratings if self.kind is Kind.INDIVIDUAL else {}
        return values | {
            "kind": self.kind.value,
            "discipline": None if values["discipline"] is None else int(values["discipline"]),
            "birth_year": birth.year if birth else None,
            "birth_month": birth.month if birth else None,
            "birth_day": birth.day if birth else None,
            "ratings": {str(year): value for year, value in sorted(ratings.items())},
        }


_OF_COLLECTIVES = ("exceeds_targets", "runs_movements", "discipline")
_OF_INDIVIDUALS = (
    "position",
    "sex",
    "is_minority",
    "is_direct",
    "is_leader",
    "leads_id",
    "initiatives",
    "takes_part",
)
_PLAIN = (
    "name",
    "unit_id",
    "detected_year",
    "field",
    "is_hard_area",
    "solution",
    "story",
    "conduct",
    *_OF_COLLECTIVES,
    *_OF_INDIVIDUALS,
)


def judge(
    facts: ExemplarFacts,
    awards: Sequence[AwardFacts],
    rules: CriteriaSet,
    collective: Answer | None = None,
) -> Finding:
    """The criteria's answer; `collective` is that for the collective a leader leads."""
    if facts.kind is Kind.COLLECTIVE:
        return judge_collective(
            Collective(
                conduct=facts.conduct,
                exceeds_targets=facts.exceeds_targets,
                runs_movements=facts.runs_movements,
                # Nobody ticks it: the model is written down, or it is not known.
                has_solution=True if facts.solution else None,
                discipline=facts.discipline,
                awards=awards,
            ),
            rules,
        )
    return judge_individual(
        Individual(
            conduct=facts.conduct,
            ratings=facts.ratings,
            initiatives=facts.initiatives,
            takes_part=facts.takes_part,
            is_leader=facts.is_leader,
            collective=collective,
            awards=awards,
        ),
        rules,
    )
