"""The register through its pages."""

from __future__ import annotations

from io import BytesIO

import openpyxl

from congress_app.audit.models import Entry
from congress_app.database import db
from congress_app.exemplars import queries
from congress_app.exemplars.models import Exemplar
from tests import builders
from tests.sheets import rows_of

PERSON = {
    "kind": "individual",
    "name": "Trần Thị Bình",
    "detected_year": "2023",
    "field": "collection",
    "conduct": "yes",
    "rating_2022": "yes",
    "rating_2023": "yes",
    "initiatives": "yes",
    "takes_part": "yes",
    "is_leader": "no",
    "sex": "F",
    "solution": "Thu qua nhóm hộ gia đình.",
}


def province_and_district():
    province = builders.a_unit("22", builders.the_root(), name="BHXH tỉnh Quảng Ninh")
    return province, builders.a_unit("2201", province, "huyen", name="BHXH huyện Đầm Hà")


def test_a_district_enters_and_nominates_and_the_province_selects(as_role) -> None:
    province, district = province_and_district()
    registrar, organiser = as_role("registrar", district), as_role("organiser", province)
    answer = registrar.post("/exemplars/new", data=PERSON | {"unit": district.code})
    assert answer.status_code == 302, answer.text
    page = registrar.get(answer.location)
    assert "Đạt tiêu chuẩn" in page.text
    assert "Hoàn thành xuất sắc nhiệm vụ 2 năm liên tục (2022–2023)." in page.text
    row = db.session.scalars(db.select(Exemplar)).one()
    nominated = registrar.post(
        f"/exemplars/{row.id}/nominations",
        data={"year": "2023", "council": province.id, "reason": "Vượt chỉ tiêu"},
    )
    assert nominated.status_code == 302, nominated.text
    nomination = row.nominations[0]
    assert registrar.get(f"/exemplars/nominations/{nomination.id}/vote").status_code == 403
    appraised = organiser.post(
        f"/exemplars/nominations/{nomination.id}/appraise",
        data={"version": nomination.version, "opinion": "Xứng đáng"},
    )
    assert appraised.status_code == 302, appraised.text
    vote = {
        "version": nomination.version,
        "outcome": "selected",
        "votes_for": "6",
        "votes_against": "1",
        "votes_other": "0",
        "minutes_number": "12/BB-HĐTĐKT",
    }
    assert (
        organiser.post(f"/exemplars/nominations/{nomination.id}/vote", data=vote).status_code == 302
    )
    assert "Được chọn" in organiser.get("/exemplars/nominations?year=2023").text
    covered = organiser.get("/exemplars/nominations/coverage?year=2023&page=7")
    assert "Thiếu tập thể" in covered.text
    sheet = organiser.get("/exemplars/sheets/coverage.xlsx?year=2023")
    assert [sum(line[1:3]) for line in rows_of(sheet.data)] == [1]


def test_a_refused_vote_keeps_what_was_typed(as_role) -> None:
    row = builders.an_exemplar("Lê An")
    nomination = builders.a_nomination(row, standing="appraised")
    organiser = as_role("organiser")
    answer = organiser.post(
        f"/exemplars/nominations/{nomination.id}/vote",
        data={
            "version": nomination.version,
            "outcome": "selected",
            "votes_for": "3",
            "votes_against": "3",
            "votes_other": "1",
            "minutes_number": "7/BB",
        },
    )
    assert answer.status_code == 422
    assert "3/7 phiếu tán thành chưa quá nửa nên không được chọn." in answer.text
    assert 'value="7/BB"' in answer.text


def test_another_units_exemplar_does_not_exist(as_role) -> None:
    _province, district = province_and_district()
    elsewhere = builders.a_unit("01", builders.the_root())
    row = builders.an_exemplar("Lê An", elsewhere)
    registrar = as_role("registrar", district)
    assert registrar.get(f"/exemplars/{row.id}").status_code == 404
    assert (
        registrar.post(f"/exemplars/{row.id}/stage", data={"stage": "nurture"}).status_code == 404
    )
    refused = registrar.post("/exemplars/new", data=PERSON | {"unit": elsewhere.code})
    assert refused.status_code == 422
    assert 'value="Trần Thị Bình"' in refused.text


def test_two_editors_see_both_values(as_role) -> None:
    row = builders.an_exemplar("Lê An", solution="Cũ")
    opened = row.version
    organiser = as_role("organiser")
    first = PERSON | {"name": "Lê An", "unit": row.unit.code, "solution": "Của người thứ nhất"}
    assert (
        organiser.post(f"/exemplars/{row.id}/edit", data=first | {"version": opened}).status_code
        == 302
    )
    answer = organiser.post(
        f"/exemplars/{row.id}/edit",
        data=first | {"solution": "Của người thứ hai", "version": opened},
    )
    assert answer.status_code == 409
    assert "Của người thứ nhất" in answer.text
    assert "Của người thứ hai" in answer.text


