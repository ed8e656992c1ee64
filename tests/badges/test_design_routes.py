"""The designer, portraits and the log of printings through HTTP."""

from __future__ import annotations

import io
import re

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook
from PIL import Image
from sqlalchemy import select

from congress_app.audit.models import Entry
from congress_app.badges import face_queries
from congress_app.badges.design import Design
from congress_app.congresses.models import Congress
from congress_app.database import db
from tests.builders import a_delegate


@pytest.fixture
def base(congress: Congress) -> str:
    return f"/congresses/{congress.id}/badges"


def fields_of(html: str) -> dict[str, str]:
    """The values a browser would send back, as far as these tests change none."""
    form = html[html.index('id="design"') :]
    form = form[: form.index("</form>")]
    found = {
        match[1]: match[2]
        for match in re.finditer(r'<input[^>]*name="([^"]+)"[^>]*value="([^"]*)"', form)
        if 'type="checkbox"' not in match[0] and 'type="radio"' not in match[0]
    }
    for name, body in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', form, re.S):
        chosen = re.search(r'<option selected value="([^"]*)"', body)
        found[name] = chosen[1] if chosen else ""
    return found | {"preset": "event"}


def picture(kind: str = "PNG") -> io.BytesIO:
    out = io.BytesIO()
    Image.new("RGB", (60, 80), "#336699").save(out, kind)
    out.seek(0)
    return out


def test_a_design_is_saved_and_shown_again(
    organiser: FlaskClient, congress: Congress, base: str
) -> None:
    page = organiser.get(f"{base}/design").get_data(as_text=True)
    sent = fields_of(page) | {"size": "free", "width_mm": "85,6", "height_mm": "54", "act": "save"}
    sent |= {"preset": "name", "shown": "number", "guest_words": "KHÁCH QUÝ", "header": "#123456"}
    answer = organiser.post(f"{base}/design", data=sent)
    assert (answer.status_code, answer.headers["Location"]) == (302, f"{base}/design")
    db.session.rollback()
    stored = face_queries.design_of(congress.id)
    assert (stored.millimetres, stored.preset, stored.shown) == ((85.6, 54.0), "name", ("number",))
    assert (stored.looks["guest"].words, stored.header) == ("KHÁCH QUÝ", "#123456")
    again = organiser.get(f"{base}/design").get_data(as_text=True)
    assert 'value="85,6"' in again
    assert "KHÁCH QUÝ" in again


def test_a_design_changed_meanwhile_is_not_overwritten(organiser: FlaskClient, base: str) -> None:
    sent = fields_of(organiser.get(f"{base}/design").get_data(as_text=True)) | {"act": "save"}
    assert organiser.post(f"{base}/design", data=sent | {"title": "Một"}).status_code == 302
    late = organiser.post(f"{base}/design", data=sent | {"title": "Hai"})
    assert late.status_code == 409
    page = late.get_data(as_text=True)
    assert "đã được người khác sửa" in page
    # Seen, it may be saved over: the page now carries the new version.
    sent = fields_of(page) | {"act": "save"}
    assert organiser.post(f"{base}/design", data=sent).status_code == 302


def test_looking_stores_nothing(organiser: FlaskClient, congress: Congress, base: str) -> None:
    sent = fields_of(organiser.get(f"{base}/design").get_data(as_text=True))
    page = organiser.post(f"{base}/design", data=sent | {"act": "look", "title": "Thử thôi"})
    assert "THỬ THÔI" in page.get_data(as_text=True)
    db.session.rollback()
    assert face_queries.design_of(congress.id) == Design()


def test_the_preview_follows_the_form_and_tells_faults(organiser: FlaskClient, base: str) -> None:
    sent = fields_of(organiser.get(f"{base}/design").get_data(as_text=True))
    good = organiser.post(f"{base}/design/preview", data=sent | {"sample": "long"})
    text = good.get_data(as_text=True)
    assert (good.status_code, text.count("<svg")) == (200, 1)
    assert "BẢO NGỌC" in text
    pale = organiser.post(f"{base}/design/preview", data=sent | {"guest_colour": "#808080"})
    assert pale.status_code == 422
    assert "khó đọc" in pale.get_data(as_text=True)
    small = {"size": "free", "width_mm": "50", "height_mm": "50"}
    warned = organiser.post(f"{base}/design/preview", data=sent | small).get_data(as_text=True)
    assert "Mã QR nhỏ" in warned


def test_a_real_name_is_shown_in_the_preview(
    organiser: FlaskClient, congress: Congress, base: str
) -> None:
    name = a_delegate(congress, category="guest").person.full_name
    sent = fields_of(organiser.get(f"{base}/design").get_data(as_text=True))
    shown = organiser.post(f"{base}/design/preview", data=sent | {"sample_category": "guest"})
    assert name.upper() in " ".join(re.findall(r">([^<>]+)</text>", shown.get_data(as_text=True)))


