"""By when a person's request must be answered and done."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congress_app.dossiers import rights
from congress_app.dossiers.rights import Kind, State, Terms


@pytest.mark.parametrize(
    ("kind", "received", "reply", "finish"),
    [
        # Monday 02/11/2026: Wednesday; the tenth day is Thursday 12/11.
        (Kind.VIEW, date(2026, 11, 2), date(2026, 11, 4), date(2026, 11, 12)),
        # Friday: the weekend does not count for the reply; the tenth day is a Monday.
        (Kind.CORRECT, date(2026, 11, 6), date(2026, 11, 10), date(2026, 11, 16)),
        # The fifteenth day is Saturday 21/11, so Monday 23/11.
        (Kind.RESTRICT, date(2026, 11, 6), date(2026, 11, 10), date(2026, 11, 23)),
        (Kind.WITHDRAW, date(2026, 11, 2), date(2026, 11, 4), date(2026, 11, 17)),
        # The twentieth day is Sunday 22/11.
        (Kind.ERASE, date(2026, 11, 2), date(2026, 11, 4), date(2026, 11, 23)),
        # Received on Wednesday 29/04: 30/04 and 01/05 are feasts, then a weekend.
        (Kind.VIEW, date(2026, 4, 29), date(2026, 5, 5), date(2026, 5, 11)),
        # Received on a Sunday.
        (Kind.VIEW, date(2026, 11, 1), date(2026, 11, 3), date(2026, 11, 11)),
    ],
)
def test_terms(kind, received, reply, finish):
    assert rights.terms(kind, received) == Terms(reply, finish)


def test_feasts_told_by_hand_move_the_terms():
    tet = {date(2026, 2, day) for day in range(16, 21)}
    assert rights.terms(Kind.VIEW, date(2026, 2, 13), tet) == Terms(
        date(2026, 2, 24), date(2026, 2, 23)
    )


@given(st.sampled_from(Kind), st.dates(date(2020, 1, 1), date(2040, 1, 1)))
def test_terms_end_on_working_days_and_are_never_shorter_than_the_law(kind, received):
    found = rights.terms(kind, received)
    assert not rights.is_day_off(found.reply_by)
    assert not rights.is_day_off(found.finish_by)
    days = (found.finish_by - received).days
    assert rights.DAYS[kind] <= days <= rights.DAYS[kind] + 6
    between = (received + timedelta(days=n) for n in range(1, (found.reply_by - received).days + 1))
    assert sum(not rights.is_day_off(day) for day in between) == rights.REPLY_WORKING_DAYS


def test_only_an_open_request_is_late():
    due = date(2026, 11, 12)
    assert rights.is_late(State.OPEN, due, date(2026, 11, 13))
    assert not rights.is_late(State.OPEN, due, due)
    assert not rights.is_late(State.DONE, due, date(2026, 12, 1))


def test_every_kind_has_its_days_and_words():
    assert set(rights.DAYS) == set(rights.KIND_LABELS) == set(Kind)


def test_feasts_of_the_lunar_calendar_are_days_off():
    # Tết 2026: 17/02; received on Friday 13/02, the eve is Monday, off until Thursday 19/02.
    assert rights.terms(Kind.VIEW, date(2026, 2, 13)).reply_by == date(2026, 2, 23)
    # Giỗ Tổ 2027 is Friday 16/04, so the tenth day moves over the weekend.
    assert rights.terms(Kind.VIEW, date(2027, 4, 6)).finish_by == date(2027, 4, 19)
    # The Vietnamese new year of 2030 is a day before the Chinese.
    assert rights.is_day_off(date(2030, 2, 1))
    assert not rights.is_day_off(date(2030, 2, 5))
