"""Mark a speech, blind, never of one's own unit; say by which criteria."""

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
from congress_app.programme.review import Sheet, is_whole
from congress_app.programme.speech_models import ReviewSheet, SpeechReview

OWN = N_("Đây là tham luận của đơn vị bạn. Hãy để người khác chấm.")
SAME = N_("Có hai tiêu chí trùng tên. Hãy đổi tên một tiêu chí.")
FROZEN = N_(
    "Đã có điểm chấm nên không thêm, bớt tiêu chí hay đổi thang điểm được nữa; "
    "chỉ sửa được lời và hệ số, kèm lý do."
)
WHY = N_("Đã có điểm chấm. Hãy ghi lý do thay đổi; người chấm sẽ thấy lý do này.")
EMPTY = N_("Bạn chưa chấm tiêu chí nào. Hãy chấm ít nhất một tiêu chí rồi lưu.")
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
    """Save the actor's marks by criterion (0 to the highest; what is not there was not marked).

    `version` is 0 for the first time. Raises Forbidden `own_unit`, RuleViolation `no_marks`,
    `not_in_review` once the speech is decided on, Stale when saved elsewhere meanwhile. The
    first review brings a submitted speech under review, where its unit no longer edits it.
    """
    if not marks:
        raise RuleViolation("no_marks", Sentence(EMPTY))
    with transaction():
        if actor.id is None or speech_queries.is_own(congress, actor, speech):
            raise Forbidden("own_unit", Sentence(OWN))
        _take(speech)
        review = speech_queries.review_by(speech, actor.id)
        if (review.version if review else 0) != version:
            raise Stale(version=review.version if review else 0)
        facts = {"count": len(marks)} | _former(congress, speech, review, marks)
        if review is None:
            review = SpeechReview(speech_id=speech.id, reviewer_id=actor.id)
            db.session.add(review)
        review.reviewer_name = actor.display_name
        review.marks = dict(marks)
        review.note = note
        review.saved_at = clock.now()
        record("speech.review", speech, facts, actor=actor, unit_path=congress.unit.path)
        return review


def _former(
    congress: Congress, speech: Speech, review: SpeechReview | None, marks: Mapping[str, int]
) -> dict[str, list[str]]:
    """The marks before and after, where others' were open to the reviewer already.

    Else they stay out of the log, which others read.
    """
    if review is None or not review.marks or review.marks == marks:
        return {}
    sheet = speech_queries.sheet_of(congress.id)
    seen = (
        is_whole(review.marks, sheet)
        or (speech.id, review.reviewer_id) in speech_queries.changed_after_seeing(congress.id)
        or speech_queries.was_decided(speech)
    )
    return {"marks": [_marks(review.marks, sheet), _marks(marks, sheet)]} if seen else {}


def _marks(marks: Mapping[str, int], sheet: Sheet) -> str:
    known = ((each.title, marks.get(each.code)) for each in sheet.criteria)
    return "; ".join(f"{title}: {'–' if mark is None else mark}" for title, mark in known)


def set_sheet(
    congress: Congress, sheet: Sheet, reason: str | None, version: int, *, actor: Actor
) -> None:
    """Make the criteria, their weights and the highest mark the congress's own.

    Once a mark was given, only words and weights may change, and the reason is kept: which
    criteria there are and how high marks go is frozen. Raises RuleViolation `marks_given`,
    `reason_needed`, `same_criterion`; Stale when saved elsewhere meanwhile (`version` is 0
    before the first time).
    """
    with transaction():
        db.session.scalars(
            select(Congress.id).where(Congress.id == congress.id).with_for_update(key_share=True)
        ).one()
        stored = speech_queries.stored_sheet(congress.id)
        if (stored.version if stored else 0) != version:
            raise Stale(version=stored.version if stored else 0)
        before = speech_queries.sheet_of(congress.id)
        _check_sheet(congress.id, before, sheet, reason)
        if stored is None:
            stored = ReviewSheet(congress_id=congress.id)
            db.session.add(stored)
        stored.criteria = [vars(each) for each in sheet.criteria]
        stored.highest, stored.reason = sheet.highest, reason
        stored.saved_at, stored.saved_by = clock.now(), actor.display_name
        facts = {"criteria": [_words(before), _words(sheet)], "reason": reason}
        record("speech.criteria", congress, facts, actor=actor, unit_path=congress.unit.path)


def _check_sheet(congress_id: int, before: Sheet, sheet: Sheet, reason: str | None) -> None:
    titles = [each.title.casefold() for each in sheet.criteria]
    if len(set(titles)) < len(titles):
        raise RuleViolation("same_criterion", Sentence(SAME))
    if before == sheet or not speech_queries.is_marked(congress_id):
        return
    if [each.code for each in before.criteria] != [each.code for each in sheet.criteria]:
        raise RuleViolation("marks_given", Sentence(FROZEN))
    if before.highest != sheet.highest:
        raise RuleViolation("marks_given", Sentence(FROZEN))
    if not reason:
        raise RuleViolation("reason_needed", Sentence(WHY))


def _words(sheet: Sheet) -> str:
    return "; ".join(f"{each.title} ({each.weight})" for each in sheet.criteria)


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
