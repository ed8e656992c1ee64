"""Delegates by sheet through HTTP: upload, preview, decisions, writing, export."""

from __future__ import annotations

import io
import re
from contextlib import suppress
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from congress_app.audit.models import Entry
from congress_app.congresses.models import Congress
from congress_app.congresses.presets import GUIDANCE_2020
from congress_app.database import db
from congress_app.delegates import export_services, headings
from congress_app.delegates.models import Delegate
from congress_app.formats.sheet_files import read_sheet
from congress_app.formats.xlsx.writing import Column, write_sheet
from congress_app.jobs import running_services
from congress_app.jobs.models import Job
from congress_app.units.models import Unit
from tests import builders
from tests.interrupting import Died, ask_to_stop, at_the_first, die

HEADER = ("Họ và tên", "Ngày sinh", "Giới tính", "Dân tộc", "Chức vụ", "Mã đơn vị", "Thành phần")


@pytest.fixture
def congress(app: Flask) -> Congress:
    """A provincial congress under the guidance of 2020 with a district."""
    builders.the_root()
    made = builders.a_congress(rules=GUIDANCE_2020)
    builders.a_unit("D1", made.unit, "huyen", name="BHXH huyện A")
    return made


def row(name: str, **cells: str) -> tuple[str, ...]:
    return (
        name,
        cells.get("birth", "05/07/1980"),
        "Nam",
        "Kinh",
        "CV",
        "D1",
        cells.get("category", "Chính thức"),
    )


def sheet(*rows: tuple[str, ...]) -> bytes:
    return write_sheet([Column(name) for name in HEADER], rows)


def upload(browser: Any, congress: Congress, data: bytes, name: str = "ds.xlsx") -> str:
    """Send the file; give the address of the result, which the job's page leads to."""
    answer = browser.post(
        f"/congresses/{congress.id}/delegates/import", data={"file": (io.BytesIO(data), name)}
    )
    assert answer.status_code == 302, answer.text
    shown = browser.get(answer.location)
    return str(shown.location or answer.location)


def held() -> int:
    return db.session.scalar(select(func.count(Delegate.id))) or 0


def test_upload_preview_write(congress: Congress, as_role: Any) -> None:
    organiser = as_role("organiser")
    result = upload(organiser, congress, sheet(row("Lê An"), row("Trần Bình")))
    page = organiser.get(result)
    assert page.status_code == 200
    assert "Tệp không có lỗi." in page.text
    assert held() == 0
    done = organiser.get(organiser.post(result).location)
    assert "Đã ghi vào danh sách của hội nghị." in organiser.get(done.location).text
    assert held() == 2


def test_written_twice_by_a_double_click_it_is_written_once(
    congress: Congress, as_role: Any
) -> None:
    organiser = as_role("organiser")
    result = upload(organiser, congress, sheet(row("Lê An"), row("Trần Bình")))
    first, second = organiser.post(result), organiser.post(result)
    assert (second.status_code, second.location) == (302, first.location)
    assert held() == 2


def test_every_fault_is_shown_with_row_and_column(congress: Congress, as_role: Any) -> None:
    organiser = as_role("organiser")
    data = sheet(row("Lê An", birth="31/02/1980"), row("Trần Bình", category="Gì"))
    page = organiser.get(upload(organiser, congress, data)).text
    assert "Tệp có 2 lỗi nên chưa ghi dòng nào." in page
    assert "<code>31/02/1980</code>" in page
    assert "<code>Gì</code>" in page
    assert "Ghi vào danh sách</button>" not in page


def test_a_doubtful_row_is_decided_on_the_page(congress: Congress, as_role: Any) -> None:
    district = db.session.scalars(select(Unit).where(Unit.code == "D1")).one()
    person = builders.a_person("Lê Thị Hòa", district, birth_month=7, birth_day=5)
    organiser = as_role("organiser")
    result = upload(organiser, congress, sheet(row("Lê Thị Hoà")))
    page = organiser.get(result).text
    assert "Có 1 dòng cần bạn quyết định." in page
    number = page.split('name="answer_')[1].split('"')[0]
    assert f'name="answer_{number}" id="answer-{number}-{person.id}" value="{person.id}"' in page
    undecided = organiser.get(organiser.post(result).location).location
    assert "Có 1 dòng cần bạn quyết định." in organiser.get(undecided).text
    assert held() == 0
    answer = organiser.post(undecided, data={f"answer_{number}": str(person.id)})
    written = organiser.get(answer.location).location
    assert "Đã ghi vào danh sách của hội nghị." in organiser.get(written).text
    assert [d.person_id for d in db.session.scalars(select(Delegate))] == [person.id]


