"""The feed: what a device must hold to judge badges without network. See `docs/api.md`."""

from __future__ import annotations

from flask import Blueprint, Response, g, jsonify, request

from congress_app.congresses.lifecycle import State
from congress_app.kernel import clock
from congress_app.kernel.errors import Unreadable
from congress_app.kernel.sentences import N_, Sentence
from congress_app.scanners import feed_queries, feed_services, sealing, timeline
from congress_app.scanners.feed_models import FeedState
from congress_app.scanners.models import Device
from congress_app.web.guards import device_always
from congress_app.web.texts import say

bp = Blueprint("scanners_feed", __name__, url_prefix="/api/v1")

PAGE = 500
LONGEST_NUMBER = 9


@bp.get("/feed")
@device_always
def feed() -> Response:
    """What changed after a number; deriving it first is the one write behind a GET."""
    after = _number(request.args.get("after", "0"))
    feed_services.note(g.device, _queue(), request.headers.get("X-App-Version", "")[:40] or None)
    if g.device.congress.state == State.CLOSED:
        return jsonify(_wiped())
    state = feed_services.bring_up_to_date(g.device.congress_id)
    return jsonify(_page(g.device, state, after))


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER):
        raise Unreadable("bad_after", Sentence(N_("“after” phải là số “next” đã nhận lần trước.")))
    return int(text)


def _queue() -> int | None:
    told = request.headers.get("X-Queue-Length", "")
    return int(told) if told.isascii() and told.isdigit() and len(told) < LONGEST_NUMBER else None


def _wiped() -> dict[str, object]:
    """The congress is over: nothing may stay on a device."""
    told = {"wipe": True, "complete": True, "entries": [], "next": 0}
    return told | {"server_time": clock.now().isoformat()}


def _page(device: Device, state: FeedState, after: int) -> dict[str, object]:
    # A number we never gave out: the tables were restored from an older copy.
    reset = after > state.sequence
    rows = feed_queries.entries_after(
        device.congress_id,
        0 if reset else after,
        PAGE,
        with_index=device.profile == "supervisor",
    )
    is_last = len(rows) < PAGE
    sessions = feed_queries.sessions(device.congress_id)
    return {
        "entries": [_entry(*row) for row in rows],
        "next": state.sequence if is_last else rows[-1].seq,
        "complete": is_last and state.is_whole,
        "server_time": clock.now().isoformat(),
        "reset": reset,
        "salt": state.salt,
        "iterations": sealing.ITERATIONS,
        "timeline": timeline.timeline(sessions, device.session_ids),
        "serves": device.session_ids,
        "keep_until": timeline.kept_until(sessions, clock.now()).isoformat(),
    }


def _entry(seq: int, kind: str, key: str, body: dict[str, object] | None) -> dict[str, object]:
    named: dict[str, object] = {"seq": seq, "kind": kind, "key": key}
    return named | ({"gone": True} if body is None else {"data": _spoken(body)})


def _spoken(body: dict[str, object]) -> dict[str, object]:
    """Stored sentences in the language of whoever stands at the door."""
    if "template" not in body:
        return body
    rest = {name: value for name, value in body.items() if name not in ("template", "params")}
    params = body.get("params")
    sentence = Sentence(str(body["template"]), **(params if isinstance(params, dict) else {}))
    return rest | {"text": say(sentence)}
