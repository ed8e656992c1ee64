"""Take a whole sheet of delegates in: checked as one, written as one, or not at all."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from congress_app.congresses import queries as congress_queries
from congress_app.congresses.models import Congress
from congress_app.database import transaction
from congress_app.delegates import (
    bond_queries,
    intake,
    intake_queries,
    reading_services,
    roster,
    services,
)
from congress_app.delegates.book import Act, Plan
from congress_app.delegates.roster import Roster, Setting
from congress_app.delegates.sheet_result import ImportResult, Question
from congress_app.formats.sheet_files import read_sheet
from congress_app.jobs.sheet_result import CHECKING, COMPARING, READING, WRITING, Tell, quiet
from congress_app.kernel import clock
from congress_app.kernel.permissions import Actor, Permission
from congress_app.units import queries as unit_queries


def _nothing_more(_result: ImportResult) -> None:
    """Nothing else is stored with the list."""


def import_delegates(
    congress: Congress,
    data: bytes,
    filename: str,
    *,
    actor: Actor,
    dry_run: bool = False,
    accept: Mapping[int, int] | None = None,
    progress: Tell = quiet,
    settle: Callable[[ImportResult], None] = _nothing_more,
) -> ImportResult:
    """Read, check and (unless `dry_run`) write a sheet; every fault is listed at once.

    `accept` answers doubtful rows. `settle` gets the result within the transaction that writes.
    """
    progress(0, 100, READING)
    sheet = read_sheet(data, filename)
    within = actor.reach(Permission.DELEGATE_IMPORT, congress.unit.path)
    setting = _setting(congress, within)
    read = roster.read_roster(
        sheet,
        setting,
        lambda done, total: progress(20 + 40 * done // max(total, 1), 100, CHECKING),
    )
    progress(60, 100, COMPARING)
    accepted = accept or {}
    if dry_run or read.faults:
        decided = _planned(congress, read, accepted, within)
        reading_services.note_comparing(congress, read.entries, decided, actor=actor)
        return _result(read, decided, written=False)
    progress(75, 100, WRITING)
    with transaction():
        decided = services.register_many(
            congress, read.entries, actor=actor, accepted=accepted, within=within
        )
        reading_services.note_comparing(congress, read.entries, decided, actor=actor)
        result = _result(read, decided, written=not decided.problems)
        if result.written:
            settle(result)
    return result


def _planned(
    congress: Congress, read: Roster, accepted: Mapping[int, int], within: Sequence[str]
) -> Plan:
    names = [entry.registration.person.full_name for entry in read.entries]
    book = intake_queries.book(congress, names, within=within, person_ids=accepted.values())
    return bond_queries.checked(intake.plan(read.entries, book, accepted), congress)


def _setting(congress: Congress, within: Sequence[str]) -> Setting:
    book = congress_queries.rulebook_of(congress)
    return Setting(
        units=unit_queries.unit_map(within),
        rules=book.level(congress.level),
        rulebook=book,
        today=clock.today(),
        outsiders=congress.unit.path in within,
    )


def _result(read: Roster, decided: Plan, *, written: bool) -> ImportResult:
    """The plan's figures and, among the cells' faults, its problems by row."""
    questions = []
    for problem in decided.problems:
        entry = read.entries[problem.index]
        column = "category" if problem.code.startswith("over_") else "full_name"
        read.fault(entry.row, column, problem.code, problem.sentence)
        if problem.answerable:
            name = entry.registration.person.full_name
            questions.append(Question(entry.row, name, problem.sentence, problem.candidates))
    return ImportResult(
        planned_created=decided.count(Act.CREATE, Act.JOIN),
        planned_updated=decided.count(Act.UPDATE),
        planned_unchanged=decided.count(Act.KEEP),
        planned_corrected=decided.corrected,
        faults=tuple(sorted(read.faults, key=lambda fault: fault.row)),
        questions=tuple(questions),
        notes=read.notes,
        written=written,
        fault_count=len(read.faults),
    )
