"""`dossiers make`, `verify`, `purge`, `rewrite`: archive a congress, then empty it."""

from __future__ import annotations

import os
from pathlib import Path

import click
from flask.cli import AppGroup

from congress_app import database
from congress_app.cli.congresses import congress_named
from congress_app.cli.output import Answer, Spoken, answers
from congress_app.dossiers import archive, queries, services
from congress_app.kernel.errors import Conflict, NotFound
from congress_app.kernel.permissions import system_actor
from congress_app.kernel.sentences import N_, Sentence

FILE = click.Path(path_type=Path, dir_okay=False)
ALTERED = N_("{count} văn bản trong hồ sơ được ghi là không còn như lúc ban hành.")
group = AppGroup("dossiers", help="Hồ sơ lưu trữ.")


@group.command("make", cls=Spoken)
@click.argument("congress_id", type=int)
@click.option("-o", "--output", required=True, type=FILE, help="Tệp .zip sẽ được ghi.")
@answers
def make(congress_id: int, output: Path) -> Answer:
    """Lập hồ sơ lưu trữ của một hội nghị đã bế mạc, kiểm tra và ghi ra tệp."""
    congress = congress_named(congress_id)
    dossier = services.make(congress, lambda _done, _total, _step: None, actor=system_actor())
    services.check(congress, dossier, actor=system_actor())
    data = services.take_out(congress, dossier, actor=system_actor())
    # Ethnic origin and party membership lie in it: nobody else on the machine may read it.
    with os.fdopen(os.open(output, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "wb") as file:
        file.write(data)
    told = Sentence(
        N_("Đã ghi {file} ({count} tệp bên trong)."),
        file=output,
        count=len(dossier.manifest["files"]),
    )
    return Answer(
        {"file": str(output), "bytes": len(data), "sha256": dossier.sha256},
        [told, f"SHA-256: {dossier.sha256}"],
    )


@group.command("verify", cls=Spoken)
@click.argument("file", type=FILE)
@answers
def verify(file: Path) -> Answer:
    """Đọc lại từng tệp trong hồ sơ và so với bảng kê; in mã SHA-256 của cả hồ sơ."""
    data = file.read_bytes()
    manifest = archive.verify(data)
    head = manifest["audit_head"]
    facts = {
        "congress": manifest["congress"],
        "files": len(manifest["files"]),
        "sha256": archive.sha256(data),
        "audit_head": head,
        "altered_papers": manifest.get("altered_papers", []),
    }
    altered = facts["altered_papers"]
    lines: list[str | Sentence] = [
        Sentence(
            N_("Hồ sơ nguyên vẹn: {congress}, {files} tệp."),
            congress=facts["congress"],
            files=facts["files"],
        ),
        f"SHA-256: {facts['sha256']}",
        Sentence(
            N_("Mục cuối của nhật ký lúc lập hồ sơ: {number}:{hash}"),
            number=head["number"],
            hash=head["hash"],
        ),
        *([Sentence(ALTERED, count=len(altered))] if altered else []),
    ]
    return Answer(facts, lines)


@group.command("purge", cls=Spoken)
@click.argument("congress_id", type=int)
@click.option("--sha256", "typed", required=True, help="Mã của hồ sơ đã lưu ngoài máy chủ.")
@answers
def purge(congress_id: int, typed: str) -> Answer:
    """Xóa dữ liệu làm việc của hội nghị; tên và kết quả được giữ. Không hoàn tác được."""
    congress = congress_named(congress_id)
    wanted = typed.strip().lower()
    made = [one for one in queries.dossiers_of(congress.id) if one.sha256 == wanted]
    if not made:
        raise NotFound(
            "unknown_dossier", Sentence(N_("Hội nghị này không có hồ sơ nào mang mã đã nhập."))
        )
    purged = services.purge(congress, made[0], wanted, actor=system_actor())
    done = Sentence(
        N_("Đã xóa dữ liệu làm việc: {rows} dòng. Các bản sao lưu trước đó vẫn còn dữ liệu này."),
        rows=sum(purged.figures.values()),
    )
    left = Sentence(services.NOT_REWRITTEN, act=Sentence(N_("chạy lệnh “dossiers rewrite”")))
    warnings = [] if purged.rewritten else [left, Sentence(services.STILL_IN_USE)]
    facts = {"rows": purged.figures, "rewritten": purged.rewritten}
    return Answer(facts, [done, *warnings])


@group.command("rewrite", cls=Spoken)
@answers
def rewrite() -> Answer:
    """Ghi lại tệp cơ sở dữ liệu để dữ liệu đã xóa không còn trên đĩa."""
    if not database.forget_deleted():
        raise Conflict(
            "database_in_use",
            Sentence(N_("Chưa ghi lại được tệp: còn người đang dùng cơ sở dữ liệu. Hãy chạy lại.")),
            [Sentence(services.STILL_IN_USE)],
        )
    return Answer({"rewritten": True}, [Sentence(N_("Đã ghi lại tệp cơ sở dữ liệu."))])
