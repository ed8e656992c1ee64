"""Answers kept while what they rest on stands still."""

from __future__ import annotations

import threading
import time

import pytest

from congress_app.checkin.latest import MOST_KEPT, Latest


def test_an_answer_is_made_once_for_each_stamp() -> None:
    made: list[str] = []

    def make(text: str) -> str:
        made.append(text)
        return text

    latest: Latest[str] = Latest()
    told = [
        latest.answer("board", stamp, lambda stamp=stamp: make(f"at {stamp}"))  # type: ignore[misc]
        for stamp in (1, 1, 2, 1)
    ]
    assert told == ["at 1", "at 1", "at 2", "at 1"]
    assert made == ["at 1", "at 2", "at 1"]


def test_of_many_that_ask_at_once_one_makes_it() -> None:
    latest: Latest[int] = Latest()
    made: list[int] = []
    gate = threading.Barrier(8)

    def make() -> int:
        time.sleep(0.02)
        made.append(1)
        return len(made)

    def ask(told: list[int]) -> None:
        gate.wait()
        told.append(latest.answer("board", 7, make))

    told: list[int] = []
    threads = [threading.Thread(target=ask, args=(told,)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (told, made) == ([1] * 8, [1])


def test_a_failure_is_not_kept() -> None:
    latest: Latest[int] = Latest()
    with pytest.raises(ZeroDivisionError):
        latest.answer("board", 1, lambda: 1 // 0)
    assert latest.answer("board", 1, lambda: 3) == 3


def test_old_questions_are_forgotten() -> None:
    latest: Latest[int] = Latest()
    for number in range(MOST_KEPT + 1):
        latest.answer(number, 1, lambda number=number: number)  # type: ignore[misc]
    assert latest.answer(0, 1, lambda: -1) == -1
    assert latest.answer(MOST_KEPT, 1, lambda: -1) == MOST_KEPT


def test_while_it_is_made_anew_the_others_are_handed_the_one_before() -> None:
    latest: Latest[str] = Latest()
    latest.answer("board", 1, lambda: "before")
    started, go_on = threading.Event(), threading.Event()

    def slow() -> str:
        started.set()
        go_on.wait(5)
        return "after"

    told: list[str] = []
    maker = threading.Thread(target=lambda: told.append(latest.answer("board", 2, slow)))
    maker.start()
    started.wait(5)
    assert latest.answer("board", 2, lambda: "never made") == "before"
    go_on.set()
    maker.join()
    assert (told, latest.answer("board", 2, lambda: "never made")) == (["after"], "after")


class Hands:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = 0.0

    def taking(self, seconds: float, answer: str) -> str:
        """An answer that takes so long to make."""
        self.now += seconds
        return answer


def test_an_answer_rests_after_a_change_for_as_long_as_its_making_asks() -> None:
    hands = Hands()
    latest: Latest[str] = Latest(20.0, now=lambda: hands.now)

    def ask(stamp: int, at: float) -> str:
        hands.now = at
        return latest.answer("board", stamp, lambda: hands.taking(0.1, f"at {stamp}"))

    # Made until 0.1, so it rests until 2.1; the second until 4.2.
    asked = [(1, 0.0), (2, 2.09), (2, 2.1), (3, 4.1), (3, 4.3)]
    assert [ask(*each) for each in asked] == ["at 1", "at 1", "at 2", "at 2", "at 3"]


def test_an_answer_rests_longer_while_questions_wait_for_their_turn() -> None:
    hands = Hands()
    latest: Latest[str] = Latest(20.0, now=lambda: hands.now, waiting=lambda: 0.15)

    def ask(stamp: int, at: float) -> str:
        hands.now = at
        return latest.answer("board", stamp, lambda: hands.taking(0.05, f"at {stamp}"))

    # Made until 0.05: twenty times (0.05 s and the 0.15 s of waiting) until 4.05.
    assert [ask(*each) for each in [(1, 0.0), (2, 4.0), (2, 4.1)]] == ["at 1", "at 1", "at 2"]


def test_no_answer_rests_longer_than_five_seconds() -> None:
    hands = Hands()
    latest: Latest[str] = Latest(20.0, now=lambda: hands.now)
    latest.answer("board", 1, lambda: hands.taking(60.0, "before"))
    told = []
    for at in (64.9, 65.0):
        hands.now = at
        told.append(latest.answer("board", 2, lambda: "after"))
    assert told == ["before", "after"]


def test_where_it_must_be_exact_nobody_is_handed_the_one_before() -> None:
    latest: Latest[str] = Latest(exact=True)
    latest.answer("counts", 1, lambda: "before")
    started, go_on = threading.Event(), threading.Event()

    def slow() -> str:
        started.set()
        go_on.wait(5)
        return "after"

    told: list[str] = []

    def ask() -> None:
        told.append(latest.answer("counts", 2, slow))

    first = threading.Thread(target=ask)
    first.start()
    started.wait(5)
    second = threading.Thread(target=ask)
    second.start()
    second.join(0.05)
    assert told == []
    go_on.set()
    first.join()
    second.join()
    assert told == ["after", "after"]


def test_where_it_must_be_exact_an_answer_to_an_older_stamp_is_no_answer() -> None:
    # Begun after the question was asked, and yet it read the state of before.
    hands = Hands()
    for exact, told in ((False, "at 5"), (True, "at 6")):
        latest: Latest[str] = Latest(exact=exact, now=lambda: hands.now)

        def ask_within(latest: Latest[str] = latest) -> str:
            """Another one asks at stamp 5 while the one at 6 is on its way to the lock."""
            first = latest._made("counts", 5, asked=1.0, make=lambda: "at 5")
            assert first == "at 5"
            return latest._made("counts", 6, asked=1.0, make=lambda: "at 6")

        hands.now = 2.0
        assert ask_within() == told
