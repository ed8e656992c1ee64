"""Whom an award item honours: kept, refused, undone, released with names alone."""

from __future__ import annotations

import pytest
from flask import Flask

from congress_app.congresses.models import Congress
from congress_app.database import transaction
from congress_app.exemplars.models import Exemplar
from congress_app.kernel.errors import RuleViolation, Stale
from congress_app.kernel.permissions import system_actor
from congress_app.programme import (
    act_queries,
    act_services,
    exemplar_queries,
    honour_queries,
    honour_services,
    release_queries,
    services,
)
from congress_app.programme.honours import Honour, HonourLine
from congress_app.programme.models import Item
from tests import builders


def selected(congress: Congress, name: str) -> Exemplar:
    row = builders.an_exemplar(name, congress.unit, story="Chuyện riêng")
    builders.a_nomination(row, standing="selected")
    return row


def an_award_item(congress: Congress) -> Item:
    return builders.an_item(builders.a_session(congress), kind="award", title="Tôn vinh")


def keep(congress: Congress, item: Item, *honours: Honour, version: int | None = None) -> None:
    at = item.version if version is None else version
    honour_services.set_honours(congress, item, honours, at, actor=system_actor())


def test_the_list_keeps_its_order_and_words(app: Flask) -> None:
    congress = builders.a_congress()
    item, unit = an_award_item(congress), congress.unit.name
    an, binh = selected(congress, "Lê An"), selected(congress, "Trần Bình")
    keep(congress, item, Honour(binh.id, "Huân chương"), Honour(an.id, "CSTĐ ngành"))
    assert honour_queries.lines_of(congress.id) == {
        item.id: (
            HonourLine(binh.id, "Trần Bình", unit, "Huân chương"),
            HonourLine(an.id, "Lê An", unit, "CSTĐ ngành"),
        )
    }
    assert exemplar_queries.honouring(an) == [(congress, item)]


def test_only_selected_exemplars_of_the_congress_are_honoured_and_once(app: Flask) -> None:
    congress = builders.a_congress()
    item = an_award_item(congress)
    plain = builders.an_exemplar("Lê An", congress.unit)
    elsewhere = selected(builders.a_congress(season=congress.season), "Trần Bình")
    good = selected(congress, "Phạm Cúc")
    for row in (plain, elsewhere):
        with pytest.raises(RuleViolation) as refused:
            keep(congress, item, Honour(row.id, "CSTĐ"))
        assert refused.value.code == "not_selected"
    with pytest.raises(RuleViolation) as refused:
        keep(congress, item, Honour(good.id, "CSTĐ"), Honour(good.id, "Cờ"))
    assert refused.value.code == "honoured_twice"
    other = builders.an_item(item.session, kind="speech")
    with pytest.raises(RuleViolation) as refused:
        keep(congress, other, Honour(good.id, "CSTĐ"))
    assert refused.value.code == "not_an_award"


def test_two_secretaries_get_both_lists(app: Flask) -> None:
    congress = builders.a_congress()
    item, unit = an_award_item(congress), congress.unit.name
    an, binh = selected(congress, "Lê An"), selected(congress, "Trần Bình")
    opened = item.version
    keep(congress, item, Honour(an.id, "CSTĐ"))
    with pytest.raises(Stale) as refused:
        keep(congress, item, Honour(binh.id, "Cờ"), version=opened)
    assert [str(detail) for detail in refused.value.details] == [
        f"Danh sách tôn vinh: đang lưu “Lê An, {unit}: CSTĐ”, bạn nhập “Trần Bình, {unit}: Cờ”."
    ]


def test_the_list_is_undone_and_comes_back_with_a_removed_item(app: Flask) -> None:
    congress = builders.a_congress()
    item, actor = an_award_item(congress), system_actor()
    row = selected(congress, "Lê An")
    keep(congress, item, Honour(row.id, "CSTĐ"))
    services.remove_item(congress, item, actor=actor)
    assert honour_queries.lines_of(congress.id) == {}
    for wanted in (1, 0):
        act = act_queries.last_act(congress.id)
        assert act is not None
        act_services.undo(congress, act.id, actor=actor)
        assert len(honour_queries.lines_of(congress.id)) == wanted


def test_a_release_tells_names_alone_and_what_changed(app: Flask) -> None:
    congress = builders.a_congress()
    item = an_award_item(congress)
    builders.a_release(congress)
    row = selected(congress, "Lê An")
    keep(congress, item, Honour(row.id, "Huân chương"))
    (change,) = release_queries.draft_of(congress.id).changes
    assert (change.kind, [str(each) for each in change.differences()]) == (
        "edited",
        ["Được tôn vinh: từ “” thành “Lê An”."],
    )
    stored = builders.a_release(congress)
    assert "Huân chương" not in str(stored.body)
    assert "Chuyện riêng" not in str(stored.body)
    released = release_queries.released(congress.id)
    assert released is not None
    assert released.items()[item.id].honours == ("Lê An",)
    assert not release_queries.draft_of(congress.id).is_new


def test_who_is_no_longer_selected_stays_and_is_marked(app: Flask) -> None:
    congress = builders.a_congress()
    item = an_award_item(congress)
    row = builders.an_exemplar("Lê An", congress.unit)
    nomination = builders.a_nomination(row, standing="selected")
    keep(congress, item, Honour(row.id, "CSTĐ"))
    with transaction():
        nomination.standing = "appraised"
    keep(congress, item, Honour(row.id, "CSTĐ ngành"))
    (line,) = honour_queries.lines_of(congress.id)[item.id]
    assert (line.award, line.is_selected) == ("CSTĐ ngành", False)
