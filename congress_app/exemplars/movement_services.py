"""Launch, change and close movements; report on them."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from congress_app.audit import wording
from congress_app.audit.services import changed, record
from congress_app.database import transaction
from congress_app.exemplars import asking_queries, movement_queries
from congress_app.exemplars.movement_facts import MovementEntry
from congress_app.exemplars.movement_models import Movement, MovementResult
from congress_app.exemplars.movement_rules import (
    must_be_asked,
    must_keep_results,
    must_launch,
    must_report,
)
from congress_app.exemplars.movements import Quarter
from congress_app.kernel import clock
from congress_app.kernel.errors import RuleViolation, Stale
from congress_app.kernel.permissions import Actor
from congress_app.kernel.sentences import N_, Sentence
from congress_app.units.models import Unit


def launch(entry: MovementEntry, unit_id: int, *, actor: Actor) -> Movement:
    """Enter a movement of a unit, for it and everything below.

    Raises Forbidden out of reach, RuleViolation `unknown_unit` and `wrong_period`.
    """
    with transaction() as session:
        unit = session.get(Unit, unit_id)
        if unit is None or not unit.is_active:
            raise RuleViolation(
                "unknown_unit", Sentence(N_("Không có đơn vị này. Hãy chọn trong danh sách."))
            )
        must_launch(actor, unit.path)
        _must_be_a_period(entry.starts_on, entry.ends_on)
        row = Movement(unit_id=unit.id, **entry.columns())
        session.add(row)
        session.flush()
        told = {name: value for name, value in entry.columns().items() if value}
        told = {"unit": unit.name} | told
        record("movement.create", row, told, actor=actor, unit_path=unit.path)
    return row


def edit(row: Movement, entry: MovementEntry, *, version: int, actor: Actor) -> None:
    """Change a movement.

    Raises Stale when it was saved since `version`, RuleViolation `wrong_period` and
    `results_outside` when a quarter somebody reported would fall out of its time.
    """
    with transaction() as session:
        _open(session, row, version, actor)
        _must_be_a_period(entry.starts_on, entry.ends_on)
        told = movement_queries.reported_quarters(row.id)
        for name, value in entry.columns().items():
            setattr(row, name, value)
        must_keep_results(movement_queries.facts_of(row), told)
        _note("movement.edit", row, actor)


def close(row: Movement, day: date, reason: str | None, *, version: int, actor: Actor) -> None:
    """Declare a movement over on a day of its time; nothing later is asked for.

    Raises Stale, RuleViolation `wrong_closing` and `results_outside`.
    """
    with transaction() as session:
        _open(session, row, version, actor)
        if not row.starts_on <= day <= row.ends_on:
            raise RuleViolation(
                "wrong_closing",
                Sentence(
                    N_("Ngày kết thúc phải từ {first} đến {last}."),
                    first=row.starts_on.strftime("%d/%m/%Y"),
                    last=row.ends_on.strftime("%d/%m/%Y"),
                ),
            )
        told = movement_queries.reported_quarters(row.id)
        row.closed_on, row.closed_reason = day, reason
        must_keep_results(movement_queries.facts_of(row), told)
        _note("movement.close", row, actor)


def reopen(row: Movement, *, version: int, actor: Actor) -> None:
    """Take the closing back. Raises Stale."""
    with transaction() as session:
        _open(session, row, version, actor)
        row.closed_on = row.closed_reason = None
        _note("movement.reopen", row, actor)


def report(
    row: Movement,
    unit: Unit,
    quarter: Quarter,
    *,
    reached: int | None,
    text: str,
    version: int,
    actor: Actor,
) -> MovementResult:
    """Write or correct what a unit reports of a quarter; `version` 0 when there was none.

    Raises Forbidden out of reach, Stale when somebody reported or corrected meanwhile,
    RuleViolation `not_asked`, `no_such_quarter` and `quarter_not_begun`.
    """
    with transaction() as session:
        # The movement is the lock: two first reports of one unit wait for each other.
        session.refresh(row, with_for_update={"of": Movement})
        must_report(actor, unit.path)
        there = movement_queries.report_of(row.id, unit.id, quarter)
        _must_be_wanted(row, unit, quarter, is_there=there is not None)
        if there is not None and there.version != version:
            stored = {"reached": there.reached, "text": there.text}
            raise Stale(wording.stored(stored), version=there.version)
        if there is None:
            there = _blank(row, unit, quarter, actor)
            session.add(there)
        there.reached, there.text = reached, text
        told = changed(there).items()
        changes = {k: v for k, v in told if k in {"reached", "text"} and v != [None, None]}
        if not changes:
            return there
        if there.version is not None:
            there.edited_at, there.edited_by = clock.now(), actor.name
        facts = {"quarter": str(quarter.words), "unit": unit.name} | changes
        record("movement.report", there, facts, actor=actor, unit_path=unit.path, name=row.name)
    return there


def _blank(row: Movement, unit: Unit, quarter: Quarter, actor: Actor) -> MovementResult:
    return MovementResult(
        movement_id=row.id,
        unit_id=unit.id,
        year=quarter.year,
        quarter=quarter.number,
        reported_at=clock.now(),
        reported_by=actor.name,
    )


def _must_be_wanted(row: Movement, unit: Unit, quarter: Quarter, *, is_there: bool) -> None:
    facts = movement_queries.facts_of(row)
    # What was reported once may be corrected, even by a unit that is asked no more.
    is_asked = is_there or asking_queries.asks(row, unit)
    must_be_asked(facts, quarter, unit=is_asked, today=clock.today())


def _open(session: Session, row: Movement, version: int, actor: Actor) -> None:
    session.refresh(row, with_for_update={"of": Movement})
    must_launch(actor, row.unit.path)
    if row.version != version:
        raise Stale(wording.stored(_shown(row)), version=row.version)


def _shown(row: Movement) -> dict[str, object]:
    names = [*MovementEntry.__dataclass_fields__, "closed_on", "closed_reason"]
    return {name: getattr(row, name) for name in names}


def _must_be_a_period(first: date, last: date) -> None:
    if last < first:
        raise RuleViolation(
            "wrong_period", Sentence(N_("Ngày kết thúc phải từ ngày bắt đầu trở đi."))
        )


def _note(action: str, row: Movement, actor: Actor) -> None:
    changes = {name: value for name, value in changed(row).items() if name != "version"}
    if changes:
        record(action, row, changes, actor=actor, unit_path=row.unit.path)
