"""Record a consent to publish, withdraw it, show a story to everybody or no longer."""

from __future__ import annotations

from congress_app.audit.services import record
from congress_app.database import transaction
from congress_app.exemplars import consents
from congress_app.exemplars.consent_queries import given, held_back, paper_of
from congress_app.exemplars.models import Exemplar
from congress_app.exemplars.publishing import PURPOSE_LABELS, Purpose, may_publish
from congress_app.exemplars.rules import must_nominate
from congress_app.kernel import clock
from congress_app.kernel.errors import RuleViolation
from congress_app.kernel.permissions import Actor
from congress_app.kernel.sentences import N_, Sentence


def give(row: Exemplar, purpose: Purpose, paper: str, *, actor: Actor) -> None:
    """Record on which paper the person agreed, who recorded it and when.

    Raises RuleViolation `restricted` while the person's data are to be kept back.
    """
    with transaction() as session:
        session.refresh(row, with_for_update={"of": Exemplar})
        must_nominate(actor, row.unit.path)
        _must_be_free(row)
        before = paper_of(row, purpose)
        consents.write(row, purpose, paper, clock.now(), actor.name)
        told = {f"{purpose}_consent": [before, paper]}
        record("exemplar.consent", row, told, actor=actor, unit_path=row.unit.path)


def withdraw(row: Exemplar, purpose: Purpose, reason: str, *, actor: Actor) -> None:
    """The person takes the consent back: what it allowed ends at once.

    Raises RuleViolation `no_consent` when there is none.
    """
    with transaction() as session:
        session.refresh(row, with_for_update={"of": Exemplar})
        must_nominate(actor, row.unit.path)
        before = paper_of(row, purpose)
        if before is None:
            raise RuleViolation(
                "no_consent",
                Sentence(
                    N_("Chưa ghi sự đồng ý “{purpose}” nên không có gì để rút."),
                    purpose=Sentence(PURPOSE_LABELS[purpose]),
                ),
            )
        consents.write(row, purpose, None, None, actor.name)
        told: dict[str, object] = {f"{purpose}_consent": [before, None], "reason": reason}
        if row.is_public and not may_publish(row):
            row.is_public = False
            told["is_public"] = [True, False]
        record("exemplar.consent_withdraw", row, told, actor=actor, unit_path=row.unit.path)


def end_all(row: Exemplar, reason: str, *, actor: Actor) -> None:
    """Every consent ends and nothing is shown that needs one, of whatever unit the exemplar is:
    what a person may ask by law does not wait for the administrator who reaches it.
    """
    with transaction() as session:
        session.refresh(row, with_for_update={"of": Exemplar})
        told: dict[str, object] = {
            f"{purpose}_consent": [paper_of(row, purpose), None] for purpose in given(row)
        }
        was_public = row.is_public
        consents.end(row)
        if row.is_public != was_public:
            told["is_public"] = [was_public, row.is_public]
        if told:
            told["reason"] = reason
            record("exemplar.consent_withdraw", row, told, actor=actor, unit_path=row.unit.path)


def publish(row: Exemplar, *, public: bool, actor: Actor) -> None:
    """Show the story to everybody of the sector, or no longer.

    Raises RuleViolation `consent_missing` for an individual without consent
    (Law 91/2025/QH15, article 16), `restricted` for one whose data are to be kept back. A
    collective has no personal data and needs none.
    """
    with transaction() as session:
        session.refresh(row, with_for_update={"of": Exemplar})
        must_nominate(actor, row.unit.path)
        if public:
            _must_be_free(row)
        if public and not may_publish(row):
            raise RuleViolation(
                "consent_missing",
                Sentence(
                    N_(
                        "Chưa có sự đồng ý của người được nêu gương. Hãy ghi văn bản đồng ý "
                        "rồi mới công khai câu chuyện."
                    )
                ),
            )
        if row.is_public != public:
            told = {"is_public": [row.is_public, public]}
            row.is_public = public
            record("exemplar.publish", row, told, actor=actor, unit_path=row.unit.path)


def _must_be_free(row: Exemplar) -> None:
    reason = held_back(row)
    if reason is not None:
        raise RuleViolation("restricted", reason)
