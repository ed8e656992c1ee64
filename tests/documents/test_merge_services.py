"""Zips of single papers: kept for their week only."""

from __future__ import annotations

from datetime import time
from typing import Any

from sqlalchemy import select

from congress_app.congresses.models import Congress
from congress_app.database import db
from congress_app.documents import merge_services
from congress_app.documents.models import DocumentFile
from congress_app.jobs import retention_services
from congress_app.kernel.permissions import system_actor
from tests.builders import a_congress, a_delegate, a_document, a_person, a_unit, the_root

ACTOR = system_actor()


def kept() -> list[str]:
    db.session.rollback()
    return list(db.session.scalars(select(DocumentFile.key).order_by(DocumentFile.id)))


def a_zip(congress: Congress, key: str) -> None:
    document = a_document(congress, "invitation", selection={"category": "guest"})
    count = merge_services.write_zip(
        congress.id, document.id, "docx", key, lambda *_: None, actor=ACTOR
    )
    assert count == 1


def test_a_zip_goes_with_its_week_though_no_other_is_made(app: Any, frozen_clock: Any) -> None:
    unit = a_unit("22", the_root(), name="BHXH tỉnh Quảng Ninh")
    congress = a_congress(unit, starts_at=time(7, 30), place="Hội trường tỉnh")
    a_delegate(congress, a_person("Lê Ý", congress.unit), category="guest")
    a_zip(congress, "one")
    frozen_clock.advance(days=6)
    retention_services.forget_old()
    assert kept() == ["one"]
    a_zip(congress, "two")
    frozen_clock.advance(days=1, minutes=1)
    retention_services.forget_old()
    assert kept() == ["two"]
