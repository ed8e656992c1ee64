"""Units from a sheet: what it would change, and writing exactly that, all or nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import cast

from sqlalchemy import Table, bindparam, select, update
from sqlalchemy.orm import Session, joinedload
from sqlalchemy.orm.attributes import set_committed_value

from congress_app.audit.services import Happening, record, record_many
from congress_app.database import db, transaction
from congress_app.formats.columns import match_columns
from congress_app.formats.records import Matched
from congress_app.formats.sheet_files import read_sheet
from congress_app.jobs.sheet_result import (
    CHECKING,
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
from congress_app.kernel.vietnamese import fold, nfc
from congress_app.units import queries, sum_services
from congress_app.units.columns import FIELDS
from congress_app.units.lookup import code_key
from congress_app.units.models import Cluster, Unit
from congress_app.units.placement import Rights, StoredUnit
from congress_app.units.proposal import Change, Draft, Origin, Proposal, propose
from congress_app.units.tree import child_path


def import_units(
    data: bytes,
    filename: str,
    *,
    dry_run: bool,
    actor: Actor,
    expected: str | None = None,
    tell: Tell = quiet,
    settle: Settle = nothing_more,
) -> SheetResult:
    """Create and update units from a sheet, all rows or none.

    `expected` is the digest of a preview: when the same file would by now do something
    else, Conflict `preview_changed` and nothing is written. `tell` hears how far it is;
    `settle` gets the result within the transaction that writes, so that what it stores is
    stored with the units or not at all. Raises Unreadable or TooLarge for a file that
    cannot be read; faults of its rows are in the result.
    """
    tell(0, 100, READING)
    matched = match_columns(read_sheet(data, filename), FIELDS)
    origin = Origin(nfc(filename)[:200], clock.today())
    rights = Rights(
        actor.reach(Permission.UNIT_EDIT, "/"), actor.holds_at_root(Permission.UNIT_EDIT)
    )
    tell(40, 100, CHECKING if dry_run else WRITING)
    if dry_run:
        return _result(_proposal(db.session(), matched, rights, origin))
    with transaction() as session:
        queries.lock_tree()
        proposal = _proposal(session, matched, rights, origin)
        if expected is not None and proposal.digest != expected:
            raise _changed_since()
        if proposal.changes:
            _write(session, proposal, origin, actor)
        result = _result(proposal)
        if not result.faults:
            settle(result)
    return result


def _proposal(session: Session, matched: Matched, rights: Rights, origin: Origin) -> Proposal:
    return propose(matched, [_stored(unit) for unit in _units(session)], rights, origin)


def _result(proposal: Proposal) -> SheetResult:
    changes = (
        SheetChange(one.row, one.is_new, one.draft.name, one.told, one.draft.code)
        for one in proposal.changes
    )
    return SheetResult(
        proposal.created,
        proposal.updated,
        proposal.unchanged,
        proposal.faults,
        tuple(changes),
        proposal.notes,
        proposal.digest,
    )


def _changed_since() -> Conflict:
    return Conflict(
        "preview_changed",
        Sentence(
            N_(
                "Cây đơn vị đã thay đổi sau khi bạn xem trước nên chưa ghi gì. "
                "Hãy xem lại các thay đổi bên dưới rồi xác nhận lần nữa."
            )
        ),
    )


def _units(session: Session) -> Sequence[Unit]:
    query = select(Unit).options(joinedload(Unit.cluster)).order_by(Unit.id)
    return session.scalars(query).all()


def _stored(unit: Unit) -> StoredUnit:
    merged = db.session.get(Unit, unit.merged_into_id) if unit.merged_into_id else None
    return StoredUnit(
        id=unit.id,
        code=unit.code,
        name=unit.name,
        kind=unit.kind,
        parent=unit.parent.code if unit.parent else None,
        path=unit.path,
        precedence=unit.precedence,
        headcount=unit.headcount,
        headcount_source=unit.headcount_source,
        headcount_date=unit.headcount_date,
        is_pilot=unit.is_pilot,
        cluster=unit.cluster.name if unit.cluster else None,
        merged_into=merged.code if merged else None,
    )


def _write(session: Session, proposal: Proposal, origin: Origin, actor: Actor) -> None:
    drafts = [change.draft for change in proposal.changes]
    clusters = _clusters(session, drafts, origin, actor)
    units = {code_key(unit.code): unit for unit in session.scalars(select(Unit))}
    for change in proposal.changes:
        key = code_key(change.draft.code)
        if change.is_new:
            units[key] = Unit(code=change.draft.code, path="/")
            session.add(units[key])
        _copy(change.draft, units[key], clusters)
    # First every row gets its number, then parents can be named in any order.
    session.flush()
    _place(session, proposal.changes, units)
    sum_services.rebuild()
    _remember(proposal, units, origin, actor)


def _clusters(
    session: Session, drafts: Sequence[Draft], origin: Origin, actor: Actor
) -> dict[str, Cluster]:
    """The clusters by folded name; those the file names for the first time are created."""
    clusters = {fold(cluster.name): cluster for cluster in session.scalars(select(Cluster))}
    for draft in drafts:
        if draft.cluster and fold(draft.cluster) not in clusters:
            clusters[fold(draft.cluster)] = made = Cluster(name=draft.cluster)
            session.add(made)
            told = {"name": made.name, "file": origin.filename}
            record("cluster.create", made, told, actor=actor)
    return clusters


def _copy(draft: Draft, unit: Unit, clusters: Mapping[str, Cluster]) -> None:
    unit.name, unit.kind, unit.search_key = draft.name, draft.kind, fold(draft.name)[:250]
    unit.precedence, unit.is_pilot = draft.precedence, draft.is_pilot
    unit.headcount = draft.headcount
    unit.headcount_source, unit.headcount_date = draft.headcount_source, draft.headcount_date
    unit.cluster_id = clusters[fold(draft.cluster)].id if draft.cluster else None


def _place(session: Session, changes: Sequence[Change], units: Mapping[str, Unit]) -> None:
    """Hang the changed units under their parents and rewrite every path that follows."""
    parents = {unit.id: unit.parent_id for unit in units.values()}
    for change in changes:
        if change.draft.parent is not None:
            unit = units[code_key(change.draft.code)]
            parents[unit.id] = units[code_key(change.draft.parent)].id
            if not change.is_new:
                unit.parent_id = parents[unit.id]
    session.flush()
    paths: dict[int, str] = {}
    moved = [unit for unit in units.values() if _path_of(unit.id, parents, paths) != unit.path]
    if moved:
        table = cast(Table, Unit.__table__)
        statement = (
            update(table)
            .where(table.c.id == bindparam("unit_id"))
            .values(path=bindparam("new_path"), parent_id=bindparam("new_parent"))
        )
        rows = [
            {"unit_id": unit.id, "new_path": paths[unit.id], "new_parent": parents[unit.id]}
            for unit in moved
        ]
        # By the table, not the mapper: following a parent's move is no edit of the unit,
        # so its version stays.
        session.connection().execute(statement, rows)
    for unit in moved:
        set_committed_value(unit, "path", paths[unit.id])
        set_committed_value(unit, "parent_id", parents[unit.id])


def _path_of(unit_id: int, parents: Mapping[int, int | None], paths: dict[int, str]) -> str:
    if unit_id not in paths:
        parent = parents[unit_id]
        above = None if parent is None else _path_of(parent, parents, paths)
        paths[unit_id] = child_path(above, unit_id)
    return paths[unit_id]


def _remember(proposal: Proposal, units: Mapping[str, Unit], origin: Origin, actor: Actor) -> None:
    for is_new, action in ((True, "unit.create"), (False, "unit.edit")):
        happenings = []
        for change in proposal.changes:
            if change.is_new == is_new:
                unit = units[code_key(change.draft.code)]
                told = change.told | {"file": origin.filename}
                happenings.append(Happening(unit, told, unit.path))
        record_many(action, happenings, actor=actor)
    reach = actor.reach(Permission.UNIT_EDIT, "/")
    place = reach[0] if len(reach) == 1 and reach != ("/",) else None
    record(
        "unit.import",
        "unit",
        {
            "file": origin.filename,
            "created": proposal.created,
            "updated": proposal.updated,
            "unchanged": proposal.unchanged,
        },
        actor=actor,
        name=origin.filename,
        unit_path=place,
    )