def test_the_filter_and_the_sheet_show_the_same(as_role) -> None:
    root = builders.the_root()
    good = builders.an_exemplar("Bùi Văn Đạt", root, conduct=True)
    builders.an_award(good, "Chiến sỹ thi đua ngành", "sector_fighter", 2022)
    builders.an_exemplar("Bùi Thị Hoa", root)
    builders.an_exemplar("Phạm Long", root)
    organiser = as_role("organiser")
    page = organiser.get("/exemplars?text=bui&answer=met")
    assert ("Bùi Văn Đạt" in page.text, "Bùi Thị Hoa" in page.text) == (True, False)
    sheet = organiser.get("/exemplars/export.xlsx?text=bui")
    rows = list(openpyxl.load_workbook(BytesIO(sheet.data)).active.values)
    names = [row[1] for row in rows if row[0] in (1, 2, 3)]
    assert names == ["Bùi Văn Đạt", "Bùi Thị Hoa"]
    assert any("Chiến sỹ thi đua ngành (2022)" in row for row in rows)


def test_awards_consent_and_stages_from_the_page(as_role) -> None:
    row = builders.an_exemplar("Lê An")
    organiser = as_role("organiser")
    base = f"/exemplars/{row.id}"
    award = {"name": "Huân chương Lao động hạng Ba", "number": "123/QĐ-CTN", "decided": "2022"}
    assert organiser.post(f"{base}/awards", data=award).status_code == 302
    again = organiser.post(f"{base}/awards", data=award)
    assert again.status_code == 422
    assert "theo quyết định này đã được ghi" in again.text
    unpublished = organiser.post(f"{base}/publish", data={"public": "1"})
    assert unpublished.status_code == 422
    assert "Chưa có sự đồng ý của người được nêu gương." in unpublished.text
    agreed = {"story-consent-paper": "Đơn ngày 05/7/2023"}
    assert organiser.post(f"{base}/consents/story", data=agreed).status_code == 302
    assert organiser.post(f"{base}/publish", data={"public": "1"}).status_code == 302
    assert organiser.post(f"{base}/stage", data={"stage": "replicate"}).status_code == 422
    assert organiser.post(f"{base}/stage", data={"stage": "nurture"}).status_code == 302
    stored = queries.exemplar_by_id(row.id)
    assert (stored.stage, stored.is_public, [a.kind for a in stored.awards]) == (
        "nurture",
        True,
        ["order"],
    )
    removed = organiser.post(f"{base}/awards/{stored.awards[0].id}/remove")
    assert removed.status_code == 302
    assert queries.exemplar_by_id(row.id).awards == []


def test_the_sensitive_fact_is_written_but_never_read_off_the_form(as_role) -> None:
    _province, district = province_and_district()
    registrar = as_role("registrar", district)
    sent = PERSON | {"unit": district.code, "is_minority": "yes"}
    place = registrar.post("/exemplars/new", data=sent).location + "/edit"
    row = db.session.scalars(db.select(Exemplar)).one()
    page = registrar.get(place).text
    field = page.partition('name="is_minority"')[2].partition("</select>")[0]
    assert 'value="yes"' in field
    assert 'selected value=""' in field  # whatever is stored, and no entry says who looked

    def saved(answer: str) -> bool | None:
        db.session.refresh(row)
        data = sent | {"version": row.version, "position": answer, "is_minority": answer}
        assert registrar.post(place, data=data).status_code == 302
        db.session.refresh(row)
        return row.is_minority

    assert [saved(answer) for answer in ("", "no", "unknown", "")] == [True, False, None, None]


def test_a_guess_at_the_sensitive_fact_is_recorded_and_the_page_does_not_answer_it(
    as_role,
) -> None:
    _province, district = province_and_district()
    registrar = as_role("registrar", district)
    sent = PERSON | {"unit": district.code, "is_minority": "yes"}
    place = registrar.post("/exemplars/new", data=sent).location + "/edit"
    versions = []
    for answer in ("", "yes", "no", "no"):
        row = db.session.scalars(db.select(Exemplar)).one()
        data = sent | {"version": row.version, "is_minority": answer}
        assert registrar.post(place, data=data).status_code == 302
        db.session.rollback()
        versions.append(db.session.scalars(db.select(Exemplar.version)).one())
    assert versions == [1, 2, 3, 4]
    readings = db.select(Entry.subject_kind, Entry.changes).where(
        Entry.action == "exemplar.read_sensitive"
    )
    told = [tuple(one) for one in db.session.execute(readings)]
    assert told == [("exemplar", {"compared": True})] * 3


def test_the_recorded_reading_tells_the_sensitive_fact_and_its_history(as_role) -> None:
    _province, district = province_and_district()
    registrar, foreign = as_role("registrar", district), as_role("registrar", builders.a_unit())
    viewer = as_role("viewer", district)
    sent = PERSON | {"unit": district.code, "is_minority": "yes"}
    place = registrar.post("/exemplars/new", data=sent).location
    sent |= {"version": 1, "is_minority": "no"}
    assert registrar.post(f"{place}/edit", data=sent).status_code == 302
    assert "Lịch sử dữ liệu nhạy cảm" not in registrar.get(place).text
    block = registrar.post(f"{place}/sensitive").text.partition("Lịch sử dữ liệu nhạy cảm")[2]
    assert "<del>có</del>" in block
    assert "<ins>không</ins>" in block.partition("</ol>")[0]
    told = [one.post(f"{place}/sensitive").status_code for one in (foreign, viewer)]
    assert told == [404, 403]
    readings = db.select(Entry.changes).where(Entry.action == "exemplar.read_sensitive")
    assert list(db.session.scalars(readings)) == [{"compared": True}, {}]
