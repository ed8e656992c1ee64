"""Minutes spoken, by unit and by field."""

from __future__ import annotations

from congress_app.programme.spoken import Share, Spoken, by_field, by_unit

SPEECHES = [
    Spoken("Hạ Long", "Thu", 10, 660.0, held=True),
    Spoken("Móng Cái", "Thu", 10, 0.0, held=False),
    Spoken("Hạ Long", "Chi trả", 8, 430.0, held=True),
]


def test_who_spoke_longest_comes_first() -> None:
    assert by_unit(reversed(SPEECHES)) == [
        Share("Hạ Long", 2, 2, 18, 1090.0),
        Share("Móng Cái", 1, 0, 10, 0.0),
    ]
    assert [(s.label, s.held, s.minutes) for s in by_field(SPEECHES)] == [
        ("Thu", 1, 11.0),
        ("Chi trả", 1, 7.2),
    ]


def test_nothing_was_spoken() -> None:
    assert by_unit([]) == []
