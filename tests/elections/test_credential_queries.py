"""Whom the committee examines, and that a long list costs no more statements."""

from __future__ import annotations

from typing import Any

from flask import Flask

from congress_app.delegates.registration import GroundFacts
from congress_app.elections import credential_queries, gap_queries
from congress_app.elections.credential_listing import GAP_LABELS, gaps_by_unit
from tests import builders


def test_delegates_stand_by_delegation_and_given_name(app: Flask) -> None:
    congress = builders.a_congress()
    first = builders.a_unit("D1", congress.unit, kind="huyen", name="BHXH huyện Một")
    second = builders.a_unit("D2", congress.unit, kind="huyen", name="BHXH huyện Hai")
    for name, unit in (("Lê Ý", first), ("Trần An", first), ("Ngô Bình", second)):
        row = builders.a_delegate(congress, builders.a_person(name, unit))
        builders.a_ground(row, "Lãnh đạo", code="leaders")
    outsider = builders.a_person("Vũ Chi", sex=None)
    builders.a_delegate(congress, outsider, exception_document="12/QĐ")
    builders.a_delegate(congress, builders.a_person(unit=first), category="guest")
    builders.a_delegate(congress, builders.a_person(unit=first), state="declined")
    builders.a_delegate(builders.a_congress())
    found = credential_queries.examined(congress)
    assert [(one.person.full_name, one.delegation, one.kind) for one in found] == [
        ("Trần An", "BHXH huyện Một", "huyen"),
        ("Lê Ý", "BHXH huyện Một", "huyen"),
        ("Ngô Bình", "BHXH huyện Hai", "huyen"),
        ("Vũ Chi", None, None),
    ]
    assert found[0].grounds == (GroundFacts("Lãnh đạo", "leaders"),)
    assert (found[3].unit, found[3].exception_document) == ("Cơ quan ngoài ngành", "12/QĐ")


def test_a_longer_list_takes_no_more_statements(app: Flask, count_queries: Any) -> None:
    congress = builders.a_congress()
    for _ in range(5):
        builders.a_ruling(builders.a_delegate(congress))
    with count_queries() as few:
        credential_queries.report_at(congress, None, congress.rules_adopted_at)  # type: ignore[arg-type]
    for _ in range(15):
        builders.a_ground(builders.a_delegate(congress))
    with count_queries() as many:
        credential_queries.report_at(congress, None, congress.rules_adopted_at)  # type: ignore[arg-type]
    assert len(many) <= len(few)


def test_sums_say_of_each_delegation_what_the_rule_says_of_its_people(app: Flask) -> None:
    congress = builders.a_congress()
    unit = builders.a_unit("D1", congress.unit, kind="huyen", name="BHXH huyện Một")
    whole = {"birth_year": 1970, "education": "Đại học", "political_theory": "Cao cấp"}
    rows = [
        builders.a_delegate(congress, builders.a_person("Trần An", unit, **whole)),
        builders.a_delegate(congress, builders.a_person("Lê Ý", unit, sex=None, birth_year=None)),
        builders.a_delegate(congress, builders.a_person("Vũ Chi"), field="x"),
    ]
    builders.a_ground(rows[0], "Lãnh đạo", code="leaders")
    found = gap_queries.sums(congress, list(GAP_LABELS))
    told = gaps_by_unit(credential_queries.examined(congress), sensitive=True)
    facts = [(one.name, one.delegates, one.counts) for one in found]
    assert facts == [(one.name, one.delegates, one.counts) for one in told]
    assert gap_queries.of_unit(congress, unit.id, sensitive=True) == told[:1]
    assert gap_queries.of_unit(congress, None, sensitive=True) == told[1:]
