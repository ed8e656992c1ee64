"""Facts as they stand in the tables."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from flask import Flask

from congress_app.congresses.models import Congress
from congress_app.database import transaction
from congress_app.documents import fact_queries
from congress_app.documents.facts import ItemRow, MemberRow, Presence, QuotaRow, SpeechRow
from tests.builders import (
    a_badge,
    a_congress,
    a_delegate,
    a_ground,
    a_person,
    a_scan,
    a_seat,
    a_session,
    a_speech,
    a_unit,
    an_allocation,
    an_item,
    the_root,
)

SEVEN = datetime(2020, 6, 15, 7, 30, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


@pytest.fixture
def congress(app: Flask) -> Congress:
    return a_congress(
        a_unit("22", the_root(), name="BHXH tỉnh Quảng Ninh"),
        starts_at=time(7, 30),
        address="Hạ Long",
    )


def test_the_congress(congress: Congress) -> None:
    told = fact_queries.congress_facts(congress)
    assert (told.unit, told.parent_unit, told.is_root) == (
        "BHXH tỉnh Quảng Ninh", "BHXH Việt Nam", False,
    )  # fmt: skip
    assert (told.held_on, told.starts_at, told.cap) == (date(2020, 6, 15), time(7, 30), 300)
    assert (told.duration, told.source, told.period) == ("1/2 ngày", "", (2015, 2020))


def test_an_empty_congress_has_no_facts_but_its_own(congress: Congress) -> None:
    facts = fact_queries.facts_of(congress)
    assert (facts.people, facts.quota, facts.items, facts.speeches) == ((), (), (), ())
    assert (facts.election, facts.presence, facts.credentials, facts.elected) == (
        None, None, None, (),
    )  # fmt: skip


def test_people_are_those_called_with_their_particulars(congress: Congress) -> None:
    person = a_person("Lê Ý", congress.unit, position="Giám đốc", ethnicity="Tày")
    delegate = a_delegate(congress, person, number=7)
    a_ground(delegate, "CSTĐ ngành")
    for state in ("nominated", "declined", "withdrawn"):
        a_delegate(congress, state=state)
    (row,) = fact_queries.facts_of(congress).people
    assert (row.name, row.number, row.birth, row.unit) == (
        "Lê Ý", 7, "07/05/1980", "BHXH tỉnh Quảng Ninh",
    )  # fmt: skip
    assert (row.position, row.ground, row.ethnicity) == ("Giám đốc", "CSTĐ ngành", None)
    assert fact_queries.facts_of(congress, sensitive=True).people[0].ethnicity == "Tày"


def test_quota_and_who_goes_above(congress: Congress) -> None:
    unit = a_unit(parent=congress.unit, kind="huyen", name="BHXH Ba Chẽ")
    an_allocation(congress, {unit: 3})
    facts = fact_queries.facts_of(congress)
    assert [(row.unit, row.seats) for row in facts.quota] == [("BHXH Ba Chẽ", 3)]
    assert all(isinstance(row, QuotaRow) for row in facts.quota)
    above = a_congress(the_root(), congress.season, level="national")
    with transaction():
        congress.parent_id = above.id
    an_allocation(above, {congress.unit: 2})
    a_delegate(above, a_person("Lê Ý", congress.unit), category="elected")
    facts = fact_queries.facts_of(congress)
    assert facts.congress.seats_above == 2
    assert [row.name for row in facts.elected] == ["Lê Ý"]


def test_the_programme_on_the_venue_s_clock(congress: Congress) -> None:
    session = a_session(congress, SEVEN, title="Phiên một")
    an_item(session, "Khai mạc", presenter="Lê Ý", script="Mời đại biểu")
    assert fact_queries.facts_of(congress).items == (
        ItemRow(
            "Phiên một", date(2020, 6, 15), "07:30", "07:40", 10, "Khai mạc", "Lê Ý",
            "Mời đại biểu", "opening",
        ),
    )  # fmt: skip


def test_speeches_and_committees(congress: Congress) -> None:
    a_speech(congress, "Mô hình mới", state="selected", minutes=7)
    a_seat(congress, body="organising")
    facts = fact_queries.facts_of(congress)
    assert facts.speeches == (SpeechRow("Mô hình mới", "", "", 7, "selected"),)
    (member,) = facts.committees["organising"]
    assert isinstance(member, MemberRow)
    assert member.name


def test_presence_once_somebody_is_in_the_hall(congress: Congress) -> None:
    session = a_session(congress)
    delegate = a_delegate(congress)
    a_delegate(congress)
    assert fact_queries.facts_of(congress).presence is None
    a_scan(session, a_badge(delegate))
    assert fact_queries.facts_of(congress).presence == Presence(2, 1, 0)


def test_papers_written_at_noon_tell_of_the_morning(congress: Congress, frozen_clock: Any) -> None:
    morning = a_session(congress)
    delegate = a_delegate(congress)
    a_scan(morning, a_badge(delegate))
    a_session(congress, morning.starts_at + timedelta(hours=6), title="Phiên buổi chiều")
    frozen_clock.move_to(morning.doors_close_at + timedelta(minutes=5))
    facts = fact_queries.facts_of(congress)
    assert facts.presence == Presence(1, 1, 0)
    assert facts.credentials is not None
    assert (facts.credentials.convened, facts.credentials.present) == (1, 1)


def test_recipients_by_category_and_delegation(congress: Congress) -> None:
    other = a_unit(parent=congress.unit, kind="huyen")
    for name, unit, category in (
        ("Ân", congress.unit, "guest"),
        ("Bình", congress.unit, "official"),
        ("Cam", other, "elected"),
    ):
        a_delegate(congress, a_person(name, unit), category=category, state="nominated")

    def names(**arguments: str) -> list[str]:
        return sorted(row.name for row in fact_queries.recipients(congress, arguments))

    assert names() == ["Bình", "Cam", "Ân"]
    assert names(category="guest") == ["Ân"]
    assert names(category="members") == ["Bình", "Cam"]
    assert names(delegation=str(other.id)) == ["Cam"]


def test_the_number_of_statements_does_not_grow(congress: Congress, count_queries: Any) -> None:
    def measured() -> int:
        with count_queries() as seen:
            fact_queries.facts_of(congress)
        return len(seen)

    session = a_session(congress, SEVEN)
    a_delegate(congress)
    an_item(session)
    fact_queries.facts_of(congress)
    one = measured()
    for _ in range(4):
        a_delegate(congress)
        an_item(session)
        a_speech(congress)
    assert measured() <= one + 2
