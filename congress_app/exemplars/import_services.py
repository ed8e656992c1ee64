"""Exemplars and their awards from a sheet: what it would change, and writing exactly that."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from congress_app.audit.services import RowHappening, record, record_rows
from congress_app.database import transaction
from congress_app.exemplars import queries
from congress_app.exemplars.changes import (
    AwardAct,
    Change,
    Proposal,
    StoredAward,
    StoredExemplar,
)
from congress_app.exemplars.columns import FIELDS, ONE_OF
from congress_app.exemplars.lifecycle import Stage
from congress_app.exemplars.models import Award, Exemplar, ExemplarStep
from congress_app.exemplars.proposal import Register, propose
from congress_app.exemplars.roster import Roster, read_rows
from congress_app.exemplars.storing import write_facts
from congress_app.formats.columns import match_columns
from congress_app.formats.records import Matched
from congress_app.formats.sheet_files import read_sheet
from congress_app.jobs.sheet_result import (
    CHECKING,
    COMPARING,
    READING,
    WRITING,
    Settle,
    SheetChange,
    SheetResult,
    Tell,
    nothing_more,
    quiet,
)
from congress_app.kernel import clock
from congress_app.kernel.errors import Conflict
from congress_app.kernel.permissions import Actor, Permission
from congress_app.kernel.sentences import N_, Sentence
from congress_app.kernel.vietnamese import nfc
from congress_app.units import queries as unit_queries
from congress_app.units.models import Unit


def import_exemplars(
    data: bytes,
    filename: str,
    *,
    dry_run: bool,
    actor: Actor,
    expected: str | None = None,
    tell: Tell = quiet,
    settle: Settle = nothing_more,
) -> SheetResult:
    """Enter and update exemplars from a sheet, all rows or none.

    Awards are added, or their gaps filled, and never taken away. `expected` is the digest
    of a preview: when the same file would by now do something else, Conflict
    `preview_changed`. `tell` hears how far it is; `settle` gets the result within the
    transaction that writes. Raises Unreadable or TooLarge for a file that cannot be read.
    """
    tell(0, 100, READING)
    matched = match_columns(read_sheet(data, filename), FIELDS, one_of=ONE_OF)
    within = actor.reach(Permission.EXEMPLAR_NOMINATE, "/")
    tell(20, 100, CHECKING)
    if dry_run:
        roster = _roster(matched, within)
        tell(50, 100, COMPARING)
        return _result(_proposal(matched, roster, queries.exemplars(within)), matched)
    tell(40, 100, WRITING)
    with transaction() as session:
        roster = _roster(matched, within)
        _hold(session, {row.unit.id for row in roster.rows})
        stored = queries.exemplars(within)
        proposal = _proposal(matched, roster, stored)
        if expected is not None and proposal.digest != expected:
            raise _changed_since()
        if proposal.changes:
            _write(session, proposal, nfc(filename)[:200], actor)
        result = _result(proposal, matched)
        if not result.faults:
            settle(result)
    return result


def _result(proposal: Proposal, matched: Matched) -> SheetResult:
    changes = (
        SheetChange(one.row, one.is_new, one.facts.name, one.told) for one in proposal.changes
    )
    return SheetResult(
        proposal.created,
        proposal.updated,
        proposal.unchanged,
        proposal.faults,
        tuple(changes),
        matched.notes,
        proposal.digest,
    )


def _changed_since() -> Conflict:
    return Conflict(
        "preview_changed",
        Sentence(
            N_(
                "Danh sách điển hình đã thay đổi sau khi bạn xem trước nên chưa ghi gì. "
                "Hãy xem lại các thay đổi bên dưới rồi xác nhận lần nữa."
            )
        ),
    )


def _roster(matched: Matched, within: Sequence[str]) -> Roster:
    return read_rows(matched, unit_queries.unit_map(within), this_year=clock.today().year)


def _proposal(matched: Matched, roster: Roster, known: Sequence[Exemplar]) -> Proposal:
    """What the sheet would do; every fault of columns, cells and rows in the sheet's order."""
    stored = [_stored(row) for row in known] if roster.rows else []
    names = {row.unit.id: row.unit.name for row in roster.rows}
    register = Register(stored, queries.award_kinds(), names, clock.today().year)
    proposal = propose(roster.rows, register)
    faults = (*matched.faults, *roster.faults, *proposal.faults)
    if faults:
        return Proposal(faults=tuple(sorted(faults, key=lambda one: (one.row, one.column))))
    return proposal


