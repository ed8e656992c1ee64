"""Presence as of a minute on the page and as sheets."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
from flask import Flask
from openpyxl import load_workbook

from congress_app.checkin import attendance_queries, desk_services, queries
from congress_app.checkin.attendance_routes import minute_asked_for
from congress_app.checkin.attendance_sheet import DelegationLine, by_delegation, total
from congress_app.checkin.queries import OUTSIDERS
from congress_app.kernel import clock
from congress_app.kernel.permissions import Role, system_actor
from tests.checkin.hall import Hall, a_hall
from tests.conftest import AsRole, FrozenClock

ACTOR = system_actor("Chị Lan")


@pytest.fixture
def hall(app: Flask, frozen_clock: FrozenClock) -> Hall:
    """08:00 An and Bình in, 08:20 Bình out, 08:30 Giang in; Chi excused. It is 08:40."""
    hall = a_hall()
    hall.scan("An")
    hall.scan("Bình", gate="Cửa B")
    frozen_clock.advance(minutes=20)
    hall.scan("Bình", "out")
    frozen_clock.advance(minutes=10)
    hall.scan("Giang")
    desk_services.excuse(hall.congress, hall.session.id, hall.people["Chi"].id, "ốm", actor=ACTOR)
    frozen_clock.advance(minutes=10)
    return hall


def grid(data: bytes) -> list[list[object]]:
    sheet = load_workbook(BytesIO(data)).active
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def test_rows_of_two_minutes_and_their_sums(hall: Hall) -> None:
    told = {}
    for minutes in (10, 35):
        at = hall.session.starts_at + timedelta(minutes=minutes)
        rows = attendance_queries.attendance_rows(hall.congress.id, hall.session.id, at)
        told[minutes] = (by_delegation(rows), total(rows))
    assert told[10] == (
        [
            DelegationLine("BHXH huyện Một", 3, 2, 1),
            DelegationLine("BHXH huyện Hai", 1, 0, 0),
            DelegationLine(OUTSIDERS, 1, 0, 0),
        ],
        DelegationLine("Cộng", 5, 2, 1),
    )
    assert told[35][1] == DelegationLine("Cộng", 5, 2, 1)
    assert told[35][0][0] == DelegationLine("BHXH huyện Một", 3, 1, 1)


def test_now_it_says_what_the_board_says(hall: Hall) -> None:
    rows = attendance_queries.attendance_rows(hall.congress.id, hall.session.id, clock.now())
    board = queries.attendance(hall.congress.id, hall.session)
    sums = total(rows)
    assert (sums.convened, sums.present, sums.excused) == (
        board.convened,
        board.present,
        board.excused,
    )
    assert [(line.delegation, line.present) for line in by_delegation(rows)] == [
        (count.label, count.present) for count in board.by_unit
    ]


def test_the_sheet_names_everybody(as_role: AsRole, hall: Hall) -> None:
    client = as_role(Role.CHECKIN, hall.congress.unit)
    answer = client.get(f"/congresses/{hall.congress.id}/checkin/attendance.xlsx?at=8:25")
    cells = grid(answer.data)
    assert answer.headers["Content-Disposition"] == (
        'attachment; filename="co-mat-08h25-15-06-2020.xlsx"'
    )
    assert cells[1][0] == f"{hall.congress.name} – Phiên chính thức – lúc 08:25 ngày 15/06/2020"
    assert [row[1:] for row in cells[4:9]] == [
        [
            "0001",
            "Nguyễn Văn An",
            "BHXH huyện Một",
            "BHXH huyện Một",
            "Đại biểu bầu",
            "Có mặt",
            "08:00",
            None,
            "Cửa A",
            None,
        ],
        [
            "0002",
            "Trần Thị Bình",
            "BHXH huyện Một",
            "BHXH huyện Một",
            "Đại biểu bầu",
            "Đã ra",
            "08:00",
            "08:20",
            "Cửa B",
            None,
        ],
        [
            "0003",
            "Lê Chi",
            "BHXH huyện Một",
            "BHXH huyện Một",
            "Đại biểu chính thức",
            "Vắng có lý do",
            None,
            None,
            None,
            "ốm",
        ],
        [
            "0004",
            "Phạm Dũng",
            "BHXH huyện Hai",
            "BHXH huyện Hai",
            "Đại biểu bầu",
            "Chưa đến",
            None,
            None,
            None,
            None,
        ],
        [
            "0005",
            "Hoàng Giang",
            "Cơ quan ngoài ngành",
            OUTSIDERS,
            "Khách mời",
            "Chưa đến",
            None,
            None,
            None,
            None,
        ],
    ]
    assert cells[-1][0] == "Triệu tập 5, có mặt 1, vắng có lý do 1, chưa đến hoặc đã ra 3."


def test_the_sheet_by_delegation_has_a_total(as_role: AsRole, hall: Hall) -> None:
    client = as_role(Role.VIEWER, hall.congress.unit)
    path = f"/congresses/{hall.congress.id}/checkin/attendance.xlsx"
    cells = grid(client.get(path, query_string={"by": "delegation", "at": "08:35"}).data)
    assert cells[4:8] == [
        [1, "BHXH huyện Một", 3, 1, 1, 1],
        [2, "BHXH huyện Hai", 1, 0, 0, 1],
        [3, OUTSIDERS, 1, 1, 0, 0],
        [None, "Cộng", 5, 2, 1, 2],
    ]


def test_the_page_at_a_minute_and_a_time_it_cannot_read(as_role: AsRole, hall: Hall) -> None:
    client = as_role(Role.VIEWER, hall.congress.unit)
    path = f"/congresses/{hall.congress.id}/checkin/attendance"
    page = client.get(path, query_string={"at": "8h25"}).text
    assert "lúc 08:25 15/06/2020" in page
    assert "08:00 – 08:20 · Cửa B" in page
    wrong = client.get(path, query_string={"at": "sớm"})
    assert "Giờ không đọc được" in wrong.text
    assert client.get(f"{path}.xlsx", query_string={"at": "sớm"}).status_code == 404


def test_which_minute_is_meant(hall: Hall) -> None:
    start = hall.session.starts_at
    last = timedelta(minutes=1, microseconds=-1)
    assert minute_asked_for(hall.session, None) == clock.now() + last
    asked = clock.at_venue(start + timedelta(minutes=5)).time()
    assert minute_asked_for(hall.session, asked) == start + timedelta(minutes=5) + last
    assert minute_asked_for(None, None) == clock.now()
