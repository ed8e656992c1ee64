"""The pages of the report: as of a minute, sensitive figures, numbered, voted on, as a sheet."""

from __future__ import annotations

import io
import re
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from openpyxl import load_workbook
from sqlalchemy import select

from congress_app.audit.models import Entry
from congress_app.congresses.models import Congress
from congress_app.database import db, transaction
from congress_app.elections import credential_queries
from congress_app.kernel import clock
from tests import builders


@pytest.fixture
def congress(app: Flask, frozen_clock: Any) -> Congress:
    """A congress in session: three delegates, one of them scanned at 08:02."""
    congress = builders.a_congress()
    unit = builders.a_unit("D1", congress.unit, kind="huyen", name="BHXH huyện Ba Chẽ")
    session = builders.a_session(congress)
    rows = [
        builders.a_delegate(congress, builders.a_person(name, unit, **facts), number=number)
        for number, (name, facts) in enumerate(
            [
                ("Lê Thị Hòa", {"sex": "F", "ethnicity": "Tày", "party_member": True}),
                ("Trần An", {"ethnicity": "Kinh", "birth_year": 1990}),
                ("Ngô Bình", {"birth_year": None, "birth_month": None, "birth_day": None}),
            ],
            start=1,
        )
    ]
    frozen_clock.move_to(session.starts_at)
    frozen_clock.advance(minutes=2)
    builders.a_scan(session, builders.a_badge(rows[0]))
    frozen_clock.advance(minutes=8)
    return congress


@pytest.fixture
def organiser(congress: Congress, as_role: Any) -> FlaskClient:
    """Somebody who may read sensitive facts."""
    signed_in: FlaskClient = as_role("organiser", congress.unit)
    return signed_in


def address(congress: Congress, rest: str = "") -> str:
    """The report, or something below it."""
    return f"/congresses/{congress.id}/credentials{rest}"


def actions() -> list[tuple[str, Any]]:
    """What the log says about credentials."""
    entries = db.session.scalars(select(Entry).order_by(Entry.id))
    return [(e.action, e.changes) for e in entries if e.action.startswith("credential.")]


def minute(time: str, day: str = "15/06/2020") -> dict[str, str]:
    """A minute as the form sends it, in the congress's only session."""
    return {"session": "1", "day": day, "time": time}


def test_the_report_of_now(congress: Congress, organiser: FlaskClient) -> None:
    page = organiser.get(address(congress)).text
    assert "Được triệu tập" in page
    assert "33,3 %" in page
    assert "Trẻ tuổi nhất" in page
    assert "Trần An, 30 tuổi (07/05/1990), BHXH huyện Ba Chẽ" in page
    assert "Từng tỷ lệ được làm tròn" in page
    assert "Dân tộc thiểu số" not in page
    assert "Chưa là đảng viên" not in page
    assert actions() == []


def present(page: str) -> str:
    """The number present, from the tile."""
    tile = page.split("Có mặt</span>", 1)[1]
    return tile.split('stat__value">', 1)[1].split("<", 1)[0].strip()


def test_presence_of_another_minute(congress: Congress, organiser: FlaskClient) -> None:
    session = credential_queries.session_of(congress.id, 1)
    assert session is not None
    path = address(congress)
    assert present(organiser.get(path).text) == "1"
    at = {"session": str(session.id), "day": "15/06/2020"}
    first = clock.at_venue(session.starts_at)
    early = {**at, "time": first.strftime("%H:%M")}
    assert present(organiser.get(path, query_string=early).text) == "0"
    late = {**at, "time": f"{first.hour:02d}:{first.minute + 2:02d}"}
    assert present(organiser.get(path, query_string=late).text) == "1"


