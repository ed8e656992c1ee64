"""The register of what persons asked about their own data, and meeting it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from congress_app.dashboard.indicators import Light
from congress_app.delegates.models import Person
from congress_app.dossiers import (
    due,
    log_queries,
    request_queries,
    request_services,
    restriction_queries,
    restriction_services,
    rights,
)
from congress_app.dossiers.forms import (
    NamedRequestForm,
    OutcomeForm,
    RefusalForm,
    ReleaseForm,
    RequestForm,
)
from congress_app.dossiers.models import DataRequest
from congress_app.dossiers.request_services import Named
from congress_app.dossiers.rights import Kind, State
from congress_app.exemplars.models import Exemplar
from congress_app.kernel import clock
from congress_app.kernel.permissions import Permission
from congress_app.web.forms import BaseForm
from congress_app.web.guards import ROOT_PATH, requires
from congress_app.web.responses import download
from congress_app.web.submissions import accepted, form_page

bp = Blueprint("data_requests", __name__, url_prefix="/data-requests")

Answer = Response | tuple[str, int]


def duties() -> list[Light]:
    """What the season's page says of the register; nothing to who has no right to it."""
    reach = g.actor.reach(Permission.PERSON_RIGHTS, ROOT_PATH)
    return due.lights(request_queries.due(reach, clock.today())) if reach else []


@bp.get("")
@requires(Permission.PERSON_RIGHTS)
def index() -> str:
    """The register, what is due first on top; and the person to write a request for."""
    text = request.args.get("name", "")[:100]
    return render_template(
        "dossiers/requests.html",
        requests=request_queries.requests(g.reach),
        text=text,
        persons=request_queries.persons(text, g.reach),
        exemplars=request_queries.exemplars(text, g.reach),
        most=request_queries.MOST,
        **_words(),
    )


@bp.route("/new/<int:person_id>", methods=["GET", "POST"])
@requires(Permission.PERSON_RIGHTS)
def create(person_id: int) -> Answer:
    """Write down what the person asks for."""
    person = request_queries.person_by_id(person_id, g.reach)
    form = RequestForm(data={"received_on": clock.today()})
    return _write_down(form, lambda: person, person.full_name)


@bp.route("/new/exemplar/<int:exemplar_id>", methods=["GET", "POST"])
@requires(Permission.PERSON_RIGHTS)
def create_for_exemplar(exemplar_id: int) -> Answer:
    """Write down what an exemplar who is no delegate asks for."""
    exemplar = request_queries.exemplar_by_id(exemplar_id, g.reach)
    form = RequestForm(data={"received_on": clock.today()})
    return _write_down(form, lambda: exemplar, exemplar.name)


@bp.route("/new/other", methods=["GET", "POST"])
@requires(Permission.PERSON_RIGHTS)
def create_for_other() -> Answer:
    """Write down what somebody asks for who is known by name only."""
    unit = request_queries.highest_unit(g.reach)
    asked = {"received_on": clock.today(), "full_name": request.args.get("name", "")[:200]}
    form = NamedRequestForm(data=asked)
    return _write_down(form, lambda: Named(str(form.full_name.data), unit), None)


def _write_down(
    form: RequestForm, whose: Callable[[], Person | Exemplar | Named], name: str | None
) -> Answer:
    made: list[DataRequest] = []
    if accepted(form, lambda: made.append(_receive(whose(), form))):
        return redirect(url_for("data_requests.show", request_id=made[0].id))
    return form_page("dossiers/new_request.html", form, name=name)


def _receive(whose: Person | Exemplar | Named, form: RequestForm) -> DataRequest:
    kind, received = Kind(form.kind.data), form.received_on.data
    return request_services.receive(whose, kind, received, form.paper.data, actor=g.actor)


@bp.get("/<int:request_id>")
@requires(Permission.PERSON_RIGHTS)
def show(request_id: int) -> str:
    """One request: its terms, what can be done, what was done."""
    return _page(_found(request_id))[0]


def _page(row: DataRequest, **forms: BaseForm) -> tuple[str, int]:
    held: dict[str, BaseForm] = {
        "done": OutcomeForm(prefix="done"),
        "refusal": RefusalForm(prefix="refusal"),
        "ending": ReleaseForm(prefix="ending"),
    } | forms
    recorded = request_queries.is_recorded(row)
    page = render_template(
        "dossiers/request.html",
        row=row,
        waiting=request_queries.open_congresses(row.person_id) if row.person_id else [],
        restriction=restriction_queries.reason_of(row),
        restriction_mark=restriction_queries.mark_of(row),
        recorded=recorded,
        beyond=_beyond(row, recorded=recorded),
        has_number=rights.has_number(row.paper),
        grounds=rights.GROUNDS,
        **held,
        **_words(),
    )
    return page, 422 if forms else 200