def test_an_emblem_comes_and_goes(organiser: FlaskClient, congress: Congress, base: str) -> None:
    answer = organiser.post(f"{base}/design/logo", data={"picture": (picture(), "logo.png")})
    assert answer.status_code == 302
    assert "data:image/png" in organiser.get(f"{base}/design").get_data(as_text=True)
    organiser.post(f"{base}/design/logo/drop")
    db.session.rollback()
    assert face_queries.logo_of(congress.id) is None
    assert face_queries.design_of(congress.id).emblem == "star"


def test_a_corrupt_emblem_is_refused_in_words(organiser: FlaskClient, base: str) -> None:
    broken = io.BytesIO(picture().getvalue()[:60])
    answer = organiser.post(f"{base}/design/logo", data={"picture": (broken, "logo.png")})
    assert "Không đọc được ảnh này" in answer.get_data(as_text=True)
    missing = organiser.post(f"{base}/design/logo", data={})
    assert (missing.status_code, "Hãy chọn tệp ảnh." in missing.get_data(as_text=True)) == (
        422,
        True,
    )


def test_a_portrait_is_printed_by_the_layout_that_shows_it(
    organiser: FlaskClient, congress: Congress, base: str
) -> None:
    delegate = a_delegate(congress)
    page = f"{base}/{delegate.id}"
    sent = organiser.post(page, data={"picture": (picture("JPEG"), "a.jpg")})
    assert sent.status_code == 302
    assert "không in ảnh" in organiser.get(page).get_data(as_text=True)
    form = fields_of(organiser.get(f"{base}/design").get_data(as_text=True))
    organiser.post(f"{base}/design", data=form | {"preset": "photo", "act": "save"})
    assert "data:image/jpeg" in organiser.get(page).get_data(as_text=True)
    printed = organiser.post(f"{base}/print", data={"imposition": "a6"})
    assert b"/DCTDecode" in printed.data
    organiser.post(f"{page}/photo/drop")
    assert "data:image/jpeg" not in organiser.get(page).get_data(as_text=True)


def test_a_foreign_delegate_s_badge_is_404(organiser: FlaskClient, base: str) -> None:
    stranger = a_delegate()
    assert organiser.get(f"{base}/{stranger.id}").status_code == 404
    assert organiser.post(f"{base}/{stranger.id}/photo/drop").status_code == 404


def test_printings_are_logged_and_can_be_looked_up(
    organiser: FlaskClient, congress: Congress, base: str
) -> None:
    assert "Chưa in thẻ lần nào" in organiser.get(f"{base}/prints").get_data(as_text=True)
    for _ in range(3):
        a_delegate(congress)
    organiser.post(f"{base}/print?printing=new", data={"imposition": "a4"})
    page = organiser.get(f"{base}/prints").get_data(as_text=True)
    assert "1–3" in page
    assert "chưa in" in page
    [run] = re.findall(r"badges\?run=(\d+)", page)
    a_delegate(congress)
    organiser.post(f"{base}/issue")
    listed = organiser.get(f"{base}?run={run}").get_data(as_text=True)
    assert ("0003" in listed, "0004" in listed) == (True, False)


def test_the_log_as_a_sheet_has_its_columns(
    organiser: FlaskClient, congress: Congress, base: str
) -> None:
    a_delegate(congress)
    organiser.post(f"{base}/print", data={"imposition": "bleed"})
    sheet = organiser.get(f"{base}/prints.xlsx")
    assert sheet.mimetype.endswith("spreadsheetml.sheet")
    rows = [list(row) for row in load_workbook(io.BytesIO(sheet.data)).active.values]
    header = ["Lúc", "Người in", "Số thẻ", "Khổ in", "Lọc theo", "Số đại biểu"]
    at = next(number for number, row in enumerate(rows) if row[: len(header)] == header)
    assert rows[at + 1][2:6] == [1, "A6 (105 × 148 mm), có xén", "tất cả", "1"]


def test_the_list_as_a_sheet_follows_the_filter_and_is_recorded(
    organiser: FlaskClient, congress: Congress, base: str
) -> None:
    for category in ("guest", "official"):
        a_delegate(congress, category=category)
    organiser.post(f"{base}/issue")
    sheet = organiser.post(f"{base}.xlsx?category=guest")
    page = load_workbook(io.BytesIO(sheet.data)).active
    rows = [row for row in page.values if isinstance(row[0], int)]
    assert [(row[3], row[5], row[6]) for row in rows] == [("Khách mời", 1, None)]
    assert page.freeze_panes is not None
    noted = db.session.scalars(select(Entry).where(Entry.action == "badge.export")).all()
    assert [entry.changes for entry in noted] == [{"count": 1}]
