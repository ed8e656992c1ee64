"""Sheets fixed, typed back, typed twice."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from congress_app.checkin import desk_services, log_queries, paper_queries, paper_services
from congress_app.checkin.hall_models import PaperSheet
from congress_app.checkin.models import Presence, Scan
from congress_app.checkin.paper_queries import Batch
from congress_app.checkin.paper_services import Typed
from congress_app.database import db, transaction
from congress_app.kernel.errors import RuleViolation
from congress_app.kernel.permissions import system_actor
from tests.builders import a_congress, a_delegate, a_person, a_session
from tests.checkin.hall import Hall, a_hall
from tests.conftest import AsRole, FrozenClock

ACTOR = system_actor("Chị Lan")


@pytest.fixture
def hall(app: Flask, frozen_clock: FrozenClock) -> Hall:
    """The morning at 08:00, with a sheet for each delegation."""
    hall = a_hall()
    printed(hall)
    return hall


def printed(hall: Hall, order: str = "delegation") -> int:
    return paper_services.print_sheets(hall.congress, hall.session.id, "Cửa B", order, actor=ACTOR)


def typed(hall: Hall, text: str, *, write: bool = True) -> Typed:
    return paper_services.type_in(hall.congress, text, None, actor=ACTOR, write=write)


def scans() -> int:
    return db.session.scalar(select(func.count(Scan.id))) or 0


def outcomes(result: Typed) -> list[tuple[str, str, bool]]:
    return [(row.name, row.answer.verdict.value, row.answer.replayed) for row in result.rows]


def test_sheets_by_delegation_and_by_name(hall: Hall) -> None:
    printed(hall, "name")
    drawn = [
        *paper_queries.printed(hall.congress.id, 1),
        *paper_queries.printed(hall.congress.id, 2),
    ]
    assert [(sheet.number, sheet.title, [row.name for row in sheet.rows]) for sheet in drawn] == [
        (1, "BHXH huyện Một", ["Nguyễn Văn An", "Trần Thị Bình", "Lê Chi"]),
        (2, "BHXH huyện Hai", ["Phạm Dũng"]),
        (3, "Đại biểu ngoài ngành", ["Hoàng Giang"]),
        (
            4,
            "Mọi đoàn, theo tên",
            ["Nguyễn Văn An", "Trần Thị Bình", "Lê Chi", "Phạm Dũng", "Hoàng Giang"],
        ),
    ]
    assert [
        (each.batch, each.first, each.last, each.rows)
        for each in paper_queries.batches(hall.congress.id)
    ] == [(2, 4, 4, 5), (1, 1, 3, 5)]


def test_one_printing_is_one_moment_and_one_row(app: Flask) -> None:
    hall = a_hall()  # by a clock that goes on
    printed(hall)
    sheets = db.session.scalars(select(PaperSheet).order_by(PaperSheet.number)).all()
    first = sheets[0].printed_at
    assert [sheet.printed_at for sheet in sheets] == [first, first, first]
    with transaction():  # as one version of the program stored them
        for sheet in sheets:
            sheet.printed_at = first + timedelta(milliseconds=sheet.number)
    assert paper_queries.batches(hall.congress.id) == [
        Batch(1, 1, 3, 5, "Cửa B", hall.session.title, first + timedelta(milliseconds=1), "Chị Lan")
    ]


def test_a_long_delegation_takes_several_sheets(hall: Hall) -> None:
    for _ in range(30):
        a_delegate(hall.congress, a_person(unit=hall.people["An"].person.unit))
    printed(hall)
    drawn = paper_queries.printed(hall.congress.id, 2)
    assert [(sheet.number, len(sheet.rows), sheet.rows[0].row) for sheet in drawn] == [
        (4, 22, 1),
        (5, 11, 1),
        (6, 1, 1),
        (7, 1, 1),
    ]


def test_nobody_expected_is_nothing_to_print(app: Flask) -> None:
    congress = a_congress()
    session = a_session(congress)
    with pytest.raises(RuleViolation) as raised:
        paper_services.print_sheets(congress, session.id, "Cửa A", "name", actor=ACTOR)
    assert raised.value.code == "nothing_to_print"


def test_signatures_become_scans_of_their_gate_and_minute(hall: Hall) -> None:
    result = typed(hall, "tờ 1: 1-2 lúc 7:45\ntờ 3: 1 lúc 7:50")
    assert (result.faults, result.fresh) == ((), 3)
    rows = db.session.scalars(select(Scan).order_by(Scan.id)).all()
    minute = hall.session.starts_at - timedelta(minutes=15)
    assert {(row.source, row.gate, row.operator, row.device_id) for row in rows} == {
        ("paper", "Cửa B", "Chị Lan", 0)
    }
    assert [row.corrected_at for row in rows] == [minute, minute, minute + timedelta(minutes=5)]
    assert [row.device_name for row in rows] == ["Giấy, tờ 1", "Giấy, tờ 1", "Giấy, tờ 3"]
    present = db.session.scalars(select(Presence.delegate_id).where(Presence.is_present)).all()
    assert set(present) == {hall.people[name].id for name in ("An", "Bình", "Giang")}
    assert log_queries.verify(hall.congress.id).mismatches == ()


def test_typing_a_sheet_twice_adds_nothing(hall: Hall) -> None:
    typed(hall, "tờ 1: 1-2 lúc 7:45")
    again = typed(hall, "tờ 1: 1-3 lúc 7:45")
    assert outcomes(again) == [
        ("Nguyễn Văn An", "accepted", True),
        ("Trần Thị Bình", "accepted", True),
        ("Lê Chi", "accepted", False),
    ]
    assert (scans(), again.fresh) == (3, 1)


def test_a_preview_tells_what_will_be_and_writes_nothing(hall: Hall) -> None:
    hall.scan("An")
    before = scans()
    text = "tờ 1: 1-2 lúc 7:45; 2 ra lúc 7:55"
    preview = typed(hall, text, write=False)
    assert (preview.fresh, scans()) == (3, before)
    assert outcomes(typed(hall, text)) == outcomes(preview)
    assert outcomes(preview)[1:] == [
        ("Trần Thị Bình", "accepted", False),
        ("Trần Thị Bình", "accepted", False),
    ]
    assert log_queries.verify(hall.congress.id).mismatches == ()


def test_with_one_fault_nothing_is_written(hall: Hall) -> None:
    result = typed(hall, "tờ 1: 1 lúc 7:45\ntờ 8: 1 lúc 7:45\nxin chào")
    assert [fault.line for fault in result.faults] == [2, 3]
    assert scans() == 0


def test_another_time_for_one_signature_is_a_contradiction(hall: Hall) -> None:
    typed(hall, "tờ 1: 1 lúc 7:45")
    result = typed(hall, "tờ 1: 1 lúc 7:50; 2 lúc 7:50")
    [fault] = result.faults
    assert str(fault.sentence) == (
        "Dòng 1 của tờ 1 đã nhập với giờ khác. "
        "Muốn đổi giờ, hãy hủy lượt cũ ở trang Ở cửa rồi nhập lại."
    )
    assert scans() == 1


def test_a_row_taken_back_can_be_typed_anew(hall: Hall) -> None:
    typed(hall, "tờ 1: 1 lúc 7:45")
    wrong = db.session.scalars(select(Scan)).one()
    desk_services.take_back(hall.congress, wrong, "nhầm giờ", actor=ACTOR)
    result = typed(hall, "tờ 1: 1 lúc 7:50")
    assert outcomes(result) == [("Nguyễn Văn An", "accepted", False)]
    row = db.session.scalars(select(Presence)).one()
    assert row.first_in_at == hall.session.starts_at - timedelta(minutes=10)
    assert typed(hall, "tờ 1: 1 lúc 7:50").fresh == 0
    assert log_queries.verify(hall.congress.id).mismatches == ()


def test_who_also_came_by_phone_is_a_conflict_and_counted_once(hall: Hall) -> None:
    hall.scan("An")
    result = typed(hall, "tờ 1: 1 lúc 7:45")
    assert outcomes(result) == [("Nguyễn Văn An", "conflict", False)]
    present = db.session.scalars(select(Presence).where(Presence.is_present)).all()
    assert len(present) == 1
    assert log_queries.verify(hall.congress.id).mismatches == ()


def test_a_sheet_of_another_congress_is_unknown(hall: Hall) -> None:
    other = a_congress()
    assert [
        fault.line
        for fault in paper_services.type_in(
            other, "tờ 1: 1 lúc 7:45", None, actor=ACTOR, write=True
        ).faults
    ] == [1]
    assert db.session.scalar(select(func.count(PaperSheet.id))) == 3


def test_the_closing_is_warned_of_sheets_nobody_typed(hall: Hall, as_role: AsRole) -> None:
    """A sheet of which one row was typed has been in somebody's hands."""
    closing = f"/congresses/{hall.congress.id}/move/closed"
    with transaction():
        hall.congress.state = "open"
    organiser = as_role("organiser")

    def told() -> list[str]:
        page = organiser.get(closing).text
        return re.findall(r"Có \d+ tờ danh sách giấy chưa nhập lại dòng nào: tờ [^.]*", page)

    begun = "tờ danh sách giấy chưa nhập lại dòng nào: tờ"
    assert told() == [f"Có 3 {begun} 1–3"]
    typed(hall, "tờ 2: 1 lúc 7:50", write=False)
    assert told() == [f"Có 3 {begun} 1–3"]
    typed(hall, "tờ 2: 1 lúc 7:50")
    assert told() == [f"Có 2 {begun} 1, 3"]
    typed(hall, "tờ 1: 1 lúc 7:50\ntờ 3: 1 lúc 7:50")
    assert told() == []
