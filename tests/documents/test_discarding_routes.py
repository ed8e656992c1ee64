"""A draft is thrown away by who has seen it as it stands."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from congress_app.congresses.models import Congress
from congress_app.database import db, transaction
from congress_app.documents.models import Document
from tests.builders import a_congress, a_document
from tests.documents.pages import url
from tests.open_forms import held


@pytest.fixture
def congress(app: Flask) -> Congress:
    return a_congress()


def test_a_draft_is_discarded(congress: Congress, organiser: Any) -> None:
    document = a_document(congress)
    page = organiser.get(url(congress, f"/{document.id}")).text
    organiser.post(url(congress, f"/{document.id}/discard"), data=held(page, "/discard"))
    assert db.session.scalars(select(Document)).all() == []


def test_a_draft_changed_meanwhile_is_looked_at_before_it_is_thrown_away(
    congress: Congress, organiser: Any
) -> None:
    document = a_document(congress)
    address = url(congress, f"/{document.id}")
    opened = held(organiser.get(address).text, "/discard")
    with transaction():
        document.text = "Điều 1. Người kia vừa viết."
    late = organiser.post(f"{address}/discard", data=opened)
    assert late.status_code == 409
    assert "đã được người khác sửa từ lúc bạn mở trang, nên chưa bỏ" in late.text
    assert db.session.scalars(select(Document.text)).all() == ["Điều 1. Người kia vừa viết."]
    again = held(organiser.get(address).text, "/discard")
    assert organiser.post(f"{address}/discard", data=again).status_code == 302
    assert db.session.scalars(select(Document)).all() == []
