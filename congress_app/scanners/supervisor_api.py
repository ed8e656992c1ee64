"""What a supervisor's device may do after its PIN: find by name, admit by hand, take back."""

from __future__ import annotations

from flask import Blueprint, Response, g, jsonify, request

from congress_app.badges import token
from congress_app.checkin import queries as presence
from congress_app.checkin import scan_queries
from congress_app.checkin.intake import read_scan
from congress_app.congresses.rulebook import CATEGORY_LABELS, Category
from congress_app.delegates.registration import GroundFacts, PersonFacts, Registration
from congress_app.kernel import clock
from congress_app.kernel.errors import Forbidden, NotFound, Unreadable
from congress_app.kernel.sentences import N_, Sentence
from congress_app.kernel.vietnamese import fold, nfc
from congress_app.scanners import sealing, supervisor_queries, supervisor_services
from congress_app.scanners.api import answer_json, json_body
from congress_app.units.models import Unit
from congress_app.units.queries import unit_by_code
from congress_app.web.guards import device_only
from congress_app.web.texts import say

bp = Blueprint("scanners_supervisor", __name__, url_prefix="/api/v1")

SHORTEST_NAME = 2
FOUND_LIMIT = 20
LONGEST_NAME, LONGEST_CODE = 200, 40
LONGEST_REASON, LONGEST_PERSON, LONGEST_SEARCH = 300, 100, 100
SESSION_HEADER = "X-Supervisor-Session"


@bp.post("/supervisor")
@device_only
def open_up() -> Response:
    """Give the PIN; the secret opens the calls below for a quarter of an hour."""
    body = json_body()
    person, pin = _line(body, "person", LONGEST_PERSON), _line(body, "pin", LONGEST_PERSON)
    opened = supervisor_services.open_up(g.device, pin, person, address=request.remote_addr)
    return jsonify(
        session=opened.secret,
        expires_at=opened.until.isoformat(),
        index_key=opened.index_key,
        pin_iterations=sealing.PIN_ITERATIONS,
    )


@bp.get("/delegates")
@device_only
def find() -> Response:
    """Delegates by name or number, with where they stand in the session now."""
    _must_be_open()
    text = fold(nfc(request.args.get("q", "")[:LONGEST_SEARCH]))
    if len(text) < SHORTEST_NAME and not text.isdigit():
        raise Unreadable("search_too_short", Sentence(N_("Hãy gõ ít nhất hai chữ của tên.")))
    session = presence.session_now(g.device.congress_id, clock.now())
    rows = presence.door_list(g.device.congress_id, session, text, "all", FOUND_LIMIT)
    ids = [row.delegate_id for row in rows]
    last = supervisor_queries.last_scans(session.id, ids) if session else {}
    return jsonify(delegates=[_found(row, last.get(row.delegate_id)) for row in rows])


@bp.post("/delegates/<int:delegate_id>/scans")
@device_only
def admit(delegate_id: int) -> Response:
    """Record somebody without a readable badge, by the same rules as a scan."""
    _must_be_open()
    body = json_body() | {"code": f"delegate {delegate_id}", "source": "manual"}
    found = scan_queries.delegate_by_hand(delegate_id)
    if found is None or found.facts.congress_id != g.device.congress_id:
        raise NotFound("unknown_delegate", Sentence(N_("Không có đại biểu này.")))
    answer = supervisor_services.admit_by_hand(g.device, read_scan(body), delegate_id)
    return jsonify(answer_json(answer))


@bp.post("/scans/<int:scan_id>/take-back")
@device_only
def take_back(scan_id: int) -> Response:
    """Undo an accepted scan; both rows stay in the log."""
    _must_be_open()
    reason = _line(json_body(), "reason", LONGEST_REASON)
    wrong = scan_queries.scan_by_id(g.device.congress_id, scan_id)
    if wrong is None:
        raise NotFound("unknown_scan", Sentence(N_("Không có lượt quét này.")))
    supervisor_services.take_back(g.device, wrong, reason, address=request.remote_addr)
    return jsonify(taken_back=scan_id)


@bp.post("/walk-ins")
@device_only
def walk_in() -> tuple[Response, int]:
    """Register, badge and admit a guest or official who is not on the list."""
    _must_be_open()
    body = json_body()
    reason = _line(body, "reason", LONGEST_REASON)
    registration = _registration(body)
    done = supervisor_services.walk_in(g.device, registration, reason, address=request.remote_addr)
    told = answer_json(done.answer) | {"badge_code": token.grouped(done.badge_code)}
    return jsonify(told), 201


def _registration(body: dict[str, object]) -> Registration:
    """A new delegate as asked for; `unit_code` for the sector's own, else `organisation`."""
    code = _line(body, "unit_code", LONGEST_CODE) if body.get("unit_code") else None
    unit = _unit_here(code) if code else None
    if code and unit is None:
        raise NotFound("unknown_unit", Sentence(N_("Không có đơn vị mang mã “{code}”."), code=code))
    category = _line(body, "category", LONGEST_CODE)
    if category not in CATEGORY_LABELS:
        raise Unreadable("bad_category", Sentence(N_("Thành phần phải là guest hoặc official.")))
    person = PersonFacts(
        full_name=_line(body, "name", LONGEST_NAME),
        unit_id=unit.id if unit else None,
        organisation=None if unit else _line(body, "organisation", LONGEST_NAME),
    )
    ground = GroundFacts(_line(body, "ground", LONGEST_REASON))
    return Registration(person, Category(category), (ground,))


def _unit_here(code: str) -> Unit | None:
    """The unit of the code, if it is one of this congress: elsewhere nobody is entered."""
    unit = unit_by_code(code)
    here = unit is not None and unit.path.startswith(g.device.congress.unit.path)
    return unit if here else None


def _must_be_open() -> None:
    if not supervisor_queries.is_open(g.device, request.headers.get(SESSION_HEADER, "")):
        raise Forbidden("supervisor_locked", Sentence(N_("Hãy nhập mã PIN của giám sát.")))


def _line(body: dict[str, object], name: str, longest: int) -> str:
    """One printable line of the body; raises Unreadable when it is missing or too long."""
    value = body.get(name)
    line = (
        nfc("".join(c for c in value if c.isprintable())).strip() if isinstance(value, str) else ""
    )
    if not line or len(line) > longest:
        raise Unreadable(f"bad_{name}", Sentence(N_("Thiếu hoặc sai trường “{name}”."), name=name))
    return line


def _found(row: presence.DoorRow, last_scan_id: int | None) -> dict[str, object]:
    seen = row.first_in_at
    return {
        "delegate_id": row.delegate_id,
        "number": row.number,
        "name": row.name,
        "unit": row.unit,
        "category": row.category,
        "category_label": say(CATEGORY_LABELS[row.category]),
        "is_present": row.is_present,
        "first_in_at": seen.isoformat() if seen else None,
        "gate": row.first_gate,
        "excuse": row.excuse is not None,
        "last_scan_id": last_scan_id,
    }
