"""A live page's answer as it goes over the line."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime

# What depends on the time of day is looked at anew this often, even when nothing happened.
BEAT_SECONDS = 30


@dataclass(frozen=True)
class Told:
    """A JSON body and its ETag: the same content has the same one, whoever made it."""

    body: bytes
    etag: str


def told(html: str, figures: dict[str, object]) -> Told:
    """The page's part as HTML, with the figures in it for programs."""
    body = json.dumps({**figures, "html": html}, ensure_ascii=False, sort_keys=True).encode()
    return Told(body, hashlib.sha256(body).hexdigest()[:32])


def beat(at: datetime) -> int:
    """Which half minute it is."""
    return int(at.timestamp()) // BEAT_SECONDS