def _hold(session: Session, unit_ids: set[int]) -> None:
    """Nobody enters the same person into one of these units meanwhile."""
    query = select(Unit.id).where(Unit.id.in_(unit_ids)).order_by(Unit.id)
    session.scalars(query.with_for_update(key_share=True)).all()


def _stored(row: Exemplar) -> StoredExemplar:
    awards = zip(row.awards, queries.award_facts(row.awards), strict=True)
    return StoredExemplar(
        row.id,
        queries.facts_of(row),
        Stage(row.stage),
        tuple(StoredAward(award.id, facts) for award, facts in awards),
        row.leads.name if row.leads else None,
    )


def _write(session: Session, proposal: Proposal, filename: str, actor: Actor) -> None:
    rows: dict[int, Exemplar] = {}
    # A new row gets its awards before it is stored: asked for afterwards, they would be
    # looked for in the database, row by row.
    with session.no_autoflush:
        for change in proposal.changes:
            rows[change.row] = _exemplar(session, change, actor)
            _award(rows[change.row], change.awards)
    # First every row gets its number, then a leader can be tied to a new collective.
    session.flush()
    for change in proposal.changes:
        row = rows[change.row]
        if change.leads_row is not None:
            row.leads_id = rows[change.leads_row].id
        _move(session, row, change, filename, actor)
    session.flush()
    _remember(proposal, rows, filename, actor)


def _exemplar(session: Session, change: Change, actor: Actor) -> Exemplar:
    if change.exemplar_id is None:
        row = Exemplar(created_at=clock.now(), created_by=actor.name, awards=[])
        row.stage = (change.stage or Stage.DETECT).value
        session.add(row)
    else:
        row = session.get_one(Exemplar, change.exemplar_id)
    write_facts(row, change.facts)
    return row


def _move(session: Session, row: Exemplar, change: Change, filename: str, actor: Actor) -> None:
    if change.is_new or change.stage is None or change.stage.value == row.stage:
        return
    now = clock.now()
    session.add(
        ExemplarStep(
            exemplar_id=row.id,
            from_stage=row.stage,
            to_stage=change.stage.value,
            note=filename,
            at=now,
            by=actor.name,
        )
    )
    row.stage, row.reviewed_at, row.reviewed_by = change.stage.value, now, actor.name


def _award(row: Exemplar, acts: Sequence[AwardAct]) -> None:
    known = {award.id: award for award in row.awards}
    for act in acts:
        day = act.entry.decided
        if act.award_id is None:
            award = Award(name=act.entry.name, kind=act.kind)
            row.awards.append(award)
        else:
            award = known[act.award_id]
        award.decision_number = award.decision_number or act.entry.number
        award.signatory = award.signatory or act.entry.signatory
        if day is not None and award.decision_year is None:
            award.decision_year, award.decision_month = day.year, day.month
            award.decision_day = day.day


def _remember(
    proposal: Proposal, rows: Mapping[int, Exemplar], filename: str, actor: Actor
) -> None:
    for is_new, action in ((True, "exemplar.create"), (False, "exemplar.edit")):
        happenings = [
            RowHappening(row.id, row.name, change.told | {"file": filename}, row.unit.path)
            for change, row in ((one, rows[one.row]) for one in proposal.changes)
            if change.is_new == is_new
        ]
        record_rows(action, Exemplar.__tablename__, happenings, actor=actor)
    reach = actor.reach(Permission.EXEMPLAR_NOMINATE, "/")
    place = reach[0] if len(reach) == 1 and reach != ("/",) else None
    told = {
        "file": filename,
        "created": proposal.created,
        "updated": proposal.updated,
        "unchanged": proposal.unchanged,
    }
    record("exemplar.import", "exemplar", told, actor=actor, name=filename, unit_path=place)
