"""A live page's answer as it goes over the line."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

# What depends on the time of day is looked at anew this often, even when nothing happened.
BEAT_SECONDS = 30


@dataclass(frozen=True)
class Told:
    """A JSON body, its digest (the same whoever made it), and the counter it was made at."""

    body: bytes
    digest: str
    counter: int

    @property
    def etag(self) -> str:
        """What a page sends back when it asks again."""
        return f"{self.digest}-{self.counter}"

    @property
    def html(self) -> str:
        """The page's part in it."""
        return str(json.loads(self.body)["html"])


def told(figures: Mapping[str, object], counter: int) -> Told:
    """The figures (and the page's part as `html`) as they stood at the counter."""
    body = json.dumps(figures, ensure_ascii=False, sort_keys=True).encode()
    return Told(body, hashlib.sha256(body).hexdigest()[:32], counter)


def known(kept: Told, held: Iterable[str], counter: int) -> str | None:
    """The one of the ETags held that `kept` tells nothing new; `counter` is the one now.

    Also when he holds something newer: each process keeps its own answers, and nobody is
    to see the figures go back because he was served by another one. A number beyond the
    counter now is from before a restore and counts for nothing.
    """
    for etag in held:
        digest, _, number = etag.rpartition("-")
        if digest == kept.digest:
            return etag
        if number.isascii() and number.isdecimal() and kept.counter < int(number[:18]) <= counter:
            return etag
    return None


def beat(at: datetime) -> int:
    """Which half minute it is."""
    return int(at.timestamp()) // BEAT_SECONDS
