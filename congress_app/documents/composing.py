"""Facts, details and text made into a paper; and what is still missing for it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from congress_app.documents import letterhead, markup, placeholders, tables
from congress_app.documents.facts import Facts, PersonRow
from congress_app.documents.head import Head
from congress_app.documents.markup import TextFault
from congress_app.documents.papers.base import Kind, Lack, Post
from congress_app.formats.blocks import (
    Addressees,
    AnnexHead,
    Block,
    Closing,
    Letterhead,
    Paper,
    Section,
    Signature,
    Signatures,
    Title,
)
from congress_app.kernel.errors import RuleViolation
from congress_app.kernel.sentences import N_, Sentence

_SIGN_NOTE = "(Ký, ghi rõ họ tên)"


def text_faults(kind: Kind, head: Head, text: str) -> list[TextFault]:
    """What is wrong with the placeholders of a text, of its subject and of its addressees."""
    known = placeholders.known(per_recipient=kind.per_recipient)
    found = markup.faults(text, known, tables.TABLES)
    for line in (head.subject, *head.addressees):
        found = found + markup.faults(line, known, ())
    return found


def lacks(
    kind: Kind, head: Head, text: str, facts: Facts, recipients: Sequence[PersonRow] = ()
) -> list[Lack]:
    """Every fact the paper needs and has not, in the order of its text."""
    values = placeholders.values(facts)
    places = (markup.wanted(part) for part in (head.subject, *head.addressees, text))
    wanted = dict.fromkeys(name for names in places for name in names)
    found = [lack for name in wanted if (lack := _lack(name, head, facts, values)) is not None]
    for annex in kind.annexes:
        place = tables.TABLES[annex.table]
        if not place.build(facts, head):
            found.append(Lack(Sentence(place.lacking), place.where))
    if kind.per_recipient:
        found += _recipient_lacks(wanted, recipients)
    if kind.form is not None:
        found += kind.form.lacks(facts, head)
    return list({str(lack.sentence): lack for lack in found}.values())


def _lack(name: str, head: Head, facts: Facts, values: dict[str, str | None]) -> Lack | None:
    if name in tables.TABLES:
        table = tables.TABLES[name]
        return None if table.build(facts, head) else Lack(Sentence(table.lacking), table.where)
    if name in placeholders.PLACES and not values[name]:
        place = placeholders.PLACES[name]
        return Lack(Sentence(place.lacking), place.where)
    return None


def _recipient_lacks(wanted: Iterable[str], people: Sequence[PersonRow]) -> list[Lack]:
    if not people:
        return [Lack(Sentence(N_("Chưa có người nhận nào. Hãy chọn người nhận.")), "document")]
    told = []
    for row in people:
        values = {name: read(row) for name, (_, read) in placeholders.RECIPIENT_PLACES.items()}
        for name in wanted:
            if name in values and not values[name]:
                words = Sentence(
                    N_("{name} chưa có: {what}."),
                    name=row.name,
                    what=Sentence(placeholders.RECIPIENT_PLACES[name][0]),
                )
                told.append(Lack(words, "delegates"))
    return told


def compose(
    kind: Kind, head: Head, text: str, facts: Facts, recipients: Sequence[PersonRow] = ()
) -> Paper:
    """The whole paper; for a kind with recipients, one after another in one file.

    Raises RuleViolation `missing_facts` with every sentence of `lacks`, or
    `unknown_placeholder` with the faults of the text; nothing is printed as a blank.
    """
    faults = text_faults(kind, head, text)
    if faults:
        raise RuleViolation(
            "unknown_placeholder",
            Sentence(N_("Nội dung có chỗ điền không đúng. Hãy sửa nội dung rồi in lại.")),
            [fault.sentence for fault in faults],
        )
    missing = lacks(kind, head, text, facts, recipients)
    if missing:
        raise RuleViolation(
            "missing_facts",
            Sentence(N_("Chưa đủ dữ liệu để in văn bản này. Hãy bổ sung các mục sau.")),
            [lack.sentence for lack in missing],
        )
    if kind.form is not None:
        return Paper(kind.title, kind.form.pages(facts, head))
    if kind.per_recipient:
        whole = [
            section for row in recipients for section in _sections(kind, head, text, facts, row)
        ]
        return Paper(kind.title, tuple(whole))
    return Paper(kind.title, _sections(kind, head, text, facts, None))


def _sections(
    kind: Kind, head: Head, text: str, facts: Facts, recipient: PersonRow | None
) -> tuple[Section, ...]:
    values = placeholders.values(facts, recipient)
    head = replace(
        head,
        subject=markup.fill(head.subject, values),
        addressees=tuple(markup.fill(name, values) for name in head.addressees),
    )
    used = {name for line in markup.lines(text) for name in line.places}
    filled = {
        name: place.build(facts, head) for name, place in tables.TABLES.items() if name in used
    }
    body = markup.blocks(text, values, filled, end_mark=kind.layout != "minutes")
    blocks = (*_opening(kind, head), *body, *_ending(kind, head, facts))
    return (Section(blocks, landscape=kind.landscape), *_annexes(kind, head, facts))


def symbol_of(kind: Kind, head: Head) -> str:
    """The symbol of the paper: type letters and body."""
    return letterhead.symbol(kind.letters, head.symbol)


def _opening(kind: Kind, head: Head) -> tuple[Block, ...]:
    number = letterhead.number_line(head.number, symbol_of(kind, head)) if kind.is_numbered else ""
    dated = kind.is_numbered and kind.layout != "minutes"
    is_letter = kind.layout == "letter"
    told: list[Block] = [
        Letterhead(
            head.parents,
            head.issuer,
            number,
            letterhead.place_and_date(head.place, head.signed_on) if dated else "",
            f"V/v {head.subject}" if is_letter else "",
        )
    ]
    if not is_letter:
        told.append(Title(kind.name.upper(), head.subject))
    if head.addressees:
        told.append(Addressees(head.addressees))
    return tuple(told)


def signature_of(head: Head) -> Signature:
    """Who signs, with the lines of his authority."""
    lines = letterhead.authority_lines(
        head.collective, head.authority, head.head_post, head.own_post
    )
    return Signature(lines, head.signer)


def _ending(kind: Kind, head: Head, facts: Facts) -> tuple[Block, ...]:
    if kind.posts is not None:
        left, right = (_post(post, facts) for post in kind.posts)
        if head.signer:
            right = replace(right, name=head.signer)
        return (Signatures((left, right)),)
    if not kind.is_numbered:
        return (Closing((), signature_of(head)),)
    return (Closing(letterhead.recipient_lines(head.recipients, head.keeper), signature_of(head)),)


def _post(post: Post, facts: Facts) -> Signature:
    members = facts.committees.get(post.body, ())
    names = [row.name for row in members if not post.role or row.role == post.role]
    return Signature((post.words,), names[0] if names else "", _SIGN_NOTE)


def _said(issuer: str, facts: Facts) -> str:
    """The issuer within a sentence: a unit by its own name, a body without capitals."""
    if issuer == letterhead.full_name(facts.congress.unit):
        return facts.congress.unit
    return issuer.capitalize()


def _annexes(kind: Kind, head: Head, facts: Facts) -> tuple[Section, ...]:
    told = []
    for place, annex in enumerate(kind.annexes, start=1):
        label = letterhead.annex_label(place, len(kind.annexes))
        named = "Công văn" if kind.layout == "letter" else kind.name
        reference = letterhead.annex_reference(
            named, head.number, symbol_of(kind, head), head.signed_on, _said(head.issuer, facts)
        )
        rows = tables.TABLES[annex.table].build(facts, head)
        blocks = (AnnexHead(label, annex.title, reference), *rows)
        told.append(Section(blocks, landscape=annex.landscape))
    return tuple(told)
