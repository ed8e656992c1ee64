"""The calendar's secret follows from the page's, never the other way."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from congress_app.agenda.calendar_link import opens, secret_of


def test_it_stays_the_same_for_one_link() -> None:
    # Whoever subscribed keeps the address from one version of the program to the next.
    assert secret_of("t" * 32) == "93f6e07d49461c0add56f5e28340814e"


@given(st.text(min_size=1), st.text(min_size=1))
def test_it_opens_its_own_calendar_only(mine: str, other: str) -> None:
    assert opens(secret_of(mine), mine)
    assert opens(secret_of(mine), other) == (mine == other)
    assert not opens(mine, mine)
    assert not opens(secret_of(mine), None)
