"""Mark a speech: blind, never of one's own unit."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select

from congress_app.audit.services import record
from congress_app.congresses.models import Congress
from congress_app.database import db, transaction
from congress_app.kernel import clock
from congress_app.kernel.errors import Forbidden, RuleViolation, Stale
from congress_app.kernel.permissions import Actor
from congress_app.kernel.sentences import N_, Sentence
from congress_app.programme import speech_queries
from congress_app.programme.models import Speech
from congress_app.programme.speech_models import SpeechReview

OWN = N_("Đây là tham luận của đơn vị bạn. Hãy để người khác chấm.")
MARKED = ("submitted", "in_review", "reserve")


def mark(
    congress: Congress,
    speech: Speech,
    marks: Mapping[str, int],
    note: str | None,
    version: int,
    *,
    actor: Actor,
) -> SpeechReview:
    """Save the actor's marks (0 to 10 by criterion; what is not there was not marked).

    `version` is 0 for the first time. Raises Forbidden `own_unit`, RuleViolation
    `not_in_review` once the speech is decided on, Stale when saved elsewhere meanwhile. The
    first review brings a submitted speech under review, where its unit no longer edits it.
    """
    with transaction():
        if actor.id is None or speech_queries.is_own(congress, actor, speech):
            raise Forbidden("own_unit", Sentence(OWN))
        _take(speech)
        review = speech_queries.review_by(speech, actor.id)
        if (review.version if review else 0) != version:
            raise Stale(version=review.version if review else 0)
        if review is None:
            review = SpeechReview(speech_id=speech.id, reviewer_id=actor.id)
            db.session.add(review)
        review.reviewer_name = actor.display_name
        review.marks = dict(marks)
        review.note = note
        review.saved_at = clock.now()
        # The marks themselves stay out of the log, which others read.
        facts = {"count": len(marks)}
        record("speech.review", speech, facts, actor=actor, unit_path=congress.unit.path)
        return review


def _take(speech: Speech) -> None:
    """Lock the speech and bring it under review: of two who begin at once one waits."""
    db.session.scalars(
        select(Speech)
        .where(Speech.id == speech.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()
    if speech.state not in MARKED:
        raise RuleViolation(
            "not_in_review",
            Sentence(N_("Tham luận này đã có quyết định hoặc đã rút nên không chấm nữa.")),
        )
    if speech.state == "submitted":
        speech.state = "in_review"
