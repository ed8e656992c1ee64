"""`audit verify` and `audit head`: is the log as it was written, and where does it end?"""

from __future__ import annotations

import click
from flask.cli import AppGroup

from congress_app.audit import chain, chain_queries
from congress_app.cli.output import REFUSED, Answer, Spoken, answers
from congress_app.kernel.sentences import N_, Sentence

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
@answers
def verify(anchors: tuple[str, ...]) -> Answer:
    """Tính lại chuỗi mã băm của nhật ký; báo mục đầu tiên không còn như lúc được ghi."""
    found = chain_queries.verify([chain.anchor_from(text) for text in anchors])
    data = {
        "entries": found.entries,
        "erased": found.erased,
        "head": {"number": found.head.number, "hash": found.head.hash},
        "fault": found.fault,
        "number": found.number,
    }
    if found.fault:
        told = Sentence(chain_queries.FAULTS[found.fault], number=found.number)
        return Answer(data, [told], REFUSED)
    whole = Sentence(
        N_("Nhật ký nguyên vẹn: {entries} mục, {erased} mục đã xóa nội dung theo quy định."),
        entries=found.entries,
        erased=found.erased,
    )
    return Answer(data, [whole, Sentence(N_("Mục cuối: {anchor}"), anchor=found.head)])
