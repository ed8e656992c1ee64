"""`delegates import`."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click
from flask.cli import AppGroup
from flask_babel import gettext

from congress_app.cli.congresses import congress_named
from congress_app.cli.output import Answer, Spoken, answers
from congress_app.cli.sheets import FILE, bytes_of, sheet_answer
from congress_app.delegates.book import NEW_PERSON
from congress_app.delegates.import_services import import_delegates
from congress_app.kernel.permissions import system_actor

group = AppGroup("delegates", help="Đại biểu.")


class RowChoice(click.ParamType[tuple[int, int]]):
    """`12`: the person in row 12 is somebody new; `12=345`: is the stored person 345."""

    name = "row"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[int, int]:
        """The row and the person's number."""
        if isinstance(value, tuple):
            return value
        row, _, person = str(value).partition("=")
        if not row.isdecimal() or not (person or "0").isdecimal():
            self.fail(f"{value!r}: DÒNG hoặc DÒNG=SỐ_NGƯỜI", param, ctx)
        return int(row), int(person or NEW_PERSON)


@group.command("import", cls=Spoken)
@click.argument("congress_id", type=int)
@click.argument("file", type=FILE)
@click.option("--dry-run", is_flag=True, help="Chỉ kiểm tra, không ghi.")
@click.option(
    "--accept",
    multiple=True,
    type=RowChoice(),
    help="Dòng trùng tên không dấu: DÒNG là người mới, DÒNG=SỐ là người đã lưu mang số ấy.",
)
@answers
def import_(
    congress_id: int, file: Path, dry_run: bool, accept: Iterable[tuple[int, int]]
) -> Answer:
    """Nhập đại biểu của một hội nghị từ tệp .xlsx hoặc .csv."""
    congress = congress_named(congress_id)
    result = import_delegates(
        congress,
        bytes_of(file),
        file.name,
        actor=system_actor(),
        dry_run=dry_run,
        accept=dict(accept),
    )
    return sheet_answer(file, result.as_dict(gettext), result.faults, dry_run)
