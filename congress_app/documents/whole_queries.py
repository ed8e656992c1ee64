"""Is an issued paper still what was issued? Its hash, and what the log wrote down then."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import select

from congress_app.audit.models import Entry
from congress_app.congresses.models import Congress
from congress_app.database import db
from congress_app.documents import freezing, letterhead
from congress_app.documents.models import Document
from congress_app.documents.numbering import State
from congress_app.kernel.errors import RuleViolation
from congress_app.kernel.sentences import N_, Sentence

# Bodies with many recipients are large.
_AT_ONCE = 20
Frozen = dict[str, Any] | None


def is_whole(document: Document) -> bool:
    """Does the hash tell of what is kept? A draft is not held to any."""
    if document.state == State.DRAFT:
        return True
    return _matches(document.body, document.facts, document.content_hash)


def _matches(body: Frozen, facts: Frozen, content_hash: str | None) -> bool:
    if body is None or facts is None:
        return False
    return freezing.content_hash(body, facts) == content_hash


def must_be_whole(document: Document) -> None:
    """Raises RuleViolation `paper_altered`: what is not what was issued is not handed out."""
    if is_whole(document):
        return
    told = N_(
        "Văn bản {name} không còn như lúc ban hành: nội dung đang lưu không khớp mã băm. Không "
        "xem, tải hay in được nữa; hãy dùng bản giấy đã ký và báo người quản trị máy chủ đối "
        "chiếu với bản sao lưu."
    )
    raise RuleViolation("paper_altered", Sentence(told, name=name_of(document)))


def name_of(document: Document) -> str:
    """Number and symbol where it has them, and what it is about."""
    number = f"{letterhead.number_words(document.number)}/{document.symbol} "
    return f"{number if document.number else ''}“{document.subject}”"


def altered(congress_id: int | None = None) -> tuple[int, list[int]]:
    """How many papers were issued (by one congress), and which are not what was issued.

    Held against their own hash, and that against the entry of the log about the issuing:
    its chain is not made anew as quietly as one row.
    """
    wanted = select(Document.id).where(Document.state != State.DRAFT).order_by(Document.id)
    if congress_id is not None:
        wanted = wanted.where(Document.congress_id == congress_id)
    issued = db.session.scalars(wanted).all()
    found: list[int] = []
    for start in range(0, len(issued), _AT_ONCE):
        part = issued[start : start + _AT_ONCE]
        noted = _noted(part)
        for key, body, facts, content_hash in db.session.execute(
            select(Document.id, Document.body, Document.facts, Document.content_hash).where(
                Document.id.in_(part)
            )
        ):
            is_noted = noted.get(key) in (None, content_hash)
            if not (is_noted and _matches(body, facts, content_hash)):
                found.append(key)
    return len(issued), sorted(found)


def hash_at_issuing(document: Document) -> str | None:
    """As the log wrote it down then, where that still stands; else as the paper bears it."""
    return _noted([document.id]).get(document.id) or document.content_hash


def _noted(documents: Sequence[int]) -> dict[int, str | None]:
    """The hash in the log by paper; what was erased by law tells none."""
    entries = select(Entry.subject_id, Entry.changes).where(
        Entry.action == "document.issue",
        Entry.subject_kind == "document",
        Entry.subject_id.in_(documents),
    )
    return {
        number: (changes or {}).get("hash")
        for number, changes in db.session.execute(entries)
        if number is not None
    }


def names(documents: Iterable[int]) -> tuple[str, ...]:
    """What the papers are called, each with its congress; those that are gone are left out."""
    wanted = (
        select(Document, Congress.name)
        .join(Congress, Congress.id == Document.congress_id)
        .where(Document.id.in_(documents))
        .order_by(Document.id)
    )
    return tuple(
        f"{name_of(document)} ({congress})" for document, congress in db.session.execute(wanted)
    )
