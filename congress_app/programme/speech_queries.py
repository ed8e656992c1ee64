"""Speeches with their units and speakers, the call, files, reviews, and runs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from congress_app.audit.models import Entry
from congress_app.congresses.models import Congress
from congress_app.database import db
from congress_app.delegates.models import Delegate, Person
from congress_app.kernel.permissions import Actor, Permission
from congress_app.programme.models import Speech
from congress_app.programme.review import SHEET, SPREAD, Criterion, Review, Score, Sheet, levelled
from congress_app.programme.speech_models import (
    ReviewSheet,
    SpeechCall,
    SpeechFile,
    SpeechReview,
    SpeechRun,
)
from congress_app.programme.speech_states import DECIDED, HEARD
from congress_app.units.models import Unit

SHOWN_RUNS = 20


def register(congress: Congress, within: Sequence[str]) -> Sequence[Speech]:
    """The speeches of units inside `within`, in the order they came."""
    query = (
        select(Speech)
        .outerjoin(Unit, Speech.unit_id == Unit.id)
        .where(Speech.congress_id == congress.id)
        .order_by(Speech.id)
        .options(
            joinedload(Speech.unit),
            joinedload(Speech.exemplar),
            joinedload(Speech.delegate).joinedload(Delegate.person),
        )
    )
    if tuple(within) != (congress.unit.path,):
        query = query.where(or_(*(Unit.path.startswith(path) for path in within)))
    return db.session.scalars(query).all()


def speech_within(congress: Congress, speech_id: int, within: Sequence[str]) -> Speech | None:
    """A speech of this congress, if its unit is inside `within`."""
    speech = db.session.get(Speech, speech_id)
    if speech is None or speech.congress_id != congress.id:
        return None
    if tuple(within) == (congress.unit.path,):
        return speech
    path = speech.unit.path if speech.unit else ""
    return speech if any(path.startswith(each) for each in within) else None


def call_of(congress_id: int) -> SpeechCall | None:
    """The call for speeches, if one was set."""
    return db.session.get(SpeechCall, congress_id)


def spread_of(congress_id: int) -> int:
    """From which distance judgements of one speech conflict."""
    call = call_of(congress_id)
    return call.spread if call else SPREAD


def files_of(congress_id: int) -> dict[int, dict[str, SpeechFile]]:
    """Files by speech and slot, without their bytes."""
    found: dict[int, dict[str, SpeechFile]] = {}
    for file in db.session.scalars(
        select(SpeechFile)
        .join(Speech, SpeechFile.speech_id == Speech.id)
        .where(Speech.congress_id == congress_id)
    ):
        found.setdefault(file.speech_id, {})[file.slot] = file
    return found


def file_of(speech: Speech, slot: str) -> SpeechFile | None:
    """The file in the slot; its bytes are read when asked for."""
    return db.session.scalar(
        select(SpeechFile).where(SpeechFile.speech_id == speech.id, SpeechFile.slot == slot)
    )


def reviews_of(congress_id: int) -> Sequence[SpeechReview]:
    """All reviews of a congress, by speech and reviewer."""
    return db.session.scalars(
        select(SpeechReview)
        .join(Speech, SpeechReview.speech_id == Speech.id)
        .where(Speech.congress_id == congress_id)
        .order_by(SpeechReview.speech_id, SpeechReview.reviewer_id)
    ).all()


def review_by(speech: Speech, reviewer_id: int | None) -> SpeechReview | None:
    """The reviewer's own review of a speech."""
    return db.session.scalar(
        select(SpeechReview).where(
            SpeechReview.speech_id == speech.id, SpeechReview.reviewer_id == reviewer_id
        )
    )


def scores_of(reviews: Iterable[SpeechReview], sheet: Sheet) -> dict[int, Score]:
    """Levelled scores by speech."""
    plain = [Review(each.reviewer_id, each.speech_id, each.marks) for each in reviews]
    return levelled(plain, sheet)[0]


def stored_sheet(congress_id: int) -> ReviewSheet | None:
    """What the congress's organisers made of the criteria, if they did."""
    return db.session.get(ReviewSheet, congress_id)


