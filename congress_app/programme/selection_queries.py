"""What a selection is asked, and a stored run as the page shows it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from hashlib import sha256
from typing import Any

from congress_app.congresses.models import Congress
from congress_app.jobs.outcome import error_as_data, error_details, error_sentence
from congress_app.kernel.errors import DomainError, RuleViolation
from congress_app.kernel.sentences import Sentence
from congress_app.programme import speech_queries
from congress_app.programme.models import Speech
from congress_app.programme.review import NO_SCORE
from congress_app.programme.selection.clashes import DROPPED, RELAXED
from congress_app.programme.selection.problem import Problem
from congress_app.programme.selection.reading import read_problem
from congress_app.programme.selection.repair import Change, smallest_change
from congress_app.programme.selection.rules import named
from congress_app.programme.selection.wishes import Entry, Wishes, body_of
from congress_app.programme.speech_models import SpeechRun
from congress_app.programme.speech_states import CHOSEN, OPEN, SPEAKER_GONE

# A page waits for the smallest change: it must come at once or not at all.
CHANGE_SECONDS = 2.0


@dataclass(frozen=True)
class Shown:
    """A run with the speeches its ids stand for."""

    run: SpeechRun
    speeches: Mapping[str, Speech]
    scores: Mapping[str, float]
    chosen: tuple[Speech, ...]
    gone: tuple[Speech, ...]
    change: Change | None
    refusal: Sentence | None
    clashes: tuple[Sentence, ...]
    relaxations: tuple[Sentence, ...]
    together: bool
    seen: str


def fingerprint(run: SpeechRun, speeches: Iterable[Speech]) -> str:
    """Tells what a plan is decided on: the speeches it was asked about as they stand, and
    whether it was adopted; 16 hexadecimal digits.
    """
    asked = {int(each["id"]) for each in run.problem["speeches"]}
    stand = sorted((each.id, each.version) for each in speeches if each.id in asked)
    return sha256(repr((run.adopted_at, stand)).encode()).hexdigest()[:16]


def entries_of(congress: Congress) -> list[Entry]:
    """The speeches a selection may choose from, with their levelled scores."""
    scores = speech_queries.scores_of(
        speech_queries.reviews_of(congress.id), speech_queries.sheet_of(congress.id)
    )
    found = []
    for speech in speech_queries.register(congress, (congress.unit.path,)):
        if speech.state not in OPEN:
            continue
        score = scores.get(speech.id, NO_SCORE)
        found.append(
            Entry(speech.id, speech.minutes, score.score, score.is_complete, _marks(speech))
        )
    return found


def _marks(speech: Speech) -> dict[str, str | None]:
    person = speech.delegate.person if speech.delegate else None
    return {
        "unit": str(speech.unit_id) if speech.unit_id else None,
        "level": speech.unit.kind if speech.unit else None,
        "field": speech.field,
        "region": speech.region,
        "topic": speech.topic,
        "kind": speech.kind,
        "sex": person.sex if person else None,
    }


def problem_body(congress: Congress, wishes: Wishes) -> dict[str, Any]:
    """The selection file of these rules for this congress, with the criteria of the scores."""
    sheet = speech_queries.sheet_of(congress.id)
    # The scores rest on these; the search itself does not read them.
    review = {
        "highest": sheet.highest,
        "criteria": [{"title": each.title, "weight": each.weight} for each in sheet.criteria],
    }
    return body_of(wishes, entries_of(congress)) | {"review": review}


def problem_of(body: Mapping[str, Any]) -> Problem:
    """A stored problem, read as a file is."""
    return read_problem(json.dumps(body).encode(), "run")


def refusal_as_data(error: DomainError) -> dict[str, Any]:
    """Why there is no plan, as a run keeps it: words are made anew for each reader."""
    facts = [
        {key: value for key, value in each.items() if key != "message"}
        for each in error.details
        if isinstance(each, Mapping)
    ]
    return error_as_data(RuleViolation(error.code, error.sentence, facts))


def shown(congress: Congress, run: SpeechRun, titles: Mapping[str, str]) -> Shown:
    """A run for its page; once adopted, with the change a declined speaker asks for.

    `titles` says what people call fields, regions and levels.
    """
    of_congress = speech_queries.register(congress, (congress.unit.path,))
    speeches = {str(speech.id): speech for speech in of_congress}
    answer = run.answer or {}
    chosen = tuple(speeches[name] for name in answer.get("chosen", ()) if name in speeches)
    gone = tuple(speech for speech in chosen if _is_gone(speech))
    change = change_of(congress, run) if run.adopted_at and gone else None
    scores = {each["id"]: each["score"] for each in run.problem["speeches"]}
    names = {**titles, **{name: speech.title for name, speech in speeches.items()}}
    details = [each for each in error_details(answer) if isinstance(each, dict)]
    return Shown(
        run,
        speeches,
        scores,
        chosen,
        gone,
        change,
        error_sentence(answer),
        tuple(_words(each, names) for each in details if each["kind"] == "clash"),
        tuple(_words(each, names) for each in details if each["kind"] == "relaxation"),
        any(each.get("together") for each in details),
        fingerprint(run, of_congress),
    )


def _is_gone(speech: Speech) -> bool:
    """Withdrawn or declined; or whoever was to speak does not come."""
    if speech.state == "delivered":
        return False
    speaker = speech.delegate.state if speech.delegate else None
    return speech.state in ("withdrawn", "declined") or speaker in SPEAKER_GONE


def _words(detail: Mapping[str, Any], names: Mapping[str, str]) -> Sentence:
    key, is_clash = detail["rule"], detail["kind"] == "clash"
    figure = detail["limit"] if is_clash else detail["to"]
    if is_clash:
        return named(key, _exact(figure), names)
    if figure is None:
        return Sentence(DROPPED, rule=named(key, _exact(detail["limit"]), names))
    return Sentence(RELAXED, rule=named(key, _exact(figure), names))


def _exact(figure: float | None) -> Fraction | None:
    return None if figure is None else Fraction(str(figure))


def change_of(congress: Congress, run: SpeechRun) -> Change | None:
    """The smallest change to an adopted plan whose speakers declined; None where none is."""
    of_congress = speech_queries.register(congress, (congress.unit.path,))
    state = {str(speech.id): speech.state for speech in of_congress}
    problem = problem_of(run.problem)
    # Whoever withdrew since, chosen or not, cannot stand in.
    gone = {str(speech.id) for speech in of_congress if _is_gone(speech)}
    out = [
        offer.id
        for offer in problem.offers
        if state.get(offer.id) not in (*OPEN, "delivered") or offer.id in gone
    ]
    # What was heard already stays in the plan: its minutes are spent.
    now = [name for name, each in state.items() if each in (*CHOSEN, "delivered")]
    known = {offer.id for offer in problem.offers}
    try:
        return smallest_change(
            problem, [name for name in now if name in known], out, CHANGE_SECONDS
        )
    except RuleViolation:
        return None
