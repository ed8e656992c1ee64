"""`units import`."""

from __future__ import annotations

from pathlib import Path

import click
from flask.cli import AppGroup

from congress_app.cli.output import Answer, Spoken, answers
from congress_app.cli.sheets import FILE, bytes_of, sheet_answer
from congress_app.kernel.permissions import system_actor
from congress_app.units.import_services import import_units
from congress_app.web.texts import say

group = AppGroup("units", help="Cây đơn vị.")


@group.command("import", cls=Spoken)
@click.argument("file", type=FILE)
@click.option("--dry-run", is_flag=True, help="Chỉ kiểm tra, không ghi.")
@answers
def import_(file: Path, dry_run: bool) -> Answer:
    """Nhập đơn vị từ tệp .xlsx hoặc .csv."""
    result = import_units(bytes_of(file), file.name, dry_run=dry_run, actor=system_actor())
    data = {
        "created": 0 if result.faults else result.created,
        "updated": 0 if result.faults else result.updated,
        "unchanged": 0 if result.faults else result.unchanged,
        "faults": [
            {
                "row": fault.row,
                "column": fault.column,
                "value": fault.value,
                "code": fault.code,
                "message": say(fault.sentence),
            }
            for fault in result.faults
        ],
    }
    return sheet_answer(file, data, result.faults, dry_run)
