"""The printed sheets of a congress, and whom new ones are to list."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import aliased, joinedload, selectinload

from congress_app.badges.number_ranges import ranges
from congress_app.checkin import paper
from congress_app.checkin.hall_models import PaperLine, PaperSheet
from congress_app.checkin.models import Scan
from congress_app.checkin.paper import SheetFacts
from congress_app.checkin.paper_pdf import PrintedRow, PrintedSheet
from congress_app.checkin.queries import ATTENDING, OUTSIDERS
from congress_app.congresses.closing_queries import warns_before_closing
from congress_app.database import db
from congress_app.delegates.models import Delegate, Person
from congress_app.kernel.sentences import N_, Sentence
from congress_app.programme.models import Session
from congress_app.units.models import Unit


@dataclass(frozen=True)
class Batch:
    """Sheets that were printed together."""

    batch: int
    first: int
    last: int
    rows: int
    gate: str
    session: str
    printed_at: datetime
    printed_by: str


def batches(congress_id: int) -> list[Batch]:
    """What was printed so far, newest first."""
    statement = (
        select(
            PaperSheet.batch,
            func.min(PaperSheet.number),
            func.max(PaperSheet.number),
            func.count(PaperLine.id),
            PaperSheet.gate,
            Session.title,
            func.min(PaperSheet.printed_at),
            PaperSheet.printed_by,
        )
        .join(Session, PaperSheet.session_id == Session.id)
        .outerjoin(PaperLine, PaperLine.sheet_id == PaperSheet.id)
        .where(PaperSheet.congress_id == congress_id)
        .group_by(PaperSheet.batch, PaperSheet.gate, Session.title, PaperSheet.printed_by)
        .order_by(PaperSheet.batch.desc())
    )
    return [Batch(*row) for row in db.session.execute(statement)]


def highest(congress_id: int) -> tuple[int, int]:
    """The highest batch and the highest number of a sheet; 0 before the first."""
    row = db.session.execute(
        select(
            func.coalesce(func.max(PaperSheet.batch), 0),
            func.coalesce(func.max(PaperSheet.number), 0),
        ).where(PaperSheet.congress_id == congress_id)
    ).one()
    return int(row[0]), int(row[1])


def roster(congress_id: int) -> list[tuple[str, int]]:
    """Delegation name and number (id) of everybody expected, by delegation, then given name."""
    delegation = aliased(Unit)
    statement = (
        select(func.coalesce(delegation.name, OUTSIDERS), Delegate.id)
        .join(Person, Delegate.person_id == Person.id)
        .outerjoin(delegation, Delegate.delegation_unit_id == delegation.id)
        .where(Delegate.congress_id == congress_id, Delegate.state.in_(ATTENDING))
        .order_by(
            delegation.id.is_(None),
            delegation.precedence,
            delegation.name,
            Person.sort_key,
            Delegate.id,
        )
    )
    return [(name, delegate_id) for name, delegate_id in db.session.execute(statement)]


def in_name_order(delegate_ids: Iterable[int]) -> list[int]:
    """The same delegates by given name."""
    statement = (
        select(Delegate.id)
        .join(Person, Delegate.person_id == Person.id)
        .where(Delegate.id.in_(list(delegate_ids)))
        .order_by(Person.sort_key, Delegate.id)
    )
    return list(db.session.scalars(statement))


def printed(congress_id: int, batch: int) -> list[PrintedSheet]:
    """The sheets of one batch as they are drawn."""
    sheets = db.session.scalars(
        select(PaperSheet)
        .where(PaperSheet.congress_id == congress_id, PaperSheet.batch == batch)
        .order_by(PaperSheet.number)
        .options(
            joinedload(PaperSheet.session),
            selectinload(PaperSheet.lines)
            .joinedload(PaperLine.delegate)
            .joinedload(Delegate.person)
            .joinedload(Person.unit),
        )
    )
    return [
        PrintedSheet(
            number=sheet.number,
            title=sheet.title,
            gate=sheet.gate,
            session=sheet.session.title,
            starts_at=sheet.session.starts_at,
            printed_at=sheet.printed_at,
            rows=tuple(_row(line) for line in sheet.lines),
        )
        for sheet in sheets
    ]


def _row(line: PaperLine) -> PrintedRow:
    person = line.delegate.person
    unit = person.unit.name if person.unit else person.organisation
    return PrintedRow(line.row, line.delegate.number, person.full_name, person.position, unit)


def sheet_facts(congress_id: int, numbers: Collection[int]) -> dict[int, SheetFacts]:
    """The sheets with these numbers as typing them needs them."""
    sheets = db.session.scalars(
        select(PaperSheet)
        .where(PaperSheet.congress_id == congress_id, PaperSheet.number.in_(numbers))
        .options(joinedload(PaperSheet.session), selectinload(PaperSheet.lines))
    )
    return {
        sheet.number: SheetFacts(
            session_id=sheet.session_id,
            gate=sheet.gate,
            opens=sheet.session.doors_open_at,
            closes=sheet.session.doors_close_at,
            delegates={line.row: line.delegate_id for line in sheet.lines},
        )
        for sheet in sheets
    }


@warns_before_closing
def not_typed_in(congress_id: int) -> Sentence | None:
    """Of which sheets nobody has typed a row yet; a door may have been run on them."""
    made = select(PaperSheet.number).where(PaperSheet.congress_id == congress_id)
    typed = select(Scan.device_name).where(Scan.congress_id == congress_id, Scan.source == "paper")
    doors = set(db.session.scalars(typed.distinct()))
    numbers = db.session.scalars(made.order_by(PaperSheet.number))
    left = [number for number in numbers if paper.door_name(number) not in doors]
    if not left:
        return None
    return Sentence(
        N_(
            "Có {count} tờ danh sách giấy chưa nhập lại dòng nào: tờ {sheets}. Nếu trên các tờ này "
            "có chữ ký, hãy nhập ở Điểm danh → Giấy trước khi bế mạc; tờ in dự phòng thì bỏ qua."
        ),
        count=len(left),
        sheets=ranges(left),
    )


def taken_back(uuids: Collection[str]) -> set[str]:
    """Which of these scans of the browser's own device a later row took back."""
    correction = aliased(Scan)
    statement = (
        select(Scan.uuid)
        .join(correction, correction.corrects_id == Scan.id)
        .where(Scan.device_id == 0, Scan.uuid.in_(list(uuids)))
    )
    return set(db.session.scalars(statement))


def names(delegate_ids: Collection[int]) -> dict[int, str]:
    """Names by number (id)."""
    statement = (
        select(Delegate.id, Person.full_name)
        .join(Person, Delegate.person_id == Person.id)
        .where(Delegate.id.in_(list(delegate_ids)))
    )
    return dict(db.session.execute(statement).all())
