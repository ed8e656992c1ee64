"""Rows of people: persons, delegates, grounds, and the seats allotted to them."""

from __future__ import annotations

from typing import Any

from congress_app.congresses.models import Congress
from congress_app.database import transaction
from congress_app.delegates.models import Delegate, Ground, Person
from congress_app.kernel import clock
from congress_app.kernel.vietnamese import fold, name_sort_key
from congress_app.quota.models import Allocation, AllocationLine
from congress_app.units.models import Unit
from tests.builders.ground import a_congress, numbers, store


def a_person(full_name: str | None = None, unit: Unit | None = None, **columns: Any) -> Person:
    """A person; without a unit a guest from outside the sector."""
    name = full_name or f"Nguyễn Văn {_letters(next(numbers))}"
    defaults: dict[str, Any] = {"birth_year": 1980, "birth_month": 5, "birth_day": 7, "sex": "M"}
    if unit is None:
        defaults["organisation"] = "Cơ quan ngoài ngành"
    return store(
        Person(
            full_name=name,
            sort_key=name_sort_key(name),
            search_key=fold(name),
            unit_id=unit.id if unit else None,
            **(defaults | columns),
        )
    )


def _letters(number: int) -> str:
    first, second = divmod(number, 26)
    return f"{chr(65 + first % 26)}{chr(97 + second)}{'' if number < 676 else number}"


def a_delegate(
    congress: Congress | None = None, person: Person | None = None, **columns: Any
) -> Delegate:
    """An official delegate, confirmed, in the delegation of the person's unit."""
    congress = congress or a_congress()
    person = person or a_person(unit=congress.unit)
    defaults = {
        "category": "official",
        "state": "confirmed",
        "delegation_unit_id": person.unit_id,
        "created_at": clock.now(),
        "created_by": "test",
    }
    return store(Delegate(congress_id=congress.id, person_id=person.id, **(defaults | columns)))


def a_ground(delegate: Delegate, text: str = "Chiến sĩ thi đua cơ sở", **columns: Any) -> Ground:
    """By which right the delegate comes."""
    return store(Ground(delegate_id=delegate.id, text=text, **columns))


def an_allocation(congress: Congress, seats: dict[Unit, int], **columns: Any) -> Allocation:
    """An allocation in force that gives each unit its seats."""
    defaults = {
        "number": 1,
        "state": "approved",
        "method": "webster",
        "seats": sum(seats.values()),
        "input_hash": "0" * 64,
        "created_at": clock.now(),
        "created_by": "test",
        "approved_at": clock.now(),
        "approved_by": "test",
    }
    with transaction() as session:
        allocation = Allocation(congress_id=congress.id, **(defaults | columns))
        session.add(allocation)
        session.flush()
        for position, (unit, given) in enumerate(seats.items(), start=1):
            session.add(
                AllocationLine(
                    allocation_id=allocation.id,
                    unit_id=unit.id,
                    position=position,
                    weight=str(unit.headcount or 0),
                    computed=given,
                    seats=given,
                )
            )
    return allocation
