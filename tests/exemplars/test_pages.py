"""The register's pages in a browser: a sheet taken in, a file and a consent, no barrier."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image

from congress_app.database import db
from congress_app.exemplars import queries
from tests import builders
from tests.exemplars import sheets

PHONE = {"width": 360, "height": 740}


def a_picture() -> bytes:
    out = BytesIO()
    Image.new("RGB", (300, 400), "#7b1e2b").save(out, "JPEG")
    return out.getvalue()


def test_from_a_sheet_to_a_public_story(page_as, axe) -> None:
    root = builders.the_root()
    page = page_as("organiser", root)
    page.set_viewport_size(PHONE)
    page.goto("/exemplars/sheets/import")
    assert axe(page) == []
    rows = [("Lê Thị Ánh", "Cá nhân", root.code, "1980", "Bồi dưỡng", "CSTĐ ngành (9/QĐ, 2022)"),
            ("Trần Bình", "Nhóm", root.code, "", "", "")]  # fmt: skip
    for count in (2, 1):
        sent = {"name": "ds.csv", "mimeType": "text/csv", "buffer": sheets.sheet(*rows[:count])}
        page.get_by_label("Tệp bảng tính").set_input_files(sent)
        page.get_by_role("button", name="Xem trước").click()
        page.wait_for_load_state()
        assert axe(page) == []
    page.get_by_role("button", name="Ghi 1 thay đổi").click()
    page.get_by_role("link", name="Mở danh sách điển hình").click()
    page.get_by_role("link", name="Lê Thị Ánh").click()
    page.get_by_label("Ảnh chân dung").set_input_files(
        {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": a_picture()}
    )
    page.get_by_role("button", name="Tải ảnh lên").click()
    page.get_by_label("Chọn tệp").set_input_files(
        {"name": "Mô hình.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7"}
    )
    page.get_by_role("button", name="Thêm tệp").click()
    story = page.get_by_role("region", name="Công khai câu chuyện")
    story.get_by_label("Văn bản đồng ý").fill("Đơn ngày 05/7/2023")
    story.get_by_role("button", name="Ghi sự đồng ý").click()
    page.get_by_role("button", name="Công khai câu chuyện").click()
    page.get_by_text("Câu chuyện đã được nêu gương công khai.").wait_for()
    assert axe(page) == []
    db.session.rollback()
    (row,) = queries.exemplars(("/",))
    assert (row.is_public, row.story_consent, len(queries.files_of(row.id))) == (
        True,
        "Đơn ngày 05/7/2023",
        2,
    )


@pytest.mark.parametrize(
    "address",
    [
        "",
        "/answers",
        "/nominations",
        "/nominations/coverage",
        "/criteria",
        "/criteria/copy",
        "/awards",
        "/awards/order",
    ],
)
def test_no_page_has_a_barrier_or_is_too_wide(page_as, axe, address: str) -> None:
    root = builders.the_root()
    builders.a_criteria_set(root)
    province = builders.a_unit("22", root)
    exemplar = builders.an_exemplar("Lê An", province, field="it")
    builders.a_nomination(exemplar, standing="selected")
    page = page_as("organiser", root)
    page.set_viewport_size(PHONE)
    page.goto(f"/exemplars{address}")
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
