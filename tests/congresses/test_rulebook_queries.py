"""Which rulebooks there are for whom, and who froze one."""

from dataclasses import replace

import pytest

from congress_app.congresses import rulebook, rulebook_queries, rulebook_services, services
from congress_app.congresses.presets import GUIDANCE_2020, STRUCTURE_2025
from congress_app.congresses.rulebook_queries import Adopter, Adopters, Card
from tests.congresses.seasons import ACTOR, Country, a_country, a_plan


@pytest.fixture
def country(app) -> Country:
    return a_country()


def keys(cards):
    return [card.key for card in cards]


def copies(country):
    rulebook_services.copy("2020", "Toàn ngành", unit=None, actor=ACTOR)
    rulebook_services.copy("2020", "Lào Cai", unit=country.province, actor=ACTOR)
    rulebook_services.copy("2020", "Khối", unit=country.central, actor=ACTOR)


def test_presets_come_from_the_code_and_copies_from_the_table(country):
    copies(country)
    assert keys(rulebook_queries.cards()) == ["2020", "2025", "toan-nganh", "lao-cai", "khoi"]
    assert rulebook_queries.card_by_key("2025") == Card("2025", STRUCTURE_2025, is_preset=True)
    assert rulebook_queries.card_by_key("lao-cai") == Card(
        key="lao-cai",
        book=replace(GUIDANCE_2020, key="lao-cai", name="Lào Cai"),
        is_preset=False,
        owner_name="BHXH tỉnh Lào Cai",
        owner_path=country.province.path,
        copied_from="2020",
        version=1,
    )
    assert rulebook_queries.card_by_key("1999") is None


def test_a_reader_sees_the_sectors_and_those_of_his_part(country):
    copies(country)
    seen = rulebook_queries.cards(within=(country.district.path,))
    assert keys(seen) == ["2020", "2025", "toan-nganh", "lao-cai"]


def test_a_congress_adopts_only_what_stands_at_or_above_its_unit(country):
    copies(country)
    assert keys(rulebook_queries.adoptable(country.district.path))[2:] == ["toan-nganh", "lao-cai"]
    assert keys(rulebook_queries.adoptable(country.bureau.path))[2:] == ["toan-nganh", "khoi"]
    assert keys(rulebook_queries.adoptable(country.root.path))[2:] == ["toan-nganh"]


def test_adopters_and_what_changed_since(country, frozen_clock):
    key = rulebook_services.copy("2020", "Riêng", unit=None, actor=ACTOR).key
    congress = services.adopt(a_plan(country, country.province), key, actor=ACTOR)
    kept = Adopter(congress.id, congress.name, frozen_clock.now, "Ban Tổ chức", differs=False)
    assert rulebook_queries.adopters(key) == Adopters(1, (kept,), ())
    book = replace(GUIDANCE_2020, name="Riêng", award_years=(2016, 2020))
    rulebook_services.edit(key, book, version=1, actor=ACTOR)
    assert rulebook_queries.adopters(key).latest == (replace(kept, differs=True),)
    assert rulebook_queries.adopters(key, within=(country.central.path,)).total == 0
    assert rulebook_queries.adopters("2020") == Adopters(0, (), ("Lần thứ V",))
    assert rulebook_queries.adopters("1999") == Adopters(0, (), ())


def test_only_the_latest_adopters_are_named(country, monkeypatch):
    monkeypatch.setattr(rulebook_queries, "SHOWN_ADOPTERS", 1)
    for unit in (country.province, country.central):
        services.adopt(a_plan(country, unit), "2020", actor=ACTOR)
    found = rulebook_queries.adopters("2020")
    assert (found.total, len(found.latest)) == (2, 1)


def test_names_of_units_by_code(country):
    assert rulebook_queries.unit_names(["10", "99"]) == {"10": "BHXH tỉnh Lào Cai"}


def test_keys_of_presets_are_taken_before_they_are_stored(app):
    assert set(rulebook_queries.taken_keys()) == {"2020", "2025"}


def test_the_stored_body_is_the_value(country):
    row = rulebook_queries.stored_by_key("2020")
    assert rulebook.from_json(row.body) == GUIDANCE_2020
