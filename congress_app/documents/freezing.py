"""An issued paper as it is kept: its blocks, what they were made from, one hash over both."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from congress_app.documents import facts as fact_values
from congress_app.documents.facts import Facts, PersonRow
from congress_app.formats import blocks, docx, paper_pdf
from congress_app.formats.blocks import Paper

WRITERS: dict[str, Callable[[Paper], bytes]] = {"docx": docx.write, "pdf": paper_pdf.write}
# So many sections, or rows of tables, are set as PDF within a second or two.
MANY_SECTIONS, MANY_ROWS = 100, 300


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
    whole = json.dumps([body, made_from], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(whole.encode()).hexdigest()


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
