"""The menu as data, filtered by what the actor may do.

Chapters do not register themselves here: the roof (`factory/menu.py`) hands in the list, so
the shell keeps knowing no feature.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import request, url_for

from congress_app.kernel.permissions import Actor, Permission
from congress_app.web.texts import say


@dataclass(frozen=True)
class Entry:
    """One line of the menu, or one tab of a congress."""

    label: str
    endpoint: str
    permission: Permission
    icon: str
    # Further endpoints or "blueprint." prefixes under which this entry counts as open.
    covers: tuple[str, ...] = ()
    # Only for who holds the permission for the whole tree.
    at_root: bool = False


@dataclass(frozen=True)
class Link:
    """An entry as the template shows it."""

    label: str
    url: str
    icon: str
    active: bool
    children: tuple[Link, ...] = ()


def links(entries: tuple[Entry, ...], actor: Actor | None, **values: Any) -> list[Link]:
    """The entries this actor may open, with their addresses (`values` fill the rules)."""
    if actor is None:
        return []
    return [
        Link(say(entry.label), url_for(entry.endpoint, **values), entry.icon, _is_open(entry))
        for entry in entries
        if (actor.holds_at_root if entry.at_root else actor.can_somewhere)(entry.permission)
    ]


def scoped_links(
    entries: tuple[Entry, ...], actor: Actor | None, unit_path: str, **values: Any
) -> list[Link]:
    """As `links`, asked for the unit at the path or a part of it."""
    if actor is None:
        return []
    return [
        Link(say(entry.label), url_for(entry.endpoint, **values), entry.icon, _is_open(entry))
        for entry in entries
        if actor.reach(entry.permission, unit_path)
    ]


def _is_open(entry: Entry) -> bool:
    return is_part_of(entry, request.endpoint or "")


def is_part_of(entry: Entry, endpoint: str) -> bool:
    """Does the endpoint count as this entry, or as a page below it?"""
    return endpoint == entry.endpoint or any(
        endpoint == cover or (cover.endswith(".") and endpoint.startswith(cover))
        for cover in entry.covers
    )
