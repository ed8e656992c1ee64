"""`speeches select`: the choice alone, no database is opened."""

from __future__ import annotations

from pathlib import Path

import click
from flask.cli import AppGroup

from congress_app.cli.output import Answer, Spoken, answers
from congress_app.cli.sheets import FILE, bytes_of
from congress_app.kernel.sentences import N_, Sentence
from congress_app.programme.selection.answer import answer_of
from congress_app.programme.selection.deciding import select as choose
from congress_app.programme.selection.reading import read_problem

group = AppGroup("speeches", help="Tham luận.")


@group.command("select", cls=Spoken)
@click.argument("file", type=FILE)
@answers
def select(file: Path) -> Answer:
    """Chọn tham luận trong số phút cho trước theo tệp JSON."""
    problem = read_problem(bytes_of(file), file.name)
    data = answer_of(choose(problem))
    told = Sentence(
        N_("Điểm {score}, {minutes} phút."), score=data["score"], minutes=data["minutes"]
    )
    lines: list[str | Sentence] = [*data["chosen"], told]
    if not data["proven"]:
        lines.append(
            Sentence(
                N_("Hết thời gian: phương án khác có thể hơn nhiều nhất {gap} %."),
                gap=round(100 * data["gap"], 2),
            )
        )
    return Answer(data, lines)
