"""`audit verify` and `audit head`: is the log as it was written, and where does it end?"""

from __future__ import annotations

from pathlib import Path

import click
from flask.cli import AppGroup

from congress_app.audit import chain, chain_queries, chain_services
from congress_app.cli.output import REFUSED, Answer, Spoken, answers
from congress_app.documents import whole_queries
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
    """Tính lại mã băm của nhật ký và văn bản đã ban hành; báo chỗ không còn như lúc được ghi."""
    wanted = {chain.anchor_from(text) for text in anchors}
    if folder is not None:
        wanted |= {anchor for _path, anchor in copy_files.anchors_in(folder)}
    papers, altered = whole_queries.altered()
    besides = {"altered_papers": chain.ranges(altered)} if altered else {}
    found = chain_services.verify(wanted, actor=system_actor(), besides=besides)
    data = {
        "entries": found.entries,
        "erased": found.erased,
        "reduced": found.reduced,
        "sealed": found.opened,
        "sealed_shut": found.shut,
        "head": {"number": found.head.number, "hash": found.head.hash},
        "fault": found.fault,
        "number": found.number,
        "anchors_met": len(found.anchors_met),
        "papers": papers,
        "papers_altered": altered,
    }
    told = _log_told(found, with_anchors=bool(wanted)) + _papers_told(papers, altered)
    told.append(Sentence(N_("Mục cuối: {anchor}"), anchor=found.head))
    return Answer(data, told, REFUSED) if found.fault or altered else Answer(data, told)


def _log_told(found: chain_queries.Verdict, *, with_anchors: bool) -> list[Sentence]:
    if found.fault:
        fault = Sentence(chain_queries.FAULTS[found.fault], number=found.number)
        # Of a chain that breaks, the rest was not read: how many are shut is not known.
        return [fault, *(_shut_told(found) if found.fault == "sealed" else ())]
    whole = Sentence(
        N_("Nhật ký nguyên vẹn: {entries} mục, {erased} mục đã xóa nội dung theo quy định."),
        entries=found.entries,
        erased=found.erased,
    )
    parts = Sentence(
        N_("{count} mục xóa một phần, phần còn lại đúng như mục ghi việc xóa."), count=found.reduced
    )
    sealed = Sentence(N_("Mở được cả {count} mục có giá trị niêm phong."), count=found.opened)
    met = Sentence(N_("Khớp {count} mốc đã ghi."), count=len(found.anchors_met))
    besides = ((parts, found.reduced), (sealed, found.opened), (met, with_anchors))
    return [whole, *(sentence for sentence, is_told in besides if is_told)]


def _shut_told(found: chain_queries.Verdict) -> list[Sentence]:
    if not found.shut:
        return []
    template = N_("{count} mục có giá trị niêm phong không mở được: số {numbers}.")
    if found.shut > len(found.shut_first):
        template = N_("{count} mục có giá trị niêm phong không mở được, trước hết: số {numbers}.")
    return [Sentence(template, count=found.shut, numbers=chain.ranges(found.shut_first))]


def _papers_told(papers: int, altered: list[int]) -> list[Sentence]:
    if not altered:
        told = Sentence(N_("{count} văn bản đã ban hành đúng như lúc ban hành."), count=papers)
        return [told] if papers else []
    template = N_("Văn bản không còn như lúc ban hành: {name}")
    return [Sentence(template, name=name) for name in whole_queries.names(altered)]
