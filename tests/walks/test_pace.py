"""When an open page asks again."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, Response

from congress_app.delegates import state_services
from congress_app.kernel.crowd import Crowd
from congress_app.kernel.permissions import system_actor
from tests.browser import LiveServer
from tests.builders import a_congress, a_delegate, a_person, a_release, a_session, an_item


@pytest.mark.parametrize(
    ("waited", "silent", "until"), [(0.0, 8, 11), (0.1, 20, 17)], ids=["calm", "crowd"]
)
def test_a_phone_asks_again_when_the_server_says(
    page: Page, live_server: LiveServer, waited: float, silent: int, until: int
) -> None:
    crowd = live_server.app.extensions["crowd"] = Crowd(now=lambda: 0.0)
    for _ in range(1000):
        crowd.note(waited)
    congress = a_congress()
    an_item(a_session(congress), "Chào cờ")
    a_release(congress)
    delegate = a_delegate(congress, a_person("Lê Ý", phone="0912345678"), state="convened")
    asked: list[str] = []

    def note(response: Response) -> None:
        if response.url.endswith("/agenda.json"):
            asked.append(response.url)

    page.on("response", note)
    page.clock.install()
    page.goto("/d/" + state_services.make_link(delegate, actor=system_actor()))
    page.wait_for_load_state("networkidle")
    # From here on only the test moves the page's clock.
    page.clock.pause_at(page.evaluate("Date.now() / 1000") + 1)
    seen = [len(asked)]
    for seconds in (silent, until):
        page.clock.run_for(seconds * 1000)
        page.wait_for_load_state("networkidle")
        page.wait_for_timeout(300)
        seen.append(len(asked))
    assert seen == [1, 1, 2]
