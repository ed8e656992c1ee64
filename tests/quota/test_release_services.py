"""Seats given back are handed on, and nobody else loses one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from congress_app.database import transaction
from congress_app.kernel.errors import RuleViolation
from congress_app.quota import queries, release_services, services
from congress_app.quota.kept import told
from congress_app.quota.options import Released, options_from
from congress_app.quota.release import Handing
from congress_app.quota.release_services import GivenBack
from tests.builders import a_cluster
from tests.quota.season import ACTOR, TEN, Country, a_country, in_force, seats_by_code


@pytest.fixture
def country(app) -> Country:
    return a_country()


def give(country, allocation, handing=Handing.ALL, seed=None, **freed):
    given = GivenBack(freed, handing, "Không đủ người", tie_seed=seed)
    seen = queries.latest_number(country.national.id)
    return release_services.release(country.national, allocation, given, seen=seen, actor=ACTOR)


def test_a_release_is_a_new_proposal_and_the_old_version_goes_on_binding(country) -> None:
    allocation = in_force(country)
    made = give(country, allocation, A=2)
    assert seats_by_code(made) == {"A": 4, "B": 5, "C": 1}
    assert (made.number, made.state, made.seats, made.note) == (2, "proposed", 10, "Không đủ người")
    assert [line.computed for line in made.lines] == [4, 5, 1]
    assert options_from(made.options).released == Released(1, {"A": 2}, "all", 0, "Không đủ người")
    assert str(told(made.lines[0].facts["explanation"])) == "Tỉnh A: trả lại 2 trong 6 suất → 4"
    assert queries.seats_of(country.national.id) == {
        country.units[code].id: seats for code, seats in {"A": 6, "B": 3, "C": 1}.items()
    }
    services.approve(country.national, made, "13/QĐ", made.version, actor=ACTOR)
    assert (allocation.state, made.state) == ("superseded", "approved")


def test_seats_kept_back_raise_the_reserve(country) -> None:
    made = give(country, in_force(country), Handing.RESERVE, B=1)
    options = options_from(made.options)
    assert (made.seats, options.reserve, options.released and options.released.reserve) == (9, 3, 1)
    assert options.pool is not None
    assert options.pool.seats == 9


def put(country, **clusters):
    with transaction():
        for code, cluster in clusters.items():
            country.units[code].cluster_id = cluster.id


def test_seats_go_to_the_cluster_of_the_day_the_version_was_proposed(country) -> None:
    north, south = a_cluster("Cụm Bắc"), a_cluster("Cụm Nam")
    put(country, A=north, B=north, C=south)
    allocation = in_force(country)
    put(country, B=south, C=north)
    made = give(country, allocation, Handing.CLUSTER, A=2)
    assert seats_by_code(made) == {"A": 4, "B": 5, "C": 1}
    assert [line.facts["cluster"] for line in made.lines] == ["Cụm Bắc", "Cụm Bắc", "Cụm Nam"]


def test_a_version_from_before_clusters_were_kept_goes_by_those_of_today(country) -> None:
    allocation = in_force(country)
    with transaction():
        for line in allocation.lines:
            line.facts = {key: value for key, value in line.facts.items() if key != "cluster"}
    north = a_cluster("Cụm Bắc")
    put(country, A=north, C=north)
    made = give(country, allocation, Handing.CLUSTER, A=2)
    assert seats_by_code(made) == {"A": 4, "B": 3, "C": 3}
    assert [line.facts["cluster"] for line in made.lines] == ["Cụm Bắc", None, "Cụm Bắc"]


def test_an_adjusted_line_is_handed_on_as_it_stands(country) -> None:
    allocation = services.propose(country.national, TEN, actor=ACTOR)
    for line, seats in zip(allocation.lines[:2], (5, 4), strict=True):
        services.adjust(country.national, line, seats, "Đổi", allocation.version, actor=ACTOR)
    services.approve(country.national, allocation, "1/QĐ", allocation.version, actor=ACTOR)
    assert seats_by_code(give(country, allocation, C=1)) == {"A": 6, "B": 4, "C": 0}


@pytest.mark.parametrize(
    ("freed", "code"),
    [({}, "nothing_freed"), ({"C": 2}, "freed_over_seats"), ({"A": -1}, "negative_freed")],
)
def test_impossible_figures_are_refused(country, freed, code) -> None:
    allocation = in_force(country)
    with pytest.raises(RuleViolation) as caught:
        give(country, allocation, **freed)
    assert caught.value.code == code
    assert queries.latest_number(country.national.id) == 1


def test_only_the_version_in_force_gives_seats_back(country) -> None:
    allocation = services.propose(country.national, TEN, actor=ACTOR)
    with pytest.raises(RuleViolation) as caught:
        give(country, allocation, A=1)
    assert caught.value.code == "not_in_force"


def test_a_tie_of_the_hand_over_asks_for_a_draw(country) -> None:
    options = replace(TEN, source="equal", reserve=3)
    allocation = in_force(country, options)
    assert seats_by_code(allocation) == {"A": 3, "B": 3, "C": 3}
    with pytest.raises(RuleViolation) as caught:
        give(country, allocation, A=1)
    assert caught.value.code == "tie_undecided"
    made = give(country, allocation, seed="giải 777", A=1)
    assert sorted(seats_by_code(made).values()) == [2, 3, 4]
    assert made.outcome["ties"][0]["decided_by"] == "lot"
