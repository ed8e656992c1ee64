"""`elections count`: what the votes of one round decide; no database is opened."""

from __future__ import annotations

from pathlib import Path

import click
from flask.cli import AppGroup

from congress_app.cli.output import REFUSED, Answer, Spoken, answers
from congress_app.cli.sheets import FILE, bytes_of
from congress_app.elections.count import Result
from congress_app.elections.count_file import answer, load
from congress_app.elections.tally import decide
from congress_app.web.texts import say

group = AppGroup("elections", help="Bầu cử.")


@group.command("count", cls=Spoken)
@click.argument("file", type=FILE)
@answers
def count(file: Path) -> Answer:
    """Kiểm phiếu một lượt bầu từ tệp JSON: ai trúng cử, ai bằng phiếu, còn thiếu mấy suất."""
    outcome = decide(load(bytes_of(file), file.name))
    # A tie needs somebody's decision before anything is settled: the code says so.
    code = REFUSED if outcome.state is Result.TIE else 0
    return Answer(answer(outcome, say), outcome.explanation, code)
