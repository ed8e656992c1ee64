"""Describe the halls, and let the proposal seat people in them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from congress_app.audit.services import record
from congress_app.congresses import services as congress_services
from congress_app.congresses.models import Congress
from congress_app.database import transaction
from congress_app.delegates import place_services
from congress_app.delegates.credentials import ACTIVE
from congress_app.kernel.errors import Conflict, NotFound, RuleViolation, Stale
from congress_app.kernel.permissions import Actor
from congress_app.kernel.sentences import N_, Sentence
from congress_app.kernel.vietnamese import nfc, nfc_lines
from congress_app.seating import plan_queries, queries
from congress_app.seating.layout import Spot, read_hall
from congress_app.seating.models import Hall, HallSeat
from congress_app.seating.plan_queries import Place
from congress_app.seating.proposal import propose, seats_for_later


def add_hall(congress: Congress, name: str, description: str, *, actor: Actor) -> Hall:
    """Make a hall from its description; its seats are free.

    Raises Unreadable `bad_hall`, Conflict `hall_name_taken`.
    """
    spots = read_hall(description)
    with transaction() as session:
        place_services.take(congress)
        others = queries.halls(congress.id)
        _must_be_new(name, others)
        hall = Hall(
            congress_id=congress.id,
            position=max((one.position for one in others), default=0) + 1,
            name=nfc(name),
            description=nfc_lines(description),
        )
        session.add(hall)
        session.flush()
        session.add_all(_seat(hall, spot) for spot in spots)
        tell("seating.hall_add", hall, {"hall_seats": len(spots)}, actor=actor)
        return hall


def edit_hall(hall: Hall, name: str, description: str, version: int, *, actor: Actor) -> int:
    """Change name and description; who sat on a seat that is gone has none now.

    Seats that keep row and number keep their people. Gives how many lost their seat. Raises
    Stale, Unreadable `bad_hall`, Conflict `hall_name_taken`.
    """
    spots = {(spot.row, spot.number): spot for spot in read_hall(description)}
    with transaction() as session:
        row = _taken(session, hall)
        if row.version != version:
            raise Stale([Sentence(N_("Đang lưu: {text}"), text=row.description)], row.version)
        _must_be_new(name, [one for one in queries.halls(row.congress_id) if one.id != row.id])
        before, called, plan = (
            row.description,
            row.name,
            plan_queries.plan_in_numbers(row.congress_id),
        )
        row.name, row.description = nfc(name), nfc_lines(description)
        lost = 0
        for seat in [one for one in queries.seats(row.congress_id) if one.hall_id == row.id]:
            spot = spots.pop((seat.row, seat.number), None)
            if spot is None:
                lost += seat.delegate_id is not None
                session.delete(seat)
            else:
                seat.x, seat.y = spot.x, spot.y
        session.flush()
        session.add_all(_seat(row, spot) for spot in spots.values())
        change: dict[str, object] = {"description": [before, row.description], "unseated": lost}
        change |= _moved(plan, row.congress_id)
        if row.name != called:
            change["name"] = [called, row.name]
        tell("seating.hall_edit", row, change, actor=actor)
        return lost


def remove_hall(hall: Hall, *, actor: Actor) -> None:
    """Take the hall away with all its seats."""
    with transaction() as session:
        row = _taken(session, hall)
        seats = [one for one in queries.seats(row.congress_id) if one.hall_id == row.id]
        plan = plan_queries.plan_in_numbers(row.congress_id)
        change: dict[str, object] = {"unseated": sum(one.delegate_id is not None for one in seats)}
        session.execute(delete(HallSeat).where(HallSeat.hall_id == row.id))
        change |= _moved(plan, row.congress_id)
        tell("seating.hall_remove", row, change, actor=actor)
        session.delete(row)


def seat_all(congress: Congress, states: Collection[str], *, actor: Actor) -> int:
    """Let the proposal seat every delegate in these states anew; fixed seats stay.

    Gives how many sit now. Raises RuleViolation `no_hall`, `hall_too_small`; nothing is
    changed then.
    """
    with transaction() as session:
        seats = _seats_to_fill(congress)
        plan = plan_queries.plan_in_numbers(congress.id)
        _clear_left(session, seats, congress)
        seated = propose(queries.chairs(seats), queries.groups(congress.id, states))
        _put(session, seats, seated)
        _tell_congress("seating.propose", congress, len(seated), plan, actor)
        return len(seated)


def seat_later(congress: Congress, states: Collection[str], *, actor: Actor) -> int:
    """Seat those in these states who have no seat yet, near their own; nobody else moves.

    Seats of who gave up the place are freed first; a substitute takes over the seat. Gives
    how many were seated. Raises RuleViolation `no_hall`, `hall_too_small`.
    """
    with transaction() as session:
        seats = _seats_to_fill(congress)
        plan = plan_queries.plan_in_numbers(congress.id)
        taken_over = _clear_left(session, seats, congress)
        newcomers = [one.delegate_id for one in queries.waiting(congress.id, states)]
        groups = queries.groups(congress.id, ACTIVE)
        found = seats_for_later(queries.chairs(seats), groups, newcomers)
        by_id = {seat.id: seat for seat in seats}
        for seat_id, delegate_id in found.items():
            by_id[seat_id].delegate_id = delegate_id
        session.flush()
        _tell_congress("seating.later", congress, len(found) + taken_over, plan, actor)
        return len(found) + taken_over


def tell(
    action: str, hall: Hall, changes: Mapping[str, object], *, actor: Actor, name: str = ""
) -> None:
    """Write it into the log and wake the live pages."""
    with transaction():
        path = hall.congress.unit.path
        record(action, hall, changes, actor=actor, unit_path=path, name=name or hall.name)
        congress_services.pulse(hall.congress_id)


def _tell_congress(
    action: str, congress: Congress, seated: int, plan: Mapping[Place, str], actor: Actor
) -> None:
    path, changes = congress.unit.path, {"seated": seated} | _moved(plan, congress.id)
    record(action, congress, changes, actor=actor, unit_path=path)
    congress_services.pulse(congress.id)


def _moved(before: Mapping[Place, str], congress_id: int) -> dict[str, object]:
    """The seats that hold somebody else than before, for the log: who sat and who sits there.

    Halls as they are called now.
    """
    after = plan_queries.plan_in_numbers(congress_id)
    places = [place for place in {**before, **after} if before.get(place) != after.get(place)]
    halls = {hall.id: hall.name for hall in queries.halls(congress_id)} if places else {}
    told = [
        "; ".join(f"{halls[hall]} {seat}: {plan.get((hall, seat), '–')}" for hall, seat in places)
        for plan in (before, after)
    ]
    return {"seating_plan": told} if places else {}


def _seat(hall: Hall, spot: Spot) -> HallSeat:
    return HallSeat(hall_id=hall.id, row=spot.row, number=spot.number, x=spot.x, y=spot.y)


def _taken(session: Session, hall: Hall) -> Hall:
    """The hall as stored now, its congress taken."""
    place_services.take(hall.congress)
    row = session.scalar(
        select(Hall).where(Hall.id == hall.id).execution_options(populate_existing=True)
    )
    if row is None:
        raise NotFound
    return row


def _must_be_new(name: str, others: Sequence[Hall]) -> None:
    if nfc(name).casefold() in {one.name.casefold() for one in others}:
        raise Conflict(
            "hall_name_taken",
            Sentence(N_("Hội nghị đã có hội trường “{name}”. Hãy đặt tên khác."), name=nfc(name)),
        )


def _seats_to_fill(congress: Congress) -> list[HallSeat]:
    """All seats as stored now, the congress taken."""
    place_services.take(congress)
    seats = list(queries.seats(congress.id))
    if not seats:
        raise RuleViolation(
            "no_hall", Sentence(N_("Chưa có hội trường nào. Hãy thêm hội trường trước."))
        )
    return seats


def _clear_left(session: Session, seats: Sequence[HallSeat], congress: Congress) -> int:
    """Free the seats of who left, or hand them to the substitute; how many were handed on."""
    heirs = queries.replacements(congress.id)
    active = {one.delegate_id for one in queries.people(congress.id, ACTIVE)}
    seated = {seat.delegate_id for seat in seats}
    handed: list[tuple[HallSeat, int]] = []
    for seat in seats:
        if seat.delegate_id is None or seat.delegate_id in active:
            continue
        heir = heirs.get(seat.delegate_id)
        seat.delegate_id = None
        if heir is not None and heir not in seated:
            handed.append((seat, heir))
            seated.add(heir)
        else:
            seat.is_fixed = False
    session.flush()
    for seat, heir in handed:
        seat.delegate_id = heir
    session.flush()
    return len(handed)


def _put(session: Session, seats: Sequence[HallSeat], seated: Mapping[int, int]) -> None:
    """Write who sits where; first away, then down, for nobody may hold two seats at once."""
    moving = [seat for seat in seats if seat.delegate_id != seated.get(seat.id)]
    for seat in moving:
        seat.delegate_id = None
    session.flush()
    for seat in moving:
        seat.delegate_id = seated.get(seat.id)
    session.flush()
