"""The register of speeches of a congress: offering, changing, deciding, files, the call."""

from __future__ import annotations

from collections.abc import Sequence

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from congress_app.congresses.queries import rulebook_of
from congress_app.congresses.scope import congress_blueprint
from congress_app.formats.xlsx.writing import Cell, Column
from congress_app.kernel import clock
from congress_app.kernel.errors import Forbidden, NotFound
from congress_app.kernel.permissions import Permission
from congress_app.kernel.sentences import N_, Sentence
from congress_app.programme import (
    exemplar_queries,
    queries,
    speech_queries,
    speech_services,
    speech_states,
)
from congress_app.programme.facts import SpeechFacts
from congress_app.programme.models import Speech
from congress_app.programme.speech_forms import CallForm, SpeechFileForm, SpeechForm
from congress_app.programme.speech_models import SpeechFile
from congress_app.units.chooser_routes import chooser
from congress_app.web.addresses import row_number
from congress_app.web.forms import VersionedForm
from congress_app.web.guards import may, requires
from congress_app.web.responses import download
from congress_app.web.sheets import sheet_response
from congress_app.web.submissions import accepted, form_page
from congress_app.web.texts import say

bp = congress_blueprint("speeches", __name__)

REGISTER_COLUMNS = (
    Column(N_("Tham luận"), 60),
    Column(N_("Người trình bày"), 28),
    Column(N_("Đơn vị"), 34),
    Column(N_("Thể loại"), 20),
    Column(N_("Lĩnh vực"), 28),
    Column(N_("Phút"), 8, "number"),
    Column(N_("Người trình bày có mặt"), 24),
    Column(N_("Trạng thái"), 18),
)

NOT_CHOSEN = N_(
    "Tham luận này chưa được chọn. "
    "Chỉ đơn vị gửi bài, người chấm và thư ký chương trình mở được tệp."
)

Answer = Response | tuple[str, int]


@bp.get("/speeches")
@requires(Permission.PROGRAMME_READ, partly=True)
def index() -> str:
    """The register of speeches against the minutes the programme holds for them."""
    register = speech_queries.register(g.congress, g.reach)
    chosen = [speech for speech in register if speech.state in speech_states.CHOSEN]
    return render_template(
        "programme/speeches.html",
        speeches=register,
        chosen=chosen,
        chosen_minutes=sum(speech.minutes for speech in chosen),
        budget=queries.speech_minutes(g.congress.id),
        files=_files_to_open(register),
        call=speech_queries.call_of(g.congress.id),
        fields=fields(),
        words=speech_states,
        can_submit=may(Permission.SPEECH_SUBMIT, partly=True),
    )


def _files_to_open(register: Sequence[Speech]) -> dict[int, dict[str, SpeechFile]]:
    files = speech_queries.files_of(g.congress.id)
    return {each.id: files[each.id] for each in register if each.id in files and _may_open(each)}


def _may_open(speech: Speech) -> bool:
    return speech_queries.may_read_files(g.congress, g.actor, speech)


@bp.get("/speeches.xlsx")
@requires(Permission.PROGRAMME_READ, partly=True)
def sheet() -> Response:
    """The register as a sheet: the page's columns, part and order."""
    named = fields()
    rows = [_cells(speech, named) for speech in speech_queries.register(g.congress, g.reach)]
    title, unit = N_("Danh mục tham luận"), g.congress.unit.code
    return sheet_response(title, REGISTER_COLUMNS, rows, subtitle=g.congress.name, of=unit)


def _cells(speech: Speech, named: dict[str, str]) -> tuple[Cell, ...]:
    there = speech_states.there(speech.available_from, speech.available_until)
    return (
        speech.title,
        speech.delegate.person.full_name if speech.delegate else None,
        speech.unit.name if speech.unit else None,
        say(speech_states.SPEECH_KINDS[speech.kind]),
        named.get(speech.field or ""),
        speech.minutes,
        say(there) if there else None,
        say(speech_states.SPEECH_STATES[speech.state]),
    )


@bp.route("/speeches/new", methods=["GET", "POST"])
@requires(Permission.SPEECH_SUBMIT, partly=True)
def add() -> Answer:
    """Offer a speech."""
    form = _offer(SpeechForm(data=_draft()))
    made: list[Speech] = []
    if accepted(form, lambda: made.append(_submit(form))):
        flash(_("Đã ghi tham luận vào danh mục. Giờ có thể gửi kèm tệp."), "success")
        return redirect(url_for("speeches.edit", speech_id=made[0].id))
    return form_page("programme/speech.html", form, speech=None)


def _submit(form: SpeechForm) -> Speech:
    return speech_services.submit(g.congress, form.facts(), within=g.reach, actor=g.actor)


@bp.route("/speeches/<int:speech_id>", methods=["GET", "POST"])
@requires(Permission.SPEECH_SUBMIT, partly=True)
def edit(speech_id: int) -> Answer:
    """Change a speech, or look at it where it may not be changed."""
    speech = speech_here(speech_id)
    form = _offer(SpeechForm(data=_speech_data(speech)), speech)
    if accepted(form, lambda: _save(form, speech)):
        flash(_("Đã lưu tham luận."), "success")
        return redirect(url_for("speeches.index"))
    return _speech_page(form, speech, SpeechFileForm(formdata=None))


def _save(form: SpeechForm, speech: Speech) -> None:
    version = form.opened_version()
    speech_services.edit(g.congress, speech, form.facts(), version, within=g.reach, actor=g.actor)


