"""An issued paper that was changed behind the program's back is found and not handed out."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskCliRunner
from sqlalchemy import select, update

from congress_app.audit.models import Entry
from congress_app.congresses.models import Congress
from congress_app.database import db, transaction
from congress_app.documents import freezing, queries, services, whole_queries
from congress_app.documents.models import Document
from congress_app.formats.blocks import text_of
from congress_app.kernel.errors import RuleViolation
from congress_app.kernel.permissions import Role
from congress_app.operations import queries as operations
from tests.builders import a_congress, a_document, a_unit, the_root
from tests.documents.pages import url
from tests.documents.signing import ACTOR, sign

DAY = date(2020, 6, 1)
NAMED = "01/QC-ĐHTĐYN “Quy chế”"
REFUSED = (
    f"Văn bản {NAMED} không còn như lúc ban hành: nội dung đang lưu không khớp mã băm. Không xem, "
    "tải hay in được nữa; hãy dùng bản giấy đã ký và báo người quản trị máy chủ đối chiếu với "
    "bản sao lưu."
)


@pytest.fixture
def congress(app: Flask) -> Congress:
    return a_congress(a_unit("22", the_root(), name="BHXH tỉnh Quảng Ninh"), name="Hội nghị X")


@pytest.fixture
def paper(congress: Congress) -> Document:
    return sign(congress, a_document(congress, text="Một điều."), DAY, "Lê Ý")


def tampered(document: Document, *, with_hash: bool = False) -> None:
    """Another text in the frozen body, written past the program; the hash as well on demand."""
    body = json.loads(json.dumps(document.body).replace("M\\u1ed9t", "Hai"))
    assert body != document.body
    made = freezing.content_hash(body, document.facts or {})
    values = {"body": body} | ({"content_hash": made} if with_hash else {})
    with transaction() as session:
        session.execute(update(Document).where(Document.id == document.id).values(**values))
    db.session.expire_all()


def test_what_is_as_it_was_issued_is_whole(congress: Congress, paper: Document) -> None:
    a_document(congress)
    services.void(congress, sign(congress, a_document(congress), DAY, "Lê Ý"), "sai", actor=ACTOR)
    db.session.expire_all()
    assert whole_queries.altered() == (2, [])
    assert "Một điều." in text_of(queries.paper_of(paper))


def test_a_changed_body_is_refused_with_what_to_do(congress: Congress, paper: Document) -> None:
    paper.subject = "Quy chế"
    db.session.commit()
    tampered(paper)
    with pytest.raises(RuleViolation) as caught:
        queries.paper_of(paper)
    name = whole_queries.name_of(paper)
    assert (caught.value.code, str(caught.value)) == ("paper_altered", REFUSED.replace(NAMED, name))
    assert name == f"01/{paper.symbol} “Quy chế”"


def test_a_hash_made_anew_is_found_by_the_log(congress: Congress, paper: Document) -> None:
    tampered(paper, with_hash=True)
    assert whole_queries.is_whole(paper)
    assert whole_queries.altered() == (1, [paper.id])


def test_an_entry_erased_by_law_proves_nothing(congress: Congress, paper: Document) -> None:
    with transaction() as session:
        issued = Entry.action == "document.issue"
        session.execute(update(Entry).where(issued).values(changes={}))
    assert whole_queries.altered() == (1, [])


def test_a_paper_that_lost_its_body_is_not_composed_anew(paper: Document) -> None:
    with transaction() as session:
        session.execute(update(Document).values(body=None))
    db.session.expire_all()
    with pytest.raises(RuleViolation, match="không còn như lúc ban hành"):
        queries.paper_of(paper)


def test_its_page_says_so_and_offers_no_file(
    congress: Congress, paper: Document, as_role: Any
) -> None:
    organiser = as_role("organiser", congress.unit)
    page, files = url(congress, f"/{paper.id}"), url(congress, f"/{paper.id}/file/docx")
    assert "Văn bản không còn như lúc ban hành" not in organiser.get(page).text
    assert (files in organiser.get(page).text, organiser.get(files).status_code) == (True, 200)
    tampered(paper)
    shown, refused = organiser.get(page), organiser.get(files)
    assert (shown.status_code, files in shown.text) == (200, False)
    assert "Văn bản không còn như lúc ban hành" in shown.text
    assert (refused.status_code, "không khớp mã băm" in refused.text) == (422, True)


def test_the_weekly_look_names_it_until_it_is_right_again(
    congress: Congress, paper: Document, runner: FlaskCliRunner, as_role: Any
) -> None:
    body, name = paper.body, f"{whole_queries.name_of(paper)} (Hội nghị X)"
    assert "1 văn bản đã ban hành đúng như" in runner.invoke(args=["audit", "verify"]).stdout
    assert operations.log_check().altered == ()
    tampered(paper)
    told = runner.invoke(args=["audit", "verify"])
    line = f"Văn bản không còn như lúc ban hành: {name}"
    assert (told.exit_code, line in told.stderr) == (3, True)
    data = json.loads(runner.invoke(args=["audit", "verify", "--format", "json"]).stdout)
    assert (data["papers"], data["papers_altered"], data["fault"]) == (1, [paper.id], None)
    newest = select(Entry.changes).order_by(Entry.id.desc()).limit(1)
    assert db.session.scalar(newest) == {
        "entries": 3,
        "anchors": 0,
        "altered_papers": str(paper.id),
    }
    assert operations.log_check().altered == (name,)
    assert f"1 văn bản không còn như lúc ban hành: {name}" in (
        as_role(Role.ADMIN).get("/operations").get_data(as_text=True)
    )
    with transaction() as session:
        session.execute(update(Document).values(body=body))
    assert runner.invoke(args=["audit", "verify"]).exit_code == 0
    assert operations.log_check().altered == ()
