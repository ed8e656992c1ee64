"""Right links are known without a question for each."""

from __future__ import annotations

import pytest

from congress_app.web import right_links
from congress_app.web.right_links import RightLinks


class Tables:
    """Links that stand, how often they were read, and how long a reading takes."""

    def __init__(self, *links: str) -> None:
        self.links, self.read, self.moment, self.takes = list(links), 0, 0.0, 0.0

    def __call__(self) -> list[str]:
        self.read += 1
        self.moment += self.takes
        return self.links


def test_what_stands_is_read_once_for_any_number_of_questions() -> None:
    tables = Tables("a", "b")
    known = RightLinks(lambda: tables.moment)
    assert [known.knows(link, tables) for link in ("a", "x", "y", "b")] == [
        True,
        False,
        False,
        True,
    ]
    assert tables.read == 1


def test_it_is_read_again_after_ten_seconds() -> None:
    tables = Tables("a")
    known = RightLinks(lambda: tables.moment)
    told = []
    for tables.moment in (0.0, 5.0, 10.0):
        told.append((known.knows("late", tables), tables.read))
        tables.links = ["late"]
    assert told == [(False, 1), (False, 1), (True, 2)]
    assert known.knows("a", tables) is False


def test_slow_reading_takes_no_more_than_a_twentieth_of_the_time() -> None:
    tables = Tables("a")
    tables.takes = 3.0
    known = RightLinks(lambda: tables.moment)
    known.knows("x", tables)
    for tables.moment in (3.0, 30.0, 59.9):
        known.knows("x", tables)
    assert tables.read == 1
    tables.moment = 60.0
    known.knows("x", tables)
    assert tables.read == 2


def test_what_opened_something_is_known_unread_and_never_without_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(right_links, "_MOST_OPENED", 3)
    tables = Tables()
    known = RightLinks(lambda: tables.moment)
    for number in range(10):
        known.note(str(number))
        assert known.knows(str(number), tables)
    assert (tables.read, len(known._opened)) == (0, 1)


def test_a_database_that_is_away_is_asked_once_in_ten_seconds() -> None:
    tables = Tables()
    known = RightLinks(lambda: tables.moment)

    def away() -> list[str]:
        tables()
        raise ConnectionError

    with pytest.raises(ConnectionError):
        known.knows("x", away)
    assert (known.knows("x", away), tables.read) == (False, 1)
