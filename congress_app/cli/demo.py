"""`demo load`."""

from __future__ import annotations

import click
from flask import current_app
from flask.cli import AppGroup
from flask_migrate import upgrade
from sqlalchemy import inspect

from congress_app.cli.output import Answer, Spoken, answers
from congress_app.database import db
from congress_app.demo import queries, services
from congress_app.demo.sizes import Size
from congress_app.kernel.errors import Forbidden
from congress_app.kernel.permissions import system_actor
from congress_app.kernel.sentences import N_, Sentence
from congress_app.units.models import Unit

group = AppGroup("demo", help="Dữ liệu minh họa.")


@group.command("load", cls=Spoken)
@click.option("--size", type=click.Choice([size.value for size in Size]), default="small")
@click.option("--seed", type=int, default=2020, show_default=True)
@answers
def load(size: str, seed: int) -> Answer:
    """Nạp một mùa đại hội minh họa vào cơ sở dữ liệu trống."""
    if not current_app.config["ALLOW_DEMO"]:
        raise Forbidden(
            "demo_not_allowed",
            Sentence(N_("Máy chủ này không cho nạp dữ liệu minh họa (ALLOW_DEMO=0).")),
        )
    _prepare()
    accounts = services.load(Size(size), seed, actor=system_actor())
    congresses = queries.demo_congresses()
    lines = [f"{one.role:<11} {one.username:<11} {one.password}" for one in accounts]
    told = Sentence(
        N_("Đã nạp dữ liệu minh họa: {count} hội nghị, đại hội."), count=len(congresses)
    )
    return Answer(
        {
            "accounts": [
                {"role": one.role, "username": one.username, "password": one.password}
                for one in accounts
            ],
            "congresses": congresses,
        },
        [told, *lines],
    )


def _prepare() -> None:
    """Make the tables where there are none yet, so that one command is enough."""
    if not inspect(db.engine).has_table(Unit.__tablename__):
        upgrade()
