"""A congress closed by mistake is opened again, with a reason that stays."""

from datetime import date

import pytest
from sqlalchemy import select

from congress_app.audit.models import Entry
from congress_app.congresses import queries, services
from congress_app.congresses.models import Congress
from congress_app.congresses.plan import Turnout
from congress_app.database import db
from congress_app.kernel.errors import RuleViolation
from tests.builders.moves import moved
from tests.congresses.seasons import ACTOR, a_country, a_plan


@pytest.fixture
def closed(app) -> Congress:
    country = a_country()
    congress = a_plan(country, country.province, held_on=date(2020, 3, 12), place="Hội trường")
    services.adopt(congress, "2020", actor=ACTOR)
    for state in ("convened", "open"):
        moved(congress, state, actor=ACTOR)
    return moved(congress, "closed", turnout=Turnout(287, "Biên bản 05"), actor=ACTOR)


def refusals(congress: Congress, target: str, note: str | None) -> list[str]:
    with pytest.raises(RuleViolation) as caught:
        moved(congress, target, note=note, actor=ACTOR)
    assert caught.value.code == "move_refused"
    return [str(detail) for detail in caught.value.details]


@pytest.mark.parametrize("note", [None, ""])
def test_without_a_reason_it_stays_closed(closed, note):
    assert refusals(closed, "open", note) == ["Hãy ghi lý do đưa trở lại bước trước."]
    assert (closed.state, len(closed.steps)) == ("closed", 4)


@pytest.mark.parametrize("target", ["draft", "convened"])
def test_it_goes_back_one_step_only(closed, target):
    (told,) = refusals(closed, target, "Bấm nhầm")
    assert told.startswith("Không thể chuyển từ “Đã bế mạc”")


def test_it_is_opened_and_the_log_has_both_states_and_the_reason(closed):
    counter = queries.pulse_of(closed.id)
    moved(closed, "open", note="Bấm nhầm", actor=ACTOR)
    assert (closed.state, closed.attendance, closed.attendance_source) == (
        "open",
        287,
        "Biên bản 05",
    )
    last = closed.steps[-1]
    assert (last.from_state, last.to_state, last.by, last.note) == (
        "closed",
        "open",
        "Ban Tổ chức",
        "Bấm nhầm",
    )
    entry = db.session.scalars(select(Entry).order_by(Entry.id.desc()).limit(1)).one()
    assert (entry.action, entry.changes) == (
        "congress.move",
        {"state": ["closed", "open"], "note": "Bấm nhầm"},
    )
    assert queries.pulse_of(closed.id) == counter + 1


def test_it_can_be_closed_and_opened_again(closed):
    for state in ("open", "closed", "open"):
        moved(closed, state, note="Bấm nhầm", actor=ACTOR)
    services.report_turnout(closed, Turnout(290), actor=ACTOR)
    assert (closed.state, closed.attendance) == ("open", 290)
