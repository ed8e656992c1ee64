"""`exemplars import`."""

from __future__ import annotations

from pathlib import Path

import click
from flask.cli import AppGroup

from congress_app.cli.output import Answer, Spoken, answers
from congress_app.cli.sheets import FILE, bytes_of, figures_of, sheet_answer
from congress_app.exemplars.import_services import import_exemplars
from congress_app.kernel.permissions import system_actor

group = AppGroup("exemplars", help="Điển hình tiên tiến.")


@group.command("import", cls=Spoken)
@click.argument("file", type=FILE)
@click.option("--dry-run", is_flag=True, help="Chỉ kiểm tra, không ghi.")
@answers
def import_(file: Path, dry_run: bool) -> Answer:
    """Nhập điển hình và khen thưởng từ tệp .xlsx hoặc .csv."""
    result = import_exemplars(bytes_of(file), file.name, dry_run=dry_run, actor=system_actor())
    return sheet_answer(file, figures_of(result), result.faults, dry_run)
