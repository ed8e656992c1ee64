"""Delete an exemplar that was entered by mistake."""

from __future__ import annotations

from sqlalchemy import delete

from congress_app.audit.services import record
from congress_app.database import transaction
from congress_app.exemplars import removal_queries
from congress_app.exemplars.models import Exemplar, ExemplarStep
from congress_app.exemplars.rules import must_nominate
from congress_app.kernel.errors import RuleViolation
from congress_app.kernel.permissions import Actor
from congress_app.kernel.sentences import N_, Sentence


def remove(row: Exemplar, reason: str, *, actor: Actor) -> None:
    """Delete the exemplar while nothing hangs on it; the log keeps that it was there.

    Raises RuleViolation `exemplar_in_use` (details: what hangs on it), Forbidden.
    """
    with transaction() as session:
        session.refresh(row, with_for_update={"of": Exemplar})
        must_nominate(actor, row.unit.path)
        standing = removal_queries.obstacles(row)
        if standing:
            raise RuleViolation(
                "exemplar_in_use",
                Sentence(N_("Chưa xóa được “{name}”."), name=row.name),
                standing,
            )
        told = {
            "kind": row.kind,
            "stage": row.stage,
            "detected_year": row.detected_year,
            "reason": reason,
        }
        record("exemplar.delete", row, told, actor=actor, unit_path=row.unit.path)
        session.flush()
        session.execute(delete(ExemplarStep).where(ExemplarStep.exemplar_id == row.id))
        session.execute(delete(Exemplar).where(Exemplar.id == row.id))
