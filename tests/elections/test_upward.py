from __future__ import annotations

from types import SimpleNamespace

from congress_app.elections.upward import ReserveState, Won, gaps_of, ground_of, next_waiting

WON = Won("Hội nghị BHXH tỉnh Hà Giang", 2, 1234)


def test_the_ground_tells_where_in_which_round_with_how_many_votes() -> None:
    assert ground_of(WON) == "Bầu tại Hội nghị BHXH tỉnh Hà Giang, lượt 2: 1.234 phiếu"
    by_hands = Won("Hội nghị A", 1, 40, by_hands=True)
    assert ground_of(by_hands) == "Bầu tại Hội nghị A, lượt 1: 40 lượt tán thành"


def test_the_ground_of_a_reserve_names_whom_he_replaces() -> None:
    assert ground_of(WON, reserve=1, instead_of="Lê An") == (
        "Dự khuyết thứ 1 bầu tại Hội nghị BHXH tỉnh Hà Giang, lượt 2: 1.234 phiếu; thay Lê An"
    )


def test_a_ground_fits_its_column() -> None:
    assert len(ground_of(Won("x" * 400, 1, 1))) == 300


def test_the_first_who_waits_is_next() -> None:
    line = [
        ("1", ReserveState.CALLED),
        ("2", ReserveState.DECLINED),
        ("3", ReserveState.LISTED),
        ("4", ReserveState.WAITING),
        ("5", ReserveState.WAITING),
    ]
    assert next_waiting(line) == "4"
    assert next_waiting(line[:3]) is None


def test_what_is_not_known_of_a_person_is_named() -> None:
    person = SimpleNamespace(birth_year=1980, sex=None, position="", education=None)
    assert gaps_of(person) == ["sex", "education"]
