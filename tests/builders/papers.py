"""Rows of papers: drafts, and files a job made."""

from __future__ import annotations

from datetime import date
from typing import Any

from congress_app.congresses.models import Congress
from congress_app.documents import (
    defaults,
    fact_queries,
    head,
    queries,
    release_services,
    services,
)
from congress_app.documents.kinds import kind_of
from congress_app.documents.models import Document, DocumentFile
from congress_app.kernel import clock
from congress_app.kernel.permissions import system_actor
from tests.builders.ground import numbers, store


def a_document(congress: Congress, kind: str = "working_regulations", **columns: Any) -> Document:
    """A draft with the usual details and the text that comes with the application."""
    wanted = kind_of(kind)
    usual = defaults.head_of(wanted, fact_queries.congress_facts(congress))
    defaults_of_row = {
        "subject": wanted.title,
        "head": head.to_json(usual),
        "text": wanted.text,
        "created_at": clock.now(),
        "created_by": "test",
    }
    return store(Document(congress_id=congress.id, kind=kind, **(defaults_of_row | columns)))


def a_released_paper(congress: Congress, kind: str = "working_regulations") -> Document:
    """An issued paper on the phones of the congress's delegates."""
    actor = system_actor()
    document = a_document(congress, kind)
    seen = queries.seen_of(document)
    day = date(2020, 6, 1)
    services.issue(congress, document, day, "Trần Đức Thiện", seen=seen, actor=actor)
    release_services.release(congress, document, actor=actor)
    return document


def a_document_file(
    congress: Congress, owner_id: int | None = None, **columns: Any
) -> DocumentFile:
    """A zip a job made for its owner."""
    given = {
        "key": f"{next(numbers):032x}",
        "name": "Giấy mời.zip",
        "data": b"PK",
        "created_at": clock.now(),
    }
    return store(DocumentFile(congress_id=congress.id, owner_id=owner_id, **(given | columns)))
