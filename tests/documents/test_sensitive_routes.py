"""A paper with ethnic origin and party membership: who reads it, and that it stays one."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from congress_app.database import db, transaction
from congress_app.documents.models import Document
from tests.builders import a_congress, a_delegate, a_document, a_person, a_unit, the_root
from tests.documents.pages import opened, url

FORM = {"subject": "Thử", "text": "", "issuer": "BAN", "symbol": "BTC", "place": "Hạ Long"}
FORM |= {"head_post": "TRƯỞNG BAN", "authority": "head", "category": "", "delegation": ""}


def a_sensitive_draft(state: str) -> Document:
    unit = a_unit("79", the_root())
    congress = a_congress(unit)
    a_delegate(congress, a_person("Trần Thị Ân", unit))
    document = a_document(congress, "delegate_list")
    with transaction():
        document.is_sensitive, congress.state = True, state
    return document


@pytest.mark.parametrize("state", ["draft", "closed"])
def test_it_is_offered_and_kept_before_and_after_the_closing(
    app: Flask, as_role: Any, state: str
) -> None:
    document = a_sensitive_draft(state)
    admin, address = as_role("admin"), url(document.congress, f"/{document.id}")
    assert f"{address}/sensitive" in admin.get(address).text
    page = admin.get(f"{address}/edit").text
    assert 'name="is_sensitive"' in page
    form = FORM | opened(page) | {"is_sensitive": "y"}
    assert admin.post(f"{address}/edit", data=form).status_code == 302
    db.session.expire_all()
    assert document.is_sensitive


def test_who_may_not_see_the_facts_leaves_the_mark_as_it_is(app: Flask, as_role: Any) -> None:
    document = a_sensitive_draft("draft")
    secretary = as_role("secretary", document.congress.unit)
    address = url(document.congress, f"/{document.id}/edit")
    page = secretary.get(address).text
    assert 'name="is_sensitive"' not in page
    assert secretary.post(address, data=FORM | opened(page)).status_code == 302
    db.session.expire_all()
    assert document.is_sensitive