def _beyond(row: DataRequest, *, recorded: bool) -> Mapping[str, int]:
    """Of a deletion still to be done: the entries of the log that others have to see to."""
    if row.kind != Kind.ERASE or row.state != State.OPEN:
        return {}
    return log_queries.share_of(row, forgotten=not recorded, within=g.reach).beyond


@bp.post("/<int:request_id>/reply")
@requires(Permission.PERSON_RIGHTS)
def reply(request_id: int) -> Response:
    """The person was told that it is worked on."""
    request_services.reply(_found(request_id), actor=g.actor)
    flash(_("Đã ghi việc trả lời người yêu cầu."), "success")
    return redirect(url_for("data_requests.show", request_id=request_id))


@bp.post("/<int:request_id>/data.zip")
@requires(Permission.PERSON_RIGHTS)
def hand_over(request_id: int) -> Response:
    """Everything that is kept about the person."""
    row = _found(request_id)
    data = request_services.hand_over(row, actor=g.actor)
    return download(data, f"{_('Dữ liệu cá nhân')} {row.id}.zip")


@bp.post("/<int:request_id>/finish")
@requires(Permission.PERSON_RIGHTS)
def finish(request_id: int) -> Answer:
    """Done, in the words told to the person; a restriction starts and consents end here."""
    row, form = _found(request_id), OutcomeForm(prefix="done")
    if accepted(form, lambda: _finish(row, str(form.outcome.data))):
        flash(_("Đã ghi kết quả giải quyết."), "success")
        return redirect(url_for("data_requests.show", request_id=request_id))
    return _page(row, done=form)


def _finish(row: DataRequest, outcome: str) -> None:
    does = {Kind.RESTRICT: request_services.restrict, Kind.WITHDRAW: request_services.withdraw}
    does.get(Kind(row.kind), request_services.finish)(row, outcome, actor=g.actor)


@bp.post("/<int:request_id>/forget")
@requires(Permission.PERSON_RIGHTS)
def forget(request_id: int) -> Response:
    """Delete all the law lets go, as far as one's reach goes."""
    row, keeps_name = _found(request_id), "keeps_name" in request.form
    whole = request_services.forget(row, within=g.reach, keeps_name=keeps_name, actor=g.actor)
    left = _found(request_id).state == State.OPEN
    flash(_told_of(whole=whole, left=left), "warning" if left else "success")
    return redirect(url_for("data_requests.show", request_id=request_id))


def _told_of(*, whole: bool, left: bool) -> Any:
    if left:
        return _("Đã xóa phần trong phạm vi của bạn. Yêu cầu còn mở: xem phần còn lại ở dưới.")
    if whole:
        return _(
            "Đã xóa toàn bộ dữ liệu của người này. Còn lại: văn bản đã ban hành như đã ký, số liệu "
            "điểm danh không mang tên và lần yêu cầu này."
        )
    return _("Đã xóa dữ liệu làm việc; họ tên và kết quả trong hồ sơ vĩnh viễn được giữ.")


@bp.post("/<int:request_id>/refuse")
@requires(Permission.PERSON_RIGHTS)
def refuse(request_id: int) -> Answer:
    """Refused, with the law it is refused by."""
    row, form = _found(request_id), RefusalForm(prefix="refusal")
    if accepted(form, lambda: _refuse(row, form)):
        flash(_("Đã ghi việc từ chối cùng căn cứ."), "success")
        return redirect(url_for("data_requests.show", request_id=request_id))
    return _page(row, refusal=form)


def _refuse(row: DataRequest, form: RefusalForm) -> None:
    request_services.refuse(row, form.ground.data, form.outcome.data, actor=g.actor)


@bp.post("/<int:request_id>/release")
@requires(Permission.PERSON_RIGHTS)
def release(request_id: int) -> Answer:
    """End the restriction that was asked for, with a reason."""
    row, form = _found(request_id), ReleaseForm(prefix="ending")
    if accepted(form, lambda: _release(row, form)):
        flash(_("Đã bỏ hạn chế xử lý dữ liệu."), "success")
        return redirect(url_for("data_requests.show", request_id=request_id))
    return _page(row, ending=form)


def _release(row: DataRequest, form: ReleaseForm) -> None:
    reason, seen = str(form.reason.data), request.form.get("seen", "")
    restriction_services.release(row, reason, seen=seen, actor=g.actor)


def _found(request_id: int) -> DataRequest:
    return request_queries.request_by_id(request_id, g.reach)


def _words() -> dict[str, object]:
    return {
        "kinds": rights.KIND_LABELS,
        "states": rights.STATE_LABELS,
        "is_late": rights.is_late,
        "today": clock.today(),
    }
