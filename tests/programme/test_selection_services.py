"""From marks to a plan, adopted, changed and put into the programme."""

from __future__ import annotations

import pytest
from flask import Flask

from congress_app.congresses.models import Congress
from congress_app.database import db, transaction
from congress_app.kernel.errors import Conflict, RuleViolation
from congress_app.kernel.permissions import system_actor
from congress_app.programme import selection_queries, speech_services
from congress_app.programme import selection_services as services
from congress_app.programme.models import Speech
from congress_app.programme.selection.answer import answer_of
from congress_app.programme.selection.deciding import select
from congress_app.programme.selection.wishes import Wishes
from congress_app.programme.speech_models import SpeechRun
from tests.builders import (
    a_congress,
    a_delegate,
    a_person,
    a_speech,
    a_speech_review,
    a_unit,
)
from tests.conftest import FrozenClock

ACTOR = system_actor()


@pytest.fixture
def congress(app: Flask, frozen_clock: FrozenClock) -> Congress:
    return a_congress()


def marked(congress: Congress, mark: int, **columns: object) -> Speech:
    speech = a_speech(congress, f"Bài {mark}", state="in_review", **columns)
    for reviewer in (1, 2):
        a_speech_review(speech, reviewer, mark)
    return speech


def run_of(congress: Congress, wishes: Wishes) -> SpeechRun:
    body = selection_queries.problem_body(congress, wishes)
    run = services.store_run(congress, body, actor=ACTOR)
    services.answer_run(run.id, answer_of(select(selection_queries.problem_of(body))))
    return db.session.get_one(SpeechRun, run.id)


def seen_of(congress: Congress, run: SpeechRun) -> str:
    return selection_queries.shown(congress, run, {}).seen


def states(*speeches: Speech) -> list[str]:
    db.session.expire_all()
    return [speech.state for speech in speeches]


def test_only_what_has_a_score_is_weighed(congress: Congress) -> None:
    unit = a_unit("7901", congress.unit)
    speaker = a_delegate(congress, a_person("Lê Ý", unit, sex="F"))
    one = marked(
        congress, 8, unit_id=unit.id, delegate_id=speaker.id, field="VH", region="north", topic="t"
    )
    a_speech(congress)
    gone = marked(congress, 9)
    speech_services.decide(congress, gone, "withdrawn", seen=gone.version, actor=ACTOR)
    half = a_speech(congress, "Một người chấm")
    a_speech_review(half, 1, 8)
    body = selection_queries.problem_body(congress, Wishes(budget=20, women=50))
    assert (body["budget_minutes"], body["min_share"]["women"]) == (20, 0.5)
    assert body["speeches"][0] == {
        "id": str(one.id),
        "unit": str(unit.id),
        "level": unit.kind,
        "field": "VH",
        "region": "north",
        "topic": "t",
        "kind": "individual",
        "sex": "F",
        "minutes": 10,
        "score": 80,
    }
    assert [each["id"] for each in body["speeches"]] == [str(one.id), str(half.id)]
    complete = selection_queries.problem_body(congress, Wishes(budget=20, only_complete=True))
    assert [each["id"] for each in complete["speeches"]] == [str(one.id)]


def test_adopting_selects_the_plan_and_keeps_the_others_in_reserve(congress: Congress) -> None:
    speeches = [marked(congress, mark) for mark in (9, 8, 7)]
    run = run_of(congress, Wishes(budget=20))
    assert run.answer is not None
    assert run.answer["chosen"] == [str(each.id) for each in speeches[:2]]
    services.adopt(congress, run, seen=seen_of(congress, run), actor=ACTOR)
    assert states(*speeches) == ["selected", "selected", "reserve"]
    assert run.adopted_by == ACTOR.display_name


def test_an_answer_is_never_replaced(congress: Congress) -> None:
    marked(congress, 9)
    run = run_of(congress, Wishes(budget=20))
    services.answer_run(run.id, {"chosen": []})
    db.session.expire_all()
    assert run.answer is not None
    assert len(run.answer["chosen"]) == 1


def test_a_plan_with_a_withdrawn_speech_is_not_adopted(congress: Congress) -> None:
    speeches = [marked(congress, mark) for mark in (9, 8)]
    run = run_of(congress, Wishes(budget=20))
    speech_services.decide(
        congress, speeches[0], "withdrawn", seen=speeches[0].version, actor=ACTOR
    )
    with pytest.raises(Conflict) as raised:
        services.adopt(congress, run, seen=seen_of(congress, run), actor=ACTOR)
    assert raised.value.code == "run_stale"
    assert states(*speeches) == ["withdrawn", "in_review"]


