"""Two sheets laid side by side: what is told of them, and what never is."""

from __future__ import annotations

from dataclasses import replace

from congress_app.elections import rules
from congress_app.elections.agreement import Agreement, Progress, agreement
from congress_app.elections.naming import Named
from congress_app.elections.rules import Form
from congress_app.elections.sheet import Vote, cells
from congress_app.kernel.partial_date import PartialDate

LISTED = tuple(Named(code, f"Người {code}", PartialDate(1980), "Phòng Thu") for code in "12")
VOTE = Vote(rules.preset("valid"), LISTED, seats=1, convened=50, present=40)
READY = Progress(missing=0, contradicts_itself=False)
WHOLE = {cell.key: 0 for cell in cells(VOTE)} | {
    "issued": 40,
    "collected": 40,
    "valid": 40,
    "votes.1": 30,
    "votes.2": 10,
    "keeps.1": 40,
}


def test_equal_sheets_agree():
    assert agreement(VOTE, [WHOLE, dict(WHOLE)], 2) == Agreement((READY, READY), 2)
    assert agreement(VOTE, [WHOLE, dict(WHOLE)], 2).is_reached


def test_only_the_cells_are_named_in_which_whole_and_true_sheets_differ():
    other = WHOLE | {"votes.1": 29, "votes.2": 11}
    found = agreement(VOTE, [WHOLE, other], 2)
    assert [cell.key for cell in found.differing] == ["votes.1", "votes.2"]
    assert not found.is_reached


def test_a_sheet_of_zeros_learns_nothing_of_the_other():
    # Whole, and yet no count: 0 ballots handed out do not keep 40 names.
    zeros = dict.fromkeys(WHOLE, 0) | {"votes.1": 1}
    found = agreement(VOTE, [WHOLE, zeros], 2)
    assert found == Agreement((READY, Progress(0, contradicts_itself=True)), 2)
    assert (found.is_comparable, found.is_reached) == (False, False)


def test_an_unfinished_sheet_learns_nothing_either():
    found = agreement(VOTE, [WHOLE, {"issued": 39}], 2)
    assert (found.sheets[1].missing, found.differing) == (len(WHOLE) - 1, ())
    assert not agreement(VOTE, [WHOLE], 2).is_comparable


def test_raised_hands_are_counted_once():
    hands = replace(VOTE, rules=replace(VOTE.rules, form=Form.HANDS_LIST))
    assert agreement(hands, [{"for": 40, "against": 0, "other": 0}], 1).is_reached
