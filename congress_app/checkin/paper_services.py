"""Paper when everything else fails: sheets printed from the roster, typed back as scans."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import time

from sqlalchemy import select

from congress_app.audit.services import record
from congress_app.checkin import paper, paper_queries, services
from congress_app.checkin.answer import Answer
from congress_app.checkin.hall_models import PaperLine, PaperSheet
from congress_app.checkin.intake import Door, ScanRequest
from congress_app.checkin.judging_queries import hold
from congress_app.checkin.paper import Fault, Signed
from congress_app.checkin.paper_pdf import ROWS_A_SHEET
from congress_app.congresses.models import Congress
from congress_app.database import db, transaction
from congress_app.kernel import clock
from congress_app.kernel.errors import Conflict, RuleViolation
from congress_app.kernel.permissions import Actor
from congress_app.kernel.sentences import N_, Sentence
from congress_app.programme.models import Session

BY_DELEGATION, BY_NAME = "delegation", "name"


def print_sheets(
    congress: Congress, session_id: int, gate: str, order: str, *, actor: Actor
) -> int:
    """Fix who stands on which row of new sheets for a gate; gives the number of the batch.

    `order`: "delegation" begins a sheet for each delegation, "name" lists all by given
    name. Raises RuleViolation `nothing_to_print` when nobody is expected.
    """
    with transaction() as session:
        _take(congress)
        if session.get_one(Session, session_id).congress_id != congress.id:
            raise AssertionError("the form offers only sessions of the congress")
        pages = _pages(congress.id, order)
        if not pages:
            raise RuleViolation(
                "nothing_to_print",
                Sentence(N_("Chưa có đại biểu nào được triệu tập nên chưa có gì để in.")),
            )
        (batch, number), now = paper_queries.highest(congress.id), clock.now()
        for place, (title, delegate_ids) in enumerate(pages, start=1):
            sheet = PaperSheet(
                congress_id=congress.id,
                session_id=session_id,
                batch=batch + 1,
                number=number + place,
                title=title,
                gate=gate,
                printed_at=now,
                printed_by=actor.display_name,
                lines=_lines(delegate_ids),
            )
            session.add(sheet)
        record(
            "checkin.paper_print",
            congress,
            {"count": len(pages), "gate": gate},
            actor=actor,
            unit_path=congress.unit.path,
        )
        return batch + 1


def _take(congress: Congress) -> None:
    """Two printing at once would give one number to two sheets."""
    row = select(Congress.id).where(Congress.id == congress.id)
    db.session.execute(row.with_for_update(key_share=True)).one()


def _lines(delegate_ids: Sequence[int]) -> list[PaperLine]:
    return [PaperLine(row=row, delegate_id=one) for row, one in enumerate(delegate_ids, start=1)]


def _pages(congress_id: int, order: str) -> list[tuple[str, list[int]]]:
    """Title and rows of each sheet."""
    groups: dict[str, list[int]] = {}
    for delegation, delegate_id in paper_queries.roster(congress_id):
        groups.setdefault(delegation, []).append(delegate_id)
    if order == BY_NAME and groups:
        everybody = [one for group in groups.values() for one in group]
        groups = {"Mọi đoàn, theo tên": paper_queries.in_name_order(everybody)}
    return [
        (title, ids[start : start + ROWS_A_SHEET])
        for title, ids in groups.items()
        for start in range(0, len(ids), ROWS_A_SHEET)
    ]


@dataclass(frozen=True)
class TypedRow:
    """One signature: whose, and what the log says or would say of it."""

    signed: Signed
    name: str
    answer: Answer


@dataclass(frozen=True)
class Typed:
    """What came of a typed text; with a fault nothing was written."""

    rows: tuple[TypedRow, ...]
    faults: tuple[Fault, ...]

    @property
    def fresh(self) -> int:
        """Rows that are not in the log yet (before writing)."""
        return sum(not row.answer.replayed for row in self.rows)


class _TakenBack(Exception):
    """Ends the transaction of a preview."""


def type_in(
    congress: Congress, text: str, default: time | None, *, actor: Actor, write: bool
) -> Typed:
    """Judge every signature as a scan of source "paper", and keep all of them or none.

    Without `write` it is the same work taken back, so the preview is what will be. A
    signature typed before adds nothing; with another time it is a fault, as a contradiction.
    """
    entries, faults = paper.read(text)
    sheets = paper_queries.sheet_facts(congress.id, {entry.sheet for entry in entries})
    signed, unresolved = paper.resolve(entries, sheets, default=default, now=clock.now())
    faults += unresolved
    rows: list[TypedRow] = []
    names = paper_queries.names({one.delegate_id for one in signed})
    with suppress(_TakenBack), transaction():
        hold(delegate_ids={one.delegate_id for one in signed})
        attempts = _attempts(congress.id, signed)
        for one in signed:
            try:
                answer = _scan(congress, one, attempts[one], actor)
                rows.append(TypedRow(one, names[one.delegate_id], answer))
            except Conflict:
                faults.append(Fault(one.entry.line, _contradiction(one)))
        if faults or not write:
            raise _TakenBack
        record(
            "checkin.paper_type",
            congress,
            {"count": sum(not row.answer.replayed for row in rows)},
            actor=actor,
            unit_path=congress.unit.path,
        )
    ordered = sorted(faults, key=lambda fault: fault.line)
    return Typed(tuple(rows), tuple(ordered))


def _attempts(congress_id: int, signed: Sequence[Signed]) -> dict[Signed, str]:
    """The identity of each signature: a new one where the scan typed before was taken back."""
    found: dict[Signed, str] = {}
    waiting, attempt = list(signed), 0
    while waiting:
        uuids = {one: paper.uuid_of(congress_id, one.entry, attempt) for one in waiting}
        gone = paper_queries.taken_back(list(uuids.values()))
        found |= {one: uuid for one, uuid in uuids.items() if uuid not in gone}
        waiting = [one for one, uuid in uuids.items() if uuid in gone]
        attempt += 1
    return found


def _scan(congress: Congress, signed: Signed, uuid: str, actor: Actor) -> Answer:
    entry = signed.entry
    request = ScanRequest(
        uuid=uuid,
        code=f"to {entry.sheet} dong {entry.row}",
        direction=entry.direction,
        scanned_at=signed.at,
        session_id=signed.session_id,
        body_hash=paper.body_hash(signed),
        source="paper",
        # The signature is there: what it says happened, whatever the rules would have said.
        was_offline=True,
    )
    door = Door(
        congress_id=congress.id,
        device_id=0,
        device_name=paper.door_name(entry.sheet),
        gate=signed.gate,
        operator=actor.display_name,
    )
    return services.scan(request, door, by_hand=signed.delegate_id)


def _contradiction(signed: Signed) -> Sentence:
    return Sentence(
        N_(
            "Dòng {row} của tờ {sheet} đã nhập với giờ khác. "
            "Muốn đổi giờ, hãy hủy lượt cũ ở trang Ở cửa rồi nhập lại."
        ),
        row=signed.entry.row,
        sheet=signed.entry.sheet,
    )