def test_at_noon_it_is_still_the_morning_that_is_reported_on(
    congress: Congress, as_role: Any, frozen_clock: Any
) -> None:
    noon = clock.now() + timedelta(hours=4, minutes=15)
    builders.a_session(congress, noon + timedelta(hours=1, minutes=30), title="Phiên buổi chiều")
    frozen_clock.move_to(noon)
    organiser = as_role("organiser", congress.unit)
    assert present(organiser.get(address(congress)).text) == "1"


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (minute("23:59", "31/12/2021"), "Thời điểm tính chưa tới"),
        (minute("sáng"), "Giờ không đọc được"),
    ],
)
def test_a_minute_that_cannot_be(
    congress: Congress, organiser: FlaskClient, typed: dict[str, str], told: str
) -> None:
    page = organiser.get(address(congress), query_string=typed)
    assert page.status_code == 200
    assert told in page.text
    answer = organiser.post(address(congress, "/reports"), data=typed)
    assert answer.location == address(congress)
    assert credential_queries.reports(congress.id) == []


def test_sensitive_figures_are_asked_for_and_recorded(
    congress: Congress, organiser: FlaskClient
) -> None:
    page = organiser.post(address(congress, "/sensitive"), data=minute("08:10")).text
    assert "Dân tộc thiểu số" in page
    assert "Chưa là đảng viên" in page
    assert actions() == [("credential.read_sensitive", {})]


def test_others_do_not_see_them(congress: Congress, as_role: Any) -> None:
    secretary = as_role("secretary", congress.unit)
    page = secretary.get(address(congress)).text
    assert "Hiện dân tộc, đảng viên" not in page
    assert secretary.post(address(congress, "/sensitive")).status_code == 403
    sheet = secretary.post(address(congress, "/export"), data={"sensitive": "1"})
    assert "Đảng viên" not in {row[0] for row in rows_of(sheet.data)}
    assert actions() == [("credential.export", {"sensitive": False})]


def rows_of(data: bytes) -> list[tuple[Any, ...]]:
    """The filled rows of a sheet."""
    sheet = load_workbook(io.BytesIO(data)).active
    assert sheet is not None
    return [row for row in sheet.iter_rows(values_only=True) if any(row)]


def looked_at(congress: Congress, client: FlaskClient) -> dict[str, str]:
    """What the page of the report sends back of it."""
    return sent_back(client.get(address(congress)).text)


def sent_back(page: str) -> dict[str, str]:
    """The hidden fields of the button that numbers the report."""
    (form,) = re.findall(r'action="[^"]*/credentials/reports"(.*?)</form>', page, re.DOTALL)
    found = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form))
    return {name: found[name] for name in ("session", "day", "time", "seen") if name in found}


def test_figures_changed_meanwhile_are_shown_before_they_are_numbered(
    congress: Congress, organiser: FlaskClient
) -> None:
    seen = looked_at(congress, organiser)
    builders.a_delegate(congress, builders.a_person("Ngô Văn Ba", congress.unit))
    refused = organiser.post(address(congress, "/reports"), data=seen)
    assert refused.status_code == 409
    assert "Số liệu đã thay đổi từ lúc bạn xem" in refused.text
    assert credential_queries.reports(congress.id) == []
    again = sent_back(refused.text)
    # The same minute, other figures.
    assert again == {**seen, "seen": again["seen"]}
    assert organiser.post(address(congress, "/reports"), data=again).status_code == 302
    assert [one.body["convened"] for one in credential_queries.reports(congress.id)] == [4]


def test_a_minute_that_goes_on_is_numbered_while_its_figures_stand(
    congress: Congress, organiser: FlaskClient, frozen_clock: Any
) -> None:
    seen = looked_at(congress, organiser)
    frozen_clock.advance(seconds=20)
    assert organiser.post(address(congress, "/reports"), data=seen).status_code == 302


def test_a_report_nobody_looked_at_gets_no_number(
    congress: Congress, organiser: FlaskClient
) -> None:
    assert organiser.post(address(congress, "/reports"), data={}).status_code == 409
    assert credential_queries.reports(congress.id) == []


