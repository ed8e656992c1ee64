"""Rulebooks to choose from, and which congresses have frozen one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select

from congress_app.congresses import rulebook
from congress_app.congresses.models import Congress, Season, StoredRulebook
from congress_app.congresses.presets import PRESETS
from congress_app.congresses.queries import EVERYWHERE, visible
from congress_app.congresses.rulebook import Rulebook
from congress_app.database import db
from congress_app.units.models import Unit

SHOWN_ADOPTERS = 20


@dataclass(frozen=True)
class Card:
    """A rulebook with its owner; a preset and a copy for the whole sector have none."""

    key: str
    book: Rulebook
    is_preset: bool
    owner_name: str | None = None
    owner_path: str | None = None
    copied_from: str | None = None
    version: int = 0


@dataclass(frozen=True)
class Adopter:
    """A congress that froze a rulebook; `differs` once the rulebook was edited since."""

    congress_id: int
    name: str
    adopted_at: datetime | None
    adopted_by: str | None
    differs: bool


@dataclass(frozen=True)
class Adopters:
    """How many congresses froze a rulebook, the latest of them, and seasons that start from it."""

    total: int
    latest: tuple[Adopter, ...]
    seasons: tuple[str, ...]


def stored_by_key(key: str) -> StoredRulebook | None:
    """The row of a rulebook."""
    return db.session.scalar(select(StoredRulebook).where(StoredRulebook.key == key))


def card_by_key(key: str) -> Card | None:
    """One rulebook: a preset as shipped, or the copy stored under this key."""
    if key in PRESETS:
        return Card(key, PRESETS[key], is_preset=True)
    row = stored_by_key(key)
    return None if row is None else _card(row)


def cards(*, within: Iterable[str] = EVERYWHERE) -> list[Card]:
    """Presets, then the copies of the sector, of units in the reach and of those above it."""
    wanted = (
        select(StoredRulebook)
        .outerjoin(Unit, StoredRulebook.unit_id == Unit.id)
        .where(StoredRulebook.is_preset.is_(False))
        .where(or_(StoredRulebook.unit_id.is_(None), visible(within)))
        .order_by(StoredRulebook.id)
    )
    presets = [Card(key, book, is_preset=True) for key, book in PRESETS.items()]
    return presets + [_card(row) for row in db.session.scalars(wanted)]


def adoptable(unit_path: str) -> list[Card]:
    """The rulebooks a congress of this unit may adopt: presets, the sector's, those above it."""
    above = cards(within=(unit_path,))
    return [
        card for card in above if card.owner_path is None or unit_path.startswith(card.owner_path)
    ]


def adopters(key: str, *, within: Iterable[str] = EVERYWHERE) -> Adopters:
    """Which congresses in the reach froze this rulebook, and which seasons propose it."""
    row = stored_by_key(key)
    if row is None:
        return Adopters(0, (), ())
    adopted = (
        select(Congress)
        .join(Unit, Congress.unit_id == Unit.id)
        .where(Congress.rulebook_id == row.id, visible(within))
    )
    total = db.session.scalar(select(func.count()).select_from(adopted.subquery())) or 0
    latest = adopted.order_by(Congress.rules_adopted_at.desc()).limit(SHOWN_ADOPTERS)
    names = select(Season.name).where(Season.rulebook_id == row.id).order_by(Season.id)
    return Adopters(
        total,
        tuple(_adopter(congress, row) for congress in db.session.scalars(latest)),
        tuple(db.session.scalars(names)),
    )


def taken_keys() -> Sequence[str]:
    """Keys that a new rulebook may not have."""
    return [*PRESETS, *db.session.scalars(select(StoredRulebook.key))]


def unit_names(codes: Iterable[str]) -> dict[str, str]:
    """Names of the units that carry these codes; an unknown code is left out."""
    wanted = select(Unit.code, Unit.name).where(Unit.code.in_(list(codes)))
    return dict(db.session.execute(wanted).all())


def _card(row: StoredRulebook) -> Card:
    return Card(
        key=row.key,
        book=rulebook.from_json(row.body),
        is_preset=False,
        owner_name=row.unit.name if row.unit else None,
        owner_path=row.unit.path if row.unit else None,
        copied_from=row.copied_from,
        version=row.version,
    )


def _adopter(congress: Congress, row: StoredRulebook) -> Adopter:
    return Adopter(
        congress.id,
        congress.name,
        congress.rules_adopted_at,
        congress.rules_adopted_by,
        differs=congress.rules != row.body,
    )
