"""The teller's sheet: its cells, what is missing, where two differ, the count it makes."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from congress_app.elections import checking, record, rules, sheet, tally
from congress_app.elections.naming import Named
from congress_app.elections.rules import Form
from congress_app.elections.sheet import Vote
from congress_app.kernel.partial_date import PartialDate
from congress_app.kernel.permissions import Actor, system_actor

A, B, C = (Named(code, f"Người {code}", PartialDate(1980), "Phòng Thu") for code in "123")
SECRET = Vote(rules.preset("valid"), (A, B, C), seats=2, convened=50, present=40)
EACH = replace(SECRET, rules=replace(rules.preset("valid"), form=Form.HANDS_EACH))
WHOLE = replace(SECRET, rules=replace(rules.preset("valid"), form=Form.HANDS_LIST))


def keys(vote: Vote) -> list[str]:
    return [cell.key for cell in sheet.cells(vote)]


def test_the_cells_of_a_ballot_count():
    assert keys(SECRET) == [
        "issued",
        "collected",
        "valid",
        "invalid",
        "invalid.not_issued",
        "invalid.no_stamp",
        "invalid.too_many",
        "invalid.nobody",
        "invalid.added_name",
        "votes.1",
        "votes.2",
        "votes.3",
        "keeps.1",
        "keeps.2",
    ]


def test_the_cells_of_raised_hands():
    assert keys(WHOLE) == ["for", "against", "other"]
    assert keys(EACH)[:4] == ["for.1", "against.1", "other.1", "for.2"]
    assert str(sheet.cells(EACH)[1].label) == "Người 1: Không tán thành"


def test_a_ballot_keeps_no_more_names_than_it_lists():
    assert keys(replace(SECRET, listed=(A,)))[-1] == "keeps.1"


def test_empty_cells_are_missing_and_differences_name_both_values():
    first = {"issued": 40, "collected": 39}
    second = {"issued": 40, "collected": 38, "valid": 30}
    assert [cell.key for cell in sheet.missing(WHOLE, {"for": 1})] == ["against", "other"]
    found = sheet.differences(SECRET, first, second)
    assert [(one.cell.key, one.first, one.second) for one in found] == [
        ("collected", 39, 38),
        ("valid", None, 30),
    ]


def test_the_count_of_ballots():
    filled = {"issued": 40, "collected": 40, "valid": 38, "invalid": 2, "invalid.nobody": 2}
    filled |= {"votes.1": 30, "votes.2": 20, "votes.3": 10, "keeps.1": 16, "keeps.2": 22}
    count = sheet.count_of(SECRET, filled)
    assert [(one.id, one.votes, one.unit) for one in count.candidates] == [
        ("1", 30, "Phòng Thu"),
        ("2", 20, "Phòng Thu"),
        ("3", 10, "Phòng Thu"),
    ]
    told = (count.issued, count.valid, count.convened, count.keeps)
    assert told == (40, 38, 50, {1: 16, 2: 22})
    assert tally.decide(count).elected == ("1", "2")
    zeros = {cell.key: 0 for cell in sheet.missing(SECRET, filled)}
    assert checking.faults(SECRET, filled | zeros) == ()


def test_the_count_of_hands_for_the_whole_list_is_everybodys():
    count = sheet.count_of(WHOLE, {"for": 30, "against": 6, "other": 4})
    assert [(one.votes, one.against, one.other) for one in count.candidates] == [(30, 6, 4)] * 3
    assert (count.valid, count.keeps) == (40, None)


def test_hands_must_sum_to_those_present():
    (fault,) = checking.faults(WHOLE, {"for": 30, "against": 6, "other": 3})
    assert (fault.code, fault.cells) == (
        "HANDS_MISMATCH",
        ("for", "against", "other", "valid"),
    )


def test_a_sheet_half_filled_in_says_only_what_is_wrong_already():
    assert checking.faults(SECRET, {}) == ()
    (fault,) = checking.faults(SECRET, {"issued": 40, "collected": 41})
    assert (fault.code, fault.cells) == ("COLLECTED_OVER_ISSUED", ("collected", "issued"))


def test_sheets_are_held_by_accounts_or_by_name():
    assert sheet.teller_key(Actor("user", 7, "le", "Lê")) == "user:7"
    assert sheet.teller_key(system_actor()) == "system:command line"


@given(st.dictionaries(st.sampled_from(keys(SECRET)), st.integers(0, 100)))
def test_what_a_round_keeps_decides_the_same_for_ever(filled):
    count = sheet.count_of(SECRET, filled)
    kept = record.from_json(record.to_json(count))
    assert kept == count
    assert tally.decide(kept) == tally.decide(count)
