"""States and errors of jobs, as data."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from congress_app.jobs import outcome
from congress_app.jobs.outcome import State
from congress_app.kernel.errors import RuleViolation
from congress_app.kernel.sentences import Sentence

AT = datetime(2020, 6, 15, 1, 0, tzinfo=UTC)


def test_unfinished_work_is_interrupted_after_a_minute_of_silence():
    for stored in ("waiting", "running"):
        assert outcome.state_now(stored, AT, AT + timedelta(seconds=60)) == State(stored)
        assert outcome.state_now(stored, AT, AT + timedelta(seconds=61)) == State.INTERRUPTED


def test_durable_work_only_waits_for_another_process():
    late = AT + timedelta(seconds=61)
    assert outcome.state_now("running", AT, late, durable=True) == State.WAITING


def test_a_heartbeat_from_the_future_is_no_sign_of_life():
    assert not outcome.is_silent(AT + timedelta(seconds=60), AT)
    assert outcome.is_silent(AT + timedelta(seconds=61), AT)


def test_only_durable_work_that_ended_without_a_result_may_be_repeated():
    repeatable = [state for state in State if outcome.may_be_repeated(state, durable=True)]
    assert repeatable == [State.FAILED, State.CANCELLED]
    assert not any(outcome.may_be_repeated(state, durable=False) for state in State)


def test_finished_work_stays_finished():
    for stored in ("done", "failed"):
        assert outcome.state_now(stored, AT, AT + timedelta(days=3)) == State(stored)


def test_every_state_has_words():
    assert set(outcome.STATE_LABELS) == set(State)
    assert [outcome.is_over(state) for state in State] == [False, False, True, True, True, True]


def test_an_error_survives_as_json_and_is_translated_by_its_reader():
    error = RuleViolation(
        "over_cap",
        Sentence(
            "Đã có {used}/{cap} đại biểu ở {place}.", used=300, cap=300, place=Sentence("Hà Nội")
        ),
        ["chữ thường", Sentence("Dòng {row}", row=7), {"row": 9, "message": "sai"}],
    )
    kept = json.loads(json.dumps(outcome.error_as_data(error)))
    assert outcome.error_sentence(kept) == error.sentence
    assert outcome.error_details(kept) == list(error.details)
    english = {
        "Đã có {used}/{cap} đại biểu ở {place}.": "{used} of {cap} at {place}.",
        "Hà Nội": "Hanoi",
    }
    sentence = outcome.error_sentence(kept)
    assert sentence is not None
    assert sentence.render(lambda text: english.get(text, text)) == "300 of 300 at Hanoi."


def test_a_result_without_an_error():
    assert outcome.error_sentence({"created": 3}) is None
    assert outcome.error_details({"created": 3}) == []


def test_an_unforeseen_error_says_what_to_do():
    kept = outcome.unforeseen_as_data()
    assert outcome.error_sentence(kept) == outcome.UNFORESEEN
    assert kept["error"]["code"] == "internal"


params = st.dictionaries(
    st.from_regex(r"p[a-z]{0,6}", fullmatch=True), st.text() | st.integers() | st.none(), max_size=3
)


@given(params)
def test_any_sentence_comes_back_as_it_went(values):
    template = " ".join("{" + name + "}" for name in values)
    error = RuleViolation("x", Sentence(template, **values))
    assert outcome.error_sentence(outcome.error_as_data(error)) == error.sentence
