"""The programme as snapshots and lines; the acts of its editors."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select

from congress_app.database import Model, db
from congress_app.programme.acts import Row, Snapshot
from congress_app.programme.models import Item, Session, Speech
from congress_app.programme.release_models import ProgrammeAct
from congress_app.programme.ripple import Line, Piece

# What the house itself counts is no part of what people typed.
_NOT_TYPED = ("id", "congress_id", "version")


def snapshot(congress_id: int) -> Snapshot:
    """Everything typed about the programme; two queries, nothing cached."""
    sessions = db.session.execute(
        select(Session.__table__).where(Session.congress_id == congress_id)
    ).mappings()
    items = db.session.execute(
        select(Item.__table__)
        .join(Session.__table__, Item.session_id == Session.id)
        .where(Session.congress_id == congress_id)
    ).mappings()
    return {f"session:{row['id']}": _plain(row, Session) for row in sessions} | {
        f"item:{row['id']}": _plain(row, Item) for row in items
    }


def _plain(row: Any, model: type[Model]) -> Row:
    typed = {
        column.name: row[column.name]
        for column in model.__table__.columns
        if column.name not in _NOT_TYPED
    }
    return {
        name: value.isoformat() if isinstance(value, datetime) else value
        for name, value in typed.items()
    }


def lines_of(congress_id: int) -> tuple[Line, ...]:
    """The programme as it counts in time, sessions in order; two queries, nothing cached."""
    sessions = db.session.execute(
        select(Session.id, Session.title, Session.starts_at, Session.hall)
        .where(Session.congress_id == congress_id)
        .order_by(Session.starts_at, Session.position, Session.id)
    ).all()
    items = db.session.execute(
        select(
            Item.session_id,
            Item.id,
            Item.title,
            Speech.title,
            Item.minutes,
            Item.pinned_at,
            Item.parallel,
        )
        .join(Session, Item.session_id == Session.id)
        .outerjoin(Speech, Item.speech_id == Speech.id)
        .where(Session.congress_id == congress_id)
        .order_by(Item.position, Item.id)
    ).all()
    pieces: dict[int, list[Piece]] = {}
    for session_id, key, title, speech, minutes, pinned_at, parallel in items:
        piece = Piece(key, speech or title, minutes, pinned_at, parallel)
        pieces.setdefault(session_id, []).append(piece)
    return tuple(
        Line(key, title, starts, tuple(pieces.get(key, ())), hall)
        for key, title, starts, hall in sessions
    )


def last_act(congress_id: int) -> ProgrammeAct | None:
    """The last act that was not undone."""
    return db.session.scalar(
        select(ProgrammeAct)
        .where(ProgrammeAct.congress_id == congress_id, ProgrammeAct.undone_at.is_(None))
        .order_by(ProgrammeAct.id.desc())
        .limit(1)
    )


def acts_of(congress_id: int, count: int) -> Sequence[ProgrammeAct]:
    """The last acts, undone ones as well."""
    return db.session.scalars(
        select(ProgrammeAct)
        .where(ProgrammeAct.congress_id == congress_id)
        .order_by(ProgrammeAct.id.desc())
        .limit(count)
    ).all()
