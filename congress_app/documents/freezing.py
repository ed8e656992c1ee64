"""An issued paper as it is kept: its blocks, what they were made from, one hash over both."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from congress_app.documents import facts as fact_values
from congress_app.documents.facts import Facts, PersonRow
from congress_app.formats import blocks, docx, paper_pdf
from congress_app.formats.blocks import Paper
from congress_app.kernel.errors import Stale
from congress_app.kernel.sentences import N_, Sentence

WRITERS: dict[str, Callable[[Paper], bytes]] = {"docx": docx.write, "pdf": paper_pdf.write}
# So many sections, or rows of tables, are set as PDF within a second or two.
MANY_SECTIONS, MANY_ROWS = 100, 300


@dataclass(frozen=True)
class Seen:
    """What stood before the issuer of a draft, and when: its version, a hash over the paper."""

    version: int
    fingerprint: str
    at: datetime

    def instant(self, now: datetime) -> datetime:
        """As of when presence is told: when it was looked at, within the hour; else now."""
        return self.at if timedelta(0) <= now - self.at <= timedelta(hours=1) else now


def takes_long(paper: Paper, form: str) -> bool:
    """Must nobody be made to wait for this file? Only setting pages takes long."""
    if form != "pdf":
        return False
    tables = (block for section in paper.sections for block in section.blocks)
    rows = sum(len(table.rows) for table in tables if isinstance(table, blocks.Table))
    return len(paper.sections) > MANY_SECTIONS or rows > MANY_ROWS


def facts_json(facts: Facts, recipients: Sequence[PersonRow]) -> dict[str, Any]:
    """What the paper was made from; recipients by name and number alone."""
    told = [{"name": row.name, "number": row.number} for row in recipients]
    return {"facts": fact_values.to_json(facts), "recipients": told}


def content_hash(body: Mapping[str, Any], made_from: Mapping[str, Any]) -> str:
    """SHA-256 over blocks and facts in one canonical writing, hexadecimal."""
    return _hash([body, made_from])


def fingerprint(paper: Paper) -> str:
    """SHA-256 over the blocks alone: facts that do not stand on the paper may move on."""
    return _hash(blocks.to_json(paper))


def _hash(value: Any) -> str:
    whole = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(whole.encode()).hexdigest()


def must_be_seen(stands: Seen, seen: Seen) -> None:
    """Is the draft still what its issuer looked at? Raises Stale."""
    if seen == stands:
        return
    told = N_(
        "Văn bản đã thay đổi từ lúc bạn xem: nội dung dự thảo hoặc số liệu trong văn bản nay đã "
        "khác. Hãy xem lại văn bản bên dưới rồi ban hành."
    )
    raise Stale(version=stands.version, sentence=Sentence(told))


def draft_changed(version: int) -> Stale:
    """Somebody saved the draft after its page was opened."""
    told = N_(
        "Dự thảo này đã được người khác sửa từ lúc bạn mở trang, nên chưa bỏ. Hãy mở lại trang "
        "của dự thảo, xem nội dung mới; nếu vẫn không cần thì bỏ."
    )
    return Stale(version=version, sentence=Sentence(told))


def thawed(body: Mapping[str, Any]) -> Paper:
    """The paper that was kept."""
    paper: Paper = blocks.from_json(body)
    return paper


def parts(paper: Paper, count: int) -> list[Paper]:
    """A paper for many as one paper each; every recipient has as many sections."""
    if count < 1 or len(paper.sections) % count:
        raise ValueError("the sections do not divide among the recipients")
    each = len(paper.sections) // count
    return [
        Paper(paper.title, paper.sections[start : start + each])
        for start in range(0, len(paper.sections), each)
    ]
