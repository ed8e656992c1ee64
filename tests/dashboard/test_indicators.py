from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from congress_app.congresses.timing import Light as PlanLight
from congress_app.dashboard.indicators import (
    NOTHING,
    CongressFacts,
    Kind,
    Light,
    SeasonFacts,
    congress_lights,
    season_lights,
    with_duties,
)
from congress_app.kernel.sentences import Sentence

TODAY = date(2020, 4, 1)
READY = CongressFacts(
    state="convened",
    held_on=date(2020, 4, 20),
    plan_light=PlanLight.PLANNED,
    cap_limit=300,
    cap_used=280,
    seats=150,
    delegates=280,
    badges_missing=0,
)


def told(facts: CongressFacts, today: date = TODAY) -> dict[str, Kind]:
    return {light.code: light.kind for light in congress_lights(facts, today)}


def changed(**values: object) -> CongressFacts:
    return CongressFacts(**{**READY.__dict__, **values})  # type: ignore[arg-type]


def test_a_congress_in_order_shows_only_green() -> None:
    assert told(READY) == {
        "quota_met": Kind.SUCCESS,
        "all_confirmed": Kind.SUCCESS,
        "within_cap": Kind.SUCCESS,
    }


def test_what_is_missing_turns_red_a_week_before() -> None:
    facts = changed(missing=3, waiting=5, badges_missing=2, has_programme=False)
    codes = ("missing_elected", "unconfirmed", "badges_missing", "no_programme")
    far, near = told(facts), told(facts, date(2020, 4, 13))
    assert [far[code] for code in codes] == [Kind.WARNING] * 4
    assert [near[code] for code in codes] == [Kind.DANGER] * 4


def test_beyond_a_cap_or_a_quota_is_always_red() -> None:
    found = told(changed(cap_used=301, over=1))
    assert (found["over_cap"], found["over_quota"]) == (Kind.DANGER, Kind.DANGER)


def test_late_and_outside_are_told_apart() -> None:
    assert told(changed(plan_light=PlanLight.OVERDUE))["overdue"] is Kind.DANGER
    assert told(changed(plan_light=PlanLight.OUTSIDE))["outside"] is Kind.WARNING
    assert told(changed(held_on=None))["no_day"] is Kind.WARNING


def test_a_closed_congress_asks_for_nothing() -> None:
    found = told(changed(state="closed", missing=9, waiting=9, badges_missing=9))
    assert found == {"held": Kind.SUCCESS, "within_cap": Kind.SUCCESS}


def test_without_an_allocation_nobody_knows_his_seats() -> None:
    assert told(changed(seats=None))["no_quota"] is Kind.WARNING
    assert "no_quota" not in told(changed(seats=None, elects=False))


@given(
    st.builds(
        CongressFacts,
        state=st.sampled_from(["draft", "convened", "open", "closed"]),
        held_on=st.none() | st.dates(date(2019, 1, 1), date(2021, 1, 1)),
        plan_light=st.sampled_from(list(PlanLight)),
        cap_limit=st.none() | st.integers(0, 500),
        cap_used=st.none() | st.integers(0, 600),
        seats=st.none() | st.integers(0, 300),
        missing=st.integers(0, 10),
        over=st.integers(0, 3),
        delegates=st.integers(0, 500),
        waiting=st.integers(0, 500),
        badges_missing=st.none() | st.integers(0, 500),
        has_programme=st.booleans(),
        programme_faults=st.integers(0, 3),
    )
)
def test_the_gravest_come_first_and_every_code_once(facts: CongressFacts) -> None:
    lights = congress_lights(facts, TODAY)
    ranks = [list(Kind).index(light.kind) for light in lights]
    assert ranks == sorted(ranks)
    assert len({light.code for light in lights}) == len(lights)
    assert all(str(light.sentence) for light in lights)


def test_a_season_names_the_first_three_of_each_list() -> None:
    names = ["A", "B", "C", "D", "E"]
    lights = season_lights(SeasonFacts(5, 0, overdue=names, no_plan=["A"]))
    assert [(light.code, light.kind) for light in lights] == [
        ("overdue", Kind.DANGER),
        ("no_plan", Kind.WARNING),
    ]
    assert str(lights[0].sentence) == "5 hội nghị đã quá hạn mà chưa họp."
    assert str(lights[0].note).startswith("A, B, C và 2 đơn vị khác.")


def test_a_season_in_order_says_so() -> None:
    facts = SeasonFacts(2, 2, base_total=3, base_held=3)
    assert [light.code for light in season_lights(facts)] == ["nothing"]


def test_duties_of_later_chapters_stand_among_the_lights_and_end_the_calm() -> None:
    duty = Light("late", Kind.DANGER, Sentence("Một việc quá hạn."), "data_requests.index")
    calm = season_lights(SeasonFacts(0, 0))
    assert [one.code for one in calm] == [NOTHING]
    assert with_duties(calm, []) == calm
    assert with_duties(calm, [duty]) == [duty]
    busy = season_lights(SeasonFacts(1, 0, no_plan=["An"], over=["Bình"]))
    assert [one.code for one in with_duties(busy, [duty])] == ["late", "over", "no_plan"]
