"""The light of a plan."""

from datetime import date

import pytest

from congress_app.congresses.presets import GUIDANCE_2020
from congress_app.congresses.timing import LIGHT_LABELS, LIGHT_LOOKS, Due, Light, due_of, light

DEADLINE = Due(deadline=date(2020, 4, 30))
WINDOW = Due(window=(date(2020, 7, 1), date(2020, 9, 30)))
MARCH = date(2020, 3, 1)


def test_due_days_come_from_the_rules():
    assert due_of(GUIDANCE_2020.level("upper_base")) == DEADLINE
    assert due_of(GUIDANCE_2020.level("national")) == WINDOW


@pytest.mark.parametrize(
    ("due", "state", "held_on", "today", "expected"),
    [
        (DEADLINE, None, None, MARCH, Light.NO_PLAN),
        (DEADLINE, "draft", None, MARCH, Light.NO_PLAN),
        (DEADLINE, None, None, date(2020, 4, 30), Light.OVERDUE),
        (DEADLINE, "draft", None, date(2020, 4, 29), Light.NO_PLAN),
        (DEADLINE, "draft", date(2020, 4, 29), MARCH, Light.PLANNED),
        (DEADLINE, "convened", date(2020, 4, 30), MARCH, Light.OUTSIDE),
        (DEADLINE, "convened", date(2020, 6, 1), date(2020, 5, 5), Light.OUTSIDE),
        (DEADLINE, "convened", date(2020, 3, 1), MARCH, Light.PLANNED),
        (DEADLINE, "convened", date(2020, 2, 29), MARCH, Light.OVERDUE),
        (DEADLINE, "open", date(2020, 2, 29), MARCH, Light.PLANNED),
        (DEADLINE, "closed", date(2020, 6, 1), date(2020, 7, 1), Light.HELD),
        (WINDOW, "draft", None, date(2020, 9, 30), Light.NO_PLAN),
        (WINDOW, "draft", None, date(2020, 10, 1), Light.OVERDUE),
        (WINDOW, "draft", date(2020, 6, 30), MARCH, Light.OUTSIDE),
        (WINDOW, "draft", date(2020, 10, 14), MARCH, Light.OUTSIDE),
        (WINDOW, "draft", date(2020, 7, 1), MARCH, Light.PLANNED),
        (Due(), "draft", date(2030, 1, 1), MARCH, Light.PLANNED),
        (Due(), None, None, date(2030, 1, 1), Light.NO_PLAN),
    ],
)
def test_light(due, state, held_on, today, expected):
    assert light(due, state, held_on, today) is expected


def test_every_light_has_words_and_a_look():
    assert set(LIGHT_LABELS) == set(LIGHT_LOOKS) == set(Light)
