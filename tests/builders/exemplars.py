"""Rows of the register of exemplars."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from congress_app.delegates.exemplar_models import ExemplarPerson
from congress_app.delegates.models import Person
from congress_app.exemplars import criteria
from congress_app.exemplars.models import Award, Exemplar, ExemplarFile, Nomination, StoredCriteria
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


def an_exemplar_file(exemplar: Exemplar, **columns: Any) -> ExemplarFile:
    """A file of the exemplar; its bytes are no real document."""
    defaults = {"name": "Mô hình", "kind": "pdf", "data": b"%PDF-1.7", "added_by": "test"}
    row = defaults | columns
    return store(
        ExemplarFile(exemplar_id=exemplar.id, size=len(row["data"]), added_at=clock.now(), **row)
    )


def a_criteria_set(unit: Unit, **changes: Any) -> StoredCriteria:
    """A copy of the plan's criteria for the unit."""
    rules = replace(criteria.PLAN_2021_2025, **({"key": f"2021-2025-{unit.code}"} | changes))
    return store(
        StoredCriteria(
            key=rules.key, name=rules.name, body=criteria.to_json(rules), unit_id=unit.id
        )
    )
