"""Every edit of a programme is one act: locked, previewed, kept with what it changed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from sqlalchemy import DateTime, select, update
from sqlalchemy.exc import IntegrityError

from congress_app.audit.services import record
from congress_app.congresses.models import Congress
from congress_app.congresses.services import pulse
from congress_app.database import Instant, Model, db, transaction
from congress_app.kernel import clock
from congress_app.kernel.errors import Conflict, RuleViolation
from congress_app.kernel.permissions import Actor
from congress_app.kernel.sentences import N_, Sentence
from congress_app.programme import act_queries, acts, ripple
from congress_app.programme.acts import Row, Rows
from congress_app.programme.models import Item, Session
from congress_app.programme.release_models import ProgrammeAct
from congress_app.programme.settling_services import settle_speeches

NOT_THE_LAST = N_(
    "Sau việc bạn muốn hoàn tác đã có người sửa tiếp chương trình. "
    "Hãy tải lại trang để thấy việc mới nhất rồi hoàn tác từng việc."
)
MOVED_ON = N_(
    "Nội dung của việc này đã được sửa ở nơi khác (ví dụ khi xếp tham luận), nên không hoàn tác "
    "được nữa. Hãy sửa trực tiếp trên chương trình."
)
IN_USE = N_(
    "Không hoàn tác được vì phiên hoặc nội dung này đã được dùng (điểm danh, điều hành). "
    "Hãy sửa trực tiếp trên chương trình."
)


@contextmanager
def act(
    congress: Congress, action: str, title: str, *, actor: Actor, seen: str | None = None
) -> Iterator[None]:
    """One edit in one transaction; the block writes the rows and the log.

    `seen` is the token of the ripple that was looked at, "" when none was; None asks for no
    look. Raises `ripple.Unseen` when the edit moves others and another ripple was seen.
    """
    with transaction() as session:
        lock(congress.id)
        before, lines = act_queries.snapshot(congress.id), act_queries.lines_of(congress.id)
        yield
        session.flush()
        settle_speeches(congress, actor=actor)
        after, new_lines = act_queries.snapshot(congress.id), act_queries.lines_of(congress.id)
        old_rows, new_rows = acts.difference(before, after)
        if seen is not None:
            _ask_to_look(lines, new_lines, old_rows, new_rows, seen)
        if old_rows:
            session.add(
                ProgrammeAct(
                    congress_id=congress.id,
                    at=clock.now(),
                    by=actor.display_name,
                    action=action,
                    title=title[:400],
                    before=old_rows,
                    after=new_rows,
                )
            )
            pulse(congress.id)
        session.expire_all()


def lock(congress_id: int) -> None:
    """Editors of one congress wait for each other; scans and other writers do not."""
    with transaction() as session:
        session.execute(
            select(Congress.id).where(Congress.id == congress_id).with_for_update(key_share=True)
        )
        session.expire_all()


def _ask_to_look(
    before: tuple[ripple.Line, ...],
    after: tuple[ripple.Line, ...],
    old_rows: Rows,
    new_rows: Rows,
    seen: str,
) -> None:
    typed = [acts.subject(key) for key in old_rows if _is_typed(old_rows[key], new_rows[key])]
    items = [number for kind, number in typed if kind == "item"]
    found = ripple.ripple(before, after)
    token = ripple.token(before, after)
    if seen != token and found.touches(items[0] if len(items) == 1 else None):
        raise ripple.Unseen(found, token)


def _is_typed(before: Row | None, after: Row | None) -> bool:
    """True when more than the place in the order changed."""
    if before is None or after is None:
        return True
    return before | {"position": 0} != after | {"position": 0}


def undo(congress: Congress, act_id: int, *, actor: Actor) -> str:
    """Put back what the last act changed; gives its title.

    Raises Conflict `not_the_last` when somebody acted after it, `moved_on` when its rows
    were changed outside the editor, RuleViolation `in_use` when a row cannot go any more.
    """
    try:
        with transaction() as session:
            lock(congress.id)
            last = act_queries.last_act(congress.id)
            if last is None or last.id != act_id:
                raise Conflict("not_the_last", Sentence(NOT_THE_LAST))
            if not acts.stands(act_queries.snapshot(congress.id), last.after):
                raise Conflict("moved_on", Sentence(MOVED_ON))
            title = last.title
            _put_back(congress.id, last.before)
            settle_speeches(congress, actor=actor)
            last.undone_at, last.undone_by = clock.now(), actor.display_name
            record(
                "programme.undo",
                congress,
                {"title": title},
                actor=actor,
                unit_path=congress.unit.path,
            )
            pulse(congress.id)
            session.flush()
            session.expire_all()
            return title
    except IntegrityError as error:
        raise RuleViolation("in_use", Sentence(IN_USE)) from error


def _put_back(congress_id: int, rows: Rows) -> None:
    """Sessions first, since items stand in them; links between items last."""
    ordered = sorted(rows.items(), key=lambda pair: not pair[0].startswith("session"))
    for key, row in ordered:
        kind, number = acts.subject(key)
        if row is not None:
            _write(congress_id, kind, number, row)
    db.session.flush()
    for key, row in ordered:
        kind, number = acts.subject(key)
        if kind == "item" and row is not None:
            _item(number).announces_id = row["announces_id"]
    db.session.flush()
    for key, row in reversed(ordered):
        kind, number = acts.subject(key)
        if row is None:
            db.session.delete(db.session.get_one(_MODELS[kind], number))
    db.session.flush()


_MODELS: dict[str, type[Session] | type[Item]] = {"session": Session, "item": Item}


def _item(number: int) -> Item:
    return db.session.get_one(Item, number)


def _write(congress_id: int, kind: str, number: int, row: Row) -> None:
    model = _MODELS[kind]
    values = {name: _read(model, name, value) for name, value in row.items()}
    values.pop("announces_id", None)
    stored = db.session.get(model, number)
    if stored is None:
        if kind == "session":
            values["congress_id"] = congress_id
        db.session.add(model(id=number, **values))
        db.session.flush()
        return
    place = values.pop("position")
    for name, value in values.items():
        setattr(stored, name, value)
    put(model, {number: place})


def _read(model: type[Model], name: str, value: Any) -> Any:
    column = model.__table__.columns[name]
    is_instant = isinstance(column.type, (Instant, DateTime))
    return datetime.fromisoformat(value) if is_instant and value is not None else value


def put(model: type[Session] | type[Item], places: dict[int, int]) -> None:
    """Give rows their places in the order.

    Not through the rows themselves: the place is not what somebody with an open form is
    typing, so it must not make that form stale.
    """
    with transaction() as session:
        for number, place in places.items():
            session.execute(
                update(model)
                .where(model.id == number)
                .values(position=place)
                .execution_options(synchronize_session="fetch")
            )
