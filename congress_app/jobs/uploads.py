"""An uploaded file between two requests: the preview of an import and its confirming."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta

KEPT_FOR = timedelta(days=1)
KEY_LETTERS = 32
KEY = re.compile(r"[0-9a-f]{32}")
# What one user's sheets may take up between preview and confirming; the oldest gives way.
MOST_KEPT = 5
MOST_KEPT_BYTES = 50 * 1024 * 1024
# A few hundred rows: read or written within a second.
SMALL = 32 * 1024


@dataclass(frozen=True)
class Upload:
    """A file as it was sent."""

    data: bytes
    filename: str

    @property
    def is_small(self) -> bool:
        """May the request wait for it?"""
        return len(self.data) <= SMALL
