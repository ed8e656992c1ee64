"""Units by sheet, from the template to the confirmed import."""

from __future__ import annotations

import io
import re
from datetime import date

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from congress_app.database import db, transaction
from congress_app.formats.columns import match_columns
from congress_app.formats.sheet_files import read_sheet
from congress_app.jobs.models import KeptUpload
from congress_app.kernel.permissions import Role
from congress_app.units import queries
from congress_app.units.columns import FIELDS
from congress_app.units.import_services import import_units
from tests.builders import a_cluster
from tests.units.sheets import csv
from tests.units.trees import SYSTEM, Tree, a_tree, log, parents, text

CHANGES = csv(
    ("01.DD", "BHXH quận Đống Đa", "huyen", "79", "45", "", ""),
    ("01.P1", "Phòng Thu", "phong", "01", "12", "", ""),
    ("79", "BHXH TP. Hồ Chí Minh", "tinh", "VN", "", "", ""),
)


@pytest.fixture
def tree(app) -> Tree:
    return a_tree()


@pytest.fixture
def national(as_role, tree):
    return as_role(Role.ORGANISER, tree.vn)


def upload(client, data: bytes, name: str = "don-vi.csv"):
    """Send the file and go where the job's page leads."""
    sent = {"sheet": (io.BytesIO(data), name)}
    return client.post("/units/sheets/import", data=sent, follow_redirects=True)


def confirm(client, fields: dict[str, str]):
    return client.post("/units/sheets/confirm", data=fields, follow_redirects=True)


def hidden(page) -> dict[str, str]:
    return dict(re.findall(r'name="(key|digest)"[^>]*value="([^"]+)"', page.text))


def table(page) -> list[str]:
    """The rows of the changes, as words."""
    _, _, after = page.text.partition("Các thay đổi theo dòng")
    rows = re.findall(r"<tr>(.*?)</tr>", after.partition("<tbody>")[2], re.S)
    return [" ".join(re.sub(r"<[^>]+>", " ", row).split()) for row in rows]


def uploads() -> list[tuple[int | None, str]]:
    """Owner and name of every sheet kept between two requests."""
    db.session.rollback()
    kept = select(KeptUpload.owner_id, KeptUpload.filename)
    return [(owner, name) for owner, name in db.session.execute(kept)]


def test_a_preview_shows_every_change_and_writes_nothing(national, tree):
    page = upload(national, CHANGES)
    assert page.status_code == 200
    words = text(page)
    assert "Thêm mới 1 Sửa đổi 1 Không đổi 1" in words
    assert "Đơn vị cấp trên: 01 đổi thành → 79" in words
    assert "Số CCVC, NLĐ: 40 đổi thành → 45" in words
    assert "Phòng Thu" in words
    assert (parents()["01.DD"], log()) == ("01", [])
    assert uploads() == [(national.user.id, "don-vi.csv")]


def test_confirming_writes_what_was_shown_and_forgets_the_file(national, tree):
    seen = upload(national, CHANGES)
    done = confirm(national, hidden(seen))
    assert "Đã thêm 1 đơn vị, sửa 1 đơn vị." in text(done)
    assert "Ghi 2 thay đổi" in text(seen)
    assert "Ghi 2 thay đổi" not in text(done)
    assert table(done) == table(seen) != []
    assert (parents()["01.DD"], parents()["01.P1"]) == ("79", "01")
    assert uploads() == []


def test_what_changed_since_is_shown_again_before_it_is_written(app, national, tree):
    fields = hidden(upload(national, CHANGES))
    with transaction():
        tree.dong_da.headcount = 41
    page = confirm(national, fields)
    assert "Cây đơn vị đã thay đổi sau khi bạn xem trước" in text(page)
    assert "Số CCVC, NLĐ: 41 đổi thành → 45" in text(page)
    assert parents()["01.DD"] == "01"
    assert "Đã ghi xong" in text(confirm(national, hidden(page)))
    assert parents()["01.DD"] == "79"


def test_a_preview_that_has_faults_by_now_is_shown_with_them(national, tree):
    fields = hidden(upload(national, CHANGES))
    with transaction():
        tree.saigon.merged_into_id = tree.hanoi.id
    page = text(confirm(national, fields))
    assert "đã sáp nhập vào “01”" in page
    assert "Cây đơn vị đã thay đổi sau khi bạn xem trước" in page


