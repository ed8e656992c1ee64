"""The columns beside the frozen rules say what the rules say."""

from types import SimpleNamespace

import pytest

from congress_app.congresses import terms, timing
from congress_app.congresses.presets import GUIDANCE_2020
from congress_app.congresses.rulebook import Level


@pytest.mark.parametrize("level", Level)
def test_due_and_cap_come_back(level: Level) -> None:
    rules = GUIDANCE_2020.levels[level]
    row = SimpleNamespace(**terms.columns_of(rules))
    assert terms.due_of(row) == timing.due_of(rules)
    assert terms.cap_of(row.cap) == rules.cap
