"""Halls described, everybody seated, nothing half written."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from congress_app.audit.models import Entry
from congress_app.congresses.models import Congress, Pulse
from congress_app.database import db, transaction
from congress_app.delegates.credentials import ACTIVE, State
from congress_app.delegates.models import Delegate
from congress_app.kernel.errors import Conflict, RuleViolation, Stale
from congress_app.kernel.permissions import system_actor
from congress_app.seating import move_services, queries, services
from congress_app.seating.models import HallSeat
from congress_app.seating.move_services import Seen
from tests.builders import a_congress, a_delegate, a_hall, a_person, a_seat, a_unit

ACTOR = system_actor("Chị Lan")
CONFIRMED = (State.CONFIRMED,)


@pytest.fixture
def congress(app: Flask) -> Congress:
    return a_congress()


def people(congress: Congress, count: int, **columns: object) -> list[Delegate]:
    """A delegation of its own with so many confirmed delegates, named by letters."""
    unit = a_unit(parent=congress.unit)
    return [
        a_delegate(
            congress,
            a_person(f"Nguyễn Văn {chr(65 + n)}", unit=unit),
            **({"state": "confirmed", "delegation_unit_id": unit.id} | columns),
        )
        for n in range(count)
    ]


def seated(congress: Congress) -> dict[str, int]:
    """Delegate by seat."""
    return {
        f"{seat.row}{seat.number}": seat.delegate_id
        for seat in queries.seats(congress.id)
        if seat.delegate_id is not None
    }


def seen(congress: Congress, label: str) -> Seen:
    row = next(s for s in queries.seats(congress.id) if f"{s.row}{s.number}" == label)
    return Seen(row.id, row.version)


def actions() -> list[str]:
    return list(db.session.scalars(select(Entry.action).order_by(Entry.id)))


def told_seats() -> list[list[str]]:
    """What the last entry tells of who sat and who sits where."""
    entry = db.session.scalars(select(Entry).order_by(Entry.id.desc())).first()
    assert entry is not None
    return [plan.split("; ") for plan in entry.changes["seating_plan"]]


def test_a_hall_is_made_from_its_words(congress: Congress) -> None:
    services.add_hall(congress, " Hội trường lớn ", "A: 2; B: 3, lối đi sau ghế 1", actor=ACTOR)
    assert [(s.row, s.number, s.x, s.y) for s in queries.seats(congress.id)] == [
        ("A", 1, 1, 0), ("A", 2, 2, 0), ("B", 1, 0, 1), ("B", 2, 2, 1), ("B", 3, 3, 1),
    ]  # fmt: skip
    assert actions() == ["seating.hall_add"]
    with pytest.raises(Conflict, match="đã có hội trường “hội TRƯỜNG lớn”"):
        services.add_hall(congress, "hội TRƯỜNG lớn", "A: 2", actor=ACTOR)


def test_everybody_confirmed_is_seated_by_blocks(congress: Congress) -> None:
    a_hall(congress, "A: 3; B: 4; C: 4", name="Đại sảnh")
    first, second = people(congress, 4), people(congress, 3)
    guest = a_delegate(congress, a_person("Trần Thị Khách"), category="guest", state="confirmed")
    a_seat(congress, second[1], body="presidium")
    nominated = people(congress, 1, state="nominated")
    assert services.seat_all(congress, CONFIRMED, actor=ACTOR) == 8
    assert seated(congress) == {
        "A1": guest.id, "A2": second[1].id,
        "B1": first[0].id, "B2": first[1].id, "B3": first[2].id, "B4": first[3].id,
        "C1": second[0].id, "C2": second[2].id,
    }  # fmt: skip
    assert actions() == ["seating.propose"]
    assert db.session.scalar(select(Pulse.counter)) is not None
    seats = [(seat, f"#{key}") for seat, key in seated(congress).items()]
    assert told_seats() == [
        [f"Đại sảnh {seat}: –" for seat, _key in seats],
        [f"Đại sảnh {seat}: {key}" for seat, key in seats],
    ]
    assert [one.delegate_id for one in queries.waiting(congress.id, ACTIVE)] == [nominated[0].id]


def test_a_hall_too_small_changes_nothing(congress: Congress) -> None:
    a_hall(congress, "A: 3")
    group = people(congress, 3)
    services.seat_all(congress, CONFIRMED, actor=ACTOR)
    before = seated(congress)
    people(congress, 2)
    with pytest.raises(RuleViolation, match="Còn thiếu 2 ghế"):
        services.seat_all(congress, CONFIRMED, actor=ACTOR)
    with pytest.raises(RuleViolation, match="Còn thiếu 2 ghế: có 2 người"):
        services.seat_later(congress, CONFIRMED, actor=ACTOR)
    db.session.rollback()
    assert (
        seated(congress)
        == before
        == dict(zip(("A1", "A2", "A3"), [d.id for d in group], strict=True))
    )


def test_without_a_hall_there_is_a_sentence(congress: Congress) -> None:
    with pytest.raises(RuleViolation, match="Chưa có hội trường nào"):
        services.seat_all(congress, CONFIRMED, actor=ACTOR)


def test_who_comes_later_sits_near_and_nobody_moves(congress: Congress) -> None:
    a_hall(congress, "A: 4; B: 4; C: 4")
    first, second = people(congress, 2), people(congress, 2)
    services.seat_all(congress, CONFIRMED, actor=ACTOR)
    unit = first[0].delegation_unit_id
    late = a_delegate(congress, a_person("Lê Muộn"), state="confirmed", delegation_unit_id=unit)
    assert services.seat_later(congress, CONFIRMED, actor=ACTOR) == 1
    expected = {"A1": first[0].id, "A2": first[1].id, "A3": second[0].id, "A4": second[1].id}
    assert seated(congress) == expected | {"B1": late.id}
    hall = queries.halls(congress.id)[0].name
    assert told_seats() == [[f"{hall} B1: –"], [f"{hall} B1: #{late.id}"]]


def test_a_substitute_takes_over_the_seat_and_who_left_frees_it(congress: Congress) -> None:
    a_hall(congress, "A: 4")
    old, gone, new = people(congress, 3)
    services.seat_all(congress, CONFIRMED, actor=ACTOR)
    with transaction():
        queries.seats(congress.id)[2].delegate_id = None
        old.state, old.replaced_by_id, gone.state = "replaced", new.id, "withdrawn"
    assert queries.seat_of([old.id, gone.id, new.id]) == {}
    assert services.seat_later(congress, CONFIRMED, actor=ACTOR) == 1
    assert seated(congress) == {"A1": new.id}
    assert {key: name.full for key, name in queries.seat_of([new.id]).items()} == {new.id: "A1"}


def test_a_move_by_hand_is_pinned_and_survives_the_next_proposal(congress: Congress) -> None:
    a_hall(congress, "A: 4; B: 4")
    one, two, three = people(congress, 3)
    services.seat_all(congress, CONFIRMED, actor=ACTOR)
    move_services.swap(congress, seen(congress, "A1"), seen(congress, "A3"), actor=ACTOR)
    assert seated(congress) == {"A1": three.id, "A2": two.id, "A3": one.id}
    move_services.swap(congress, seen(congress, "A3"), seen(congress, "B4"), actor=ACTOR)
    services.seat_all(congress, CONFIRMED, actor=ACTOR)
    assert seated(congress) == {"A1": three.id, "A2": two.id, "B4": one.id}
    entry = db.session.scalars(select(Entry).where(Entry.action == "seating.move")).first()
    assert entry is not None
    assert (entry.subject_name, entry.changes) == (
        "Nguyễn Văn A",
        {"hall_seat": ["A1", "A3"], "swapped_with": "Nguyễn Văn C"},
    )


def test_a_seat_changed_meanwhile_is_not_moved_unseen(congress: Congress) -> None:
    a_hall(congress)
    people(congress, 3)
    services.seat_all(congress, CONFIRMED, actor=ACTOR)
    origin, target = seen(congress, "A1"), seen(congress, "A2")
    move_services.swap(congress, seen(congress, "A2"), seen(congress, "A3"), actor=ACTOR)
    before = seated(congress)
    with pytest.raises(Stale) as caught:
        move_services.swap(congress, origin, target, actor=ACTOR)
    assert str(caught.value.details[0]) == "Ghế A2 bây giờ: Nguyễn Văn C."
    db.session.rollback()
    assert seated(congress) == before


def test_blocked_seats_are_left_free_and_taken_ones_cannot_be_blocked(congress: Congress) -> None:
    a_hall(congress)
    one, two = people(congress, 2)
    move_services.block(congress, seen(congress, "A1"), True, actor=ACTOR)
    services.seat_all(congress, CONFIRMED, actor=ACTOR)
    assert seated(congress) == {"A2": one.id, "A3": two.id}
    with pytest.raises(RuleViolation, match="Ghế A2 đang có Nguyễn Văn A"):
        move_services.block(congress, seen(congress, "A2"), True, actor=ACTOR)
    with pytest.raises(RuleViolation, match="Ghế A1 đang khóa"):
        move_services.swap(congress, seen(congress, "A2"), seen(congress, "A1"), actor=ACTOR)
    with pytest.raises(RuleViolation, match="Ghế A1 đang khóa"):
        move_services.put(congress, seen(congress, "A1"), one.id, actor=ACTOR)


def test_put_pin_and_take_away(congress: Congress) -> None:
    a_hall(congress)
    one, two = people(congress, 2)
    move_services.put(congress, seen(congress, "B2"), one.id, actor=ACTOR)
    move_services.put(congress, seen(congress, "B3"), one.id, actor=ACTOR)
    assert seated(congress) == {"B3": one.id}
    with pytest.raises(RuleViolation, match="Ghế B3 đã có Nguyễn Văn A"):
        move_services.put(congress, seen(congress, "B3"), two.id, actor=ACTOR)
    move_services.pin(congress, seen(congress, "B3"), False, actor=ACTOR)
    services.seat_all(congress, CONFIRMED, actor=ACTOR)
    assert seated(congress) == {"A1": one.id, "A2": two.id}
    move_services.take_away(congress, seen(congress, "A1"), actor=ACTOR)
    with pytest.raises(RuleViolation, match="Ghế A1 đang trống"):
        move_services.take_away(congress, seen(congress, "A1"), actor=ACTOR)
    assert seated(congress) == {"A2": two.id}


def test_a_changed_hall_keeps_the_seats_that_stay(congress: Congress) -> None:
    hall = services.add_hall(congress, "Nhà hát", "A: 3; B: 3", actor=ACTOR)
    group = people(congress, 5)
    services.seat_all(congress, CONFIRMED, actor=ACTOR)
    version = hall.version
    assert services.edit_hall(hall, "Nhà hát", "B: 2; C: 9", version, actor=ACTOR) == 3
    assert seated(congress) == {"B1": group[3].id, "B2": group[4].id}
    lost = [f"Nhà hát A{n}" for n in (1, 2, 3)]
    was = [f"{seat}: #{one.id}" for seat, one in zip(lost, group, strict=False)]
    assert told_seats() == [was, [f"{seat}: –" for seat in lost]]
    with pytest.raises(Stale):
        services.edit_hall(hall, "Nhà hát", "A: 3", version, actor=ACTOR)
    services.remove_hall(hall, actor=ACTOR)
    assert db.session.scalars(select(HallSeat)).all() == []
    was = [f"Nhà hát B{n}: #{one.id}" for n, one in enumerate(group[3:], 1)]
    assert told_seats() == [was, ["Nhà hát B1: –", "Nhà hát B2: –"]]


def test_a_hall_called_otherwise_moves_nobody(congress: Congress) -> None:
    hall = services.add_hall(congress, "Nhà hát", "A: 3", actor=ACTOR)
    group = people(congress, 3)
    services.seat_all(congress, CONFIRMED, actor=ACTOR)
    services.edit_hall(hall, "Nhà khách", "A: 3", hall.version, actor=ACTOR)
    services.edit_hall(hall, "Nhà in", "A: 2", hall.version, actor=ACTOR)
    edits = select(Entry.changes).where(Entry.action == "seating.hall_edit").order_by(Entry.id)
    assert db.session.scalars(edits).all() == [
        {"description": ["A: 3", "A: 3"], "unseated": 0, "name": ["Nhà hát", "Nhà khách"]},
        {
            "description": ["A: 3", "A: 2"],
            "unseated": 1,
            "seating_plan": [f"Nhà in A3: #{group[2].id}", "Nhà in A3: –"],
            "name": ["Nhà khách", "Nhà in"],
        },
    ]


def test_two_halls_are_filled_in_order_and_named(congress: Congress) -> None:
    a_hall(congress, "A: 2", "Hội trường 1")
    a_hall(congress, "A: 2", "Hội trường 2")
    group = people(congress, 3)
    services.seat_all(congress, CONFIRMED, actor=ACTOR)
    names = queries.seat_of([one.id for one in group])
    assert [names[one.id].full for one in group] == [
        "Hội trường 1 · A1",
        "Hội trường 1 · A2",
        "Hội trường 2 · A1",
    ]
