from __future__ import annotations

from dataclasses import replace

from congress_app.elections.checking import faults, read
from congress_app.elections.naming import Named
from congress_app.elections.rules import PRESETS, Form
from congress_app.elections.sheet import Vote

VOTE = Vote(PRESETS[0], (Named("1", "An"), Named("2", "Bình"), Named("3", "Chi")), 2, present=45)


def test_typed_numbers_are_read_as_people_write_them() -> None:
    typed = {"issued": " 1.234 ", "collected": "1200", "valid": "", "votes.1": "0", "x": "7"}
    assert read(VOTE, typed) == ({"issued": 1234, "collected": 1200, "votes.1": 0}, ())


def test_what_is_no_number_is_named() -> None:
    numbers, wrong = read(
        VOTE, {"issued": "-1", "valid": "12,5", "votes.2": "abc", "invalid": "12345678"}
    )
    assert numbers == {}
    assert [(one.code, one.cells) for one in wrong] == [
        ("NOT_A_COUNT", ("issued",)),
        ("NOT_A_COUNT", ("valid",)),
        ("NOT_A_COUNT", ("invalid",)),
        ("NOT_A_COUNT", ("votes.2",)),
    ]
    assert str(wrong[3].sentence) == (
        "Bình: “abc” không phải là số nguyên từ 0 trở lên. Hãy nhập lại."
    )


def test_a_half_filled_sheet_is_checked_as_far_as_it_goes() -> None:
    assert faults(VOTE, {"issued": 45}) == ()
    assert [one.code for one in faults(VOTE, {"issued": 45, "collected": 46})] == [
        "COLLECTED_OVER_ISSUED"
    ]
    assert [one.code for one in faults(VOTE, {"valid": 40, "votes.3": 41})] == ["VOTES_OVER_VALID"]


def test_a_full_sheet_of_true_totals_has_no_fault() -> None:
    reasons = {f"invalid.{one.code}": 0 for one in VOTE.rules.invalid_reasons}
    filled = {"issued": 45, "collected": 44, "valid": 44, "invalid": 0, **reasons}
    filled |= {"votes.1": 40, "votes.2": 25, "votes.3": 3, "keeps.1": 20, "keeps.2": 24}
    assert faults(VOTE, filled) == ()
    assert [one.code for one in faults(VOTE, {**filled, "votes.3": 4})] == ["KEEPS_MISMATCH"]


def test_columns_let_a_ballot_refuse_everybody() -> None:
    two = replace(VOTE, listed=VOTE.listed[:2])
    assert faults(two, {"valid": 44, "votes.1": 20, "votes.2": 20}) == ()
    assert [
        one.code for one in faults(VOTE, {"valid": 44, "votes.1": 20, "votes.2": 20, "votes.3": 0})
    ] == ["VOTES_UNDER_VALID"]


def test_hands_are_compared_with_those_in_the_hall() -> None:
    whole = replace(VOTE, rules=replace(VOTE.rules, form=Form.HANDS_LIST))
    assert faults(whole, {"for": 40, "against": 3, "other": 2}) == ()
    assert [one.code for one in faults(whole, {"for": 40, "against": 3, "other": 3})] == [
        "HANDS_MISMATCH"
    ]
    each = replace(VOTE, rules=replace(VOTE.rules, form=Form.HANDS_EACH))
    assert [
        one.cells for one in faults(each, {"for.1": 40, "against.1": 3, "other.1": 3, "for.2": 1})
    ] == [("for.1", "against.1", "other.1", "valid")]


def test_no_more_ballots_are_handed_out_than_there_are_voters() -> None:
    known = replace(VOTE, convened=45, absent_replaced=1)
    assert faults(known, {"issued": 46}) == ()
    (fault,) = faults(known, {"issued": 47})
    assert (fault.code, fault.cells) == ("ISSUED_OVER_VOTERS", ("issued",))
    assert "(47) nhiều hơn số đại biểu được bầu cử (46)" in str(fault.sentence)
    # Typed by hand or counted from a file, nobody may have told how many there are.
    assert faults(VOTE, {"issued": 1000}) == ()
