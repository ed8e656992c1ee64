"""What organisers and tellers click in an election, one act a function."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from playwright.sync_api import Page, expect

from congress_app.congresses.models import Congress
from congress_app.database import db
from congress_app.elections import queries
from congress_app.elections.models import Election, Round
from tests.elections.voting import filled

Axe = Callable[..., list[str]]


def adopts(page: Page, election: Election, voting: int, axe: Axe) -> None:
    """The list is adopted by everybody."""
    page.goto(address(election))
    page.get_by_role("link", name="Ghi biểu quyết thông qua danh sách").click()
    fill(page, {"voting": voting, "agree": voting})
    whole(page, axe)
    page.get_by_role("button", name="Ghi kết quả biểu quyết").click()
    expect(page.get_by_text("Đã thông qua danh sách").first).to_be_visible()


def opens(
    page: Page,
    election: Election,
    kind: str,
    axe: Axe,
    *,
    reason: str | None = None,
    hall: tuple[int, int] | None = None,
) -> None:
    """The next round, with the hall as scanned or as counted on the spot."""
    page.goto(address(election))
    page.get_by_role("link", name=kind).click()
    if hall:
        fill(page, {"convened": hall[0], "present": hall[1]})
    if reason:
        page.get_by_label("Lý do bầu lượt này").fill(reason)
    whole(page, axe)
    page.get_by_role("button", name="Chốt và mở lượt bầu").click()
    expect(page.get_by_role("heading", level=2)).to_contain_text("Lượt ")
    whole(page, axe)


def raises_hands(page: Page, congress: Congress, axe: Axe) -> None:
    """One against, all others for the whole list; figures that do not add up are told."""
    round_ = last_round(election_of(congress))
    page.goto(f"{address(round_.election)}/rounds/{round_.number}/count")
    fill(page, {"for": round_.present, "against": 1, "other": 0})
    page.get_by_role("button", name="Lưu phiếu kiểm").click()
    expect(page.locator("#faults")).to_contain_text("khác số người biểu quyết")
    whole(page, axe)
    fill(page, {"for": round_.present - 1})
    page.get_by_role("button", name="Lưu phiếu kiểm").click()
    expect(page.get_by_text("Số liệu khớp")).to_be_visible()
    closes(page, axe)


def counted(
    organiser: Page, tellers: Sequence[Page], round_: Round, votes: Sequence[int], axe: Axe
) -> None:
    """Ballots go out, the box is closed, two tellers count; differing cells stop them.

    The second one writes the votes of the first name beside the last one's: sums stay true.
    """
    first, second = tellers
    page = f"{address(round_.election)}/rounds/{round_.number}"
    first.goto(f"{page}/ballots")
    first.get_by_role("button", name="Ghi phát cho mọi đại biểu đang có mặt").click()
    expect(first.get_by_text("Đã phát").first).to_be_visible()
    organiser.goto(page)
    organiser.locator("summary", has_text="Kết thúc bỏ phiếu").click()
    organiser.locator(".confirm__panel button").click()
    expect(organiser.get_by_text("Đang kiểm phiếu").first).to_be_visible()
    names = list(round_.candidates)
    sheet = filled(round_, dict(zip(names, votes, strict=True)), round_.present)
    right = {f"votes.{one}": sheet[f"votes.{one}"] for one in (names[0], names[-1])}
    wrong = dict(zip(right, reversed(right.values()), strict=True))
    for teller, cells in ((first, sheet), (second, sheet | wrong)):
        teller.goto(f"{page}/count")
        fill(teller, cells)
        teller.get_by_role("button", name="Lưu phiếu kiểm").click()
    expect(second.get_by_text("Hai phiếu kiểm khác nhau ở 2 ô")).to_be_visible()
    whole(second, axe)
    fill(second, right)
    second.get_by_role("button", name="Lưu phiếu kiểm").click()
    expect(second.get_by_text("Hai phiếu kiểm khớp nhau")).to_be_visible()
    closes(second, axe)


def closes(page: Page, axe: Axe) -> None:
    """A teller locks the figures, and the page says why they elect whom."""
    page.locator("summary", has_text="Khóa kết quả").click()
    page.locator(".confirm__panel button").click()
    expect(page.get_by_role("heading", name="Vì sao có kết quả này")).to_be_visible()
    whole(page, axe)


def certify(page: Page, election: Election, axe: Axe) -> None:
    """The presidium declares the result."""
    page.goto(address(election))
    page.get_by_role("link", name="Công nhận kết quả").click()
    page.get_by_label("Thay mặt Đoàn Chủ tịch").fill("Trần Thị Chủ Tọa")
    page.get_by_label("Số biên bản, nghị quyết").fill("05/BB-HN")
    whole(page, axe)
    page.get_by_role("button", name="Công nhận kết quả").click()
    expect(page.get_by_text("Đã công nhận kết quả").first).to_be_visible()
    whole(page, axe)


def send(page: Page, election: Election, paper: str) -> None:
    """From the page of the election to the list above."""
    page.goto(address(election))
    page.get_by_role("link", name="Gửi lên cấp trên, dự khuyết").click()
    page.get_by_label("Số văn bản kèm theo").fill(paper)
    page.get_by_role("button", name="Gửi danh sách").click()
    expect(page.get_by_text("Đã gửi, chờ tiếp nhận").first).to_be_visible()


def accept(page: Page, target: Congress, sender: Congress) -> None:
    """From the overview of lists to the accepted one."""
    page.goto(f"/congresses/{target.id}/arrivals")
    page.get_by_role("link", name=sender.name).click()
    page.get_by_role("button", name="Tiếp nhận danh sách").click()
    expect(page.get_by_text("Đã tiếp nhận danh sách của")).to_be_visible()


def whole(page: Page, axe: Axe) -> None:
    """No fault of accessibility, and nothing wider than a phone."""
    assert axe(page) == []
    desk = page.viewport_size
    assert desk is not None
    page.set_viewport_size({"width": 360, "height": 740})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.set_viewport_size(desk)


def fill(page: Page, cells: Mapping[str, int]) -> None:
    for key, value in cells.items():
        page.fill(f'[name="{key}"]', str(value))


def election_of(congress: Congress) -> Election:
    db.session.rollback()
    (election,) = queries.elections_of(congress.id)
    return election


def last_round(election: Election) -> Round:
    db.session.rollback()
    return queries.rounds_of(election.id)[-1]


def address(election: Election) -> str:
    return f"/congresses/{election.congress_id}/elections/{election.id}"
