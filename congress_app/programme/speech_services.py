"""The register of speeches: submit, change, decide, files, the call; one act each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time
from hashlib import sha256

from sqlalchemy import case, delete, select, update

from congress_app.audit.services import changed, record
from congress_app.congresses.models import Congress
from congress_app.congresses.services import pulse
from congress_app.database import db, transaction
from congress_app.delegates.models import Delegate
from congress_app.kernel import clock
from congress_app.kernel.errors import Forbidden, RuleViolation, Stale
from congress_app.kernel.permissions import Actor, Permission
from congress_app.kernel.sentences import N_, Sentence
from congress_app.programme import speech_files, speech_queries
from congress_app.programme.exemplar_services import check_exemplar
from congress_app.programme.facts import SpeechFacts
from congress_app.programme.models import Item, Speech
from congress_app.programme.speech_models import SpeechCall, SpeechFile
from congress_app.programme.speech_states import SPEECH_STATES, UNITS_OWN, may_become
from congress_app.programme.timetable import ITEM_KINDS
from congress_app.units.models import Unit

# The fields a person compares when two people saved the same thing.
LABELS = {
    "title": N_("Tên tham luận"),
    "minutes": N_("Số phút"),
    "topic": N_("Chủ đề"),
    "summary": N_("Tóm tắt"),
    "available_from": N_("Có mặt từ"),
    "available_until": N_("Có mặt đến"),
}
TOO_LATE = N_("Đã hết hạn gửi tham luận ({at}). Hãy đề nghị Ban tổ chức ghi giúp hoặc gia hạn.")
NOT_OPEN = N_("Tham luận đang ở trạng thái “{state}” nên đơn vị không sửa được nữa.")
CHANGED_MEANWHILE = N_(
    "Tham luận đã được người khác sửa từ lúc bạn mở trang; nay ở trạng thái “{state}”. "
    "Hãy mở lại danh mục, xem lại rồi quyết định."
)
FOREIGN_UNIT = N_("Bạn chỉ ghi được tham luận của đơn vị mình phụ trách. Hãy chọn đơn vị đó.")


def submit(
    congress: Congress, facts: SpeechFacts, *, within: Sequence[str], actor: Actor
) -> Speech:
    """Enter a speech for a unit inside `within`, before the call closes.

    Raises Forbidden `foreign_unit`; RuleViolation `call_closed`, `foreign_speaker`,
    `foreign_exemplar`; Conflict `exemplar_told`. Whoever edits the programme of the whole
    congress is bound by neither unit nor deadline.
    """
    with transaction():
        _check_unit(congress, facts.unit_id, within, actor)
        _check_call(congress, actor)
        _check_speaker(congress, facts.delegate_id)
        check_exemplar(congress, facts.exemplar_id, within=within)
        speech = Speech(
            congress_id=congress.id,
            submitted_at=clock.now(),
            submitted_by=actor.display_name,
            **vars(facts),
        )
        db.session.add(speech)
        _tell("speech.add", speech, congress, actor, {"title": facts.title})
        return speech


def edit(
    congress: Congress,
    speech: Speech,
    facts: SpeechFacts,
    version: int,
    *,
    within: Sequence[str],
    actor: Actor,
) -> None:
    """Change a speech opened at `version`; Stale when somebody saved in between."""
    with transaction():
        check_may_change(congress, speech, within=within, actor=actor)
        _check_version(speech, version, facts)
        _check_unit(congress, facts.unit_id, within, actor)
        _check_speaker(congress, facts.delegate_id)
        check_exemplar(congress, facts.exemplar_id, speech=speech, within=within)
        for name, value in vars(facts).items():
            setattr(speech, name, value)
        _tell("speech.edit", speech, congress, actor, changed(speech))


def withdraw(congress: Congress, speech: Speech, *, within: Sequence[str], actor: Actor) -> None:
    """The unit takes its speech back; also after the deadline, and from the programme."""
    with transaction():
        _check_unit(congress, speech.unit_id, within, actor)
        _move(congress, speech, "withdrawn", actor)


def decide(congress: Congress, speech: Speech, state: str, *, seen: int, actor: Actor) -> None:
    """Take a step in the life of a speech; one no longer chosen leaves the programme.

    `seen` is the version of the speech that was looked at; raises Stale at another one.
    """
    with transaction() as session:
        session.refresh(speech, with_for_update={"of": Speech})
        if speech.version != seen:
            now = Sentence(SPEECH_STATES[speech.state])
            raise Stale(version=speech.version, sentence=Sentence(CHANGED_MEANWHILE, state=now))
        _move(congress, speech, state, actor)


def decide_many(congress: Congress, steps: dict[int, str], *, actor: Actor) -> None:
    """As `decide` for several speeches by id, which the caller holds as they were looked at:
    the adoption of a plan.
    """
    with transaction():
        for speech in db.session.scalars(
            select(Speech).where(Speech.id.in_(steps)).order_by(Speech.id).with_for_update()
        ):
            if speech.state != steps[speech.id]:
                _move(congress, speech, steps[speech.id], actor)


def store_file(
    congress: Congress,
    speech: Speech,
    slot: str,
    data: bytes,
    *,
    within: Sequence[str],
    actor: Actor,
) -> SpeechFile:
    """Keep the text or the slides, in the place of what was there.

    Raises as `speech_files.kind_of` does, and when the speech may not be changed.
    """
    kind = speech_files.kind_of(data, slot)
    with transaction():
        # Of two who send a file at once the second waits, and its file is the one kept.
        db.session.scalars(
            select(Speech)
            .where(Speech.id == speech.id)
            .with_for_update()
            .execution_options(populate_existing=True)
        ).one()
        check_may_change(congress, speech, within=within, actor=actor)
        here = SpeechFile.speech_id == speech.id, SpeechFile.slot == slot
        before = db.session.scalar(select(SpeechFile.sha256).where(*here))
        db.session.execute(delete(SpeechFile).where(*here))
        file = SpeechFile(
            speech_id=speech.id,
            slot=slot,
            kind=kind,
            size=len(data),
            sha256=sha256(data).hexdigest(),
            stored_at=clock.now(),
            stored_by=actor.display_name,
            data=data,
        )
        db.session.add(file)
        told: dict[str, object] = {"file": f"{slot}.{kind}", "hash": [before, file.sha256]}
        _tell("speech.file", speech, congress, actor, told)
        return file


def set_call(
    congress: Congress, closes_at: datetime | None, spread: int, version: int, *, actor: Actor
) -> None:
    """Set the deadline of units and the spread of conflicting judgements; Stale as usual.

    `version` is 0 while there is no call yet.
    """
    with transaction():
        # There may be no row of the call to lock yet, so the congress stands for it.
        db.session.scalars(
            select(Congress.id).where(Congress.id == congress.id).with_for_update(key_share=True)
        ).one()
        call = speech_queries.call_of(congress.id)
        if (call.version if call else 0) != version:
            raise Stale(version=call.version if call else 0)
        if call is None:
            call = SpeechCall(congress_id=congress.id)
            db.session.add(call)
        call.closes_at = closes_at
        call.spread = spread
        told = {name: pair for name, pair in changed(call).items() if name != "congress_id"}
        record("speech.call", congress, told, actor=actor, unit_path=congress.unit.path)


def check_may_change(
    congress: Congress, speech: Speech, *, within: Sequence[str], actor: Actor
) -> None:
    """Raise unless the actor may change this speech now."""
    with transaction():
        if actor.can(Permission.PROGRAMME_EDIT, congress.unit.path):
            return
        _check_unit(congress, speech.unit_id, within, actor)
        _check_call(congress, actor)
        if speech.state not in UNITS_OWN:
            raise RuleViolation(
                "speech_not_open",
                Sentence(NOT_OPEN, state=Sentence(SPEECH_STATES[speech.state])),
            )


def _move(congress: Congress, speech: Speech, state: str, actor: Actor) -> None:
    if not may_become(speech.state, state):
        raise RuleViolation(
            "speech_state",
            Sentence(
                N_("Tham luận đang ở trạng thái “{now}” nên không chuyển sang “{then}” được."),
                now=Sentence(SPEECH_STATES[speech.state]),
                then=Sentence(SPEECH_STATES[state]),
            ),
        )
    speech.state = state
    # Asked before the statement below writes the row: afterwards nothing is left to compare.
    told = changed(speech)
    if state not in ("scheduled", "delivered"):
        held = update(Item).where(Item.speech_id == speech.id)
        # A name the item had only from its speech goes with it.
        title = case((Item.title == speech.title, ITEM_KINDS["speech"]), else_=Item.title)
        db.session.execute(held.values(speech_id=None, title=title))
    _tell("speech.decide", speech, congress, actor, told)


def _check_unit(
    congress: Congress, unit_id: int | None, within: Sequence[str], actor: Actor
) -> None:
    if actor.can(Permission.PROGRAMME_EDIT, congress.unit.path):
        return
    unit = db.session.get(Unit, unit_id) if unit_id else None
    if unit is None or not any(unit.path.startswith(path) for path in within):
        raise Forbidden("foreign_unit", Sentence(FOREIGN_UNIT))


def _check_call(congress: Congress, actor: Actor) -> None:
    if actor.can(Permission.PROGRAMME_EDIT, congress.unit.path):
        return
    call = speech_queries.call_of(congress.id)
    if call is not None and call.closes_at is not None and clock.now() > call.closes_at:
        at = clock.at_venue(call.closes_at).strftime("%H:%M %d/%m/%Y")
        raise RuleViolation("call_closed", Sentence(TOO_LATE, at=at))


def _check_version(speech: Speech, version: int, facts: SpeechFacts) -> None:
    if speech.version == version:
        return
    template = N_("{field}: đang lưu “{stored}”, bạn nhập “{typed}”.")
    differences = [
        Sentence(template, field=Sentence(label), stored=_words(stored), typed=_words(typed))
        for name, label in LABELS.items()
        if (stored := getattr(speech, name)) != (typed := getattr(facts, name))
    ]
    raise Stale(differences, version=speech.version)


def _words(value: object) -> str:
    return f"{value:%H:%M}" if isinstance(value, time) else str(value or "")


def _check_speaker(congress: Congress, delegate_id: int | None) -> None:
    delegate = db.session.get(Delegate, delegate_id) if delegate_id else None
    if delegate_id and (delegate is None or delegate.congress_id != congress.id):
        raise RuleViolation(
            "foreign_speaker",
            Sentence(N_("Người trình bày phải là đại biểu của hội nghị này.")),
        )


def _tell(
    action: str, speech: Speech, congress: Congress, actor: Actor, changes: dict[str, object]
) -> None:
    record(action, speech, changes, actor=actor, unit_path=congress.unit.path)
    pulse(congress.id)
