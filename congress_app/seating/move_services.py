"""Seats changed by hand: swap, seat somebody, take away, pin, block.

Each act names the seats as the organiser saw them (id and version); what somebody else
changed since is refused, so that nobody is moved unseen.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from congress_app.congresses.models import Congress
from congress_app.database import transaction
from congress_app.delegates import place_services
from congress_app.delegates.models import Delegate
from congress_app.kernel.errors import NotFound, RuleViolation, Stale
from congress_app.kernel.permissions import Actor
from congress_app.kernel.sentences import N_, Sentence
from congress_app.seating import queries
from congress_app.seating.models import Hall, HallSeat
from congress_app.seating.naming import seat_label
from congress_app.seating.services import tell


@dataclass(frozen=True, slots=True)
class Seen:
    """A seat as it stood on the page."""

    seat_id: int
    version: int


def swap(congress: Congress, origin: Seen, target: Seen, *, actor: Actor) -> None:
    """Let whoever sits on `origin` go to `target`, and the other way round; both stay there.

    Raises Stale, NotFound, RuleViolation `seat_blocked`, `seat_empty`.
    """
    with transaction() as session:
        first, second = _taken(session, congress, origin), _taken(session, congress, target)
        if first.delegate_id is None:
            raise _empty(first)
        if second.is_blocked:
            raise _blocked(second)
        if first.id == second.id:
            return
        goes, comes = first.delegate_id, second.delegate_id
        names = _name(first), _name(second)
        for seat in (first, second):
            seat.delegate_id, seat.is_fixed = None, False
        session.flush()
        second.delegate_id, second.is_fixed = goes, True
        first.delegate_id, first.is_fixed = comes, comes is not None
        change: dict[str, object] = {"hall_seat": [_label(first), _label(second)]}
        if comes is not None:
            change["swapped_with"] = names[1]
        tell("seating.move", second.hall, change, actor=actor, name=names[0])


def put(congress: Congress, seat: Seen, delegate_id: int, *, actor: Actor) -> None:
    """Seat somebody on a free seat by hand, wherever he or she sat before.

    Raises Stale, NotFound, RuleViolation `seat_blocked`, `seat_taken`.
    """
    with transaction() as session:
        row = _taken(session, congress, seat)
        delegate = queries.active_delegate(congress.id, delegate_id)
        if delegate is None:
            raise NotFound
        if row.is_blocked:
            raise _blocked(row)
        if row.delegate_id is not None:
            raise RuleViolation(
                "seat_taken",
                Sentence(N_("Ghế {seat} đã có {name}."), seat=_label(row), name=_name(row)),
            )
        before = session.scalar(select(HallSeat).where(HallSeat.delegate_id == delegate_id))
        if before is not None:
            before.delegate_id, before.is_fixed = None, False
            session.flush()
        row.delegate_id, row.is_fixed = delegate_id, True
        change = {"hall_seat": [_label(before) if before else None, _label(row)]}
        tell("seating.move", row.hall, change, actor=actor, name=delegate.person.full_name)


def take_away(congress: Congress, seat: Seen, *, actor: Actor) -> None:
    """Leave the seat empty. Raises Stale, NotFound, RuleViolation `seat_empty`."""
    with transaction() as session:
        row = _taken(session, congress, seat)
        if row.delegate_id is None:
            raise _empty(row)
        name = _name(row)
        row.delegate_id, row.is_fixed = None, False
        session.flush()
        tell("seating.move", row.hall, {"hall_seat": [_label(row), None]}, actor=actor, name=name)


def hand_over(left: Delegate, new: Delegate, *, actor: Actor) -> None:
    """Give the seat of somebody who was replaced to his substitute.

    Nothing happens where he had none; a substitute who has one already keeps his own.
    """
    with transaction() as session:
        held = select(HallSeat).where(HallSeat.delegate_id == left.id)
        row = session.scalar(held.with_for_update(of=HallSeat, key_share=True))
        if row is None:
            return
        if queries.seat_of([new.id]):
            row.delegate_id, row.is_fixed = None, False
        else:
            row.delegate_id = new.id
        session.flush()
        change = {"delegate": [left.person.full_name, new.person.full_name]}
        tell("seating.move", row.hall, change, actor=actor, name=new.person.full_name)


def pin(congress: Congress, seat: Seen, wanted: bool, *, actor: Actor) -> None:
    """Keep whoever sits there through later proposals, or no longer. Raises as `take_away`."""
    with transaction() as session:
        row = _taken(session, congress, seat)
        if row.delegate_id is None:
            raise _empty(row)
        if row.is_fixed != wanted:
            row.is_fixed = wanted
            change: dict[str, object] = {"hall_seat": _label(row), "is_fixed": [not wanted, wanted]}
            tell("seating.pin", row.hall, change, actor=actor, name=_name(row))


def block(congress: Congress, seat: Seen, wanted: bool, *, actor: Actor) -> None:
    """Keep a free seat out of use, or give it back.

    Raises Stale, NotFound, RuleViolation `seat_taken`.
    """
    with transaction() as session:
        row = _taken(session, congress, seat)
        if wanted and row.delegate_id is not None:
            raise RuleViolation(
                "seat_taken",
                Sentence(
                    N_("Ghế {seat} đang có {name}. Hãy chuyển người đó đi trước khi khóa ghế."),
                    seat=_label(row),
                    name=_name(row),
                ),
            )
        if row.is_blocked != wanted:
            row.is_blocked = wanted
            change: dict[str, object] = {
                "hall_seat": _label(row),
                "is_blocked": [not wanted, wanted],
            }
            tell("seating.block", row.hall, change, actor=actor)


def _taken(session: Session, congress: Congress, seen: Seen) -> HallSeat:
    """The seat as stored now, the congress taken; Stale when it changed since it was seen."""
    place_services.take(congress)
    row = session.scalar(
        select(HallSeat)
        .join(HallSeat.hall)
        .where(HallSeat.id == seen.seat_id, Hall.congress_id == congress.id)
        .execution_options(populate_existing=True)
    )
    if row is None:
        raise NotFound
    if row.version != seen.version:
        told = Sentence(
            N_("Ghế {seat} bây giờ: {name}."),
            seat=_label(row),
            name=_name(row) or Sentence(N_("đang khóa") if row.is_blocked else N_("trống")),
        )
        raise Stale([told], row.version)
    return row


def _label(seat: HallSeat) -> str:
    return seat_label(seat.row, seat.number)


def _name(seat: HallSeat) -> str:
    return seat.delegate.person.full_name if seat.delegate else ""


def _empty(seat: HallSeat) -> RuleViolation:
    return RuleViolation("seat_empty", Sentence(N_("Ghế {seat} đang trống."), seat=_label(seat)))


def _blocked(seat: HallSeat) -> RuleViolation:
    return RuleViolation(
        "seat_blocked",
        Sentence(N_("Ghế {seat} đang khóa. Hãy bỏ khóa trước."), seat=_label(seat)),
    )