@bp.post("/speeches/<int:speech_id>/files")
@requires(Permission.SPEECH_SUBMIT, partly=True)
def upload(speech_id: int) -> Answer:
    """Keep the text or the slides."""
    speech = speech_here(speech_id)
    form = SpeechFileForm()
    if accepted(form, lambda: _store(form, speech)):
        flash(_("Đã lưu tệp của tham luận."), "success")
        return redirect(url_for("speeches.edit", speech_id=speech.id))
    speech_form = _offer(SpeechForm(formdata=None, data=_speech_data(speech)), speech)
    return _speech_page(speech_form, speech, form)


def _store(form: SpeechFileForm, speech: Speech) -> None:
    data = form.file.data.read()
    speech_services.store_file(
        g.congress, speech, form.slot.data, data, within=g.reach, actor=g.actor
    )


@bp.get("/speeches/<int:speech_id>/files/<any(text,slides):slot>")
@requires(Permission.PROGRAMME_READ, partly=True)
def file(speech_id: int, slot: str) -> Response:
    """A file of a speech as it was sent, always to be saved, never shown by us."""
    speech = speech_here(speech_id)
    if not _may_open(speech):
        raise Forbidden("speech_not_chosen", Sentence(NOT_CHOSEN))
    found = speech_queries.file_of(speech, slot)
    if found is None:
        raise NotFound()
    return download(found.data, f"{slot}-{speech.id}.{found.kind}")


@bp.post("/speeches/<int:speech_id>/withdraw")
@requires(Permission.SPEECH_SUBMIT, partly=True)
def withdraw(speech_id: int) -> Response:
    """The unit takes its speech back."""
    speech_services.withdraw(g.congress, speech_here(speech_id), within=g.reach, actor=g.actor)
    flash(_("Đã rút tham luận."), "success")
    return redirect(url_for("speeches.index"))


@bp.post("/speeches/<int:speech_id>/decide")
@requires(Permission.PROGRAMME_EDIT)
def decide(speech_id: int) -> Response:
    """Take a step in the life of a speech."""
    state = request.form.get("state", "")
    speech = speech_here(speech_id)
    if state not in speech_states.SPEECH_STATES:
        raise NotFound()
    seen = VersionedForm(request.form).opened_version()
    speech_services.decide(g.congress, speech, state, seen=seen, actor=g.actor)
    flash(_("Đã ghi quyết định."), "success")
    return redirect(url_for("speeches.index"))


@bp.route("/speeches/call", methods=["GET", "POST"])
@requires(Permission.PROGRAMME_EDIT)
def call() -> Answer:
    """Until when units may submit, and which judgements conflict."""
    form = CallForm(data=_call_data())
    if accepted(form, lambda: _set_call(form)):
        flash(_("Đã lưu hạn gửi tham luận."), "success")
        return redirect(url_for("speeches.index"))
    return form_page("programme/speech_call.html", form)


def _set_call(form: CallForm) -> None:
    speech_services.set_call(
        g.congress,
        form.closes_at(),
        int(form.spread.data or 0),
        form.opened_version(),
        actor=g.actor,
    )


def _call_data() -> dict[str, object]:
    found = speech_queries.call_of(g.congress.id)
    at = clock.at_venue(found.closes_at) if found and found.closes_at else None
    return {
        "version": found.version if found else 0,
        "day": at.date() if at else None,
        "at": at.time() if at else None,
        "spread": speech_queries.spread_of(g.congress.id),
    }


def speech_here(speech_id: int) -> Speech:
    """The speech, inside what the actor may see; NotFound."""
    speech = speech_queries.speech_within(g.congress, speech_id, g.reach)
    if speech is None:
        raise NotFound()
    return speech


def fields() -> dict[str, str]:
    """Professional fields by code, in the reader's language."""
    return {field.code: say(field.title) for field in rulebook_of(g.congress).fields}


def _speech_page(form: SpeechForm, speech: Speech, file_form: SpeechFileForm) -> Answer:
    page, status = form_page(
        "programme/speech.html",
        form,
        speech=speech,
        file_form=file_form,
        files=speech_queries.files_of(g.congress.id).get(speech.id, {}),
        words=speech_states,
    )
    return page, status


def _draft() -> dict[str, object]:
    """An empty speech, or what the model of the exemplar in the address gives."""
    row = exemplar_queries.exemplar_within(row_number(request.args.get("exemplar")), g.reach)
    return {"minutes": 10} if row is None else _data(exemplar_queries.draft_for(g.congress, row))


def _speech_data(speech: Speech) -> dict[str, object]:
    return {"version": speech.version} | _data(speech)


def _data(facts: Speech | SpeechFacts) -> dict[str, object]:
    return {
        "title": facts.title,
        "kind": facts.kind,
        "unit": facts.unit_id,
        "delegate": facts.delegate_id or 0,
        "field": facts.field or "",
        "region": facts.region or "",
        "topic": facts.topic,
        "minutes": facts.minutes,
        "exemplar": facts.exemplar_id or 0,
        "summary": facts.summary,
        "available_from": facts.available_from,
        "available_until": facts.available_until,
    }


def _offer(form: SpeechForm, speech: Speech | None = None) -> SpeechForm:
    """Choices inside what the actor reaches, and what the speech has already."""
    speakers = dict(speech_queries.speakers_within(g.congress, g.reach, queries.ACTIVE_STATES))
    if speech is not None and speech.delegate is not None:
        speakers.setdefault(speech.delegate.id, speech.delegate.person.full_name)
    kept_unit = speech.unit_id if speech is not None else None
    form.unit.offer(chooser(Permission.SPEECH_SUBMIT, under=g.congress.unit, kept=kept_unit))
    form.delegate.choices = [(0, _("Chưa ghi")), *speakers.items()]
    form.field.choices = {"": _("Chưa ghi")} | fields()
    kept = speech.exemplar if speech is not None else None
    exemplars = exemplar_queries.choices(g.congress, g.reach, kept)
    form.exemplar.choices = [(0, _("Không gắn điển hình")), *exemplars]
    return form
