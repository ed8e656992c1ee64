"""Draft a paper, issue it with its number, void or replace it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from congress_app.audit.services import record
from congress_app.congresses.models import Congress
from congress_app.database import transaction
from congress_app.documents import (
    composing,
    defaults,
    fact_queries,
    freezing,
    head,
    letterhead,
    markup,
    numbering,
    numbering_queries,
    placeholders,
    queries,
)
from congress_app.documents.facts import Facts, PersonRow
from congress_app.documents.freezing import Seen
from congress_app.documents.head import Head
from congress_app.documents.kinds import kind_of
from congress_app.documents.models import Document, DocumentSeries
from congress_app.documents.numbering import State
from congress_app.documents.papers.base import Kind
from congress_app.formats import blocks
from congress_app.kernel import clock
from congress_app.kernel.errors import RuleViolation, Stale
from congress_app.kernel.permissions import Actor
from congress_app.kernel.sentences import N_, Sentence
from congress_app.units.models import Unit


@dataclass(frozen=True)
class DraftFacts:
    """A draft as typed."""

    head: Head
    text: str
    selection: Mapping[str, str]
    is_sensitive: bool = False


def draft(congress: Congress, code: str, *, actor: Actor) -> Document:
    """A new draft with the usual details and the unit's text."""
    kind = kind_of(code)
    with transaction() as session:
        usual = defaults.head_of(kind, fact_queries.congress_facts(congress))
        document = Document(
            congress_id=congress.id,
            kind=kind.code,
            subject=_subject(kind, usual, congress),
            head=head.to_json(usual),
            text=queries.text_for(congress.unit, kind),
            selection=queries.selection_for(kind),
            created_at=clock.now(),
            created_by=actor.display_name,
        )
        session.add(document)
        session.flush()
        _record("document.draft", document, {"kind": kind.title}, congress, actor)
    return document


def save(
    congress: Congress, document: Document, typed: DraftFacts, version: int, *, actor: Actor
) -> None:
    """Keep a draft. Raises RuleViolation `unknown_placeholder`, `not_draft`; Stale."""
    kind = kind_of(document.kind)
    with transaction() as session:
        stored = _taken(session, document)
        numbering.must_be(stored.state, State.DRAFT)
        if stored.version != version:
            raise Stale(version=stored.version)
        faults = composing.text_faults(kind, typed.head, typed.text)
        if faults:
            raise RuleViolation(
                "unknown_placeholder",
                Sentence(N_("Nội dung có chỗ điền không đúng. Hãy sửa các dòng sau.")),
                [fault.sentence for fault in faults],
            )
        # Asked before anything is set: a query in between would save half of it.
        subject, before = _subject(kind, typed.head, congress), _told(stored)
        stored.head = head.to_json(typed.head)
        stored.text = typed.text
        stored.selection = dict(typed.selection)
        stored.is_sensitive = typed.is_sensitive and kind.is_sensitive
        stored.subject = subject
        after = _told(stored)
        changes = {key: [before[key], after[key]] for key in after if before[key] != after[key]}
        _record("document.edit", stored, changes, congress, actor)


def _told(document: Document) -> dict[str, object]:
    """What a person decides of a draft, as the log keeps it; many lines as one text."""
    details = {
        key: "\n".join(value) if isinstance(value, list) else value
        for key, value in document.head.items()
    }
    return {
        **details,
        "authority": letterhead.AUTHORITIES.get(document.head.get("authority", ""), ""),
        "text": document.text,
        "selection": dict(document.selection),
        "sensitive": document.is_sensitive,
    }


def issue(
    congress: Congress,
    document: Document,
    signed_on: date,
    signer: str,
    *,
    seen: Seen,
    actor: Actor,
    first_number: int = 1,
    sensitive: bool = False,
) -> Document:
    """Give the number, freeze blocks, facts and hash; the paper it replaces steps back.

    `seen` is what the issuer looked at (`queries.seen_of`); `first_number` counts only for
    the first paper of a body in a year. `sensitive`: may the actor read such columns? Raises
    Stale when draft or facts are others now, RuleViolation: no number is used up then.
    """
    kind = kind_of(document.kind)
    with transaction() as session:
        # Papers of one body are numbered one after another, whatever congress they are of;
        # the key itself stays readable for foreign keys.
        row = select(Unit.id).where(Unit.id == congress.unit_id)
        session.execute(row.with_for_update(key_share=True)).one()
        stored = _taken(session, document)
        numbering.must_be(stored.state, State.DRAFT)
        _retire_replaced(session, stored)
        freezing.must_be_seen(queries.seen_of(stored, at := seen.instant(clock.now())), seen)
        facts, people = queries.sources_of(stored, sensitive=sensitive, at=at)
        typed = replace(queries.head_of(stored), signed_on=signed_on, signer=signer)
        if kind.is_numbered:
            numbering_queries.must_follow(congress, typed.symbol, signed_on, stored.replaces_id)
            series = _series(session, congress, typed.symbol, signed_on, first_number)
            typed = replace(typed, number=_numbered(stored, series))
        stored.is_sensitive = sensitive and stored.is_sensitive
        _freeze(stored, kind, typed, facts, people)
        stored.state = State.ISSUED.value
        stored.issued_at, stored.issued_by = clock.now(), actor.display_name
        told = {"number": stored.number, "hash": stored.content_hash}
        _record("document.issue", stored, told, congress, actor)
    return stored


