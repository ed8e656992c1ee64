"""`audit verify` and `audit head`: is the log as it was written, and where does it end?"""

from __future__ import annotations

from pathlib import Path

import click
from flask.cli import AppGroup

from congress_app.audit import chain, chain_queries, chain_services
from congress_app.cli.output import REFUSED, Answer, Spoken, answers
from congress_app.kernel.permissions import system_actor
from congress_app.kernel.sentences import N_, Sentence
from congress_app.operations import copy_files

group = AppGroup("audit", help="Nhật ký.")


@group.command("head", cls=Spoken)
@answers
def head() -> Answer:
    """In số và mã của mục cuối cùng, để ghi vào biên bản có chữ ký."""
    anchor = chain_queries.head()
    data = {"number": anchor.number, "hash": anchor.hash}
    return Answer(data, [Sentence("{anchor}", anchor=anchor)])


@group.command("verify", cls=Spoken)
@click.option("--anchor", "anchors", multiple=True, metavar="SỐ:MÃ", help="Mốc đã ghi ra giấy.")
@click.option(
    "--anchors-in",
    "folder",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Thư mục sao lưu: đối chiếu mốc cạnh từng bản sao.",
)
@answers
def verify(anchors: tuple[str, ...], folder: Path | None) -> Answer:
    """Tính lại chuỗi mã băm của nhật ký; báo mục đầu tiên không còn như lúc được ghi."""
    wanted = {chain.anchor_from(text) for text in anchors}
    if folder is not None:
        wanted |= {anchor for _path, anchor in copy_files.anchors_in(folder)}
    found = chain_services.verify(wanted, actor=system_actor())
    data = {
        "entries": found.entries,
        "erased": found.erased,
        "reduced": found.reduced,
        "head": {"number": found.head.number, "hash": found.head.hash},
        "fault": found.fault,
        "number": found.number,
        "anchors_met": len(found.anchors_met),
    }
    end = Sentence(N_("Mục cuối: {anchor}"), anchor=found.head)
    if found.fault:
        told = Sentence(chain_queries.FAULTS[found.fault], number=found.number)
        return Answer(data, [told, end], REFUSED)
    whole = Sentence(
        N_("Nhật ký nguyên vẹn: {entries} mục, {erased} mục đã xóa nội dung theo quy định."),
        entries=found.entries,
        erased=found.erased,
    )
    parts = Sentence(
        N_("{count} mục xóa một phần, phần còn lại đúng như mục ghi việc xóa."), count=found.reduced
    )
    met = Sentence(N_("Khớp {count} mốc đã ghi."), count=len(found.anchors_met))
    return Answer(
        data, [whole, *([parts] if found.reduced else []), *([met] if wanted else []), end]
    )
