"""End what a person or an exemplar had asked to be restricted, with a reason."""

from __future__ import annotations

from congress_app.audit.services import record
from congress_app.database import transaction
from congress_app.delegates.models import Person
from congress_app.dossiers import restriction_queries
from congress_app.dossiers.models import DataRequest
from congress_app.dossiers.rights import MOST_WORDS, State
from congress_app.exemplars.models import Exemplar
from congress_app.kernel.errors import Conflict, Stale
from congress_app.kernel.permissions import Actor
from congress_app.kernel.sentences import N_, Sentence

CHANGED_MEANWHILE = N_(
    "Hạn chế này đã được người khác ghi lại theo yêu cầu khác từ lúc bạn mở trang, nên chưa bỏ. "
    "Hãy xem lý do đang ghi bên dưới; nếu vẫn bỏ thì bấm nút lần nữa."
)


def release(request: DataRequest, reason: str, *, seen: str, actor: Actor) -> None:
    """End the restriction of whoever asked, as it was looked at (`restriction_queries.mark_of`).

    Raises Conflict `not_restricted` without one, Stale at another one.
    """
    with transaction() as session:
        row = session.get_one(DataRequest, request.id)
        # Of two who end it at once the second waits, and is told.
        for one in (row.person, row.exemplar):
            if one is not None:
                session.refresh(one, with_for_update={"of": type(one)})
        if restriction_queries.reason_of(row) is None:
            raise Conflict(
                "not_restricted", Sentence(N_("Hạn chế này đã được bỏ trước đó. Hãy xem lại."))
            )
        if restriction_queries.mark_of(row) != seen:
            raise Stale(sentence=Sentence(CHANGED_MEANWHILE))
        if row.person is not None:
            _release_person(row.person, reason, actor)
        elif row.exemplar is not None:
            _release_exemplar(row.exemplar, reason, actor)


def _release_person(row: Person, reason: str, actor: Actor) -> None:
    told = {"restriction": [row.restriction, None], "reason": reason}
    row.restricted_at = row.restriction = None
    path = row.unit.path if row.unit else None
    record("person.release", row, told, actor=actor, unit_path=path)


def _release_exemplar(exemplar: Exemplar, reason: str, actor: Actor) -> None:
    for row in restriction_queries.of_exemplar(exemplar.id):
        told = {"restriction": [row.outcome, None], "reason": reason}
        row.state = State.ENDED.value
        row.outcome = f"{row.outcome or ''} – Bỏ hạn chế: {reason}"[:MOST_WORDS]
        record(
            "person.release", row, told, actor=actor, unit_path=row.unit_path, name=row.person_name
        )
