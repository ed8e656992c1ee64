"""Whether somebody meets the criteria of an exemplar, with a reason for every clause.

Plan 1935/KH-BHXH of 05/07/2021, II.2: good conduct AND one of (performance, award).

    conduct ──────────────────────────────┐
    performance: all of its clauses ──┐    ├─ and ─▶ met / not met / unknown
    award: one of the list, decided   ├ or ┘
           within the window ─────────┘

What nobody recorded is unknown and stays so: "not met because …" and "unknown because …
is missing" are different answers. A leader is tied to the collective he leads.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from congress_app.exemplars import clauses
from congress_app.exemplars.awards import AwardFacts
from congress_app.exemplars.clauses import Answer, Clause, Discipline
from congress_app.kernel.sentences import N_, Sentence


class LeaderTie(StrEnum):
    """Where a leader needs a collective that meets the criteria.

    The plan writes it as a paragraph of the performance clause, so an award alone
    suffices there; an organiser may ask for it always.
    """

    NEVER = "never"
    PERFORMANCE = "performance"
    ALWAYS = "always"


LEADER_TIE_LABELS: dict[str, str] = {
    LeaderTie.NEVER: N_("Không xét tập thể do người này lãnh đạo"),
    LeaderTie.PERFORMANCE: N_("Xét khi đạt bằng thành tích; có khen thưởng thì không xét"),
    LeaderTie.ALWAYS: N_("Luôn xét, kể cả khi có khen thưởng"),
}
LONGEST_WINDOW = 15


@dataclass(frozen=True)
class CriteriaSet:
    """The figures of one set of criteria; `2021-2025` is shipped, a copy may be edited.

    `window` is both years included and tests the year of the decision. Awards are codes of
    `awards.AwardKind`. `barring` is the mildest discipline that excludes a collective: from
    the way of performance, where the plan names it, and with `bars_awards` from both ways.
    """

    key: str
    name: str
    source: str
    window: tuple[int, int]
    collective_awards: tuple[str, ...]
    individual_awards: tuple[str, ...]
    barring: Discipline = Discipline.WARNING
    bars_awards: bool = False
    excellent_years: int = 2
    leader_tie: LeaderTie = LeaderTie.PERFORMANCE


@dataclass(frozen=True)
class Collective:
    """What is recorded of a collective; None is not recorded."""

    conduct: bool | None = None
    exceeds_targets: bool | None = None
    runs_movements: bool | None = None
    has_solution: bool | None = None
    # The heaviest measure against anybody of its staff within the window.
    discipline: Discipline | None = None
    awards: Sequence[AwardFacts] = ()


@dataclass(frozen=True)
class Individual:
    """What is recorded of a person; None is not recorded.

    `ratings` tells for a year whether it was "completed excellently"; a year not named is
    not recorded. `collective` is the answer for the collective a leader leads.
    """

    conduct: bool | None = None
    ratings: Mapping[int, bool] = field(default_factory=dict)
    initiatives: bool | None = None
    takes_part: bool | None = None
    is_leader: bool | None = None
    collective: Answer | None = None
    awards: Sequence[AwardFacts] = ()


@dataclass(frozen=True)
class Finding:
    """The whole answer; `clauses` in the order of the plan."""

    answer: Answer
    clauses: tuple[Clause, ...]

    def missing(self) -> tuple[Sentence, ...]:
        """Why it cannot be told, clause by clause."""
        return tuple(c.reason for c in self.clauses if c.answer is Answer.UNKNOWN)


def faults(rules: CriteriaSet) -> list[Sentence]:
    """What makes a set impossible, in words; empty when it can be used."""
    first, last = rules.window
    years = last - first + 1
    found: list[Sentence] = []
    if years < 1:
        found.append(Sentence(N_("Năm cuối của thời kỳ phải từ năm đầu trở đi.")))
    elif years > LONGEST_WINDOW:
        found.append(
            Sentence(
                N_("Thời kỳ dài {years} năm, quá {most} năm."), years=years, most=LONGEST_WINDOW
            )
        )
    elif not 1 <= rules.excellent_years <= years:
        found.append(
            Sentence(
                N_("Số năm xuất sắc liên tục phải từ 1 đến {years}, số năm của thời kỳ."),
                years=years,
            )
        )
    if rules.barring is Discipline.NONE:
        found.append(Sentence(N_("Hãy chọn hình thức kỷ luật nhẹ nhất loại tập thể.")))
    return found


def barring_words(rules: CriteriaSet) -> str:
    """The mildest measure that excludes a collective."""
    return clauses.DISCIPLINE_LABELS[rules.barring]


def judge_collective(facts: Collective, rules: CriteriaSet) -> Finding:
    """The criteria for a collective (II.2.a)."""
    needed = [clauses.told("conduct", facts.conduct)]
    performance = [
        clauses.told("exceeds_targets", facts.exceeds_targets),
        clauses.told("runs_movements", facts.runs_movements),
        clauses.told("has_solution", facts.has_solution),
    ]
    discipline = clauses.discipline(facts.discipline, rules.barring)
    (needed if rules.bars_awards else performance).append(discipline)
    award = clauses.award(facts.awards, rules.collective_awards, rules.window)
    return _whole(needed, performance, award)


def judge_individual(facts: Individual, rules: CriteriaSet) -> Finding:
    """The criteria for a person (II.2.b)."""
    performance = [
        clauses.excellent_years(facts.ratings, rules.excellent_years, rules.window),
        clauses.told("initiatives", facts.initiatives),
        clauses.told("takes_part", facts.takes_part),
    ]
    needed = [clauses.told("conduct", facts.conduct)]
    leader = clauses.leader(facts.is_leader, facts.collective)
    if rules.leader_tie is LeaderTie.PERFORMANCE:
        performance.append(leader)
    elif rules.leader_tie is LeaderTie.ALWAYS:
        needed.append(leader)
    award = clauses.award(facts.awards, rules.individual_awards, rules.window)
    return _whole(needed, performance, award)


def all_of(answers: Iterable[Answer]) -> Answer:
    """Not met as soon as one is not; met only when all are."""
    found = set(answers)
    if Answer.NOT_MET in found:
        return Answer.NOT_MET
    return Answer.UNKNOWN if Answer.UNKNOWN in found else Answer.MET


def any_of(answers: Iterable[Answer]) -> Answer:
    """Met as soon as one is; not met only when none can be."""
    found = set(answers)
    if Answer.MET in found:
        return Answer.MET
    return Answer.UNKNOWN if Answer.UNKNOWN in found else Answer.NOT_MET


def _whole(needed: Sequence[Clause], performance: Sequence[Clause], award: Clause) -> Finding:
    performed = all_of(clause.answer for clause in performance)
    right = any_of((performed, award.answer))
    answer = all_of([*(clause.answer for clause in needed), right])
    return Finding(answer, (*needed, *performance, award))


def to_json(rules: CriteriaSet) -> dict[str, Any]:
    """The set as it is stored."""
    return {
        "key": rules.key,
        "name": rules.name,
        "source": rules.source,
        "window": list(rules.window),
        "collective_awards": list(rules.collective_awards),
        "individual_awards": list(rules.individual_awards),
        "barring": int(rules.barring),
        "bars_awards": rules.bars_awards,
        "excellent_years": rules.excellent_years,
        "leader_tie": rules.leader_tie.value,
    }


def from_json(body: Mapping[str, Any]) -> CriteriaSet:
    """Read what `to_json` wrote."""
    return CriteriaSet(
        key=body["key"],
        name=body["name"],
        source=body["source"],
        window=(body["window"][0], body["window"][1]),
        collective_awards=tuple(body["collective_awards"]),
        individual_awards=tuple(body["individual_awards"]),
        barring=Discipline(body["barring"]),
        # Sets stored before there was a choice: as the plan says.
        bars_awards=body.get("bars_awards", False),
        excellent_years=body["excellent_years"],
        leader_tie=LeaderTie(body["leader_tie"]),
    )


# Plan 1935/KH-BHXH of 05/07/2021 on exemplars 2021–2025, part II.2.
PLAN_2021_2025 = CriteriaSet(
    key="2021-2025",
    name=N_("Tiêu chuẩn điển hình tiên tiến 2021–2025"),
    source=N_("Kế hoạch 1935/KH-BHXH ngày 05/7/2021, mục II.2"),
    window=(2021, 2025),
    collective_awards=("hero", "government_flag", "sector_flag", "order", "prime_minister"),
    individual_awards=(
        "hero",
        "sector_fighter",
        "national_fighter",
        "order",
        "prime_minister",
        "director_general",
    ),
)
