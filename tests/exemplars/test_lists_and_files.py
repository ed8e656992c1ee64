"""Files, consents, reviews, sets of criteria and the list of awards through their pages."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from io import BytesIO

from openpyxl import load_workbook
from PIL import Image

from congress_app.audit.models import Entry
from congress_app.database import db
from congress_app.exemplars import queries
from congress_app.exemplars.models import AwardName, ExemplarFile
from congress_app.kernel import clock
from tests import builders
from tests.exemplars import sheets
from tests.sheets import rows_of, shown_rows


def a_picture() -> bytes:
    out = BytesIO()
    Image.new("RGB", (60, 80), "red").save(out, "PNG")
    return out.getvalue()


def actions(kind: str = "exemplar") -> list[str]:
    query = db.select(Entry.action).where(Entry.subject_kind == kind).order_by(Entry.id)
    return list(db.session.scalars(query))


def test_files_are_kept_by_their_bytes_and_always_saved(as_role) -> None:
    row = builders.an_exemplar("Lê An")
    organiser, viewer = as_role("organiser"), as_role("viewer")
    base = f"/exemplars/{row.id}"
    sent = {"attachment": (BytesIO(b"%PDF-1.7 x"), "hồ sơ/Mô hình.exe")}
    assert organiser.post(f"{base}/files", data=sent).status_code == 302
    script = {"attachment": (BytesIO(b"<script>"), "a.pdf")}
    refused = organiser.post(f"{base}/files", data=script)
    assert refused.status_code == 422
    assert "Tệp không phải là PDF, DOCX, PPTX, JPG, PNG." in refused.text
    (file,) = queries.files_of(row.id)
    assert (file.name, file.kind, file.size) == ("Mô hình", "pdf", 10)
    answer = viewer.get(f"{base}/files/{file.id}")
    assert (answer.data, answer.headers["Content-Disposition"]) == (
        b"%PDF-1.7 x",
        'attachment; filename="mo-hinh.pdf"',
    )
    assert viewer.post(f"{base}/files/{file.id}/remove").status_code == 403
    other = builders.an_exemplar("Lê Bình")
    assert organiser.get(f"/exemplars/{other.id}/files/{file.id}").status_code == 404
    assert organiser.post(f"{base}/files/{file.id}/remove").status_code == 302
    assert queries.files_of(row.id) == []
    assert actions() == ["exemplar.file", "exemplar.file_remove"]


def test_a_portrait_is_cut_replaced_and_shown_only_with_consent(as_role) -> None:
    row = builders.an_exemplar("Lê An")
    organiser, viewer = as_role("organiser"), as_role("viewer")
    base = f"/exemplars/{row.id}"
    for _ in range(2):
        sent = {"portrait": (BytesIO(a_picture()), "anh.png")}
        assert organiser.post(f"{base}/portrait", data=sent).status_code == 302
    assert [(f.kind, f.is_portrait) for f in db.session.scalars(db.select(ExemplarFile))] == [
        ("jpg", True)
    ]
    assert Image.open(BytesIO(organiser.get(f"{base}/portrait.jpg").data)).size == (300, 400)
    assert "portrait.jpg" in organiser.get(base).text
    assert viewer.get(f"{base}/portrait.jpg").status_code == 404
    assert "portrait.jpg" not in viewer.get(base).text
    paper = {"photo-consent-paper": "Đơn ngày 05/7/2023"}
    assert organiser.post(f"{base}/consents/photo", data=paper).status_code == 302
    assert viewer.get(f"{base}/portrait.jpg").status_code == 200


def test_a_withdrawn_consent_ends_what_it_allowed(as_role, frozen_clock) -> None:
    row = builders.an_exemplar("Lê An")
    organiser = as_role("organiser")
    base = f"/exemplars/{row.id}"
    organiser.post(f"{base}/consents/story", data={"story-consent-paper": "Đơn 1"})
    organiser.post(f"{base}/publish", data={"public": "1"})
    stored = queries.exemplar_by_id(row.id)
    assert (stored.story_consent, stored.story_consent_at, stored.story_consent_by) == (
        "Đơn 1",
        clock.now(),
        organiser.user.username,
    )
    untold = organiser.post(f"{base}/consents/story/withdraw", data={})
    assert untold.status_code == 422
    assert organiser.post(
        f"{base}/consents/story/withdraw", data={"story-withdraw-reason": "Người được nêu đề nghị"}
    ).location.endswith(base)
    stored = queries.exemplar_by_id(row.id)
    assert (stored.is_public, stored.story_consent, stored.story_consent_at) == (False, None, None)
    assert actions() == ["exemplar.consent", "exemplar.publish", "exemplar.consent_withdraw"]
    assert "Người được nêu đề nghị" in organiser.get(base).text
    assert "Người được nêu đề nghị" not in as_role("viewer").get(base).text


def test_who_was_not_looked_at_this_quarter(as_role) -> None:
    long_ago = datetime(2019, 1, 1, tzinfo=UTC)
    row = builders.an_exemplar("Lê An", created_at=long_ago)
    builders.an_exemplar("Lê Bình", created_at=long_ago, reviewed_at=clock.now())
    builders.an_exemplar("Lê Chi")
    organiser = as_role("organiser")
    due = "/exemplars?due=y"
    assert [line[0].split(" Cá")[0] for line in shown_rows(organiser.get(due).text)] == ["Lê An"]
    assert organiser.post(f"/exemplars/{row.id}/review", data={"remark": "Tốt"}).status_code == 302
    assert shown_rows(organiser.get(due).text) == []
    assert actions() == ["exemplar.review"]


def test_a_unit_keeps_its_own_criteria_and_those_below_follow(as_role) -> None:
    province = builders.a_unit("22", builders.the_root(), name="BHXH tỉnh Quảng Ninh")
    district = builders.a_unit("2201", province, "huyen")
    row = builders.an_exemplar("Lê An", district, conduct=True)
    builders.an_award(row, "Chiến sĩ thi đua cơ sở", "base_fighter", 2022)
    outside = builders.an_exemplar("Lê Bình", conduct=True)
    builders.an_award(outside, "Chiến sĩ thi đua cơ sở", "base_fighter", 2022)
    organiser = as_role("organiser", province)
    assert queries.own_findings([row])[row.id].answer == "unknown"
    copied = organiser.post(
        "/exemplars/criteria/copy", data={"unit": province.code, "name": "Của tỉnh"}
    )
    assert copied.status_code == 302
    form = {
        "version": "1",
        "name": "Của tỉnh",
        "source": "Kế hoạch 5/KH",
        "first_year": "2021",
        "last_year": "2025",
        "excellent_years": "2",
        "barring": "2",
        "leader_tie": "always",
        "collective_awards": ["hero"],
        "individual_awards": ["base_fighter"],
    }
    assert organiser.post(copied.location, data=form).status_code == 302
    found = queries.own_findings([row, outside])
    assert (found[row.id].answer, found[outside.id].answer) == ("unknown", "unknown")
    late = organiser.post(copied.location, data=form | {"name": "Của tôi"})
    assert late.status_code == 409
    assert "Của tỉnh" in late.text
    assert 'value="Của tôi"' in late.text
    wrong = organiser.post(copied.location, data=form | {"version": "2", "last_year": "2020"})
    assert (wrong.status_code, "Năm cuối của thời kỳ" in wrong.text) == (422, True)
    again = organiser.post("/exemplars/criteria/copy", data={"unit": province.code, "name": "x"})
    assert again.status_code == 409
    registrar = as_role("registrar", district)
    assert "Của tỉnh" in registrar.get("/exemplars/criteria").text
    assert registrar.get(copied.location).status_code == 403
    removed = organiser.post(f"{copied.location}/remove", data={"version": "2"})
    assert removed.status_code == 302
    assert queries.criteria_of(province.id) is None
    assert actions("criteria_set") == [
        "criteria_set.copy",
        "criteria_set.edit",
        "criteria_set.remove",
    ]


def test_the_list_of_awards_is_edited_and_old_records_keep_their_words(as_role) -> None:
    row = builders.an_exemplar("Lê An")
    builders.an_award(row, "Kỷ niệm chương ngành", None, 2022)
    organiser = as_role("organiser", builders.the_root())
    twice = organiser.post("/exemplars/awards/new", data={"name": "Chiến sỹ thi đua NGÀNH"})
    assert twice.status_code == 422
    assert "đã là tên của “Chiến sĩ thi đua ngành”" in twice.text
    assert db.session.scalars(db.select(AwardName)).all() == []
    added = {"name": "Kỷ niệm chương", "aliases": "KNC\n\nKỷ niệm chương ngành", "is_offered": "y"}
    assert organiser.post("/exemplars/awards/new", data=added).status_code == 302
    assert [a.kind for a in queries.exemplar_by_id(row.id).awards] == ["ky_niem_chuong"]
    assert organiser.post(
        "/exemplars/awards/ky_niem_chuong/move", data={"up": "1"}
    ).location.endswith("#ky_niem_chuong")
    assert [kind.code for kind in queries.award_kinds()][-2:] == [
        "ky_niem_chuong",
        "excellent_collective",
    ]
    dropped = {"version": "2", "name": "Kỷ niệm chương BHXH", "aliases": "KNC"}
    assert organiser.post("/exemplars/awards/ky_niem_chuong", data=dropped).status_code == 302
    page = organiser.get(f"/exemplars/{row.id}").text
    assert "Kỷ niệm chương ngành" in page
    assert 'value="Kỷ niệm chương BHXH"' not in page
    province = as_role("organiser", builders.a_unit("22", builders.the_root()))
    assert province.post("/exemplars/awards/new", data={"name": "Khác"}).status_code == 403


def test_a_sheet_is_previewed_confirmed_and_its_faults_are_told(as_role) -> None:
    organiser = as_role("organiser")
    code = builders.the_root().code

    def send(*rows: tuple[str, ...]):
        sent = {"sheet": (BytesIO(sheets.sheet(*rows)), "ds.csv")}
        return organiser.post("/exemplars/sheets/import", data=sent, follow_redirects=True)

    wrong = send(("Lê An", "Nhóm", code, "", "", ""))
    assert shown_rows(wrong.text)[0][:3] == ["2", "B", "Nhóm"]
    seen = send(("Lê An", "Cá nhân", code, "1980", "", "CSTĐ ngành (2022)"))
    assert "CSTĐ ngành (2022)" in seen.text
    assert queries.exemplars(("/",)) == []
    hidden = dict(re.findall(r'name="(key|digest)"[^>]*value="([^"]+)"', seen.text))
    done = organiser.post("/exemplars/sheets/confirm", data=hidden, follow_redirects=True)
    assert "Đã ghi 1 điển hình, sửa 0 bản ghi." in done.text
    assert [row.name for row in queries.exemplars(("/",))] == ["Lê An"]
    template = load_workbook(BytesIO(organiser.get("/exemplars/sheets/template.xlsx").data))
    assert "Danh hiệu, khen thưởng" in [cell.value for cell in template.active[1]]


def test_the_councils_list_as_a_sheet(as_role) -> None:
    row = builders.an_exemplar("Lê An", field="collection")
    builders.a_nomination(row, standing="selected", votes_for=5, votes_against=1, votes_other=0)
    builders.a_nomination(builders.an_exemplar("Lê Bình"), year=2022)
    organiser = as_role("organiser")
    sheet = organiser.get("/exemplars/sheets/nominations.xlsx?year=2023")
    ((name, kind, *_rest),) = rows_of(sheet.data)
    assert (name, kind, _rest[2], _rest[5:9]) == ("Lê An", "Cá nhân", "Thu", ["Được chọn", 5, 1, 0])
