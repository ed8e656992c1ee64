"""What stands on the badges of a congress, and in which design."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from congress_app.badges import design as designs
from congress_app.badges.back import Back
from congress_app.badges.content import BadgeFace, CongressFace, digest
from congress_app.badges.design import Design
from congress_app.badges.models import Badge, BadgeDesign, BadgePhoto
from congress_app.congresses.models import Congress
from congress_app.congresses.queries import rules_of
from congress_app.database import db
from congress_app.delegates.models import Delegate, Person
from congress_app.kernel import clock
from congress_app.programme.queries import programme_of
from congress_app.seating.naming import SeatName
from congress_app.seating.queries import seat_of

_PROGRAMME = "CHƯƠNG TRÌNH"
_ADVICE = "CẦN BIẾT"
_SEAT_LABEL = "Ghế / Seat"


def design_row(congress_id: int) -> BadgeDesign | None:
    """The stored design of a congress, if it was ever changed."""
    return db.session.scalar(select(BadgeDesign).where(BadgeDesign.congress_id == congress_id))


def design_of(congress_id: int) -> Design:
    """The design of a congress's badges."""
    row = design_row(congress_id)
    return designs.from_json(row.body) if row else Design()


def logo_of(congress_id: int) -> bytes | None:
    """The picture uploaded for the head of the badges."""
    return db.session.scalar(select(BadgeDesign.logo).where(BadgeDesign.congress_id == congress_id))


def back_of(congress: Congress, design: Design) -> Back | None:
    """What stands on the other side; None of badges with one."""
    if design.back == "text":
        return Back(_ADVICE, tuple(design.back_text.split("\n")))
    if design.back != "programme":
        return None
    paragraphs: list[str] = []
    for timed in programme_of(congress.id):
        starts = clock.at_venue(timed.session.starts_at)
        paragraphs.append(f"{timed.session.title} ({starts:%H:%M %d/%m/%Y})")
        paragraphs += [
            f"{clock.at_venue(each.slot.starts):%H:%M}  {each.item.title}" for each in timed.items
        ]
        paragraphs.append("")
    return Back(_PROGRAMME, tuple(paragraphs[:-1]))


def photos_of(delegate_ids: Collection[int]) -> dict[int, bytes]:
    """The portraits of those delegates who have one."""
    rows = db.session.execute(
        select(BadgePhoto.delegate_id, BadgePhoto.data).where(
            BadgePhoto.delegate_id.in_(delegate_ids)
        )
    )
    return {row.delegate_id: row.data for row in rows}


def photo_of(delegate_id: int) -> BadgePhoto | None:
    """The portrait on a delegate's badge."""
    return db.session.get(BadgePhoto, delegate_id)


def faces_of(badges: Sequence[Badge], design: Design) -> list[BadgeFace]:
    """What is printed on each badge; portraits are read only for a design that shows them."""
    shows = design.preset == "photo"
    ids = [badge.delegate_id for badge in badges]
    photos = photos_of(ids) if shows else {}
    seats = seat_of(ids) if "seat" in design.shown else {}
    return [
        face_of(
            badge.delegate, badge.code, photos.get(badge.delegate_id), seats.get(badge.delegate_id)
        )
        for badge in badges
    ]


def changed_badges(congress_id: int) -> list[int]:
    """Active badges that say something else than when they were last printed."""
    printed = db.session.scalars(
        select(Badge)
        .join(Badge.delegate)
        .join(Delegate.person)
        .where(
            Delegate.congress_id == congress_id,
            Badge.state == "active",
            Badge.printed_digest.is_not(None),
        )
        .options(
            contains_eager(Badge.delegate).contains_eager(Delegate.person).joinedload(Person.unit),
            contains_eager(Badge.delegate).joinedload(Delegate.delegation_unit),
        )
    ).all()
    congress = db.session.get(Congress, congress_id)
    return [] if congress is None else sorted(changed_among(congress, printed))


def changed_among(congress: Congress, badges: Iterable[Badge]) -> set[int]:
    """Which of the badges say something else than when they were last printed."""
    printed = [badge for badge in badges if badge.printed_digest]
    if not printed:
        return set()
    design, event = design_of(congress.id), congress_face(congress)
    return {
        badge.id
        for badge, face in zip(printed, faces_of(printed, design), strict=True)
        if digest(face, event, design) != badge.printed_digest
    }


def face_of(
    delegate: Delegate, code: str, photo: bytes | None = None, seat: SeatName | None = None
) -> BadgeFace:
    """What is printed on a delegate's badge with this code."""
    person = delegate.person
    delegation = delegate.delegation_unit
    return BadgeFace(
        name=person.full_name,
        category=delegate.category,
        code=code,
        number=f"{delegate.number:04d}" if delegate.number else None,
        unit=person.unit.name if person.unit else person.organisation,
        position=person.position,
        delegation=delegation.name if delegation else None,
        details=((_SEAT_LABEL, seat.full),) if seat else (),
        photo=photo,
    )


def congress_face(congress: Congress) -> CongressFace:
    """What is printed above every badge: the event in large type, whose it is below.

    "Hội nghị điển hình tiên tiến BHXH tỉnh X" breaks after the event's name, not within it.
    """
    event = rules_of(congress).event_name
    rest = congress.name.removeprefix(event).strip()
    split = congress.name.startswith(event)
    day = congress.held_on.strftime("%d/%m/%Y") if congress.held_on else ""
    return CongressFace(
        host=congress.unit.name,
        title=event if split else congress.name,
        subtitle=rest if split and rest and rest != congress.unit.name else None,
        place_and_date=", ".join(part for part in (congress.place, day) if part),
    )
