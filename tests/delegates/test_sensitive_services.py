"""Correcting sensitive facts: nothing lost, no guess answered unrecorded."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from congress_app.audit.models import Entry
from congress_app.congresses.models import Congress
from congress_app.congresses.presets import GUIDANCE_2020
from congress_app.congresses.rulebook import Category
from congress_app.database import db
from congress_app.delegates import sensitive_services, services
from congress_app.delegates.models import Delegate, Person
from congress_app.delegates.registration import PersonFacts, Registration
from congress_app.delegates.sensitive_services import SensitiveAnswer
from congress_app.kernel.errors import RuleViolation, Stale
from congress_app.kernel.partial_date import PartialDate
from congress_app.kernel.permissions import system_actor
from tests import builders

ACTOR = system_actor("test")
STORED = {"ethnicity": "Tày", "party_member": True}


@pytest.fixture
def delegate(app: Flask) -> Delegate:
    """Of a province; with an open mark and one that is not."""
    congress = builders.a_congress(rules=GUIDANCE_2020)
    person = builders.a_person("Lê An", congress.unit, **STORED)
    return builders.a_delegate(congress, person, priorities=["new_model", "disabled"])


def stored(delegate: Delegate) -> tuple[Any, ...]:
    db.session.rollback()
    row = db.session.get_one(Delegate, delegate.id)
    return row.person.ethnicity, row.person.party_member, row.priorities, row.version


def log() -> list[tuple[str, str, set[str]]]:
    db.session.rollback()
    found = db.session.scalars(select(Entry).order_by(Entry.id))
    return [
        (one.action, one.subject_kind, set(one.changes))
        for one in found
        if one.action.startswith("delegate")
    ]


READ = ("delegate.read_sensitive", "delegate", {"compared"})


def test_a_right_guess_is_recorded_and_raises_the_version_as_a_wrong_one(
    delegate: Delegate,
) -> None:
    elsewhere = builders.a_delegate(person=delegate.person)
    right = SensitiveAnswer("Tày", party_member=True, marks=["disabled"])
    sensitive_services.edit(delegate, right, version=1, actor=ACTOR)
    assert stored(delegate) == ("Tày", True, ["new_model", "disabled"], 2)
    assert (log(), elsewhere.version) == ([READ], 2)
    wrong = SensitiveAnswer("Dao", party_member=True)
    sensitive_services.edit(delegate, wrong, version=2, actor=ACTOR)
    assert stored(delegate) == ("Dao", True, ["new_model"], 3)
    assert [one[0] for one in log()] == [READ[0], READ[0], "delegate.edit"]


def test_of_two_forms_the_second_is_told(delegate: Delegate) -> None:
    sensitive_services.edit(delegate, SensitiveAnswer("Dao"), version=1, actor=ACTOR)
    with pytest.raises(Stale) as stale:
        sensitive_services.edit(
            delegate, SensitiveAnswer("Tày", party_member=True), version=1, actor=ACTOR
        )
    assert (stale.value.version, stale.value.details) == (2, ())
    assert stored(delegate) == ("Dao", None, ["new_model"], 2)


def test_what_is_left_blank_goes_only_when_it_is_said(delegate: Delegate) -> None:
    with pytest.raises(RuleViolation, match="Ô Dân tộc để trống"):
        sensitive_services.edit(delegate, SensitiveAnswer(), version=1, actor=ACTOR)
    unasked = SensitiveAnswer("Tày", knows_the_rest=False)
    sensitive_services.edit(delegate, unasked, version=1, actor=ACTOR)
    assert stored(delegate) == ("Tày", True, ["new_model", "disabled"], 2)
    dropped = SensitiveAnswer(drops_ethnicity=True)
    sensitive_services.edit(delegate, dropped, version=2, actor=ACTOR)
    assert stored(delegate) == (None, None, ["new_model"], 3)


@pytest.mark.parametrize("ethnicity", ["Tày", "Kinh"])
def test_who_joins_from_another_congress_is_compared_as_a_reading(
    delegate: Delegate, ethnicity: str
) -> None:
    person = db.session.scalars(select(Person)).one()
    facts = PersonFacts(
        "Lê An", PartialDate(1980, 5, 7), unit_id=person.unit_id, ethnicity=ethnicity
    )
    asked = Registration(facts, Category.OFFICIAL)
    made = services.register(sister(delegate), asked, actor=ACTOR, same_as=person.id)
    changed = {"ethnicity", "sealed_facts"} if ethnicity == "Kinh" else set()
    assert (
        log()
        == [
            ("delegate.register", "delegate", {"category"} | changed),
            ("delegate.read_sensitive", "person", {"compared"}),
        ][::-1]
    )
    assert (made.person.ethnicity, made.person.party_member) == (ethnicity, True)


def sister(delegate: Delegate) -> Congress:
    """Another congress of the same unit."""
    return builders.a_congress(delegate.congress.unit, builders.a_season(rules=GUIDANCE_2020))


def test_edit_keeps_sensitive_facts(delegate: Delegate) -> None:
    facts = PersonFacts(
        "Lê An", PartialDate(1980, 5, 7), unit_id=delegate.person.unit_id, position="CV", sex="M"
    )
    asked = Registration(facts, Category.OFFICIAL, priorities=tuple(delegate.priorities))
    services.edit(delegate, asked, version=1, actor=ACTOR)
    assert stored(delegate) == ("Tày", True, ["new_model", "disabled"], 2)
