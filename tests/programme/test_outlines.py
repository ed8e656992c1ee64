"""Outlines fit their level and hold what the guidance asks for."""

from __future__ import annotations

import pytest

from congress_app.congresses.presets import PRESETS
from congress_app.congresses.rulebook import Level
from congress_app.programme.outlines import Outline, outlines_for
from congress_app.programme.timetable import ITEM_KINDS, SESSION_KINDS, missing_items

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
        ends += sum(item.minutes for item in session.items)
        assert ends <= (11 * 60 + 30 if session.starts.hour < 12 else 17 * 60)


def test_the_national_congress_elects_nobody() -> None:
    kinds = {
        item.kind
        for outline in outlines_for("national")
        for session in outline.sessions
        for item in session.items
    }
    assert kinds & {"election", "announcement"} == set()
