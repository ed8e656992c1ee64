"""An issued paper that was changed behind the program's back is archived as what it is."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskCliRunner
from sqlalchemy import select

from congress_app.audit.models import Entry
from congress_app.congresses.models import Congress
from congress_app.database import db, transaction
from congress_app.documents import freezing
from congress_app.documents import services as documents
from congress_app.documents.models import Document
from congress_app.dossiers import paper_queries, queries, services
from congress_app.dossiers.models import Dossier
from congress_app.kernel.permissions import Role
from tests.builders import a_congress, a_document, a_unit, the_root
from tests.documents.signing import ACTOR, sign

DAY = date(2020, 6, 1)


@pytest.fixture
def congress(app: Flask) -> Congress:
    unit = a_unit("22", the_root(), name="BHXH tỉnh Quảng Ninh")
    return a_congress(unit, name="Hội nghị X", state="open")


@pytest.fixture
def papers(congress: Congress) -> list[Document]:
    """One as it was issued, one with another text, one with text and hash; and a draft."""
    made = [sign(congress, a_document(congress, text="Một."), DAY, "Lê Ý") for _ in range(3)]
    a_document(congress)
    with transaction():
        for paper in made[1:]:
            paper.body = json.loads(json.dumps(paper.body).replace("M\\u1ed9t", "Hai"))
        made[2].content_hash = freezing.content_hash(made[2].body or {}, made[2].facts or {})
        congress.state = "closed"
    return made


def archived(congress: Congress) -> Dossier:
    return services.make(congress, lambda *_: None, actor=ACTOR)


def stem(paper: Document) -> str:
    return f"van-ban/{paper.number or 0:03d}-{paper.kind}-{paper.id}"


def test_the_archive_holds_what_is_kept_and_says_so(
    congress: Congress, papers: list[Document]
) -> None:
    whole, changed, forged = papers
    issued_as = [
        entry.changes["hash"]
        for entry in db.session.scalars(
            select(Entry).where(Entry.action == "document.issue").order_by(Entry.id)
        )
    ]
    dossier = archived(congress)
    assert dossier.manifest["altered_papers"] == [changed.id, forged.id]
    with zipfile.ZipFile(io.BytesIO(queries.file_of(dossier.id))) as zipped:
        held = sorted(name for name in zipped.namelist() if name.startswith("van-ban/"))
        told = [
            json.loads(zipped.read(f"{stem(paper)}-da-bi-doi.json")) for paper in (changed, forged)
        ]
        assert "-da-bi-doi.json" in zipped.read("DOC-TRUOC.txt").decode()
    assert held == sorted(
        [f"{stem(whole)}.docx", f"{stem(whole)}.pdf"]
        + [f"{stem(paper)}-da-bi-doi.json" for paper in (changed, forged)]
    )
    assert [one["hash_at_issuing"] for one in told] == issued_as[1:]
    assert all(one["hash_of_what_is_kept"] not in issued_as for one in told)
    assert all("Hai." in json.dumps(one["body"]) for one in told)
    assert {one["note"] for one in told} == {paper_queries.NOT_AS_ISSUED}


def test_it_can_be_checked_and_the_log_names_the_papers(
    congress: Congress, papers: list[Document], runner: FlaskCliRunner, tmp_path: Path
) -> None:
    assert [paper.id for paper in papers[1:]] == [2, 3]
    dossier = archived(congress)
    services.check(congress, dossier, actor=ACTOR)
    entry = db.session.scalars(select(Entry).where(Entry.action == "dossier.make")).one()
    assert entry.changes["altered_papers"] == "2-3"
    file = tmp_path / "ho-so.zip"
    file.write_bytes(queries.file_of(dossier.id))
    read = runner.invoke(args=["dossiers", "verify", str(file)])
    line = "2 văn bản trong hồ sơ được ghi là không còn như lúc ban hành."
    assert (read.exit_code, line in read.stdout) == (0, True)


def test_a_void_one_and_one_that_lost_its_body(congress: Congress) -> None:
    void, lost = (sign(congress, a_document(congress), DAY, "Lê Ý") for _ in range(2))
    documents.void(congress, void, "sai", actor=ACTOR)
    with transaction():
        void.body = {**(void.body or {}), "more": 1}
        lost.body = None
        congress.state = "closed"
    dossier = archived(congress)
    assert dossier.manifest["altered_papers"] == [void.id, lost.id]
    services.check(congress, dossier, actor=ACTOR)
    services.purge(congress, dossier, dossier.sha256, actor=ACTOR)
    db.session.expire_all()
    assert [one.number for one in db.session.scalars(select(Document).order_by(Document.id))] == [
        void.number,
        lost.number,
    ]
    issued = select(Entry.changes["hash"]).where(Entry.action == "document.issue")
    assert None not in db.session.scalars(issued).all()


def test_the_page_names_them_before(
    congress: Congress, papers: list[Document], as_role: Any
) -> None:
    page = as_role(Role.ADMIN).get(f"/congresses/{congress.id}/dossier").text
    assert page.count("Văn bản không còn như lúc ban hành") == 1
    assert page.count("(Hội nghị X)</li>") == 2
    with transaction():
        for paper in papers[1:]:
            db.session.delete(paper)
    page = as_role(Role.ADMIN).get(f"/congresses/{congress.id}/dossier").text
    assert "Văn bản không còn như lúc ban hành" not in page
