"""Two tellers in two browsers count one round; the screen of the hall follows the release."""

from __future__ import annotations

from congress_app.elections import queries
from tests.elections.voting import a_list, filled, ids, opened, released

PHONE = {"viewport": {"width": 360, "height": 740}}


def fill(page, sheet: dict[str, int]) -> None:
    for key, value in sheet.items():
        page.fill(f'[name="{key}"]', str(value))


def test_two_tellers_differ_then_agree_and_the_screen_shows_it(app, page_as, axe) -> None:
    election = a_list(seats=2, names=3)
    round_ = opened(election)
    base = f"/congresses/{election.congress_id}/elections/{election.id}"
    sheet = filled(round_, dict(zip(ids(election), [90, 80, 20], strict=True)))
    count = f"{base}/rounds/1/count"

    first = page_as("teller")
    first.goto(count)
    assert axe(first) == []
    first.fill('[name="issued"]', "90")
    first.fill('[name="collected"]', "91")
    first.wait_for_selector("#faults li")
    assert "nhiều hơn số phiếu phát ra" in first.inner_text("#faults")
    assert axe(first) == []
    fill(first, sheet)
    first.wait_for_selector("#faults li", state="detached")
    first.click("button:has-text('Lưu phiếu kiểm')")

    second = page_as("teller", **PHONE)
    second.goto(count)
    slip = {f"votes.{ids(election)[0]}": 89, f"votes.{ids(election)[1]}": 81}
    fill(second, sheet | slip)
    second.click("button:has-text('Lưu phiếu kiểm')")
    second.wait_for_selector("text=Hai phiếu kiểm khác nhau ở 2 ô")
    assert axe(second) == []
    assert not second.evaluate("document.documentElement.scrollWidth > innerWidth")

    fill(second, {cell: sheet[cell] for cell in slip})
    second.click("button:has-text('Lưu phiếu kiểm')")
    second.wait_for_selector("text=Hai phiếu kiểm khớp nhau")
    second.click("summary:has-text('Khóa kết quả')")
    second.click(".confirm__panel button")
    second.wait_for_selector("text=Vì sao có kết quả này")
    assert axe(second) == []

    screen = page_as("viewer")
    screen.goto(f"{base}/rounds/1/screen")
    assert "sẽ được công bố" in screen.inner_text("main")
    released(queries.rounds_of(election.id)[0])
    screen.wait_for_selector(".is-elected >> nth=1", timeout=20_000)
    assert axe(screen) == []
