"""The register of papers, their texts, and papers made from what is known now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import defer

from congress_app.congresses.models import Congress
from congress_app.database import db
from congress_app.documents import (
    composing,
    defaults,
    fact_queries,
    freezing,
    head,
    letterhead,
    whole_queries,
)
from congress_app.documents.facts import Facts, PersonRow
from congress_app.documents.head import Head
from congress_app.documents.kinds import kind_of, may_be_released
from congress_app.documents.models import Document, DocumentFile, DocumentText
from congress_app.documents.numbering import State
from congress_app.documents.papers.base import Kind, Lack
from congress_app.formats.blocks import Paper
from congress_app.kernel import clock
from congress_app.kernel.errors import NotFound
from congress_app.units.models import Unit


def documents_of(congress_id: int) -> Sequence[Document]:
    """All papers of a congress, drafts first, then by number; without their frozen bodies."""
    return db.session.scalars(
        select(Document)
        .where(Document.congress_id == congress_id)
        .order_by(Document.number.is_not(None), Document.number.desc(), Document.id.desc())
        .options(defer(Document.body), defer(Document.facts), defer(Document.text))
    ).all()


@dataclass(frozen=True)
class ReleasedPaper:
    """A paper on the delegates' phones; `size` are the bytes of its .pdf."""

    id: int
    title: str
    subject: str
    signed_on: date
    size: int


def released_papers(congress_id: int) -> tuple[ReleasedPaper, ...]:
    """What the delegates may read; a void or replaced paper is not among it."""
    rows = db.session.execute(
        select(
            Document.id,
            Document.kind,
            Document.subject,
            Document.signed_on,
            Document.released_size,
        )
        .where(*_on_phones(congress_id))
        .order_by(Document.signed_on, Document.id)
    )
    return tuple(
        ReleasedPaper(
            row.id, kind_of(row.kind).title, row.subject, row.signed_on, row.released_size
        )
        for row in rows
    )


def released_paper(congress_id: int, document_id: int) -> Document:
    """One paper the delegates of the congress may read; raises NotFound."""
    found = db.session.scalar(
        select(Document).where(Document.id == document_id, *_on_phones(congress_id))
    )
    if found is None:
        raise NotFound
    return found


def _on_phones(congress_id: int) -> tuple[ColumnElement[bool], ...]:
    return (
        Document.congress_id == congress_id,
        Document.state == State.ISSUED,
        Document.released_at.is_not(None),
    )


def document_by_id(congress_id: int, document_id: int) -> Document:
    """One paper of the congress; raises NotFound."""
    found = db.session.get(Document, document_id)
    if found is None or found.congress_id != congress_id:
        raise NotFound
    return found


def replaced_by(document_id: int) -> Document | None:
    """The paper that took its place, or else the draft that is meant to."""
    is_draft = Document.state == State.DRAFT
    wanted = select(Document).where(Document.replaces_id == document_id)
    return db.session.scalar(wanted.order_by(is_draft, Document.id.desc()).limit(1))


def open_replacement(document_id: int) -> Document | None:
    """The draft that is meant to take its place."""
    return db.session.scalar(
        select(Document)
        .where(Document.replaces_id == document_id, Document.state == State.DRAFT)
        .order_by(Document.id)
        .limit(1)
    )


def own_text(unit_id: int, kind: str) -> DocumentText | None:
    """The text a unit itself wrote for a kind."""
    return db.session.scalar(
        select(DocumentText).where(DocumentText.unit_id == unit_id, DocumentText.kind == kind)
    )


def changed_kinds(unit_id: int) -> set[str]:
    """The kinds a unit wrote its own text for."""
    wanted = select(DocumentText.kind).where(DocumentText.unit_id == unit_id)
    return set(db.session.scalars(wanted))


def text_for(unit: Unit, kind: Kind) -> str:
    """The text a draft begins with: the unit's own, else the nearest above, else ours."""
    above = [int(part) for part in unit.path.split("/") if part]
    found = db.session.scalar(
        select(DocumentText.text)
        .join(Unit, DocumentText.unit_id == Unit.id)
        .where(DocumentText.kind == kind.code, Unit.id.in_(above))
        .order_by(func.length(Unit.path).desc())
        .limit(1)
    )
    return found or kind.text


def file_by_key(congress_id: int, key: str, owner_id: int | None) -> DocumentFile:
    """A file a job made, for its owner alone; raises NotFound."""
    found = db.session.scalar(
        select(DocumentFile).where(DocumentFile.congress_id == congress_id, DocumentFile.key == key)
    )
    if found is None or found.owner_id != owner_id:
        raise NotFound
    return found


