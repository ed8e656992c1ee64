"""Persons and exceptions as columns, and back."""

from __future__ import annotations

from types import SimpleNamespace

from hypothesis import given
from hypothesis import strategies as st

from congress_app.audit.sealing import Sensitive
from congress_app.delegates import storing
from congress_app.delegates.registration import CapException, PersonFacts
from congress_app.kernel.partial_date import PartialDate

FACTS = st.builds(
    PersonFacts,
    full_name=st.sampled_from(["Lê An", "H’Hen Niê", "Nguyễn Thị Hòa"]),
    birth=st.sampled_from([None, PartialDate(1980), PartialDate(1980, 7), PartialDate(1980, 7, 5)]),
    sex=st.sampled_from([None, "M", "F"]),
    ethnicity=st.sampled_from([None, "Tày"]),
    party_member=st.sampled_from([None, True, False]),
    unit_id=st.sampled_from([None, 3]),
    **{name: st.sampled_from([None, name]) for name in ("position", "organisation", "honours")},
    **{name: st.sampled_from([None, name]) for name in ("education", "political_theory")},
    **{name: st.sampled_from([None, name]) for name in ("phone", "email")},
)


@given(FACTS)
def test_a_person_comes_back_as_stored(facts: PersonFacts) -> None:
    columns = storing.columns_of(facts)
    assert storing.facts_of(columns) == facts
    assert storing.facts_of_row(SimpleNamespace(**columns)) == facts
    assert storing.facts_of_values([columns[name] for name in storing.COLUMNS]) == facts


def test_names_are_composed_and_keyed() -> None:
    columns = storing.columns_of(PersonFacts("Tra\u0302\u0300n  Đức"))
    assert (columns["full_name"], columns["search_key"]) == ("Trần Đức", "tran duc")


@given(FACTS, FACTS)
def test_the_log_never_tells_a_sensitive_value(before: PersonFacts, after: PersonFacts) -> None:
    changes = storing.person_changes(before, after)
    assert (changes == {}) == (before == after)
    for name in ("ethnicity", "party_member"):
        both = Sensitive(getattr(before, name), getattr(after, name))
        assert changes.get(name) in (None, both)


CODES = st.lists(st.sampled_from(["women", "ethnic_minority", "own words"]), unique=True)


@given(CODES, CODES)
def test_the_log_never_tells_a_priority_that_is_not_open(
    before: list[str], after: list[str]
) -> None:
    changes = storing.priority_changes(before, after, {"women"})
    assert (changes == {}) == (set(before) == set(after))
    assert changes.get("priorities") in (None, [["women"], []], [[], ["women"]])
    hidden = [sorted({*codes} - {"women"}) for codes in (before, after)]
    assert changes.get("sensitive_priorities") in (None, Sensitive(*hidden))


def test_exceptions_are_whole_or_none() -> None:
    given_exception = CapException("A", "B", "1/QĐ")
    columns = storing.exception_columns(given_exception)
    assert storing.exception_of_row(SimpleNamespace(**columns)) == given_exception
    assert storing.exception_of_row(SimpleNamespace(**storing.exception_columns(None))) is None
