"""`devices pair`, `list`, `revoke`, `roll`."""

from __future__ import annotations

import click
from flask.cli import AppGroup

from congress_app.cli.congresses import congress_named
from congress_app.cli.output import Answer, Spoken, answers
from congress_app.kernel.errors import NotFound
from congress_app.kernel.permissions import system_actor
from congress_app.kernel.sentences import N_, Sentence
from congress_app.scanners import pairing, queries, services, supervisor_services
from congress_app.scanners.models import Device

group = AppGroup("devices", help="Máy quét.")


@group.command("pair", cls=Spoken)
@click.argument("congress_id", type=int)
@click.option("--name", required=True)
@click.option("--gate")
@click.option("--supervisor", is_flag=True, help="Máy của người giám sát điểm danh.")
@answers
def pair(congress_id: int, name: str, gate: str | None, supervisor: bool) -> Answer:
    """Lấy mã ghép dùng một lần, trong 10 phút, cho một máy quét mới."""
    profile = "supervisor" if supervisor else "steward"
    congress = congress_named(congress_id)
    made = supervisor_services.invite(congress, name, gate, profile, actor=system_actor())
    expires = made.device.pairing_expires_at
    told = {"pairing_code": made.code, "expires_at": expires.isoformat() if expires else None}
    lines = [pairing.grouped(made.code)]
    if made.pin is not None:
        told["pin"] = made.pin
        lines.append(f"PIN {made.pin}")
    return Answer(told, lines)


@group.command("list", cls=Spoken)
@click.argument("congress_id", type=int)
@answers
def list_(congress_id: int) -> Answer:
    """Liệt kê máy quét của một hội nghị."""
    listed = [_facts(device) for device in queries.devices_of(congress_named(congress_id).id)]
    lines = [f"{one['device_id']}\t{one['state']}\t{one['name']}" for one in listed]
    return Answer({"devices": listed}, lines)


@group.command("revoke", cls=Spoken)
@click.argument("device_id", type=int)
@answers
def revoke(device_id: int) -> Answer:
    """Ngừng một máy quét ngay lập tức."""
    device = _device(device_id)
    services.revoke(device, actor=system_actor())
    return Answer({"device_id": device.id, "state": device.state}, [device.state])


@group.command("roll", cls=Spoken)
@click.argument("device_id", type=int)
@answers
def roll(device_id: int) -> Answer:
    """Đổi khóa của một máy quét; khóa cũ hết hiệu lực ngay."""
    rolled = services.roll(_device(device_id), actor=system_actor())
    return Answer({"device_id": rolled.device.id, "token": rolled.token}, [rolled.token])


def _device(device_id: int) -> Device:
    device = queries.device_by_id(device_id)
    if device is None:
        raise NotFound("unknown_device", Sentence(N_("Không có máy quét số {id}."), id=device_id))
    return device


def _facts(device: Device) -> dict[str, object]:
    seen = device.last_seen_at
    return {
        "device_id": device.id,
        "name": device.name,
        "gate": device.gate,
        "state": device.state,
        "last_seen": seen.isoformat() if seen else None,
        "clock_offset_s": device.clock_offset_ms / 1000,
    }
