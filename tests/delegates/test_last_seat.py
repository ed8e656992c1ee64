"""Two people take the last place at once: exactly one gets it, the other is told why.

Real threads with connections of their own. The control does the check and the writing in
two separate transactions, as they would be without the lock, and shows the race.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from congress_app.congresses.models import Congress
from congress_app.congresses.rulebook import Cap, Category, Duration, LevelRules
from congress_app.database import db
from congress_app.delegates import intake, intake_queries, services, writing_services
from congress_app.delegates.book import Entry
from congress_app.delegates.credentials import ACTIVE
from congress_app.delegates.import_services import import_delegates
from congress_app.delegates.models import Delegate
from congress_app.delegates.registration import PersonFacts, Registration
from congress_app.formats.xlsx.writing import Column, write_sheet
from congress_app.kernel.errors import DomainError, RuleViolation
from congress_app.kernel.permissions import system_actor
from congress_app.units.models import Unit
from tests import builders

ACTOR = system_actor("test")
HEADER = ("Họ và tên", "Ngày sinh", "Giới tính", "Dân tộc", "Chức vụ", "Mã đơn vị", "Thành phần")


@pytest.fixture
def congress(app: Flask) -> Congress:
    """A congress with two places, one of them taken, and a district with one seat to elect."""
    rules = LevelRules("Hội nghị", Cap(2), (Duration.HALF_DAY,))
    made = builders.a_congress(rules=builders.a_rulebook(upper_base=rules))
    builders.a_unit("D1", parent=made.unit, kind="huyen", name="BHXH huyện A")
    builders.a_delegate(made)
    return made


def at_once(app: Flask, *acts: Callable[[Congress], Any], congress_id: int) -> list[Any]:
    """Run the acts in threads that start together; give what each returned or raised."""
    db.session.remove()
    barrier = threading.Barrier(len(acts))
    answers: list[Any] = [None] * len(acts)

    def run(place: int, act: Callable[[Congress], Any]) -> None:
        with app.app_context():
            congress = db.session.get_one(Congress, congress_id)
            barrier.wait(timeout=10)
            try:
                answers[place] = act(congress)
            except DomainError as error:
                answers[place] = error
            finally:
                db.session.remove()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return answers


def asked(name: str, category: Category = Category.OFFICIAL) -> Registration:
    unit_id = db.session.scalars(select(Unit.id).where(Unit.code == "D1")).one()
    return Registration(PersonFacts(name, unit_id=unit_id), category)


def by_form(name: str, category: Category = Category.OFFICIAL) -> Callable[[Congress], int]:
    def act(congress: Congress) -> int:
        return services.register(congress, asked(name, category), actor=ACTOR).id

    return act


def by_sheet(*names: str) -> Callable[[Congress], Any]:
    rows = [(name, "05/07/1980", "Nam", "Kinh", "CV", "D1", "Chính thức") for name in names]
    data = write_sheet([Column(name) for name in HEADER], rows)

    def act(congress: Congress) -> Any:
        return import_delegates(congress, data, "ds.xlsx", actor=ACTOR)

    return act


def held() -> int:
    active = select(func.count(Delegate.id)).where(Delegate.state.in_(ACTIVE))
    return db.session.scalar(active) or 0


def test_two_forms_for_the_last_place(app: Flask, congress: Congress) -> None:
    names = ["Lê An", "Trần Bình", "Phạm Chi", "Vũ Dung"]
    answers = at_once(app, *(by_form(name) for name in names), congress_id=congress.id)
    assert sum(isinstance(answer, int) for answer in answers) == 1
    refused = [answer for answer in answers if not isinstance(answer, int)]
    assert [(type(error), error.code) for error in refused] == [(RuleViolation, "over_cap")] * 3
    assert all(
        str(error) == "Hội nghị đã có 2/2 đại biểu (tính cả khách mời). Hãy rút hoặc thay một "
        "đại biểu, hoặc ghi ngoại lệ có số văn bản."
        for error in refused
    )
    assert held() == 2


def test_a_form_against_a_sheet(app: Flask, congress: Congress) -> None:
    form, sheet = at_once(app, by_form("Lê An"), by_sheet("Trần Bình"), congress_id=congress.id)
    if isinstance(form, int):
        assert [fault.code for fault in sheet.faults] == ["over_cap"]
        assert "2/2" in str(sheet.faults[0].sentence)
    else:
        assert (form.code, sheet.written, sheet.created) == ("over_cap", True, 1)
    assert held() == 2


def test_two_forms_for_the_last_seat_of_a_quota(app: Flask, congress: Congress) -> None:
    district = db.session.scalars(select(Unit).where(Unit.code == "D1")).one()
    builders.an_allocation(congress, {district: 1})
    congress_id = congress.id
    for row in db.session.scalars(select(Delegate)):
        row.state = "withdrawn"
    db.session.commit()
    answers = at_once(
        app,
        by_form("Lê An", Category.ELECTED),
        by_form("Trần Bình", Category.ELECTED),
        congress_id=congress_id,
    )
    (refused,) = [answer for answer in answers if not isinstance(answer, int)]
    assert refused.code == "over_quota"
    assert str(refused).startswith("Đoàn BHXH huyện A đã có 1/1 đại biểu bầu")
    assert held() == 1


def test_one_person_registered_twice_at_once_has_one_place(app: Flask, congress: Congress) -> None:
    answers = at_once(app, by_form("Lê An"), by_form("LÊ AN"), congress_id=congress.id)
    assert sum(isinstance(answer, int) for answer in answers) == 1
    assert held() == 2


def test_without_the_lock_both_would_pass(app: Flask, congress: Congress) -> None:
    """The control: check first, write in another transaction, and the cap is passed."""
    both_checked = threading.Barrier(2)
    # One after the other, or the unique numbers of delegates would refuse the second.
    writing = threading.Lock()

    def unlocked(name: str) -> Callable[[Congress], bool]:
        def act(congress: Congress) -> bool:
            book = intake_queries.book(congress, [name])
            decided = intake.plan([Entry(asked(name))], book)
            db.session.rollback()
            both_checked.wait(timeout=10)
            if decided.problems:
                return False
            with writing:
                writing_services.write(congress, decided, actor=ACTOR)
            return True

        return act

    answers = at_once(app, unlocked("Lê An"), unlocked("Trần Bình"), congress_id=congress.id)
    assert answers == [True, True]
    assert held() == 3
