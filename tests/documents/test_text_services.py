"""A unit's own texts."""

from __future__ import annotations

import pytest
from flask import Flask

from congress_app.congresses.models import Congress
from congress_app.documents import queries, services, text_services
from congress_app.documents.kinds import KINDS
from congress_app.kernel.errors import RuleViolation, Stale
from congress_app.kernel.permissions import system_actor
from tests.builders import a_congress, a_unit, the_root

ACTOR = system_actor()
PLAN = KINDS["plan"]


@pytest.fixture
def congress(app: Flask) -> Congress:
    return a_congress(a_unit("22", the_root()))


def test_a_draft_begins_with_the_unit_s_own_text(congress: Congress) -> None:
    assert queries.text_for(congress.unit, PLAN) == PLAN.text
    text_services.save_text(congress, "plan", "Riêng {ten_don_vi}.", 0, actor=ACTOR)
    assert queries.text_for(congress.unit, PLAN) == "Riêng {ten_don_vi}."
    assert services.draft(congress, "plan", actor=ACTOR).text == "Riêng {ten_don_vi}."
    assert queries.changed_kinds(congress.unit_id) == {"plan"}


def test_the_nearest_text_above_holds_where_there_is_no_own(congress: Congress) -> None:
    above = a_congress(the_root(), level="national")
    text_services.save_text(above, "plan", "Của ngành.", 0, actor=ACTOR)
    district = a_unit("2201", congress.unit, kind="huyen")
    assert queries.text_for(district, PLAN) == "Của ngành."
    text_services.save_text(congress, "plan", "Của tỉnh.", 0, actor=ACTOR)
    assert queries.text_for(district, PLAN) == "Của tỉnh."
    assert queries.text_for(the_root(), PLAN) == "Của ngành."


def test_a_faulty_text_is_refused(congress: Congress) -> None:
    with pytest.raises(RuleViolation) as refused:
        text_services.save_text(congress, "plan", "{ho_ten}", 0, actor=ACTOR)
    assert refused.value.code == "unknown_placeholder"
    assert queries.changed_kinds(congress.unit_id) == set()


def test_two_who_write_one_text(congress: Congress) -> None:
    text_services.save_text(congress, "plan", "Một.", 0, actor=ACTOR)
    with pytest.raises(Stale):
        text_services.save_text(congress, "plan", "Hai.", 0, actor=ACTOR)
    text_services.save_text(congress, "plan", "Hai.", 1, actor=ACTOR)
    assert queries.text_for(congress.unit, PLAN) == "Hai."


def test_going_back_to_our_text(congress: Congress) -> None:
    text_services.save_text(congress, "plan", "Một.", 0, actor=ACTOR)
    text_services.reset_text(congress, "plan", actor=ACTOR)
    assert queries.text_for(congress.unit, PLAN) == PLAN.text
    text_services.reset_text(congress, "plan", actor=ACTOR)
