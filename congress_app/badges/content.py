"""What stands on a badge, whatever it looks like."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from congress_app.badges.design import Design


@dataclass(frozen=True)
class BadgeFace:
    """What stands on one badge.

    `category` is guest, official, elected, organiser or press; `code` the text of the QR
    symbol. What is None is left out, and the rest moves together. `details` are further
    lines (label, value), for instance ("Ghế / Seat", "A – 12"). `photo` is a JPEG file.
    """

    name: str
    category: str
    code: str
    number: str | None = None
    unit: str | None = None
    position: str | None = None
    delegation: str | None = None
    details: tuple[tuple[str, str], ...] = ()
    photo: bytes | None = None


@dataclass(frozen=True)
class CongressFace:
    """What stands on every badge of a congress: who holds it, what it is, where and when."""

    host: str
    title: str
    subtitle: str | None = None
    place_and_date: str | None = None


def headed(congress: CongressFace, design: Design) -> CongressFace:
    """The event's lines as the design words them; what it leaves empty stays."""
    return CongressFace(
        host=design.host or congress.host,
        title=design.title or congress.title,
        subtitle=design.subtitle or congress.subtitle,
        place_and_date=design.place_and_date or congress.place_and_date,
    )


def digest(face: BadgeFace, congress: CongressFace, design: Design) -> str:
    """A fingerprint of everything a reader sees: equal while a printed badge is still right.

    Looks do not count: whoever changes a colour need not print three hundred badges anew.
    """
    facts = {name: getattr(face, name) for name in design.shown if name != "seat"}
    photo = face.photo if design.preset == "photo" else None
    event = headed(congress, design)
    seen = (
        (face.name, face.category, face.code, sorted(facts.items()), face.details),
        (event.host, event.title, event.subtitle, event.place_and_date),
        hashlib.sha256(photo).hexdigest() if photo else None,
    )
    return hashlib.sha256(repr(seen).encode()).hexdigest()
