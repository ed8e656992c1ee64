"""Run the day: each act is added to those before it; the rest of a day follows on request."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from congress_app.audit.services import record
from congress_app.congresses.models import Congress
from congress_app.congresses.services import pulse
from congress_app.database import db, transaction
from congress_app.kernel import clock
from congress_app.kernel.errors import Conflict, RuleViolation
from congress_app.kernel.permissions import Actor
from congress_app.kernel.sentences import N_, Sentence
from congress_app.programme import (
    act_services,
    day_queries,
    queries,
    release_queries,
    release_services,
    running,
    speech_services,
)
from congress_app.programme.day_models import DayAct
from congress_app.programme.day_proposal import Proposal
from congress_app.programme.models import Item, Session, Speech
from congress_app.programme.running import (
    ACT_LABELS,
    STATE_LABELS,
    Act,
    ActKind,
    Run,
    RunState,
    may,
)
from congress_app.programme.speech_states import may_become

NOT_NOW = N_("“{title}” đang ở trạng thái “{state}” nên không {act} được. Hãy xem lại kịch bản.")
ONLY_WAITING = N_("Chỉ đổi chỗ được hai nội dung chưa bắt đầu của cùng một phiên.")
NOTHING_TO_TAKE_BACK = N_("Thao tác cuối cùng không hoàn tác được.")
MOVED_ON = N_("Hội nghị đã có diễn biến mới sau khi bạn mở đề xuất. Hãy xem đề xuất mới.")
OTHERS_CHANGED = N_(
    "Chương trình đã được người khác sửa sau khi bạn mở trang này, nên chưa ghi và chưa công bố "
    "gì. Hãy xem các thay đổi ở trang “Công bố chương trình” rồi chấp nhận lại, hoặc bỏ đánh dấu "
    "công bố ngay."
)
# Acts on one item that the run sheet offers as such.
ON_AN_ITEM = (
    ActKind.START,
    ActKind.PAUSE,
    ActKind.RESUME,
    ActKind.STOP,
    ActKind.SKIP,
    ActKind.RESTORE,
)


def act(congress: Congress, item: Item, kind: ActKind, *, actor: Actor) -> DayAct:
    """Do one act to an item now; whatever runs on the line ends when the next one starts.

    Raises RuleViolation `not_now` when the item is in another state by then: of two
    secretaries who press at once, the second is told.
    """
    with transaction():
        acts = _locked(congress)
        run = running.fold(day_queries.plain(acts)).get(item.id, Run())
        if not may(kind, run.state):
            raise RuleViolation(
                "not_now",
                Sentence(
                    NOT_NOW,
                    title=day_queries.title_of(item),
                    state=Sentence(STATE_LABELS[run.state]),
                    act=Sentence(ACT_LABELS[kind]),
                ),
            )
        if kind is ActKind.START and not item.parallel:
            _end_what_runs(congress, item, acts, actor)
        return _add(congress, item, kind, actor)


def swap(congress: Congress, first: Item, second: Item, *, actor: Actor) -> DayAct:
    """Let two items of a session that both wait change places; pinned places stay pinned.

    Raises RuleViolation `only_waiting`. The draft changes; screens follow with a release.
    """
    with transaction():
        runs = running.fold(day_queries.plain(_locked(congress)))
        states = {runs.get(item.id, Run()).state for item in (first, second)}
        if first.session_id != second.session_id or first.id == second.id:
            raise RuleViolation("only_waiting", Sentence(ONLY_WAITING))
        if states != {RunState.WAITING}:
            raise RuleViolation("only_waiting", Sentence(ONLY_WAITING))
        titles = f"{day_queries.title_of(first)} ⇄ {day_queries.title_of(second)}"
        with act_services.act(congress, "day.swap", titles, actor=actor):
            first.position, second.position = second.position, first.position
            first.pinned_at, second.pinned_at = second.pinned_at, first.pinned_at
        return _add(congress, first, ActKind.SWAP, actor, title=titles)


def take_back(congress: Congress, *, actor: Actor) -> DayAct:
    """Undo the last act by another one; RuleViolation `nothing_to_take_back`."""
    with transaction():
        acts = _locked(congress)
        last = running.last_to_take_back(day_queries.plain(acts))
        item = db.session.get(Item, last.item) if last and last.item else None
        if last is None or item is None:
            raise RuleViolation("nothing_to_take_back", Sentence(NOTHING_TO_TAKE_BACK))
        if last.kind == ActKind.STOP and item.speech is not None:
            _move_speech(congress, item.speech, ("scheduled",), actor)
        return _add(congress, item, ActKind.TAKE_BACK, actor, corrects=last)


def accept(
    congress: Congress,
    session: Session,
    *,
    looked_at: datetime,
    absorb: bool,
    seen: str,
    release: str | None,
    actor: Actor,
) -> Proposal:
    """Write the proposal into the programme, and release it when asked.

    `looked_at` and `seen` are the instant and fingerprint of the proposal that was shown;
    Conflict `moved_on` when the day or the programme gives another one by now. `release` is
    the fingerprint of the draft as it stood beside it: what others change of it goes out too,
    so Conflict `changed_meanwhile` at another one. None releases nothing.
    """
    with transaction():
        _locked(congress)
        db.session.expire_all()
        proposal = day_queries.proposal_for(queries.timed(session), looked_at, absorb=absorb)
        if proposal.fingerprint != seen:
            raise Conflict("moved_on", Sentence(MOVED_ON))
        if release is not None and release != release_queries.draft_of(congress.id).fingerprint:
            raise Conflict("changed_meanwhile", Sentence(OTHERS_CHANGED))
        with act_services.act(congress, "day.accept", session.title, actor=actor):
            _write(session, proposal)
            record("day.accept", session, actor=actor, unit_path=congress.unit.path)
        draft = release_queries.draft_of(congress.id)
        if release is not None and draft.is_new:
            release_services.release(congress, seen=draft.fingerprint, actor=actor)
        return proposal


def _write(session: Session, proposal: Proposal) -> None:
    items = {item.id: item for item in session.items}
    for key in proposal.removed:
        db.session.delete(items.pop(key))
    for change in proposal.changes:
        item = items[change.key]
        item.position, item.minutes = change.position, change.minutes
        item.pinned_at = change.pinned_at
    db.session.flush()


def _locked(congress: Congress) -> list[DayAct]:
    """The acts so far; whoever acts on the same congress meanwhile waits."""
    row = select(Congress.id).where(Congress.id == congress.id)
    db.session.execute(row.with_for_update(key_share=True)).one()
    return list(day_queries.acts_of(congress.id))


def _end_what_runs(congress: Congress, item: Item, acts: list[DayAct], actor: Actor) -> None:
    runs = running.fold(day_queries.plain(acts))
    for other in item.session.items:
        if runs.get(other.id, Run()).is_open and not other.parallel:
            _add(congress, other, ActKind.STOP, actor)


def _add(
    congress: Congress,
    item: Item,
    kind: ActKind,
    actor: Actor,
    *,
    title: str | None = None,
    corrects: Act | None = None,
) -> DayAct:
    row = DayAct(
        congress_id=congress.id,
        item_id=item.id,
        title=title or day_queries.title_of(item),
        kind=kind.value,
        at=clock.now(),
        by=actor.display_name,
        corrects_id=corrects.id if corrects else None,
    )
    if kind is ActKind.START:
        slots = {each.item.id: each.slot for each in queries.timed(item.session).items}
        row.planned_at, row.planned_minutes = slots[item.id].starts, item.minutes
    if kind is ActKind.STOP and item.speech is not None:
        _move_speech(congress, item.speech, ("scheduled", "delivered"), actor)
    db.session.add(row)
    record(f"day.{kind.value}", item, actor=actor, unit_path=congress.unit.path, name=row.title)
    pulse(congress.id)
    return row


def _move_speech(congress: Congress, speech: Speech, states: tuple[str, ...], actor: Actor) -> None:
    """Along the life of a speech, over the steps that are open to it."""
    for state in states:
        if may_become(speech.state, state):
            db.session.flush()
            seen = speech.version
            speech_services.decide(congress, speech, state, seen=seen, actor=actor)