def test_numbered_voted_on_and_taken_out(congress: Congress, organiser: FlaskClient) -> None:
    answer = organiser.post(address(congress, "/reports"), data=looked_at(congress, organiser))
    assert answer.location == address(congress, "/reports/1")
    page = organiser.get(answer.location).text
    assert "Báo cáo số 1 thẩm tra tư cách đại biểu" in page
    assert "Dân tộc thiểu số" not in page
    refused = organiser.post(
        address(congress, "/reports/1/vote"), data={"voting": "4", "agree": "4"}
    )
    assert refused.status_code == 422
    assert "chỉ có 3 đại biểu được triệu tập" in refused.text
    figures = {"voting": "3", "agree": "2", "against": "1"}
    organiser.post(address(congress, "/reports/1/vote"), data=figures)
    page = organiser.get(address(congress, "/reports/1")).text
    assert "đã công nhận" in page
    assert "2 (66,7 %)" in page
    assert "Ghi biểu quyết công nhận" not in page
    assert "đã công nhận" in organiser.get(address(congress)).text
    shown = organiser.post(address(congress, "/reports/1/sensitive")).text
    assert "Dân tộc thiểu số" in shown
    sheet = organiser.post(address(congress, "/export"), data={"number": "1", "sensitive": "1"})
    rows = rows_of(sheet.data)
    assert ("Đảng viên", "Đảng viên", 1, "33,3 %", 1) in rows
    assert ("Giới tính", "Cộng", 3, "100,0 %", 1) in rows
    assert [action for action, _ in actions()] == [
        "credential.report",
        "credential.recognise",
        "credential.read_sensitive",
        "credential.export",
    ]


def test_a_report_changed_behind_our_back_is_told(
    congress: Congress, organiser: FlaskClient
) -> None:
    organiser.post(address(congress, "/reports"), data=looked_at(congress, organiser))
    kept = credential_queries.report_by_number(congress.id, 1)
    assert kept is not None
    assert "không khớp với mã kiểm tra" not in organiser.get(address(congress, "/reports/1")).text
    with transaction():
        kept.body = {**kept.body, "convened": 99}
    assert "không khớp với mã kiểm tra" in organiser.get(address(congress, "/reports/1")).text


def test_a_later_report_is_pointed_to(congress: Congress, organiser: FlaskClient) -> None:
    for _ in range(2):
        organiser.post(address(congress, "/reports"), data=looked_at(congress, organiser))
    page = organiser.get(address(congress, "/reports/1")).text
    assert "Đã có bản mới hơn" in page
    assert "Ghi biểu quyết công nhận" not in page
    late = organiser.post(address(congress, "/reports/1/vote"), data={"voting": "1", "agree": "1"})
    assert late.status_code == 422
    assert "Đã có báo cáo số 2 mới hơn" in late.text
    assert organiser.get(address(congress, "/reports/3")).status_code == 404


def test_missing_data_lead_to_where_they_are_mended(
    congress: Congress, organiser: FlaskClient, as_role: Any
) -> None:
    page = organiser.get(address(congress, "/missing")).text
    rows = credential_queries.examined(congress)
    binh = next(one for one in rows if one.person.full_name == "Ngô Bình")
    assert f"/congresses/{congress.id}/delegates/{binh.delegate_id}/edit" in page
    assert "năm sinh" in page
    assert "đảng viên" in page
    viewer = as_role("viewer", congress.unit).get(address(congress, "/missing")).text
    assert "/edit" not in viewer
    assert "Dân tộc" not in viewer


def test_a_congress_without_delegates(app: Flask, as_role: Any) -> None:
    empty = builders.a_congress()
    client = as_role("secretary", empty.unit)
    assert "Chưa có đại biểu được triệu tập" in client.get(address(empty)).text
    assert "chưa biết ai có mặt" in client.get(address(empty)).text
    assert "Chưa có đại biểu được triệu tập" in client.get(address(empty, "/missing")).text
    sheet = client.post(address(empty, "/export"))
    assert ("Giới tính", "Cộng", 0, "–", 0) in rows_of(sheet.data)


def test_who_has_no_part_in_it(congress: Congress, as_role: Any) -> None:
    registrar = as_role("registrar", congress.unit)
    assert registrar.get(address(congress)).status_code == 403
    stranger = as_role("viewer", builders.a_unit(parent=builders.the_root()))
    assert stranger.get(address(congress)).status_code == 404
