"""Save the design of a congress's badges, its emblem, and the portraits on them."""

from __future__ import annotations

from hashlib import sha256

from sqlalchemy import select

from congress_app.audit.services import record
from congress_app.badges import design as designs
from congress_app.badges import face_queries, services
from congress_app.badges.design import VALUE_LABELS, Design
from congress_app.badges.models import BadgeDesign, BadgePhoto
from congress_app.congresses.models import Congress
from congress_app.database import db, transaction
from congress_app.delegates.models import Delegate
from congress_app.formats import pictures
from congress_app.kernel import clock
from congress_app.kernel.errors import RuleViolation, Stale
from congress_app.kernel.permissions import Actor
from congress_app.kernel.sentences import N_, Sentence


def save_design(congress: Congress, design: Design, *, version: int, actor: Actor) -> BadgeDesign:
    """Store the design. Raises Stale when it is no longer at `version` (0: none stored yet),
    RuleViolation `bad_design` with what is wrong as details.
    """
    faults = designs.faults(design)
    if faults:
        raise RuleViolation(
            "bad_design",
            Sentence(N_("Mẫu thẻ này chưa in được. Hãy sửa các mục được báo.")),
            list(faults.values()),
        )
    with transaction():
        row = _taken(congress)
        stored = row.version if row else 0
        if stored != version:
            raise Stale((), stored)
        before = row.body if row else designs.to_json(Design())
        after = designs.to_json(design)
        row = _written(congress, row, actor)
        row.body = after
        changed = [name for name in after if before.get(name) != after[name]]
        told = [
            {VALUE_LABELS[name]: body.get(name) for name in changed} for body in (before, after)
        ]
        _tell("badge.design", congress, {"design": told} if changed else {}, actor)
        return row


def save_logo(congress: Congress, data: bytes, *, actor: Actor) -> None:
    """Put a picture into the head of the badges. Raises what `pictures.logo_png` does."""
    logo = pictures.logo_png(data)
    with transaction():
        row = _written(congress, _taken(congress), actor)
        hashes = [_hash(row.logo), _hash(logo)]
        row.logo = logo
        row.body = designs.to_json(designs.from_json(row.body)) | {"emblem": "logo"}
        _tell("badge.logo", congress, {"hash": hashes}, actor)


def drop_logo(congress: Congress, *, actor: Actor) -> None:
    """Take the picture away; the star comes back."""
    with transaction():
        row = _taken(congress)
        if row is None or row.logo is None:
            return
        row = _written(congress, row, actor)
        hashes = [_hash(row.logo), None]
        row.logo = None
        row.body = designs.to_json(designs.from_json(row.body)) | {"emblem": "star"}
        _tell("badge.logo_drop", congress, {"hash": hashes}, actor)


def save_photo(congress: Congress, delegate: Delegate, data: bytes, *, actor: Actor) -> None:
    """Put a portrait onto a delegate's badge. Raises what `pictures.photo_jpeg` does."""
    portrait = pictures.photo_jpeg(data)
    with transaction():
        services.take(congress)
        row = face_queries.photo_of(delegate.id)
        if row is None:
            row = BadgePhoto(delegate_id=delegate.id)
            db.session.add(row)
        hashes = [_hash(row.data), _hash(portrait)]
        row.data, row.updated_at, row.updated_by = portrait, clock.now(), actor.name
        _tell_of(delegate, "badge.photo", congress, hashes, actor)


def drop_photo(congress: Congress, delegate: Delegate, *, actor: Actor) -> None:
    """Delete a delegate's portrait."""
    with transaction():
        row = face_queries.photo_of(delegate.id)
        if row is None:
            return
        db.session.delete(row)
        _tell_of(delegate, "badge.photo_drop", congress, [_hash(row.data), None], actor)


def _taken(congress: Congress) -> BadgeDesign | None:
    """The stored design as it is now; nobody else writes it until we are done."""
    services.take(congress)
    return db.session.scalar(
        select(BadgeDesign)
        .where(BadgeDesign.congress_id == congress.id)
        .execution_options(populate_existing=True)
    )


def _written(congress: Congress, row: BadgeDesign | None, actor: Actor) -> BadgeDesign:
    if row is None:
        row = BadgeDesign(congress_id=congress.id, version=0, body=designs.to_json(Design()))
        db.session.add(row)
    row.version += 1
    row.updated_at, row.updated_by = clock.now(), actor.name
    return row


def _tell(action: str, congress: Congress, facts: dict[str, object], actor: Actor) -> None:
    record(action, congress, facts, actor=actor, unit_path=congress.unit.path)


def _tell_of(
    delegate: Delegate, action: str, congress: Congress, hashes: list[str | None], actor: Actor
) -> None:
    path, name = congress.unit.path, delegate.person.full_name
    record(action, delegate, {"hash": hashes}, actor=actor, unit_path=path, name=name)


def _hash(picture: bytes | None) -> str | None:
    """By which a picture is known again; the log keeps no picture."""
    return sha256(picture).hexdigest() if picture else None
