"""Whose delegation a person belongs to, read from unit paths alone."""

from __future__ import annotations


def delegation_of(unit_path: str | None, congress_path: str) -> int | None:
    """The id of the unit just below the congress's own on the way to the person's unit.

    A person of the congress's own unit belongs to that unit itself; a guest from outside
    the sector (no path), or from a unit elsewhere, to no delegation.
    """
    if unit_path is None or not unit_path.startswith(congress_path):
        return None
    below = unit_path[len(congress_path) :].split("/")
    return int(below[0] or congress_path.rstrip("/").rsplit("/", 1)[-1])


def is_within(unit_path: str | None, prefixes: tuple[str, ...]) -> bool:
    """True when the unit stands in one of the subtrees."""
    return unit_path is not None and unit_path.startswith(prefixes)
