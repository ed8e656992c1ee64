"""`documents kinds`, `documents render`."""

from __future__ import annotations

from pathlib import Path

import click
from flask.cli import AppGroup

from congress_app.cli.congresses import congress_named
from congress_app.cli.output import Answer, Spoken, answers
from congress_app.documents import freezing, queries
from congress_app.documents.kinds import KINDS, kind_of
from congress_app.kernel.errors import Unreadable
from congress_app.kernel.sentences import N_, Sentence

group = AppGroup("documents", help="Văn bản.")


@group.command("kinds", cls=Spoken)
@answers
def kinds() -> Answer:
    """Liệt kê các loại văn bản và dạng tệp."""
    listed = [
        {"kind": kind.code, "title": kind.title, "formats": list(kind.formats)}
        for kind in KINDS.values()
    ]
    return Answer({"kinds": listed}, [f"{kind.code:<22} {kind.title}" for kind in KINDS.values()])


@group.command("render", cls=Spoken)
@click.argument("kind")
@click.argument("congress_id", type=int)
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path, dir_okay=False))
@answers
def render(kind: str, congress_id: int, output: Path) -> Answer:
    """Soạn một văn bản của hội nghị ra tệp .docx hoặc .pdf; thiếu dữ liệu thì liệt kê."""
    wanted, form = kind_of(kind), output.suffix.lower().lstrip(".")
    if form not in freezing.WRITERS:
        raise Unreadable(
            "unknown_format",
            Sentence(N_("Tệp {file} phải có đuôi .docx hoặc .pdf."), file=output),
        )
    paper = queries.fresh_paper(congress_named(congress_id), wanted)
    data = freezing.WRITERS[form](paper)
    output.write_bytes(data)
    return Answer(
        {"file": str(output), "bytes": len(data)},
        [Sentence(N_("Đã ghi {file}."), file=output)],
    )
