"""The issued papers of a congress as parts of its archive."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

from sqlalchemy import select

from congress_app.database import db
from congress_app.documents import freezing, queries, whole_queries
from congress_app.documents.models import Document
from congress_app.documents.numbering import State
from congress_app.dossiers import archive
from congress_app.dossiers.archive import Part
from congress_app.kernel.sentences import N_

STEP_PAPERS = N_("Đang ghi văn bản")
NOT_AS_ISSUED = (
    "Nội dung đang lưu của văn bản này không còn như lúc ban hành: không khớp mã băm. "
    "Bản có giá trị là bản giấy đã ký."
)


def altered(congress_id: int) -> list[int]:
    """The issued papers of the congress that are not what was issued."""
    return whole_queries.altered(congress_id)[1]


def parts(
    congress_id: int, altered: Collection[int], progress: Callable[[int, int, str], None]
) -> Iterator[Part]:
    """Each issued paper as .docx and .pdf; one of those `altered` as what is kept of it."""
    issued = db.session.scalars(
        select(Document)
        .where(Document.congress_id == congress_id, Document.state != State.DRAFT)
        .order_by(Document.id)
    ).all()
    for place, paper in enumerate(issued):
        progress(place, len(issued), STEP_PAPERS)
        name = f"van-ban/{paper.number or 0:03d}-{paper.kind}-{paper.id}"
        if paper.id in altered:
            yield Part(f"{name}-da-bi-doi.json", _kept(paper))
            continue
        made = queries.paper_of(paper)
        for form, write in sorted(freezing.WRITERS.items()):
            yield Part(f"{name}.{form}", write(made))


def _kept(paper: Document) -> bytes:
    """A file that looks like the paper would be taken for it; this one cannot be."""
    kept = {"body": paper.body, "facts": paper.facts}
    told = {
        "note": NOT_AS_ISSUED,
        "paper": whole_queries.name_of(paper),
        "signed_on": paper.signed_on,
        "hash_at_issuing": whole_queries.hash_at_issuing(paper),
        "hash_of_what_is_kept": freezing.content_hash(paper.body or {}, paper.facts or {}),
    }
    return archive.json_bytes(told | kept)
