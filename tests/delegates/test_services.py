"""Registering, editing and replacing delegates, against a real database."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import func, select

from congress_app.audit.models import Entry as LogEntry
from congress_app.congresses.models import Congress, Pulse
from congress_app.congresses.rulebook import Cap, Category, Duration, LevelRules
from congress_app.database import db
from congress_app.delegates import queries, services, state_services, storing
from congress_app.delegates.book import NEW_PERSON, Act, Entry
from congress_app.delegates.models import Delegate, Person
from congress_app.delegates.registration import (
    CapException,
    GroundFacts,
    PersonFacts,
    Registration,
)
from congress_app.kernel.errors import Conflict, Forbidden, RuleViolation, Stale
from congress_app.kernel.partial_date import PartialDate
from congress_app.kernel.permissions import Actor, Grant, Role, system_actor
from congress_app.units.models import Unit
from tests import builders

ACTOR = system_actor("test")
EXCEPTION = CapException("Nguyễn Văn Trưởng", "Bổ sung theo chỉ đạo", "12/QĐ-BTC")
DAY = PartialDate(1980, 7, 5)


@pytest.fixture
def congress(app: Flask) -> Congress:
    """A provincial congress with a cap of three, guests counted, and two districts."""
    rules = LevelRules("Hội nghị", Cap(3), (Duration.HALF_DAY,))
    made = builders.a_congress(rules=builders.a_rulebook(upper_base=rules))
    builders.a_unit("D1", parent=made.unit, kind="huyen", name="BHXH huyện A")
    builders.a_unit("D2", parent=made.unit, kind="huyen", name="BHXH huyện B")
    return made


def unit(code: str) -> Unit:
    return db.session.scalars(select(Unit).where(Unit.code == code)).one()


def asked(
    name: str, category: Category = Category.OFFICIAL, place: Unit | None = None, **more: object
) -> Registration:
    facts = {"birth": DAY, "unit_id": place.id if place else None} | {
        key: more.pop(key) for key in list(more) if key in PersonFacts.__slots__
    }
    return Registration(PersonFacts(name, **facts), category, **more)  # type: ignore[arg-type]


def registered(congress: Congress, *names: str) -> list[Delegate]:
    place = unit("D1")
    return [services.register(congress, asked(name, place=place), actor=ACTOR) for name in names]


def log(action: str) -> list[LogEntry]:
    found = select(LogEntry).where(LogEntry.action == action).order_by(LogEntry.id)
    return list(db.session.scalars(found))


def test_a_delegate_is_written_whole(congress: Congress) -> None:
    registration = asked(
        "NGUYỄN THỊ ÁNH",
        Category.ELECTED,
        unit("D1"),
        sex="F",
        ethnicity="Tày",
        phone="0912345678",
        grounds=(GroundFacts("Được bầu", "elected_base", 2020, "1/NQ"), GroundFacts("CSTĐ")),
        field="it",
        priorities=("new_model",),
        note="ăn chay",
    )
    made = services.register(congress, registration, actor=ACTOR)
    assert (made.category, made.state, made.number, made.version) == ("elected", "nominated", 1, 1)
    assert made.delegation_unit_id == unit("D1").id
    assert (made.field, made.priorities, made.note) == ("it", ["new_model"], "ăn chay")
    assert [(g.text, g.code, g.year, g.document) for g in made.grounds] == [
        ("Được bầu", "elected_base", 2020, "1/NQ"),
        ("CSTĐ", None, None, None),
    ]
    assert storing.facts_of_row(made.person) == registration.person
    assert made.person.search_key == "nguyen thi anh"
    assert made.exception_by is None
    (entry,) = log("delegate.register")
    assert (entry.subject_id, entry.subject_name) == (made.id, "NGUYỄN THỊ ÁNH")
    assert entry.changes == {"category": "elected"}
    assert db.session.scalar(select(Pulse.counter)) == 1


def test_the_cap_is_told_with_figures_and_nothing_is_written(congress: Congress) -> None:
    registered(congress, "Lê An", "Lê Bình", "Lê Chi")
    with pytest.raises(RuleViolation) as refused:
        services.register(congress, asked("Lê Dung", place=unit("D1")), actor=ACTOR)
    assert refused.value.code == "over_cap"
    assert str(refused.value).startswith("Hội nghị đã có 3/3 đại biểu (tính cả khách mời).")
    assert db.session.scalar(select(func.count(Person.id))) == 3


def test_an_exception_opens_one_place_and_stays_visible(congress: Congress) -> None:
    registered(congress, "Lê An", "Lê Bình", "Lê Chi")
    made = services.register(
        congress, asked("Lê Dung", place=unit("D1")), actor=ACTOR, exception=EXCEPTION
    )
    assert storing.exception_of_row(made) == EXCEPTION
    assert log("delegate.register")[-1].changes["exception"] == {
        "exception_by": "Nguyễn Văn Trưởng",
        "exception_reason": "Bổ sung theo chỉ đạo",
        "exception_document": "12/QĐ-BTC",
    }
    with pytest.raises(RuleViolation, match="4/3"):
        services.register(congress, asked("Lê Em", place=unit("D1")), actor=ACTOR)


def test_an_exception_nobody_needs_is_not_kept(congress: Congress) -> None:
    made = services.register(
        congress, asked("Lê An", place=unit("D1")), actor=ACTOR, exception=EXCEPTION
    )
    assert storing.exception_of_row(made) is None


def test_only_who_may_excepts(congress: Congress) -> None:
    registered(congress, "Lê An", "Lê Bình", "Lê Chi")
    registrar = Actor("user", 1, "r", "R", (Grant(Role.REGISTRAR, congress.unit.path),))
    with pytest.raises(Forbidden):
        services.register(
            congress, asked("Lê Dung", place=unit("D1")), actor=registrar, exception=EXCEPTION
        )


def test_a_quota_binds_once_an_allocation_is_in_force(congress: Congress) -> None:
    elected = asked("Lê An", Category.ELECTED, unit("D1"))
    services.register(congress, elected, actor=ACTOR)
    builders.an_allocation(congress, {unit("D1"): 1})
    with pytest.raises(RuleViolation) as refused:
        services.register(congress, asked("Lê Ba", Category.ELECTED, unit("D1")), actor=ACTOR)
    assert str(refused.value).startswith("Đoàn BHXH huyện A đã có 1/1 đại biểu bầu")
    with pytest.raises(RuleViolation) as refused:
        services.register(congress, asked("Lê Ba", Category.ELECTED, unit("D2")), actor=ACTOR)
    assert str(refused.value).startswith("Đoàn BHXH huyện B đã có 0/0 đại biểu bầu")
    services.register(congress, asked("Lê Ba", Category.OFFICIAL, unit("D1")), actor=ACTOR)


def test_a_proposed_allocation_does_not_bind(congress: Congress) -> None:
    builders.an_allocation(congress, {unit("D1"): 0}, state="proposed")
    services.register(congress, asked("Lê An", Category.ELECTED, unit("D1")), actor=ACTOR)


def test_a_likely_duplicate_is_a_question_with_answers(congress: Congress) -> None:
    person = builders.a_person("Lê Thị Hòa", unit("D1"), birth_month=7, birth_day=5)
    other = asked("Lê Thị Hoà", place=unit("D1"))
    with pytest.raises(Conflict) as doubt:
        services.register(congress, other, actor=ACTOR)
    assert doubt.value.code == "duplicate_in_database"
    (choice,) = doubt.value.details
    assert choice["person_id"] == person.id  # type: ignore[index, call-overload]
    made = services.register(congress, other, actor=ACTOR, same_as=person.id)
    assert made.person_id == person.id
    namesake = services.register(
        congress, asked("Le Thi Hoa", place=unit("D1")), actor=ACTOR, same_as=NEW_PERSON
    )
    assert namesake.person_id != person.id


def test_a_stored_person_is_taken_and_completed(congress: Congress) -> None:
    person = builders.a_person("Lê An", unit("D1"), birth_month=7, birth_day=5, phone="0912345678")
    made = services.register(congress, asked("Lê An", place=unit("D1"), sex="F"), actor=ACTOR)
    assert made.person_id == person.id
    assert (made.person.sex, made.person.phone) == ("F", "0912345678")


def test_one_person_has_one_place(congress: Congress) -> None:
    (made,) = registered(congress, "Lê An")
    with pytest.raises(Conflict) as refused:
        registered(congress, "LÊ AN")
    assert refused.value.code == "already_delegate"
    assert refused.value.details == ({"delegate_id": made.id},)


def test_nothing_is_registered_after_the_close(congress: Congress) -> None:
    congress.state = "closed"
    db.session.commit()
    with pytest.raises(RuleViolation) as refused:
        registered(congress, "Lê An")
    assert refused.value.code == "congress_closed"


def test_many_are_written_together_or_not_at_all(congress: Congress) -> None:
    place = unit("D1")
    entries = [Entry(asked(f"Lê {name}", place=place), row) for row, name in enumerate("ABCD", 3)]
    refused = services.register_many(congress, entries, actor=ACTOR)
    assert [(problem.code, problem.index) for problem in refused.problems] == [("over_cap", 3)]
    assert db.session.scalar(select(func.count(Delegate.id))) == 0
    done = services.register_many(congress, entries[:3], actor=ACTOR)
    assert done.count(Act.CREATE) == 3
    assert [d.number for d in db.session.scalars(select(Delegate).order_by(Delegate.id))] == [
        1,
        2,
        3,
    ]
    again = services.register_many(congress, entries[:3], actor=ACTOR)
    assert (again.count(Act.KEEP), again.problems) == (3, [])
    assert len(log("delegate.register")) == 3


def test_a_sheet_updates_and_keeps_both_grounds(congress: Congress) -> None:
    place = unit("D1")
    fighter = asked("Lê An", place=place, grounds=(GroundFacts("CSTĐ", "fighter"),))
    services.register(congress, fighter, actor=ACTOR)
    elected = asked(
        "Lê An", Category.ELECTED, place, grounds=(GroundFacts("Bầu"),), position="Phó Giám đốc"
    )
    done = services.register_many(congress, [Entry(elected, 3)], actor=ACTOR)
    assert done.count(Act.UPDATE) == 1
    (row,) = db.session.scalars(select(Delegate))
    assert (row.category, row.version, row.person.position) == ("elected", 2, "Phó Giám đốc")
    assert [ground.text for ground in row.grounds] == ["CSTĐ", "Bầu"]
    assert log("delegate.edit")[0].changes == {
        "category": ["official", "elected"],
        "grounds_added": "Bầu",
        "position": [None, "Phó Giám đốc"],
    }


def test_edit_changes_person_and_place(congress: Congress) -> None:
    (made,) = registered(congress, "Lê An")
    wanted = asked("Lê Anh", Category.GUEST, unit("D2"), field="it", priorities=("good_deed",))
    assert services.edit(made, wanted, version=1, actor=ACTOR) == ()
    assert (made.person.full_name, made.person.search_key) == ("Lê Anh", "le anh")
    assert (made.category, made.delegation_unit_id) == ("guest", unit("D2").id)
    assert (made.field, made.priorities, made.version) == ("it", ["good_deed"], 2)
    assert log("delegate.edit")[0].changes["full_name"] == ["Lê An", "Lê Anh"]


def test_who_changes_delegation_leads_the_old_one_no_more(congress: Congress) -> None:
    (made,) = registered(congress, "Lê An")
    state_services.set_head(congress, unit("D1").id, made.id, actor=ACTOR)
    services.edit(made, asked("Lê An", place=unit("D2")), version=1, actor=ACTOR)
    assert queries.heads(congress.id) == {}


def test_edit_of_the_person_alone_raises_the_version_everywhere(congress: Congress) -> None:
    (made,) = registered(congress, "Lê An")
    elsewhere = builders.a_delegate(person=made.person)
    services.edit(made, asked("Lê An", place=unit("D1"), sex="F"), version=1, actor=ACTOR)
    assert made.version == 2
    assert elsewhere.version == 2


def test_a_stale_form_is_told_both_values(congress: Congress) -> None:
    (made,) = registered(congress, "Lê An")
    services.edit(made, asked("Lê Anh", place=unit("D1")), version=1, actor=ACTOR)
    with pytest.raises(Stale) as stale:
        services.edit(made, asked("Lê Ân", place=unit("D2")), version=1, actor=ACTOR)
    assert stale.value.version == 2
    assert stale.value.details == (
        {"field": "Họ và tên", "stored": "Lê Anh", "typed": "Lê Ân"},
        {"field": "Đơn vị", "stored": "BHXH huyện A", "typed": "BHXH huyện B"},
    )
    assert made.person.full_name == "Lê Anh"


def test_an_edit_cannot_pass_the_quota(congress: Congress) -> None:
    (made,) = registered(congress, "Lê An")
    builders.an_allocation(congress, {unit("D1"): 0})
    wanted = asked("Lê An", Category.ELECTED, unit("D1"))
    with pytest.raises(RuleViolation, match="0/0"):
        services.edit(made, wanted, version=1, actor=ACTOR)
    services.edit(made, wanted, version=1, actor=ACTOR, exception=EXCEPTION)
    assert storing.exception_of_row(made) == EXCEPTION


def test_a_full_congress_can_still_be_corrected(congress: Congress) -> None:
    made = registered(congress, "Lê An", "Lê Bình", "Lê Chi")[0]
    services.edit(made, asked("Lê An", Category.GUEST, unit("D1")), version=1, actor=ACTOR)
    assert made.category == "guest"


def test_an_edit_cannot_make_two_people_one(congress: Congress) -> None:
    made, _other = registered(congress, "Lê An", "Lê Bình")
    with pytest.raises(Conflict) as refused:
        services.edit(made, asked("Lê Bình", place=unit("D1")), version=1, actor=ACTOR)
    assert refused.value.code == "same_person"
