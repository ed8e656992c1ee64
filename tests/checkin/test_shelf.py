"""Answers that one process lays out for another."""

from __future__ import annotations

import os
import stat
from collections.abc import Hashable
from pathlib import Path

import pytest

from congress_app.checkin import live
from congress_app.checkin.latest import Kept, Latest
from congress_app.checkin.live import Told
from congress_app.checkin.shelf import Shelf

QUESTION = ("board", 3, None, "vi")


class Clock:
    """The machine's, which all processes read; nobody asks twice at one instant."""

    now = 100.0

    def __call__(self) -> float:
        self.now += 1e-6
        return self.now


class Process:
    """Its own answers over the common folder."""

    def __init__(self, folder: Path, clock: Clock, rest_factor: float = 0.0) -> None:
        self.clock = clock
        self.made: list[int] = []
        self._latest: Latest[Told] = Latest(rest_factor, beside=Shelf(folder), now=clock)

    def ask(self, counter: int, question: Hashable = QUESTION, seconds: float = 0.0) -> int:
        """The counter of the answer told; one that is made takes so many seconds."""

        def make() -> Told:
            self.made.append(counter)
            self.clock.now += seconds
            return live.told({"html": f"tại {counter}"}, counter)

        return self._latest.answer(question, (counter, 7), make).counter


@pytest.fixture
def two(tmp_path: Path) -> tuple[Process, Process]:
    clock = Clock()
    return Process(tmp_path / "live", clock), Process(tmp_path / "live", clock)


def test_the_other_process_need_not_make_it(two: tuple[Process, Process]) -> None:
    first, second = two
    assert [first.ask(1), second.ask(1), second.ask(2), first.ask(2)] == [1, 1, 2, 2]
    assert (first.made, second.made) == ([1], [2])


def test_other_questions_lie_apart(two: tuple[Process, Process]) -> None:
    first, second = two
    assert (first.ask(1), second.ask(1, ("hall", 3, "vi"))) == (1, 1)
    assert (first.made, second.made) == ([1], [1])


def test_the_rest_counts_for_both(tmp_path: Path) -> None:
    clock = Clock()
    first, second = Process(tmp_path, clock, 50), Process(tmp_path, clock, 50)
    first.ask(1, seconds=0.02)
    clock.now += 0.9
    assert (second.ask(2), second.made) == (1, [])
    clock.now += 0.2
    assert (second.ask(2), second.made) == (2, [2])


def test_what_lay_there_before_the_machine_was_started_again_is_left(
    two: tuple[Process, Process],
) -> None:
    first, second = two
    first.ask(1)
    first.clock.now = 5.0
    assert (second.ask(1), second.made) == (1, [1])


@pytest.mark.parametrize(
    "spoilt", [b"", b"{}\n", b"[1]\nx", b"\xff\n", b'{"question": "other"}\nx', b"{\n"]
)
def test_a_spoilt_file_is_made_anew(tmp_path: Path, spoilt: bytes) -> None:
    clock = Clock()
    first, second = Process(tmp_path, clock), Process(tmp_path, clock)
    first.ask(1)
    (file,) = tmp_path.iterdir()
    file.write_bytes(spoilt)
    assert (second.ask(1), second.made) == (1, [1])


def test_an_answer_comes_back_whole(tmp_path: Path) -> None:
    kept = Kept((1, 7), 1.5, 2.5, live.told({"html": "Đại biểu\n<b>1</b>"}, 1))
    Shelf(tmp_path).put(QUESTION, kept)
    assert Shelf(tmp_path).take(QUESTION) == kept
    assert len(list(tmp_path.iterdir())) == 1


def test_nobody_else_may_look_and_a_lost_folder_is_no_harm(tmp_path: Path) -> None:
    folder = tmp_path / "live"
    process = Process(folder, Clock())
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    folder.rmdir()
    assert (process.ask(1), process.ask(2)) == (1, 2)


def test_what_is_of_no_more_use_is_removed_when_the_next_is_laid(tmp_path: Path) -> None:
    kept = Kept((1, 7), 1.5, 2.5, live.told({"html": "Đại biểu"}, 1))
    Shelf(tmp_path).put(QUESTION, kept)
    Shelf(tmp_path).put(("hall", 3, "vi"), kept)
    draft = tmp_path / "0123.99-1"
    draft.write_bytes(b"half of it")
    for file in (draft, Shelf(tmp_path)._file(QUESTION)):
        os.utime(file, (0, 0))
    Shelf(tmp_path).put(("hall", 4, "vi"), kept)
    assert (len(list(tmp_path.iterdir())), Shelf(tmp_path).take(QUESTION)) == (2, None)
