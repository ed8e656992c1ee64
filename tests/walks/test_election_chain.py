"""The whole cascade: hands below, ballots in the province, the national roster, a reserve.

The votes are carried out through the services; what goes from one congress to the next is
clicked in a browser, as the organisers of each level do it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy import select

from congress_app.badges.models import Badge
from congress_app.badges.services import issue_missing
from congress_app.congresses.models import Congress
from congress_app.database import db
from congress_app.delegates.committees import OpenVote
from congress_app.delegates.models import Delegate, Person
from congress_app.elections import (
    candidate_services,
    certify_services,
    count_services,
    rules,
    setup_services,
    upward_queries,
)
from congress_app.elections.acts import Certifying, NominatedBy, Wanted
from congress_app.elections.conduct import Nomination, RoundKind
from congress_app.elections.models import Election
from congress_app.elections.rules import Rules
from tests import builders
from tests.elections.voting import CHAIR, FIRST, chosen_rules, counted, opened

PRESIDIUM = Certifying("Đồng chí Trần Thị Chủ tịch", "05/BB-HN")


@dataclass
class Season:
    """The three levels: the sector, a province, two districts."""

    national: Congress
    province: Congress
    districts: list[Congress]


@pytest.fixture
def season(app: Flask) -> Season:
    """The province sends two to the national congress, its districts two and one to it."""
    root = builders.the_root()
    national = builders.a_congress(root, level="national", name="Đại hội toàn ngành")
    place = builders.a_unit("02", root, name="BHXH tỉnh Hà Giang")
    province = builders.a_congress(place, national.season, parent_id=national.id)
    units = [
        builders.a_unit(f"02{name[0]}", place, "huyen", name=f"BHXH huyện {name}")
        for name in ("Mèo Vạc", "Đồng Văn")
    ]
    builders.an_allocation(national, {place: 2})
    builders.an_allocation(province, {units[0]: 2, units[1]: 1})
    districts = [
        builders.a_congress(unit, national.season, level="base", parent_id=province.id)
        for unit in units
    ]
    return Season(national, province, districts)


def prepared(
    congress: Congress, people: Sequence[Person], chosen: Rules, reserves: int = 0
) -> Election:
    """An election with its list adopted."""
    election = setup_services.create(congress, actor=CHAIR)
    wanted = Wanted(chosen, reserves, reserves_apart=True)
    setup_services.choose_rules(election, wanted, version=election.version, actor=CHAIR)
    for person in people:
        candidate_services.nominate(election, person, NominatedBy(Nomination.UNIT), actor=CHAIR)
    vote = OpenVote(100, 100)
    candidate_services.adopt_list(election, vote, version=election.version, actor=CHAIR)
    return election


def by_hands(congress: Congress, names: Sequence[str]) -> Election:
    """A base conference raises hands for its whole list."""
    people = [builders.a_person(name, congress.unit, position="Chuyên viên") for name in names]
    election = prepared(congress, people, rules.initial("show_of_hands"))
    round_ = opened(election)
    hands = {"for": 96, "against": 3, "other": 1}
    count_services.save_sheet(round_, hands, version=0, actor=FIRST)
    count_services.close(round_, actor=CHAIR)
    return certified(election)


def by_ballot(congress: Congress, people: Sequence[Person]) -> Election:
    """The province votes in secret: a tie, a second round, then a reserve by its own ballot."""
    election = prepared(congress, people, chosen_rules(), reserves=1)
    assert counted(election, [90, 60, 60, 10]).outcome == "tie"
    assert counted(election, [30, 45], RoundKind.REVOTE).outcome == "result"
    assert counted(election, [70, 20], RoundKind.RESERVES).outcome == "result"
    return certified(election)


def certified(election: Election) -> Election:
    certify_services.certify(election, PRESIDIUM, version=election.version, actor=CHAIR)
    return election


def roster(congress: Congress) -> list[tuple[str, str, str]]:
    """Who has a place there: name, category, state; by number."""
    db.session.rollback()
    wanted = select(Delegate).where(Delegate.congress_id == congress.id).order_by(Delegate.number)
    return [(one.person.full_name, one.category, one.state) for one in db.session.scalars(wanted)]


def sound(page: Page, axe: Callable[..., list[str]]) -> None:
    """No fault of accessibility, and nothing wider than the screen, also on a phone."""
    assert axe(page) == []
    desk = page.viewport_size
    page.set_viewport_size({"width": 360, "height": 740})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert axe(page) == []
    assert desk is not None
    page.set_viewport_size(desk)


def send(page: Page, election: Election, paper: str) -> None:
    """From the page of the election to the list above."""
    page.goto(f"/congresses/{election.congress_id}/elections/{election.id}")
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


def test_from_the_district_hall_to_the_national_roster(
    season: Season, page_as: Callable[..., Page], axe: Callable[..., list[str]]
) -> None:
    province, national = season.province, season.national
    elected = [
        by_hands(season.districts[0], ["Giàng Thị Mỷ", "Vàng Mí Sò"]),
        by_hands(season.districts[1], ["Lò Văn Páo"]),
    ]
    provincial = page_as("organiser", province.unit)
    for number, election in enumerate(elected, start=1):
        local = page_as("organiser", election.congress.unit)
        send(local, election, f"0{number}/BC-BHXH")
        sound(local, axe)
        accept(provincial, province, election.congress)
    sound(provincial, axe)
    names = ["Giàng Thị Mỷ", "Vàng Mí Sò", "Lò Văn Páo"]
    assert roster(province) == [(name, "elected", "convened") for name in names]

    director = builders.a_person("Hoàng Văn Tuấn", province.unit)
    builders.a_delegate(province, director)
    people = db.session.scalars(
        select(Person).join(Delegate).where(Delegate.congress_id == province.id).order_by(Person.id)
    ).all()
    election = by_ballot(province, people)
    first, second = [one.candidate.person for one in upward_queries.elected_places(election.id)]
    (reserve,) = [one.place.candidate.person for one in upward_queries.reserve_line(election)]
    assert [first.full_name, second.full_name, reserve.full_name] == [
        "Giàng Thị Mỷ",
        "Lò Văn Páo",
        "Vàng Mí Sò",
    ]
    send(provincial, election, "12/BC-BHXH")
    central = page_as("organiser")
    accept(central, national, province)
    assert roster(national) == [
        ("Giàng Thị Mỷ", "elected", "convened"),
        ("Lò Văn Páo", "elected", "convened"),
    ]
    falls_ill(central, national, axe)


def falls_ill(page: Page, national: Congress, axe: Callable[..., list[str]]) -> None:
    """A national delegate cannot come: the first reserve has his place, badge and name tag."""
    issue_missing(national, actor=CHAIR)
    page.goto(f"/congresses/{national.id}/arrivals")
    page.get_by_role("link", name="BHXH tỉnh Hà Giang").click()
    sound(page, axe)
    page.get_by_role("link", name="Gọi dự khuyết thay Giàng Thị Mỷ").click()
    page.get_by_label("Lý do").fill("Ốm, nằm viện")
    sound(page, axe)
    page.get_by_role("button", name="Gọi Vàng Mí Sò thay").click()
    expect(page.get_by_text("Vàng Mí Sò đã nhận chỗ.")).to_be_visible()
    page.goto(f"/congresses/{national.id}/arrivals")
    page.get_by_role("link", name="BHXH tỉnh Hà Giang").click()
    expect(page.get_by_text("Đã thay bằng Vàng Mí Sò")).to_be_visible()
    assert roster(national) == [
        ("Giàng Thị Mỷ", "elected", "replaced"),
        ("Lò Văn Páo", "elected", "convened"),
        ("Vàng Mí Sò", "elected", "convened"),
    ]
    badges: dict[str, Any] = {
        one.delegate.person.full_name: one.state for one in db.session.scalars(select(Badge))
    }
    assert badges == {"Giàng Thị Mỷ": "active", "Lò Văn Páo": "active", "Vàng Mí Sò": "active"}
