"""Papers through the pages."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from congress_app.audit.models import Entry
from congress_app.congresses.models import Congress
from congress_app.database import db, transaction
from congress_app.documents import freezing
from congress_app.documents.models import DocumentFile, DocumentText
from tests.builders import a_congress, a_delegate, a_document, a_person, the_root
from tests.documents.pages import issue, url
from tests.formats.papers import pages_of, words_of


def test_from_choosing_a_kind_to_the_issued_paper(congress: Congress, organiser: Any) -> None:
    assert "Kế hoạch tổ chức" in organiser.get(url(congress, "/new")).text
    begun = organiser.post(url(congress), data={"kind": "working_regulations"})
    page = organiser.get(begun.location)
    assert "Dự thảo" in page.text
    assert "Còn thiếu" not in page.text
    assert issue(organiser, begun.location, first_number="7").status_code == 302
    assert "07/QC-ĐCT" in organiser.get(url(congress)).text
    file = organiser.get(f"{begun.location}/file/docx")
    assert "ngày 05 tháng 6 năm 2020" in words_of(file.data)
    assert file.headers["Content-Disposition"].startswith("attachment")
    preview = organiser.get(f"{begun.location}/file/pdf")
    assert preview.headers["Content-Disposition"].startswith("inline")
    assert preview.mimetype == "application/pdf"
    assert [one.headers["X-Content-Type-Options"] for one in (file, preview)] == ["nosniff"] * 2
    assert "Trần Đức Thiện" in pages_of(preview.data)[-1]


def test_missing_facts_are_shown_with_the_way_to_mend_them(
    congress: Congress, organiser: Any
) -> None:
    with transaction():
        congress.place = None
    document = a_document(congress, "plan")
    page = organiser.get(url(congress, f"/{document.id}")).text
    assert "Chưa có địa điểm. Hãy ghi ở phần Kế hoạch." in page
    assert f"/congresses/{congress.id}/plan" in page
    assert "Tải tệp Word" not in page
    refused = organiser.get(url(congress, f"/{document.id}/file/pdf"))
    assert refused.status_code == 422
    assert "Chưa có địa điểm" in refused.text


def a_form(**changes: str) -> dict[str, str]:
    given = {
        "version": "1", "subject": "Thử", "text": "Một {ten_don_vi}.", "issuer": "BAN TỔ CHỨC",
        "symbol": "BTC", "place": "Hạ Long", "head_post": "TRƯỞNG BAN", "authority": "head",
        "parents": "ĐƠN VỊ A\nĐƠN VỊ B", "category": "", "delegation": "",
    }  # fmt: skip
    return given | changes


def test_a_draft_is_edited(congress: Congress, organiser: Any) -> None:
    document = a_document(congress)
    address = url(congress, f"/{document.id}/edit")
    assert "Quy chế" in organiser.get(address).text
    assert organiser.post(address, data=a_form()).status_code == 302
    db.session.refresh(document)
    assert (document.subject, document.head["parents"]) == ("Thử", ["ĐƠN VỊ A", "ĐƠN VỊ B"])
    stale = organiser.post(address, data=a_form(text="Hai."))
    assert stale.status_code == 409
    assert "Hai." in stale.text


def test_a_faulty_placeholder_is_told_on_the_form(congress: Congress, organiser: Any) -> None:
    document = a_document(congress)
    refused = organiser.post(
        url(congress, f"/{document.id}/edit"), data=a_form(text="Một\nTại {dia_diemm}")
    )
    assert refused.status_code == 422
    assert "Dòng 2, cột 5: không có chỗ điền “dia_diemm”. Có phải “dia_diem” không?" in refused.text


def test_void_and_replace(congress: Congress, organiser: Any) -> None:
    document = a_document(congress)
    address = url(congress, f"/{document.id}")
    issue(organiser, address, signer="Lê Ý")
    fresh = organiser.post(f"{address}/replace")
    assert fresh.location.endswith("/edit")
    organiser.post(f"{address}/void", data={"reason": "Sai ngày"})
    page = organiser.get(address).text
    assert "Đã hủy" in page
    assert "Sai ngày" in page


def test_sensitive_files_are_recorded_and_only_for_those_who_may(
    congress: Congress, organiser: Any, as_role: Any
) -> None:
    a_delegate(congress, a_person("Lê Ý", congress.unit, ethnicity="Tày"))
    document = a_document(congress, "delegate_list", is_sensitive=True)
    address = url(congress, f"/{document.id}")
    assert "Tày" not in words_of(organiser.get(f"{address}/file/docx").data)
    told = organiser.post(f"{address}/sensitive", data={"file_format": "docx"})
    assert "Tày" in words_of(told.data)
    assert "document.read_sensitive" in set(db.session.scalars(select(Entry.action)))
    viewer = as_role("viewer", congress.unit)
    assert viewer.post(f"{address}/sensitive").status_code == 403
    issue(organiser, address, signer="Lê Ý")
    assert organiser.get(f"{address}/file/docx").status_code == 403
    assert viewer.get(f"{address}/file/pdf").status_code == 403


def test_a_zip_with_one_file_for_each(congress: Congress, organiser: Any) -> None:
    for name in ("Lê Ý", "Trần Thị Ân"):
        a_delegate(congress, a_person(name, congress.unit), category="guest")
    document = a_document(congress, "invitation", selection={"category": "guest"})
    started = organiser.post(url(congress, f"/{document.id}/zip"), data={"file_format": "docx"})
    page = organiser.get(organiser.get(started.location).location)
    assert "Tệp nén đã ghi xong" in page.text
    made = db.session.scalars(select(DocumentFile)).one()
    data = organiser.get(url(congress, f"/files/{made.key}")).data
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.namelist() == ["001-tran-thi-an.docx", "002-le-y.docx"]
        assert "Lê Ý" in words_of(archive.read("002-le-y.docx"))


def test_a_long_print_is_a_job_whose_file_its_owner_fetches(
    congress: Congress, organiser: Any, as_role: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(freezing, "MANY_SECTIONS", 1)
    for name in ("Lê Ý", "Trần Thị Ân"):
        a_delegate(congress, a_person(name, congress.unit), category="guest")
    document = a_document(congress, "invitation", selection={"category": "guest"})
    address = url(congress, f"/{document.id}")
    asked = organiser.get(f"{address}/file/pdf")
    assert asked.location == f"{address}/print"
    assert "Ghi bản in (.pdf)" in organiser.get(asked.location).text
    begun = organiser.post(asked.location)
    made = organiser.post(f"{begun.location}/file")
    assert (made.mimetype, len(pages_of(made.data))) == ("application/pdf", 2)
    assert "Lê Ý" in pages_of(made.data)[1]
    assert organiser.get(f"{address}/file/docx").status_code == 200
    assert as_role("organiser", congress.unit).post(f"{begun.location}/file").status_code == 404


def test_a_long_sensitive_print_is_recorded_with_its_file(
    congress: Congress, organiser: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(freezing, "MANY_ROWS", 0)
    a_delegate(congress, a_person("Lê Ý", congress.unit, ethnicity="Tày"))
    document = a_document(congress, "delegate_list", is_sensitive=True)
    address = url(congress, f"/{document.id}")
    plain = organiser.post(f"{organiser.post(f'{address}/print').location}/file")
    assert "Tày" not in "".join(pages_of(plain.data))
    begun = organiser.post(f"{address}/sensitive", data={"file_format": "pdf"})
    assert "Tày" in "".join(pages_of(organiser.post(f"{begun.location}/file").data))
    told = select(Entry.changes).where(Entry.action == "document.read_sensitive")
    # Once when it was made, and each time it is fetched.
    assert db.session.scalars(told).all() == 2 * [{"file": "pdf"}]
    assert "chỉ được giữ một ngày" in organiser.get(begun.location).text
    organiser.post(f"{begun.location}/file")
    db.session.rollback()
    assert db.session.scalars(told).all() == 3 * [{"file": "pdf"}]
    issue(organiser, address, signer="Lê Ý")
    assert organiser.post(f"{address}/print").status_code == 404


def test_a_file_is_only_for_who_asked_for_it(
    congress: Congress, organiser: Any, as_role: Any
) -> None:
    a_delegate(congress, a_person("Lê Ý", congress.unit), category="guest")
    document = a_document(congress, "invitation", selection={"category": "guest"})
    organiser.post(url(congress, f"/{document.id}/zip"))
    made = db.session.scalars(select(DocumentFile)).one()
    other = as_role("organiser", congress.unit)
    assert other.get(url(congress, f"/files/{made.key}")).status_code == 404


def test_messages_for_zalo(congress: Congress, organiser: Any) -> None:
    a_delegate(congress, a_person("Lê Ý", congress.unit, phone="0912345678"), category="guest")
    document = a_document(congress, "invitation", selection={"category": "guest"})
    page = organiser.get(url(congress, f"/{document.id}/messages")).text
    assert "Kính gửi Ông Lê Ý," in page
    assert "0912345678" not in page


def test_a_text_is_tried_on_real_data_and_kept(congress: Congress, organiser: Any) -> None:
    address = url(congress, "/texts/plan")
    tried = organiser.post(address, data={"text": "Của {ten_don_vi}.", "version": "0", "try": "1"})
    assert "Của BHXH tỉnh Quảng Ninh./." in pages_of(tried.data)[0]
    assert db.session.scalars(select(DocumentText)).all() == []
    organiser.post(address, data={"text": "Của {ten_don_vi}.", "version": "0"})
    assert db.session.scalars(select(DocumentText.text)).all() == ["Của {ten_don_vi}."]
    assert "Mẫu riêng của đơn vị" in organiser.get(url(congress, "/texts")).text
    organiser.post(f"{address}/reset")
    assert db.session.scalars(select(DocumentText)).all() == []


def test_an_addressee_nobody_knows_is_a_missing_fact_too(app: Flask, as_role: Any) -> None:
    top = a_congress(the_root(), level="national")
    organiser = as_role("organiser")
    tried = organiser.post(
        url(top, "/texts/result_report"), data={"text": "Kính báo cáo.", "version": "0", "try": "1"}
    )
    assert tried.status_code == 422
    assert "Đơn vị này không có đơn vị cấp trên." in tried.text


def test_a_faulty_addressee_is_told_on_the_form(congress: Congress, organiser: Any) -> None:
    begun = organiser.post(url(congress), data={"kind": "plan"}).location
    typed = {"issuer": "BHXH", "symbol": "BHXH", "place": "Hà Nội", "head_post": "GIÁM ĐỐC"}
    typed |= {"addressees": "Ông {ten_khong_co}", "text": "Một.", "version": "1"}
    answer = organiser.post(f"{begun}/edit", data=typed)
    assert (answer.status_code, "ten_khong_co" in answer.text) == (422, True)
    assert "không có chỗ điền" in answer.text


def test_a_viewer_reads_and_writes_nothing(congress: Congress, as_role: Any) -> None:
    viewer = as_role("viewer", congress.unit)
    document = a_document(congress)
    assert viewer.get(url(congress)).status_code == 200
    assert viewer.get(url(congress, f"/{document.id}/file/pdf")).status_code == 200
    for rest in ("", f"/{document.id}/edit", f"/{document.id}/issue", f"/{document.id}/discard"):
        assert viewer.post(url(congress, rest)).status_code == 403


def test_papers_of_another_congress_are_not_there(congress: Congress, organiser: Any) -> None:
    other = a_document(a_congress())
    assert organiser.get(url(congress, f"/{other.id}")).status_code == 404
    assert organiser.get(url(congress, f"/{other.id}/file/pdf")).status_code == 404


def test_the_register_takes_the_same_statements_for_any_length(
    congress: Congress, organiser: Any, count_queries: Any
) -> None:
    counts = []
    for _ in range(2):
        a_document(congress)
        organiser.get(url(congress))
        with count_queries() as seen:
            organiser.get(url(congress))
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_released_to_the_phones_and_taken_back(congress: Congress, organiser: Any) -> None:
    document = a_document(congress)
    page = url(congress, f"/{document.id}")
    assert "Điện thoại của đại biểu" not in organiser.get(page).text
    issue(organiser, page)
    assert "Đại biểu chưa xem được văn bản này." in organiser.get(page).text
    told = organiser.post(f"{page}/release", follow_redirects=True).text
    assert "Đại biểu xem được văn bản này trên trang riêng từ" in told
    told = organiser.post(f"{page}/withdraw", follow_redirects=True).text
    assert "Đại biểu chưa xem được văn bản này." in told


def test_a_viewer_does_not_release(congress: Congress, as_role: Any) -> None:
    viewer = as_role("viewer", congress.unit)
    document = a_document(congress)
    for act in ("release", "withdraw"):
        assert viewer.post(url(congress, f"/{document.id}/{act}")).status_code == 403
