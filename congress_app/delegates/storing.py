"""Persons and exceptions as columns of the tables, and back."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from typing import Any, Protocol

from congress_app.audit.sealing import Sensitive
from congress_app.delegates.privacy import SENSITIVE
from congress_app.delegates.registration import CapException, PersonFacts
from congress_app.kernel.partial_date import PartialDate
from congress_app.kernel.vietnamese import fold, name_sort_key, nfc

# Facts that are columns of the same name, in the order of `PersonFacts`.
PLAIN = (
    "sex",
    "ethnicity",
    "position",
    "unit_id",
    "organisation",
    "education",
    "political_theory",
    "party_member",
    "honours",
    "phone",
    "email",
)
COLUMNS = ("full_name", "birth_year", "birth_month", "birth_day", *PLAIN)


def columns_of(facts: PersonFacts) -> dict[str, Any]:
    """Every column of the person, the keys for order and search included."""
    name = nfc(facts.full_name)
    birth = facts.birth
    return {
        "full_name": name,
        "sort_key": name_sort_key(name),
        "search_key": fold(name),
        "birth_year": birth.year if birth else None,
        "birth_month": birth.month if birth else None,
        "birth_day": birth.day if birth else None,
        **{column: getattr(facts, column) for column in PLAIN},
    }


def facts_of(row: Mapping[str, Any]) -> PersonFacts:
    """Read the columns named in `COLUMNS`."""
    return PersonFacts(
        full_name=row["full_name"],
        birth=birth_of(row["birth_year"], row["birth_month"], row["birth_day"]),
        **{column: row[column] for column in PLAIN},
    )


def facts_of_values(values: Sequence[Any]) -> PersonFacts:
    """As `facts_of`, from the values of `COLUMNS` in their order: of long lists the quickest."""
    name, year, month, day, *plain = values
    return PersonFacts(name, birth_of(year, month, day), *plain)


def facts_of_row(person: object) -> PersonFacts:
    """As `facts_of`, from a loaded row."""
    return facts_of({name: getattr(person, name) for name in COLUMNS})


# A congress's thousand were born on some hundreds of days, and are read again and again.
@lru_cache(maxsize=4096)
def birth_of(year: int | None, month: int | None, day: int | None) -> PartialDate | None:
    """The stored birth date; None when even the year is not known."""
    return PartialDate(year, month, day) if year else None


def exception_columns(exception: CapException | None) -> dict[str, str | None]:
    """The exception beside a place; all three or none."""
    return {
        "exception_by": exception.by if exception else None,
        "exception_reason": exception.reason if exception else None,
        "exception_document": exception.document if exception else None,
    }


class Excepted(Protocol):
    """A row that may stand under an exception."""

    exception_by: Any
    exception_reason: Any
    exception_document: Any


def exception_of_row(place: Excepted) -> CapException | None:
    """The exception the place was given under."""
    if not (place.exception_by and place.exception_reason and place.exception_document):
        return None
    return CapException(place.exception_by, place.exception_reason, place.exception_document)


def person_changes(before: PersonFacts, after: PersonFacts) -> dict[str, object]:
    """The facts that differ, for the log, which seals the values of sensitive ones."""
    changes: dict[str, object] = {}
    for name in PersonFacts.__slots__:
        old, new = getattr(before, name), getattr(after, name)
        if old != new:
            hidden = name in SENSITIVE
            changes[name] = Sensitive(old, new) if hidden else [_plain(old), _plain(new)]
    return changes


def priority_changes(
    before: Sequence[str], after: Sequence[str], open_codes: Collection[str]
) -> dict[str, object]:
    """The priorities that differ, for the log; of those not open the values are sealed."""
    told: dict[str, object] = {}
    shown = [[code for code in codes if code in open_codes] for codes in (before, after)]
    if shown[0] != shown[1]:
        told["priorities"] = shown
    hidden = [sorted(set(codes) - set(open_codes)) for codes in (before, after)]
    if hidden[0] != hidden[1]:
        told["sensitive_priorities"] = Sensitive(*hidden)
    return told


def named(changes: Mapping[str, object], unit_names: Mapping[int, str]) -> dict[str, object]:
    """A person's changes with the unit by its name, so that the log can be read."""
    told = dict(changes)
    if isinstance(ids := told.pop("unit_id", None), list):
        told["unit"] = [unit_names.get(unit_id) for unit_id in ids]
    return told


def _plain(value: object) -> object:
    return value if value is None or isinstance(value, (bool, int, str)) else str(value)
