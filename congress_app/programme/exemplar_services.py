"""The link of a speech to the exemplar whose model it tells: once in a congress."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from congress_app.congresses.models import Congress
from congress_app.database import transaction
from congress_app.exemplars.models import Exemplar
from congress_app.kernel.errors import Conflict, RuleViolation
from congress_app.kernel.sentences import N_, Sentence
from congress_app.programme.models import Speech
from congress_app.programme.speech_states import SPEECH_STATES

FOREIGN = N_("Điển hình này không thuộc phạm vi của bạn ở hội nghị. Hãy chọn trong danh sách.")
TOLD = N_(
    "Mô hình của “{name}” đã có tham luận “{title}” ({state}) ở hội nghị này. Mỗi điển hình chỉ "
    "trình bày một lần: hãy sửa tham luận đó."
)


def check_exemplar(
    congress: Congress,
    exemplar_id: int | None,
    *,
    speech: Speech | None = None,
    within: Sequence[str],
) -> None:
    """Raise unless the speech (None: a new one) may be linked to the exemplar.

    RuleViolation `foreign_exemplar` for one out of reach, Conflict `exemplar_told` when
    another speech of the congress tells it. What the speech has already is not asked.
    """
    if exemplar_id is None or (speech is not None and speech.exemplar_id == exemplar_id):
        return
    with transaction() as session:
        # Of two who propose one model at once the second waits, and is told of the first.
        row = session.scalar(
            select(Exemplar).where(Exemplar.id == exemplar_id).with_for_update(of=Exemplar)
        )
        if row is None or not any(row.unit.path.startswith(path) for path in within):
            raise RuleViolation("foreign_exemplar", Sentence(FOREIGN))
        other = session.scalar(
            select(Speech).where(
                Speech.congress_id == congress.id, Speech.exemplar_id == exemplar_id
            )
        )
        if other is not None:
            state = Sentence(SPEECH_STATES[other.state])
            told = Sentence(TOLD, name=row.name, title=other.title, state=state)
            raise Conflict("exemplar_told", told)
