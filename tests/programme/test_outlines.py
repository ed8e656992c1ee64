"""Outlines fit their level and hold what the guidance asks for."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from congress_app.congresses.presets import PRESETS
from congress_app.congresses.rulebook import Level
from congress_app.programme.outlines import Outline, announced, outlines_for
from congress_app.programme.timetable import (
    ITEM_KINDS,
    SESSION_KINDS,
    Planned,
    missing_items,
    timetable,
)

CASES = [(level, outline) for level in Level for outline in outlines_for(level)]


@pytest.mark.parametrize(("level", "outline"), CASES)
def test_nothing_mandatory_is_missing(level: Level, outline: Outline) -> None:
    kinds = [item.kind for session in outline.sessions for item in session.items]
    for book in PRESETS.values():
        assert missing_items(book.level(level).mandatory_items, kinds) == []


@pytest.mark.parametrize(("level", "outline"), CASES)
def test_every_kind_is_known_and_every_session_ends_in_its_half_day(
    level: Level, outline: Outline
) -> None:
    for session in outline.sessions:
        assert session.kind in SESSION_KINDS
        assert {item.kind for item in session.items} <= set(ITEM_KINDS)
        ends = session.starts.hour * 60 + session.starts.minute
        ends += session.minutes
        assert ends <= (11 * 60 + 30 if session.starts.hour < 12 else 17 * 60)


def test_the_national_congress_elects_nobody() -> None:
    kinds = {
        item.kind
        for outline in outlines_for("national")
        for session in outline.sessions
        for item in session.items
    }
    assert kinds & {"election", "counting", "announcement"} == set()


@pytest.mark.parametrize(("level", "outline"), CASES)
def test_counting_is_over_before_the_result_is_announced(level: Level, outline: Outline) -> None:
    for session in outline.sessions:
        kinds = [item.kind for item in session.items]
        planned = [
            Planned(number, item.minutes, parallel=item.parallel)
            for number, item in enumerate(session.items)
        ]
        slots = timetable(datetime(2020, 6, 15, tzinfo=UTC), planned)
        assert len(announced(kinds)) == kinds.count("announcement") == kinds.count("election")
        for place, election in announced(kinds).items():
            assert kinds[election : election + 2] == ["election", "counting"]
            assert slots[election + 1].ends <= slots[place].starts


def test_every_announcement_tells_the_nearest_election_not_told_yet() -> None:
    kinds = ["election", "election", "announcement", "announcement", "announcement"]
    assert announced(kinds) == {2: 1, 3: 0}
    assert announced(["announcement", "election"]) == {}
