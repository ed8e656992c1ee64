"""What the tests of the pure rules draw from: rounds counted from real ballots."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import settings
from hypothesis import strategies as st

from congress_app.elections.count import Base, CandidateVotes, Count, TieRule
from congress_app.kernel.partial_date import PartialDate

thorough = settings(max_examples=100, deadline=None)

CODES = "ABCDEF"
BIRTHS = st.one_of(
    st.none(),
    st.builds(PartialDate, st.integers(1960, 1963)),
    st.builds(PartialDate, st.integers(1960, 1963), st.integers(1, 3)),
)


def a_count(seats: int, base: Base = Base.VALID, /, **votes: int) -> Count:
    """Votes by candidate; 100 convened, 98 issued, 97 collected, 95 valid."""
    return Count(
        seats=seats,
        base=base,
        candidates=tuple(CandidateVotes(code, number) for code, number in votes.items()),
        convened=100,
        present=98,
        issued=98,
        collected=97,
        valid=95,
        invalid=2,
    )


def with_births(count: Count, **births: int | PartialDate) -> Count:
    """The same with birth years or dates."""
    known = {
        code: PartialDate(birth) if isinstance(birth, int) else birth
        for code, birth in births.items()
    }
    changed = tuple(replace(one, birth=known.get(one.id)) for one in count.candidates)
    return replace(count, candidates=changed)


@st.composite
def counts(draw: st.DrawFn) -> Count:
    """A round of up to 6 names, counted ballot by ballot: its totals are true by making."""
    names = CODES[: draw(st.integers(1, len(CODES)))]
    seats = draw(st.integers(1, 4))
    allow_empty = draw(st.booleans())
    ballot = st.sets(st.sampled_from(names), min_size=0 if allow_empty else 1, max_size=seats)
    ballots = draw(st.lists(ballot, max_size=9))
    invalid = draw(st.integers(0, 2))
    unreturned = draw(st.integers(0, 2))
    absent = draw(st.integers(0, 3))
    collected = len(ballots) + invalid
    return Count(
        seats=seats,
        base=draw(st.sampled_from(Base)),
        candidates=tuple(
            CandidateVotes(name, sum(name in one for one in ballots), birth=draw(BIRTHS))
            for name in names
        ),
        convened=collected + unreturned + absent,
        absent_throughout=absent,
        absent_replaced=draw(st.integers(0, absent)),
        present=collected + unreturned,
        issued=collected + unreturned,
        collected=collected,
        valid=len(ballots),
        invalid=invalid,
        keeps={
            many: sum(len(one) == many for one in ballots)
            for many in range(0 if allow_empty else 1, min(seats, len(names)) + 1)
        },
        tie_rule=draw(st.sampled_from(TieRule)),
        allow_empty=allow_empty,
    )