def test_nobody_confirms_anothers_file_or_without_having_seen_it(as_role, national, tree):
    fields = hidden(upload(national, CHANGES))
    other = as_role(Role.ORGANISER, tree.vn)
    assert other.post("/units/sheets/confirm", data=fields).status_code == 404
    assert "đã thay đổi sau khi bạn xem trước" in text(confirm(national, {"key": fields["key"]}))
    assert national.post("/units/sheets/confirm", data={"digest": "x"}).status_code == 404
    assert parents()["01.DD"] == "01"


def test_every_fault_is_listed_by_row_and_column(national, tree):
    page = upload(
        national,
        csv(
            ("01.DD", "", "huyen", "79", "nhiều", "", ""),
            ("01.P1", "Phòng <Thu>", "thôn", "XX", "12", "", ""),
        ),
    )
    words = text(page)
    assert "Tệp “don-vi.csv” có 4 lỗi" in words
    rows = re.findall(r"<tr>\s*<td[^>]*>(\d+)</td>\s*<td[^>]*>([A-Z])</td>", page.text)
    assert rows == [("2", "B"), ("2", "E"), ("3", "C"), ("3", "D")]


def test_an_unreadable_file_is_one_sentence_beside_the_field(national):
    for data in (b"", b"MZ\x90\x00 a program", b"PK\x03\x04 not a zip"):
        page = upload(national, data, "tep.xlsx")
        assert page.text.count('class="field__error"') == 1
    assert upload(national, b"", "").status_code == 422


def test_a_file_that_changes_nothing_offers_nothing_to_write(national, tree):
    page = upload(national, csv(("79", "BHXH TP. Hồ Chí Minh", "tinh", "VN", "", "", "")))
    assert "Không có gì để ghi" in text(page)
    assert "/units/sheets/confirm" in page.text
    assert "Ghi 0 thay đổi" not in text(page)


def test_the_template_holds_the_canonical_headers(national):
    answer = national.get("/units/sheets/template.xlsx")
    assert answer.headers["Content-Disposition"] == (
        'attachment; filename="mau-danh-sach-don-vi.xlsx"'
    )
    matched = match_columns(read_sheet(answer.data, "mau.xlsx"), FIELDS)
    assert [fault.code for fault in matched.faults] == []
    assert list(matched.columns) == [field.key for field in FIELDS]
    sheet = load_workbook(io.BytesIO(answer.data)).worksheets[0]
    headers = [cell.value for row in sheet.iter_rows() for cell in row if cell.value]
    assert headers[:7] == [
        "Mã đơn vị",
        "Tên đơn vị",
        "Loại",
        "Mã đơn vị cấp trên",
        "Số CCVC, NLĐ",
        "Thứ tự",
        "Đơn vị điểm",
    ]


def test_what_is_exported_comes_back_unchanged(national, tree):
    cluster = a_cluster("Cụm số 1")
    with transaction():
        tree.hanoi.cluster_id, tree.hanoi.is_pilot = cluster.id, True
        tree.dong_da.headcount_source = "=1+1"
        tree.dong_da.headcount_date = date(2019, 12, 31)
        tree.ba_vi.name = "+84 <Ba Vì> & 'x'"
    data = national.get("/units/sheets/export.xlsx").data
    result = import_units(data, "x.xlsx", dry_run=True, actor=SYSTEM)
    assert (result.changes, result.unchanged, result.faults) == ((), 7, ())


def test_everybody_exports_his_own_reach(as_role, tree):
    viewer = as_role(Role.VIEWER, tree.hanoi)
    data = viewer.get("/units/sheets/export.xlsx").data
    matched = match_columns(read_sheet(data, "x.xlsx"), FIELDS)
    assert [record.text("code") for record in matched.records] == [
        "01",
        "01.DD",
        "01.BV",
        "01.VP",
    ]
    assert viewer.get("/units/sheets/import").status_code == 403
    assert upload(viewer, CHANGES).status_code == 403


def test_a_large_sheet_from_upload_to_tree(national, tree):
    rows = (
        (f"01.{number}", f"Phòng {number}", "phong", "01", str(number % 50), "", "")
        for number in range(1200)
    )
    page = upload(national, csv(*rows))
    assert "Ghi 1.200 thay đổi" in text(page)
    assert (len(table(page)), "1–200 trong 1.200" in text(page)) == (200, True)
    assert "Đã thêm 1.200 đơn vị" in text(confirm(national, hidden(page)))
    assert len(queries.units_in_order()) == 1207
