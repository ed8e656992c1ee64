"""`scans export` and `scans verify`."""

from __future__ import annotations

import json

import click
from flask.cli import AppGroup

from congress_app.checkin import log_queries
from congress_app.cli.congresses import congress_named
from congress_app.cli.output import REFUSED, Answer, Spoken, answers
from congress_app.kernel.sentences import N_, Sentence

group = AppGroup("scans", help="Nhật ký quét.")


@group.command("export", cls=Spoken)
@click.argument("congress_id", type=int)
@answers
def export(congress_id: int) -> Answer:
    """In nhật ký quét của một hội nghị, mỗi dòng một lượt (JSON)."""
    for line in log_queries.scan_log(congress_named(congress_id).id):
        click.echo(json.dumps(line, ensure_ascii=False).encode())
    return Answer(None)


@group.command("verify", cls=Spoken)
@click.argument("congress_id", type=int)
@answers
def verify(congress_id: int) -> Answer:
    """Tính lại sự có mặt từ nhật ký quét và so với bảng đang dùng."""
    found = log_queries.verify(congress_named(congress_id).id)
    lines = [
        Sentence(
            N_("{scans} lượt quét, {presence} lượt có mặt tính lại, {wrong} chỗ sai khác."),
            scans=found.scans,
            presence=found.presence,
            wrong=len(found.mismatches),
        ),
        *(
            Sentence(N_("Phiên {session}, đại biểu {delegate}"), session=one[0], delegate=one[1])
            for one in found.mismatches
        ),
    ]
    data = {
        "scans": found.scans,
        "presence": found.presence,
        "mismatches": len(found.mismatches),
    }
    return Answer(data, lines, REFUSED if found.mismatches else 0)
