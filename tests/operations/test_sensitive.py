"""Of how many people sensitive facts are kept, and what the page says of it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask

from congress_app.congresses.presets import GUIDANCE_2020
from congress_app.kernel import clock
from congress_app.kernel.permissions import Role
from congress_app.operations import sensitive_queries
from congress_app.operations.sensitive import Counted
from congress_app.operations.standing import troubles
from tests import builders
from tests.operations.test_standing import WELL


@pytest.mark.parametrize(
    ("people", "told"),
    [
        (7_999, []),
        (8_000, [("warning", "Đang giữ dữ liệu nhạy cảm của 8.000 người")]),
        (9_999, [("warning", "Đang giữ dữ liệu nhạy cảm của 9.999 người")]),
        (10_000, [("danger", "Đang giữ dữ liệu nhạy cảm của 10.000 người")]),
    ],
)
def test_near_the_limit_the_page_warns_and_from_it_names_the_level(
    people: int, told: list[tuple[str, str]]
) -> None:
    found = troubles(WELL, None, people)
    assert [(one.kind, str(one.title)) for one in found] == told
    assert all("cấp độ 3" in str(one.advice) for one in found)


def test_everybody_with_a_sensitive_fact_is_counted_once(app: Flask) -> None:
    congress, root = builders.a_congress(rules=GUIDANCE_2020), builders.the_root()
    assert sensitive_queries.count_now() == 0
    both = builders.a_person(unit=root, ethnicity="Tày", party_member=False)
    builders.a_delegate(congress, both, priorities=["ethnic_minority"])
    builders.a_link(builders.an_exemplar(unit=root, is_minority=True), both)
    builders.a_person(unit=root, party_member=True)
    builders.a_delegate(
        congress, builders.a_person(unit=root), priorities=["new_model", "religion"]
    )
    builders.an_exemplar(unit=root, is_minority=False)
    # Of these nothing sensitive is known.
    builders.a_delegate(congress, builders.a_person(unit=root), priorities=["new_model"])
    builders.a_delegate(congress, builders.a_person(unit=root))
    builders.an_exemplar(unit=root)
    assert sensitive_queries.count_now() == 4


def test_the_figure_is_counted_once_a_day_and_stands_on_the_page(
    as_role, app: Flask, frozen_clock
) -> None:
    root = builders.the_root()
    builders.a_person(unit=root, ethnicity="Kinh")
    first = sensitive_queries.people()
    builders.a_person(unit=root, ethnicity="Kinh")
    assert (first.people, sensitive_queries.people()) == (1, first)
    app.extensions["sensitive_people"] = Counted(9_000, clock.now() - timedelta(hours=23))
    page = as_role(Role.ADMIN).get("/operations").text
    assert "Người có dữ liệu nhạy cảm" in page
    assert "Đang giữ dữ liệu nhạy cảm của 9.000 người" in page
    app.extensions["sensitive_people"] = Counted(9_000, clock.now() - timedelta(days=1))
    assert sensitive_queries.people() == Counted(2, clock.now())
