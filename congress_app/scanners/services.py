"""Pair, revoke and roll devices; take in what they report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import delete, select, update

from congress_app.audit.services import record
from congress_app.checkin import services as checkin
from congress_app.checkin.answer import Answer
from congress_app.checkin.intake import Asked, Door, ScanRequest, offset_ms
from congress_app.congresses import lifecycle
from congress_app.congresses.models import Congress
from congress_app.database import transaction
from congress_app.kernel import clock
from congress_app.kernel.errors import DomainError, NotFound, RuleViolation, TooMany
from congress_app.kernel.permissions import Actor
from congress_app.kernel.sentences import N_, Sentence
from congress_app.scanners import pairing, queries
from congress_app.scanners.models import Device, PairingFailure
from congress_app.scanners.queries import Caller

FAILURES_ALLOWED = 10
FAILURE_WINDOW = timedelta(minutes=10)
# What the log calls whoever types a pairing code.
NOBODY = "người ghép máy quét"
# A device that scans all the time is not written down all the time.
SEEN_STEP = timedelta(seconds=30)
CLOCK_STEP_MS = 1000
# How many scans of a batch share a commit: a live scan waits for one of these at most.
PIECE = 20


@dataclass(frozen=True)
class Pairing:
    """A device waiting to be paired, with the code that only now is readable."""

    device: Device
    code: str


@dataclass(frozen=True)
class Paired:
    """A paired device with the token that only now is readable."""

    device: Device
    token: str


def invite(
    congress: Congress, name: str, gate: str | None, profile: str, *, actor: Actor
) -> Pairing:
    """Make a device that waits ten minutes for its one-time code."""
    code = pairing.new_code()
    with transaction() as session:
        _forget_failures()
        device = Device(
            congress_id=congress.id,
            name=name,
            gate=gate,
            profile=profile,
            state="waiting",
            pairing_hash=pairing.digest(code),
            pairing_expires_at=clock.now() + pairing.CODE_LIFE,
            created_at=clock.now(),
            created_by=actor.name,
        )
        session.add(device)
        record(
            "device.invite",
            device,
            {"name": name, "gate": gate, "profile": profile},
            actor=actor,
            unit_path=congress.unit.path,
        )
        return Pairing(device, code)


def pair(typed_code: str, name: str | None, *, address: str) -> Paired:
    """Trade a code for a token, once; each refusal is an entry until the address must wait.

    Raises TooMany `pairing_throttled` after ten wrong codes in ten minutes from one
    address, NotFound `pairing_unknown` for a code that is wrong, used or too old,
    RuleViolation `congress_closed`.
    """
    _check_throttle(address)
    token = pairing.new_token()
    with transaction():
        device = queries.device_by_code(pairing.typed(typed_code), lock=True)
        fresh = device is not None and device.state == "waiting"
        if device is not None and fresh and _is_in_time(device):
            _must_go_on(device.congress)
            device.token_hash = pairing.digest(token)
            device.pairing_hash = None
            device.pairing_expires_at = None
            device.state = "active"
            device.paired_at = device.last_seen_at = clock.now()
            device.name = name or device.name
            _tell_paired(device, address)
            return Paired(device, token)
        _remember_failure(device, address)
    raise NotFound(
        "pairing_unknown",
        Sentence(
            N_(
                "Mã ghép không đúng, đã dùng hoặc quá 10 phút. "
                "Hãy lấy mã mới ở trang Máy quét của hội nghị."
            )
        ),
    )


def _must_go_on(congress: Congress) -> None:
    """Who pairs is nobody the gate knows, so a closed congress is asked for here."""
    over = lifecycle.over(congress.state, congress.name)
    if over is not None:
        raise RuleViolation("congress_closed", over)


def _tell_paired(device: Device, address: str) -> None:
    """The device itself is who paired: nobody is signed in on it."""
    actor = Actor("device", device.id, device.name, device.name, address=address)
    path = device.congress.unit.path
    record("device.pair", device, {"name": device.name}, actor=actor, unit_path=path)


def _is_in_time(device: Device) -> bool:
    return device.pairing_expires_at is not None and clock.now() < device.pairing_expires_at


def _check_throttle(address: str) -> None:
    if _failures(address) >= FAILURES_ALLOWED:
        raise TooMany(
            "pairing_throttled",
            Sentence(N_("Quá nhiều mã ghép sai từ máy này. Hãy đợi 10 phút rồi thử lại.")),
            retry_after=int(FAILURE_WINDOW.total_seconds()),
        )


def _failures(address: str) -> int:
    return queries.failures_since(pairing.place(address), clock.now() - FAILURE_WINDOW)


def _remember_failure(device: Device | None, address: str) -> None:
    """Count the wrong code and write it down; `device` is whose code came too late."""
    with transaction() as session:
        _forget_failures()
        session.add(PairingFailure(address=pairing.place(address), at=clock.now()))
        session.flush()
        count = _failures(address)
        wait = int(FAILURE_WINDOW.total_seconds()) if count >= FAILURES_ALLOWED else 0
        reason = "wrong_pairing_code" if device is None else "code_expired"
        facts = {"reason": reason, "failures": count, "wait_seconds": wait}
        stranger = Actor("anonymous", None, NOBODY, NOBODY, address=address)
        path = device.congress.unit.path if device else None
        record("device.pair_refused", device or "device", facts, actor=stranger, unit_path=path)


def _forget_failures() -> None:
    """Drop what no longer counts; with every failure and every new device."""
    with transaction() as session:
        # Skipping what others hold: two who forget the same rows must not wait crosswise.
        old = session.scalars(
            select(PairingFailure.id)
            .where(PairingFailure.at < clock.now() - FAILURE_WINDOW)
            .with_for_update(skip_locked=True)
        ).all()
        if old:
            session.execute(delete(PairingFailure).where(PairingFailure.id.in_(old)))


def revoke(device: Device, *, actor: Actor) -> None:
    """Take a device out of service at once; what it still hands in goes to quarantine."""
    with transaction():
        device.state = "revoked"
        device.revoked_at = clock.now()
        device.pairing_hash = None
        record("device.revoke", device, actor=actor, unit_path=device.congress.unit.path)


def roll(device: Device, *, actor: Actor) -> Paired:
    """Give an active device a new token; the old one stops working at once."""
    token = pairing.new_token()
    with transaction():
        if device.state != "active":
            raise RuleViolation(
                "device_not_active",
                Sentence(N_("Chỉ đổi khóa được cho máy quét đang hoạt động.")),
            )
        device.token_hash = pairing.digest(token)
        # Who opened the panel held the old one.
        device.supervisor_hash = device.supervisor_until = None
        record("device.roll", device, actor=actor, unit_path=device.congress.unit.path)
        return Paired(device, token)


def heard(caller: Caller, door: Door) -> None:
    """Remember that the device was heard of, at most every half minute, and its clock when
    that moved by more than a second."""
    now = clock.now()
    due = caller.last_seen_at is None or now - caller.last_seen_at > SEEN_STEP
    offset = offset_ms(door.clock_offset)
    if due or abs(offset - caller.clock_offset_ms) > CLOCK_STEP_MS:
        values = {"last_seen_at": now, "clock_offset_ms": offset}
        with transaction() as session:
            session.execute(update(Device).where(Device.id == caller.id).values(values))


def accept(request: ScanRequest, door: Door) -> Answer:
    """Take in one scan from a device; the rules are check-in's."""
    return checkin.scan(request, door)


def accept_all(requests: Sequence[ScanRequest], door: Door) -> list[Answer | DomainError]:
    """Take in a batch, in order; some at a time, so that live scans come in between."""
    asked = [Asked(request, door) for request in requests]
    pieces = (asked[start : start + PIECE] for start in range(0, len(asked), PIECE))
    return [outcome for piece in pieces for outcome in checkin.scan_all(piece)]
