"""Golden cases for every clause of plan 1935/KH-BHXH, and how the clauses combine."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congress_app.exemplars import criteria
from congress_app.exemplars.awards import AwardFacts
from congress_app.exemplars.clauses import Answer, Discipline
from congress_app.exemplars.criteria import PLAN_2021_2025 as PLAN
from congress_app.exemplars.criteria import Collective, Individual, LeaderTie

MET, NOT_MET, UNKNOWN = Answer.MET, Answer.NOT_MET, Answer.UNKNOWN

GOOD_COLLECTIVE = Collective(
    conduct=True,
    exceeds_targets=True,
    runs_movements=True,
    has_solution=True,
    discipline=Discipline.NONE,
)
GOOD_INDIVIDUAL = Individual(
    conduct=True,
    ratings={2021: False, 2022: True, 2023: True},
    initiatives=True,
    takes_part=True,
    is_leader=False,
)


def flag(year: int | None) -> AwardFacts:
    return AwardFacts("sector_flag", "Cờ thi đua của BHXH Việt Nam", year)


def fighter(year: int | None) -> AwardFacts:
    return AwardFacts("sector_fighter", "Chiến sĩ thi đua ngành", year)


def said(finding: criteria.Finding) -> dict[str, tuple[str, str]]:
    return {c.code: (c.answer.value, str(c.reason)) for c in finding.clauses}


def test_a_collective_by_performance() -> None:
    finding = criteria.judge_collective(GOOD_COLLECTIVE, PLAN)
    assert finding.answer is MET
    assert said(finding) == {
        "conduct": ("met", "Chấp hành tốt chủ trương, pháp luật; học tập và làm theo Bác."),
        "exceeds_targets": ("met", "Liên tục hoàn thành vượt mức chỉ tiêu, kế hoạch hằng năm."),
        "runs_movements": ("met", "Tổ chức các phong trào thi đua thiết thực, hiệu quả."),
        "has_solution": ("met", "Có giải pháp, sáng kiến, cách làm hay hoặc mô hình mới."),
        "discipline": ("met", "Không có người bị kỷ luật từ mức cảnh cáo trở lên."),
        "award": (
            "not_met",
            "Không có danh hiệu, khen thưởng nào thuộc tiêu chuẩn trong 2021–2025.",
        ),
    }


@pytest.mark.parametrize(
    ("discipline", "answer"),
    [
        (Discipline.NONE, MET),
        (Discipline.REPRIMAND, MET),
        (Discipline.WARNING, NOT_MET),
        (Discipline.DISMISSAL, NOT_MET),
        (None, UNKNOWN),
    ],
)
def test_discipline_from_a_warning_upward_excludes_a_collective(
    discipline: Discipline | None, answer: Answer
) -> None:
    finding = criteria.judge_collective(replace(GOOD_COLLECTIVE, discipline=discipline), PLAN)
    assert finding.answer is answer
    assert said(finding)["discipline"][0] == answer.value


@pytest.mark.parametrize("clause", ["exceeds_targets", "runs_movements", "has_solution"])
@pytest.mark.parametrize(("value", "answer"), [(False, NOT_MET), (None, UNKNOWN)])
def test_every_part_of_the_performance_is_needed(
    clause: str, value: bool | None, answer: Answer
) -> None:
    facts = replace(GOOD_COLLECTIVE, **{clause: value})
    assert criteria.judge_collective(facts, PLAN).answer is answer


@pytest.mark.parametrize(("conduct", "answer"), [(False, NOT_MET), (None, UNKNOWN)])
def test_no_award_makes_up_for_conduct(conduct: bool | None, answer: Answer) -> None:
    facts = replace(GOOD_COLLECTIVE, conduct=conduct, awards=(flag(2022),))
    assert criteria.judge_collective(facts, PLAN).answer is answer


@pytest.mark.parametrize(
    ("year", "answer", "reason"),
    [
        (2020, NOT_MET, "“Cờ thi đua của BHXH Việt Nam”: quyết định năm 2020 nằm ngoài 2021–2025."),
        (2021, MET, "Được tặng “Cờ thi đua của BHXH Việt Nam” theo quyết định năm 2021."),
        (2025, MET, "Được tặng “Cờ thi đua của BHXH Việt Nam” theo quyết định năm 2025."),
        (2026, NOT_MET, "“Cờ thi đua của BHXH Việt Nam”: quyết định năm 2026 nằm ngoài 2021–2025."),
        (
            None,
            UNKNOWN,
            "“Cờ thi đua của BHXH Việt Nam”: chưa ghi năm quyết định (cần 2021–2025).",
        ),
    ],
)
def test_the_window_tests_the_year_of_the_decision(
    year: int | None, answer: Answer, reason: str
) -> None:
    facts = Collective(conduct=True, exceeds_targets=False, awards=(flag(year),))
    finding = criteria.judge_collective(facts, PLAN)
    assert (finding.answer, said(finding)["award"]) == (answer, (answer.value, reason))


def test_a_dated_award_speaks_before_an_undated_one() -> None:
    facts = Collective(conduct=True, awards=(flag(None), flag(2019), flag(2023)))
    assert criteria.judge_collective(facts, PLAN).answer is MET


@pytest.mark.parametrize("kind", ["hero", "government_flag", "sector_flag", "order"])
def test_each_listed_award_qualifies_a_collective(kind: str) -> None:
    facts = Collective(conduct=True, awards=(AwardFacts(kind, kind, 2022),))
    assert criteria.judge_collective(facts, PLAN).answer is MET


def test_lists_of_collectives_and_individuals_differ() -> None:
    facts = Collective(conduct=True, exceeds_targets=False, awards=(fighter(2022),))
    assert criteria.judge_collective(facts, PLAN).answer is NOT_MET
    person = Individual(conduct=True, initiatives=False, awards=(flag(2022),))
    assert criteria.judge_individual(person, PLAN).answer is NOT_MET
    assert criteria.judge_individual(replace(person, awards=(fighter(2022),)), PLAN).answer is MET


def test_base_level_fighters_are_not_on_the_list() -> None:
    base = AwardFacts("base_fighter", "Chiến sĩ thi đua cơ sở", 2022)
    person = Individual(conduct=True, initiatives=False, awards=(base,))
    assert criteria.judge_individual(person, PLAN).answer is NOT_MET


@pytest.mark.parametrize(
    ("ratings", "answer", "reason"),
    [
        (
            {2022: True, 2023: True},
            MET,
            "Hoàn thành xuất sắc nhiệm vụ 2 năm liên tục (2022–2023).",
        ),
        (
            {2021: True, 2022: False, 2023: True, 2024: True, 2025: True},
            MET,
            "Hoàn thành xuất sắc nhiệm vụ 3 năm liên tục (2023–2025).",
        ),
        (
            {2021: True, 2022: False, 2023: True, 2024: False, 2025: True},
            NOT_MET,
            "Không có 2 năm liên tục hoàn thành xuất sắc nhiệm vụ trong 2021–2025.",
        ),
        (
            {2021: True, 2022: False, 2023: True},
            UNKNOWN,
            "Chưa ghi xếp loại năm 2024, 2025 nên chưa rõ có 2 năm xuất sắc liên tục.",
        ),
        # Years in a row that begin before the window count from its first year on.
        (
            {2020: True, 2021: True, 2022: False, 2023: False, 2024: False, 2025: False},
            NOT_MET,
            "Không có 2 năm liên tục hoàn thành xuất sắc nhiệm vụ trong 2021–2025.",
        ),
    ],
)
def test_two_excellent_years_in_a_row(
    ratings: dict[int, bool], answer: Answer, reason: str
) -> None:
    finding = criteria.judge_individual(replace(GOOD_INDIVIDUAL, ratings=ratings), PLAN)
    assert finding.answer is answer
    assert said(finding)["excellent_years"] == (answer.value, reason)


@pytest.mark.parametrize("clause", ["initiatives", "takes_part"])
@pytest.mark.parametrize(("value", "answer"), [(False, NOT_MET), (None, UNKNOWN)])
def test_every_part_of_a_persons_performance_is_needed(
    clause: str, value: bool | None, answer: Answer
) -> None:
    facts = replace(GOOD_INDIVIDUAL, **{clause: value})
    assert criteria.judge_individual(facts, PLAN).answer is answer


@pytest.mark.parametrize(
    ("is_leader", "collective", "answer"),
    [
        (False, None, MET),
        (True, MET, MET),
        (True, NOT_MET, NOT_MET),
        (True, UNKNOWN, UNKNOWN),
        (True, None, UNKNOWN),
        (None, MET, UNKNOWN),
    ],
)
def test_a_leader_is_tied_to_the_collective(
    is_leader: bool | None, collective: Answer | None, answer: Answer
) -> None:
    facts = replace(GOOD_INDIVIDUAL, is_leader=is_leader, collective=collective)
    assert criteria.judge_individual(facts, PLAN).answer is answer


def test_a_missing_collective_and_one_that_cannot_be_told_are_two_reasons() -> None:
    led = replace(GOOD_INDIVIDUAL, is_leader=True)
    judged = (criteria.judge_individual(replace(led, collective=a), PLAN) for a in (None, UNKNOWN))
    assert dict(zip((None, UNKNOWN), [said(one)["leader"] for one in judged], strict=True)) == {
        None: (
            "unknown",
            "Chưa ghi tập thể do người này lãnh đạo; chọn trong danh sách điển hình.",
        ),
        UNKNOWN: (
            "unknown",
            "Tập thể do người này lãnh đạo còn thiếu dữ liệu nên chưa rõ có đạt tiêu chuẩn không.",
        ),
    }


def test_how_far_the_tie_reaches_is_a_setting() -> None:
    honoured = replace(GOOD_INDIVIDUAL, is_leader=True, collective=NOT_MET, awards=(fighter(2022),))
    answers = {
        tie: criteria.judge_individual(honoured, replace(PLAN, leader_tie=tie)).answer
        for tie in LeaderTie
    }
    assert answers == {
        LeaderTie.NEVER: MET,
        LeaderTie.PERFORMANCE: MET,
        LeaderTie.ALWAYS: NOT_MET,
    }


def test_nothing_recorded_is_unknown_and_says_what_is_missing() -> None:
    finding = criteria.judge_individual(Individual(), PLAN)
    assert finding.answer is UNKNOWN
    assert [str(reason) for reason in finding.missing()] == [
        "Chưa ghi nhận xét về chấp hành chủ trương, pháp luật.",
        (
            "Chưa ghi xếp loại năm 2021, 2022, 2023, 2024, 2025 nên chưa rõ có 2 năm xuất sắc "
            "liên tục."
        ),
        "Chưa ghi sáng kiến, giải pháp được công nhận.",
        "Chưa ghi việc tham gia công tác đoàn thể hoặc giải thưởng.",
        "Chưa ghi có giữ chức vụ lãnh đạo, quản lý hay không.",
    ]


def test_the_set_survives_being_stored() -> None:
    assert criteria.from_json(criteria.to_json(PLAN)) == PLAN


maybe = st.sampled_from([True, False, None])
collectives = st.builds(
    Collective,
    conduct=maybe,
    exceeds_targets=maybe,
    runs_movements=maybe,
    has_solution=maybe,
    discipline=st.sampled_from([*Discipline, None]),
    awards=st.lists(st.builds(flag, st.sampled_from([None, 2020, 2021, 2025, 2026])), max_size=2),
)


def completions(facts: Collective) -> list[Collective]:
    """Every way the missing facts can turn out, undated awards included."""
    names = ("conduct", "exceeds_targets", "runs_movements", "has_solution")
    choices = [
        [value] if (value := getattr(facts, name)) is not None else [True, False] for name in names
    ]
    disciplines = (
        [facts.discipline]
        if facts.discipline is not None
        else [Discipline.NONE, Discipline.WARNING]
    )
    years = [[a.year] if a.year is not None else [2020, 2022] for a in facts.awards]
    return [
        replace(
            facts,
            **dict(zip(names, told, strict=True)),
            discipline=measure,
            awards=[flag(year) for year in dated],
        )
        for told in product(*choices)
        for measure in disciplines
        for dated in product(*years)
    ]


@given(collectives)
def test_unknown_means_exactly_that_it_could_turn_out_either_way(facts: Collective) -> None:
    outcomes = {criteria.judge_collective(each, PLAN).answer for each in completions(facts)}
    expected = outcomes.pop() if len(outcomes) == 1 else UNKNOWN
    assert criteria.judge_collective(facts, PLAN).answer is expected
