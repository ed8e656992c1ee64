"""Rows of the register of exemplars."""

from __future__ import annotations

from typing import Any

from congress_app.delegates.exemplar_models import ExemplarPerson
from congress_app.delegates.models import Person
from congress_app.exemplars.models import Award, Exemplar, Nomination
from congress_app.kernel import clock
from congress_app.kernel.vietnamese import fold, name_sort_key
from congress_app.units.models import Unit
from tests.builders.ground import numbers, store, the_root


def an_exemplar(
    name: str | None = None, unit: Unit | None = None, kind: str = "individual", **columns: Any
) -> Exemplar:
    """An exemplar of the unit, of whom nothing more is recorded."""
    called = name or f"Điển hình {next(numbers)}"
    defaults = {"detected_year": 2023, "created_at": clock.now(), "created_by": "test"}
    return store(
        Exemplar(
            kind=kind,
            name=called,
            search_key=fold(called),
            sort_key=name_sort_key(called),
            unit_id=(unit or the_root()).id,
            **(defaults | columns),
        )
    )


def an_award(exemplar: Exemplar, name: str, kind: str | None, year: int | None) -> Award:
    """An award of the exemplar."""
    return store(Award(exemplar_id=exemplar.id, name=name, kind=kind, decision_year=year))


def a_nomination(exemplar: Exemplar, council: Unit | None = None, **columns: Any) -> Nomination:
    """A nomination before the council of the exemplar's own unit."""
    defaults = {"year": 2023, "nominated_at": clock.now(), "nominated_by": "test"}
    return store(
        Nomination(
            exemplar_id=exemplar.id,
            council_unit_id=(council or exemplar.unit).id,
            **(defaults | columns),
        )
    )


def a_link(exemplar: Exemplar, person: Person) -> ExemplarPerson:
    """The exemplar is this person."""
    return store(
        ExemplarPerson(
            exemplar_id=exemplar.id, person_id=person.id, linked_at=clock.now(), linked_by="test"
        )
    )
