"""The camera at the door without network: badges of our own PDF, one after the other."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from congress_app.badges import print_services as badges
from congress_app.badges.queries import BadgeFilter
from congress_app.kernel.permissions import system_actor
from tests.browser import LiveServer
from tests.camera import camera_arguments, camera_file, pictures_of
from tests.walks.phone import NAME, Hall, OpenPhone, logged, paired


@pytest.fixture
def film(hall: Hall, tmp_path: Path) -> Path:
    """A camera before which both printed badges are held, again and again."""
    pdf = badges.print_batch(hall.congress, BadgeFilter(), "a6", actor=system_actor())
    return camera_file(pictures_of(pdf, tmp_path), tmp_path / "camera.mjpeg")


def test_printed_badges_are_judged_once_each_without_network(
    hall: Hall, film: Path, live_server: LiveServer, phone_with: OpenPhone
) -> None:
    before = phone_with()
    paired(before, hall.code_for("Máy 1"))
    before.close()
    live_server.stop()
    page = phone_with("phone", *camera_arguments(film)).new_page()
    page.goto("/scanner")
    expect(page.locator(".recent li")).to_have_count(2, timeout=30_000)
    expect(page.locator(".recent")).to_contain_text(NAME)
    expect(page.locator(".recent")).to_contain_text("Vừ Mí Kẻ")
    expect(page.locator(".verdict--accepted.verdict--late")).to_be_visible()
    # The film goes round every 1.3 s: a badge that stays in view is not scanned again.
    page.wait_for_timeout(4_000)
    expect(page.locator(".recent li")).to_have_count(2)
    live_server.start()
    expect(page.locator(".queue")).to_be_hidden(timeout=15_000)
    assert logged() == [("accepted", None, True)] * 2
