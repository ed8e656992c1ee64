"""Papers issued and replaced by several at the same moment."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select

from congress_app.congresses.models import Congress
from congress_app.database import db
from congress_app.documents import services
from congress_app.documents.models import Document, DocumentSeries
from tests.builders import a_congress, a_document, a_unit, the_root
from tests.documents.signing import ACTOR, sign

DAY = date(2020, 6, 1)


@pytest.fixture
def congress(app: Flask) -> Congress:
    return a_congress(a_unit("22", the_root(), name="BHXH tỉnh Quảng Ninh"))


def race(app: Flask, acts: list[Callable[[], object]]) -> list[str]:
    """Do all at the same moment; the faults of whoever failed."""
    ready, faults = threading.Barrier(len(acts)), []

    def run(act: Callable[[], object]) -> None:
        with app.app_context():
            ready.wait()
            try:
                act()
            except Exception as error:  # noqa: BLE001 - told by the test
                faults.append(repr(error))
            finally:
                db.session.remove()

    threads = [threading.Thread(target=run, args=(one,)) for one in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return faults


def signing(congress_id: int, document_id: int) -> Callable[[], object]:
    """Issue by numbers, for a thread with a session of its own."""
    return lambda: sign(
        db.session.get_one(Congress, congress_id),
        db.session.get_one(Document, document_id),
        DAY,
        "Lê Ý",
    )


def test_eight_issued_at_once_get_eight_numbers_in_a_row(app: Flask, congress: Congress) -> None:
    documents = [a_document(congress).id for _ in range(8)]
    congress_id = congress.id
    db.session.rollback()
    assert race(app, [signing(congress_id, one) for one in documents]) == []
    db.session.rollback()
    given = db.session.scalars(select(Document.number).order_by(Document.number)).all()
    assert given == list(range(1, 9))


def test_one_draft_issued_twice_at_once_gets_one_number(app: Flask, congress: Congress) -> None:
    document, congress_id = a_document(congress).id, congress.id
    db.session.rollback()
    faults = race(app, [signing(congress_id, document)] * 4)
    assert [fault for fault in faults if "not_draft" not in fault] == []
    assert len(faults) == 3
    db.session.rollback()
    assert db.session.scalars(select(DocumentSeries.last_number)).all() == [1]


def test_four_who_replace_one_paper_at_once_get_one_draft(app: Flask, congress: Congress) -> None:
    old, congress_id = sign(congress, a_document(congress), DAY, "Lê Ý").id, congress.id
    db.session.rollback()
    drafts = []

    def begin() -> None:
        place = db.session.get_one(Congress, congress_id)
        paper = db.session.get_one(Document, old)
        drafts.append(services.begin_replacement(place, paper, actor=ACTOR).id)

    assert race(app, [begin] * 4) == []
    db.session.rollback()
    wanted = select(Document.id).where(Document.replaces_id == old)
    assert drafts == [*db.session.scalars(wanted)] * 4
