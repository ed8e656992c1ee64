"""Marking speeches, blind; the overview of the marks; the criteria of the congress."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from congress_app.congresses.scope import congress_blueprint
from congress_app.kernel.errors import Forbidden
from congress_app.kernel.permissions import Permission
from congress_app.kernel.sentences import N_, Sentence
from congress_app.programme import review_services, speech_queries, speech_states
from congress_app.programme.models import Speech
from congress_app.programme.review import NO_SCORE, figure_of, is_whole
from congress_app.programme.review_forms import ReviewForm, SheetForm, review_form, sheet_form
from congress_app.programme.speech_models import SpeechReview
from congress_app.programme.speech_routes import fields, speech_here
from congress_app.web.guards import requires
from congress_app.web.submissions import accepted, form_page

bp = congress_blueprint("speech_reviews", __name__)

Answer = Response | tuple[str, int]


@bp.get("/speeches/reviews")
@requires(Permission.SPEECH_REVIEW)
def index() -> str:
    """What the reviewer has marked and what is left; names and other marks are hidden."""
    register = speech_queries.register(g.congress, g.reach)
    waiting = [speech for speech in register if speech.state in review_services.MARKED]
    reviews = speech_queries.reviews_of(g.congress.id)
    return render_template(
        "programme/speech_reviews.html",
        speeches=[each for each in waiting if not _is_own(each)],
        sheet=speech_queries.stored_sheet(g.congress.id),
        own=sum(_is_own(each) for each in waiting),
        mine=_own_figures(reviews),
        whole=_wholly_marked(reviews),
        fields=fields(),
        words=speech_states,
    )


def _own_figures(reviews: Sequence[SpeechReview]) -> dict[int, Fraction | None]:
    """What the reviewer's own marks come to, by speech."""
    sheet = speech_queries.sheet_of(g.congress.id)
    return {
        review.speech_id: figure_of(review.marks, sheet)
        for review in reviews
        if review.reviewer_id == g.actor.id
    }


def _wholly_marked(reviews: Sequence[SpeechReview]) -> set[int]:
    """The speeches of which the reviewer marked every criterion."""
    sheet = speech_queries.sheet_of(g.congress.id)
    return {
        review.speech_id
        for review in reviews
        if review.reviewer_id == g.actor.id and is_whole(review.marks, sheet)
    }


@bp.route("/speeches/reviews/<int:speech_id>", methods=["GET", "POST"])
@requires(Permission.SPEECH_REVIEW)
def mark(speech_id: int) -> Answer:
    """Mark one speech without knowing whose it is."""
    speech = speech_here(speech_id)
    if _is_own(speech):
        raise Forbidden("own_unit", Sentence(review_services.OWN))
    form = review_form(speech_queries.sheet_of(g.congress.id), _review_data(speech))
    if accepted(form, lambda: _save(form, speech)):
        flash(_("Đã lưu điểm chấm."), "success")
        return redirect(url_for("speech_reviews.index"))
    return _review_page(form, speech)


def _review_page(form: ReviewForm, speech: Speech) -> Answer:
    return form_page(
        "programme/speech_review.html",
        form,
        speech=speech,
        sheet=speech_queries.sheet_of(g.congress.id),
        files=speech_queries.files_of(g.congress.id).get(speech.id, {}),
        fields=fields(),
        words=speech_states,
    )


def _save(form: ReviewForm, speech: Speech) -> None:
    review_services.mark(
        g.congress,
        speech,
        form.marks(),
        form.note.data,
        form.opened_version(),
        actor=g.actor,
    )


@bp.get("/speeches/reviews/overview")
@requires(Permission.SPEECH_REVIEW)
def overview() -> str:
    """Levelled scores, and where judgements conflict.

    Whoever still has to mark a speech does not see what others gave it, nor before the
    decision whose own unit's it is.
    """
    reviews = speech_queries.reviews_of(g.congress.id)
    register = speech_queries.register(g.congress, g.reach)
    whole = _wholly_marked(reviews)
    hidden = {each.id: why for each in register if (why := _why_hidden(each, whole))}
    return render_template(
        "programme/speech_scores.html",
        speeches=register,
        scores=speech_queries.scores_of(reviews, speech_queries.sheet_of(g.congress.id)),
        names={review.reviewer_id: review.reviewer_name for review in reviews},
        hidden=hidden,
        late=speech_queries.changed_after_seeing(g.congress.id),
        nothing=NO_SCORE,
        spread=speech_queries.spread_of(g.congress.id),
        words=speech_states,
    )


@bp.route("/speeches/reviews/criteria", methods=["GET", "POST"])
@requires(Permission.PROGRAMME_EDIT)
def criteria() -> Answer:
    """What is marked, with which weight, up to which mark."""
    stored = speech_queries.stored_sheet(g.congress.id)
    form = sheet_form(speech_queries.sheet_of(g.congress.id), stored.version if stored else 0)
    if accepted(form, lambda: _set_sheet(form)):
        flash(_("Đã lưu tiêu chí chấm."), "success")
        return redirect(url_for("speech_reviews.criteria"))
    is_marked = speech_queries.is_marked(g.congress.id)
    return form_page("programme/speech_criteria.html", form, stored=stored, is_marked=is_marked)


def _set_sheet(form: SheetForm) -> None:
    version, reason = form.opened_version(), form.reason.data
    review_services.set_sheet(g.congress, form.sheet(), reason, version, actor=g.actor)


def _why_hidden(speech: Speech, whole: set[int]) -> str | None:
    """Why the marks of a speech are not shown; None where they are."""
    if speech.state in speech_states.DECIDED:
        return None
    if _is_own(speech):
        return N_("Bài của đơn vị bạn: hiện khi có quyết định")
    if speech.id in whole:
        return None
    may_mark = speech.state in review_services.MARKED
    return N_("Hiện sau khi bạn chấm đủ tiêu chí") if may_mark else N_("Hiện khi có quyết định")


def _is_own(speech: Speech) -> bool:
    return speech_queries.is_own(g.congress, g.actor, speech)


def _review_data(speech: Speech) -> dict[str, object]:
    review = speech_queries.review_by(speech, g.actor.id)
    marks = review.marks if review else {}
    data: dict[str, object] = {f"mark_{code}": str(mark) for code, mark in marks.items()}
    data["version"] = review.version if review else 0
    data["note"] = review.note if review else None
    return data
