"""The pages of paper sheets."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Page
from sqlalchemy import func, select

from congress_app.checkin import paper_print_services
from congress_app.checkin.models import Scan
from congress_app.database import db
from congress_app.jobs.models import Job
from congress_app.kernel.permissions import Role
from tests.checkin.hall import Hall, a_hall
from tests.conftest import AsRole, FrozenClock


@pytest.fixture
def hall(app: Flask, frozen_clock: FrozenClock) -> Hall:
    return a_hall()


@pytest.fixture
def supervisor(as_role: AsRole, hall: Hall) -> FlaskClient:
    return as_role(Role.SUPERVISOR, hall.congress.unit)


def base(hall: Hall) -> str:
    return f"/congresses/{hall.congress.id}/checkin/paper"


def scans() -> int:
    return db.session.scalar(select(func.count(Scan.id))) or 0


def test_print_look_write(supervisor: FlaskClient, hall: Hall) -> None:
    form = {"session": hall.session.id, "gate": "Cửa B", "order": "delegation"}
    assert supervisor.post(base(hall), data=form).status_code == 302
    assert "1–3" in supervisor.get(base(hall)).text
    typed = {"text": "tờ 1: 1, 2 lúc 7:45", "at": ""}
    preview = supervisor.post(f"{base(hall)}/typed", data=typed | {"act": "look"})
    assert (preview.status_code, scans()) == (200, 0)
    for told in ("2 lượt sẽ ghi", "Nguyễn Văn An", "07:45 vào · Cửa B", "Ghi 2 lượt"):
        assert told in preview.text
    written = supervisor.post(
        f"{base(hall)}/typed", data=typed | {"act": "write"}, follow_redirects=True
    )
    assert ("Đã ghi 2 lượt từ giấy." in written.text, scans()) == (True, 2)
    again = supervisor.post(f"{base(hall)}/typed", data=typed | {"act": "look"})
    assert "Mọi dòng này đã được nhập trước đó" in again.text
    assert 'value="write"' not in again.text


def test_a_fault_keeps_what_was_typed_and_writes_nothing(
    supervisor: FlaskClient, hall: Hall
) -> None:
    typed = {"text": "tờ 7: 1 lúc 7:45", "act": "write"}
    answer = supervisor.post(f"{base(hall)}/typed", data=typed)
    assert (answer.status_code, scans()) == (422, 0)
    assert "Hàng 1</a>: Chưa in tờ 7 nào cho hội nghị này." in answer.text
    assert "tờ 7: 1 lúc 7:45</textarea>" in answer.text
    empty = supervisor.post(f"{base(hall)}/typed", data={"text": ""})
    assert empty.status_code == 422


def test_many_sheets_are_drawn_by_a_job(
    supervisor: FlaskClient, hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    supervisor.post(
        base(hall), data={"session": hall.session.id, "gate": "Cửa B", "order": "delegation"}
    )
    at_once = supervisor.get(f"{base(hall)}/1.pdf").data
    monkeypatch.setattr(paper_print_services, "AT_ONCE", 2)
    asked = supervisor.get(f"{base(hall)}/1.pdf")
    assert (asked.status_code, asked.location) == (302, f"{base(hall)}/1/print")
    assert "Điểm danh giấy tờ 1-3" in supervisor.get(asked.location).text
    begun = supervisor.post(asked.location)
    job = db.session.scalars(select(Job)).one()
    assert (begun.location, job.state, job.result) == (f"/jobs/{job.id}", "done", {"count": 3})
    made = supervisor.post(f"{begun.location}/file")
    assert (made.data, made.mimetype) == (at_once, "application/pdf")
    assert supervisor.post(f"{base(hall)}/9/print").status_code == 404


def test_in_a_browser_one_press_leads_to_the_file_or_to_where_it_is_made(
    page_as: Callable[..., Page], monkeypatch: pytest.MonkeyPatch
) -> None:
    hall = a_hall()
    page = page_as(Role.SUPERVISOR, hall.congress.unit)
    page.goto(base(hall))
    page.get_by_role("button", name="Lập tờ mới").click()
    link = page.get_by_role("link", name="Tải để in (.pdf)")
    with page.expect_download() as few:
        link.click()
    assert few.value.suggested_filename == "diem-danh-giay-to-1-3.pdf"
    monkeypatch.setattr(paper_print_services, "AT_ONCE", 2)
    link.click()
    page.wait_for_url(f"**{base(hall)}/1/print")


def test_the_file_shows_sheet_numbers_rows_and_names(
    supervisor: FlaskClient, hall: Hall, tmp_path: Path
) -> None:
    form = {"session": hall.session.id, "gate": "Cửa chính", "order": "name"}
    supervisor.post(base(hall), data=form)
    answer = supervisor.get(f"{base(hall)}/1.pdf")
    assert answer.mimetype == "application/pdf"
    assert answer.data == supervisor.get(f"{base(hall)}/1.pdf").data
    path = tmp_path / "sheets.pdf"
    path.write_bytes(answer.data)
    text = subprocess.run(
        ["pdftotext", "-layout", str(path), "-"], capture_output=True, check=True, text=True
    ).stdout
    for told in ("DANH SÁCH ĐIỂM DANH", "TỜ SỐ", "Cửa chính", "Nguyễn Văn An", "Hoàng Giang"):
        assert told in text
    assert "tờ 1: 1-5 lúc 7:45" in text
    assert supervisor.get(f"{base(hall)}/9.pdf").status_code == 404


def test_a_steward_neither_prints_nor_types(as_role: AsRole, hall: Hall) -> None:
    steward = as_role(Role.CHECKIN, hall.congress.unit)
    answers = [
        steward.get(base(hall)).status_code,
        steward.post(base(hall)).status_code,
        steward.post(f"{base(hall)}/typed").status_code,
    ]
    assert answers == [403, 403, 403]