def head_of(document: Document) -> Head:
    """The details of a paper."""
    return head.from_json(document.head)


def recipients_of(document: Document, kind: Kind) -> tuple[PersonRow, ...]:
    """Whom the paper is for; nobody for a kind that is not sent one by one."""
    if not kind.per_recipient:
        return ()
    return fact_queries.recipients(document.congress, document.selection)


def lacks_of(document: Document) -> list[Lack]:
    """What the draft still needs."""
    kind = kind_of(document.kind)
    facts = fact_queries.facts_of(document.congress, text=document.text)
    return composing.lacks(
        kind, head_of(document), document.text, facts, recipients_of(document, kind)
    )


def paper_of(document: Document, *, sensitive: bool = False) -> Paper:
    """The paper as it is kept; a draft is put together from what is known now.

    `sensitive` lets a draft show sensitive columns. Raises RuleViolation as `compose`, and
    `paper_altered` for one that is not what was issued.
    """
    whole_queries.must_be_whole(document)
    if document.body is not None:
        return freezing.thawed(document.body)
    kind = kind_of(document.kind)
    facts = fact_queries.facts_of(document.congress, sensitive=sensitive, text=document.text)
    people = recipients_of(document, kind)
    return composing.compose(kind, head_of(document), document.text, facts, people)


@dataclass(frozen=True)
class Look:
    """A draft as its issuer sees it; `seen` is what he sends back with his decision."""

    paper: Paper
    seen: freezing.Seen


def look_at(document: Document, at: datetime | None = None) -> Look:
    """The draft without what issuing decides: number, day, signer. Raises as `compose`.

    Who is present is told as of `at` (None: now): people come in while the issuer reads.

    Neither the paper nor its fingerprint tells sensitive columns: nobody is shown them here,
    and a hash over a few of them could be guessed.
    """
    instant = at or clock.now()
    paper = unsigned(document, *sources_of(document, at=instant))
    return Look(paper, freezing.Seen(document.version, freezing.fingerprint(paper), instant))


def seen_of(document: Document, at: datetime | None = None) -> freezing.Seen:
    """Version and fingerprint of a draft as it stands now. Raises as `compose`."""
    return look_at(document, at).seen


def unsigned(document: Document, facts: Facts, people: tuple[PersonRow, ...]) -> Paper:
    """The draft without number, day and signer. Raises as `compose`."""
    plain = replace(head_of(document), number=None, signed_on=None, signer="")
    return composing.compose(kind_of(document.kind), plain, document.text, facts, people)


def sources_of(
    document: Document, *, sensitive: bool = False, at: datetime | None = None
) -> tuple[Facts, tuple[PersonRow, ...]]:
    """What a draft is made from now, who is present as of `at`: facts and recipients.

    `sensitive` is whether sensitive columns may be read; they are where the draft asks too.
    """
    shown = sensitive and document.is_sensitive
    facts = fact_queries.facts_of(document.congress, sensitive=shown, text=document.text, at=at)
    return facts, recipients_of(document, kind_of(document.kind))


def facts_for(document: Document) -> Facts:
    """What a draft or its message would be made from now, without sensitive facts."""
    return fact_queries.facts_of(document.congress, text=document.text)


def fresh_paper(
    congress: Congress, kind: Kind, *, text: str | None = None, at_most: int | None = None
) -> Paper:
    """A paper of the kind with the usual details, without a stored draft.

    `text` tries a text that is not kept; `at_most` limits the recipients. Raises
    RuleViolation as `compose`.
    """
    wanted = text if text is not None else text_for(congress.unit, kind)
    facts = fact_queries.facts_of(congress, text=wanted)
    usual = defaults.head_of(kind, facts.congress)
    people = fact_queries.recipients(congress, selection_for(kind)) if kind.per_recipient else ()
    return composing.compose(kind, usual, wanted, facts, people[:at_most])


def selection_for(kind: Kind) -> dict[str, str]:
    """Whom a new paper for many is for: guests are invited, the others are called."""
    return {"category": "guest" if kind.code == "invitation" else fact_queries.MEMBERS}


def file_name(document: Document, form: str) -> str:
    """What a download is called: kind, number and subject."""
    kind = kind_of(document.kind)
    number = f" {letterhead.number_words(document.number)}" if document.number else ""
    return f"{kind.title}{number} {document.congress.name}"[:120] + f".{form}"


def is_for_everybody(document: Document) -> bool:
    """May every delegate of the congress read it once it is issued?"""
    return may_be_released(document.kind, document.text) and not document.is_sensitive


def is_open(document: Document) -> bool:
    """May it still be changed?"""
    return document.state == State.DRAFT
