"""The state of speeches follows the programme, and the log tells of it."""

from __future__ import annotations

from sqlalchemy import select, update

from congress_app.audit.services import RowHappening, record_rows
from congress_app.congresses.models import Congress
from congress_app.database import db, transaction
from congress_app.kernel.permissions import Actor
from congress_app.programme.models import Item, Session, Speech


def settle_speeches(congress: Congress, *, actor: Actor) -> None:
    """A chosen speech is scheduled exactly while it stands in the programme.

    Its version stays: who has its form open writes other fields than this one.
    """
    placed = (
        select(Item.speech_id)
        .join(Session, Item.session_id == Session.id)
        .where(Session.congress_id == congress.id, Item.speech_id.is_not(None))
    )
    with transaction():
        for before, after, stands in (
            ("selected", "scheduled", Speech.id.in_(placed)),
            ("scheduled", "selected", Speech.id.not_in(placed)),
        ):
            settled = db.session.execute(
                update(Speech)
                .where(Speech.congress_id == congress.id, Speech.state == before, stands)
                .values(state=after)
                .returning(Speech.id, Speech.title)
                .execution_options(synchronize_session="fetch")
            )
            told = [
                RowHappening(key, title, {"state": [before, after]}, congress.unit.path)
                for key, title in sorted(settled)
            ]
            record_rows("speech.place", Speech.__tablename__, told, actor=actor)