def sheet_of(congress_id: int) -> Sheet:
    """The criteria reviewers mark by: the congress's own, else the proposal."""
    stored = stored_sheet(congress_id)
    if stored is None:
        return SHEET
    criteria = tuple(
        Criterion(each["code"], each["title"], each["weight"]) for each in stored.criteria
    )
    return Sheet(criteria, stored.highest)


def is_marked(congress_id: int) -> bool:
    """Did anybody mark a speech of the congress?"""
    return any(review.marks for review in reviews_of(congress_id))


def is_own(congress: Congress, actor: Actor, speech: Speech) -> bool:
    """Is the speech of the reviewer's own unit?

    Own is the unit a grant stands at, and everything below it when that unit is below the
    congress's: a secretary of the province may judge its districts, one of a district not.
    """
    if speech.unit is None:
        return False
    mine, above = speech.unit.path, congress.unit.path
    return any(
        mine == grant.unit_path
        or (
            grant.unit_path.startswith(above)
            and grant.unit_path != above
            and mine.startswith(grant.unit_path)
        )
        for grant in actor.grants
    )


def may_read_files(congress: Congress, actor: Actor, speech: Speech) -> bool:
    """May the actor open text and slides?

    Until a speech is chosen they are for who offers speeches of its unit, who marks, and who
    makes the programme.
    """
    above = congress.unit.path
    own = speech.unit.path if speech.unit else above
    return (
        speech.state in HEARD
        or actor.can(Permission.PROGRAMME_EDIT, above)
        or actor.can(Permission.SPEECH_REVIEW, above)
        or actor.can(Permission.SPEECH_SUBMIT, own)
    )


def changed_after_seeing(congress_id: int) -> set[tuple[int, int]]:
    """Who changed his marks of which speech after others' were open to him: (speech, reviewer).

    The log tells: only such a change names the marks.
    """
    told = select(Entry.subject_id, Entry.actor_id, Entry.changes).where(
        Entry.action == "speech.review",
        Entry.subject_kind == "speech",
        Entry.subject_id.in_(select(Speech.id).where(Speech.congress_id == congress_id)),
    )
    return {
        (speech_id, actor_id)
        for speech_id, actor_id, changes in db.session.execute(told)
        if "marks" in changes
    }


def was_decided(speech: Speech) -> bool:
    """Was it decided on once, so that every reviewer could see its marks?"""
    decisions = select(Entry.changes).where(
        Entry.action == "speech.decide",
        Entry.subject_kind == "speech",
        Entry.subject_id == speech.id,
    )
    return any(
        changes.get("state", ("",))[-1] in DECIDED for changes in db.session.scalars(decisions)
    )


def runs_of(congress_id: int) -> Sequence[SpeechRun]:
    """The last runs of the selection, the newest first."""
    return db.session.scalars(
        select(SpeechRun)
        .where(SpeechRun.congress_id == congress_id)
        .order_by(SpeechRun.id.desc())
        .limit(SHOWN_RUNS)
    ).all()


def run_by_id(congress_id: int, run_id: int) -> SpeechRun | None:
    """A run, if it is of this congress."""
    run = db.session.get(SpeechRun, run_id)
    return run if run is not None and run.congress_id == congress_id else None


def adopted_run(congress_id: int) -> SpeechRun | None:
    """The run adopted last, if any."""
    return db.session.scalar(
        select(SpeechRun)
        .where(SpeechRun.congress_id == congress_id, SpeechRun.adopted_at.is_not(None))
        .order_by(SpeechRun.adopted_at.desc(), SpeechRun.id.desc())
        .limit(1)
    )


def speakers_within(
    congress: Congress, within: Sequence[str], states: Sequence[str]
) -> list[tuple[int, str]]:
    """Delegates of these units who may speak, by given name: id and "name (unit)"."""
    query = (
        select(Delegate.id, Person.full_name, Unit.name)
        .join(Person, Delegate.person_id == Person.id)
        .outerjoin(Unit, Person.unit_id == Unit.id)
        .where(Delegate.congress_id == congress.id, Delegate.state.in_(states))
        .order_by(Person.sort_key)
    )
    if tuple(within) != (congress.unit.path,):
        query = query.where(or_(*(Unit.path.startswith(path) for path in within)))
    return [
        (row[0], f"{row[1]} ({row[2]})" if row[2] else row[1]) for row in db.session.execute(query)
    ]
