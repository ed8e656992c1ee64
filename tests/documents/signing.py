"""Issuing what stands now, as a test that is about something else does."""

from __future__ import annotations

from datetime import date
from typing import Any

from congress_app.congresses.models import Congress
from congress_app.documents import queries, services
from congress_app.documents.models import Document
from congress_app.kernel.permissions import system_actor

ACTOR = system_actor()


def sign(
    congress: Congress, document: Document, day: date, signer: str, **options: Any
) -> Document:
    """Issue what stands now."""
    seen = queries.seen_of(document)
    return services.issue(congress, document, day, signer, seen=seen, actor=ACTOR, **options)
