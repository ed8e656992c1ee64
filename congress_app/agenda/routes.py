"""The delegate's phone page: no account, a link that carries its own secret."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from flask import (
    Blueprint,
    Response,
    current_app,
    flash,
    make_response,
    redirect,
    request,
    url_for,
)
from flask_babel import gettext as _
from markupsafe import Markup
from werkzeug.http import http_date
from werkzeug.wrappers import Response as Answer

from congress_app.agenda import answer_services, answers, personal, queries
from congress_app.agenda.calendar_routes import arguments_of
from congress_app.agenda.feed_routes import agenda_etag, live_values, packed
from congress_app.agenda.forms import AnswerForm
from congress_app.badges import token as codes
from congress_app.checkin.latest import Latest
from congress_app.congresses.models import Congress
from congress_app.congresses.rulebook import CATEGORY_LABELS
from congress_app.delegates.credentials import ACTIVE, State
from congress_app.delegates.models import Delegate
from congress_app.documents import freezing
from congress_app.documents import queries as papers
from congress_app.documents.models import Document
from congress_app.formats import qr
from congress_app.kernel import clock
from congress_app.kernel.errors import NotFound
from congress_app.kernel.permissions import Actor
from congress_app.web.guards import public
from congress_app.web.responses import download
from congress_app.web.submissions import accepted, form_page
from congress_app.web.texts import say

bp = Blueprint("agenda", __name__, url_prefix="/d")

# After the congress, or after the server was last reached, whichever comes later.
KEPT_FOR = timedelta(days=90)


@bp.get("/<token>")
@public
def show(token: str) -> Response:
    """Own badge, what is on now, the programme, the own speech."""
    return _page(token, AnswerForm())


@bp.get("/<token>/papers/<int:paper_id>.pdf")
@public
def paper(token: str, paper_id: int) -> Answer:
    """A paper the organiser released to the delegates, as it was frozen."""
    delegate = _delegate(token)
    if delegate.state not in ACTIVE:
        raise NotFound()
    document = papers.released_paper(delegate.congress_id, paper_id)
    store: Latest[bytes] = current_app.extensions.setdefault("agenda_papers", Latest())
    # A whole hall may open one paper in the same minute; it is made once.
    data = store.answer(document.id, document.content_hash, lambda: _pdf(document))
    response = download(data, papers.file_name(document, "pdf"), inline=True)
    response.set_etag(str(document.content_hash))
    response.headers["Cache-Control"] = "private, no-cache"
    return _told_to_nobody(response).make_conditional(request)


def _pdf(document: Document) -> bytes:
    return freezing.WRITERS["pdf"](papers.paper_of(document))


@bp.post("/<token>/confirm")
@public
def confirm(token: str) -> Answer:
    """The delegate will come."""
    return _answer(token, State.CONFIRMED)


@bp.post("/<token>/decline")
@public
def decline(token: str) -> Answer:
    """The delegate cannot come, and says why."""
    return _answer(token, State.DECLINED)


def _answer(token: str, state: State) -> Answer:
    delegate = _delegate(token)
    form = AnswerForm()
    if accepted(
        form,
        lambda: answer_services.answer(
            delegate, state, reason=form.reason.data, actor=_himself(delegate)
        ),
    ):
        flash(_("Ban tổ chức đã nhận trả lời của bạn. Xin cảm ơn."), "success")
        return redirect(url_for("agenda.show", token=token))
    return _page(token, form)


def _himself(delegate: Delegate) -> Actor:
    # The chain of the log never gives an actor's name back: a number can be forgotten.
    name = delegate.person.full_name
    return Actor("delegate", delegate.id, "đại biểu", name, address=request.remote_addr)


def _delegate(token: str) -> Delegate:
    delegate = queries.delegate_by_token(token)
    if delegate is None:
        raise NotFound()
    return delegate


def _page(token: str, form: AnswerForm) -> Response:
    # The mark first: a change between the two is then noticed at the next question.
    mark, delegate = queries.mark_of(token), _delegate(token)
    person, code = delegate.person, queries.badge_code(delegate.id)
    own = queries.pass_of(delegate, clock.now())
    page, status = form_page(
        "agenda/show.html",
        form,
        token=token,
        delegate=delegate,
        etag=agenda_etag(mark) if mark else "",
        category=CATEGORY_LABELS[delegate.category],
        unit=person.unit.name if person.unit else (person.organisation or ""),
        delegation=delegate.delegation_unit.name if delegate.delegation_unit else None,
        leader=queries.head_name(delegate),
        symbol=Markup(qr.svg(code, label=_("Mã QR của thẻ"))) if code else None,  # noqa: S704
        grouped=codes.grouped(code) if code else None,
        calendar=arguments_of(delegate),
        until_words={key: say(words) for key, words in personal.UNTIL_WORDS.items()},
        **_answers(delegate),
        **live_values(own),
    )
    response = _told_to_nobody(packed(make_response(page, status)))
    response.headers["Keep-Until"] = http_date(_kept_until(delegate.congress))
    return response


def _kept_until(congress: Congress) -> datetime:
    """How long a phone may keep the page: past the congress, counted from its day or today."""
    now = clock.now()
    held = clock.from_venue(datetime.combine(congress.held_on, time())) if congress.held_on else now
    return max(now, held) + KEPT_FOR


def _answers(delegate: Delegate) -> dict[str, bool]:
    """Which answers to the convocation the page offers."""
    has_begun = queries.has_begun(delegate, clock.now())
    offered = answers.offered(delegate.state, has_begun=has_begun)
    return {
        "was_called": answers.was_called(delegate.state),
        "may_confirm": State.CONFIRMED in offered,
        "may_decline": State.DECLINED in offered,
    }


def _told_to_nobody(response: Response) -> Response:
    # Without its path the address tells nobody the secret; without any referrer the
    # protection of the form would refuse the answer over HTTPS.
    response.headers["Referrer-Policy"] = "strict-origin"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
