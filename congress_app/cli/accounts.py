"""`accounts create`, `accounts reset`, `accounts lock-idle`."""

from __future__ import annotations

import click
from flask.cli import AppGroup

from congress_app.accounts import services
from congress_app.cli.output import Answer, Spoken, answers
from congress_app.kernel.errors import NotFound
from congress_app.kernel.permissions import Role, system_actor
from congress_app.kernel.sentences import N_, Sentence
from congress_app.units import queries as unit_queries

group = AppGroup("accounts", help="Tài khoản.")


@group.command("create", cls=Spoken)
@click.argument("username")
@click.option("--role", required=True, type=click.Choice([role.value for role in Role]))
@click.option("--unit", required=True, help="Mã đơn vị: quyền có hiệu lực từ đó trở xuống.")
@click.option("--name", default="", help="Họ và tên người dùng.")
@answers
def create(username: str, role: str, unit: str, name: str) -> Answer:
    """Lập tài khoản với mật khẩu dùng một lần."""
    place = unit_queries.unit_by_code(unit)
    if place is None:
        raise NotFound("unknown_unit", Sentence(N_("Không có đơn vị mang mã “{code}”."), code=unit))
    made = services.create_user(username, name, Role(role), place, actor=system_actor())
    return Answer(
        {"username": made.user.username, "password": made.password},
        [f"{made.user.username}\t{made.password}"],
    )


@group.command("reset", cls=Spoken)
@click.argument("username")
@answers
def reset(username: str) -> Answer:
    """Mở lại lối vào cho người quên mật khẩu, mất điện thoại xác thực hoặc bị khóa."""
    made = services.reset_way_in(username, actor=system_actor())
    return Answer(
        {"username": made.user.username, "password": made.password},
        [f"{made.user.username}\t{made.password}"],
    )


@group.command("lock-idle", cls=Spoken)
@answers
def lock_idle() -> Answer:
    """Khóa các tài khoản 45 ngày không đăng nhập; nên chạy mỗi ngày một lần."""
    locked = services.lock_rested(actor=system_actor())
    return Answer({"locked": locked}, locked)
