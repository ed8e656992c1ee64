"""Release the programme; tell whom it touches. What is out is never changed."""

from __future__ import annotations

from sqlalchemy import select

from congress_app.audit.services import record
from congress_app.congresses.models import Congress
from congress_app.congresses.services import pulse
from congress_app.database import db, transaction
from congress_app.kernel import clock
from congress_app.kernel.errors import Conflict, RuleViolation
from congress_app.kernel.permissions import Actor
from congress_app.kernel.sentences import N_, Sentence
from congress_app.programme import release_changes, release_queries, release_values
from congress_app.programme.release_models import ProgrammeNotice, ProgrammeRelease

NOTHING_TO_RELEASE = N_("Chương trình chưa có nội dung nào. Hãy thêm nội dung rồi công bố.")
NOTHING_NEW = N_("Chương trình không khác bản công bố số {number}, nên không cần công bố lại.")
CHANGED_MEANWHILE = N_(
    "Chương trình đã được sửa sau khi bạn mở trang này. Hãy xem lại các thay đổi rồi công bố."
)


def release(
    congress: Congress, *, seen: str, actor: Actor, note: str | None = None
) -> ProgrammeRelease:
    """Make the draft what delegates and screens see, and write down whom that touches.

    `seen` is the fingerprint of the draft that was looked at (`release_queries.Draft`).
    Raises RuleViolation `nothing_to_release`, `nothing_new`, Conflict `changed_meanwhile`.
    """
    with transaction():
        # One release after the other: the number and the differences follow from the last.
        db.session.execute(
            select(Congress.id).where(Congress.id == congress.id).with_for_update(key_share=True)
        )
        draft = release_queries.draft_of(congress.id)
        if not any(session.items for session in draft.sessions):
            raise RuleViolation("nothing_to_release", Sentence(NOTHING_TO_RELEASE))
        if seen != draft.fingerprint:
            raise Conflict("changed_meanwhile", Sentence(CHANGED_MEANWHILE))
        last = draft.last
        if last is not None and not draft.is_new:
            raise RuleViolation("nothing_new", Sentence(NOTHING_NEW, number=last.number))
        row = _row(congress, draft, actor, note)
        db.session.add(row)
        record(
            "programme.release",
            congress,
            {"number": row.number, "count": len(row.notices), "note": note},
            actor=actor,
            unit_path=congress.unit.path,
        )
        pulse(congress.id)
        return row


def tell(congress: Congress, notice: ProgrammeNotice, *, actor: Actor) -> None:
    """Note that this person has been told; the first one to tell stays on record."""
    with transaction():
        if notice.told_at is None:
            notice.told_at, notice.told_by = clock.now(), actor.display_name
            record(
                "programme.tell",
                notice,
                {"number": notice.release.number},
                actor=actor,
                unit_path=congress.unit.path,
                name=notice.name,
            )


def _row(
    congress: Congress, draft: release_queries.Draft, actor: Actor, note: str | None
) -> ProgrammeRelease:
    number = draft.number
    sessions, removed = release_values.numbered(draft.last, draft.sessions, number)
    return ProgrammeRelease(
        congress_id=congress.id,
        number=number,
        released_at=clock.now(),
        released_by=actor.display_name,
        note=note,
        body=release_values.body(sessions, removed),
        changes=[release_changes.plain(change) for change in draft.changes],
        notices=[
            ProgrammeNotice(
                delegate_id=person.delegate_id,
                name=person.name,
                text=release_changes.text_for(person, congress.name, number),
            )
            for person in draft.touched
        ],
    )
