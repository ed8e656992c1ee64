"""Hand an issued paper to the delegates of its congress, and take it back."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from congress_app.audit.services import record
from congress_app.congresses.models import Congress
from congress_app.congresses.services import pulse
from congress_app.database import transaction
from congress_app.documents import freezing, queries
from congress_app.documents.models import Document
from congress_app.documents.numbering import State
from congress_app.kernel import clock
from congress_app.kernel.errors import RuleViolation
from congress_app.kernel.permissions import Actor
from congress_app.kernel.sentences import N_, Sentence


def release(congress: Congress, document: Document, *, actor: Actor) -> None:
    """Show the paper on the phones; nothing happens when it is there already.

    Raises RuleViolation `not_releasable` for a kind or content that is not for everybody,
    `not_issued`.
    """
    with transaction() as session:
        stored = _taken(session, document)
        _must_be_for_everybody(stored)
        if stored.state != State.ISSUED:
            told = N_("Chỉ văn bản đang có hiệu lực mới đưa lên điện thoại của đại biểu được.")
            raise RuleViolation("not_issued", Sentence(told))
        if stored.released_at is not None:
            return
        # The same bytes every time: what the page says of the size stays true.
        stored.released_size = len(freezing.WRITERS["pdf"](queries.paper_of(stored)))
        stored.released_at, stored.released_by = clock.now(), actor.display_name
        record("document.release", stored, {}, actor=actor, unit_path=congress.unit.path)
        pulse(congress.id)


def withdraw(congress: Congress, document: Document, *, actor: Actor) -> None:
    """Take the paper off the phones; nothing happens when it is not there."""
    with transaction() as session:
        stored = _taken(session, document)
        if stored.released_at is None:
            return
        stored.released_at = stored.released_by = stored.released_size = None
        record("document.withdraw", stored, {}, actor=actor, unit_path=congress.unit.path)
        pulse(congress.id)


def _must_be_for_everybody(document: Document) -> None:
    if queries.is_for_everybody(document):
        return
    told = N_(
        "Văn bản này không dành cho mọi đại biểu. Chỉ chương trình, kế hoạch, quy chế, "
        "nghị quyết, sơ đồ chỗ ngồi và danh sách tham luận đưa lên điện thoại được."
    )
    raise RuleViolation("not_releasable", Sentence(told))


def _taken(session: Session, document: Document) -> Document:
    """The paper as it stands now, its row held until the end."""
    return session.scalars(
        select(Document)
        .where(Document.id == document.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()