def test_a_number_put_into_the_answer_overwrites_nobody(congress: Congress, as_role: Any) -> None:
    district = db.session.scalars(select(Unit).where(Unit.code == "D1")).one()
    person = builders.a_person("Trần Thu Xuân", district, birth_year=1972)
    organiser = as_role("organiser")
    result = upload(organiser, congress, sheet(row("Võ Người Lạ")))
    assert "Tệp không có lỗi." in organiser.get(result).text
    told = organiser.get(
        organiser.post(result, data={"answer_2": str(person.id)}).location
    ).location
    page = organiser.get(told).text
    assert "Câu hỏi về “Võ Người Lạ” đã cũ" in page
    assert f'id="answer-2-{person.id}"' not in page
    db.session.rollback()
    assert (held(), person.full_name, person.birth_year) == (0, "Trần Thu Xuân", 1972)
    anew = organiser.get(organiser.post(told, data={"answer_2": "0"}).location).location
    assert "Đã ghi vào danh sách của hội nghị." in organiser.get(anew).text
    assert held() == 1


def test_the_page_tells_how_many_stored_persons_were_overwritten(
    congress: Congress, as_role: Any
) -> None:
    district = db.session.scalars(select(Unit).where(Unit.code == "D1")).one()
    builders.a_person("Lê An", district, birth_month=7, birth_day=5, position="Kế toán")
    organiser = as_role("organiser")
    result = upload(organiser, congress, sheet(row("Lê An"), row("Trần Bình")))
    written = organiser.get(organiser.post(result).location).location
    for address in (result, written):
        stats = re.findall(
            r'stat__label">([^<]+)</span>\s*<span class="stat__value">(\d+)',
            organiser.get(address).text,
        )
        assert stats == [
            ("Ghi mới", "2"),
            ("Cập nhật", "0"),
            ("Không đổi", "0"),
            ("Sửa thông tin người đã lưu", "1"),
            ("Cần quyết định", "0"),
            ("Lỗi", "0"),
        ]


@pytest.mark.parametrize(
    ("data", "name"),
    [(b"", "ds.xlsx"), (b"rubbish", "ds.xlsx"), (b"PK\x03\x04 cut", "ds.xlsx"), (b"x", "ds.exe")],
)
def test_an_unreadable_file_is_refused_with_one_sentence(
    congress: Congress, as_role: Any, data: bytes, name: str
) -> None:
    page = as_role("organiser").post(
        f"/congresses/{congress.id}/delegates/import",
        data={"file": (io.BytesIO(data), name)},
        follow_redirects=True,
    )
    assert page.text.count('class="field__error"') == 1
    assert "Tải lên và kiểm tra" in page.text
    assert held() == 0


def test_no_file_is_told(congress: Congress, as_role: Any) -> None:
    answer = as_role("organiser").post(f"/congresses/{congress.id}/delegates/import")
    assert answer.status_code == 422
    assert "Hãy chọn một tệp .xlsx hoặc .csv." in answer.text


def test_results_belong_to_who_sent_the_file_and_to_the_congress(
    congress: Congress, as_role: Any
) -> None:
    result = upload(as_role("organiser"), congress, sheet(row("Lê An")))
    other = as_role("organiser")
    assert other.get(result).status_code == 404
    assert other.post(result).status_code == 404
    assert as_role("viewer").get(result).status_code == 403
    elsewhere = builders.a_congress()
    path = result.replace(f"/congresses/{congress.id}/", f"/congresses/{elsewhere.id}/")
    assert as_role("organiser").get(path).status_code == 404


