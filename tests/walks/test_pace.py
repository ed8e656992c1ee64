"""When an open page asks again."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from congress_app.delegates import state_services
from congress_app.kernel.crowd import LOOKERS_SHARE, Crowd
from congress_app.kernel.permissions import system_actor
from tests.browser import LiveServer
from tests.builders import a_congress, a_delegate, a_person, a_release, a_session, an_item

# Keeps the long waits a page sets itself, in milliseconds.
NOTING = """
const set = setTimeout;
window.waits = [];
window.setTimeout = (work, wait, ...rest) => {
  if (wait > 10000) waits.push(wait);
  return set(work, wait, ...rest);
};
"""


@pytest.mark.parametrize(("booked", "seconds"), [(0, 15), (30, 30)], ids=["calm", "crowd"])
def test_a_phone_asks_again_when_the_server_says(
    page: Page, live_server: LiveServer, booked: int, seconds: int
) -> None:
    crowd = live_server.app.extensions["crowd"] = Crowd(now=lambda: 0.0)
    crowd.ask_again(booked * LOOKERS_SHARE, 15.0, 60.0)
    congress = a_congress()
    an_item(a_session(congress), "Chào cờ")
    a_release(congress)
    delegate = a_delegate(congress, a_person("Lê Ý", phone="0912345678"), state="convened")
    page.add_init_script(NOTING)
    page.goto("/d/" + state_services.make_link(delegate, actor=system_actor()))
    page.wait_for_function("waits.length > 0")
    # Give or take a fifth, so that phones do not ask all at once.
    assert [round(wait / 1000 / seconds) for wait in page.evaluate("waits")] == [1]
    assert page.evaluate("waits[0]") == pytest.approx(seconds * 1000, rel=0.2)
