"""Turns between threads and processes, and work done together."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from congress_app.kernel.turns import Together, Turns

HOLDER = """
import sys, time
from pathlib import Path
from congress_app.kernel.turns import Turns
with Turns(Path(sys.argv[1])):
    print("mine", flush=True)
    time.sleep(60)
"""


def wait_until(reached: object, seconds: float = 10) -> None:
    deadline = time.monotonic() + seconds
    while not reached():  # type: ignore[operator]
        assert time.monotonic() < deadline
        time.sleep(0.002)


def test_who_waits_longest_is_next() -> None:
    turns, order = Turns(), []

    def take(place: int) -> None:
        with turns:
            order.append(place)

    threads = [threading.Thread(target=take, args=(place,)) for place in range(8)]
    with turns:
        for place, thread in enumerate(threads, start=1):
            thread.start()
            wait_until(lambda place=place: len(turns._waiting) == place)
    for thread in threads:
        thread.join()
    assert order == list(range(8))


def test_a_failure_lets_the_next_one_in() -> None:
    turns = Turns()
    with pytest.raises(ZeroDivisionError), turns:
        raise ZeroDivisionError
    with turns:
        pass


def test_a_killed_process_lets_go(tmp_path: Path) -> None:
    path = tmp_path / "db"
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(path)], stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "mine\n"
        got = threading.Event()

        def take() -> None:
            with Turns(path):
                got.set()

        thread = threading.Thread(target=take)
        thread.start()
        assert not got.wait(0.2)
        other.kill()
        assert got.wait(10)
        thread.join()


def test_what_comes_while_one_is_at_work_is_done_in_one_group() -> None:
    groups: list[list[int]] = []
    go_on = threading.Event()

    def carry_out(works: Sequence[int]) -> list[int]:
        groups.append(sorted(works))
        go_on.wait(10)
        return [work * 2 for work in works]

    together: Together[int, int] = Together(carry_out, most=4)
    results: dict[int, int] = {}

    def submit(work: int) -> None:
        results[work] = together.submit(work)

    threads = [threading.Thread(target=submit, args=(work,)) for work in range(7)]
    threads[0].start()
    wait_until(lambda: groups == [[0]])
    for place, thread in enumerate(threads[1:], start=1):
        thread.start()
        wait_until(lambda place=place: len(together._waiting) == place)
    go_on.set()
    for thread in threads:
        thread.join()
    assert results == {work: work * 2 for work in range(7)}
    assert groups == [[0], [1, 2, 3, 4], [5, 6]]


def test_a_failure_reaches_all_of_its_group_and_nobody_else() -> None:
    def carry_out(works: Sequence[int]) -> list[int]:
        if 13 in works:
            raise ValueError("thirteen")
        return list(works)

    together: Together[int, int] = Together(carry_out)
    with pytest.raises(ValueError, match="thirteen"):
        together.submit(13)
    assert together.submit(7) == 7