@pytest.mark.parametrize("act", [die, ask_to_stop])
def test_killed_or_stopped_in_the_middle_it_is_written_once_or_not_at_all(
    app: Flask, frozen_clock: Any, congress: Congress, as_role: Any, act: Any
) -> None:
    organiser = as_role("organiser")
    result = upload(organiser, congress, sheet(row("Lê An"), row("Trần Bình")))
    with at_the_first("INSERT INTO audit_entry", act), suppress(Died):
        organiser.post(result)
    job = db.session.scalars(select(Job).order_by(Job.id.desc()).limit(1)).one()
    assert (held(), job.state) == (0, "running" if act is die else "cancelled")
    frozen_clock.advance(seconds=61)
    if act is die:
        assert running_services.take_up_left(app) == [job.id]
    else:
        organiser.post(f"/jobs/{job.id}/repeat")
    db.session.rollback()
    assert (held(), job.state) == (2, "done")
    figures = organiser.get(job.back_to).text
    assert "Đã ghi vào danh sách của hội nghị." in figures
    assert (job.result["created"], job.result["unchanged"]) == (2, 0)


def test_a_long_list_is_a_job_whose_file_its_owner_fetches(
    congress: Congress, as_role: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export_services, "MANY", 1)
    for name in ("Lê An", "Trần Bình"):
        person = builders.a_person(name, congress.unit)
        builders.a_delegate(congress, person, category="official")
    organiser = as_role("organiser")
    path = f"/congresses/{congress.id}/delegates/export.xlsx"
    answer = organiser.post(path, data={"category": "official", "sensitive": "1"})
    assert answer.status_code == 302
    made = organiser.post(f"{answer.location}/file")
    assert "Trần Bình" in str(read_sheet(made.data, "ds.xlsx").rows)
    assert as_role("organiser").post(f"{answer.location}/file").status_code == 404
    told = select(Entry.changes).where(Entry.action == "delegate.export")
    facts = {"rows": 2, "filters": {"category": "official"}, "sensitive": True}
    # Once when it was made, and each time it is fetched.
    assert db.session.scalars(told).all() == [facts, facts]
    one = organiser.post(path, data={"text": "Lê An"})
    assert (one.status_code, one.mimetype) == (200, made.mimetype)


def test_the_template_reads_back_as_an_empty_list(congress: Congress, as_role: Any) -> None:
    answer = as_role("registrar").get(f"/congresses/{congress.id}/delegates/template.xlsx")
    assert answer.status_code == 200
    read = read_sheet(answer.data, "mau.xlsx")
    assert [cell for cell in read.rows[0].cells if cell] == [f.header for f in headings.FIELDS]


def test_an_export_is_recorded_and_can_be_read_back(congress: Congress, as_role: Any) -> None:
    organiser = as_role("organiser")
    written = upload(organiser, congress, sheet(row("Lê An"), row("Trần Bình", category="Bầu")))
    organiser.get(organiser.post(written).location)
    path = f"/congresses/{congress.id}/delegates/export.xlsx"
    plain = organiser.post(path, data={"category": "elected"})
    rows = read_sheet(plain.data, "ds.xlsx").rows
    text = " ".join(str(cell) for one in rows for cell in one.cells)
    assert "Trần Bình" in text
    assert "Lê An" not in text
    assert "Dân tộc" not in text
    whole = organiser.post(path, data={"sensitive": "1"})
    assert "Dân tộc" in str(read_sheet(whole.data, "ds.xlsx").rows)
    again = organiser.get(upload(organiser, congress, whole.data)).text
    assert "Tệp không có lỗi." in again
    entries = db.session.scalars(select(Entry).where(Entry.action == "delegate.export")).all()
    assert [entry.changes for entry in entries] == [
        {"rows": 1, "filters": {"category": "elected"}, "sensitive": False},
        {"rows": 2, "filters": {}, "sensitive": True},
    ]


def test_who_may_not_read_sensitive_facts_exports_without_them(
    congress: Congress, as_role: Any
) -> None:
    person = builders.a_person("Lê An", ethnicity="H’Mông")
    builders.a_delegate(congress, person, category="guest", delegation_unit_id=None)
    viewer = as_role("viewer")
    path = f"/congresses/{congress.id}/delegates/export.xlsx"
    answer = viewer.post(path, data={"sensitive": "1"})
    assert answer.status_code == 200
    text = str(read_sheet(answer.data, "ds.xlsx").rows)
    assert "Lê An" in text
    assert "H’Mông" not in text
    assert viewer.get(path).status_code == 405
