"""The credentials report as a value: tables with their own sums, ages, names; as JSON.

A share is rounded to tenths of a per cent by itself, so a printed share never contradicts
its count; where the shares of a table then sum to 99,9 or 100,1 the table says so,
instead of bending one of them. `credential_counting` makes the report.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a table: counts, and the share of those convened in tenths of a per cent."""

    key: str
    label: str
    convened: int
    present: int
    tenths: int


@dataclass(frozen=True, slots=True)
class Table:
    """One way of counting the delegates; the last line is what is not known."""

    key: str
    title: str
    lines: tuple[Line, ...]
    sensitive: bool = False

    @property
    def convened(self) -> int:
        """The table's own sum."""
        return sum(line.convened for line in self.lines)

    @property
    def present(self) -> int:
        """The table's own sum of those present."""
        return sum(line.present for line in self.lines)

    @property
    def tenths(self) -> int:
        """What the printed shares sum to."""
        return sum(line.tenths for line in self.lines)

    @property
    def is_uneven(self) -> bool:
        """True when rounding makes the shares sum to something else than 100,0."""
        return self.convened > 0 and self.tenths != 1000


@dataclass(frozen=True, slots=True)
class Somebody:
    """A delegate named in the report."""

    name: str
    unit: str
    note: str = ""
    age: int | None = None


@dataclass(frozen=True, slots=True)
class Ages:
    """Ages by year of those whose year of birth is known; the average in tenths of a year."""

    year: int
    known: int
    unknown: int
    average_tenths: int | None
    youngest: tuple[Somebody, ...]
    oldest: tuple[Somebody, ...]


@dataclass(frozen=True, slots=True)
class Setting:
    """What the report is about besides the delegates.

    `as_of` an instant in ISO form; `year` that of the congress, for ages; `guests` are
    told apart, since nobody examines their credentials; `nominated` are not yet convened.
    """

    as_of: str
    session: str
    year: int
    guests: int = 0
    nominated: int = 0
    committee: tuple[Somebody, ...] = ()

    @property
    def moment(self) -> datetime:
        """The instant, aware."""
        return datetime.fromisoformat(self.as_of)


@dataclass(frozen=True, slots=True)
class CredentialReport:
    """The whole report as of one minute."""

    setting: Setting
    convened: int
    present: int
    excused: int
    tables: tuple[Table, ...]
    ages: Ages
    not_qualified: tuple[Somebody, ...]
    pending: tuple[Somebody, ...]

    @property
    def absent(self) -> int:
        """Neither present nor excused."""
        return self.convened - self.present - self.excused

    def table(self, key: str) -> Table:
        """The table with this key."""
        return next(table for table in self.tables if table.key == key)

    def count(self, table: str, line: str) -> int:
        """How many of those convened stand in a line; 0 when there is no such line."""
        return sum(one.convened for one in self.table(table).lines if one.key == line)

    def public(self) -> tuple[Table, ...]:
        """The tables without sensitive facts."""
        return tuple(table for table in self.tables if not table.sensitive)


def tenths(part: int, whole: int) -> int:
    """The share in tenths of a per cent, halves up; 0 and 1000 only when that is exact."""
    if whole == 0:
        return 0
    rounded = (2000 * part + whole) // (2 * whole)
    return min(max(rounded, 1), 999) if 0 < part < whole else rounded


def to_json(made: CredentialReport) -> dict[str, Any]:
    """The report as plain JSON values."""
    plain: dict[str, Any] = json.loads(_canonical(made))
    return plain


def from_json(body: Mapping[str, Any]) -> CredentialReport:
    """Read what `to_json` wrote."""
    setting, ages = dict(body["setting"]), dict(body["ages"])
    setting["committee"] = _people(setting["committee"])
    ages |= {name: _people(ages[name]) for name in ("youngest", "oldest")}
    tables = tuple(
        Table(**{**table, "lines": tuple(Line(**line) for line in table["lines"])})
        for table in body["tables"]
    )
    return CredentialReport(
        setting=Setting(**setting),
        ages=Ages(**ages),
        tables=tables,
        not_qualified=_people(body["not_qualified"]),
        pending=_people(body["pending"]),
        **{name: body[name] for name in ("convened", "present", "excused")},
    )


def _people(rows: Iterable[Mapping[str, Any]]) -> tuple[Somebody, ...]:
    return tuple(Somebody(**row) for row in rows)


def digest(body: Mapping[str, Any]) -> str:
    """SHA-256 of the report's JSON in one canonical form."""
    return hashlib.sha256(_canonical(body).encode()).hexdigest()


def _canonical(body: CredentialReport | Mapping[str, Any]) -> str:
    return json.dumps(
        body, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=_fields
    )


def _fields(part: Any) -> dict[str, Any]:
    """A part of the report, all of which are dataclasses, by its fields."""
    return {name: getattr(part, name) for name in part.__slots__}


def fingerprint(made: CredentialReport) -> str:
    """SHA-256 of what the page shows: not the instant, which moves on within the minute.

    Nor sums of sensitive facts: they are shown by a recorded act only, and few enough to be
    guessed from a hash.
    """
    shown = tuple(table for table in made.tables if not table.sensitive)
    body = replace(made, setting=replace(made.setting, as_of=""), tables=shown)
    return hashlib.sha256(_canonical(body).encode()).hexdigest()
