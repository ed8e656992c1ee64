"""Presets are stored when needed, copies are edited, adopters keep what they froze."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from congress_app.audit.models import Entry
from congress_app.congresses import rulebook, rulebook_services
from congress_app.congresses.models import StoredRulebook
from congress_app.congresses.presets import GUIDANCE_2020
from congress_app.congresses.rulebook import Cap
from congress_app.database import db, transaction
from congress_app.kernel.errors import NotFound, RuleViolation, Stale
from tests import builders
from tests.congresses.seasons import ACTOR

pytestmark = pytest.mark.usefixtures("app")


def last_entry():
    return db.session.scalars(select(Entry).order_by(Entry.id.desc())).first()


def copy():
    return rulebook_services.copy("2020", "Bản chỉnh", unit=None, actor=ACTOR)


def test_a_preset_is_stored_once_as_shipped():
    first = rulebook_services.stored("2020")
    with transaction():
        first.body = {}
    assert rulebook_services.stored("2020") == first
    assert rulebook.from_json(first.body) == GUIDANCE_2020
    assert (first.is_preset, db.session.query(StoredRulebook).count()) == (True, 1)


def test_an_unknown_rulebook_is_not_found():
    with pytest.raises(NotFound):
        rulebook_services.stored("1999")
    with pytest.raises(NotFound):
        rulebook_services.copy("1999", "Bản", unit=None, actor=ACTOR)
    with pytest.raises(NotFound):
        rulebook_services.edit("1999", GUIDANCE_2020, version=1, actor=ACTOR)


def test_copies_of_one_name_get_different_keys():
    unit = builders.a_unit("KCQ", builders.the_root(), "khoi_co_quan")
    second = rulebook_services.copy("2020", "2020", unit=unit, actor=ACTOR)
    assert (second.key, second.unit_id) == ("2020-2", unit.id)
    assert rulebook.from_json(second.body) == replace(GUIDANCE_2020, key="2020-2", name="2020")
    assert last_entry().changes == {"from": "2020", "name": "2020"}


def test_an_edit_is_logged_with_its_level_and_both_values():
    row = copy()
    rules = replace(GUIDANCE_2020.level("upper_base"), cap=Cap(280), deadline=None)
    book = replace(GUIDANCE_2020.with_level("upper_base", rules), name="Bản chỉnh")
    rulebook_services.edit(row.key, book, version=1, actor=ACTOR)
    assert row.version == 2
    assert last_entry().changes == {
        "level": "upper_base",
        "cap": [
            {
                "default": 300,
                "exceptions": {"KCQ": 350, "01": 350, "79": 350},
                "counted": ["guest", "official", "elected"],
            },
            {"default": 280, "exceptions": {}, "counted": ["guest", "official", "elected"]},
        ],
        "deadline": ["2020-04-30", None],
    }


def test_lines_and_years_are_logged_readably():
    row = copy()
    book = replace(
        GUIDANCE_2020,
        name="Bản chỉnh",
        source="Công văn 9",
        award_years=(2016, 2020),
        priorities=GUIDANCE_2020.priorities[:1],
    )
    rulebook_services.edit(row.key, book, version=1, actor=ACTOR)
    assert last_entry().changes == {
        "basis": [GUIDANCE_2020.source, "Công văn 9"],
        "award_years": ["2015–2019", "2016–2020"],
        "priorities": [
            [choice.title for choice in GUIDANCE_2020.priorities],
            [GUIDANCE_2020.priorities[0].title],
        ],
    }


def test_two_levels_at_once_are_told_apart():
    row = copy()
    book = replace(GUIDANCE_2020, name="Bản chỉnh")
    for level in ("base", "national"):
        book = book.with_level(level, replace(book.level(level), event_name="Hội nghị"))
    rulebook_services.edit(row.key, book, version=1, actor=ACTOR)
    assert set(last_entry().changes) == {"base.event_name", "national.event_name"}


def test_saving_the_same_again_changes_and_logs_nothing():
    row = copy()
    before = last_entry().id
    same = rulebook.from_json(row.body)
    rulebook_services.edit(row.key, same, version=1, actor=ACTOR)
    assert (row.version, last_entry().id) == (1, before)


def test_presets_are_read_only():
    with pytest.raises(RuleViolation) as caught:
        rulebook_services.edit("2020", GUIDANCE_2020, version=1, actor=ACTOR)
    assert caught.value.code == "preset_read_only"


def test_an_unsound_rulebook_is_refused_with_all_its_faults():
    row = copy()
    book = replace(GUIDANCE_2020, award_years=(2019, 2015), report_period=(2020, 2016))
    with pytest.raises(RuleViolation) as caught:
        rulebook_services.edit(row.key, book, version=1, actor=ACTOR)
    assert (caught.value.code, len(caught.value.details)) == ("rulebook_faults", 2)
    assert row.version == 1


def test_an_old_form_is_stale_and_told_the_difference():
    row = copy()
    mine = replace(GUIDANCE_2020, name="Của tôi")
    rulebook_services.edit(row.key, replace(mine, name="Của bạn"), version=1, actor=ACTOR)
    with pytest.raises(Stale) as caught:
        rulebook_services.edit(row.key, mine, version=1, actor=ACTOR)
    assert [str(detail) for detail in caught.value.details] == [
        "Tên quy định: đang lưu “Của bạn”, bạn nhập “Của tôi”."
    ]
    assert caught.value.version == 2
