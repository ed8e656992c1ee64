"""Keep the list of speakers: enter, call the next one, end, take off."""

from __future__ import annotations

from sqlalchemy import select

from congress_app.audit.services import record
from congress_app.checkin import speaking_queries
from congress_app.checkin.speaking_models import SpeakingTurn
from congress_app.congresses.models import Congress
from congress_app.congresses.services import pulse
from congress_app.database import db, transaction
from congress_app.delegates.models import Delegate
from congress_app.kernel import clock
from congress_app.kernel.errors import RuleViolation
from congress_app.kernel.permissions import Actor
from congress_app.kernel.sentences import N_, Sentence
from congress_app.programme.models import Session

NOBODY = N_("Không tìm thấy đại biểu nào theo “{text}”. Hãy quét thẻ hoặc nhập số đại biểu.")
SEVERAL = N_("Có nhiều đại biểu theo “{text}”. Hãy quét thẻ hoặc nhập số đại biểu.")
ONE_OF = N_("{number}: {name}")
NOT_PRESENT = N_("{name} chưa điểm danh vào phiên này nên chưa ghi vào danh sách phát biểu được.")
WAITS_ALREADY = N_("{name} đã có trong danh sách phát biểu.")
NOBODY_WAITS = N_("Không còn ai có mặt đang chờ phát biểu.")


def enter(
    congress: Congress, session: Session, text: str, queue: int, *, actor: Actor
) -> SpeakingTurn:
    """Put whoever is meant by a badge's code, a number or a name at the end of a queue.

    Raises RuleViolation `nobody_meant`, `several_meant`, `not_present`, `waits_already`.
    """
    with transaction():
        _lock(congress)
        delegate = _the_one(congress, text)
        name = delegate.person.full_name
        if delegate.id not in speaking_queries.present_in(session.id):
            raise RuleViolation("not_present", Sentence(NOT_PRESENT, name=name))
        if _waits(session, delegate):
            raise RuleViolation("waits_already", Sentence(WAITS_ALREADY, name=name))
        turn = SpeakingTurn(
            session_id=session.id,
            delegate_id=delegate.id,
            queue=queue,
            asked_at=clock.now(),
            entered_by=actor.display_name,
        )
        db.session.add(turn)
        _tell("speaking.enter", turn, congress, actor, name)
        return turn


def call_next(congress: Congress, session: Session, *, actor: Actor) -> SpeakingTurn:
    """Give the floor to the next one in turn; whoever speaks has ended.

    Raises RuleViolation `nobody_waits` when nobody who waits is in the hall.
    """
    with transaction():
        _lock(congress)
        db.session.expire_all()
        found = speaking_queries.speakers_list(session.id)
        first = next((place.turn for place in found.waiting if place.place == 1), None)
        if first is None:
            raise RuleViolation("nobody_waits", Sentence(NOBODY_WAITS))
        if found.speaking is not None:
            found.speaking.ended_at = clock.now()
        first.called_at = clock.now()
        _tell("speaking.call", first, congress, actor, first.delegate.person.full_name)
        return first


def end(congress: Congress, turn: SpeakingTurn, *, actor: Actor) -> None:
    """The speaker has ended, or one who waits is taken off; done twice it stays as it was."""
    with transaction():
        _lock(congress)
        db.session.refresh(turn)
        if turn.ended_at is None:
            turn.ended_at = clock.now()
            _tell("speaking.end", turn, congress, actor, turn.delegate.person.full_name)


def _the_one(congress: Congress, text: str) -> Delegate:
    found = speaking_queries.meant(congress, text)
    if not found:
        raise RuleViolation("nobody_meant", Sentence(NOBODY, text=text))
    if len(found) > 1:
        shown = found[: speaking_queries.MOST_FOUND]
        details = [
            Sentence(ONE_OF, number=one.number or "–", name=one.person.full_name) for one in shown
        ]
        raise RuleViolation("several_meant", Sentence(SEVERAL, text=text), details)
    return found[0]


def _waits(session: Session, delegate: Delegate) -> bool:
    open_turn = select(SpeakingTurn.id).where(
        SpeakingTurn.session_id == session.id,
        SpeakingTurn.delegate_id == delegate.id,
        SpeakingTurn.ended_at.is_(None),
    )
    return db.session.scalar(open_turn) is not None


def _lock(congress: Congress) -> None:
    """Two secretaries take turns: who is next is decided by one at a time."""
    row = select(Congress.id).where(Congress.id == congress.id)
    db.session.execute(row.with_for_update(key_share=True)).one()


def _tell(action: str, turn: SpeakingTurn, congress: Congress, actor: Actor, name: str) -> None:
    record(action, turn, actor=actor, unit_path=congress.unit.path, name=name)
    pulse(congress.id)
