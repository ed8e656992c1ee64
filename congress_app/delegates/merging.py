"""What a stored person and place become when the same person is registered again."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from congress_app.delegates import duplicates
from congress_app.delegates.book import Held
from congress_app.delegates.registration import GroundFacts, PersonFacts, Registration
from congress_app.kernel.partial_date import PartialDate
from congress_app.kernel.vietnamese import fold

_PRECISION = {"year": 0, "month": 1, "day": 2}


def overlay(stored: PersonFacts, asked: PersonFacts) -> PersonFacts:
    """The stored person with what the registration knows better.

    Blank never erases. A name that differs only by case or accents is taken over when it
    brings accents; a birth date when it is as exact or more.
    """
    if asked == stored:
        return stored
    given = {
        name: value
        for name in PersonFacts.__slots__
        if (value := getattr(asked, name)) is not None and name not in ("full_name", "birth")
    }
    merged = replace(stored, **given)
    if asked.unit_id is not None:
        merged = replace(merged, organisation=None)
    same_name = duplicates.name_key(stored.full_name) == duplicates.name_key(asked.full_name)
    if not same_name and fold(asked.full_name) != asked.full_name.casefold():
        merged = replace(merged, full_name=asked.full_name)
    if asked.birth is not None and not _is_vaguer(asked.birth, stored.birth):
        merged = replace(merged, birth=asked.birth)
    return merged


def _is_vaguer(asked: PartialDate, stored: PartialDate | None) -> bool:
    """True when the stored date says the same and more."""
    if stored is None or not stored.agrees_with(asked):
        return False
    return _PRECISION[asked.precision] < _PRECISION[stored.precision]


def merge(held: Held, asked: Registration, open_codes: Collection[str]) -> Registration:
    """The place with what the registration adds: the category asked for, all grounds kept.

    Of the priorities those everybody may read (`open_codes`) and the others are taken over
    apart: who names one of the first knows nothing of the second, and is told nothing.
    """
    added: tuple[GroundFacts, ...] = ()
    if asked.grounds != held.grounds:
        known = {_ground_key(ground) for ground in held.grounds}
        added = tuple(ground for ground in asked.grounds if _ground_key(ground) not in known)
    return Registration(
        person=asked.person,
        category=asked.category,
        grounds=(*held.grounds, *added),
        field=asked.field or held.field,
        priorities=_priorities(held.priorities, asked.priorities, open_codes),
        note=asked.note or held.note,
    )


def _priorities(
    held: tuple[str, ...], asked: tuple[str, ...], open_codes: Collection[str]
) -> tuple[str, ...]:
    """The open ones asked for, if any is; the others are added, for whoever writes a sheet may
    know of one and not see the rest. In the stored order if the same."""
    (held_open, held_other), (asked_open, asked_other) = (
        _apart(codes, open_codes) for codes in (held, asked)
    )
    added = (code for code in asked_other if code not in held_other)
    merged = (*(asked_open or held_open), *held_other, *added)
    return held if set(merged) == set(held) else merged


def _apart(codes: Sequence[str], open_codes: Collection[str]) -> tuple[list[str], list[str]]:
    """The codes everybody may read, and the others."""
    shown = [code for code in codes if code in open_codes]
    return shown, [code for code in codes if code not in open_codes]


def _ground_key(ground: GroundFacts) -> str:
    return ground.code or fold(ground.text)
