"""A name taken out of what the log tells."""

from __future__ import annotations

from congress_app.dossiers.kept_facts import kept
from congress_app.dossiers.naming import Name

NAME = Name("Lò Thị Vui")


def test_only_what_names_him_goes() -> None:
    told = {
        "rows": 3,
        "state": ["confirmed", "replaced"],
        "replaced_by": "Lò Thị Vui",
        "filters": {"subject": "lo thi vui", "kind": "delegate"},
        "listed": ["Nguyễn An", "Lò Thị Vui", "Trần Bình"],
        "hall_seat": ["Lò Thị Vui", "Trần Bình"],
    }
    assert NAME.out_of(told) == {
        "rows": 3,
        "state": ["confirmed", "replaced"],
        "filters": {"kind": "delegate"},
        "listed": ["Nguyễn An", "Trần Bình"],
    }


def test_a_day_of_birth_goes_and_the_year_stays() -> None:
    for both, left in (
        (["13/12/1967", "01/02/1990"], {"birth_year": [1967, 1990]}),
        (["13/12/1967", "14/12/1967"], {}),
        ([None, "12/1967"], {"birth_year": [None, 1967]}),
    ):
        changes = {"birth": both, "email": ["a", "b"]}
        assert kept("delegate", "delegate.edit", changes, forgotten=False) == left
        assert kept("delegate", "delegate.edit", changes, forgotten=True) == {}
