"""The tellers' sheets: fill in, be told while typing, see where two differ, close."""

from __future__ import annotations

from typing import Any

from flask import Response, flash, g, jsonify, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Answer

from congress_app.congresses.scope import congress_blueprint
from congress_app.elections import checking, count_services, queries, round_queries, scope, sheet
from congress_app.elections.agreement import agreement
from congress_app.elections.conduct import RoundState
from congress_app.elections.models import Round
from congress_app.elections.vote_forms import HandOverForm, count_form, filled_cells
from congress_app.kernel.errors import DomainError, NotFound, Stale
from congress_app.kernel.permissions import Permission
from congress_app.kernel.sentences import Sentence
from congress_app.web.forms import VersionedForm
from congress_app.web.guards import requires
from congress_app.web.submissions import accepted, form_page
from congress_app.web.texts import say

bp = congress_blueprint("counts", __name__)
_BASE = "/elections/<int:election_id>/rounds/<int:number>"


@bp.route(f"{_BASE}/count", methods=["GET", "POST"])
@requires(Permission.ELECTION_COUNT)
def fill_in(election_id: int, number: int) -> Answer | tuple[str, int]:
    """The teller's own sheet; never a figure of the other one's."""
    round_ = scope.round_or_404(election_id, number)
    if round_.state != RoundState.COUNTING:
        flash(_("Lượt bầu này không ở bước kiểm phiếu."), "warning")
        return redirect(url_for("rounds.show", election_id=election_id, number=number))
    vote = round_queries.vote_of(round_)
    cells = sheet.cells(vote)
    own = queries.sheet_of(round_.id, sheet.teller_key(g.actor))
    stored = dict(own.cells) if own else {}
    form = count_form(cells)(data=stored | {"version": own.version if own else 0})
    stale: list[Any] = []
    if accepted(form, lambda: _save(round_, form, cells, stale)):
        flash(_("Đã lưu phiếu kiểm của bạn."), "success")
        return redirect(url_for("counts.fill_in", election_id=election_id, number=number))
    return form_page("elections/count.html", form, **_page(round_, vote, own, form, stale))


def _save(
    round_: Round, form: VersionedForm, cells: tuple[sheet.Cell, ...], stale: list[Any]
) -> None:
    """The act; of a stale save both values are kept for the page."""
    try:
        filled = filled_cells(form, cells)
        count_services.save_sheet(round_, filled, version=form.opened_version(), actor=g.actor)
    except Stale as refusal:
        stale.extend(refusal.details)
        raise


def _page(
    round_: Round, vote: sheet.Vote, own: object, form: VersionedForm, stale: list[Any]
) -> dict[str, Any]:
    sheets = queries.sheets_of(round_.id)
    needed = round_queries.sheets_needed(round_)
    found = agreement(vote, [one.cells for one in sheets], needed)
    issued = queries.ballots_of(round_.id)
    parts: dict[str, list[sheet.Cell]] = {}
    for cell in sheet.cells(vote):
        parts.setdefault(cell.part, []).append(cell)
    return {
        "election": round_.election,
        "round": round_,
        "vote": vote,
        "parts": parts,
        "own": own,
        "sheets": list(zip(sheets, found.sheets, strict=True)),
        "needed": needed,
        "agreement": found,
        "faults": checking.faults(vote, filled_cells(form, sheet.cells(vote))),
        "stale": stale,
        "issued": len(issued),
        "returned": sum(issued.values()),
        "words": scope.words(),
    }


@bp.post(f"{_BASE}/check")
@requires(Permission.ELECTION_COUNT)
def check(election_id: int, number: int) -> Response:
    """What cannot be true in the figures typed so far; nothing is saved."""
    round_ = scope.round_or_404(election_id, number)
    vote = round_queries.vote_of(round_)
    filled, unreadable = checking.read(vote, request.form)
    return jsonify(
        faults=[
            {"code": fault.code, "message": say(fault.sentence), "cells": list(fault.cells)}
            for fault in (*unreadable, *checking.faults(vote, filled))
        ],
        missing=len(sheet.missing(vote, filled)),
    )


@bp.post(f"{_BASE}/close")
@requires(Permission.ELECTION_COUNT)
def close(election_id: int, number: int) -> Answer:
    """Close the round on the figures both tellers agree on."""
    round_ = scope.round_or_404(election_id, number)
    try:
        count_services.close(round_, actor=g.actor)
    except DomainError as refusal:
        flash(_refused(round_, refusal), "error")
        return redirect(url_for("counts.fill_in", election_id=election_id, number=number))
    flash(_("Đã khóa kết quả lượt bầu."), "success")
    return redirect(url_for("rounds.show", election_id=election_id, number=number))


def _refused(round_: Round, refusal: DomainError) -> str:
    """What is told of it; which cells differ only to who holds a sheet."""
    told = [say(one) for one in refusal.details if isinstance(one, (Sentence, str))]
    if refusal.code != "sheets_differ":
        return " ".join((say(refusal.sentence), *told))
    holds = queries.sheet_of(round_.id, sheet.teller_key(g.actor)) is not None
    return " ".join((say(refusal.sentence), ", ".join(told) if holds else "")).strip()


@bp.route(f"{_BASE}/sheets/<int:sheet_id>/hand-over", methods=["GET", "POST"])
@requires(Permission.ELECTION_MANAGE)
def hand_over(election_id: int, number: int, sheet_id: int) -> Answer | tuple[str, int]:
    """Free a sheet that a wrong person holds; its figures are told to nobody."""
    round_ = scope.round_or_404(election_id, number)
    held = queries.sheet_by_id(round_.id, sheet_id)
    if held is None:
        raise NotFound
    form = HandOverForm(data={"version": held.version, "holder": held.teller_key})
    teller = held.teller
    page = {"election": round_.election, "round": round_, "slot": held.slot, "teller": teller}
    if not accepted(form, lambda: _free(round_, sheet_id, form)):
        return form_page("elections/hand_over.html", form, **page)
    flash(_("Đã hủy phiếu kiểm của %(teller)s; người khác mở phiếu mới.", teller=teller), "success")
    return redirect(url_for("rounds.show", election_id=election_id, number=number))


def _free(round_: Round, sheet_id: int, form: HandOverForm) -> None:
    reason, seen = str(form.reason.data), form.opened_version()
    holder = form.holder.data or ""
    count_services.hand_over(round_, sheet_id, reason, holder=holder, version=seen, actor=g.actor)
