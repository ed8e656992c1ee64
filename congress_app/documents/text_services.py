"""A unit's own texts of the kinds."""

from __future__ import annotations

from sqlalchemy import select

from congress_app.audit.services import record
from congress_app.congresses.models import Congress
from congress_app.database import transaction
from congress_app.documents import composing, queries
from congress_app.documents.head import Head
from congress_app.documents.kinds import kind_of
from congress_app.documents.models import DocumentText
from congress_app.kernel import clock
from congress_app.kernel.errors import RuleViolation, Stale
from congress_app.kernel.permissions import Actor
from congress_app.kernel.sentences import N_, Sentence
from congress_app.units.models import Unit


def save_text(congress: Congress, code: str, text: str, version: int, *, actor: Actor) -> None:
    """Keep the unit's own text of a kind; drafts made before stay as they are.

    Raises RuleViolation `unknown_placeholder`, Stale. `version` is 0 before the first text.
    """
    kind = kind_of(code)
    with transaction() as session:
        # Of two who write the first text at once the second finds it stored.
        row = select(Unit.id).where(Unit.id == congress.unit_id)
        session.execute(row.with_for_update(key_share=True)).one()
        faults = composing.text_faults(kind, Head(), text)
        if faults:
            raise RuleViolation(
                "unknown_placeholder",
                Sentence(N_("Nội dung có chỗ điền không đúng. Hãy sửa các dòng sau.")),
                [fault.sentence for fault in faults],
            )
        stored = queries.own_text(congress.unit_id, kind.code)
        if (stored.version if stored else 0) != version:
            raise Stale(version=stored.version if stored else 0)
        before = queries.text_for(congress.unit, kind)
        if stored is None:
            stored = DocumentText(unit_id=congress.unit_id, kind=kind.code)
            session.add(stored)
        stored.text = text
        stored.changed_at, stored.changed_by = clock.now(), actor.display_name
        record(
            "document.text",
            stored,
            {"kind": kind.title, "text": [before, text]},
            actor=actor,
            unit_path=congress.unit.path,
            name=kind.title,
        )


def reset_text(congress: Congress, code: str, *, actor: Actor) -> None:
    """Go back to the text from above or to ours."""
    kind = kind_of(code)
    with transaction() as session:
        stored = queries.own_text(congress.unit_id, kind.code)
        if stored is None:
            return
        record(
            "document.text_reset",
            stored,
            {"kind": kind.title, "text": [stored.text, None]},
            actor=actor,
            unit_path=congress.unit.path,
            name=kind.title,
        )
        session.delete(stored)
