"""Rows gathered by table and written in bulk, in the order their keys ask for."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import count, groupby
from typing import Any

from sqlalchemy import Table, bindparam, func, insert, select, text, update
from sqlalchemy.orm import Session

from congress_app.badges.models import Badge
from congress_app.checkin.models import Excuse, Presence, Scan
from congress_app.congresses.models import Congress, CongressStep, Pulse
from congress_app.database import Model
from congress_app.delegates.committee_models import CommitteeAdoption, CommitteeSeat
from congress_app.delegates.models import Delegate, DelegationHead, Ground, Person
from congress_app.demo.copy_services import copy_rows
from congress_app.demo.rows import Row
from congress_app.elections.credential_models import CredentialRuling
from congress_app.elections.models import Candidate, CountSheet, ElectedPlace, Election, Round
from congress_app.elections.upward_models import ReserveCall, Transmission, TransmissionLine
from congress_app.exemplars.models import Award, Exemplar, ExemplarStep, Nomination
from congress_app.exemplars.movement_models import Movement, MovementResult
from congress_app.programme.models import Item, Speech
from congress_app.programme.models import Session as Sitting
from congress_app.quota.models import Allocation, AllocationLine
from congress_app.units.models import Cluster, Unit

# A row may only point to rows of tables before its own, or to earlier ones of its own.
ORDER: tuple[type[Model], ...] = (
    Cluster, Unit, Congress, CongressStep, Pulse, Allocation, AllocationLine, Person,
    Delegate, Ground, DelegationHead, Badge, Sitting, Speech, Item, Scan, Presence, Excuse,
    Election, Candidate, Round, CountSheet, ElectedPlace, Transmission, TransmissionLine,
    ReserveCall, CommitteeSeat, CommitteeAdoption, CredentialRuling,
    Exemplar, Award, ExemplarStep, Nomination, Movement, MovementResult,
)  # fmt: skip
_BATCH = 20_000


class Writer:
    """Gathers rows; numbers are given here, so that rows can point to each other."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._copies = session.get_bind().dialect.name == "postgresql"
        self._waiting: dict[type[Model], list[Row]] = {model: [] for model in ORDER}
        self._numbers = {model: count(1) for model in ORDER}
        self._changes: dict[tuple[type[Model], str], list[Row]] = {}

    def number(self, model: type[Model]) -> int:
        """The next free key of a table."""
        return next(self._numbers[model])

    def add(self, model: type[Model], rows: Iterable[Row]) -> None:
        """Keep rows for the next writing."""
        self._waiting[model].extend(rows)

    def change(self, model: type[Model], key: int, column: str, value: object) -> None:
        """Set one column of a row, once it and whatever it points to are stored."""
        self._changes.setdefault((model, column), []).append({"row": key, "value": value})

    def relieve(self) -> None:
        """Write if much is waiting."""
        if sum(len(rows) for rows in self._waiting.values()) > _BATCH:
            self.write()

    def write(self) -> None:
        """Write all that is waiting."""
        for model, rows in self._waiting.items():
            # One statement takes rows of the same columns only.
            for _, alike in groupby(rows, key=tuple):
                self._store(_table(model), list(alike))
            rows.clear()
        for (model, column), changes in self._changes.items():
            table = _table(model)
            statement = update(table).where(table.c.id == bindparam("row"))
            statement = statement.values({column: bindparam("value")})
            self._session.connection().execute(statement, changes)
        self._changes.clear()

    def _store(self, table: Table, rows: list[Row]) -> None:
        if self._copies:
            copy_rows(table, rows)
        else:
            self._session.execute(insert(table), rows)

    def go_on_counting(self) -> None:
        """On PostgreSQL keys are given by sequences: let them start after ours."""
        if not self._copies:
            return
        for model in ORDER:
            table = _table(model)
            if "id" not in table.c:
                continue
            last = self._session.scalar(select(func.max(table.c.id)))
            if last:
                move = text("SELECT setval(pg_get_serial_sequence(:name, 'id'), :last)")
                self._session.execute(move, {"name": table.name, "last": last})


def _table(model: type[Model]) -> Any:
    table = model.__table__
    if not isinstance(table, Table):
        raise TypeError(f"{model} is no table")
    return table
