"""Exemplars registered by title: once, with the ground, within the cap, linked."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask import Flask

from congress_app.audit.models import Entry
from congress_app.congresses.models import Congress
from congress_app.congresses.presets import GUIDANCE_2020
from congress_app.congresses.rulebook import Cap, Level
from congress_app.database import db
from congress_app.delegates import exemplar_queries, exemplar_services
from congress_app.delegates.book import NEW_PERSON
from congress_app.delegates.exemplar_models import ExemplarPerson
from congress_app.delegates.exemplar_services import Taken
from congress_app.delegates.models import Delegate, Person
from congress_app.exemplars.models import Exemplar
from congress_app.kernel.errors import Conflict, NotFound, RuleViolation
from congress_app.kernel.permissions import system_actor
from tests import builders


def a_congress_capped_at(most: int | None) -> Congress:
    rules = replace(GUIDANCE_2020.level(Level.UPPER_BASE), cap=Cap(most))
    return builders.a_congress(rules=GUIDANCE_2020.with_level(Level.UPPER_BASE, rules))


def a_fighter(
    name: str, congress: Congress, year: int | None = 2018, **columns: object
) -> Exemplar:
    row = builders.an_exemplar(name, congress.unit, **columns)
    builders.an_award(row, "Chiến sĩ thi đua cơ sở", "base_fighter", year)
    return row


def take(congress: Congress, *rows: Exemplar, answers: dict[int, int] | None = None) -> Taken:
    return exemplar_services.register(
        congress,
        [row.id for row in rows],
        answers=answers or {},
        within=(congress.unit.path,),
        actor=system_actor(),
    )


def places(congress: Congress) -> list[tuple[str, str, list[tuple[str | None, int | None]]]]:
    return [
        (d.person.full_name, d.category, [(g.code, g.year) for g in d.grounds])
        for d in db.session.scalars(db.select(Delegate).where(Delegate.congress_id == congress.id))
    ]


def links() -> list[tuple[int, int]]:
    return [(x.exemplar_id, x.person_id) for x in db.session.scalars(db.select(ExemplarPerson))]


def test_a_proposed_exemplar_becomes_an_official_delegate_with_its_ground(app: Flask) -> None:
    congress = a_congress_capped_at(10)
    row = a_fighter("Lê An", congress, position="Viên chức", sex="F")
    assert take(congress, row) == Taken(1, 0)
    assert places(congress) == [("Lê An", "official", [("fighter_base", 2018)])]
    person = db.session.scalars(db.select(Person)).one()
    assert (person.position, person.sex, person.unit_id) == ("Viên chức", "F", congress.unit_id)
    assert links() == [(row.id, person.id)]
    actions = db.session.scalars(db.select(Entry.action).order_by(Entry.id)).all()
    assert actions[-2:] == ["delegate.register", "delegate.exemplar_link"]


def test_a_delegate_is_not_entered_again_but_linked_and_keeps_category(app: Flask) -> None:
    congress = a_congress_capped_at(1)
    birth = {"birth_year": 1980, "birth_month": 5, "birth_day": 7}
    person = builders.a_person("Lê An", congress.unit)
    builders.a_delegate(congress, person, category="elected")
    row = a_fighter("Lê An", congress, **birth)
    assert take(congress, row) == Taken(0, 1)
    assert places(congress) == [("Lê An", "elected", [("fighter_base", 2018)])]
    assert links() == [(row.id, person.id)]
    assert take(congress, row) == Taken(0, 1)
    assert places(congress) == [("Lê An", "elected", [("fighter_base", 2018)])]


def test_over_the_cap_says_why_and_writes_nothing(app: Flask) -> None:
    congress = a_congress_capped_at(1)
    rows = [a_fighter("Lê An", congress), a_fighter("Trần Bình", congress)]
    with pytest.raises(RuleViolation) as refused:
        take(congress, *rows)
    assert refused.value.code == "over_cap"
    assert (places(congress), links()) == ([], [])


def test_who_is_not_proposed_cannot_be_registered(app: Flask) -> None:
    congress = a_congress_capped_at(None)
    rows = [a_fighter("Lê An", congress), a_fighter("Trần Bình", congress, None)]
    with pytest.raises(RuleViolation) as refused:
        take(congress, *rows)
    assert refused.value.code == "not_proposed"
    assert "Trần Bình" in str(refused.value.sentence)
    with pytest.raises(RuleViolation):
        take(congress)
    assert (places(congress), links()) == ([], [])


def test_a_likely_person_is_asked_about(app: Flask) -> None:
    congress = a_congress_capped_at(None)
    person = builders.a_person("Lê An", congress.unit, birth_month=None, birth_day=None)
    row = a_fighter("Lê An", congress)
    with pytest.raises(Conflict) as asked:
        take(congress, row)
    assert asked.value.code == "duplicate_in_database"
    listed = exemplar_queries.proposals_of(congress, [row.id], within=(congress.unit.path,))
    like = exemplar_queries.likenesses(congress, listed, within=(congress.unit.path,))
    assert [one.person_id for one in like[row.id].people] == [person.id]
    assert take(congress, row, answers={row.id: person.id}) == Taken(1, 0)
    assert links() == [(row.id, person.id)]


def test_an_exemplar_is_nobody_it_does_not_resemble(app: Flask) -> None:
    congress = a_congress_capped_at(None)
    foreign = builders.a_person("Khuất Thu Huyền", congress.unit, birth_year=1982)
    row = a_fighter("Lê An", congress)
    with pytest.raises(Conflict) as refused:
        take(congress, row, answers={row.id: foreign.id})
    db.session.rollback()
    assert refused.value.code == "stale_answer"
    assert (places(congress), links(), foreign.full_name) == ([], [], "Khuất Thu Huyền")


def test_a_linked_exemplar_writes_no_other_name_over_the_person(app: Flask) -> None:
    congress = a_congress_capped_at(None)
    row = a_fighter("Lê An", congress)
    take(congress, row)
    above = builders.a_congress(builders.the_root(), congress.season, level="national")
    builders.an_award(row, "Chiến sĩ thi đua ngành", "sector_fighter", 2017)
    row.name, row.birth_year, row.position = "Người Khác Hẳn", 1990, "Giám đốc"
    db.session.commit()
    db.session.expire_all()
    assert take(above, row) == Taken(1, 0)
    stored = db.session.execute(db.select(Person.full_name, Person.birth_year, Person.position))
    assert [tuple(one) for one in stored] == [("Lê An", None, None)]


def test_a_namesake_is_somebody_new_when_told_so(app: Flask) -> None:
    congress = a_congress_capped_at(None)
    person = builders.a_person("Lê An", congress.unit)
    builders.a_delegate(congress, person)
    row = a_fighter("Lê An", congress)
    assert take(congress, row, answers={row.id: NEW_PERSON}) == Taken(1, 0)
    assert len(places(congress)) == 2


def test_two_exemplars_of_one_person_are_not_taken_at_once(app: Flask) -> None:
    congress = a_congress_capped_at(None)
    rows = [a_fighter("Lê An", congress), a_fighter("LÊ AN", congress)]
    with pytest.raises(Conflict) as refused:
        take(congress, *rows)
    assert refused.value.code == "chosen_twice"
    assert places(congress) == []


def test_a_link_holds_at_other_congresses_and_can_be_taken_back(app: Flask) -> None:
    congress = a_congress_capped_at(None)
    row = a_fighter("Lê An", congress)
    take(congress, row)
    above = builders.a_congress(builders.the_root(), congress.season, level="national")
    builders.an_award(row, "Chiến sĩ thi đua ngành", "sector_fighter", 2017)
    db.session.expire_all()
    assert take(above, row) == Taken(1, 0)
    assert db.session.scalars(db.select(Person.full_name)).all() == ["Lê An"]
    within = (congress.unit.path,)
    exemplar_services.unlink(congress, row.id, within=within, actor=system_actor())
    assert links() == []
    assert len(places(congress)) == 1
    with pytest.raises(NotFound):
        exemplar_services.unlink(congress, row.id, within=within, actor=system_actor())
