"""Devices of supervisors: invited with a PIN, opened by it, correcting in a person's name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from congress_app.audit.services import record
from congress_app.checkin import desk_services, walk_in_services
from congress_app.checkin import services as checkin
from congress_app.checkin.answer import Answer
from congress_app.checkin.intake import ScanRequest
from congress_app.checkin.models import Scan
from congress_app.checkin.walk_in_services import WalkedIn
from congress_app.congresses.models import Congress
from congress_app.database import transaction
from congress_app.delegates.registration import Registration
from congress_app.kernel import clock
from congress_app.kernel.errors import Forbidden, TooMany
from congress_app.kernel.permissions import Actor, Grant, Role
from congress_app.kernel.sentences import N_, Sentence
from congress_app.scanners import feed_services, pairing, pins, queries, services
from congress_app.scanners.models import Device

SUPERVISOR = "supervisor"


@dataclass(frozen=True)
class Invitation:
    """A device waiting to be paired; the code and the PIN are readable only now."""

    device: Device
    code: str
    pin: str | None


@dataclass(frozen=True)
class Opened:
    """What a right PIN gives: the secret of the next calls, and the key of the names."""

    secret: str
    until: datetime
    index_key: str


def invite(
    congress: Congress,
    name: str,
    gate: str | None,
    profile: str,
    session_ids: Sequence[int] = (),
    *,
    actor: Actor,
) -> Invitation:
    """Make a waiting device; a supervisor's gets a PIN. No sessions named means all."""
    pin = pins.new_pin() if profile == SUPERVISOR else None
    with transaction():
        made = services.invite(congress, name, gate, profile, actor=actor)
        made.device.session_ids = sorted(session_ids) or None
        made.device.pin_hash = pins.hashed(pin) if pin else None
        return Invitation(made.device, made.code, pin)


def open_up(device: Device, pin: str, person: str, *, address: str | None) -> Opened:
    """Open the supervisor's calls of a device for a quarter of an hour.

    `address` is where the call came from; the log keeps it, here as below.

    Raises Forbidden `not_supervisor` for any other device, `wrong_pin` for a wrong one,
    TooMany `pin_locked` after five wrong ones.
    """
    if device.profile != SUPERVISOR:
        raise Forbidden("not_supervisor", Sentence(N_("Máy này không phải máy của giám sát.")))
    index_key = feed_services.index_key(device.congress_id)
    secret = pairing.new_token()
    with transaction():
        held = queries.device_by_id(device.id, lock=True)
        if held is None:
            raise AssertionError("the device made this call")
        _check_lock(held)
        if pins.is_right(pin, held.pin_hash):
            held.pin_failures = 0
            held.supervisor_hash = pairing.digest(secret)
            held.supervisor_name = person
            held.supervisor_until = clock.now() + pins.OPEN_FOR
            _tell_opened(held, address)
            return Opened(secret, held.supervisor_until, index_key)
        left = _count_failure(held)
        _tell_refused(held, left, address)
    raise Forbidden("wrong_pin", Sentence(N_("Mã PIN không đúng. Còn {left} lần thử."), left=left))


def _tell_opened(device: Device, address: str | None) -> None:
    named = {"supervisor_name": device.supervisor_name}
    path = device.congress.unit.path
    record("device.supervise", device, named, actor=_person_at(device, address), unit_path=path)


def _tell_refused(device: Device, left: int, address: str | None) -> None:
    """The wait stands in the entry that began it; while it lasts nothing is looked at."""
    wait = 0 if left else int(pins.LOCKED_FOR.total_seconds())
    facts = {"reason": "wrong_pin", "failures": pins.TRIES - left, "wait_seconds": wait}
    # Not `_person_at`: nobody has proved to be the one who opened it last.
    actor = Actor("device", device.id, device.name, device.name, address=address)
    path = device.congress.unit.path
    record("device.pin_refused", device, facts, actor=actor, unit_path=path)


def _check_lock(device: Device) -> None:
    until = device.pin_locked_until
    if until is not None and clock.now() < until:
        raise TooMany(
            "pin_locked",
            Sentence(N_("Nhập sai mã PIN quá nhiều lần. Hãy đợi 5 phút rồi thử lại.")),
            retry_after=int((until - clock.now()).total_seconds()) + 1,
        )


def _count_failure(device: Device) -> int:
    """One wrong PIN more; how many tries are left."""
    device.pin_failures += 1
    left = pins.TRIES - device.pin_failures
    if left <= 0:
        device.pin_failures = 0
        device.pin_locked_until = clock.now() + pins.LOCKED_FOR
    return max(left, 0)


def admit_by_hand(device: Device, request: ScanRequest, delegate_id: int) -> Answer:
    """Record a delegate found by name, by the same rules, in the supervisor's name."""
    with transaction():
        door = replace(queries.door_of(device), operator=device.supervisor_name)
        return checkin.scan(request, door, by_hand=delegate_id)


def walk_in(
    device: Device, registration: Registration, reason: str, *, address: str | None
) -> WalkedIn:
    """Register, badge and admit somebody who is not on the list, within the cap.

    Raises what `walk_in_services.walk_in` raises.
    """
    with transaction():
        door = replace(queries.door_of(device), operator=device.supervisor_name)
        actor = _person_at(device, address)
        return walk_in_services.walk_in(
            device.congress, registration, reason, actor=actor, door=door
        )


def take_back(device: Device, wrong: Scan, reason: str, *, address: str | None) -> None:
    """Undo an accepted scan with its reason, in the supervisor's name."""
    with transaction():
        actor = _person_at(device, address)
        desk_services.take_back(device.congress, wrong, reason, actor=actor)


def _person_at(device: Device, address: str | None) -> Actor:
    """The supervisor who opened the device, as an actor for its congress."""
    name = f"{device.supervisor_name} ({device.name})"
    grants = (Grant(Role.SUPERVISOR, device.congress.unit.path),)
    return Actor("device", device.id, device.name, name, grants, address)
