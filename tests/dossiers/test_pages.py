"""The log, the dossier and the register of requests on a telephone and on a desk."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Page

from congress_app.dossiers import request_services, services
from congress_app.dossiers.rights import Kind
from congress_app.kernel.permissions import Role
from tests.dossiers.closed import LAN, a_closed_congress


def fits(page: Page) -> bool:
    """True when nothing makes the page scroll sideways."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


def quiet(_done: int, _total: int, _step: str) -> None:
    """Progress nobody reads."""


@pytest.mark.parametrize("width", [360, 1280])
def test_the_pages_of_the_memory_are_accessible_and_fit(
    app: Flask, page_as: Any, axe: Any, width: int
) -> None:
    closed = a_closed_congress()
    dossier = services.make(closed.congress, quiet, actor=LAN)
    services.check(closed.congress, dossier, actor=LAN)
    person, where = closed.delegate.person, f"/congresses/{closed.congress.id}/dossier"
    asked = [
        request_services.receive(person, kind, date(2026, 11, 2), "Đơn số 5", actor=LAN).id
        for kind in (Kind.WITHDRAW, Kind.ERASE)
    ]
    page = page_as(Role.ADMIN)
    page.set_viewport_size({"width": width, "height": 760})
    for path in (
        "/audit",
        "/audit?subject_kind=delegate",
        "/data-requests?name=loi",
        f"/data-requests/new/{person.id}",
        *(f"/data-requests/{each}" for each in asked),
        where,
        f"{where}/{dossier.id}/purge",
    ):
        page.goto(path)
        assert (path, axe(page), fits(page)) == (path, [], True)
