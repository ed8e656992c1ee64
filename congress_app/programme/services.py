"""Build the programme; every act is one transaction."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from congress_app.audit.services import changed, record
from congress_app.congresses.models import Congress
from congress_app.database import Model, db
from congress_app.kernel import clock
from congress_app.kernel.errors import Conflict, RuleViolation
from congress_app.kernel.permissions import Actor
from congress_app.kernel.sentences import N_, Sentence
from congress_app.programme import outlines
from congress_app.programme.act_services import act
from congress_app.programme.conflict_queries import check_version, title_of
from congress_app.programme.facts import ItemFacts, SessionFacts
from congress_app.programme.models import Item, Session
from congress_app.programme.outlines import Outline, OutlineSession
from congress_app.programme.queries import item_by_id, timed

SESSION_IN_USE = N_(
    "Phiên này đã có lượt điểm danh hoặc người vắng có lý do nên không xóa được. "
    "Hãy sửa tên và giờ của phiên thay vì xóa."
)
ITEM_IN_USE = N_(
    "Nội dung này đã được điều hành trong ngày hội nghị nên không xóa được. "
    "Hãy sửa số phút hoặc bỏ qua nó ở trang Điều hành."
)
NOT_AN_ELECTION = N_("Chỉ công bố được kết quả của một nội dung bầu cử trong chương trình này.")
# Doors open an hour before a session starts and stay open for late-comers until it ends.
DOORS_BEFORE = timedelta(hours=1)


def start_from_outline(congress: Congress, outline: Outline, *, actor: Actor) -> list[Session]:
    """Fill an empty programme from an outline on the congress's day.

    Raises RuleViolation `no_date` without a day, Conflict `programme_exists` when there
    is a session already, so that nothing typed is overwritten.
    """
    with act(congress, "programme.start", outline.title, actor=actor):
        if congress.held_on is None:
            raise RuleViolation(
                "no_date",
                Sentence(N_("Hội nghị chưa có ngày tổ chức. Hãy ghi ngày ở trang Kế hoạch trước.")),
            )
        if db.session.scalar(select(Session.id).where(Session.congress_id == congress.id)):
            raise Conflict(
                "programme_exists",
                Sentence(
                    N_("Chương trình đã có phiên. Hãy sửa các phiên đang có hoặc xóa chúng trước.")
                ),
            )
        sessions = [
            _session_from(congress.id, position, line, congress.held_on)
            for position, line in enumerate(outline.sessions)
        ]
        db.session.add_all(sessions)
        db.session.flush()
        _link_results(sessions)
        for session in sessions:
            session.doors_close_at = timed(session).ends
        record(
            "programme.start",
            congress,
            {"outline": outline.key},
            actor=actor,
            unit_path=congress.unit.path,
        )
    return sessions


def _session_from(congress_id: int, position: int, line: OutlineSession, day: date) -> Session:
    starts = clock.from_venue(datetime.combine(day, line.starts))
    return Session(
        congress_id=congress_id,
        position=position,
        kind=line.kind,
        title=line.title,
        starts_at=starts,
        doors_open_at=starts - DOORS_BEFORE,
        doors_close_at=starts,
        items=[
            Item(
                position=place,
                kind=item.kind,
                title=item.title,
                minutes=item.minutes,
                parallel=item.parallel,
            )
            for place, item in enumerate(line.items, start=1)
        ],
    )


def _link_results(sessions: list[Session]) -> None:
    """Every announcement of the outline tells the result of the election before it."""
    items = [item for session in sessions for item in session.items]
    for place, election in outlines.announced([item.kind for item in items]).items():
        items[place].announces_id = items[election].id


def add_session(
    congress: Congress, facts: SessionFacts, *, actor: Actor, seen: str | None = None
) -> Session:
    """Add a session; its door must open before it closes."""
    with act(congress, "programme.session_add", facts.title, actor=actor, seen=seen):
        _check_doors(facts)
        session = Session(congress_id=congress.id, position=0, **_fields(facts))
        db.session.add(session)
        _tell("programme.session_add", session, congress, actor, {"title": facts.title})
    return session


def edit_session(
    congress: Congress,
    session: Session,
    facts: SessionFacts,
    version: int,
    *,
    actor: Actor,
    seen: str | None = None,
) -> None:
    """Change a session opened at `version`; Stale when somebody saved in between."""
    with act(congress, "programme.session_edit", facts.title, actor=actor, seen=seen):
        check_version(session, version, facts)
        _check_doors(facts)
        _assign(session, facts)
        _tell("programme.session_edit", session, congress, actor, changed(session))


def remove_session(
    congress: Congress, session: Session, *, actor: Actor, seen: str | None = None
) -> None:
    """Remove a session with its items.

    Raises RuleViolation `session_in_use` once somebody was scanned or excused in it: who
    was there stays on record. Those tables belong to later chapters and point here, so the
    database is what refuses.
    """
    try:
        with act(congress, "programme.session_remove", session.title, actor=actor, seen=seen):
            _tell("programme.session_remove", session, congress, actor, {"title": session.title})
            db.session.delete(session)
            db.session.flush()
    except IntegrityError as error:
        raise RuleViolation("session_in_use", Sentence(SESSION_IN_USE)) from error


def add_item(
    congress: Congress,
    session: Session,
    facts: ItemFacts,
    *,
    actor: Actor,
    seen: str | None = None,
) -> Item:
    """Add an item at the end of a session."""
    with act(congress, "programme.item_add", facts.title, actor=actor, seen=seen):
        _check_link(congress, facts)
        last = max((item.position for item in session.items), default=0)
        item = Item(session=session, position=last + 1, **_fields(facts))
        db.session.add(item)
        _tell("programme.item_add", item, congress, actor, {"title": facts.title})
    return item


def edit_item(
    congress: Congress,
    item: Item,
    facts: ItemFacts,
    version: int,
    *,
    actor: Actor,
    seen: str | None = None,
) -> None:
    """Change an item opened at `version`; Stale when somebody saved in between."""
    with act(congress, "programme.item_edit", facts.title, actor=actor, seen=seen):
        _check_link(congress, facts)
        check_version(item, version, facts)
        _assign(item, facts)
        _tell("programme.item_edit", item, congress, actor, changed(item))


def remove_item(congress: Congress, item: Item, *, actor: Actor, seen: str | None = None) -> None:
    """Remove an item; the rest moves up in time.

    Raises RuleViolation `item_in_use` once the day has acted on it.
    """
    title = title_of(item)
    try:
        with act(congress, "programme.item_remove", title, actor=actor, seen=seen):
            _tell("programme.item_remove", item, congress, actor, {"title": title})
            db.session.delete(item)
            db.session.flush()
    except IntegrityError as error:
        raise RuleViolation("item_in_use", Sentence(ITEM_IN_USE)) from error


def _fields(facts: object) -> dict[str, object]:
    return dict(vars(facts))


def _assign(row: Model, facts: object) -> None:
    for name, value in vars(facts).items():
        setattr(row, name, value)


def _check_link(congress: Congress, facts: ItemFacts) -> None:
    if facts.announces_id is None:
        return
    election = item_by_id(congress.id, facts.announces_id)
    if election is None or election.kind != "election":
        raise RuleViolation("announces", Sentence(NOT_AN_ELECTION))


def _check_doors(facts: SessionFacts) -> None:
    if facts.doors_open_at >= facts.doors_close_at:
        raise RuleViolation(
            "doors", Sentence(N_("Cửa điểm danh phải mở trước khi đóng. Hãy sửa hai giờ này."))
        )


def _tell(
    action: str, row: Model, congress: Congress, actor: Actor, changes: dict[str, object]
) -> None:
    record(action, row, changes, actor=actor, unit_path=congress.unit.path)
