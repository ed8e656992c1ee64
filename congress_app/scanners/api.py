"""JSON for devices: pair, scan, upload, attendance. See `docs/api.md` and openapi.json."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from flask import Blueprint, Response, g, jsonify, request

from congress_app.checkin import board_queries, live
from congress_app.checkin import queries as presence
from congress_app.checkin import services as checkin
from congress_app.checkin.answer import Answer
from congress_app.checkin.doors import held_at
from congress_app.checkin.intake import Door, ScanRequest, read_scan, read_sent_at
from congress_app.checkin.live import Told
from congress_app.checkin.live_routes import counted, once, sent
from congress_app.congresses.rulebook import CATEGORY_LABELS
from congress_app.kernel import clock
from congress_app.kernel.errors import DomainError, Forbidden, TooLarge, Unreadable
from congress_app.kernel.sentences import N_, Sentence
from congress_app.kernel.vietnamese import nfc
from congress_app.scanners import feed_queries, openapi, queries, services, unnamed
from congress_app.scanners.supervisor_services import SUPERVISOR
from congress_app.scanners.unnamed import UnitCount
from congress_app.web.guards import device_always, device_only, public
from congress_app.web.texts import say

bp = Blueprint("scanners_api", __name__, url_prefix="/api/v1")

BATCH_LIMIT = 500
NOT_BY_HAND = N_(
    "Máy của cửa này chỉ quét thẻ. Cho vào bằng tay cần máy giám sát, sau mã PIN, hoặc bàn đón "
    "tiếp."
)


@bp.post("/devices/pair")
@public
def pair() -> tuple[Response, int]:
    """Trade a one-time code for a token."""
    body = json_body()
    code, name = body.get("pairing_code"), body.get("name")
    if not isinstance(code, str) or not (name is None or isinstance(name, str)):
        raise Unreadable("bad_pairing", Sentence(N_("Cần mã ghép và tên máy ở dạng chữ.")))
    paired = services.pair(code, _line(name or ""), address=request.remote_addr or "")
    return jsonify(_introduced(paired)), 201


@bp.post("/scans")
@device_only
def scan() -> Response:
    """One live scan."""
    body = json_body()
    door, asked = _door(body), _by_card(read_scan(body))
    answer = services.accept(asked, door)
    services.heard(g.caller, door)
    return jsonify(answer_json(answer))


@bp.post("/scans/batch")
@device_always
def batch() -> Response:
    """Scans admitted at a door without network, each judged for itself, in order.

    Also after the congress: what was scanned before is not lost, and waits for a person.
    """
    body = json_body()
    scans = body.get("scans")
    if not isinstance(scans, list):
        raise Unreadable("bad_batch", Sentence(N_("Cần danh sách “scans”.")))
    if len(scans) > BATCH_LIMIT:
        raise TooLarge(
            "batch_too_large",
            Sentence(N_("Mỗi lần gửi nhiều nhất {limit} lượt quét."), limit=BATCH_LIMIT),
        )
    return _uploaded(scans, _door(body), read_sent_at(body))


def _uploaded(scans: list[object], door: Door, sent_at: datetime | None) -> Response:
    checkin.check_upload(door)
    read = [_read(item, door, sent_at) for item in scans]
    sent = [one for one in read if isinstance(one, ScanRequest)]
    outcomes = iter(services.accept_all(sent, door))
    results = [
        _result(next(outcomes) if isinstance(one, ScanRequest) else one, item)
        for one, item in zip(read, scans, strict=True)
    ]
    services.heard(g.caller, door)
    return jsonify(results=results, server_time=clock.now().isoformat())


def _read(item: object, door: Door, sent_at: datetime | None) -> ScanRequest | DomainError:
    try:
        coded = feed_queries.with_code(item, door.congress_id)
        return _by_card(read_scan(coded, was_offline=True, sent_at=sent_at))
    except DomainError as error:
        return error


def _by_card(asked: ScanRequest) -> ScanRequest:
    """The scan; raises Forbidden `not_by_hand` where a plain door says it let somebody in by
    name: locators lie open on it, and no PIN was asked for. What it tells of an earlier
    pairing waits for a person and is not lost."""
    is_own = asked.device_id in {None, g.caller.id}
    if asked.source == "manual" and is_own and g.caller.profile != SUPERVISOR:
        raise Forbidden("not_by_hand", Sentence(NOT_BY_HAND))
    return asked


def _result(outcome: Answer | DomainError, item: object) -> dict[str, object]:
    if isinstance(outcome, Answer):
        # Locators lie open on the device: only who shows a badge's code is told whose it is.
        named = isinstance(item, dict) and item.get("code") is not None
        return answer_json(outcome if named else replace(outcome, delegate=None))
    uuid = item.get("uuid") if isinstance(item, dict) else None
    fault = {"code": outcome.code, "message": say(outcome.sentence)}
    return {"uuid": uuid if isinstance(uuid, str) else None, "error": fault}


def _door(body: dict[str, object]) -> Door:
    return queries.door_of(g.caller, read_sent_at(body), request.remote_addr or "")


@bp.get("/attendance")
@device_only
def attendance() -> Response:
    """Presence in the session now, counted once for all devices of the congress."""
    congress_id, at = g.caller.congress_id, clock.now()
    counter = presence.pulse(congress_id)

    def make() -> Told:
        shown = held_at(board_queries.doors_of(congress_id), at)
        now = counted(congress_id, shown, counter).attendance
        return live.told(_counted(now) | {"as_of": at.isoformat()}, counter)

    return sent(once(("figures", congress_id), counter, make), counter)


@bp.get("/openapi.json")
@public
def description() -> Response:
    """This API described for programs."""
    return jsonify(openapi.DESCRIPTION)


def json_body() -> dict[str, object]:
    """The body as an object; raises Unreadable for anything else."""
    try:
        body = request.get_json(silent=True)
    except RecursionError:
        body = None
    if not isinstance(body, dict):
        raise Unreadable("bad_json", Sentence(N_("Nội dung gửi lên phải là một đối tượng JSON.")))
    return body


def _line(text: str) -> str | None:
    """One line a table can hold: composed, without controls and lone surrogates."""
    return nfc("".join(c for c in text if c.isprintable()))[:200] or None


def _introduced(paired: services.Paired) -> dict[str, object]:
    device = paired.device
    return {
        "device_id": device.id,
        "token": paired.token,
        "congress_id": device.congress_id,
        "congress": device.congress.name,
        "name": device.name,
        "gate": device.gate,
        "profile": device.profile,
        "server_time": clock.now().isoformat(),
    }


def _counted(now: presence.Attendance) -> dict[str, object]:
    return {
        "convened": now.convened,
        "present": now.present,
        "excused": now.excused,
        "by_category": {
            key: {"label": say(CATEGORY_LABELS[key]), "convened": c.expected, "present": c.present}
            for key, c in now.by_category.items()
        },
        "by_unit": [
            {"unit": row.unit, "convened": row.convened, "present": row.present}
            for row in unnamed.in_company(_units(now))
        ],
        "session_id": now.session_id,
    }


def _units(now: presence.Attendance) -> list[UnitCount]:
    return [
        UnitCount(str(c.label) if c.unit_id is not None else "", c.expected, c.present)
        for c in now.by_unit
    ]


def answer_json(answer: Answer) -> dict[str, object]:
    """An answer in the contract's shape, in the language of the request."""
    card, seen = answer.delegate, answer.first_seen
    return {
        "uuid": answer.uuid,
        "verdict": answer.verdict.value,
        "reason": answer.reason.value if answer.reason else None,
        "message": say(answer.sentence),
        "replayed": answer.replayed,
        "delegate": None
        if card is None
        else {
            "delegate_id": card.delegate_id,
            "number": card.number,
            "name": card.name,
            "position": card.position,
            "unit": card.unit,
            "category": card.category,
            "seat": card.seat,
            "photo": card.has_photo,
            "category_label": say(CATEGORY_LABELS[card.category]),
        },
        "first_seen": None
        if seen is None
        else {"at": seen.at.isoformat() if seen.at else None, "gate": seen.gate},
    }
