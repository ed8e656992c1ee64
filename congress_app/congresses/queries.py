"""What is known of congresses, seasons and rulebooks; nothing here changes a row."""

from __future__ import annotations

from congress_app.congresses import rulebook
from congress_app.congresses.models import Congress
from congress_app.congresses.rulebook import LevelRules, Rulebook
from congress_app.database import db


def congress_by_id(congress_id: int) -> Congress | None:
    """One congress with its unit."""
    return db.session.get(Congress, congress_id)


def rulebook_of(congress: Congress) -> Rulebook:
    """The frozen rulebook of the congress; before adoption, the season's."""
    body = congress.rules if congress.rules is not None else congress.season.rulebook.body
    return rulebook.from_json(body)


def rules_of(congress: Congress) -> LevelRules:
    """The rules of the congress's level."""
    return rulebook_of(congress).level(congress.level)