def test_a_run_without_a_plan_is_not_adopted(congress: Congress) -> None:
    run = services.store_run(
        congress, selection_queries.problem_body(congress, Wishes(budget=5)), actor=ACTOR
    )
    with pytest.raises(RuleViolation) as raised:
        services.adopt(congress, run, seen=seen_of(congress, run), actor=ACTOR)
    assert raised.value.code == "no_plan"


def test_a_speaker_declines_and_one_other_comes_in(congress: Congress) -> None:
    speeches = [marked(congress, mark) for mark in (9, 8, 7, 6)]
    run = run_of(congress, Wishes(budget=20))
    services.adopt(congress, run, seen=seen_of(congress, run), actor=ACTOR)
    speech_services.decide(
        congress, speeches[0], "withdrawn", seen=speeches[0].version, actor=ACTOR
    )
    shown = selection_queries.shown(congress, run, {})
    assert shown.gone == (speeches[0],)
    assert shown.change is not None
    assert (shown.change.added, shown.change.dropped) == ((str(speeches[2].id),), ())
    services.replace(congress, run, shown.change, seen=seen_of(congress, run), actor=ACTOR)
    assert states(*speeches) == ["withdrawn", "selected", "selected", "reserve"]


def test_why_impossible_is_kept_and_told_with_the_titles_people_know(congress: Congress) -> None:
    speech = marked(congress, 9)
    body = selection_queries.problem_body(
        congress, Wishes(budget=5, locked_in=(speech.id,), least={"field": {"VH": 2}})
    )
    run = services.store_run(congress, body, actor=ACTOR)
    with pytest.raises(RuleViolation) as raised:
        select(selection_queries.problem_of(body))
    services.answer_run(run.id, selection_queries.refusal_as_data(raised.value))
    db.session.expire_all()
    shown = selection_queries.shown(congress, run, {"VH": "Văn hóa"})
    assert shown.refusal is not None
    assert [str(each) for each in shown.clashes] == [
        "Ít nhất 2 tham luận có lĩnh vực “Văn hóa”"
    ] or [str(each) for each in shown.clashes] == [
        "Nhiều nhất 5 phút",
        "Bắt buộc chọn tham luận Bài 9",
    ]
    assert shown.together


def test_a_speaker_who_does_not_come_is_replaced_like_a_withdrawn_speech(
    congress: Congress,
) -> None:
    speaker = a_delegate(congress, state="confirmed")
    speeches = [marked(congress, 9, delegate_id=speaker.id), *(marked(congress, m) for m in (8, 7))]
    run = run_of(congress, Wishes(budget=20))
    services.adopt(congress, run, seen=seen_of(congress, run), actor=ACTOR)
    assert selection_queries.shown(congress, run, {}).gone == ()
    speaker.state = "declined"
    db.session.commit()
    shown = selection_queries.shown(congress, run, {})
    assert shown.gone == (speeches[0],)
    assert shown.change is not None
    assert (shown.change.added, shown.change.dropped) == ((str(speeches[2].id),), ())
    services.replace(congress, run, shown.change, seen=seen_of(congress, run), actor=ACTOR)
    assert states(*speeches) == ["reserve", "selected", "selected"]


def test_what_was_heard_already_stays_when_another_declines(congress: Congress) -> None:
    speeches = [marked(congress, mark) for mark in (9, 8, 7)]
    run = run_of(congress, Wishes(budget=20))
    services.adopt(congress, run, seen=seen_of(congress, run), actor=ACTOR)
    for state in ("scheduled", "delivered"):
        speech_services.decide(congress, speeches[0], state, seen=speeches[0].version, actor=ACTOR)
    speech_services.decide(
        congress, speeches[1], "withdrawn", seen=speeches[1].version, actor=ACTOR
    )
    change = selection_queries.change_of(congress, run)
    assert change is not None
    assert change.chosen == (str(speeches[0].id), str(speeches[2].id))
    services.replace(congress, run, change, seen=seen_of(congress, run), actor=ACTOR)
    assert states(*speeches) == ["delivered", "withdrawn", "selected"]


def test_a_search_that_ends_after_the_closing_keeps_no_answer(congress: Congress) -> None:
    marked(congress, 8)
    body = selection_queries.problem_body(congress, Wishes(budget=20))
    run = services.store_run(congress, body, actor=ACTOR)
    with transaction():
        congress.state = "closed"
    with pytest.raises(RuleViolation) as raised:
        services.answer_run(run.id, {"chosen": []})
    db.session.expire_all()
    kept = db.session.get_one(SpeechRun, run.id).answer
    assert (raised.value.code, kept) == ("congress_closed", None)