def _retire_replaced(session: Session, stored: Document) -> None:
    """Hold the paper it steps in for as well; only one in force can be replaced."""
    if stored.replaces is None:
        return
    old = _taken(session, stored.replaces)
    if old.state != State.ISSUED:
        told = N_(
            "Văn bản được thay không còn hiệu lực (đã hủy hoặc đã có văn bản khác thay), nên "
            "không ban hành dự thảo này được. Hãy bỏ dự thảo này; nếu vẫn cần thì soạn văn bản mới."
        )
        raise RuleViolation("not_issued", Sentence(told))
    old.state = State.REPLACED.value


def _numbered(stored: Document, series: DocumentSeries) -> int:
    number = numbering.next_number(series.last_number, series.first_number)
    stored.series_id, stored.number = series.id, number
    series.last_number = number
    return number


def _series(
    session: Session, congress: Congress, symbol: str, signed_on: date, first: int
) -> DocumentSeries:
    year = numbering.year_of(signed_on)
    series = numbering_queries.series_of(congress.unit_id, symbol, year)
    if series is None:
        series = DocumentSeries(
            unit_id=congress.unit_id, symbol=symbol, year=year, first_number=first
        )
        session.add(series)
        session.flush()
    return series


def _freeze(
    stored: Document, kind: Kind, typed: Head, facts: Facts, people: tuple[PersonRow, ...]
) -> None:
    paper = composing.compose(kind, typed, stored.text, facts, people)
    stored.head = head.to_json(typed)
    stored.signed_on, stored.signer = typed.signed_on, typed.signer
    stored.symbol = composing.symbol_of(kind, typed) if kind.is_numbered else None
    stored.body = blocks.to_json(paper)
    stored.facts = freezing.facts_json(facts, people)
    stored.content_hash = freezing.content_hash(stored.body, stored.facts)


def void(congress: Congress, document: Document, reason: str, *, actor: Actor) -> None:
    """Take an issued paper back; its number stays used. Raises RuleViolation `not_issued`."""
    with transaction() as session:
        stored = _taken(session, document)
        numbering.must_be(stored.state, State.ISSUED)
        stored.state, stored.reason = State.VOID.value, reason
        _record("document.void", stored, {"reason": reason}, congress, actor)


def begin_replacement(congress: Congress, document: Document, *, actor: Actor) -> Document:
    """A draft that takes the place of an issued paper once it is issued itself.

    There is one at a time: whoever comes later gets the draft that is open.
    """
    with transaction() as session:
        stored = _taken(session, document)
        numbering.must_be(stored.state, State.ISSUED)
        begun = queries.open_replacement(stored.id)
        if begun is not None:
            return begun
        old = queries.head_of(stored)
        fresh = Document(
            congress_id=congress.id,
            kind=stored.kind,
            subject=stored.subject,
            head=head.to_json(replace(old, number=None, signed_on=None)),
            text=stored.text,
            selection=dict(stored.selection),
            is_sensitive=stored.is_sensitive,
            replaces_id=stored.id,
            created_at=clock.now(),
            created_by=actor.display_name,
        )
        session.add(fresh)
        session.flush()
        _record("document.replace", fresh, {"replaces": stored.number}, congress, actor)
    return fresh


def discard(congress: Congress, document: Document, *, version: int, actor: Actor) -> None:
    """Throw a draft away; it never had a number. Raises RuleViolation `not_draft`; Stale when
    it is no longer at the `version` that was looked at.
    """
    with transaction() as session:
        stored = _taken(session, document)
        numbering.must_be(stored.state, State.DRAFT)
        if stored.version != version:
            raise freezing.draft_changed(stored.version)
        # By the congress's number a purge finds the draft's entries; its row is gone by then.
        told = {key: [value, None] for key, value in _told(stored).items() if value}
        _record("document.discard", stored, {"congress_id": congress.id, **told}, congress, actor)
        session.delete(stored)


def note_reading(congress: Congress, document: Document, form: str, *, actor: Actor) -> None:
    """Write down that a paper with sensitive columns was read."""
    with transaction():
        _record("document.read_sensitive", document, {"file": form}, congress, actor)


def _taken(session: Session, document: Document) -> Document:
    """The paper as it stands now, its row held until the end."""
    return session.scalars(
        select(Document)
        .where(Document.id == document.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()


def _subject(kind: Kind, typed: Head, congress: Congress) -> str:
    """What the register calls the paper; a placeholder without value stays as it is."""
    values = placeholders.congress_values(fact_queries.congress_facts(congress))
    told = markup.PLACE.sub(
        lambda match: values.get(match.group(1)) or match.group(), typed.subject
    )
    return (told or kind.title)[:500]


def _record(
    action: str,
    document: Document,
    changes: Mapping[str, object],
    congress: Congress,
    actor: Actor,
) -> None:
    record(action, document, changes, actor=actor, unit_path=congress.unit.path)
