"""Build the programme; every act is one transaction."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from congress_app.audit.services import changed, record
from congress_app.congresses.models import Congress
from congress_app.congresses.services import pulse
from congress_app.database import Model, db, transaction
from congress_app.kernel import clock
from congress_app.kernel.errors import Conflict, RuleViolation, Stale
from congress_app.kernel.permissions import Actor
from congress_app.kernel.sentences import N_, Sentence
from congress_app.programme.facts import ItemFacts, SessionFacts
from congress_app.programme.models import Item, Session
from congress_app.programme.outlines import Outline, OutlineSession
from congress_app.programme.queries import timed

# The fields a person compares when two people saved the same thing.
LABELS = {
    "title": N_("Tên"),
    "minutes": N_("Số phút"),
    "presenter": N_("Người thực hiện"),
    "script": N_("Lời dẫn"),
    "pinned_at": N_("Ghim giờ bắt đầu"),
    "hall": N_("Hội trường"),
    "starts_at": N_("Bắt đầu"),
    "doors_open_at": N_("Mở cửa điểm danh"),
    "doors_close_at": N_("Đóng cửa điểm danh"),
}
SESSION_IN_USE = N_(
    "Phiên này đã có lượt điểm danh hoặc người vắng có lý do nên không xóa được. "
    "Hãy sửa tên và giờ của phiên thay vì xóa."
)
# Doors open an hour before a session starts and stay open for late-comers until it ends.
DOORS_BEFORE = timedelta(hours=1)


def start_from_outline(congress: Congress, outline: Outline, *, actor: Actor) -> list[Session]:
    """Fill an empty programme from an outline on the congress's day.

    Raises RuleViolation `no_date` without a day, Conflict `programme_exists` when there
    is a session already, so that nothing typed is overwritten.
    """
    with transaction():
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
        for session in sessions:
            session.doors_close_at = timed(session).ends
        record(
            "programme.start",
            congress,
            {"outline": outline.key},
            actor=actor,
            unit_path=congress.unit.path,
        )
        pulse(congress.id)
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
            Item(position=place, kind=item.kind, title=item.title, minutes=item.minutes)
            for place, item in enumerate(line.items, start=1)
        ],
    )


def add_session(congress: Congress, facts: SessionFacts, *, actor: Actor) -> Session:
    """Add a session; its door must open before it closes."""
    with transaction():
        _check_doors(facts)
        session = Session(congress_id=congress.id, position=0, **_fields(facts))
        db.session.add(session)
        _tell("programme.session_add", session, congress, actor, {"title": facts.title})
        return session


def edit_session(
    congress: Congress, session: Session, facts: SessionFacts, version: int, *, actor: Actor
) -> None:
    """Change a session opened at `version`; Stale when somebody saved in between."""
    with transaction():
        _check_version(session, version, facts)
        _check_doors(facts)
        _assign(session, facts)
        _tell("programme.session_edit", session, congress, actor, changed(session))


def remove_session(congress: Congress, session: Session, *, actor: Actor) -> None:
    """Remove a session with its items.

    Raises RuleViolation `session_in_use` once somebody was scanned or excused in it: who
    was there stays on record. Those tables belong to later chapters and point here, so the
    database is what refuses.
    """
    try:
        with transaction():
            _tell("programme.session_remove", session, congress, actor, {"title": session.title})
            db.session.delete(session)
            db.session.flush()
    except IntegrityError as error:
        raise RuleViolation("session_in_use", Sentence(SESSION_IN_USE)) from error


def add_item(congress: Congress, session: Session, facts: ItemFacts, *, actor: Actor) -> Item:
    """Add an item at the end of a session."""
    with transaction():
        last = max((item.position for item in session.items), default=0)
        item = Item(session=session, position=last + 1, **_fields(facts))
        db.session.add(item)
        _tell("programme.item_add", item, congress, actor, {"title": facts.title})
        return item


def edit_item(
    congress: Congress, item: Item, facts: ItemFacts, version: int, *, actor: Actor
) -> None:
    """Change an item opened at `version`; Stale when somebody saved in between."""
    with transaction():
        _check_version(item, version, facts)
        _assign(item, facts)
        _tell("programme.item_edit", item, congress, actor, changed(item))


def move_item(congress: Congress, item: Item, step: int, *, actor: Actor) -> None:
    """Move an item `step` places within its session; at the edge it stays."""
    with transaction():
        items = list(item.session.items)
        place = items.index(item)
        target = min(max(place + step, 0), len(items) - 1)
        items.insert(target, items.pop(place))
        for position, each in enumerate(items, start=1):
            each.position = position
        _tell("programme.item_move", item, congress, actor, {"from": place + 1, "to": target + 1})


def remove_item(congress: Congress, item: Item, *, actor: Actor) -> None:
    """Remove an item; the rest moves up in time."""
    with transaction():
        _tell("programme.item_remove", item, congress, actor, {"title": item.title})
        db.session.delete(item)


def _fields(facts: object) -> dict[str, object]:
    return dict(vars(facts))


def _assign(row: Model, facts: object) -> None:
    for name, value in vars(facts).items():
        setattr(row, name, value)


def _check_version(row: Session | Item, version: int, facts: object) -> None:
    """Stale, with both values of every field that differs, when the row moved on."""
    if row.version == version:
        return
    template = N_("{field}: đang lưu “{stored}”, bạn nhập “{typed}”.")
    differences = [
        Sentence(template, field=Sentence(LABELS[name]), stored=_words(stored), typed=_words(typed))
        for name, typed in vars(facts).items()
        if name in LABELS and (stored := getattr(row, name)) != typed
    ]
    raise Stale(differences, version=row.version)


def _words(value: object) -> str:
    if isinstance(value, datetime):
        return clock.at_venue(value).strftime("%H:%M %d/%m/%Y")
    return "" if value is None else str(value)


def _check_doors(facts: SessionFacts) -> None:
    if facts.doors_open_at >= facts.doors_close_at:
        raise RuleViolation(
            "doors", Sentence(N_("Cửa điểm danh phải mở trước khi đóng. Hãy sửa hai giờ này."))
        )


def _tell(
    action: str, row: Model, congress: Congress, actor: Actor, changes: dict[str, object]
) -> None:
    record(action, row, changes, actor=actor, unit_path=congress.unit.path)
    pulse(congress.id)
